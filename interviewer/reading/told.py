"""Which kinds of evidence an answer gives: what a follow-up need not ask for any more.

The cues are those of spoken English, not of any one question's subject: a number before and after,
a test on live traffic, an alert, an own decision, what is still not known.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.text.cues import ASKED, CUES, NUMBER
from interviewer.text.terms import plain

_GAP = r"(?:[\w'.-]+,? ){0,6}?"
_AMOUNT = (
    rf"(?:about |around |roughly |nearly |under |over |below |just |maybe |like |a |to )*{NUMBER}"
)
_MOVED = (
    r"(?:went|fell|falls|dropped|rose|grew|cut|came|moved|improved|reduced|jumped|climbed|shrank|"
    r"increased|decreased|raised|lowered|got|brought|took|slid|gave|gained|lost)"
)
_KINDS: dict[str, str] = {
    "result": (
        rf"\b{_MOVED} {_GAP}(?:from|to|by|down|up|plus|minus) {_AMOUNT}"
        rf"(?: (?:[\w'-]+ ){{0,4}}?to {_AMOUNT})?"
        rf"|\bfrom {_AMOUNT} (?:[\w-]+ ){{0,4}}?to {_AMOUNT}|\b{_AMOUNT} (?:\w+ ){{0,2}}against "
        rf"{_AMOUNT}"
        rf"|\bhalved|\bdoubled|\bsaved (?:us )?{_AMOUNT}|\bdropped by|\b{_MOVED} {_AMOUNT} percent"
        rf"|{NUMBER} (?:\w+ ){{0,4}}(?:now|instead of|versus)\b|\bup (?:about |around |over )?{NUMBER}"
        rf"|\b(?:down|up) (?:\w+ )?(?:from|by) {_AMOUNT}|, (?:it )?was {_AMOUNT}"
        rf"|{NUMBER}[^.]{{0,40}}\b(?:now|then)\b[^.]{{0,24}}{NUMBER}|\b(?:plus|minus) {_AMOUNT}"
        rf"|\bsince then,?[^.]{{0,30}}{NUMBER}|\bby a (?:third|quarter|fifth|tenth|half)\b"
        rf"|\bto (?:zero|none|nothing)\b|\b(?:month|week|quarter|year) {NUMBER},[^.]{{0,40}}{NUMBER}"
    ),
    "offline": (
        r"\b(?:auc|ndcg|map|mean average precision|rmse|mae|f1|f one|accuracy|recall|precision|"
        r"validation|offline|held[- ]out|holdout|test set|mape|perplexity|rouge|bleu|log loss)\b"
    ),
    "live test": (
        r"\ba/?b(?:[ -]test)?\b|split test|control group|comparison group|randomi[sz]ed|shadow|"
        r"before and after|difference in differences|side by side|interleav|on live traffic"
    ),
    "live": (
        r"\blive\b|in production|launched|shipped|rolled (?:it |that |this )?out|went out|deployed|"
        r"in use|after launch|customers? |users? |the (?:nurses|growers|crews|agents|drivers) "
    ),
    "monitoring": (
        r"\balerts?\b|alarm|\bpages (?:us|me|the)\b|monitor|dashboard|since then|"
        r"(?:hourly|daily|weekly|monthly|nightly) (?:\w+ ){0,2}(?:audit|sample|check|review|"
        r"comparison|report|random)|we (?:track|watch|review)|i (?:track|watch)|recheck|guardrail|"
        r"(?:track|review|compare|check)\w* (?:\w+ ){0,8}(?:hourly|daily|weekly|monthly|every)\b"
    ),
    "way back": (
        r"roll(?:ed|s|ing)? ?back|revert|fall(?:s|back| back)|pointer flip|repin|switched (?:it )?off|"
        r"turned (?:it )?off|moved (?:\w+ )?back|same day|that afternoon|within the hour|kill switch"
    ),
    "error costs": (
        r"(?:cost|costs|costing|lose|lost|worth|about|around|average) (?:\w+ ){0,5}"
        rf"{NUMBER} ?(?:thousand |hundred )?(?:dollars|euros|pounds|cents|minutes|hours)"
        rf"|{NUMBER}(?:-\w+)? (?:dollars|euros|pounds|cents|thousand a)|\b(?:cost|costs) (?:is|are|"
        rf"was|were)\b"
        r"|far worse|much worse|more expensive|cheaper than|\bcosts? (?:us|them|you|the)\b"
    ),
    "human check": (
        r"label(?:l?ed) by|annotat|(?:checked|reviewed|read|rated|judged|approved|marked) by|by hand|"
        r"native speakers|caseworkers|double[- ]label|experts?\b|agreed with (?:the )?(?:human|label)"
    ),
    "own choice": (
        r"\bi (?:also |then |just |only |first |even )?(?:decided|chose|picked|argued|set|pushed|"
        r"dropped|insisted|"
        r"refused|owned|proposed|recommended|made the call|switched|rejected|redefined|said no|split|"
        r"stopped|wrote|built|designed|added|put|pulled|replaced|fixed|retrained)\b|my (?:call|"
        r"decision|part)|mine was|i made that call"
    ),
    "shared": (
        r"team effort|pitched in|hard to say who|i was involved|i wasn't (?:really )?in|some of the "
        r"\w+ work|"
        r"(?:someone|somebody) (?:else )?(?:raised|fixed|changed|did|rolled|decided)|i (?:helped|"
        r"supported)|"
        r"the \w+ (?:folks|guys|people) \w+ed|\bwe (?!had\b|were\b|got\b|have\b|could\b)\w+|\bour "
        r"team\b"
    ),
    "acted": CUES["own acts"].pattern,
    "in general": (
        r"usually|generally|typically|normally|in general|\balways\b|\bany (?:model|team|audience)|"
        r"best practice|"
        r"\bi (?:avoid|prevent|use|do this|can do|keep|like|try|would)\b|\bi'd\b|the (?:trick|main "
        r"thing|key) is|it depends"
    ),
    "options": (
        r"\bcould be\b|\bcould use\b|\beither\b|\bor\b|depends|trade-?offs?|families|kinds|types|"
        r"various|several"
    ),
    "changed since": (
        r"since then|from then on|now (?:every|each|a |the |we |i )|after that i|these days|nowadays"
    ),
    "cause": r"turned out|root cause|what had happened|the reason|due to|it was the|the cause",
    "own fault": (
        r"my mistake|on me\b|i'?d (?:missed|assumed|never|forgotten)|i (?:missed|assumed|never|forgot|"
        r"underestimated|overlooked|hadn't|had assumed|should have)|missed one thing|my (?:test set|"
        r"first|"
        r"error metric|offline)|i skipped|should've|what broke|went wrong|(?:the|my) first (?:\w+ "
        r")?(?:launch|version|rollout|release|"
        r"attempt|idea|estimate|session)|first launch|backfired|failed|bombed|was wrong|three times "
        r"too|quietly|silently|unnoticed"
    ),
    "limit": (
        r"(?:still|yet) (?:\w+ ){0,4}(?:can't|cannot|don't|weak|partial|not|call|tell|unsolved)|can't "
        r"(?:\w+ ){0,3}(?:yet|measure|tell|say)|what i (?:haven't|don't|can't|still)|what it doesn't|"
        r"too small|nearly blind|misses a|not solved|never fixed|weakest?\b|i don't (?:know|"
        r"remember|trust)|"
        r"could still (?:get|slip|pass|happen)|plus or minus|interval (?:\w+ ){0,4}wide|caveat|i "
        r"wouldn't (?:let|claim)"
    ),
    "asked first": rf"{ASKED}|i'?d ask|i asked|i'll assume|assuming|before (?:i|any|choosing|code)",
    "attraction": (
        r"why you\b|your posting|\b(?:two|three) (?:reasons|things)|what (?:attracts|draws) me|"
        r"you're building|"
        r"you've got|because you|i (?:saw|read) (?:that )?(?:you|on your)|your (?:product|team|blog)"
    ),
    "steps": (
        r"for each|for every|\bwhile\b|\bloop\b|one pass|go (?:through|over)|\bwalk\b|then i|"
        r"\b(?:append|push|pop|swap|compare|increment|enumerate)\b"
    ),
    "leaving": (
        r"bought|acquired|relocat\w*|laid off|frozen|dried up|in maintenance|re-?org\w*|restructur\w*|"
        r"moving (?:\w+ ){1,3}to another|contract ends|(?:roadmap|year) is a|shut(?:ting)? down|"
        r"insolven\w*"
    ),
    "told error rate": (
        r"one in (?:two|three|four|five|six|ten|\d+)|out of (?:ten|twenty|a hundred|\d+)|misses|"
        r"\bwrong\b"
    ),
}  # fmt: skip
KINDS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _KINDS.items()}
"""By which words each kind of evidence is heard."""

_ASKS: dict[str, str] = {
    "result": (
        r"in numbers|what number (?:moved|changed)|which numbers? moved|from what to what|that number "
        r"before|how large was the effect|changed for (?:the )?users|did it (?:change|gain)|"
        r"how much (?:better|of)|effect of what you"
    ),
    "live test": (
        r"really better|prove to|how do you know that it was (?:this|your)|not something else|"
        r"come about anyway|whether this is really"
    ),
    "monitoring": (
        r"how would you notice|first sign|who noticed|tell you that the answers|a month after|"
        r"watch over|wrong online today|noticed when it went wrong|know by|how is that doing"
    ),
    "way back": (
        r"before you had a proper fix|an hour after release|what happens next|does not answer|"
        r"is unavailable|which way of getting it working"
    ),
    "error costs": r"who pays|cost, and whom|how much worse|one wrong alarm|costs? (?:you|us) when",
    "human check": r"trust that score|checked? (?:it )?with people|evidence did you have",
    "own choice": (
        r"your own (?:part|decision|work|contribution)|yours personally|did you do,? yourself|had your "
        r"name|by whose work|answer for|worked on could you describe|comes closest|without you"
    ),
    "changed since": r"put in place|stops this kind|differently on a normal|instead of hoping",
    "cause": r"root cause|actual cause|from the symptom to the cause|really causing",
    "own fault": (
        r"not shown this|own share|done differently|didn't work out|held up worst|do differently|"
        r"last go wrong|weakest"
    ),
    "limit": r"held up worst|weakest|can you still not measure|leave unsolved|background does not have",
    "asked first": r"want to know about the input|which facts about the use|could two people",
    "attraction": r"attracts you|decide between two offers",
    "steps": r"small example through your code",
    "leaving": r"has changed where you are|looking now",
    "told error rate": r"how often the model is wrong|leave out on purpose|simpler than the truth",
}  # fmt: skip
_ASKS_RE = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _ASKS.items()}

_GENERAL = re.compile(
    r"\b(?:usually|generally|typically|in general|it (?:really |all )?depends|you could|you can|you'd|"
    r"i'd usually|i would usually|one would|normally|best practice|i always|any model)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:i|we|he|she|they) (?:\w+ )?(?:had|was|were|did|got|went|ran|built|made|"
    r"took|found|saw|put|set|kept|"
    r"wrote|"
    r"chose|\w{3,}ed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """What one answer tells, by sentence."""

    sentences: tuple[str, ...]
    where: dict[str, tuple[int, ...]]
    """For each kind of evidence the numbers of the sentences that have it."""

    def has(self, kind: str) -> bool:
        """Whether any sentence has that kind."""
        return bool(self.where[kind])

    def count(self, kind: str) -> int:
        """How often the kind's words are heard."""
        return sum(len(KINDS[kind].findall(one)) for one in self.sentences)

    @property
    def text(self) -> str:
        """All sentences as one text."""
        return " ".join(self.sentences)

    @property
    def acts(self) -> int:
        """How often the speaker says "I" with something done."""
        return len(CUES["own acts"].findall(self.text.lower()))

    @property
    def episode(self) -> bool:
        """Something that happened is told, not only what one would do."""
        past = len(_PAST.findall(self.text))
        return past >= 2 and past > len(_GENERAL.findall(self.text))

    @property
    def live_result(self) -> bool:
        """A before and after that is not a score on held-out data."""
        offline = set(self.where["offline"]) - set(self.where["live test"])
        return bool(set(self.where["result"]) - offline)

    def answers(self, probe: str) -> bool:
        """Whether the answer already tells the kind of thing that a written probe asks for."""
        asked = [kind for kind, pattern in _ASKS_RE.items() if pattern.search(probe)]
        return bool(asked) and all(self.has(kind) for kind in asked)


def told(sentences: Sequence[str]) -> Told:
    """Read the sentences of one answer."""
    said = tuple(plain(one) for one in sentences)
    where = {
        kind: tuple(n for n, one in enumerate(said) if pattern.search(one))
        for kind, pattern in KINDS.items()
    }
    return Told(said, where)
