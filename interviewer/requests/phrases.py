"""What people say who want time, do not know, or have nothing to add: nothing but that.

An answer often begins or ends with the same words ("let me think, I'd start with the logs"), so
these are taken for a request only where they are all that is said. Patterns are of lower-case
words without punctuation.
"""

_IT = "(?:it|that|this)"
_A_MOMENT = "(?:moment|second|minute|sec)"
_ADVERB = "(?:really |honestly |just |simply |actually |even |quite )*"
_DO_NOT = "(?:don'?t|do not)"
_HAVE = "(?:i have |i'?ve |i'?ve got )"
_MAY_I = "(?:can|could|may|might|should|shall) i"
_I_WILL = f"(?:let me|i'?ll|i'?m (?:going to|gonna)|{_MAY_I})"

_SO_I_WANT = "(?:i want|i(?:'d| would) like) to"

_GOOD_QUESTION = (
    "(?:(?:that'?s|it'?s|what) )?(?:an? )?(?:(?:really|very) )?"
    "(?:good|great|tough|hard|tricky|interesting) (?:question|one)"
)
_OPENERS = (
    *("sorry okay ok so well yeah yes no nope oh hey and but actually honestly frankly".split()),
    *("really unfortunately just sure right alright thanks".split()),
    "thank you",
    *("i'?m afraid", "i'?m sorry", "i am sorry", "i think", "i guess", "i mean", "to be honest"),
    "i must (?:say|admit)",
    _GOOD_QUESTION,
)
LED = f"(?:(?:{'|'.join(_OPENERS)}) )*"
"""What may lead to a request or a refusal, and tells nothing."""

_MUCH = (
    r"(?:a|one|another|some|half a|a few|a couple(?: of)?|a (?:little )?bit(?: of)?|a little"
    r"|two|three|five|ten|fifteen|twenty|thirty|sixty|\d{1,2})"
)
_SOMETHING = r"(?: (?!(?:i'd|i would|but|so|because|it|is|was|as)\b)[\w']+){0,7}"
"""What is thought about; no clause of an answer."""
_INTERRUPTION = (
    "(?:(?:(?:there'?s|there is) )?(?:someone|somebody)"
    "|(?:my|the) (?:phone|cell|door ?bell|bell|door|dog|cat|kids?|baby|son|daughter|wife|husband|partner"
    "|room ?mate|flat ?mate|neighbou?rs?|alarm|delivery|postman|headset|headphones|mic|microphone))"
    "(?: (?:just|is|'s|are|has|at|in|here))*"
    "(?: (?!(?:so|and|but|because|we|i|someone|somebody|my)\\b)[\\w']+){0,4}"
)
_FETCHES = (
    "(?:let me|i'?ll|i (?:just )?(?:have|need) to) (?:just |quickly )*"
    "(?:(?:close|shut|grab|fetch|mute|unmute|plug in|charge|silence|answer) (?:the|my|a|some|this)"
    "|get (?:the door|a drink|some water|a glass|a pen|some paper)|take this"
    "|let (?:the|my) \\w+ (?:in|out))"
    "(?: [\\w']+){0,3}"
)
"""What comes between from outside of the interview."""
_AT_HOME = (
    "let me (?:just |quickly )*(?:(?:close|shut|mute|silence|turn off|answer|get)"
    " (?:the|my|this) (?:window|door|phone|mic|microphone|tv|radio|alarm)"
    "|(?:grab|get|fetch) (?:a|some|my) (?:pen|paper|water|drink|glass|charger|headset|headphones))"
)
_WAITS = (
    f"{_AT_HOME}(?: of water)?",
    "(?:(?:can|could|would) you )?"
    "(?:give me|i need|i'?d need|i'?ll need|i'?ll take|i(?:'d| would) like(?: to take)?|i could use"
    "|(?:can|could|may) i (?:have|take|get)"
    "|(?:do you mind|is it (?:ok|okay)) if i take|let me (?:have|take))(?: (?:just|like))?"
    f"(?: {_MUCH})?(?: more)? (?:minute|moment|second|sec|bit|time)s?(?: or (?:two|three|so))?",
    "let me (?:just )?see",
    "let me (?:just )?(?:(?:try to|see if i can) )?(?:think|remember|recall)"
    "(?: (?:of|about|back to|how|what|which|where|who)"
    f"(?: (?:how|what|which|where) (?:i'd|i would))?{_SOMETHING})?",
    "i(?:'d| would) like to (?:just )?think",
    "(?:i'?m )?(?:(?:just|still) )?thinking",
    "(?:let'?s|let me|(?:can|could|may|shall) (?:we|you|i)) (?:just )?"
    "(?:pause|(?:take|have) a (?:(?:short|quick|little) )?(?:break|pause))",
    "i (?:need|want) a (?:(?:short|quick|little) )?(?:break|pause)",
    "pause",
    f"let me (?:just )?(?:write {_IT} down|(?:take|make) (?:(?:a few|some) )?notes)",
    "(?:can|could|may) i (?:just )?think",
    "let me (?:have a think|(?:gather|collect|sort) my thoughts)",
    "i (?:need|have) to think",
    "(?:(?:can|could|would) you )?(?:(?:hold|hang) on|wait)"
    f"(?:(?: for)?(?: just)? (?:a|one) {_A_MOMENT})?",
    f"excuse me(?: for)?(?: just)? (?:a|one) {_A_MOMENT}",
    f"(?:i'?ll be|be) (?:right )?back(?: in (?:a|one) {_A_MOMENT})?",
    "(?:i'?m|i am) not (?:quite )?ready(?: yet)?",
    f"just a {_A_MOMENT}",
    f"(?:just )?one {_A_MOMENT}",
    "a moment",
    "bear with me",
    "take (?:a|some) time to think",
    # They were interrupted.
    f"(?:(?:(?:can|could|would) you )?let me|{_MAY_I}) (?:(?:just|quickly) )*finish",
    f"(?:{_I_WILL}|i(?:'d| would) like to|i want to) (?:(?:just|quickly) )*finish"
    " (?:my|this|that|the) (?:answer|thought|sentence|point)",
    "(?:i'?m not|i am not|i was ?n'?t|i was not) (?:done|finished)(?: yet)?",
)
_WAIT_TAILS = (
    f"(?:to think )?(?:about|on|through|over) {_IT}(?: one| question)?",
    "to think",
    f"{_IT} (?:through|over)",
    "to (?:gather|collect|sort|organi[sz]e) my thoughts",
    "for (?:just )?(?:a|one) (?:moment|second|minute|sec|bit)",
    "(?:about )?(?:how|where|what) (?:to|i should|i could) (?:start|begin|say|answer|put)(?: it| that)?",
    *("here first then now okay thanks".split()),
    *("if that'?s okay", "if i may"),
    *(_INTERRUPTION, _FETCHES),
)

_UNKNOWN = (
    f"(?:i )?{_ADVERB}(?:don'?t|do not|wouldn'?t) {_ADVERB}know",
    f"(?:i {_ADVERB}have |i'?ve (?:got )?)?(?:absolutely )?no (?:idea|clue)",
    f"(?:i'?m |i am )?{_ADVERB}not {_ADVERB}sure(?: (?:how|what) to (?:answer|say)(?: {_IT})?)?",
    "(?:(?:i'?m|i am) )?not (?:(?:too|so|very) )?sure(?: (?:that )?i know(?: the answer)?)?",
    f"i {_DO_NOT} think (?:that )?i (?:know|(?:can|could) answer"
    "|have (?:an|any|a good) (?:example|answer))",
    f"{_IT} i {_DO_NOT} know",
    "i? ?d(?:o)?unno",
    "not that i (?:know|can think)(?: of)?",
    # Nothing comes.
    "nothing comes to (?:my )?mind",
    "(?:i'?m drawing a|my mind (?:is|went)(?: (?:totally|completely))?) blank",
    "i'?m (?:blanking|(?:(?:totally|completely) )?stuck)",
    "i give up",
    "beats me",
    "(?:i )?(?:haven'?t|have not)(?: got)? (?:a|the (?:faintest|slightest|foggiest)) (?:clue|idea)",
    f"i {_ADVERB}couldn'?t {_ADVERB}(?:say|tell you)",
    f"{_IT}(?:'?s| is) (?:beyond me|outside (?:of )?my (?:area|experience|expertise))",
    "i(?:'d| would) have to look (?:it|that) up",
    # They cannot answer.
    f"i (?:can'?t|cannot) {_ADVERB}answer (?:{_IT}|the question)(?: (?:one|question))?",
    "i (?:would ?n'?t|would not) be able to answer",
    f"i {_DO_NOT} have (?:an|any|a good) answer",
    "(?:i )?can'?t (?:really )?say",
    # They never did.
    "(?:i have never|i'?ve never|i had never|(?:i )?(?:haven'?t|have not)|i'?ve not)"
    " (?:(?:really|actually|ever) )?(?:done|used|seen|worked|heard|had|come across)"
    f"(?: (?:on|of|with))?(?: one| (?:anything like )?{_IT})?",
    f"i never (?:did|used|saw|had) (?:one|{_IT})",
    "i(?:'ve| have) never (?:had|been in) (?:that|this|such a)(?: kind of)? situation",
    f"i'?m not aware of {_IT}",
    f"(?:i )?(?:can'?t|cannot|{_DO_NOT}) {_ADVERB}(?:remember|recall)",
    f"i (?:can'?t|cannot) {_ADVERB}(?:think of|come up with)",
    f"i {_DO_NOT} (?:really |think i )?have (?:an|any|a good)(?: good)? examples?",
    f"{_HAVE}?no (?:real )?experience (?:with|in) {_IT}",
    f"i {_DO_NOT} (?:really )?have (?:(?:any|much) )?experience (?:with|in) {_IT}",
    f"(?:(?:i'?m|i am) )?not (?:really )?familiar with {_IT}(?: (?:concept|topic|term|tool|area))?",
)
_UNKNOWN_TAILS = (
    "(?:about |for |of |with |to )?(?:it|that|this|one|any|anything)(?: one)?",
    "the answer(?: to (?:that|this)(?: (?:question|one))?)?",
    f"much about {_IT}(?: (?:topic|area))?",
    "i'?m sorry",
    "to be honest with you",
    # Not "what you are asking", nor "why, but it worked".
    "(?:how|what|why|when|where|who|which)(?! you\\b)"
    "(?: (?!(?:but|so|and|maybe|probably|perhaps|just)\\b)[\\w']+){0,4}",
    "(?:an?|any) (?:good |specific |single )?(?:example|case|situation)",
    *("much before myself yet now either really honestly sorry offhand".split()),
    *("at all", "right now", "at the moment", "to be honest", "off the top of my head"),
)

_DONE = (
    "(?:that'?s|that is|that was|that would be|that'?d be) (?:pretty much |about |basically |really )?"
    "(?:all|it|everything|my answer)",
    "done",
    "end of (?:my )?answer",
    "that (?:covers it|concludes my answer)",
    # The answer, not the interview.
    f"(?:{_I_WILL}|i can) (?:just )?(?:stop|finish|end(?: it)?|pause|leave it)"
    " (?:here|there|now|at that|at this point)",
    f"{_I_WILL} (?:just )?stop(?: talking)?",
    "(?:i'?m|i am) (?:done|finished)"
    "(?: (?:talking|with (?:(?:my|this|that) answer|this (?:one|question))))?",
    f"(?:{_HAVE}|there'?s |there is )?nothing (?:else |more )?to (?:add|say)",
    f"(?:{_HAVE}|there'?s |there is )?nothing (?:else|more)",
    f"i {_DO_NOT} have (?:anything|more) (?:else |more )?to (?:add|say)",
    f"i {_DO_NOT} have anything (?:else|more)",
    # They ask how it went.
    f"(?:does|did) {_IT} (?:make sense|help|answer (?:the|your) question)",
    f"is {_IT} (?:okay|ok|enough|clear|what you (?:wanted|meant))",
)
_DONE_TAILS = (
    "i have to say",
    "i (?:have|had|got|know|remember|think|guess|can (?:say|think of|remember)|would (?:say|add))",
    "i (?:want|wanted) to (?:say|add)",
    "i'?ve got",
    "from (?:me|my side)",
    "(?:for|on|about|to) (?:it|that|this|me|now)",
    *("really basically then thanks".split()),
    *("so far", "thank you", "there is(?: to it)?"),
)

_TODAY = "(?:for (?:today|now))"
_SHALL_WE = f"(?:let'?s|(?:can|could|may|should|shall) we|we should|{_SO_I_WANT})"
_SESSION = "(?:(?:the|this|our) )(?:interview|session|call|conversation|meeting)"
_ENDS = (
    f"{_SHALL_WE} (?:(?:stop|finish|end)(?: (?:it|here|this))* {_TODAY}|call it (?:a day|quits)"
    f"|wrap (?:(?:it|this|things) )?up(?: {_SESSION})?)",
    f"(?:let'?s|(?:can|could|may|shall) we|{_SO_I_WANT})"
    f" (?:continue|go on|resume|do|finish)(?: (?:it|this|that|{_SESSION}))?"
    " (?:tomorrow|(?:at )?(?:another|some other) time|another day|next week)",
    "(?:(?:that'?s|that is|that'?ll be|that was) )?(?:all|it|enough) for today",
    "(?:i'?m|i am) done for today",
    f"i {_DO_NOT} want to (?:continue|go on|do this)(?: any ?more)?",
    f"(?:(?:{_SO_I_WANT}|please) )?(?:cancel|abort|exit)(?: (?:the|this))? (?:interview|session)",
    f"i(?:'?m (?:going to|gonna) have to|'?ll have to|'?ve (?:really )?got to| gotta| must"
    rf"| (?:really )?(?:have|need) to) (?:go|leave|run|hang up|log off|get going)(?: {_SESSION})?",
    "i should get going",
    "i quit",
    # Not "bye", which recognisers make of a breath.
    "good ?bye",
)
_END_TAILS = (
    *("here now then early sorry thanks bye".split()),
    *("soon", "good ?bye", "thank you(?: (?:so|very) much)?", _TODAY),
    "(?:thanks|thank you) for (?:your time|everything|the (?:interview|conversation))",
    "have a (?:nice|good|great) (?:day|one|evening|weekend)",
)

_REFUSALS = (
    "(?:i|we)(?:'ve| have)? signed an? nda",
    f"i(?:'m not| am not| {_DO_NOT} feel) (?:really )?comfortable"
    f" (?:with|sharing|answering|discussing|saying|talking about)(?: {_IT})?(?: (?:one|question))?",
    f"(?:{_IT}(?:'s| is) )?(?:private|personal|none of your business)",
    f"i {_DO_NOT} want to (?:say|tell)",
)
_REFUSAL_TAILS = (
    f"(?:(?:so|and) )?i (?:can'?t|cannot|may not) (?:say|tell|answer|talk about|share|disclose|discuss)"
    f"(?: (?:{_IT}|you|more|anything|details))*",
    f"(?:about )?{_IT}",
    "sorry",
)


def _whole(phrases: tuple[str, ...], tails: tuple[str, ...]) -> str:
    """One or more of the phrases with what may stand around each; anchored at both ends."""
    opener, phrase, tail = ("|".join(parts) for parts in (_OPENERS, phrases, tails))
    return rf"^(?:(?:(?:{opener}) )*(?:{phrase})(?: (?:{tail}))*(?: |$))+$"


WAIT = _whole(_WAITS, _WAIT_TAILS)
DONT_KNOW = _whole(_UNKNOWN, _UNKNOWN_TAILS)
DONE = _whole(_DONE, _DONE_TAILS)
ENOUGH = _whole(_ENDS, _END_TAILS)
"""The interview shall end."""
WONT_SAY = _whole(_REFUSALS, _REFUSAL_TAILS)

_NAME = (
    r"(?!(?:i|i'?m|sure|okay|ok|al?right|right|yes|yeah|yep|well|so|cool|great|perfect|absolutely"
    r"|understood|of|no|got|happy|let'?s|hi|hello|hey|thanks?|good|nice|pleased|it'?s|that'?s)\b)\w+"
)
"""No word that another beginning starts with: each utterance is to be read in one way only, else
the time that it takes doubles with each word."""
_BEGINNINGS = (
    *("sure okay ok alright right yes yeah yep well so".split()),
    *("cool great perfect absolutely understood".split()),
    *("of course", "no problem", "got it", "i see", "happy to", "i'?m ready"),
    "let'?s (?:go|start|begin|see|do (?:it|this))",
    rf"(?:hi|hello|hey|thanks|thank you|good (?:morning|afternoon|evening))(?: {_NAME})?",
    r"(?:it'?s )?(?:nice|good|great|pleased) to meet you(?: too)?(?: \w+)?",
    _GOOD_QUESTION,
)
BEGINNING = rf"(?:(?:{'|'.join(_BEGINNINGS)})(?: |$))*"
"""What is said before the answer to a main question, and is none; a name may follow a greeting."""

_PREFACES = (
    # Each once: what fits twice takes twice as long, for each word.
    *(one for one in _OPENERS if one not in {*_BEGINNINGS, "thanks", "thank you"}),
    *_BEGINNINGS,
    "i(?:'ve| have)? (?:forgot(?:ten)?|lost (?:my train of thought|the thread|track))",
    "i (?:was(?: ?n'?t (?:listening|paying attention)| distracted)|zoned out|missed something)"
    f"(?: for (?:a|one) {_A_MOMENT})?",
    "there was (?:a|some) (?:(?:loud|background) )?(?:noise|lag|glitch|delay|echo)",
    f"i {_DO_NOT} feel (?:so )?(?:well|good)",
    # Alone it is none of these: recognisers make it of a breath.
    "bye",
    "(?:thanks|thank you) for your time",
    _INTERRUPTION,
    "(?:(?:i have (?:a|one|another)|one|just one|quick|first) )?(?:quick )?question",
)
PREFACE = rf"(?:(?:{'|'.join(_PREFACES)})(?: |$))+"
"""What leads to a request, and is no answer; all that stands before it."""

A_PART = (
    "(?:the|that) (?:(?:very )?(?:first|last|second|middle|final|other|whole) )?"
    "(?:part|bit|half|piece|end|beginning|start|middle|rest|thing|word|words|sentence)"
)
OF_IT = "(?: (?:of|in) (?:that|it|this|(?:the|your) question|what you (?:just )?(?:said|asked)))?"
_WHAT_YOU_SAID = "what you (?:just )?(?:said|asked|were (?:saying|asking))"
_NOT_HEARD = (
    f"(?:didn'?t|did not|couldn'?t|could not|can'?t|cannot) {_ADVERB}"
    f"(?:(?:catch|hear) (?:it|that|you|the question|{_WHAT_YOU_SAID}|all of (?:that|it)|anything|a thing"
    f"|{A_PART}{OF_IT})|(?:get|understand) {_WHAT_YOU_SAID}"
    f"|get (?:that|the question|{A_PART}{OF_IT}))"
)
_A_WHILE = (
    "(?: (?:there|again|just now|at the end|in the middle|a (?:little|bit)|(?:briefly|completely)"
    f"|for (?:just )?(?:a|one|a few|a couple of) (?:{_A_MOMENT}s?|bit|while)))*"
)
_LINE = "(?:audio|sound|voice|connection|line|internet|mic|microphone|speaker)"
_CUT_OFF = (
    f"(?:(?:the|your|my) {_LINE} (?:just )?(?:(?:cut|broke|dropped) (?:out|up|off)|dropped"
    "|(?:is|was|keeps) (?:breaking up|cutting out|dropping))"
    f"|your {_LINE} (?:is|was|went) (?:gone|away|silent|quiet|bad|choppy)"
    "|you (?:just )?(?:cut out|broke up|were cut off|dropped out|froze|went (?:silent|quiet)"
    "|were gone|disappeared|(?:were|are) (?:breaking up|cutting out|(?:very|too|so) quiet))"
    f"|you'?re (?:breaking up|cutting out|(?:very|too|so) quiet)|i lost you){_A_WHILE}"
)
NOT_HEARD = (
    rf"\bi (?:{_NOT_HEARD}|missed (?:the|your) question|missed {_WHAT_YOU_SAID}"
    rf"|missed (?:{A_PART}|half|part|most|some|a (?:part|bit)){OF_IT}"
    rf"|(?:only|just) (?:heard|caught|got) (?:{A_PART}|half|part|bits){OF_IT}"
    "|can (?:barely|hardly) (?:hear|understand) you)"
    r"(?: sorry| at all| well| properly| there)*(?: (?:can|could|would) you .*)?$"
    r"|^(?:(?:sorry|i'?m sorry|oh|okay|hey) )*(?:i missed that|i was ?n'?t listening"
    r"|i(?:'ve| have)? (?:forgot(?:ten)?|lost(?: track of)?) (?:the|your) question"
    rf"|i(?:'ve| have)? forgot(?:ten)? (?:{_WHAT_YOU_SAID}|what (?:the|your) question was)"
    rf"|{_CUT_OFF})$"
    r"|^(?:sorry |hm |oh |okay )*(?:sorry|pardon(?: me)?|(?:i )?beg your pardon|excuse me|what|huh"
    r"|what was that)(?: what)?$"
    r"|^(?:sorry )?(?:once more|one more time)$"
)
"""Somebody who did not hear the question."""
