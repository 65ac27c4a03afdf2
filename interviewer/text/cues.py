"""Words that show how an answer is told: own acts, results, regrets; talk in general.

Written after reading answers of five levels, and after seeing which words a bag-of-words
ridge leant on there. Each list is English as it is spoken; none holds a term of one question.
"""

import re

NUMBER = (
    r"(?:\d[\d,.]*|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|million|billion)"
)


def _words(text: str) -> str:
    return r"\b(?:" + "|".join(text.split()) + r")\b"


def _phrases(text: str) -> str:
    return r"\b(?:" + "|".join(one.strip() for one in text.split(",")) + r")\b"


_ACTS_LIST = """owned argued set pulled took showed logged dropped rolled shipped built wrote kept
        replaced moved switched asked found went put said told refused blocked ran measured
        labelled labeled cut added made chose picked changed compared checked tested stopped held
        split started decided proposed rejected reviewed priced traced fixed redid retrained
        sampled counted called gave sat came brought skipped missed pinned tuned designed
        recommended got turned let left limited capped wanted insisted offered estimated plotted
        read printed wired rewrote rebuilt led presented pushed tried used trained
        deployed""".split()
_ACTS = (
    r"\bi (?:also |then |first |just |only )?(?:" + "|".join(_ACTS_LIST) + r")\b"
)  # fmt: skip
_RESULT = (
    r"(?<!never )(?<!not )"
    r"(?:went|fell|dropped|rose|grew|cut|came|down|up|moved|improved|reduced|jumped|climbed)"
    r" (?:\w+ ){0,6}?(?:from|to|by) "
    rf"|\bfrom (?:about |around |roughly |nearly )?{NUMBER}(?: \w+){{0,4}} to "
    rf"|\bagainst (?:about )?{NUMBER}|\bhalved\b|\bdoubled\b|{NUMBER} percent|\ba third\b|\bhalf\b"
)
_PAST = r"\b\w{3,}ed\b|" + _words(
    "was were had did went took got came fell found wrote built kept ran made lost held gave said "
    "told cut set"
)

_BASE = (
    "roll measure monitor reduce improve build write decide choose own ship add replace compare "
    "track retrain validate label lead fix save recover"
).split()
_RESTRAINT = frozenset(
    "trained tuned used tried let skipped missed dropped stopped changed picked turned "
    "gave got came went".split()
)
"""What good practice leaves undone ("we never trained on the test set", "never missed a release"), and
what things do by themselves ("and it never came back")."""
_ACT_PAST = "|".join(one for one in _ACTS_LIST if one not in _RESTRAINT)
_MANNER = r"(?:(?!only |simply |merely )(?:also|then|first|even|ever|once|\w+ly) )?"
"""What may stand before the verb; "I didn't only build it" denies nothing."""
_CARE = (
    *(
        "until before without because since instead immediately alone myself ourselves blindly".split()
    ),
    *("right away", "at first", "on (?:my|our) own", "by hand", "from scratch", "in[- ]house"),
    *("to everyone", "(?:all )?at once", "every (?:day|time|night)", "more than"),
    *("on (?:a )?(?:fridays?|weekends?)", "(?:personal|private|sensitive|raw) \\w+"),
)
_CHOSE = (
    r"[^.?!]*, (?:but )?(?:i|we) "
    r"(?!(?:never|didn't|did not|was|were|just|think|guess|mean|know|suppose|admit)\b)[\w']+"
)
_OTHERS = (
    r"(?:(?-i:[A-Z][a-z]+)(?:'s)?|(?:my|a|another) (?:colleagues?|teammates?|team)|"
    r"(?:somebody|someone|other people|others)|(?:the|our) (?:\w+ )?(?:team|vendor|engineers))\b"
)
"""Whose it was; a name is told by its capital."""
_CREDITED = (
    rf"[^.?!]*[,;.] (?:and |but |so )?(?:(?:that|it|this) (?:was|were) {_OTHERS}|{_OTHERS} did\b)"
)
_RIGHTLY = (
    r"[^.?!]*,? (?:and|which) (?:i (?:still )?think )?(?:that )?was (?:the )?right\b"
    r"(?! (?:after|before|when)\b)"
)
_TRULY = rf"(?![^.?!]*\b(?:{'|'.join(_CARE)})\b|{_CHOSE}|{_CREDITED}|{_RIGHTLY})"
"""Nothing else in the sentence makes it care or a choice: "we didn't ship it until the tests passed",
"I didn't replace the model, I retrained it". Nor does it say whose work it was ("I didn't build the
app, that was Lena") or stand to it ("we never deployed it, and I think that was right")."""
DENIED = re.compile(
    rf"(?:\b(?:i|we) (?:did not|didn't|was not able to|were not able to) {_MANNER}"
    rf"(?:{'|'.join(_BASE)})\b"
    rf"|\b(?:i|we) (?:did not|didn't) {_MANNER}(?:{_ACT_PAST})\b"
    # "I moved it and never wrote a test" leaves out who.
    rf"|\b(?:i|we|and|but) never {_MANNER}(?:{_ACT_PAST})\b){_TRULY}"
    rf"|\b(?:never|not) (?:went|fell|dropped|rose|grew|came) (?:(?:down|up) )?from (?:\w+ )?{NUMBER}\b",
    re.IGNORECASE,
)
"""Own acts and results, said to be untrue. Rare in real answers: "I didn't check" and other admissions
use other verbs, and so does who tells what they took care not to do."""

ASKED = (
    r"(?:^|[.?!,;:] |\b(?:so|and|but|or|okay|well|first|then) )"
    r"(?:(?:what|which|who|how|where|when)\b(?! about)"
    r"|(?:is|are|do|does|can|could|should|will|would|may) (?:i|we|you|it|there|they|the|this|a|an|our"
    r"|your|any)\b)"
    r"(?! (?:i mean|know what|want me|like me|go on|continue|stop|enough|okay|clear)\b)"
    r"[^.?!]{4,}\?"
)
"""A question of some content: not "right?", "does that make sense?" or "is that what you wanted?"."""

CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "numbers": rf"\b{NUMBER}\b",
        "results": _RESULT,
        "times": _words(
            "days? weeks? months? hours? minutes? seconds? quarter years? weekly daily hourly "
            "nightly monday tuesday wednesday thursday friday saturday sunday january february "
            "march april june july august september october november december"
        ),
        "own acts": _ACTS,
        "past": _PAST,
        "own failure": _phrases(
            "mistake, missed, that's on me, on me, i'd assumed, i had assumed, i hadn't, skipped, "
            "i should have, should've, wrong, worse, failed, bombed, broke, my first, "
            "first version, first attempt, too late, surprised, surprise, turned out, lost, regret, "
            "underestimated, overlooked, didn't catch, embarrassing, backfired, error was mine, hurt"
        ),
        "limits": _phrases(
            "still, don't know, can't, cannot, doesn't cover, not solved, what it doesn't, unknown, "
            "yet, only, never fixed, weak spot, limits?, at least, partial, not all, ceiling, "
            "blind, haven't, nor, neither, remaining, unsolved, without, except, unless"
        ),
        "safeguards": _phrases(
            "gates?, since then, now, rollback, roll back, rolled back, releases?, alerts?, alarm, "
            "pages, paged, canary, shadow, holdout, held out, tests?, versions?, checks?, recheck, "
            "reviews?, floor, fallback, falls back, retrains?, replay, labelled, labels, sample, "
            "audit"
        ),
        "costs": _words(
            "dollars? euros? pounds? cents? costs? costing saves? saved refunds? revenue loss "
            "prices? priced margin budget bill"
        ),
        "asks first": ASKED
        + "|"
        + _phrases(
            "i'll assume, assume, assuming, assumption, before i, first i'd, i'd ask, i'd start, "
            "i want to, want to know, i'd want, clarify, tell me if, depends on, what i'd, "
            "to start, start from, starting with, i'd first, let me, is it, do you want, "
            "the decision, what matters"
        ),
        "edges": _words(
            "empty none null missing edge raises? negative invalid malformed blank duplicates? "
            "ties? zero cases? corner boundary bound guards?"
        ),
        "reasons": _phrases(
            "because, since, so that, rather than, instead, trade-?off, in exchange, even though, "
            "although, otherwise, the reason, which means, so i, but"
        ),
        "you": _words("you you're you'd you've you'll your yourself"),
        "we": _words("we we're we'd we've our us team"),
        "i": _words("i i'm i've me my mine myself"),
        "would": _words("i'd you'd would wouldn't should"),
        "states": _words(
            "is are isn't aren't it's that's there's they're does doesn't gives means"
        ),
        "boasts": _words(
            "basically really honestly actually obviously pretty just everything all always every "
            "whole nobody everybody people literally super totally definitely clearly simply "
            "exactly solved perfect best huge massive amazing proven very"
        ),
        "vague": _phrases(
            "things?, stuff, kind of, sort of, something, some, various, different, several, many, "
            "a lot, lots, and so on, etc, in general, generally, typically, usually, normally, "
            "important, best practices?, standard, holistic, leverage, mindset, culture, "
            "passionate, growth, impact, whatever, somehow, maybe, i think, i guess, i mean, "
            "i feel, probably, a bit, couple"
        ),
        "terms of the trade": _phrases(
            "machine learning, deep learning, ai, mlops, kubernetes, docker, airflow, mlflow, "
            "kafka, spark, redis, pytorch, tensorflow, xgboost, transformers?, embeddings?, "
            "vector search, vector database, vector store, feature store, drift, monitoring, "
            "skew, gradient boosting, random forest, neural, attention, precision, recall, auc, "
            "roc, f1, cross.validation, regulari[sz]ation, smote, pipelines?, registry, "
            "frameworks?, scalable, architecture, latency, cache, caching, prompt engineering, "
            "guardrails, agents?, fine.tun\\w+, rag, llms?, stakeholders?, data quality, ci, cd"
        ),
        "openers": _phrases("yeah, okay, sure, right"),
    }.items()
}
