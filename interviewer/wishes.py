"""What people say who want something of the interviewer: patterns of requests.

They fit inside of an utterance; `interviewer/control.py` decides whether it asks for that or tells
of it ("we go back to the last one"). What counts only where it is all that is said, is in
`interviewer/phrases.py`. Patterns are of lower-case words without punctuation.
"""

from interviewer.phrases import NOT_HEARD


def _any(*alternatives: str) -> str:
    return "|".join(alternatives)


_BEST = "(?:five|5|ten|10|full|top|highest|maximum|perfect|excellent|outstanding)"
STEERING = _any(
    # Words to a model.
    r"(?:ignore|disregard|forget) (?:(?:all|any|everything|your|the|my) )*"
    r"(?:(?:previous|prior|above) )?(?:instructions?|prompts?|rules|rubric|you were told)",
    # Not the system prompt that they tell of.
    r"\b(?:show|tell|give|print|reveal|read|output|repeat|see)"
    r" (?:me (?:(?:the|your) )?|your )system prompt\b",
    r"(?<!to )\b(?:show|print|reveal|read|output|repeat) (?:the )?system prompt\b",
    r"^what(?:'s| is) your system prompt\b",
    r"\byou are now (?:a|an|the|my|in|free|no longer|going to)\b",
    r"\bpretend (?:that )?(?:you|to be)\b",
    # For a score. "Give me five" may go on with "minutes".
    rf"\b(?:score|rate|grade|mark) (?:me|this answer|my answer|this)\b.*\b{_BEST}\b",
    rf"\bgive (?:me|this answer|my answer|this) (?:(?:an?|the) )?{_BEST}"
    r"(?: (?:out of|marks?|points?|scores?|grades?|ratings?|credit|level|stars|possible|for|on"
    r"|because|now|anyway)\b.*)?$",
    # For the answer.
    r"\btell me (?:the )?(?:(?:right|correct|model|best) )?answer\b",
    r"\b(?:give|tell) me (?:the|an) answer$",
    r"\bwhat(?:'s| is) the (?:right|correct|model|best) answer\b",
)

END = _any(
    r"\b(?:end|stop|finish|quit|abort|terminate) (?:(?:the|this) )?(?:interview|session|round)"
    r"(?: (?:here|now|early))?$",
    r"\b(?:stop|end it|finish)(?: (?:here|now))?$",
    r"(?<!i'll )\bquit(?: (?:here|now))?$",
    r"\bend(?: this)? (?:here|now)$",
    r"\bend this$",
    r"\bi(?: want| need| have| would like|'d like|'?ve got) to leave(?: now)?$",
    r"\bi(?: need| have|'?ve got) to go(?: now)?$",
    r"\bi(?:'m| am) (?:done|finished) with (?:the|this) interview$",
)

BACK = _any(
    r"\b(?:go|come) back to (?:(?:the|my) )?(?:previous|last|earlier|first)"
    r"(?: (?:question|one|answer))?$",
    r"\b(?:previous|last) question(?: again)?$",
    r"\bgo back(?: a question)?$",
    r"\badd (?:something|one thing) to (?:(?:the|my) )?(?:previous|last|first) (?:question|answer)\b",
)

REPEAT = _any(
    r"\brepeat (?:that|it|this|(?:the|your) (?:last )?question)\b",
    r"\b(?:say|ask) (?:that|it|this|the question) (?:again|once more)\b",
    r"\bcome again$",
    r"\b(?:didn'?t|did not|couldn'?t|could not) (?:quite |really )?(?:catch|hear|get)"
    r" (?:that|the question|you|it)\b",
    r"\b(?:can|could|would) you (?:just )?repeat$",
    r"^(?:sorry )?repeat$",
    r"\bwhat was (?:the|your) (?:last )?question\b",
    r"^what did you (?:say|ask)$",
    NOT_HEARD,
)

SKIP = _any(
    r"\b(?:skip|pass on) (?:this|that|it|the question)(?: (?:one|question))?(?: for now| now)?$",
    r"^(?:i'?ll |i'?d rather |i would rather )?(?:skip|pass)$",
    r"\b(?:let'?s|let us|(?:i )?(?:want|like|prefer) to|rather|(?:can|could|may|should) (?:we|i))"
    r" (?:just )?skip$",
    r"^(?:okay |ok )?next(?: one)?$",
    r"\b(?:next|another|different) question$",
    r"\bmove on(?: to the next(?: (?:one|question))?)?$",
    r"\bgo (?:on )?to the next(?: (?:one|question))?$",
    r"\b(?:let'?s|(?:can|could|may|should) (?:we|i)) (?:do|have|take) the next(?: (?:one|question))$",
)

REFUSAL = _any(
    r"\b(?:rather|prefer|would like|'d like) (?:to )?not (?:to )?(?:answer|say|talk|discuss|go into)\b",
    r"\bi(?:'m| am)? ?(?:can'?t|cannot|won'?t|not allowed to|not going to|refuse to) (?:really )?"
    r"(?:answer|talk about|discuss|share|disclose) (?:that|this|it|the|any|more|details)\b",
    r"\bi (?:(?:really|honestly) )?(?:don'?t|do not) (?:really )?(?:want|wish) to"
    r" (?:answer|(?:talk about|discuss|share|go into) (?:that|this|it))"
    r"(?: one| question| that| this)?$",
    r"\bunder (?:an )?nda\b",
    r"\bno comment\b",
    r"\b(?:that'?s|that is|it'?s|it is|this is) confidential$",
)
