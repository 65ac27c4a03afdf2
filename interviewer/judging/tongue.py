"""Which language an answer is in, by its most frequent words and its letters."""

import re
import unicodedata
from collections.abc import Sequence

FOREIGN_LETTERS = 0.3
"""Share of letters outside of a to z above which no European language in Latin letters is."""
ACCENTED = 0.03
"""Share of such letters above which a text that is no English sentence is in another language."""
LEAST = 0.12
"""Share of a language's frequent words that a text in it has at the least."""
_BARE = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "ß": "ss"})
"""Letters that are none with an accent on them to Unicode."""
DISTINCT = 3
"""Different words among these that English does not have among its own."""

ENGLISH = frozenset(
    """the a an and or but so because if when while of in on at to from for with by about into
    over after before is are was were be been am do does did have has had i you he she it we they
    me my your our us them this that these those not no there what which who how than then as
    will would could should can it's that's i'd i've i'm we're you're don't didn't just one
    up out all""".split()
)


def _unaccented(text: str) -> str:
    """In lower case and without the accents, which many leave out."""
    parts = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(one for one in parts if not unicodedata.combining(one)).translate(_BARE)


_FREQUENT = {
    name: frozenset(_unaccented(words).split())
    for name, words in {
        "German": """
            und der das ich nicht ist ein eine einen mit wir auf für auch dann es war den dem des zu
            von im haben hatte hatten habe sie wie aber als bei nach noch so dass sich um wenn was
            in an am weil wurde waren sind mich uns mir er oder nur über""",
        "French": """
            le la les et je nous est une des que pas dans pour avec sur de un du en il elle on ce
            cette qui au aux ne se mais était avons ai ont j'ai c'est donc par très même été avait
            n'a leur son sa ses comme sont""",
        "Spanish": """
            el la los las que en un una por con para se no es pero de del al lo como más mi me su
            sus fue era había hay muy también cuando porque esto eso nos está están ya si le les
            tenía ha he""",
        "Italian": """
            il che di un una con non sono ho abbiamo della la le gli lo in del è era si anche più ma
            come quando perché questo questa nel alla da al dei delle ha mi ci cosa stato poi""",
        "Portuguese": """
            que de um uma para com não os em do da eu as no na se por mais como mas foi era ao dos
            das quando porque isso nós tinha também muito esse essa meu minha nos já ou""",
        "Dutch": """
            de het een en ik niet van is dat wij met op voor in we was te zijn hadden had maar ook
            als er aan om bij naar dan wat heb hebben werd uit mijn onze dit nog over door of toen
            waren ze zo""",
        "Swedish": """
            och det att en jag som på är av för den till med inte vi hade ett har de om men så från
            när också eller efter kan sedan blev där vad min oss detta bara mycket varför""",
        "Danish or Norwegian": """
            og det at en jeg som på er av af for den til med ikke vi hadde havde et har de om men så
            fra når også eller etter efter kan ble blev der hva hvad min oss os dette bare meget mye""",
        "Polish": """
            na że się nie do to jest był była było były ja po jak ale od co za dla tak przez oraz
            który która które tego żeby więc bo ten ta te już gdy kiedy czy tylko jego mnie nam miał""",
        "Turkish": """
            ve bir bu da de için ile çok ama ne ben biz daha olarak sonra gibi olan kadar en vardı
            oldu ki değil önce bunu şu her mi veya benim bizim yok""",
        "Finnish": """
            ja on ei se että oli mutta kun niin me minä hän joka tai myös ole olin meillä sitten jos
            kuin siitä sen olivat ollut vain nyt tämä""",
        "Czech": """
            na je se že to do jsme byl byla bylo jsem ale jak pro po jako který která když by od tak
            ve si pak měli už nebo co tento""",
        "Hungarian": """
            az és hogy nem is egy volt ez de meg csak ha azt már mint vagy van még ezt akkor el
            volna voltak mert nekünk én mi utána""",
        "Romanian": """
            și de la în cu un nu că pe am care din este pentru mai ce era au dar sau fost s-a l-am
            când după noi eu foarte avut aveam""",
        "Indonesian": """
            yang dan di itu dengan untuk tidak ini dari dalam saya kami ke pada ada adalah akan
            karena juga bisa sudah kita atau lebih saat setelah tapi""",
        # In Latin letters, as people type them who have no others at hand.
        "Hindi or Urdu": """
            hai hain tha thi hoon ho hota hoti hote hua hui aur phir ki ka ke ko se mein maine mujhe hum
            humne humein humara hamara hamare usko uske uska isko iske iska unko yeh ye woh wo kiya kiye
            karta karti karte karna karke kar raha rahi rahe gaya gayi gaye liye liya nahi nahin bhi toh
            lekin magar kyunki kyonki agar bahut bohat zyada sab baad pehle pahle kuch koi ek aik taaki
            wala wali apna apne apni jo jis jab kya kaise diya sakte sakta is us""",
        "Punjabi": """
            main asi mein nu te da di de vich si hai han kita kitta ik layi phir naal pehlan sada mera
            tan banaya karda kardi karde ki jo eh oh par""",
        "Marathi": """
            mi ani aani hota hoti hote hoto nantar pan mhanun kela keli kele ahe aahe navhta tyamule
            aadhi mala amhi aamhi tya ha hi ek khup karto""",
        "Gujarati": """
            hu ame ane pachi hatu hati hato chhe che karyu karyo kari ne etle pan nahi fari ek thi ma
            mein mate""",
        "Bengali": """
            ami amra amader ekta ei kintu tai tarpor ebong te chilo korlam korchi kore korechi khub onek
            jonno hoye hoyeche holo na je jokhon theke diye""",
        "Tamil": """
            naan nan naanga oru irundhuchu irundhadhu irukku aana adhanala adhu idhu indha andha la ku ah
            romba apparam appo panni pannen panninen pannom panna nalla illa""",
        "Telugu": """
            nenu memu maa naa oka adi idi ee aa kani anduke mariyu tarvata taruvata chala undi unnayi
            ledu chesanu chesam chesamu lo ki ante ayindi baga kuda""",
        "Russian or Ukrainian": """
            na ne chto kak eto byl byla bylo byli my ya on ona oni nas nam menya mne po za ot do dlya iz
            tak potom kogda potomu poetomu no uzhe ili tozhe ochen kotoraya kotoryy kotoryi kotorye esli
            chtoby vse ego ih bez tolko posle shcho yak yaka tomu buly bula bulo ale""",
        "Arabic": """
            ana ehna nahnu el al fi fel kan kanet kont kunna ala men min da di dah keda kda bas lakin
            lama lamma baad ashan mesh mish kol kul haga elly illi yaani heya howa fa thumma hatha
            hadha""",
        "Persian": """
            man ma va ke az ro ra dar be in ye yek baraye bood bud shod ham vali ba ta agar chon kheili
            ast hast kardam kardim kard karde bayad ya har ino""",
        "Chinese": """
            wo women ni ta tamen de le zai shi you he yi ge yige bu mei meiyou zhe zhege na hen dou ye
            jiu suoyi yinwei danshi ranhou ba dui shang xia zhong lai keyi shenme hui neng guo yong
            cong""",
        "Japanese": """
            wa ga wo ni de to no mo kara desu deshita masu mashita shimashita shita shite suru arimashita
            imashita kono sono watashi boku node kore dakara soshite koto kita""",
        "Korean": """
            jega jeoneun jeo uri urineun geuraeseo geurigo geureonde hajiman reul eul neun eseo
            isseosseoyo haesseoyo haesseumnida isseumnida imnida""",
        "Vietnamese": """
            toi chung mot va cua la co khong duoc cho nay do cac nhung de trong voi khi da thi nen bi
            vao sau truoc""",
        "Greek": """
            kai to ta tin ton tis tou stin sto ston den einai itan mia ena gia me se apo pou oti tha na
            alla meta epeidi otan eixa eixame mou mas""",
        "Hebrew": """
            ani anu anachnu shel et haya hayta hayu lo ze ve ha al im ki aval az gam yesh lanu li oto""",
        "Tagalog": """
            ang ng sa mga na ay ko ako kami namin yung tapos kaya pero para hindi kasi ito nung noong
            isang meron naman din rin lang""",
        "Swahili": """
            na ya wa kwa ni katika la za hiyo hii kwamba lakini kisha pia yangu yetu ilikuwa nilikuwa
            tulikuwa sana baada kama""",
    }.items()
}
"""Without single letters and the like of "per" and "var": those are English, or dictated code."""
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def other_script(text: str) -> bool:
    """Whether much of it is in letters that English does not have."""
    return _accented(text) > FOREIGN_LETTERS


def foreign(text: str) -> str:
    """The language of the text; empty where it is English, or too odd to tell."""
    said = [one for part in _WORD.findall(_unaccented(text)) for one in _parts(part)]
    if not said:
        return ""
    english = _share(said, ENGLISH)
    name = max(_FREQUENT, key=lambda one: _share(said, _FREQUENT[one]))
    own = _FREQUENT[name]
    if _share(said, own) > max(LEAST, english) and len((own - ENGLISH) & set(said)) >= DISTINCT:
        return name
    return "another language" if english < LEAST and _accented(text) > ACCENTED else ""


def _parts(word: str) -> Sequence[str]:
    """The word, and in "l'équipe" also what stands before the apostrophe."""
    return (word,) if word in ENGLISH or "'" not in word else word.split("'")


def _share(said: Sequence[str], words: frozenset[str]) -> float:
    return sum(one in words for one in said) / len(said)


def _accented(text: str) -> float:
    letters = [one for one in _plain(text) if one.isalpha()]
    return sum(not "a" <= one <= "z" for one in letters) / max(1, len(letters))


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")
