"""Only one short, plain, neutral question may be spoken."""

import pytest

from interviewer.asking.utterance import Context, alike, faults

CONTEXT = Context(
    question="How would you detect fraud on a few hundred thousand card transactions a day?",
    said=("How long does it take until you know that a transaction was fraud?",),
    answer="We used gradient boosting with a feature store and rolled it back when recall fell.",
    probe="What number told you to roll it back?",
    secrets=("chargeback delay", "precision recall curve"),
)


@pytest.mark.parametrize(
    "text",
    [
        "You rolled it back when recall fell: what number told you to?",
        "Who decided on the rollback, and on what evidence?",
        "Walk me through the feature store: how fresh are its values when a card is charged?",
        "Which alternatives did you consider before you chose that one?",
        "What did you try first when it broke?",
        "What else did you try?",
        "What happens when a customer cancels and is then billed?",
        "When the recall fell, what did you do first?",
        "What would have helped you to see it a week earlier?",
        "What did the alert, which came at night, tell you?",
        "How did you find out that the strong baseline was fair?",
        "What of that, apart from training, did you run yourself?",
    ],
)
def test_a_sharp_question_passes(text: str) -> None:
    assert faults(text, CONTEXT) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tell me more about the rollback.", "exactly one question"),
        ("What did you do? Why did you do it?", "exactly one question"),
        ("What did you measure and how did you measure it?", "one thing only"),
        ("What was the metric, how did you measure it?", "one thing only"),
        ("What broke, what fixed it, what would you change?", "one thing only"),
        ("How many were there, and of those, how many were wrong?", "one thing only"),
        ("How many were there, and of those how many were wrong?", "one thing only"),
        ("Did the recall fall, did you see it?", "one thing only"),
        ("That's a strong answer, what would you change?", "no praise"),
        ("That was clever: what happened next?", "no praise"),
        ("You did well there: what came next?", "no praise"),
        ("Okay, very good, so what happened after the launch?", "no praise"),
        ("Maybe a canary release would have helped: what do you think?", "no hint"),
        ("What if you had used stratified sampling instead?", "no hint"),
        ("Did you use a holdout set to check that?", "no hint"),
        ("Recall fell: did you try a rollback?", "no hint"),
        ("That's a great story, what number told you to roll it back?", "no praise"),
        ("Thanks for sharing, which number made you roll it back?", "no praise"),
        ("Have you considered a shadow deployment for the model?", "no hint"),
        ("Which signals did you watch, for example latency?", "no hint"),
        ("**What** number told you to roll it back?", "no markup"),
        ("What told you to roll it back (recall/latency)?", "spoken language"),
        ("Why?", "too short"),
        ("How long did it take until you knew a transaction was fraud?", "repeats"),
        (
            "How would you detect fraud on hundred thousand card transactions a day?",
            "main question",
        ),
        (
            "Did the precision recall curve tell you to roll back the model?",
            "gives the answer away",
        ),
        (" ".join(["why"] + ["so"] * 30) + "?", "at most 30 words"),
    ],
)
def test_a_broken_rule_is_named(text: str, reason: str) -> None:
    assert any(reason in fault for fault in faults(text, CONTEXT)), faults(text, CONTEXT)


def test_likeness_ignores_small_words_and_endings() -> None:
    assert alike("What did you measure?", "What were you measuring?") > 0
    short = "How could you tell, in the end, that it had worked?"
    assert alike(f"You rolled it back: {short[0].lower()}{short[1:]}", short) == 1, "asked before"
    assert alike("Which latency budget did you set?", "Who told the customers about it?") == 0
