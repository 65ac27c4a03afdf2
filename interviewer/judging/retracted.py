"""Whether a sentence is taken back at once: "my first idea is a coin flip. No, wait, scrap that"."""

import re
from collections.abc import Sequence

_FILLERS = (
    r"^\W*(?:(?:but|and|well|hmm+|um+|uh+|eh+|er+|oh|ah|actually|okay|so|sorry|hang on)\b\W*)*"
)
_WRONG = (
    r"(?:scrap|strike|forget) that"
    r"|(?:so )?(?:that|this|it)(?:'s| is| would be) (?:out|wrong|nonsense|not right|no good|no use)\b"
    r"|(?:that|this|it) (?:doesn't|does not|won't|wouldn't|can't) work"
)
_NO = r"no(?:[,.;!](?! (?:really|seriously|problem|need)\b)| wait\b)"
_WAIT = r"wait(?:[,.;]| (?:no|that|a (?:minute|second|moment))\b)"
_TAKES_BACK = re.compile(
    rf"{_FILLERS}(?:{_NO}|{_WAIT}|{_WRONG})|\b(?:scrap|strike) that\b|\bso (?:that's|that is) out\b",
    re.IGNORECASE,
)
"""Of the next sentence. A bare "no" takes back what was just said; not "no, really"."""
_ITSELF = re.compile(
    r"\b(?:no, wait|no wait,? (?:that|i|it)|wait,? no|(?:scrap|strike) that"
    r"|so (?:that's|that is) out)\b",
    re.IGNORECASE,
)
"""Within the sentence, where a "no" alone may be the answer to what was asked."""
_FIRST_IDEA = re.compile(
    rf"{_FILLERS}(?:(?:at )?first,? i(?: thought|'d thought| had thought| wanted)"
    r"|i first thought|my (?:very )?first (?:idea|thought|instinct)|i was going to say)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(rf"{_FILLERS}(?:instead|rather|however|then i (?:saw|noticed|realised|realized))",
                      re.IGNORECASE)  # fmt: skip
_ONLY_BUT = re.compile(r"^\W*but\b|[,;] but\b", re.IGNORECASE)


def retracted(sentences: Sequence[str], number: int) -> bool:
    """Whether the speaker takes back what the sentence of this number says."""
    own = sentences[number]
    following = sentences[number + 1 : number + 2]
    if _ITSELF.search(own) or any(_TAKES_BACK.search(one) for one in following):
        return True
    if not _FIRST_IDEA.search(own):
        return False
    later = sentences[number + 1 : number + 3]
    return bool(_ONLY_BUT.search(own)) or any(
        _TAKES_BACK.search(one) or _INSTEAD.search(one) or one.lower().startswith("but ")
        for one in later
    )
