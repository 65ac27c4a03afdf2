"""What in an answer a follow-up can take hold of: a limit, a chosen value, a promise, a claim.

A strong answer leaves no gap to ask about; then the interviewer goes deeper at a place that the
candidate named. A weak one makes claims; then it is the claim that is asked about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from interviewer.reading.said_back import clause_at, opening
from interviewer.text.cues import NUMBER

Kind = Literal[
    "unmeasured", "limit", "sample", "choice", "few", "reopen", "safeguard", "result", "assumed",
    "surprise", "step", "claim", "cause", "agreed", "chosen",
    "figure", "part", "checker", "habit",
]  # fmt: skip


@dataclass(frozen=True)
class Handle:
    """One place of the answer with the question that takes hold of it."""

    kind: Kind
    opening: str
    """A few of the candidate's words, said back."""
    probe: str
    """The question that follows them behind a colon."""
    sentence: int


@dataclass(frozen=True)
class Taking:
    """Words by which something is heard, and what is asked behind them."""

    kind: Kind
    heard: re.Pattern[str]
    asks: tuple[str, ...]
    """Wordings of the same question; which one depends on the place, so that they vary."""
    late: bool = False
    """Whether the words only mean that near the end of an answer."""
    unless: re.Pattern[str] | None = None
    """What the sentence must not hold: behind it the words mean something else."""


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_VALUE = (
    rf"(?:(?!one\b){NUMBER}|twice|half|a (?:third|quarter|fifth|tenth)|double)(?!\w)(?! (?:years?|"
    rf"people|of us|colleagues|"
    r"teams?))"
)
_NO_ALARM = _re(
    r"\b(?:no|never|without|not|nobody|deleted|muted|ignored|nearly all|most|many|badly|too many|false"
    r"|wrong|reaction) (?:\w+ ){0,4}(?:alerts?|alarms?)\b"
    r"|\b(?:alerts?|alarms?)(?: \w+)? (?:was|were|had been) "
)
"""An alarm that there was not, that failed or that is talked of: nobody set its point."""
_MEANT_BADLY = _re(
    r"\bassum\w+ (?:\w+ ){0,6}(?:fooled|attack\w*|fails?|broken|malicious|worst|wrong)\b"
)
"""Who assumes the worst has no guess to be tested."""
_WORSENED = _re(
    r"\b(?:refunds?|complaints?|errors?|costs?|latency|tickets?|failures?|churn|fraud|misses)\b"
    r"[^.]{0,24}\b(?:rose|climbed|went up|jumped|doubled|tripled)\b"
)
"""What rose there is the bad thing itself."""
_TAKINGS = (
    Taking(
        "unmeasured",
        _re(
            r"(?:before|without) (?:we|i|anybody|anyone) (?:measured|checked|compared|tested)|"
            r"(?<!['\"])don't (?:remember|recall|know) (?:yet |exactly )?(?:exactly|how|what|why|if|"
            r"whether|when|which|the)\b|"
            r"didn't (?:measure|check|compare|track)|never (?:measured|checked|tracked|compared)|"
            r"not (?:totally |really |"
            r"quite |entirely )?sure|no idea (?:how|what|if|whether|why|yet)|haven't looked|couldn't say"
        ),
        ("how would you find that out now?", "what would you look at to find that out?"),
    ),
    Taking(
        "limit",
        _re(
            r"(?:can't|cannot|couldn't|can not) (?:\w+ ){0,3}(?:measure|tell|see|know|estimate|"
            r"prove|explain|say)\b|"
            r"(?:don't|doesn't) (?:\w+ ){0,2}(?:measure|know (?:yet|how|if|whether))\b|haven't "
            r"(?:measured|tested|checked)"
        ),
        (
            "how would you measure that all the same?",
            "how would you get at least an estimate of that?",
        ),
    ),
    Taking(
        "limit",
        _re(
            r"\btoo (?:small|few|rare|thin|short|coarse|noisy)\b|nearly blind|\bblind (?:on|to|"
            r"spot)|misses a|"
            r"what i'd (?:still )?call weak|weakest (?:slice|part|group|spot)|still (?:weak|"
            r"unmeasured)|don't trust|"
            r"could still (?:get|slip|pass|happen)|(?:never|not) measured|can't (?:\w+ )?(?:cover|"
            r"catch)"
        ),
        ("how would you find out how bad it is there?",),
    ),
    Taking(
        "limit",
        _re(
            r"still (?:partial|open|unsolved|not|miss|leak|fail|slip|guess|call|rely|depend)\w*|"
            r"haven't (?:solved|found|"
            r"got)|never (?:fixed|solved)|not solved|(?:the (?:catch|weakness|open question)|weak "
            r"spot|weakest part)"
        ),
        ("what would it take to change that?", "what keeps you from solving that one?"),
    ),
    Taking(
        "limit",
        _re(
            r"\bstill (?:a|an|the|at|too|can't|cannot|don't|doesn't|isn't|have to|has to|needs?|takes?|"
            r"gets?|loses?|fails?)\b|"
            r"\bstill (?:\w+ ){0,3}(?:bad|badly|poor|poorly|wrong|worse|better|weak|slow\w*|late|"
            r"manual\w*|blind|missing|unclear|unknown|unsure|hard)\b|"
            r"\b(?:can't|cannot|couldn't|wouldn't|don't|"
            r"doesn't|didn't|won't) (?:\w+ ){0,2}(?:see|notice|prove|catch|retrieve)\b|"
            r"haven't(?! (?:been (?:paged|called|woken|bitten|asked)|built|used|worked|done|had|run"
            r"|written|trained)\b)|"
            r"\bbad (?:at|one)\b|\bworse\b(?! than (?!before|it was|the (?:old|former|previous|last)))|"
            r"nowhere near|proves nothing|"
            r"not (?:conclusive|enough)|\bno advice\b|mostly a guess|didn't come back|has no "
            r"(?:answer|labels?)|\bno one knows\b"
        ),
        ("what would it take to change that?", "what would you try there next?"),
        late=True,
    ),
    Taking(
        "few",
        _re(
            r"\b\d{1,2} (?:out )?of (?:the )?\d{1,3}\b|only (?:had )?"
            rf"{NUMBER} (?:hard |labelled |labeled |real )?(?:cases|positives|examples|reviews|events)"
        ),
        ("how far off could that be with so few cases?",),
    ),
    Taking(
        "few",
        _re(r"plus or minus|interval (?:\w+ ){0,4}wide"),
        ("what would you need to make that margin smaller?",),
    ),
    Taking(
        "choice",
        _re(
            rf"^(?!.*\b(?:went|fell|dropped|rose|came|gave|was|were|is like|costs?|saves?)\b).*(?:"
            rf"(?:threshold|cut-?off|gates?|floor|limit|cap(?:ped)?|twice the|random\w*|required?|"
            rf"at least|over|above|"
            rf"below|pass(?:es)?|holdout|budget|exploration|canary|trigger)\b[^.]{{0,30}}\b{_VALUE}"
            rf"|\b{_VALUE}[^.]{{0,24}}\b(?:threshold|cut-?off|random\w*|exploration|quantile|"
            rf"percentile|holdout|"
            rf"gate|flags?|quiet period|delay|window|cap|canary|of (?:checks|traffic|cases|requests))"
            rf"|\bi (?:set|chose|picked|capped|proposed|offered|require)\b[^.]{{0,40}}\b{_VALUE}"
            rf"(?! (?:minutes|hours|seconds|days|weeks|months)\b))"
        ),
        (
            "how did you arrive at exactly that?",
            "why that much, and not half of it?",
        ),
    ),
    Taking(
        "sample",
        _re(
            r"random(?:ly)? (?:\w+ ){0,3}(?:sample|checks?|inspect\w*|cases)|audit "
            r"(?:sample|set)|stayed random|"
            rf"weekly (?:\w+ )?sample|\b(?:audit|hold(?:ing)? out|letting|let) (?:\w+ ){{0,3}}{NUMBER}|"
            r"spot checks?|(?:golden|gold|frozen|replay) (?:set|questions)|sampled? \w+ by hand"
        ),
        ("what can that tell you about the cases that you never see?",),
    ),
    Taking(
        "reopen",
        _re(
            r"\bi'd (?:reopen|revisit|reconsider|switch|look at it again|change my mind|think again)"
        ),
        ("which number would decide it then?",),
    ),
    Taking(
        "safeguard",
        _re(
            r"automatic(?:ally)? (?:\w+ )?(?:roll\w*|retrain\w*|revert\w*|block\w*)|"
            rf"\b(?:alerts?|alarms?|pages us)\b(?=[^.]*\b(?:if|when|once|at|below|above|over"
            rf"|under|drops?|falls?|rises?|{NUMBER})\b)|"
            r"\b(?:rate|share|drift|values?) (?:\w+ ){0,4}alerts\b|"
            r"\bdrift check\b|\ba release fails\b|\bgates? every|rollback is"
        ),
        ("how did you choose the point at which it goes off?",),
        unless=_NO_ALARM,
    ),
    Taking(
        "safeguard",
        _re(r"\bfalls? back\b|\bfallback\b"),
        ("how would you know how much worse off a user is then?",),
    ),
    Taking(
        "surprise",
        _re(
            r"less than i|\bflat\b|slightly negative|disagreed?\b|three times too|lower than (?:i|"
            r"we)|below what|"
            r"kept (?:its|their) own|against (?:the )?expectation|went down at first"
        ),
        ("what explains that difference, as far as you know?",),
    ),
    Taking(
        "assumed",
        _re(
            r"\bsay (?:a|about|roughly|one|half|\d)|\bi(?:'d)? assum(?:e|ed)\b|\bassum(?:e|ing) "
            r"(?:a|that|about|half|one)|"
            r"\bwe figured\b|\bi (?:estimated|guessed)\b|should (?:still )?hold|recovers? (?:four|"
            r"three|most|half|about)"
        ),
        ("what changes for you if that turns out to be wrong?",),
        unless=_MEANT_BADLY,
    ),
    Taking(
        "result",
        _re(
            rf"(?:went|fell|dropped|rose|came|moved|improved|climbed|cut|halved|down|"
            rf"up)\b[^.]{{0,40}}\b(?:to|by|from|under)\b"
            rf"[^.]{{0,16}}\b{NUMBER}|\b{NUMBER}[^.]{{0,20}} (?:now|saved|against)\b"
        ),
        ("what may have got worse at the same time?",),
        unless=_WORSENED,
    ),
    Taking(
        "step",
        _re(
            r"(?:a )?step up from|i'd have to learn|(?:what )?i haven't (?:done|worked)|"
            r"i've only (?:done|worked|used)|"
            r"never (?:done|worked (?:on|with))|new to me|i lack\b"
        ),
        ("how would you close that gap in your first months here?",),
    ),
    Taking(
        "claim",
        _re(
            r"\bby definition\b|\bby construction\b|\bnever\b|\balways\b|\bimpossible\b|\b(?:a "
            r")?(?:hundred|100) percent\b|"
            r"\bsolved\b|\bguarantee\w*|\bdoesn't matter\b|\bdon't (?:really )?need\b|\bno (?:need|"
            r"blind)\b|\bmaximal\b|"
            r"\bjust (?:rerun|retrain)|\bno (?:drift|leakage|skew|bias)\b|\balways (?:wins?|works?|"
            r"better)|"
            r"\bcan't (?:happen|be|get)\b|\bany (?:model|question|problem)\b|\bnobody\b|\bproven\b|"
            r"\bonly (?:a|the)\b"
        ),
        (
            "what would a case look like where that does not hold?",
            "what did you see that makes you so sure of it?",
        ),
    ),
)


def handles(sentences: Sequence[str]) -> tuple[Handle, ...]:
    """All of them, in the order of the kinds, later sentences first within a kind."""
    return tuple(handle for taking in _TAKINGS for handle in taken(taking, sentences))


def of_kind(found: Sequence[Handle], *kinds: Kind) -> tuple[Handle, ...]:
    """Those of these kinds, in the order of `kinds`."""
    return tuple(one for kind in kinds for one in found if one.kind == kind)


def taken(taking: Taking, sentences: Sequence[str]) -> Iterator[Handle]:
    """Where its words are heard in a clause that can be said back, later sentences first."""
    first = len(sentences) * 3 // 5 if taking.late else 0
    for number in reversed(range(first, len(sentences))):
        if taking.unless and taking.unless.search(sentences[number]):
            continue
        clause = clause_at(sentences[number], taking.heard)
        if clause:
            ask = taking.asks[number % len(taking.asks)]
            yield Handle(taking.kind, opening(clause), ask, number)
