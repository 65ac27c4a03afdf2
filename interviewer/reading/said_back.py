"""A few of the candidate's own words, turned to the second person, to open a follow-up with."""

import re

from interviewer.text.cues import NUMBER

MOST_WORDS = 12
"""Of an opening; a listener should still hear the question."""
LEAST_WORDS = 3

FILLERS = re.compile(
    r"(?:^|,)? *\b(?:um+|uh+|er+|you know|i mean|kind of|sort of|basically|honestly|actually|well|"
    r"obviously|let's say|let me see|i think|i guess|like)\b,(?= )|,? \b(?:um+|uh+)\b,?",
    re.IGNORECASE,
)
_REPAIR = re.compile(
    r"\b(?:no|sorry|or rather|actually no|let me|scratch that)\b,|,? sorry\b", re.I
)
_CUT = re.compile(
    r"[,;:—–]\s+|\s+-\s+|\s+(?=(?:but|so|because|which|where|since|although|though|whereas) )",
    re.IGNORECASE,
)
_CUT_LONG = re.compile(
    r"\s+(?=(?:and|then|if|when|until|while|rather than|not|after|before) )", re.IGNORECASE
)
"""Cuts what is still too long to be said back."""
_LEADING = re.compile(
    r"^(?:and|so|but|because|'cause|then|since|that|which|where|well|yeah|okay|ok|right|sure|like|also|"
    r"although|though|while|now|honestly|basically|actually|literally|anyway|plus|again|really|first|"
    r"second|third|finally|as|over|just|by|after|before|until|or|people say|what happened is|the "
    r"thing is|it turned out|turned out|"
    r"i'd say|i'd still say|you know|i mean|i think|i guess)\b,? ",
    re.IGNORECASE,
)  # fmt: skip
_TURNED = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "my": "your",
    "mine": "yours", "me": "you", "myself": "yourself", "we": "you", "we're": "you're",
    "we've": "you've", "we'd": "you'd", "we'll": "you'll", "our": "your", "ours": "yours",
    "us": "you", "ourselves": "yourselves",
}  # fmt: skip
_STAYS = frozenset({"US"})
"""The country, not the people."""
_VARIABLE = re.compile(
    r"\bi (?:is|isn't|equals|plus|minus|times|goes|starts|runs|moves|points|becomes|counts|counting|less"
    r"|greater|at|from|to|in|over|mod|modulo|divided|inclusive)\b"
    r"|\b(?:at|of|to|over|for|from|with|below|above|including|minus|plus|equals) i\b(?!')"
    r"|\b(?:than|until|(?:one|zero|\d|j|k|n) and) i$"
    # Not "the part I own".
    r"|\b(?:type|part|phase|class|stage|tier|title|war) i"
    r"(?: (?:and|or|of|errors?|rates?|trials?|stud\w+|data|results?|is|was|diabetes)\b|$)",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\b(?:word|row|line|record|token|number|step|item|element|position|entry|column|pair|index|pointer"
    r"|counter|variable|type|part|phase|bucket|move|increment|swap|set|advance|bump) i\b(?!')"
)
"""A small one, where the person would be a capital one: "row i", but "the row I dropped"."""
_DUG = re.compile(
    r"\b(?:i|we|to|they|\w+'(?:d|ll)|can|could|would|should|will|must|did|don't|didn't|also|then|still"
    r"|always|only|an?|the|gold|data) mine\b"
    r"|\bmine (?:hard|the|our|these|those|negatives|data|logs|more|some|it|them)\b",
    re.IGNORECASE,
)
"""What one does with data, "we mine hard negatives", and what one digs: "a gold mine"."""
_UNTURNABLE = (
    *(_VARIABLE, _LETTER, _DUG),
    # "You gave you two weeks", "the you market", "you said stop you".
    re.compile(r"\b(?:[iI]|[wW]e) \w+ (?:me|us)\b|\bthe us\b"),
    re.compile(r"^(?:stop|tell|correct|ask|remind|forgive|excuse|believe|trust|let) me\b", re.I),
    # Half of what somebody else said.
    re.compile(r"(?:^| )'(?!cause\b|em\b|til\b)(?!.*'(?: |,|$))"),
)
"""Words that would be wrong or odd in the second person."""
_ADVERB = (
    r"(?:\w+ly|also|still|never|just|even|already|only|always|often|once|then|now|too|first|myself|again"
    r"|sometimes|maybe|both|all|at (?:first|the time|least))"
)
_SINGULAR = re.compile(rf"\bI((?:,? {_ADVERB})*),? (was|wasn't|am)\b", re.IGNORECASE)
_INVERTED = re.compile(
    r"\b(so|nor|neither|then|never|only|rarely|how|why|where|when) (was|am) I\b", re.IGNORECASE
)
_PLURAL = {"was": "were", "wasn't": "weren't", "am": "are"}
_VERB = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|wasn't|has|have|had|does|do|did|can|can't|could|will|won't|"
    r"went|"
    r"fell|rose|came|held|ran|kept|got|becomes?|takes?|costs?|gives?|means?|beats?|wins?|stays?|sits?|never|"
    r"\w+'(?:s|d|ll|ve|re)|\w{3,}ed|doesn't|don't|didn't|comes?|goes|gets?|makes?|needs?|alerts|"
    r"fails|drops?|catches|finds|misses|covers|handles|solves|works|shows|helps)\b",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"^(?:it|it's|that|that's|they|this|he|she|those|these|them|there|there's|one)\b", re.IGNORECASE
)
_JOINT = r"and|or|but|that|which|who|when|if|as|because|what|how|where|than|so|while"
_SPLICED = re.compile(
    rf"\b(?:i|we)(?:'\w+)?\b(?:(?!\b(?:{_JOINT})\b).)*\b(?:i|we)(?:'\w+)?\b"
    rf"|\b(?!(?:{_JOINT})\b)\w+ (?:i|we) (?:don't|can't|didn't|couldn't)\b"
    r"|\b(?:with|to|for|of|in) (?:there|it's|that's|there's)\b"
    # "The interval was too wide we fall back", but "it was the one we built".
    r"|\b(?:is|are|was|were) (?!(?:\w+ )*?(?:the|an?|my|our|all|what|(?:some|any|every)\w*|\w*thing)\b)"
    rf"(?:(?!(?:{_JOINT}|before|after|until|once|since)\b)\w+ ){{1,3}}(?:i|we) \w+"
    # "At three dollars a million that's two cents", but "a column that's always empty".
    rf"|\b{NUMBER}\b.* (?:that's|it's) (?:about |roughly |maybe )?{NUMBER}\b",
    re.IGNORECASE,
)
"""Two sentences that ran into one: "recall went down I don't remember how far"."""
_ENDS_OPEN = re.compile(
    r" (?:the|a|an|of|to|for|in|on|with|from|at|and|or|but|so|that|which|than|as|is|are|was|were|my|"
    r"our|your|about|because|if|when|into|per|against|over|every|each|would|it's|like|there|how many|"
    r"we're|i'm|you're)$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"^(?:is|are|was|were|isn't|aren't|wasn't|has|have|had|does|do|did|can|could|will|would|went|"
    r"fell|rose|came|ran|kept|got|saved|of|yes|no|yeah|maybe|down|up|nowhere|still|with|from|to|than|"
    r"told|taught|gave|brought|sent|caught|took|made|wrote|chose|lost|won|threw|drew|spent|bought|sold|"
    rf"\w+ed (?:the|an?|it|them|us|my|our|this|these|those|that|every|all|both|each|about|{NUMBER})|"
    r"get|make|take|use|put|give|keep|let|try|be|go|see|train|add|check|drop|set|show|find|build)\b",
    re.IGNORECASE,
)
"""How what is left of a sentence begins that lost its subject: "were zero against two"."""
_HALF = re.compile(
    r"\bfrom (?:(?!to |over )\w+ ){0,4}?\S*\d\S*(?:(?! to | over ).)*$|"
    r"\bfrom (?:(?! to | over ).)*(?:point|percent)(?:(?! to | over ).)*$|"
    r"\b(?:that|if|when) (?:a|an|the) \w+$|\b(?:doesn't|don't|isn't|didn't|wasn't|can't|won't)$|"
    r"^(?:if|when)\b(?!.*(?:,|\bthen\b))|\b(?:said|did|do|think|thought) so$|"
    r"^(?:how|which|why|whether|who|what (?!i\b|we\b)|(?:long|soon|far|much|many|often) as\b)|"
    r"\b(?:agreed|said|told|decided|argued|assumed|knew|thought|found|saw|showed|learned|meant|think|"
    r"know|say|insisted|promised)\b.* that (?:\w+ )?\w+$",
    re.IGNORECASE,
)
"""A clause without its other half: "fell from four point eight", "if a score's above one"."""
_DATES = frozenset(
    "January February March April June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter".split()
)
"""Written large within a sentence."""
NAMED = "You mentioned"
"""Opens what is named without a verb."""
_LONGEST_NAMED = 8
"""Words of something named, in the place of a clause with a verb: more is a torn piece."""


def clauses(sentence: str) -> tuple[str, ...]:
    """The stretches of one sentence that can be said back, without fillers; in order."""
    parts = [
        piece
        for part in _CUT.split(_plain(sentence))
        for piece in ([part] if len(part.split()) <= MOST_WORDS else _CUT_LONG.split(part))
    ]
    # A sentence may well end on "about"; where it was cut, such a word hangs in the air.
    trimmed = [*map(_trimmed, parts[:-1]), *(_without_lead(one) for one in parts[-1:])]
    return tuple(clean for clean in trimmed if clean)


def clause_at(sentence: str, pattern: re.Pattern[str]) -> str:
    """The clause in which `pattern` occurs, with the next where it is too short; "" where none."""
    parts = clauses(sentence)
    for index, part in enumerate(parts):
        if pattern.search(part):
            for text in (_grown(_plain(sentence), parts, index), _shortened(part, pattern)):
                if usable(text):
                    return text
    return ""


def usable(clause: str) -> bool:
    """Whether a clause can stand by itself when it is said back."""
    words = clause.split()
    fits = LEAST_WORDS <= len(words) <= MOST_WORDS
    said_to_us = re.search(
        r"\b(?:you|your|yours|yourself|yourselves|you're|right)\b", clause, re.IGNORECASE
    )
    doubled = re.search(r"\bi\b.*\bus\b", clause, re.IGNORECASE)  # "You switched you".
    spliced = _SPLICED.search(clause)
    dangles = _DANGLING.match(clause) and not re.search(r"\d|percent|still|too", clause)
    return (
        fits
        and not said_to_us
        and not doubled
        and not any(one.search(clause) for one in _UNTURNABLE)
        and not spliced
        and not dangles
        and not _NO_SUBJECT.match(clause)
        and not _HALF.search(clause)
        and (_VERB.search(clause) or len(words) <= _LONGEST_NAMED)
        and not _REPAIR.search(clause + ",")
        and "?" not in clause
    )


def opening(clause: str) -> str:
    """The clause said back: "You set that cut-off with the support lead"."""
    bare = re.sub(r"^say ", "", clause.strip(" ,."), flags=re.IGNORECASE)
    text = " ".join(turned(word) for word in _agreeing(bare).split())
    if re.match(r"you(?:'\w+)?\b", text, re.IGNORECASE):
        return text[0].upper() + text[1:]
    if re.match(r"what you", text, re.IGNORECASE):
        return text[0].upper() + text[1:]
    if re.match(r"(?:if|when|at|on|in)\b", text, re.IGNORECASE) and _VERB.search(text):
        return f"You said that {_lowered(text)}"
    lead = "You said" if _VERB.search(text) else NAMED
    return f"{lead} {_lowered(text)}"


def turned(word: str) -> str:
    """One word with the first person turned to the second."""
    bare = word.strip(",")
    return word if bare in _STAYS else _TURNED.get(bare.lower(), word)


def _agreeing(clause: str) -> str:
    """The clause with the verbs that "you" takes, where "I" still stands: "I also were"."""
    text = _SINGULAR.sub(lambda found: f"I{found[1]} {_PLURAL[found[2].lower()]}", clause)
    return _INVERTED.sub(lambda found: f"{found[1]} {_PLURAL[found[2].lower()]} I", text)


def _trimmed(part: str) -> str:
    text = _without_lead(part)
    while (shorter := _ENDS_OPEN.sub("", text)) != text:
        text = shorter
    return text.strip(" ,.")


def _without_lead(part: str) -> str:
    text = part.strip(" ,.")
    while (shorter := _LEADING.sub("", text)) != text:
        text = shorter
    return text.strip(" ,.")


def _plain(sentence: str) -> str:
    """Without fillers, and without a word said twice: "I, well, I needed"."""
    text = FILLERS.sub(" ", sentence.replace("’", "'").strip())
    text = re.sub(r"\s+", " ", text).strip(" .?!")
    return re.sub(rf"\b(?!{NUMBER}\b)(\w+),? \1\b", r"\1", text)


def _grown(plain: str, parts: tuple[str, ...], index: int) -> str:
    """The clause, with its neighbour where it is short or speaks of something named before."""
    clause = parts[index]
    dangles = _DANGLING.match(clause)
    if not dangles and len(clause.split()) > LEAST_WORDS:
        return clause
    for other in (index - 1, index + 1) if dangles else (index + 1, index - 1):
        if 0 <= other < len(parts):
            first, last = sorted((index, other))
            start = plain.find(parts[first])
            whole = plain[start : plain.find(parts[last], start) + len(parts[last])]
            if len(whole.split()) <= MOST_WORDS:
                return whole
    return clause


def _shortened(clause: str, pattern: re.Pattern[str]) -> str:
    """A long clause without its last phrases, as long as the pattern still occurs."""
    while len(clause.split()) > MOST_WORDS:
        cuts = [
            m.start() for m in re.finditer(r" (?:in|within|over|on|at|for|by|of|with|to) ", clause)
        ]
        if not cuts or not pattern.search(clause[: cuts[-1]]):
            return clause
        clause = clause[: cuts[-1]]
    return clause


def _lowered(text: str) -> str:
    first = text.split()[0]
    named = first.strip(",") in _DATES or any(letter.isupper() for letter in first[1:])
    name = (first.isupper() and first != "A") or named
    return text if name else text[0].lower() + text[1:]
