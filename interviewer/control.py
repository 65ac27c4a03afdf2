"""Tell an answer from something that the candidate wants of the interviewer.

Rules, not a model: they are sure about the common phrases, and say nothing about the rest.
Only short utterances are taken for control; inside of a long answer the same words are part
of a story ("my manager said: skip this one").
"""

import re

from sessions.model import Control

LONGEST = 28
"""Words; anything longer is an answer. A request with its politeness rarely takes more."""

_RULES: tuple[tuple[Control, str], ...] = (
    (
        "steering",
        r"(ignore|disregard|forget) (all |any |everything |your |the |my )*"
        r"(previous |prior |above )?(instructions?|prompts?|rules|rubric|you were told)"
        r"|\bsystem prompt\b|\byou are now\b|\bpretend (that )?(you|to be)\b"
        r"|\b(give|score|rate|grade|mark) (me|this|my answer)\b.*\b(five|5|ten|10|full|top|highest"
        r"|maximum|perfect)\b|\btell me (the )?(right |correct |model |best )?answer\b"
        r"|\bwhat('s| is) the (right|correct|model|best) answer\b",
    ),
    (
        "end",
        r"\b(end|stop|finish|quit|abort|terminate) (the |this )?(interview|session|round)\b"
        r"|\blet'?s (stop|end it|finish) here\b|\bi (want|need|would like|'d like) to (stop|leave)\b",
    ),
    (
        "back",
        r"\b(go|come) back to (the |my )?(previous|last|earlier|first)\b"
        r"|\b(previous|last) question (again )?please\b|\bgo back( please)?$|\bgo back a question\b",
    ),
    (
        "repeat",
        r"\b(repeat|say) (the question|that|it|this)( question)?( again| once more)?\b"
        r"|\brepeat (the|your) question\b|\bsay (that|it) again\b|\bcome again\b"
        r"|\b(didn'?t|did not|couldn'?t|could not) (catch|hear|get) (that|the question|you|it)\b"
        r"|\bwhat was the question\b|^(sorry|pardon)( me)?( what)?$|^what did you (say|ask)$",
    ),
    (
        "skip",
        r"\b(skip|pass on) (this|that|it|the question|this one)\b|^(i'?ll )?(skip|pass)( please)?$"
        r"|\b(next|another|different) question,?( please)?$|\bmove on\b|\bgo to the next\b",
    ),
    (
        "wait",
        r"\b(give|need|take) (me |just )*(a|one|another|some|couple of)? ?(minute|moment|second|sec"
        r"|bit|time)s?\b|\blet me think\b|\b(hold|hang) on\b|^one (moment|second|minute|sec)\b"
        r"|\btake (a|some) time to think\b|\blet me (have a|gather my) (think|thoughts)\b",
    ),
    (
        "refusal",
        r"\b(rather|prefer|would like|'d like) (to )?not (to )?(answer|say|talk|discuss|go into)\b"
        r"|\b(can'?t|cannot|won'?t|not allowed to|not going to) (really )?(answer|talk about|discuss"
        r"|share|disclose|say)\b|\bunder (an )?nda\b|\bno comment\b|\bconfidential\b",
    ),
    (
        "dont_know",
        r"\bi (really |honestly |just |simply )?(don'?t|do not|wouldn'?t) (really )?know\b"
        r"|\bno (idea|clue)\b|\bnot sure (how|what) to answer\b|\bi (have|had) never (done|used|seen"
        r"|worked|heard)\b|\bi haven'?t (done|used|seen|worked|heard|had)\b"
        r"|\bi can'?t (think of|remember|recall)\b|\bnothing comes to mind\b",
    ),
    (
        "done",
        r"^(ok |okay |yeah |so |and |i think |i guess |well )*(that'?s|that is|that was) "
        r"(all|it|everything|my answer)\b|\bi'?m (done|finished)\b|\bi am (done|finished)\b"
        r"|\bnothing (else|more) to add\b|\bi have nothing (else|more)\b",
    ),
)
"""In this order: the first that fits wins, so what does harm when it is missed comes first."""

_SHORTER: dict[Control, int] = {"dont_know": 16, "done": 12, "skip": 16, "wait": 18, "refusal": 26}
"""Words; longer utterances with these phrases hold something else as well."""

_CLARIFY = re.compile(
    r"\b(clarify|what do you mean|could you explain|can you explain|do you mean|are you asking)\b"
    r"|^(so |and |okay |ok |first |sure |before i start |just |quick question )*"
    r"((what|which|who|where|when)('s| is| are| was| were| kind| sort| type| counts| would| do| does)"
    r"|how (many|much|fast|long|often|big|large|fresh|quickly|is|are|do|does)"
    r"|(is|are|do|does|can|could|should|may|am|will|would) (i|we|you|it|there|they|the|this|that|a|an)"
    r"|can i assume|should i assume|may i assume|can we assume|could i ask|can i ask|may i ask)\b",
    re.IGNORECASE,
)

_COMPILED = tuple((control, re.compile(rule, re.IGNORECASE)) for control, rule in _RULES)


def classify(text: str) -> Control | None:
    """What the candidate wants of the interviewer; None where the utterance is an answer."""
    plain = _plain(text)
    length = len(plain.split())
    if not plain or length > LONGEST:
        return None
    for control, rule in _COMPILED:
        if length <= _SHORTER.get(control, LONGEST) and rule.search(plain):
            return control
    if text.rstrip().endswith("?") and _CLARIFY.search(plain):
        return "clarify"
    return None


def _plain(text: str) -> str:
    """Without fillers and punctuation, which recognisers set as they like."""
    plain = re.sub(r"\b(um+|uh+|er+m?|hmm+|ah+|please)\b", " ", text.lower().replace("’", "'"))
    return " ".join(re.sub(r"[^\w' ]+", " ", plain).split())
