# ruff: noqa: ANN401, I001
# Any: the changes go to `dataclasses.replace`; imports: many small types, a line each is noise.
"""Realistic sessions for tests, benchmarks and pictures; nothing here is random."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from rubrics.model import Criterion, Fact, GeneralPoint, Levels, Point, Question, Rubric
from sessions.model import (
    Advice, Answer, Asked, CriterionScore, GraderInfo, Measure, ModelUsed, Planned, PointScore, Quote,
    Scorecard, Session, Stage, Turn, Verdict, Word,
)  # fmt: skip

RATE = 16_000

CRITERIA = (
    ("ownership", "Ownership", "Says what they themselves decided and did", "i decided"),
    ("evidence", "Evidence", "Gives a number for the result", "percent"),
    ("reflection", "Reflection", "Says what they changed afterwards", "since then"),
    ("clarity", "Clarity", "Tells situation, action and result in order", "so that"),
)
JUDGED = {
    "ownership": (
        "Decisions are told in the first person, with how long they took.",
        "I rolled the model back",
        "Say what you weighed against the rollback before you acted.",
    ),
    "evidence": (
        "The damage and the trigger both carry a number; the recovery does not.",
        "dropped by eleven percent,",
        "Say how far the metric came back after the fix.",
    ),
    "clarity": (
        "Situation, action and cause come in order; the first sentence starts slowly.",
        "from euros to cents,",
        "Open with what went wrong, then say what you owned.",
    ),
}

QUESTIONS = (
    (
        "production_failure",
        "Tell me about a time when a model of yours failed in production. What happened, and what "
        "did you do?",
        (
            ("symptom", "evidence", "Says how the failure was noticed", False),
            ("number", "evidence", "Gives a number for the damage", False),
            ("own_part", "ownership", "Says what they themselves did", False),
            ("root_cause", "clarity", "Names the root cause", False),
            ("prevention", "reflection", "Says what was changed so that it does not recur", False),
            ("blames", "ownership", "Puts the blame on somebody else", True),
        ),
        "Situation in two sentences; how it was noticed and how bad it was, in numbers; what you "
        "did first to stop the damage; the root cause; what you changed so that it cannot come "
        "back; what you would do differently.",
    ),
    (
        "disagreement",
        "Describe a disagreement with a colleague about a technical decision. How did it end?",
        (
            ("their_view", "clarity", "States the colleague's view fairly", False),
            ("test", "evidence", "Settles it with an experiment or data", False),
            ("own_change", "reflection", "Says what they learned about themselves", False),
            ("outcome", "ownership", "Says what was decided and by whom", False),
        ),
        "Both views, fairly; what would have changed your mind; the experiment that settled it; "
        "what was decided; how you work with that colleague today.",
    ),
)

FAILURE = (
    "So, um, two years ago I owned the ranking model for the job feed at a marketplace. (1.3) On a "
    "Monday morning, click-through had dropped by eleven percent, and nobody had shipped anything. "
    "(0.8) I rolled the model back within, uh, about forty minutes, and then I went through the "
    "feature logs. (1.7) It turned out that an upstream team had changed a currency field from "
    "euros to cents, and our normaliser quietly clipped it. So the most important feature was, um, "
    "saturated for every single posting."
)
FAILURE_MORE = (
    "What told me to roll back was a, uh, a guardrail metric. (1.1) Applications per visit had "
    "gone under the three sigma band for two hours. Since then every feature has a schema contract and "
    "a drift alarm, and I added a canary that replays yesterday's traffic before each release."
)
DISAGREEMENT = (
    "Hmm. (2.4) My colleague Marta wanted a two tower retrieval model, and I thought that the "
    "gradient boosted ranker was enough. Her point was fair: cold start postings never surfaced. "
    "(0.9) So we agreed on a two week experiment with the metric written down first. Hers won by "
    "four percent on new postings, um, and we shipped hers."
)


@cache
def example_rubric(identifier: str = "behavioral") -> Rubric:
    """A small round."""
    return Rubric(
        format=1,
        id=identifier,
        title=identifier.replace("_", " ").capitalize(),
        about="Stories from your own work: what happened, what you did, what came of it.",
        minutes=30,
        opening="Hello {name}. I would like to hear a few stories from your own work.",
        criteria=tuple(
            Criterion(
                id=key,
                name=name,
                levels=Levels(one="None of it.", three="Some of it.", five="All of it."),
                points=(
                    GeneralPoint(
                        id=f"{key}_point", statement=statement, probe="Which part was yours?",
                        cues=(cue,),
                    ),
                ),
            )
            for key, name, statement, cue in CRITERIA
        ),
        questions=tuple(
            Question(
                id=key,
                text=text,
                topics=("stories",),
                facts=(Fact(about="which project", answer="Any project that you know well."),),
                points=tuple(
                    Point(
                        id=point, criterion=criterion, statement=statement, negative=negative,
                        probe="What number told you that?",
                    )
                    for point, criterion, statement, negative in points
                ),
                deepening=("What would you do with half of the time?",),
                outline=outline,
            )
            for key, text, points, outline in QUESTIONS
        ),
        vocabulary=("ranking", "click-through", "canary", "drift", "retrieval"),
        bar={"junior": "Own tasks.", "mid": "Own features.", "senior": "Own systems.",
             "staff": "Own directions."},
    )  # fmt: skip


def timed(text: str) -> tuple[Word, ...]:
    """Words at about 150 a minute; `(1.5)` stands for that many seconds of silence."""
    words: list[Word] = []
    now = 0.4
    for index, token in enumerate(text.split()):
        if token.startswith("(") and token.endswith(")"):
            now += float(token[1:-1])
            continue
        length = 0.12 + 0.045 * len(token)
        sure = 0.38 if index % 23 == 17 else 0.97
        start, end = round(now, 2), round(now + length, 2)
        words.append(Word(text=token, start=start, end=end, probability=sure))
        now += length + (0.3 if token[-1] in ".,:?!" else 0.04)
    return tuple(words)


def example_answer(text: str = FAILURE, audio: str | None = None) -> Answer:
    """What a candidate said."""
    words = timed(text)
    return Answer(
        text=" ".join(word.text for word in words),
        words=words,
        seconds=round((words[-1].end if words else 0.0) + 1.2, 2),
        audio=audio,
        ended_by="turn",
    )


def example_turn(text: str = FAILURE, **changes: Any) -> Turn:
    """One question with its answer."""
    asked = QUESTIONS[0][1]
    turn = Turn(
        kind="question",
        round="behavioral",
        question=QUESTIONS[0][0],
        why="The first question of the round.",
        asked=Asked(text=asked, spoken=asked, seconds=7.2),
        answer=example_answer(text),
        stages=(
            Stage(name="endpoint", seconds=0.61),
            Stage(name="transcribe", seconds=0.32),
            Stage(name="think", seconds=0.18),
            Stage(name="voice", seconds=0.04),
        ),
    )
    return replace(turn, **changes)


def example_session(**changes: Any) -> Session:
    """A session that has just been started."""
    session = Session(
        id="",
        created="2026-11-24T10:15:00+01:00",
        status="live",
        round="behavioral",
        seniority="senior",
        style="neutral",
        planned=tuple(Planned(round="behavioral", question=one[0]) for one in QUESTIONS),
        rubrics=(example_rubric(),),
        models=(
            ModelUsed(role="recogniser", engine="faster-whisper", name="whisper-base",
                      digest="d01c30", remote=False),
            ModelUsed(role="language", engine="llama.cpp", name="qwen2.5-coder-1.5b-instruct",
                      digest="cc324a", remote=False),
        ),
        candidate="Built-in microphone",
    )  # fmt: skip
    return replace(session, **changes)


def example_turns() -> tuple[Turn, ...]:
    """Two questions, one follow-up, the last words."""
    follow_up = "You rolled it back: what number told you to?"
    question = QUESTIONS[1]
    closing = "Thank you, that was all. Your scorecard is being written."
    return (
        example_turn(answer=example_answer(FAILURE, "answer-1.flac")),
        example_turn(
            kind="follow_up",
            point="number",
            why="The answer names a rollback, but not what told them to.",
            asked=Asked(text=follow_up, spoken=follow_up, seconds=2.6),
            answer=example_answer(FAILURE_MORE, "answer-2.flac"),
        ),
        example_turn(
            question=question[0],
            why="The next question of the round.",
            asked=Asked(text=question[1], spoken=question[1][:40], interrupted=True, seconds=3.1),
            answer=example_answer(DISAGREEMENT, "answer-3.flac"),
        ),
        example_turn(
            kind="closing", question=question[0], why="", answer=None, stages=(),
            asked=Asked(text=closing, spoken=closing, seconds=3.4),
        ),
    )  # fmt: skip


def graded_session(level: int = 3, missed: tuple[str, ...] = (), **changes: Any) -> Session:
    """An ended session with a scorecard: every criterion at `level`, the `missed` points lacking;
    reflection has no level."""
    turns = changes.pop("turns", example_turns())
    ended = {"status": "graded", "ended_by": "complete"} | changes
    session = example_session(turns=turns, **ended)
    return replace(session, scorecard=example_scorecard(session, level, missed))


def example_scorecard(session: Session, level: int, missed: tuple[str, ...]) -> Scorecard:
    """A judgement that fits the session's turns."""
    asked = list(dict.fromkeys(turn.question for turn in session.turns))
    return Scorecard(
        grader=GraderInfo(
            name="points and structure",
            model="whisper-base, qwen2.5-coder-1.5b-instruct",
            measured_on="90 answers scored by people: weighted kappa .47. Not measured on spoken "
            "answers.",
        ),
        criteria=tuple(_criterion(session, index, level) for index in range(len(CRITERIA))),
        points=tuple(
            _point(session, question, *point, missed=missed)
            for question, _, points, _ in QUESTIONS
            if question in asked
            for point in points
        ),
        overall=float(level),
        low=max(1.0, level - 0.8),
        high=min(5.0, level + 0.8),
        unscored=None,
        delivery=(
            Measure(id="pace", name="Speaking pace", value=152.0 - 4 * level, unit="words/min",
                    usual_low=120, usual_high=170, source="Tauroza and Allison 1990"),
            Measure(id="fillers", name="Fillers", value=5.6 - level, unit="per 100 words",
                    usual_low=0, usual_high=4, source="Bortfeld et al. 2001"),
            Measure(id="pause", name="Longest pause", value=2.4, unit="s", usual_low=None,
                    usual_high=3, source="Campione and Veronis 2002"),
            Measure(id="answer", name="Length of an answer", value=None, unit="s",
                    usual_low=60, usual_high=150, source="the round's own plan"),
        ),
        advice=tuple(
            Advice(
                round=session.round,
                question=question,
                fix_first=(
                    "Say the number before the story: eleven percent is the hook.",
                    "Name what you changed afterwards without being asked.",
                ),
                stronger="On a Monday our click-through fell by eleven percent. I owned that "
                "model, so I rolled it back within forty minutes and then looked for the cause.",
                next_follow_up="How do you know that the canary would have caught it?",
            )
            for question in asked
        ),
    )  # fmt: skip


def _criterion(session: Session, index: int, level: int) -> CriterionScore:
    key, name, _, _ = CRITERIA[index]
    if key == "reflection":
        return CriterionScore(
            round=session.round, id=key, name=name, level=None, why="",
            unscored="Nothing that was said bears on it.",
        )  # fmt: skip
    return CriterionScore(
        round=session.round,
        id=key,
        name=name,
        level=level,
        unscored=None,
        low=max(1.0, level - 0.7),
        high=min(5.0, level + 0.7),
        why=JUDGED[key][0],
        quotes=quotes(session, JUDGED[key][1]),
        raise_by=JUDGED[key][2],
    )


def _point(
    session: Session, question: str, point: str, criterion: str, statement: str, negative: bool,
    missed: tuple[str, ...],
) -> PointScore:  # fmt: skip
    holds: Verdict = "missing" if point in missed or negative else "covered"
    found = {
        "symptom": "click-through had dropped", "number": "eleven percent",
        "own_part": "I rolled the model back", "root_cause": "from euros to cents,",
        "prevention": "a drift alarm,", "their_view": "cold start postings",
        "test": "two week experiment", "outcome": "we shipped hers.",
    }  # fmt: skip
    return PointScore(
        round=session.round, question=question, point=point, statement=statement,
        criterion=criterion, weight=1.0, negative=negative, verdict=holds, confidence=0.82,
        quotes=quotes(session, found[point]) if holds == "covered" and point in found else (),
    )  # fmt: skip


def quotes(session: Session, wanted: str) -> tuple[Quote, ...]:
    """The first place where the candidate said these words."""
    tokens = wanted.split()
    for index, turn in enumerate(session.turns):
        words = turn.answer.words if turn.answer else ()
        for first in range(len(words) - len(tokens) + 1):
            span = words[first : first + len(tokens)]
            if [word.text for word in span] == tokens:
                start, end = span[0].start, span[-1].end
                return (Quote(text=wanted, turn=index, start=start, end=end),)
    return ()


def write_audio(folder: Path, session: Session) -> None:
    """Something like speech for every answer: a burst of tone and noise for each word."""
    for turn in session.turns:
        if turn.answer is not None and turn.answer.audio is not None:
            (folder / turn.answer.audio).write_bytes(_flac(turn.answer))


@cache
def _flac(answer: Answer) -> bytes:
    import numpy as np
    import soundfile

    noise = np.random.default_rng(7)
    sound = noise.normal(0, 0.001, int(answer.seconds * RATE))
    for word in answer.words:
        first, last = int(word.start * RATE), int(word.end * RATE)
        time = np.arange(last - first) / RATE
        shape = np.hanning(len(time)) ** 0.6
        pitch = 105 + 25 * np.sin(word.start)
        voice = sum(np.sin(2 * np.pi * pitch * k * time) / k for k in range(1, 9))
        loud = 0.07 + 0.05 * np.sin(1.7 * word.start) ** 2
        sound[first:last] += loud * shape * (voice + noise.normal(0, 0.2, len(time)))
    file = BytesIO()
    soundfile.write(file, sound, RATE, format="FLAC", subtype="PCM_16")
    return file.getvalue()
