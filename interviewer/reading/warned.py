"""Whether the words of a mistake are said against it: "never normalise before the split"."""

import re

_NEGATORS = (
    "(?<!why )not",
    *("never can't cannot don't doesn't didn't isn't wasn't wouldn't shouldn't mustn't".split()),
    *("aren't won't avoid avoids avoided avoiding without nobody".split()),
    *("instead of", "rather than"),
)
_BETWEEN = r"(?: (?!(?:so|but|and|because|then|that|only|just|forget|hesitate)\b)[\w'-]+){0,4}"
_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_NEGATORS)}){_BETWEEN} ?$"
    r"|^\W*(?:\w+ ){0,4}leakage (?:is|means|comes|happens)\b[^.;]*$",
    re.IGNORECASE,
)
"""At most four words before it; not "we don't have much time, so ..."."""

_HARM = (
    *("useless meaningless misleading misleads overconfident miscalibrated uncalibrated".split()),
    "(?:because|because of|due to|since|as)(?: [\\w']+){0,3} imbalanced?",
    "(?:says?|tells?|shows?|proves?)(?: you| me| us)? nothing",
    "(?:doesn't|does not|don't|do not|can't|cannot) (?:tell|show|say|mean|prove|imply)",
    "always (?:says?|predicts?|answers?|returns?|guess(?:es)?)(?: the)?"
    " (?:no|zero|false|negatives?|majority|commoner|common|most|same|one)",
    # "It doesn't overfit" praises it.
    r"(?<!no )(?<!not )(?<!n't )(?<!never )(?<!longer )(?:leaks?|leaked|overfits?)",
    r"(?:isn't|aren't|not|never) (?:\w+ )?(?:causal|what|the same|deterministic|guaranteed|objective"
    r"|unbiased|calibrated|probabilit\w+)",
)
_AFTER = re.compile(rf"[^.;]{{0,100}}\b(?:{'|'.join(_HARM)})\b", re.IGNORECASE)
"""In it, or behind it in the same clause."""

_DENIES = re.compile(
    r"(?:no|not|never|don't|didn't|doesn't|can't|won't|without|nobody|wasn't)\b", re.IGNORECASE
)
"""The no is the mistake: "no need to monitor"."""
_THEN = re.compile(
    r"(?:no|without)\b[^.;,]*\b(?:means?"
    r"|(?:you|we|i|nobody|no one|one)(?:'d|'ll| would| will)?"
    r" (?:never|not|only|be|find|notice|hear|see))\b",
    re.IGNORECASE,
)
"""What follows from having none of it: "without monitoring you'd never notice"."""


def warned(heard: re.Match[str]) -> bool:
    """Whether somebody warns against the mistake whose words were heard."""
    sentence = heard.string
    if _DENIES.match(heard.group()):
        return bool(_THEN.match(sentence, heard.start()))
    return bool(_BEFORE.search(sentence, 0, heard.start()) or _AFTER.match(sentence, heard.start()))
