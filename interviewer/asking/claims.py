"""What a sharp interviewer jumps on, whatever the question is: unmeasured claims, and "we"."""

import re
from dataclasses import dataclass

_CLAIM = re.compile(
    r"\b(?:(?:a lot|much|way|far|significantly|dramatically|massively|substantially|considerably"
    r"|noticeably|hugely|quite a bit) (?:faster|slower|better|worse|cheaper|higher|lower|smaller|bigger"
    r"|quicker|fewer|less|more (?:accurate|precise|reliable|stable|efficient)"
    r"|more(?= (?:from|on|of|than)\b|[.,]))"
    r"|(?:significant|huge|massive|dramatic|big|substantial|large|major) (?:improvement|increase|drop"
    r"|reduction|gain|impact|decrease|uplift|saving|savings|boost|difference)"
    r"|(?:improved|increased|reduced|decreased|boosted|went up|went down|dropped) (?:a lot|a bunch"
    r"|significantly|dramatically|massively|substantially|considerably|noticeably|quite a bit)"
    r"|(?:significantly|dramatically|massively|substantially|considerably) (?:improved|increased"
    r"|reduced|decreased|boosted|dropped)"
    r"|(?:worked|performed|did) (?:really|very|much) well)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|double[ds]?"
    r"|triple[ds]?|percent)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:was|were|got|went|came|became|saw|had|made|gave|did|\w{3,}ed)\b", re.IGNORECASE
)
"""Sentences about something that happened; "it scales much better" claims nothing of one's own."""
_WE = re.compile(r"\b(?:we|our|ours|us|the team)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:i|i'm|i'd|i've|i'll|my|mine|me|myself)\b", re.IGNORECASE)
_FILLER_I = re.compile(
    r"\bi(?:'d|'ll| (?:think|guess|mean|suppose|believe|feel|would|don't know))\b", re.I
)

_WE_AT_LEAST = 4
"""Times; fewer are no pattern."""


@dataclass(frozen=True)
class Claim:
    """A statement of size without a size."""

    words: str
    """As the candidate put it."""
    sentence: int
    """Index of the sentence."""


def unmeasured_claim(sentences: tuple[str, ...]) -> Claim | None:
    """The last claim of an effect with no number in its own or the next sentence."""
    found = None
    for index, sentence in enumerate(sentences):
        match = _CLAIM.search(sentence)
        near = " ".join(sentences[index : index + 2])
        if match and _HAPPENED.search(sentence) and not _NUMBER.search(near):
            found = Claim(match.group(0).lower(), index)
    return found


def all_we(text: str) -> bool:
    """True where the story has a team in it and nobody who says "I"."""
    plain = _FILLER_I.sub(" ", text.replace("’", "'"))
    we, own = len(_WE.findall(plain)), len(_I.findall(plain))
    return we >= _WE_AT_LEAST and own * 5 <= we
