"""Follow-ups take hold of what was said, ask what is missing, and never what was told.

The questions and answers here are in no bank and in no development set.
"""

from dataclasses import replace

import pytest

from benchmarks.follow_ups import echoes
from interviewer.asking.director import Director
from interviewer.asking.gaps import gaps
from interviewer.asking.handles import handles, of_kind
from interviewer.asking.moves import Exchange, exchange
from interviewer.asking.probing import Target, View, targets
from interviewer.judging.points import PointVerdict
from interviewer.judging.spoken import CUSTOM, custom
from interviewer.offline.single import session_of, with_question
from interviewer.reading.fallacies import fallacies
from interviewer.reading.said_back import opening, usable
from interviewer.reading.told import told
from interviewer.record import written_answer
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import split
from rubrics.library import find
from rubrics.model import Point, Question
from sessions.model import Asked, Turn, Verdict

TAKEN_OVER = "Tell me about a time you took over a model from somebody who had left the company."
SEASON_TICKET = "Design a system that decides whom a sports club offers a season ticket."
NEW_FEATURE = "How do you decide whether a new feature is worth keeping in a model?"
MULTILINGUAL = (
    "How would you pick an embedding model for search in eleven languages, and what did you pick?"
)

UNSEEN = {
    "takeover-weak": (
        "behavioral",
        TAKEN_OVER,
        "Yeah, I always say documentation is everything. I usually make sure that each project has a "
        "readme, and I keep my code clean, so anybody can take over. In general I prevent that kind of "
        "thing by having a good culture and best practices.",
    ),
    "takeover-we": (
        "behavioral",
        TAKEN_OVER,
        "At the freight company we had a pricing model and the guy left. We looked through the "
        "notebooks, we found the training script, we retrained it and we deployed it again. Someone "
        "fixed the feature job. We all pitched in and it went fine, everybody was happy.",
    ),
    "takeover-mid": (
        "behavioral",
        TAKEN_OVER,
        "I took over a churn model at a gym chain. There was no training code, so I rebuilt it from "
        "the logged features, and I found that it used the cancellation form as an input. I removed "
        "that, retrained it and put it live in June. People were much happier with it afterwards.",
    ),
    "takeover-strong": (
        "behavioral",
        TAKEN_OVER,
        "I inherited a claims model with no owner at a ferry line. I missed at first that its labels "
        "stopped in March, and for three weeks it approved things it should not have. I rolled it back "
        "that day, rebuilt the label job and set a gate at five percent drift. Wrong approvals went "
        "from eight percent to three. Since then a freshness check alerts every morning. What I still "
        "can't measure is the claims nobody disputes.",
    ),
    "ticket-weak": (
        "ml_system_design",
        SEASON_TICKET,
        "You take a transformer and train it on all the clicks, and accuracy is ninety nine percent. "
        "You don't need an A/B test with that, and no monitoring, because it heals itself.",
    ),
    "ticket-list": (
        "ml_system_design",
        SEASON_TICKET,
        "There are several approaches, it could be rules, or collaborative filtering, or a bandit, it "
        "depends on the data. You'd have a feature store and monitoring and an A/B test.",
    ),
    "ticket-offline": (
        "ml_system_design",
        SEASON_TICKET,
        "I built this for a sports app. I used gradient boosting on open events, split by time. "
        "AUC went from 0.71 to 0.79 on the validation weeks and I shipped that model.",
    ),
    "feature-weak": (
        "ml_fundamentals",
        NEW_FEATURE,
        "I select the features on the whole data before the split, so the choice is stable, and I use "
        "SHAP, the top feature is what causes the outcome, so I keep that one.",
    ),
    "feature-mid": (
        "ml_fundamentals",
        NEW_FEATURE,
        "For a bike rental I added weather. I ran it with and without on the last four weeks, and I "
        "decided to keep it. The error got much better, and the operators liked it.",
    ),
    "feature-strong": (
        "ml_fundamentals",
        NEW_FEATURE,
        "At a bike rental I keep a feature if it pays for its pipeline. I dropped six of twenty. My "
        "first attempt was wrong, I compared on one week. Then I ran a split test over two months: "
        "empty docks fell from nine percent to seven. I set the bar at half a percent per feature. A "
        "null rate alert pages us. The weakest part is that stations with few trips tell us little.",
    ),
    "embedding-weak": (
        "llm_rag",
        MULTILINGUAL,
        "The biggest model is always better by definition, so I'd just take the top of the leaderboard.",
    ),
    "embedding-mid": (
        "llm_rag",
        MULTILINGUAL,
        "At a travel agency I chose a small multilingual model because it ran on our machines. I built "
        "the index, we put it live, and the support people said it was good.",
    ),
}  # fmt: skip


def answered(name: str, likeness: Likeness) -> Exchange:
    round_id, question, answer = UNSEEN[name]
    rubric, asked = with_question(find(round_id), question, likeness)
    return exchange(session_of(rubric, asked, written_answer(answer), ()))


@pytest.mark.slow
@pytest.mark.parametrize("name", UNSEEN)
def test_a_follow_up_to_an_unseen_question_passes_the_validator(
    name: str, director: Director, likeness: Likeness
) -> None:
    one = answered(name, likeness)
    move = director.probe(one)
    assert one.faults(move.text, move.text, move.point) == ()
    assert move.text[0].isupper() and move.why


@pytest.mark.slow
def test_twelve_answers_get_twelve_follow_ups(director: Director, likeness: Likeness) -> None:
    asked = [director.probe(answered(name, likeness)).text for name in UNSEEN]
    assert len(set(asked)) == len(UNSEEN)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("takeover-weak", "no case of their own"),
        ("takeover-we", "own part"),
        ("takeover-mid", "no result"),
        ("takeover-strong", "limit"),
        ("ticket-weak", "Mistake"),
        ("ticket-list", "no decision"),
        ("ticket-offline", "held-out data only"),
        ("feature-weak", "Mistake"),
        ("feature-mid", "no result"),
        ("feature-strong", "limit"),
        ("embedding-mid", "nobody checked"),
    ],
)
def test_what_is_asked_fits_how_far_the_answer_goes(
    name: str, why: str, director: Director, likeness: Likeness
) -> None:
    move = director.probe(answered(name, likeness))
    assert why in move.why, (move.text, move.why)


@pytest.mark.parametrize("name", ["takeover-strong", "feature-strong", "ticket-offline"])
def test_strong_answers_hear_their_own_words(
    name: str, director: Director, likeness: Likeness
) -> None:
    one = answered(name, likeness)
    assert echoes(director.probe(one).text, one.text)


def test_a_told_before_and_after_is_not_asked_for_again() -> None:
    found = told(("Misroutes went from 22 percent to 9.", "I chose the cut-off."))
    assert found.has("result") and found.live_result
    assert found.answers("What was that number before your work?")
    assert not found.answers("What does it cost, and whom, when it gets one wrong?")


def test_a_score_on_held_out_data_is_no_live_result() -> None:
    found = told(("I shipped it.", "Recall went from 0.4 to 0.6 on the validation set."))
    assert found.has("result") and not found.live_result


@pytest.mark.parametrize(
    "figures",
    [
        "Those called four times per hundred parcels, the others seven.",
        "Complaints were forty a week, and afterwards nine.",
        "It took five hours before, it's forty minutes today.",
        "They had six people for it, and today it's two.",
        "Calls are one third of what they were.",
    ],
)
def test_numbers_set_beside_each_other_are_not_asked_for_again(figures: str) -> None:
    rubric = find("recruiter_screen")
    question = rubric.question("biggest_impact")

    def lacks_result(said: str) -> bool:
        heard = told(("At a bank I built a scorer.", "We found it was late and I fixed it.", said))
        return "no result" in [gap.name for gap in gaps(rubric, question, 3.0, heard)]

    assert not lacks_result(figures)
    assert lacks_result("I had two interns for four months before I left.")


def test_only_who_is_asked_for_something_of_their_own_is_asked_which_part_that_was() -> None:
    rubric = find("ml_fundamentals")
    asked = rubric.question("early-significance")
    heard = told(("We planned two weeks.", "We looked every day and we stopped.", "We lost it."))
    assert heard.episode

    def asked_for_part(question: Question) -> bool:
        return "own part" in [gap.name for gap in gaps(rubric, question, 2.5, heard)]

    assert not asked_for_part(asked)
    assert asked_for_part(custom(rubric, CUSTOM, "Is a test worth stopping early?"))


def test_talk_of_what_one_usually_does_is_no_episode() -> None:
    assert not told(("I usually avoid jargon.", "You'd use an analogy.")).episode
    assert told(("At a bank I built a scorer.", "We found it was late and I fixed it.")).episode


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("I impute everything before the train test split.", "Prepares the data before the split"),
        ("Recall is out of everything you flagged how many were right.", "Swaps precision and recall"),
        ("We trained and tested on the full dataset.", "Tests on what it trained on"),
        ("Once you own the weights inference is basically free.", "Inference is free"),
        ("I tune the threshold on the test set.", "Chooses on the test set"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_field_is_heard(sentence: str, name: str) -> None:
    assert name in [one.name for one in fallacies((sentence,))]


def test_the_right_way_is_not_heard_as_a_mistake() -> None:
    right = (
        "I split by time first and fit the imputer on the training part only.",
        "Precision is out of everything flagged how much was right.",
        "I keep the test set untouched, and we ran an A/B test for three weeks.",
    )
    assert fallacies(right) == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "opening"),
    [
        ("The tail we still can't measure.", "limit", "You said the tail you still can't measure"),
        ("So I set the gate at twice the median.", "choice", "You set the gate at twice the median"),
        ("Say a third become refunds.", "assumed", "You said a third become refunds"),
        ("An automatic rollback runs.", "safeguard", "You mentioned an automatic rollback runs"),
    ],
)  # fmt: skip
def test_a_place_to_take_hold_of_is_said_back(sentence: str, kind: str, opening: str) -> None:
    found = [one for one in handles((sentence,)) if one.kind == kind]
    assert found and found[0].opening == opening


def test_every_follow_up_to_the_same_answer_is_new(director: Director, likeness: Likeness) -> None:
    round_id, question, answer = UNSEEN["takeover-mid"]
    rubric, asked = with_question(find(round_id), question, likeness)
    session = session_of(rubric, asked, written_answer(answer), ())
    heard: list[str] = []
    for _ in range(5):
        move = director.probe(exchange(session))
        heard.append(move.text)
        turn = Turn(
            kind="follow_up", round=move.round, question=move.question,
            point=move.point.id if move.point else None, why=move.why,
            asked=Asked(text=move.text, spoken=move.text, seconds=1.0),
            answer=written_answer("It was like that, more or less."),
        )  # fmt: skip
        session = replace(session, turns=(*session.turns, turn))
    assert len(set(heard)) == len(heard)


def test_sentences_are_those_of_the_judge() -> None:
    text = "I built it. It failed."
    assert told([one.text for one in split(text)]).sentences == ("I built it.", "It failed.")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("I cut the test set, I trained on it too.", "Trains on the test set"),
        ("I looked each morning until it was significant.", "Stops a test when it comes out right"),
        ("Nobody complained for three weeks.", "Takes silence for success"),
        ("I write in the system prompt, never do harm.", "A prompt as the only safeguard"),
        ("I give it full admin on the database.", "All rights for the model"),
        ("Embeddings are encrypted by nature.", "Embeddings taken for encryption"),
        ("The flat days I removed as outliers.", "Takes out what does not fit"),
        ("We looked at ten answers, all were fine.", "A handful of answers as proof"),
    ],
)
def test_mistakes_of_the_field_are_heard(said: str, name: str) -> None:
    assert name in [one.name for one in fallacies([said])]


@pytest.mark.parametrize(
    "said",
    [
        "Two users complained, and we traced both to a stale cache.",
        "The length of the test was fixed at three weeks before it began.",
        "The tools are typed, and the server checks every argument.",
        "Training accuracy was ninety eight percent, validation eighty five.",
        "The key is the timestamp minus the timestamp modulo a week.",
    ],
)
def test_sound_practice_is_no_mistake(said: str) -> None:
    assert not fallacies([said])


RIGHT = """
Recall is how many of the actual frauds we flagged.
Recall is the share of the real positives that we flagged.
When false positives are cheap and misses are expensive, I optimize recall.
The p-value is the probability that you'd see a difference at least this large if there were none.
The p-value is not the probability that the null is true.
We didn't stop the test when it was significant, we had fixed the sample size before.
You shouldn't stop the test as soon as it's significant.
Accuracy is 99 percent if you always say no, so it's useless here.
Accuracy was 99% because of the imbalance, so nobody looked at it.
You must not train and test on the same data.
I'd never normalize on the whole data set before the split.
I fit the scaler after the split, not before the split.
Scaling before the split would leak.
Leakage is when it gets into training, like target encoding before the split.
Don't shuffle the rows when the data has a time order.
A random split leaks because of time, so I split by month.
We can't eliminate hallucinations.
You never get zero hallucinations.
SHAP is not causal.
You can't say the feature causes churn.
I'd set the threshold by cost, not by F1.
I wouldn't keep the default threshold of 0.5.
AUC means ranking, which says nothing about whether probabilities are right.
Softmax is overconfident so I check calibration with a reliability curve.
Longer training would overfit.
Extra training data will reduce overfitting.
LLM judges are never unbiased, so we check against people.
Temperature zero is not deterministic in practice.
We didn't roll back, we fixed forward.
Without monitoring you'd never notice.
No monitoring means you find out from customers.
You can't just drop the missing rows.
The model doesn't write SQL anymore, it fills a form.
Embeddings are not anonymous.
Embeddings are by no means encrypted.
Temperature zero does not make it deterministic.
Temperature 0 won't stop it from hallucinating.
Precision is not about missed positives.
More epochs don't close the gap.
The judge model is not objective.
We would never ship without monitoring.
Nobody should ship without monitoring.
No model should go live without monitoring.
It is dangerous to run without monitoring.
I wouldn't claim we have no hallucinations.
I refused to tune on the test set.
I stopped them from tuning on the test set.
I made them stop picking the best seed.
A common mistake is tuning on the test set.
It's a mistake to scale everything before the split.
The mistake was that I tuned on the test set.
Don't make the mistake of tuning on the test set.
It was wrong to tune on the test set.
The danger is tuning on the test set.
We had a rule against tuning on the test set.
Nobody on my team is allowed to tune on the test set.
I'd never trust a model that was tuned on the test set.
It's a myth that inference is free.
It isn't true that embeddings are anonymous.
People think inference is free, but it isn't.
Tuning on the test set is cheating.
Tuning on the test set is forbidden in our team.
Tuning on the test set makes the number too optimistic.
Leaving the threshold at 0.5 is a mistake.
Accuracy of 99 percent is not a good sign.
You should never, ever tune on the test set.
We never, under any circumstances, tune on the test set.
"""


@pytest.mark.parametrize("said", RIGHT.strip().splitlines())
def test_what_was_just_rightly_said_is_not_asked_about_as_a_mistake(said: str) -> None:
    assert not fallacies([said])


WRONG = """
There's no leakage, I impute everything before the split.
We can't wait, so we stopped the test when it was significant.
I don't know, I just drop the rows with missing values.
I wouldn't bother, I'd keep the default threshold.
Don't forget to normalize everything before the split.
It's not only SMOTE on the whole data, I also scale it.
Why not just drop the rows that have missing values?
More epochs close the gap, it never overfits.
The judge never gets tired and is objective.
The p-value is the probability that the null is true.
The p-value means the chance that the two groups were the same.
Recall is the share of what we flagged that was right.
When false positives are expensive I optimize recall.
Accuracy was 99 percent even with the imbalance.
Accuracy was 99 percent, the model always predicts right.
You do that on the whole data set before splitting, so it isn't dominated by the majority class.
You don't need to monitor it.
We run it without monitoring, it's fine.
With retrieval it can't hallucinate.
If they ask for what they shouldn't see, then you tell the model who they are and it decides.
It's not a mistake to tune on the test set.
It isn't wrong to tune on the test set.
I don't see anything wrong with tuning on the test set.
Tuning on the test set is not cheating.
I never stopped tuning on the test set.
I couldn't resist tuning on the test set.
Nobody stops you from tuning on the test set.
To avoid leaks I scale everything before the split.
To reduce the error I select features on the test set.
I just drop rows where the label is wrong.
Temperature zero means it can't hallucinate.
More epochs don't hurt and close the gap.
The judge isn't cheap but objective.
Embeddings are not text, so they are anonymous.
You don't roll back, the model is good.
We do not need an A/B test.
I told the model not to leak anything.
It's not a problem to run without monitoring.
We had no trouble without monitoring.
I wouldn't hesitate to run it without monitoring.
I don't, well, I tune on the test set.
"""


@pytest.mark.parametrize("said", WRONG.strip().splitlines())
def test_a_no_somewhere_makes_no_mistake_right(said: str) -> None:
    assert fallacies([said])


def test_no_two_follow_ups_open_with_the_same_words(director: Director, likeness: Likeness) -> None:
    answer = (
        "We built a fraud model at a shop and accuracy was 99 percent, and everybody was happy. We "
        "put it live and it ran every night, and the team looked at the list in the morning."
    )
    rubric, asked = with_question(
        find("behavioral"), "Tell me about a fraud model that you built.", likeness
    )
    session = session_of(rubric, asked, written_answer(answer), ())
    first = director.probe(exchange(session))
    opening, colon, _ = first.text.partition(": ")
    assert first.why.startswith("Mistake") and colon
    turn = Turn(
        kind="follow_up", round=first.round, question=first.question, why=first.why,
        asked=Asked(text=first.text, spoken=first.text, seconds=1.0),
        answer=written_answer("I am not sure, it was simply very good."),
    )  # fmt: skip
    second = director.probe(exchange(session.with_turn(turn)))
    assert not any(one.text.startswith(opening) for one in (second, *second.others))


def test_what_is_admitted_late_is_a_limit() -> None:
    early = "We still had no labels."
    rest = ["I built the ranker.", "Then I shipped it.", "Orders went up by two percent."]
    late = "Rare languages are still served badly."
    assert not of_kind(handles([early, *rest]), "limit")
    assert [one.sentence for one in of_kind(handles([*rest, late]), "limit")] == [3]


def test_two_sentences_run_into_one_are_not_said_back() -> None:
    assert not usable("recall went down I don't remember exactly how far")
    assert usable("I don't know exactly how many there were")


@pytest.mark.parametrize(
    "clause",
    [
        "get like 99.9 percent accuracy",
        "I agreed with the upstream team that scheme",
        "I hadn't said so",
        "how many positives are in it",
    ],
)
def test_a_torn_piece_is_not_said_back(clause: str) -> None:
    assert not usable(clause)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("we launched it only in the US market", "You launched it only in the US market"),
        ("US users churned less than ours", "You said US users churned less than yours"),
        ("the vendor trained us in two days", "You said the vendor trained you in two days"),
        ("I personally was on call", "You personally were on call"),
        ("I always was the one who shipped", "You always were the one who shipped"),
        ("I, myself, was sceptical", "You yourself were sceptical"),
        ("I also wasn't sure of it", "You also weren't sure of it"),
        ("I still am on call", "You still are on call"),
        ("nor was I asked", "You said nor were you asked"),
        ("my bug was I applied the rate twice", "You said your bug was you applied the rate twice"),
        ("June was the worst month", "You said June was the worst month"),
        ("the part I own was late", "You said the part you own was late"),
        ("the whole inference side was mine", "You said the whole inference side was yours"),
    ],
)
def test_words_are_turned_to_the_second_person_where_they_are_of_the_first(
    clause: str, said: str
) -> None:
    assert usable(clause)
    assert opening(clause) == said


@pytest.mark.parametrize(
    "clause",
    [
        "we mine hard negatives from the click logs",
        "I'd mine the logs for more of them",
        "the logs were a gold mine",
        "the type I error rate was five percent",
        "part I was about the labels",
        "the loop runs as long as i is less than k",
        "i goes to one",
        "the count of pair i plus one",
        "j is a random integer from zero up to i",
        "compare s at i with t at j",
        "row i holds the scores",
        "an old one is kicked out with one over i",
        "we gave us two weeks",
        "stop me if I do it here",
        "told me lowering the rate won't help",
        "long as training loss goes down it's learning",
        "yours is about four times that",
        "'take a deep breath",
    ],
)
def test_what_would_be_odd_in_the_second_person_is_not_said_back(clause: str) -> None:
    assert not usable(clause)


def judged(text: str, *found: tuple[str, Verdict, float], negative: bool = False) -> list[Target]:
    """What there is to ask of a middling answer, where each point (with its probe) came out so."""
    rubric = find("ml_fundamentals")
    points = tuple(
        Point(id=f"p{number}", criterion=rubric.criteria[0].id, statement=f"Says {number}.",
              probe=probe, negative=negative)
        for number, (probe, _, _) in enumerate(found)
    )  # fmt: skip
    question = replace(rubric.questions[0], points=points)
    one = exchange(session_of(rubric, question, written_answer(text), ()))
    verdicts = tuple(
        PointVerdict(point, says, 0.8, (), chance)
        for point, (_, says, chance) in zip(points, found, strict=True)
    )
    view = View(replace(one, question=question), verdicts, told([text]), 2.0)
    return targets(view)


BARE = "I looked at the loss and kept the smaller model."


def test_a_wrong_statement_is_worth_more_than_a_gap_and_half_a_thing_less() -> None:
    found = judged(
        BARE,
        ("Which one did you leave out?", "unclear", 0.5),
        ("Who looked at the labels?", "missing", 0.1),
        ("Where did the noise come from?", "contradicted", 0.1),
        ("Why was it the smaller one?", "covered", 0.9),
    )
    asked = [one.point.id for one in found if one.point]
    assert asked == ["p2", "p1", "p0"], "and what was told is not asked"


def test_a_point_is_not_asked_of_who_tells_that_kind_of_thing() -> None:
    probe = "What came of it, in numbers?"
    assert [one for one in judged(BARE, (probe, "missing", 0.1)) if one.point]
    measured = "I kept the smaller model, and the error went from nine percent to four."
    assert not [one for one in judged(measured, (probe, "missing", 0.1)) if one.point]


@pytest.mark.parametrize(("chance", "asked"), [(0.65, False), (0.75, True)])
def test_a_fault_is_asked_about_only_where_it_is_sure(chance: float, asked: bool) -> None:
    found = judged(BARE, ("How large was the test set?", "covered", chance), negative=True)
    assert any(one.point for one in found) is asked


def test_a_claim_without_a_number_is_asked_for_it() -> None:
    found = judged("I kept the smaller model. It became a lot faster.")
    assert any("a lot faster: by how much" in one.probe for one in found)
    assert not any("by how much" in one.probe for one in judged(BARE))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("I put in an alert when precision drops below 80 percent.", True),
        ("A null rate per firmware version alerts.", True),
        ("My features were null for nine days, and no alarm when it broke.", False),
        ("My first reaction was that the alerts were badly set when it began.", False),
        ("It leaned on a proxy, so one depot got nearly all alerts at night.", False),
    ],
)
def test_only_an_alarm_that_somebody_set_has_a_point_at_which_it_goes_off(
    said: str, asked: bool
) -> None:
    found = of_kind(handles((said,)), "safeguard")
    assert any("goes off" in one.probe for one in found) is asked
