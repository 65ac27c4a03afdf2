"""What to ask about an answer to a question that the bank does not have.

Nothing is known of what such an answer should hold, so that the follow-up takes hold of what was said:
of what they admit, of what they claim and could not know, of a number, of a choice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from interviewer.asking.gaps import ABOUT_THEM, EPISODES, TALKED_CODE, WEAK
from interviewer.asking.handles import Handle, Taking, handles, of_kind, taken
from interviewer.reading.said_back import NAMED
from interviewer.reading.told import Told
from interviewer.text.cues import NUMBER

GENERAL = 0.5
"""What a round's general points and gaps are worth beside what was said: of 48 follow-ups to such
answers they made 30, of which readers found one to go for the right thing."""


@dataclass(frozen=True)
class Hold:
    """One place that is worth asking about, and how much."""

    handle: Handle
    value: float
    """Beside points and gaps, most of which lie at 1 to 2.5."""


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_DENIED = _re(r"\b(?:not|never|no|nobody|none|without)\b|n't\b")
"""What is denied means the opposite once it is said back with "that" behind it."""
_MEANT = _re(r"\b(?:because|so that|on purpose|deliberately|privacy|secret|confidential|nda)\b")
"""What was left undone for a reason is no unknown."""
_METRIC = _re(
    r"\b(?:rates?|recall|precision|accuracy|auc|errors?|churn|complaints?|conversion|latency|costs?|scores?"
    r"|ndcg|mape|loss|retention|clicks?|revenue|returns?|fraud|alerts?|tickets?|calls?|hours|minutes)\b"
)
"""What one wants to move; a share or a size that was set is no result."""
_UNMEASURED = Taking(
    "unmeasured",
    _re(
        r"\b(?:i|we)(?:'ve)? (?:didn't|never|haven't|hadn't) (?:really |actually |ever |yet )?"
        r"(?:track|measur|compar|verif|validat|evaluat|check(?! in\b)|test(?! on\b))\w*"
        r"|(?:don't|didn't) have (?:the |any |good |exact |real )?"
        r"(?:figures?|numbers?|data|baseline|labels)"
        r"|\b(?:i|we) (?:can't|couldn't) (?:really |honestly )?(?:say|tell|prove) "
        r"(?:how (?:much|many|far|often|long|well)|whether|if)\b"
        r"|\b(?:i|we) (?:don't|didn't) (?:really )?(?:know|remember) (?:exactly )?"
        r"(?:how (?:much|many|far|often|long|well)|whether|if)\b"
    ),
    ("how would you find that out now?", "what would you look at to find that out?"),
    unless=_MEANT,
)
_OPEN = Taking(
    "limit",
    _re(
        r"\bstill (?:fail|miss|leak|crash|struggl|drift|dominat|suffer)\w*"
        r"|\bonly (?:once|partly|sometimes|half)\b|\b(?:didn't|doesn't) always\b|\bwhat bit (?:me|us)\b"
        r"|\bstill (?:happens|bites|slips|breaks|annoys)\b"
        r"|\bisn't (?:cured|solved|fixed|great|perfect)\b"
    ),
    ("what did you try against that?", "what would it take to change that?"),
)
_PART = Taking(
    "part",
    _re(
        r"\b(?:catch(?:es)?|caught|covers?|finds?|solves?|handles?) (?:\w+ )?"
        r"(?:about |roughly |maybe |around )?(?:half|most|a third|two thirds"
        rf"|{NUMBER} (?:percent|%|of|out of))"
        rf"|\b(?:only|just) (?:warns?|covers?|catches)\b|\b{NUMBER} wrong in\b"
    ),
    ("what happens to the rest?",),
)
_CLAIM = Taking(
    "claim",
    _re(
        r"\b(?:more|much|far|a lot) (?:accurate|powerful|reliable|robust|stable|efficient"
        r"|scalable|advanced|precise|flexible|better|faster|cheaper)\b"
        r"|\b(?:is|are|was|were|works?|worked|seem(?:s|ed)?|feels?|felt|performs?) (?:\w+ )?"
        r"(?:better|best|faster|cheaper|safer|enough|solved|the same|very well)\b"
        r"|\b(?:always|perfectly|obviously|basically the same)\b|\bthe more\b.*\bthe (?:better|more)\b"
        r"|\b(?:solves?|avoids?|prevents?|guarantees?|removes?|handles|finds|catches) "
        r"(?:it|that|this|the|all|most|every\w*|any)\b"
    ),
    ("how would you show that?",),
    unless=_DENIED,
)
_CAUSE = Taking(
    "cause",
    _re(
        r"\b(?:because of|thanks to|due to|it turned out|turned out (?:to be|that)"
        r"|the (?:cause|reason|problem) (?:was|is)|which (?:means|meant|shows|showed)"
        r"|that (?:shows|showed|told us|told me|fixed|helped|solved)|fixed it|was caused"
        r"|what (?:fixed|helped|mattered|made))\b"
    ),
    ("how did you find out that it was that?", "what else could have been behind it?"),
    unless=_DENIED,
)
_AGREED = Taking(
    "agreed",
    _re(
        r"\b(?:he|she|they|everybody|everyone|people|the team|my (?:manager|boss|lead|colleagues?)) "
        r"(?:\w+ )?"
        r"(?:agreed|accepted|came round|trusted?|liked|thanked|got it"
        r"|(?:was|were) (?:happy|fine|okay|convinced|relieved|pleased))\b"
    ),
    ("how do you know that they really saw it that way?",),
    unless=_re(rf"{_DENIED.pattern}|\b(?:died|sick|ill|passed away|divorce\w*)\b"),
)
_CHOSEN = Taking(
    "chosen",
    _re(
        r"\b(?:i|we)(?:'d| would)? (?:chose|choose|pick(?:ed)? (?!up\b)|went with (?!my\b|her\b|him\b)"
        r"|decided (?!to leave\b)|settled on|argued for|pushed for|insisted|rejected)"
    ),
    ("what spoke for the other way?", "what would have made you decide otherwise?"),
    unless=_DENIED,
)
_LITTLE = Taking(
    "figure",
    _re(
        r"\b(?:better|worse|up|more|less|fewer|ahead|gain\w*|improved) (?:\w+ ){0,3}?"
        r"(?:[0-4](?:\.\d+)?|half a|one|two|three|four) (?:percent\w*|%|points?)"
        r"|\b(?:[0-4](?:\.\d+)?|one|two|three|four) (?:percent\w*|%|points?) "
        r"(?:better|worse|higher|lower|more|less|ahead)"
    ),
    ("how do you know that this is more than chance?",),
    unless=_re(rf"{_DENIED.pattern}|\bwhen\b"),
)
_FIGURE = Taking(
    "figure",
    _re(
        rf"\b{NUMBER} ?(?:percent|%|out of)(?=.*\b(?:wrong|right|correct|missed|caught|better|worse"
        r"|worked|users|cases|answers|customers|requests)\b)"
    ),
    ("how did you find that figure?",),
    unless=_re(rf"{_DENIED.pattern}|\b(?:fell|went|dropped|rose|set|limit\w*)\b"),
)
_CHECKER = Taking(
    "checker",
    _re(
        r"\b(?:verifier|checker|validator|guardrails?|second model|judge model|moderators?"
        r"|(?:spam|safety|content|output) filter)\b"
    ),
    ("what gets past it?",),
    unless=_DENIED,
)
_HABIT = Taking(
    "habit",
    _re(
        r"\b(?:i always (?!wanted|loved|liked|been|knew|had|thought|enjoyed|dreamed)"
        r"|i (?:try to|make sure)|my rule|a rule of mine)"
    ),
    ("when did that last not work out?",),
    unless=_DENIED,
)
_HABITS = _re(
    r"\b(?:usually|always|generally|typically|often|i (?:like to|tend to|try to|enjoy|value|believe in"
    r"|care about|am good at|pride myself)|i'm (?:very |really |quite )?(?:good at|open|flexible|curious"
    r"|passionate|a \w+ (?:person|learner|player)))\b"
)
EXAMPLE = "Can you give me one recent example of that?"
"""Of somebody who speaks of themselves in general."""
OTHERS = "What would the others who were there say about it today?"
"""Of somebody who tells a story."""
_MOVED = "how do you know that it was this change, and nothing else?"
"""Of a number that moved, where nothing was compared live."""
_COMPARED = _re(
    r"replay|rerun|re-ran|same (?:rows|data|traffic|questions)|\bflat\b|hold-?out|control|randomi"
    r"|a/?b test|shadow|by chance|significan|confidence interval"
)
"""Words of a comparison that was made, or of a number that was explained."""


def holds(round_id: str, told: Told, level: float) -> Iterator[Hold]:
    """What is worth taking hold of in an answer of this level."""
    known = handles(told.sentences)
    yield from _each(3.7, _heard(told, _UNMEASURED))
    yield from _each(3.6, _heard(told, _PART))
    if round_id in ABOUT_THEM:
        yield from _each(3.3, _heard(told, _HABIT), _heard(told, _AGREED))
        yield from _each(3.2, _results(told, of_kind(known, "result")))
        if round_id in EPISODES:
            yield from _each(2.8, _heard(told, _CHOSEN))
        return
    yield from _each(3.5, of_kind(known, "few", "limit", "assumed"), _heard(told, _OPEN))
    yield from _each(3.3 if level < WEAK else 2.4, _heard(told, _CLAIM))
    if round_id in TALKED_CODE:
        return
    yield from _each(3.2, _results(told, of_kind(known, "result")), _heard(told, _CHECKER))
    yield from _each(3.1, _uncompared(told, _heard(told, _LITTLE)))
    yield from _each(3.0, of_kind(known, "choice"), _heard(told, _CAUSE))
    yield from _each(2.8, _heard(told, _CHOSEN), of_kind(known, "sample", "safeguard"))
    yield from _each(2.6, _heard(told, _FIGURE))


def speaks_of_habits(round_id: str, told: Told) -> bool:
    """Whether somebody says in general how they are: not a fact, such as what they earn."""
    general = told.has("in general") or any(_HABITS.search(one) for one in told.sentences)
    return round_id in ABOUT_THEM and not told.episode and general


def _heard(told: Told, taking: Taking) -> tuple[Handle, ...]:
    return tuple(taken(taking, told.sentences))


def _each(value: float, *found: tuple[Handle, ...]) -> Iterator[Hold]:
    """All of one worth, the first the best; what has no verb is a torn piece."""
    places = [one for some in found for one in some if not one.opening.startswith(NAMED)]
    yield from (Hold(handle, value - 0.01 * rank) for rank, handle in enumerate(places))


def _results(told: Told, found: tuple[Handle, ...]) -> tuple[Handle, ...]:
    """Where nothing was compared, nobody knows yet what moved the number."""
    moved = tuple(one for one in found if _METRIC.search(one.opening))
    alone = _uncompared(told, moved)
    return tuple(replace(one, probe=_MOVED) if one in alone else one for one in moved)


def _uncompared(told: Told, found: tuple[Handle, ...]) -> tuple[Handle, ...]:
    """Those beside which no comparison is told."""
    if told.has("live test"):
        return ()
    near = {one: " ".join(told.sentences[max(0, one.sentence - 1) :][:4]) for one in found}
    return tuple(one for one in found if not _COMPARED.search(near[one]))
