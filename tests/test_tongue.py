"""Which language an answer is in, also where it is typed in other letters than its own."""

import json
from pathlib import Path

import pytest

from interviewer.judging.gate import Gate, gate
from interviewer.judging.tongue import foreign
from interviewer.text.sentences import split, untimed

ANSWERS = Path(__file__).parent.parent / "benchmarks" / "answers"


def judged(text: str) -> Gate:
    return gate("How would you do that?", split(text), untimed(text))


@pytest.mark.parametrize(
    ("tongue", "text"),
    [
        (
            "Hindi",
            "main is model ko train karta hoon aur phir usko deploy karta hoon, uske baad "
            "monitoring lagata hoon taaki drift pata chal jaye",
        ),
        (
            "Hindi",
            "Sabse pehle humne requirement samjhi, phir data engineer ke saath baith kar schema "
            "banaya. Training mein kaafi time lag raha tha isliye humne batch size badhaya aur "
            "GPU upgrade karwaya. Result theek tha.",
        ),
        (
            "Hindi",
            "Agar model production mein girta hai toh main sabse pehle logs dekhta hoon. Uske "
            "baad feature distribution compare karta hoon training data se.",
        ),
        (
            "Hindi",
            "mujhe nahi pata sir iska jawab kya hoga shayad overfitting wala problem hai",
        ),
        (
            "Hindi",
            "Main pehle BERT fine tune karunga, uske upar classifier head lagaunga, learning rate "
            "2e-5 rakhunga, aur evaluation ke liye F1 aur PR AUC use karunga kyunki classes "
            "imbalanced hain.",
        ),
        (
            "Urdu",
            "Jab mujhe pata chala ke model ghalat predictions de raha hai to maine foran rollback "
            "kar diya aur apne manager ko bataya, phir hum ne root cause analysis ki.",
        ),
        (
            "Punjabi",
            "Saade kol data ghat si, is karke asi augmentation kiti te model nu transfer learning "
            "naal train kita, fer accuracy vadh gayi.",
        ),
        (
            "Bengali",
            "amader team e ekta problem chilo je model ta production e bhalo kaj korchilo na, ami "
            "log dekhe bujhlam feature gulo deri kore asche, tarpor pipeline thik korlam",
        ),
        (
            "Tamil",
            "enga project la data quality romba mosam ah irundhuchu, adhanala naanga mudhalla "
            "cleaning panninom, apparam feature engineering pannittu model train pannom",
        ),
        (
            "Telugu",
            "maa company lo oka pedda samasya undedi, model predictions anni tappuga vachayi, "
            "nenu logs chusi data pipeline lo bug kanukkunnanu, taruvata fix chesanu",
        ),
        (
            "Russian",
            "snachala my sobrali dannye, potom obuchili gradientnyy busting, no kachestvo bylo "
            "plokhim, potomu chto metki byli s oshibkami, ya predlozhil pererazmetit chast "
            "vyborki",
        ),
        (
            "Arabic",
            "kont bashtaghal fi sherka kebira w kan el model beyetla3 natayeg wehsha, fa ana w el "
            "team olna lazem neraga3 el data el awel w ba3dein nedarrab tany",
        ),
        (
            "Persian",
            "ma avval dade ha ro tamiz kardim bad az un model ro train kardim vali natije khub "
            "nabud chon label ha eshtebah budan va majbur shodim dobare label bezanim",
        ),
        (
            "Chinese",
            "wo men yong le yi ge hen jian dan de mo xing yin wei shu ju bu gou duo ran hou wo "
            "men jia le te zheng jie guo ti sheng le bai fen zhi wu",
        ),
        (
            "Japanese",
            "saisho ni deeta wo atsumete sore kara moderu wo gakushuu shimashita kekka ga "
            "yokunakatta node tokuchou wo fuyashite mou ichido tameshimashita",
        ),
        (
            "Korean",
            "cheoeume uri timeun deiteoreul moasseoyo geurigo modereul hakseup haesseoyo "
            "geureonde seongneungi joji anaseo teukjingeul chugahaesseoyo",
        ),
        (
            "Spanish",
            "primero limpiamos los datos y despues entrenamos un modelo de regresion pero como "
            "las clases estaban desbalanceadas usamos pesos y mejoro mucho el recall",
        ),
        (
            "German",
            "zuerst haben wir die daten bereinigt und danach ein modell trainiert aber weil die "
            "klassen unausgeglichen waren haben wir gewichte benutzt und das hat viel gebracht",
        ),
        (
            "Turkish",
            "once verileri temizledik sonra bir model egittik ama siniflar dengesiz oldugu icin "
            "agirlik kullandik ve sonuc cok daha iyi oldu",
        ),
        (
            "Polish",
            "najpierw wyczyscilismy dane a potem wytrenowalismy model ale klasy byly "
            "niezbalansowane wiec uzylismy wag i to bardzo pomoglo",
        ),
        (
            "Greek",
            "stin arxi katharisame ta dedomena kai meta ekpaidefsame to montelo alla den itan "
            "kalo giati oi etiketes itan lathos opote tis diorthosame",
        ),
        (
            "Tagalog",
            "una nilinis namin yung data tapos nag-train kami ng model pero hindi balanse yung "
            "classes kaya gumamit kami ng weights at gumanda yung recall",
        ),
        (
            "Vietnamese",
            "dau tien chung toi lam sach du lieu sau do huan luyen mo hinh nhung vi cac lop khong "
            "can bang nen chung toi dung trong so va ket qua tot hon",
        ),
        (
            "Swahili",
            "kwanza tulisafisha data kisha tukafundisha modeli lakini matokeo hayakuwa mazuri kwa "
            "sababu lebo zilikuwa na makosa, kwa hiyo tulirekebisha",
        ),
        (
            "Marathi",
            "aadhi amhi data saaf kela ani mag model train kela pan classes imbalanced hote "
            "mhanun weights vaparle ani recall khup vadhla",
        ),
    ],
)
def test_what_is_typed_in_english_letters_is_unscored_all_the_same(tongue: str, text: str) -> None:
    found = judged(text)
    assert found.outcome == "unscored"
    assert "not in English" in found.reason and tongue in found.reason


@pytest.mark.parametrize(
    "text",
    [
        (
            "So basically, yaar, we had this fraud model and precision was, matlab, very low, "
            "around forty percent. I retrained it with class weights and the precision went up to "
            "seventy, and then we deployed it behind a flag."
        ),
        (
            "I was working on the churn model, aur uske baad we moved to a gradient boosting "
            "approach because the logistic regression was not capturing the interactions. We saw "
            "a lift of six percent on the holdout and my manager was happy with that."
        ),
        (
            "Entonces, in my last project I built a recommender for the store, and the main "
            "problem was cold start, o sea, new items had no clicks. I used content embeddings "
            "and we measured the click rate in an A/B test, it went up by five percent."
        ),
        (
            "Also, wir hatten a model that was trained on old data, and genau, the problem was "
            "drift. I looked at the feature distributions and I found that one column was always "
            "null, so I fixed the pipeline and retrained it, und dann it was fine."
        ),
        (
            "Actually na, in my company data was very dirty only, so first I did the cleaning, "
            "then I have done feature engineering, accha, and after that model was giving ninety "
            "percent accuracy, but recall was less, so I changed threshold."
        ),
        (
            "Our model was overfitting bahut zyada, so maine dropout add kiya and then the "
            "validation loss was better, aur we also tried early stopping which gave two percent "
            "lift on the test set."
        ),
        (
            "So the main problem was latency, theek hai, and I profiled the service, toh I found "
            "that the tokenizer was taking half of the time. I moved it to Rust and we saved "
            "forty milliseconds, bas."
        ),
        (
            "I think precision zyada important hai in this case, because a false alarm costs the "
            "company money, aur customer bhi naraz hota hai. So I would set the threshold at "
            "point nine and then monitor the complaint rate every week."
        ),
        (
            "Pues, I would start with the data, because sin datos there is no model. Then I train "
            "a simple baseline, y luego I compare it with a bigger one, and I choose by cost per "
            "error."
        ),
        (
            "Nu, in general, we had the pipeline which was writing to Clickhouse, i koroche the "
            "dates were wrong, so I wrote a test for this and the problem was gone in one day."
        ),
        (
            "Actually po, we used a random forest kasi the data was small, tapos we checked the "
            "feature importance, and the lift was ten percent, so we deployed it na."
        ),
        (
            "Basically, women zuo le a new ranking model, and the click rate went up by three "
            "percent, but latency was worse, so we distilled it into a smaller one and kept most "
            "of the gain."
        ),
        (
            "In my previous company I make model for predict churn. Data is very imbalance, so I "
            "use SMOTE. After that recall is increase from 40 to 65 percent. Then we deploy in "
            "Kubernetes, and monitor drift with Evidently."
        ),
        (
            "Model have problem with latency. We quantize int8, prune heads, use batch. Latency "
            "go from 200 to 50 milliseconds. Team was happy, but accuracy drop one percent, so we "
            "discuss with product."
        ),
        (
            "Firstly I collect data from Kafka, then I clean data, remove duplicate, fill missing "
            "value with median. Second, I train XGBoost, tune with Optuna. Third, I evaluate with "
            "PR AUC, because class is imbalance."
        ),
        (
            "I worked with Priya Venkataraman, Karthik Subramanian and Aditya Chakraborty at "
            "Bengaluru office of Flipkart on Hindi search, and we rebuilt the transliteration "
            "model for the query karta hoon, which cut zero result searches from 9 to 3 percent."
        ),
        (
            "LoRA rank sixteen, alpha thirty two, on q_proj and v_proj, bf16, FSDP full shard, "
            "AdamW, cosine schedule with warmup, flash attention two, vLLM for serving with paged "
            "KV cache, and we got the p99 to 900 milliseconds."
        ),
        (
            "Rag over manuals: chunk by section, embed with e5, index in pgvector, rerank with "
            "bge, cite page. Recall at five ninety one. Refuse below score threshold."
        ),
    ],
)
def test_english_with_words_of_another_language_jargon_or_names_is_judged(text: str) -> None:
    assert judged(text).outcome == "judge"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Model train on GPU cluster. Data shard by user. Loss diverge, I check gradient norm, "
            "find one bad batch, corrupt image. Add filter. Loss converge, AUC .91, deploy, done."
        ),
        (
            "Kafka ingest, Flink aggregate, Redis online store, Parquet offline. Point in time "
            "join. Backfill nightly. p99 nine milliseconds. Canary five percent, rollback "
            "automatic, alert on null rate."
        ),
        (
            "Softmax derivative: p i times delta i j minus p j. Cross entropy: minus sum y log p. "
            "Gradient: p minus y. Hessian: diag p minus p p transpose, positive semidefinite."
        ),
        (
            "Team was Wang Li, Zhang Wei, Ye Shi, Kim Min Ji, Sato Ken, Ali Kamel, and Maria de "
            "la Cruz. Maria labelled, Wei trained, Ken deployed, Ali monitored."
        ),
    ],
)
def test_lists_formulas_and_names_are_no_other_language(text: str) -> None:
    assert judged(text).outcome == "lowest"


@pytest.mark.parametrize("file", sorted(ANSWERS.glob("*.jsonl")), ids=lambda file: file.stem)
def test_no_answer_of_the_development_data_is_taken_for_another_language(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert not [one for one in map(json.loads, lines) if foreign(one["answer"])]
