"""Tell an answer from something that the candidate wants of the interviewer.

Rules, not a model: they are sure about the common phrases, and say nothing about the rest.
Only short utterances are taken for control; inside of a long answer the same words are part
of a story ("my manager said: skip this one").
"""

import re

from interviewer.requests.phrases import BEGINNING, DONE, DONT_KNOW, PREFACE, WAIT
from interviewer.requests.wishes import BACK, END, REFUSAL, REPEAT, SKIP, STEERING
from sessions.model import Control

LONGEST = 28
"""Words; anything longer is an answer. A request with its politeness rarely takes more."""

_RULES: tuple[tuple[Control, str], ...] = (
    ("steering", STEERING),
    ("end", END),
    ("back", BACK),
    ("repeat", REPEAT),
    ("skip", SKIP),
    ("wait", WAIT),
    ("refusal", REFUSAL),
    ("dont_know", DONT_KNOW),
    ("done", DONE),
)
"""In this order: the first that fits wins, so what does harm when it is missed comes first."""

_SHORTER: dict[Control, int] = {"dont_know": 16, "done": 12, "skip": 16, "wait": 18, "refusal": 26}
"""Words; longer utterances with these phrases hold something else as well."""

_LEAD = re.compile(
    r"(?:wait (?!then|and|until))?"
    r"(?:(?:sorry|okay|ok|so|well|yeah|yes|no|and|but|hey|hi|right|alright|thanks|thank you|actually|"
    r"honestly|unfortunately|why don'?t|how about|can|could|would|may|might|should|shall|am|do|did|we|"
    r"you|i|i'?d|i'?ll|i'?ve|i'?m|let'?s|let|us|me|just|quickly|maybe|perhaps|think|"
    r"guess|afraid|want|like|to|need|mind|if|it'?s|is|possible|for|now|then|really|rather|prefer|must|"
    r"be|have|a|second|this|that|the|note|grader|interviewer|alex|sam|robin|next) )*"
)
"""What may stand before a request; whoever has said more than this is answering."""
_TELLING = re.compile(
    r"(?:(?:and|so|then|well|okay|ok|but|yes|yeah|no|now|next|for now|actually|honestly|maybe|i think|"
    r"i guess) )*(?:(?:i|we|you)(?: (?:did|would|should|must|can|could)(?: have)?(?: to)?)?"
    r"|(?:i|we)'?d(?: have(?: to)?)?) (?:(?:just|really|then|now|maybe) )*"
)
"""A bare subject before it tells of something: "we skip it", "I'd stop", where "can we skip it" and
"I'd like to stop" ask."""
_THING = re.compile(r".*\b(?:that|this)(?:'d|'ll)? (?:(?:would|will|could|can|then|just|really) )*")
"""A thing before it does it by itself: "that would give me the answer"."""
_SUGGESTING = re.compile(r"(?:(?:well|okay|ok|maybe|i think|i guess) )*we (?:can|could) (?:just )?")
_URGING = re.compile(
    r"(?:.*\b(?:should|must)|(?:(?:and|so|then|well|but) )*"
    r"(?:and|so|then|(?:we|you)(?:'d| would)? (?:need|have|want) to|it'?s possible to)) (?:just )?"
)
"""Suggestions: the first but for "we can skip it", the second where it names what is going on."""
_NAMED = re.compile("interview|session|round|question|this one")
_THEMSELVES = re.compile(
    r"\b(?:let me|i'?ll|(?:i|we|you)(?:'d| would)? (?:need|have|want|like) to)"
    r" (?:(?:just|quickly) )*$"
)
"""Who repeats or says it themselves; who asks for it says "you", or nothing."""
_WOULD = re.compile(r"\bi(?:'d| would) (?:need|have) to (?:just )?$")
_OWN = re.compile(
    r"\b(?:let me|i'?ll|(?:can|could|may|might|should|shall) i) (?:(?:just|quickly) )*$"
)
"""Who says this before "finish" or "stop" means their answer, unless they name the interview."""
_ASKED: frozenset[Control] = frozenset({"steering", "end", "back", "repeat", "skip"})
"""Controls that are requests to the interviewer, and count only where nothing else is said first."""
_REFUSED_TAIL = 6
"""Words that may follow a refusal; after more, or after "but I", it was the preface to an answer."""
_BUT = re.compile(r"\b(?:but|however|though|still)(?: [\w']+){3}")

_CLARIFY = re.compile(
    r"\b(clarify|what do you mean|could you explain|can you explain|do you mean|are you asking)\b"
    r"|^(so |and |okay |ok |first |sure |before i start |just |quick question )*"
    r"((what|which) \w+ (is|are|do|does|can|should) (i|we|you|it|the|there)|(is|are|do|does|can) \w+ \w+"
    r"|(what|which|who|where|when)('s| is| are| was| were| kind| sort| type| counts| would| do| does)"
    r"|how (many|much|fast|long|often|big|large|fresh|quickly|is|are|do|does)"
    r"|(is|are|do|does|can|could|should|may|am|will|would) (i|we|you|it|there|they|the|this|that|a|an)"
    r"|can i assume|should i assume|may i assume|can we assume|could i ask|can i ask|may i ask)\b",
    re.IGNORECASE,
)

_OPENING = re.compile(r"^(?:(?:sorry|okay|ok|so|well|yeah|hm|actually|honestly|just) )+")
_POLITE = r"(?:(?:can|could|would|will) you |i (?:want|need|would like|'d like) you to )"
_NOT = r"(?:don'?t|didn'?t|do not|did not|cannot|can'?t) (?:quite |really |fully |even )?"
_WORDING = re.compile(
    rf"(?:what (?:do|did|exactly do) you mean\b(?: \w+){{0,8}}"
    rf"|{_POLITE}(?:rephrase|clarify|explain|reword|(?:say|put|ask|word) (?:it|that|this|the question)"
    r" (?:differently|another way|in other words))(?: \w+){0,8}"
    rf"|i {_NOT}(?:understand|follow|get)(?: (?:the|this|that|your) question| what you (?:mean|want)"
    r"| what you'?re asking)?(?: sorry| really| at all| yet| fully)?"
    r"|i(?:'m| am) not sure (?:i understand|what you mean|what you(?:'re| are) asking)(?: \w+){0,4}"
    r"|i don'?t know what you (?:mean|want)(?: \w+){0,4})"
)
"""They ask what the question means, not for a fact. It is all that is said, but for politeness."""
_BARE = re.compile(
    r"^(?:so |and |okay |ok |first |well |sorry )*(?:what(?:'s| is| are) (?:the|our|your) \w+"
    r"(?: \w+){0,3}|how (?:many|much|often|fast|big|large) (?!i\b|as\b)\w+ (?:is|are|do|does|can"
    r"|per|will|there)\b.*"
    r"|(?:do|does|is|are|can|should|may|could) (?:we|i|you|there|the|they|it|this|that)"
    r" (?!fails?\b|work\b|happen\b)\w+(?: \w+){0,6})$"
)
_BARE_LONGEST = 12
"""Words. Recognisers lose question marks; only what begins as a question and is this short counts
as one without."""

_CALL = re.compile(r"\W*(?:(?:hello|h?m+|huh|eh)\b\W*)+\?\W*", re.IGNORECASE)
"""Somebody who heard nothing; without the question mark it greets, or thinks."""
_PARTS = re.compile(r"(?<=[.!?;,])\s+")
_MOST_PARTS = 5
_STRONGEST: tuple[Control, ...] = ("steering", "end", "back", "repeat", "skip", "clarify")
"""Of several requests in one breath the first of these counts, else the one that was said last."""

_COMPILED = tuple((control, re.compile(rule, re.IGNORECASE)) for control, rule in _RULES)


def classify(text: str) -> Control | None:
    """What the candidate wants of the interviewer; None where the utterance is an answer."""
    return _classified(text) or _in_parts(text)


def _in_parts(text: str) -> Control | None:
    """What "I don't know. Can we move on?" comes down to: each part is a request, or leads to one."""
    parts = [part for part in _PARTS.split(text.strip()) if _plain(part)]
    if not 2 <= len(parts) <= _MOST_PARTS or len(_plain(text).split()) > LONGEST:
        return None
    found: list[Control] = []
    for part in parts:
        if re.fullmatch(PREFACE, _plain(part)):
            continue
        control = _classified(part)
        if control is None:
            return None
        found.append(control)
    strongest = next((one for one in _STRONGEST if one in found), None)
    return strongest or (found[-1] if found else None)


def _classified(text: str) -> Control | None:
    if _CALL.fullmatch(text):
        return "repeat"
    plain = _plain(text)
    length = len(plain.split())
    if not plain or length > LONGEST:
        return None
    for control, rule in _COMPILED:
        if length <= _SHORTER.get(control, LONGEST) and any(
            _meant(control, plain, found) for found in rule.finditer(plain)
        ):
            return control
    return "clarify" if wording(text) or _asks(text, plain, length) else None


def begun(text: str) -> bool:
    """Whether somebody only greets, takes the question up or hums, and has yet to answer."""
    plain = _plain(text)
    # Longer ones hold something else, and are not worth the time that a pattern may take.
    short = len(plain.split()) <= LONGEST
    return bool(text.strip()) and short and bool(re.fullmatch(BEGINNING, plain))


def wording(text: str) -> bool:
    """Whether somebody asks what the question means."""
    plain = _OPENING.sub("", _plain(text))
    return bool(_WORDING.fullmatch(plain))


def _asks(text: str, plain: str, length: int) -> bool:
    if text.rstrip().endswith("?"):
        return bool(_CLARIFY.search(plain))
    whole = not re.search(r"[.!?,;] ", text.strip())
    return whole and length <= _BARE_LONGEST and bool(_BARE.match(plain))


def _meant(control: Control, plain: str, found: re.Match[str]) -> bool:
    """Whether it is the whole of what is wanted, not a piece of an answer."""
    before, after = plain[: found.start()], plain[found.end() :]
    if control in _ASKED:
        return bool(_LEAD.fullmatch(before)) and not _told(control, before, found.group())
    if control == "refusal":
        return len(after.split()) <= _REFUSED_TAIL and not _BUT.search(after)
    return True


def _told(control: Control, before: str, wanted: str) -> bool:
    """Whether these words tell of what is done, and ask for nothing."""
    if control == "steering":
        return bool(_TELLING.fullmatch(before) or _THING.fullmatch(before))
    if control == "end" and (_OWN.search(before) or _WOULD.search(before)):
        return not (_NAMED.search(wanted) or wanted.startswith("quit"))
    if control == "repeat" and _THEMSELVES.search(before):
        return wanted.startswith(("repeat", "say", "ask"))
    if _SUGGESTING.fullmatch(before):
        return wanted.endswith((" it", " that"))
    if _URGING.fullmatch(before):
        return not _NAMED.search(wanted)
    return bool(_TELLING.fullmatch(before))


def _plain(text: str) -> str:
    """Without fillers and punctuation, which recognisers set as they like."""
    plain = re.sub(r"\b(um+|uh+|er+m?|hm+|mm+|ah+|please)\b", " ", text.lower().replace("’", "'"))
    return " ".join(re.sub(r"[^\w' ]+", " ", plain).split())
