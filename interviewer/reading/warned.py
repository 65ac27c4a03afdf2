"""Whether the words of a mistake are said against it: "never normalise before the split"."""

import re

_NEGATORS = (
    "(?<!why )not",
    *("never can't cannot don't doesn't didn't isn't wasn't wouldn't shouldn't mustn't".split()),
    *("couldn't aren't won't avoids avoided avoiding without nobody".split()),
    *("instead of", "rather than"),
)
_STOPS = "so|but|and|because|then|that|only|just|forget|hesitate"
_WORD = rf"(?!(?:{_STOPS})\b)[\w'-]+"
_ASIDE = rf"(?:, ever|, {_WORD}(?: {_WORD}){{0,4}},(?! (?:i|we|you|they|he|she|it)\b))?"
"""Between commas: "never, ever", "never, under any circumstances,"; not "I don't, well, I"."""
_BETWEEN = rf"{_ASIDE}(?: {_WORD}){{0,4}}"
_NO_CLAUSE = rf"(?: (?!(?:i|we)\b){_WORD}){{0,4}}"
_BAD = "(?:wrong|bad|cheating|dangerous|risky|reckless|unsafe|dishonest|forbidden|tempting)"
_APPROVED = (
    r"(?! (?:(?:an?|any|anything|really|that|such|so|too|even|big|real|necessarily|be|see|find) )*"
    rf"(?:{_BAD}|mistake|error|danger|problem|issue|sin|trap|harm\w*|refus\w+|stop\w*|kept|keeps"
    r"|prevent\w*|mind|resist|regret)\b)"
)
"""Two denials: "it's not a mistake to", "I never stopped"."""
_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_NEGATORS)}){_APPROVED}{_BETWEEN} ?$"
    # "To avoid leaks I scale everything" does it.
    rf"|\bavoid{_NO_CLAUSE} ?$"
    r"|^\W*(?:\w+ ){0,4}leakage (?:is|means|comes|happens)\b[^.;]*$",
    re.IGNORECASE,
)
"""At most four words before it; not "we don't have much time, so ..."."""

# In this field an error is also a figure: "the error was low".
_FAULT = (
    "(?:mistakes?|dangers?|pitfalls?|traps?|temptation|sin"
    "|(?:an?|common|typical|classic(?:al)?|big|biggest|frequent|my|their|first) errors?)"
)
_TURNS_AWAY = re.compile(
    rf"\b(?:refus(?:e|es|ed|ing) to"
    r"|(?:stop|stops|stopped|keep|keeps|kept|prevent|prevents|prevented)(?: [\w'-]+){1,3} from"
    r"|talked(?: [\w'-]+){1,3} out of|(?:wary|beware) of"
    r"|(?:forbids?|forbade|ban|bans|banned|took away|revoked)"
    r"|(?:nobody|no one|not|never|n't)\b[^,.;]{0,40}\ballowed to"
    r"|(?:not|never|n't) (?:ever )?(?:trust|accept) (?:[\w'-]+ ){1,3}?that"
    rf"|{_BAD} to|{_FAULT}(?: (?!(?:{_STOPS})\b)[\w'-]+){{0,4}}? (?:is|was|would be|to|of|in)(?: that)?"
    r"|(?:problem|trouble) (?:with|is)|(?:myth|misconception|fallacy|untrue|false|wrong)(?: is)? that)"
    rf"(?: (?!(?:when|where|if|at|{_STOPS})\b)[\w'-]+){{0,3}} ?$"
    r"|\b(?:against|stop|stopped|quit)(?: \w+ing)?(?: the(?: \w+)?)? ?$",
    re.IGNORECASE,
)
"""What condemns it without a "not": "I refused to", "a common mistake is to"."""
_NO_FAULT = re.compile(
    r"(?:\b(?:not|no|never|hardly|cannot|without|nobody|nothing)|n't)(?: [\w'-]+){0,3} ?$",
    re.IGNORECASE,
)
"""Before such words, it takes them back: "it's not a mistake to"."""
_UNTRUE = re.compile(
    r"(?:n't|\bnot|\bnever) (?:\w+ )?(?:true|say|claim|promise|mean|think|believe|assume|conclude"
    r"|the case)(?: that)?(?: [\w'-]+){0,3} ?$",
    re.IGNORECASE,
)
"""That somebody says so is denied: "it's not true that"."""
_NOT_WITHOUT = re.compile(
    r"(?:n't|\b(?:cannot|never|not|nobody|no|nothing|none))"
    rf"(?: (?!(?:{_STOPS}|problems?|issues?|trouble|mind|afraid|worr\w+|bother|scared|mistake"
    r"|risk\w*|wrong|bad|dangerous|hard)\b)[\w'-]+){0,3}?"
    r" (?:ships?|shipped|runs?|ran|launch(?:es|ed)?|deploys?|deployed|release[sd]?|goes|go|went|gone"
    r"|put|leaves?|left|starts?|trust|serves?|rolls?|rolled|do|be|stay|work)"
    rf"(?: {_WORD}){{0,3}} ?$",
    re.IGNORECASE,
)
"""Two denials: "never ship without"; not "we had no trouble without"."""

_UNDENIED = r"(?<!no )(?<!not )(?<!n't )(?<!never )(?<!longer )"
_HARM = (
    *("useless worthless meaningless misleading misleads".split()),
    *("overconfident miscalibrated uncalibrated".split()),
    "(?:because|because of|due to|since|as)(?: [\\w']+){0,3} imbalanced?",
    "(?:says?|tells?|shows?|proves?)(?: you| me| us)? nothing",
    "(?:doesn't|does not|don't|do not|can't|cannot) (?:tell|show|say|mean|prove|imply)",
    "always (?:says?|predicts?|answers?|returns?|guess(?:es)?)(?: the)?"
    " (?:no|zero|false|negatives?|majority|commoner|common|most|same|one)",
    # "It doesn't overfit" praises it.
    rf"{_UNDENIED}(?<!not to )(?:leaks?|leaked|overfits?)",
    rf"{_UNDENIED}(?:cheating|forbidden)",
    # Not "I'm optimistic".
    r"(?:too|overly|over|an|is|are|be|looks?)[ -]optimistic",
    r"(?:isn't|aren't|not|never) (?:(?!just|only|merely)\w+ )?(?:causal|what|the same|deterministic"
    r"|guaranteed|objective|unbiased|calibrated|probabilit\w+)",
)
_AFTER = re.compile(rf"[^.;]{{0,100}}\b(?:{'|'.join(_HARM)})\b", re.IGNORECASE)
"""In it, or behind it in the same clause."""
_SUBJECT = r"(?: (?!(?:when|where|if|that|because|as|since|whose|which)\b)[\w'-]+){0,3}?"
_CONDEMNED = re.compile(
    rf"{_SUBJECT}(?:,? (?:which|that|it|this|and that))?(?:'s| is| was| would be)"
    rf"(?: (?!not\b|no\b|never\b)\w+)? (?:{_BAD}|an? (?:mistake|sin|error|myth|bad idea|trap))\b"
    rf"|{_SUBJECT}(?: is| was| are)(?:n't| not| never) (?:an? |the )?(?:good|optimal|right|fine"
    r"|okay|enough|valid|proof|real|safe|where|how)\b"
    r"|,? but (?:it|they|that|this)(?:(?: is| are| do| does| was)(?:n't| not)"
    r"|(?:'s| is) (?:not true|wrong|false|a myth))\b",
    re.IGNORECASE,
)
"""What is said of it right behind it."""

_DENIES = re.compile(
    r"(?:(?:i|we|you|they|it) )?(?:(?:do|does|did|can|will|would|is|are|was|were) )?"
    r"(?:no|not|never|cannot|\w+n't|without|nobody)\b",
    re.IGNORECASE,
)
"""The no is the mistake: "no need to monitor"."""
_THEN = re.compile(
    r"(?:no|without)\b[^.;,]*\b(?:means?"
    r"|(?:you|we|i|nobody|no one|one)(?:'d|'ll| would| will)?"
    r" (?:never|not|only|be|find|notice|hear|see))\b",
    re.IGNORECASE,
)
"""What follows from having none of it: "without monitoring you'd never notice"."""
_INSIDE = re.compile(
    r"(?:(?!\b(?:i|we|so|and|because|if|when)\b)[^,;:])*?"
    r"(?:\b(?:not(?! to\b)|never|cannot|hardly|by no means)|n't)"
    # Who denies the harm, or more than that, makes the mistake.
    r"(?! (?:(?:ever|even|really) )?(?:just|only|merely|simply|wrong|biased|hallucinat|overfit|hurt"
    r"|harm|change (?:the|its|their) (?:score|prob)|touch|matter|lie|need|let|allow)(?! numbers))"
    r" (?:(?!\b(?:i|we|so|and|but)\b)[^,;:])*",
    re.IGNORECASE,
)
"""The mistake's words are denied between them: "embeddings are not anonymous"."""


def warned(heard: re.Match[str]) -> bool:
    """Whether somebody warns against the mistake whose words were heard."""
    sentence, start = heard.string, heard.start()
    if _turned_away(sentence[:start]):
        return True
    if _DENIES.match(heard.group()):
        doubly = _NOT_WITHOUT.search(sentence, 0, start) or _UNTRUE.search(sentence, 0, start)
        return bool(doubly or _THEN.match(sentence, start))
    return bool(
        _INSIDE.fullmatch(heard.group())
        or _BEFORE.search(sentence, 0, start)
        or _UNTRUE.search(sentence, 0, start)
        or _AFTER.match(sentence, start)
        or _CONDEMNED.match(sentence, heard.end())
    )


def _turned_away(before: str) -> bool:
    """Whether it is condemned beforehand, and the condemnation stands."""
    found = _TURNS_AWAY.search(before)
    return found is not None and not _NO_FAULT.search(before, 0, found.start())
