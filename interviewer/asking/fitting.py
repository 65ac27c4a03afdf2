"""Whether a round's general point may be asked of an answer to a question that the bank does not have.

Such a point knows neither the question nor the answer: nobody is asked what an empty input does to their
notice period.
"""

import re

from interviewer.asking.gaps import WEAK
from interviewer.reading.told import Told
from interviewer.text.cues import NUMBER
from rubrics.model import Point


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


OF_THE_INPUT = frozenset(
    {"handles_empty", "handles_malformed", "handles_limits", "states_assumptions"}
)
OF_A_PROGRAM = frozenset({"names_tests", "says_why_correct", "names_time", "names_memory"})
_PROGRAM = _re(
    r"\b(?:write|implement|code(?! ?(?:review|base|quality|that|is\b|you))|build|return|compute"
    r"|calculate|find|count|merge|split|sort|sketch"
    r"|give me|sample|pick|remove|parse|represent|convert|function|helper|check whether)\b"
)
_EDGES = _re(
    r"\b(?:empty|none|null|zero|rais(?:e|es|ed|ing)|assert\w*|no (?:items|elements|rows|input))\b"
)
OF_WORK = frozenset({"before_and_after", "measured_live", "number_for_result", "production_facts"})
_WORK = _re(
    r"\b(?:project|built|build|work(?:ed)? on|models?|systems?|impact|result|proud\w*|shipped|role)\b"
)
OF_A_SYSTEM = frozenset(
    "error-costs cost_of_wrong_answer prices-errors noticed-live monitored-signal rollout-rollback "
    "watches_after_launch fallback-retraining live-result effect-in-numbers result_with_numbers".split()
)
"""Of points that only fit a system that runs, or is to run."""
_SYSTEM = _re(
    r"\b(?:design|build|serv\w+|roll ?out|ship|architecture|pipeline|production|live|launch\w*)\b"
)
OF_A_SCORE = frozenset({"measure_checked_with_people", "how-it-could-be-wrong", "single-score"})
_SCORE = _re(
    rf"{NUMBER} ?(?:percent|%|points?|out of)|\b(?:score|accuracy|recall|precision|f1|auc)\b"
)


def fits(point: Point, question: str, told: Told, level: float) -> bool:
    """Whether a general point may be asked of an answer to this question."""
    if point.id in OF_THE_INPUT:
        return level < WEAK and bool(_PROGRAM.search(question)) and not _EDGES.search(told.text)
    if point.id in OF_A_PROGRAM:
        return bool(_PROGRAM.search(question))
    if point.id in OF_WORK:
        return told.episode and bool(_WORK.search(question))
    if point.id in OF_A_SYSTEM:
        return told.episode or bool(_SYSTEM.search(question))
    if point.id in OF_A_SCORE:
        return bool(_SCORE.search(told.text))
    return True
