"""What people say who want something of the interviewer: patterns of requests.

They fit inside of an utterance; `control.py` decides whether it asks for that or tells of it ("we go
back to the last one"). What counts only where it is all that is said, is in `phrases.py`. Patterns
are of lower-case words without punctuation.
"""

from interviewer.requests.phrases import ENOUGH, LED, NOT_HEARD, WONT_SAY


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
    ENOUGH,
)

BACK = _any(
    r"\b(?:go|come) back to (?:(?:the|my) )?(?:previous|last|earlier|first)"
    r"(?: (?:question|one|answer))?$",
    r"\b(?:return to|redo|retry|answer|change|correct) (?:(?:the|my) )?(?:previous|last|earlier|first)"
    r" (?:question|one|answer)(?: again)?$",
    r"\b(?:previous|last) question(?: again)?$",
    r"^(?:(?:okay|so|please) )*back to the (?:previous|last|first) (?:question|one)$",
    r"\bgo back(?: a question)?$",
    r"\badd (?:something|one thing) to (?:(?:the|my) )?(?:previous|last|first) (?:question|answer)\b",
)

_AGAIN = "(?:again|once more|one more time)"
_QUESTION = "(?:that|it|(?:the|your) question)"
REPEAT = _any(
    r"\brepeat (?:that|it|this|(?:the|your) (?:last )?question)\b",
    rf"\b(?:say|ask(?: me)?) (?:that|it|this|the question) {_AGAIN}\b",
    rf"\b(?:hear|read) {_QUESTION} {_AGAIN}$",
    rf"\bmind (?:repeating|saying) {_QUESTION}(?: again)?$",
    rf"\b(?:repeat|say) the (?:first|last|second) part(?: of {_QUESTION})?(?: again)?$",
    r"\bspeak (?:up|louder|slower|more slowly)$",
    r"\bcome again$",
    r"^say (?:(?:that|it) )?again$",
    r"^(?:once )?again$",
    # Is anybody there?
    r"^(?:hello )?(?:(?:are you (?:still )?there|(?:can|do) you hear me)(?: now)?)$",
    r"\b(?:didn'?t|did not|couldn'?t|could not) (?:quite |really )?(?:catch|hear|get)"
    r" (?:that|the question|you|it)\b",
    r"\b(?:can|could|would) you (?:just )?repeat$",
    r"^(?:sorry )?repeat$",
    r"\bwhat was (?:the|your) (?:last )?question\b",
    rf"^what was the (?:first|last|second) part(?: of {_QUESTION})?(?: again)?$",
    r"^what did you (?:say|ask(?: me)?)$",
    r"^what was that again$",
    NOT_HEARD,
)

_ONE = "(?: (?:one|question))?"
_THIS = f"(?:this|that|it){_ONE}"
_MAY_WE = "(?:can|could|may|should) (?:we|i)"
SKIP = _any(
    rf"\b(?:skip|pass on) (?:{_THIS}|the question)(?: for now| now)?$",
    r"^(?:i'?ll |i'?d rather |i would rather )?skip$",
    rf"^(?:(?:i'?ll|i(?:'d| would) (?:rather|like to)|(?:can|could|may) i) )?pass(?: on {_THIS})?$",
    rf"\bi(?:'?m (?:going to|gonna)|'?ll have to) (?:skip|pass on) {_THIS}$",
    rf"\b(?:let'?s|let us|(?:i )?(?:want|like|prefer) to|rather|{_MAY_WE}) (?:just )?skip$",
    r"^(?:okay |ok )?next(?: one)?$",
    # "I have another question" is one of theirs, "it's a different question" a remark.
    r"(?<!have )(?<!'s a )\b(?:next|another|different) question$",
    r"\b(?:give|ask|get|try|(?:can|could|may) (?:i|we) have) (?:me )?(?:another|a different|the next)"
    r" (?:question|one)$",
    r"\bask me something else$",
    rf"\bmove on(?: to (?:something else|the next{_ONE}))?$",
    rf"\b(?:go|move) (?:on )?to the next{_ONE}$",
    rf"\b(?:let'?s|{_MAY_WE}) come back to {_THIS} later$",
    rf"\b(?:let'?s|{_MAY_WE}) (?:do|have|take) the next{_ONE}$",
)

_NDA = "(?:an? |my |our |the |their |that |strict )*(?:ndas?|n d a|non ?disclosure)"
_THE_MATTER = (
    "(?:(?:it|that|this|everything|(?:all|most|much) of (?:it|that|this)"
    "|(?:(?:all|most|much) of )?(?:the|that|this|my) (?:(?:whole|entire) )?"
    "(?:project|work|client|company|case|details|numbers|names?|results|stuff|part))"
    "(?:'s|'re| is| are)?)"
)
REFUSAL = _any(
    # Without an "I" of its own it is one only where nothing was told before it: not "I built it
    # for a bank under NDA".
    rf"^{LED}(?:i(?:'d| would)? )?(?:rather|prefer|like) (?:to )?not (?:to )?"
    r"(?:answer|say|talk(?! to\b)|discuss|go into)\b",
    rf"^{LED}(?:{_THE_MATTER} )?(?:(?:all|still|also|falls?|fall|covered|bound|protected) )*"
    rf"(?:under|by) {_NDA}\b",
    rf"\bi(?:'m| am| was|(?:'ve| have) been) (?:(?:still|also|bound|covered) )*(?:under|by) {_NDA}\b",
    rf"^{LED}no comment\b",
    rf"^{LED}{_THE_MATTER} (?:all |still |strictly )?confidential$",
    # Who cannot answer does not know.
    r"\bi(?:'m| am)? ?(?:won'?t|not allowed to|not going to|refuse to) (?:really )?answer"
    r" (?:that|this|it|the|any)\b",
    r"\bi(?:'m| am)? ?(?:can'?t|cannot|won'?t|not allowed to|not going to|refuse to) (?:really )?"
    r"(?:talk about|discuss|share|disclose) (?:that|this|it|the|any|more|details)\b",
    r"\bi (?:(?:really|honestly) )?(?:don'?t|do not) (?:really )?(?:want|wish) to"
    r" (?:answer|(?:talk about|discuss|share|go into) (?:that|this|it))"
    r"(?: one| question| that| this)?$",
    WONT_SAY,
)
