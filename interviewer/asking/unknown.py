"""What to ask about an answer to a question that the bank does not have.

Nothing is known of what such an answer should hold, so that the follow-up takes hold of what was said:
of what they admit, of what they claim and could not know, of a number, of a choice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from interviewer.asking.gaps import ABOUT_THEM, TALKED_CODE
from interviewer.asking.handles import Handle, Taking, handles, of_kind, taken
from interviewer.reading.told import Told
from interviewer.text.cues import NUMBER

WEAK = 2.7
"""Level below which a claim is tested rather than a choice."""
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


_NOT = r"^(?!.*(?:\bnot\b|n't\b|\bnever\b|\bno\b|\bnobody\b)).*"
"""A clause that denies something means the opposite once it is said back with "that" behind it."""
_METRIC = _re(
    r"rate|recall|precision|accuracy|\bauc\b|error|churn|complaints?|conversion|latency|cost|score|ndcg"
    r"|mape|loss|retention|clicks?|revenue|returns?|fraud|alerts?|tickets?|calls?|hours|minutes"
)
"""What one wants to move; a share or a size that was set is no result."""
_UNMEASURED = Taking(
    "unmeasured",
    _re(
        r"\b(?:i|we)(?:'ve)? (?:didn't|never|haven't|hadn't|don't) (?:really |actually |ever |yet )?"
        r"(?:track|measur|check|compar|test|log|count|verif|validat|evaluat)\w*"
        r"|(?:don't|didn't) have (?:the |any |good |exact |real )?"
        r"(?:figures?|numbers?|data|baseline|labels)"
        r"|\b(?:i|we) (?:can't|couldn't) (?:really |honestly )?(?:say|tell|prove) \w+"
        r"|\b(?:i|we) (?:don't|didn't) (?:really )?(?:know|remember) (?:exactly )?"
        r"(?:how|what|why|if|whether)\b"
        r"|\bi'm not (?:entirely |really |quite |so )?(?:sure|certain) (?:\w+ ){2,}\w+"
    ),
    ("how would you find that out now?", "what would you look at to find that out?"),
)
_OPEN = Taking(
    "limit",
    _re(
        r"\bstill (?!have\b|in use)\w+ed\b|\bonly (?:once|partly|sometimes|half)\b|\bdidn't always\b"
        r"|\bdoesn't always\b|\bwhat bit (?:me|us)\b"
        r"|\bstill (?:happens|bites|slips|breaks|annoys|costs)\b"
        r"|\bisn't (?:cured|solved|fixed|great|perfect)\b"
    ),
    ("what did you try against that?", "what would it take to change that?"),
)
_CLAIM = Taking(
    "claim",
    _re(
        rf"{_NOT}(?:\b(?:more|much|far|a lot) (?:accurate|powerful|reliable|robust|stable|efficient"
        r"|scalable|advanced|precise|flexible|better|faster|cheaper)\b"
        r"|\b(?:is|are|was|were|works?|worked|seem(?:s|ed)?|feels?|felt|performs?) (?:\w+ )?"
        r"(?:better|best|faster|cheaper|safer|enough|solved|the same|very well)\b"
        r"|\b(?:always|perfectly|obviously|basically the same)\b|\bthe more\b.*\bthe (?:better|more)\b"
        r"|\b(?:solves?|avoids?|prevents?|guarantees?|removes?|handles|finds|catches) "
        r"(?:it|that|this|the|all|most|every\w*|any)\b)"
    ),
    ("how would you show that?",),
)
_CAUSE = Taking(
    "cause",
    _re(
        rf"{_NOT}\b(?:because of|thanks to|due to|it turned out|turned out (?:to be|that)"
        r"|the (?:cause|reason|problem) (?:was|is)|which (?:means|meant|shows|showed)"
        r"|that (?:shows|showed|told us|told me|fixed|helped|solved)|fixed it|was caused"
        r"|what (?:fixed|helped|mattered|made))\b"
    ),
    ("how did you find out that it was that?", "what else could have been behind it?"),
)
_AGREED = Taking(
    "agreed",
    _re(
        rf"{_NOT}\b(?:he|she|they|everybody|everyone|people|the team"
        r"|my (?:manager|boss|lead|colleagues?)) (?:\w+ )?"
        r"(?:agreed|accepted|understood|came round|trusted?|liked|thanked|got it"
        r"|(?:was|were) (?:happy|fine|okay|convinced|relieved|pleased))\b"
    ),
    ("how do you know that they really saw it that way?",),
)
_CHOSEN = Taking(
    "chosen",
    _re(
        rf"{_NOT}\b(?:i|we)(?:'d| would)? (?:chose|choose|picked|pick|went with|go with|decided"
        r"|settled on|argued for|pushed for|insisted|prefer(?:red)?|rejected|turned down)\b"
    ),
    ("what spoke for the other way?", "what would have made you decide otherwise?"),
)
_LITTLE = Taking(
    "figure",
    _re(
        rf"{_NOT}(?:\b(?:better|worse|up|down|more|less|fewer|ahead|gain\w*|improved|by)\b.*)"
        r"\b(?:[0-4](?:\.\d+)?|half a|one|two|three|four) (?:percent\w*|%|points?)"
        r"|^.*\b(?:[0-4](?:\.\d+)?|one|two|three|four) (?:percent\w*|%|points?) "
        r"(?:better|worse|higher|lower|more|less|ahead)"
    ),
    ("how do you know that this is more than chance?",),
)
_FIGURE = Taking(
    "figure",
    _re(
        rf"^(?!.*\b(?:fell|went|dropped|rose|set|limit\w*)\b){_NOT[1:]}"
        rf"\b{NUMBER} ?(?:percent|%|out of)(?=.*\b(?:wrong|right|correct|missed|caught|better|worse"
        r"|worked|users|cases|answers|customers|requests)\b)"
    ),
    ("how did you find that figure?",),
)
_PART = Taking(
    "part",
    _re(
        rf"\b(?:catch(?:es)?|caught|covers?|finds?|found|solves?|handles?|works (?:for|in|on)) (?:\w+ )?"
        r"(?:about |roughly |maybe |around )?(?:half|most|a third|two thirds"
        rf"|{NUMBER} (?:percent|%|of|in|out of))"
        rf"|\b(?:only|just) (?:warns?|covers?|catches|works)\b|\b{NUMBER} wrong in\b"
    ),
    ("what happens to the rest?",),
)
_CHECKER = Taking(
    "checker",
    _re(
        rf"{_NOT}\b(?:verifier|checker|validator|guardrails?|second model|judge model|moderators?"
        r"|reviewers?|regex|filter)\b"
    ),
    ("what gets past it?",),
)
_HABIT = Taking(
    "habit",
    _re(rf"{_NOT}\b(?:i (?:always|try to|make sure)|my rule|a rule of mine)\b"),
    ("when did that last not work out?",),
)
EXAMPLE = "Can you give me one recent example of that?"
"""Of somebody who speaks of themselves in general."""
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
    personal = round_id in ABOUT_THEM
    yield from _each(3.7, _heard(told, _UNMEASURED))
    yield from _each(3.6, _heard(told, _PART))
    if personal:
        yield from _each(3.3, _heard(told, _HABIT), _heard(told, _AGREED))
    else:
        yield from _each(3.5, of_kind(known, "few", "limit", "assumed"), _heard(told, _OPEN))
        yield from _each(3.3 if level < WEAK else 2.4, _heard(told, _CLAIM))
    if round_id in TALKED_CODE:
        return
    yield from _each(3.2, _results(told, of_kind(known, "result")), _heard(told, _CHECKER))
    yield from _each(3.1, _uncompared(told, _heard(told, _LITTLE)))
    yield from _each(3.0, of_kind(known, "choice"), _heard(told, _CAUSE))
    yield from _each(2.8, _heard(told, _CHOSEN), of_kind(known, "sample", "safeguard"))
    yield from _each(2.6, _heard(told, _FIGURE))


def _heard(told: Told, taking: Taking) -> tuple[Handle, ...]:
    return tuple(taken(taking, told.sentences))


def _each(value: float, *found: tuple[Handle, ...]) -> Iterator[Hold]:
    """All of one worth, the first the best; what has no verb is a torn piece."""
    places = [one for some in found for one in some if not one.opening.startswith("You mentioned")]
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
