"""What answers in this field usually lack, whatever the question, asked at something that was said.

Which of these gaps counts depends on how far the answer goes: who tells no case is asked for one,
who tells a case without a result for the result, who tells a result for what keeps it true.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interviewer.asking.claims import all_we
from interviewer.judging.spoken import CUSTOM
from interviewer.reading.told import Told
from interviewer.text.cues import NUMBER
from rubrics.model import Question, Rubric

_WANTS_EPISODE = re.compile(
    r"\b(?:tell me about|describe|walk me through) (?:a|an|the last|one|your)\b|\bthe last time\b|"
    r"your (?:last|most recent)|"
    r"\b(?:did|have|were|was) you\b|you(?:'ve| have) (?:had|done|built|made)\b|you (?:built|owned|"
    r"led|worked on|faced|had)\b|your background",
    re.IGNORECASE,
)
_FIGURE = rf"\b(?!one\b){NUMBER}\b"
"""Not "one", which mostly counts nothing: "the one before"."""
_BESIDE = (
    r"\b(?:before(?! (?:i|we|that i)\b)|afterwards|today|nowadays|these days|now|previously|used to|"
    r"the others?|the rest|instead of|rather than|compared (?:to|with)|versus|against)\b"
)
_MEASURED = re.compile(
    rf"{NUMBER} ?(?:percent|%|(?:percentage )?points?|times (?:as|more|fewer|less)|x\b)"
    rf"|\b(?:auc|f1|f one|precision|recall|accuracy|error|rate|share|ratio|waste)\W+"
    rf"(?:[\w'-]+\W+){{0,6}}?{NUMBER}"
    rf"|{_FIGURE}[^.?!]{{0,60}}{_BESIDE}[^.?!]{{0,30}}{_FIGURE}"
    rf"|\b(?:before(?! (?:i|we|that i)\b)|previously|used to)\b"
    rf"[^.?!]{{0,40}}{_FIGURE}[^.?!]{{0,50}}{_FIGURE}"
    r"|\b(?:third|half|quarter|fifth|tenth)s? (?:of )?(?:what|as (?:many|much|long|often))\b",
    re.IGNORECASE,
)
"""A figure that says how well something does, in whatever words its change is told: also two that are
set beside each other ("the others seven", "today it's two"), and a share of what it was."""
_MOTIVES = re.compile(
    r"\b(?:why|attracts?|looking for|leaving|interest\w*|motivat\w*|hoping|want|salary|notice|start|"
    r"expect\w*|level)\b",
    re.IGNORECASE,
)
ABOUT_THEM = frozenset({"behavioral", "recruiter_screen"})
"""Rounds about the person: no error costs, no design."""
EPISODES = frozenset({"behavioral"})
"""Rounds whose questions are about what happened, also where they don't say so."""
DESIGN = frozenset({"ml_system_design"})
"""Rounds about a system that is yet to be built: its points go before what it would do live."""
TALKED_CODE = frozenset({"coding"})
"""Rounds about a piece of code: what its points lack is what to ask, nothing of this."""


@dataclass(frozen=True)
class Answer:
    """One answer as a gap sees it."""

    round: str
    wants_episode: bool
    """Whether the question asks for something that happened."""
    in_bank: bool
    """Whether it is one of the bank's; of any other nothing is known but its words."""
    level: float
    """As read from its traits, 1 to 5."""
    told: Told


@dataclass(frozen=True)
class Gap:
    """One thing that is missing."""

    name: str
    value: float
    """Beside the points of a rubric, whose weights lie between 0.5 and 3, most of them at 1 to 2."""
    probe: str
    """Follows a few of the candidate's words and a colon."""
    at: tuple[str, ...]
    """Kinds of evidence whose sentence the probe may take up, in this order."""
    applies: Callable[[Answer], bool]
    bare: bool = True
    """Whether it can be asked without their words, too."""
    filled_by: str = r"(?!)"
    """What the statement of a point that is told says where there is no such gap; by default nothing."""


def _own_part(one: Answer) -> bool:
    told = one.told
    thin = one.level < CASE_BELOW and told.count("shared") >= 2 and told.acts <= 2
    blurred = all_we(told.text) or thin
    return (
        one.level < OWN_BELOW
        and blurred
        and (one.wants_episode or (told.episode and not one.in_bank))
    )


def _no_case(one: Answer) -> bool:
    return one.wants_episode and one.level < CASE_BELOW and not one.told.episode


def _no_decision(one: Answer) -> bool:
    listed = one.told.has("options") or one.told.has("in general")
    return one.level < DECISION_BELOW and listed and one.told.acts == 0 and not one.told.episode


def _no_result(one: Answer) -> bool:
    told = one.told
    measured = told.has("result") or _MEASURED.search(told.text)
    return told.episode and not measured and RESULT_FROM <= one.level < RESULT_BELOW


def _only_offline(one: Answer) -> bool:
    told = one.told
    return told.has("result") and not told.live_result and told.has("offline")


def _unwatched(one: Answer) -> bool:
    running = one.told.has("own choice") or one.told.has("result")
    return one.level >= WATCH_FROM and running and not one.told.has("monitoring")


MOTIVES_LEAST = 2.5
"""Value of the gaps that count where somebody tells what they want."""
OWN_BELOW = 3.6
CASE_BELOW = 3.0
DECISION_BELOW = 2.4
RESULT_FROM = 1.8
RESULT_BELOW = 3.7
WATCH_FROM = 3.2
"""Levels from which, or below which, a gap is what is worth asking. Set on half of the questions
of a development set of 120 answers, looked at on the other half; `RESULT_BELOW` after reading 120
answers of another writer."""
WEAK = 2.7
"""Level below which, in an answer to a question that the bank does not have, a claim is tested before a
choice, and edges of the input may be asked for."""

_WATCHED = r"monitor|watched|watches|noticed|signal that|after launch|afterwards so that"
_LAST_ACT = ("own choice", "live", "way back", "acted")
GAPS: tuple[Gap, ...] = (
    Gap(
        "no case of their own",
        3.8,
        "which one piece of work of your own can you walk me through?",
        (),
        lambda one: _no_case(one) and one.round in ABOUT_THEM,
    ),
    Gap(
        "no case of their own",
        2.8,
        "what decided it the last time you had that choice yourself?",
        ("in general", "options"),
        lambda one: _no_case(one) and one.round not in ABOUT_THEM,
    ),
    Gap(
        "own part",
        3.0,
        "which part of what you told was your own to decide or build?",
        (),
        _own_part,
    ),
    Gap(
        "no decision",
        2.1,
        "of all that, what would you build first, and for what reason?",
        (),
        lambda one: _no_decision(one) and one.round in DESIGN,
    ),
    Gap(
        "nobody checked the answers",
        2.6,
        "how did you check that the answers were right?",
        _LAST_ACT,
        lambda one: (
            one.round == "llm_rag"
            and one.told.episode
            and not one.told.has("human check")
            and not one.told.has("result")
        ),
        filled_by=r"human labels|labels? by people|reviewed|checks? the (?:metric|answers|judge)",
    ),
    Gap(
        "no result",
        2.4,
        "how could you tell, in the end, that it had worked?",
        (),
        lambda one: _no_result(one) and one.round in EPISODES,
    ),
    Gap(
        "no result",
        2.4,
        "what came of all that in the end, in numbers?",
        (),
        lambda one: _no_result(one) and one.round in ABOUT_THEM - EPISODES,
    ),
    Gap(
        "no regret",
        2.1,
        "what would you do differently, if you had that to do again?",
        _LAST_ACT,
        lambda one: (
            one.round in EPISODES
            and one.told.episode
            and one.level >= WATCH_FROM
            and not one.told.has("result")
            and not one.told.has("own fault")
        ),
    ),
    Gap(
        "no remainder",
        1.9,
        "what about it does not work to this day?",
        ("result", "own choice", "acted"),
        lambda one: (
            one.round in EPISODES
            and one.told.episode
            and one.level >= WATCH_FROM
            and not one.told.has("limit")
        ),
    ),
    Gap(
        "no result",
        2.4,
        "how do you know that it worked, in numbers?",
        (),
        lambda one: _no_result(one) and one.round not in ABOUT_THEM,
    ),
    Gap(
        "result on held-out data only",
        2.3,
        "how do you know whether that holds for real users?",
        ("result", "own choice"),
        lambda one: _only_offline(one) and (one.level < WATCH_FROM + 0.2 or one.round in DESIGN),
    ),
    Gap(
        "nobody watches it",
        2.0,
        "how would you notice if it got worse today?",
        ("result",),
        lambda one: _unwatched(one) and one.round not in DESIGN,
        filled_by=_WATCHED,
    ),
    Gap(
        "nobody watches it",
        1.5,
        "what would be the first sign that it has got worse?",
        ("result", "own choice", "live", "acted"),
        lambda one: _unwatched(one) and one.round in DESIGN,
        filled_by=_WATCHED,
    ),
    Gap(
        "what the number hides",
        1.95,
        "what may have got worse at the same time?",
        ("result",),
        lambda one: one.level >= WATCH_FROM and one.told.has("result") and one.round not in DESIGN,
        bare=False,
    ),
    Gap(
        "what the number hides",
        1.0,
        "what may have got worse at the same time?",
        ("result",),
        lambda one: one.level >= WATCH_FROM and one.told.has("result") and one.round in DESIGN,
        bare=False,
    ),
    Gap(
        "costs of the errors",
        1.0,
        "what does it cost, and whom, when the model is wrong?",
        (),
        lambda one: (
            one.round not in ABOUT_THEM
            and one.level >= RESULT_FROM
            and not one.told.has("error costs")
        ),
        filled_by=r"what (?:a|each|an|one) (?:kind of )?(?:wrong|error|false)|error costs?|costs? of",
    ),
)


def wants_episode(rubric: Rubric, question: Question) -> bool:
    """Whether the question asks for something that happened."""
    return rubric.id in EPISODES or bool(_WANTS_EPISODE.search(question.text))


def about_motives(rubric: Rubric, question: Question) -> bool:
    """Whether the question is about what the person wants, not about what they did.

    Of a question that no bank has nothing is known but its words.
    """
    if rubric.id not in ABOUT_THEM or wants_episode(rubric, question):
        return False
    return question.id != CUSTOM or bool(_MOTIVES.search(question.text))


def gaps(
    rubric: Rubric, question: Question, level: float, told: Told, filled: str = ""
) -> Iterator[Gap]:
    """Those that the answer has, in the order of the table.

    `filled` holds the statements of the points that it tells, likely.
    """
    if rubric.id in TALKED_CODE:
        return
    wanted = wants_episode(rubric, question)
    answer = Answer(rubric.id, wanted, question.id != CUSTOM, level, told)
    least = MOTIVES_LEAST if about_motives(rubric, question) else 0.0
    yield from (
        gap
        for gap in GAPS
        if gap.value >= least
        and gap.applies(answer)
        and not re.search(gap.filled_by, filled, re.IGNORECASE)
    )
