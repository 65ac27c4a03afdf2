"""What people say who want something of the interviewer: patterns of requests.

They fit inside of an utterance; `control.py` decides whether it asks for that or tells of it ("we go
back to the last one"). What counts only where it is all that is said, is in `phrases.py`. Patterns
are of lower-case words without punctuation.
"""

from interviewer.requests.phrases import A_PART, ENOUGH, LED, NOT_HEARD, OF_IT, WONT_SAY


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
    r"\bend(?: this)? (?:here|now|early)$",
    r"\bend this$",
    r"\bi(?: want| would like|'d like) to (?:leave|hang up)(?: (?:the|this) (?:interview|call))?"
    r"(?: now)?$",
    r"\bi(?:'m| am) (?:done|finished) with (?:the|this) interview$",
    ENOUGH,
)

_EARLIER = (
    "(?:(?:(?:the|my) )?(?:previous|last|earlier|first)(?: (?:question|one|answer))?"
    "|(?:the )?(?:question|one) before(?: (?:this|that)(?: one)?)?)"
)
BACK = _any(
    rf"\b(?:go|come|get|jump|(?:take|bring) (?:me|us)) back to {_EARLIER}$",
    r"\b(?:go|jump|switch) to (?:the |my )?previous(?: (?:question|one|answer))?$",
    r"\b(?:return to|redo|retry|revisit|answer|change|correct) (?:(?:the|my) )?"
    r"(?:previous|last|earlier|first) (?:question|one|answer)(?: again)?$",
    r"\breturn to (?:the )?(?:question|one) before(?: (?:this|that)(?: one)?)?$",
    r"\b(?:previous|last) question(?: again)?$",
    rf"^{LED}back to the (?:previous|last|first) (?:question|one)$",
    r"\bgo back(?: (?:by )?(?:a|one)(?: question)?)?$",
    r"\badd (?:something|one thing) to (?:(?:the|my) )?(?:previous|last|first) (?:question|answer)\b",
)

_AGAIN = "(?:again|once more|one more time)"
_QUESTION = "(?:that|it|(?:the|your) question)"
REPEAT = _any(
    r"\brepeat (?:that|it|this|(?:the|your) (?:last )?question)\b",
    rf"\b(?:say|ask(?: me)?) (?:that|it|this|the question) {_AGAIN}\b",
    r"\brepeat (?:everything|all of (?:it|that)|the (?:whole|entire) (?:thing|question))$",
    rf"\b(?:say|read|ask) {_QUESTION} (?:out |to me )*(?:{_AGAIN}|(?:a (?:bit|little) )?(?:slower|louder"
    r"|more slowly))$",
    rf"\b(?:hear|read|get|have|tell|give)(?: me)? {_QUESTION} {_AGAIN}$",
    rf"\b(?:tell|give|read) me (?:the|your) question(?: {_AGAIN})?$",
    rf"\b(?:run|go) (?:over|through) {_QUESTION} {_AGAIN}$",
    rf"\brun {_QUESTION} (?:by|past) me(?: {_AGAIN})?$",
    r"\bremind me (?:of (?:the|your) question|what (?:you (?:just )?(?:asked|said)"
    r"|(?:the|your) question (?:was|is)))(?: again)?$",
    rf"\bmind (?:repeating|saying) {_QUESTION}(?: again)?$",
    rf"\b(?:repeat|say) {A_PART}{OF_IT}(?: {_AGAIN})?$",
    r"\b(?:speak|talk) (?:(?:just )?a (?:little|bit|little bit) )?"
    r"(?:up|louder|slower|clearer|more (?:slowly|loudly|clearly))(?: a (?:little|bit|little bit))?$",
    r"^(?:a (?:little|bit|little bit) )?louder$",
    r"\byou (?:just )?slow down(?: a (?:little|bit|little bit))?$",
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
    rf"\bwhat(?:'s| is) (?:the|your) (?:last |current )?question(?: {_AGAIN})?$",
    r"\bhow did (?:the|your) question go(?: again)?$",
    rf"^(?:sorry )?what was {A_PART}{OF_IT}(?: {_AGAIN})?$",
    rf"\bwhat did you (?:just )?(?:say|ask(?: me)?|want to know)(?: there| just now| {_AGAIN})?$",
    r"^(?:sorry )?what were you (?:saying|asking)(?: me)?$",
    r"^what was that again$",
    NOT_HEARD,
)

_ONE = "(?: (?:one|question))?"
_THIS = f"(?:this|that|it){_ONE}"
_OTHER = "(?:another|a different|the next|some other|a new)"
_MAY_WE = "(?:can|could|may|should|shall) (?:we|i)"
_ASKING = (
    f"(?:let'?s|let us|{_MAY_WE}|could you|can you|i(?:'d| would) (?:like|prefer) to|i want to)"
)
_LATER = "(?: (?:for )?now| then| instead)*$"
SKIP = _any(
    rf"\b(?:skip(?: over)?|pass on) (?:{_THIS}|the question){_LATER}",
    r"^(?:i'?ll |i'?d rather |i would rather )?skip$",
    rf"^(?:(?:i'?ll|i(?:'d| would) (?:rather|like to)|(?:can|could|may) i) )?pass(?: on {_THIS})?$",
    rf"\bi(?:'?m (?:going to|gonna)|'?ll have to) (?:skip|pass on) {_THIS}$",
    rf"\b(?:let'?s|let us|(?:i )?(?:want|like|prefer) to|rather|{_MAY_WE}) (?:just )?skip(?: ahead)?$",
    r"^(?:okay |ok )?next(?: one)?$",
    # "I have another question" is one of theirs, "it's a different question" a remark.
    rf"(?<!have )(?<!'s a )\b(?:next|another|different) question{_LATER}",
    r"\b(?:give|ask|get|try|(?:can|could|may) (?:i|we) have) (?:me )?(?:another|a different|the next)"
    rf" (?:question|one){_LATER}",
    rf"\b(?:do|take|pick|have) {_OTHER} question{_LATER}",
    rf"\b{_ASKING} (?:do|take|pick|try|have) {_OTHER} one{_LATER}",
    r"\bask me something else$",
    rf"\bmove on(?: to (?:something else|the next{_ONE}))?{_LATER}",
    rf"\b(?:go|move|skip) (?:(?:on|ahead|forward|over) )?to the next{_ONE}$",
    rf"\b{_ASKING} (?:jump|proceed|continue|go on) (?:to|with) the next{_ONE}$",
    rf"^{LED}on(?:wards)? to the next{_ONE}$",
    rf"\b(?:let'?s|{_MAY_WE}) come back to {_THIS}(?: later| at the end)?$",
    rf"\b(?:let'?s|{_MAY_WE}) leave (?:this|that) (?:one|question)(?: for (?:now|later))?$",
    r"\b(?:let'?s|rather|prefer to|can we|could we) not do (?:this|that) (?:one|question)$",
    r"\bi (?:don'?t|do not) (?:like|want(?: to do)?) this (?:one|question)$",
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
    r"(?:answer|say|talk(?! to\b)|discuss"
    r"|go into (?:it|that|this|(?:the |any |more )*(?:details?|specifics)))\b",
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
    r" (?:answer|(?:talk about|discuss|share|go into) (?:that|this|it"
    r"|my (?:\w+ )?(?:employer|company|job|boss|manager|client|team)))"
    r"(?: one| question| that| this)?$",
    rf"^{LED}(?:i(?:'d| would)? )?(?:rather|prefer to) keep (?:that|this|it) (?:to myself|private)$",
    WONT_SAY,
)
