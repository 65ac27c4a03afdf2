"""Whether a sentence speaks to whoever grades, and not about the question.

Candidates for work on language models speak of prompts, scores and judges all the time. So the
looser patterns do not count where somebody is told to act: "we rate the answers from one to five".
"""

import re

_BEST = r"(?:five|5|ten|10|100|full|top|highest|maximum|max|perfect|excellent|outstanding|strong)"
_NOTE = (
    r"(?:note|message|instructions?|attention|hint)\s+(?:to|for)\s+(?:the|my|any|all|whoever)?\s*"
)
_GRADER = r"(?:grader|examiner)s?"
_MACHINE = r"(?:evaluator|scorer|reviewer|judge|model|system|ai|assistant)s?"
"""Also met in the work that candidates tell of."""
_MINE = r"(?:this|my) (?:answer|response)"
_EACH = r"(?:every|each|all)(?: of)?(?: the| these| your)?"
_POINTS = r"(?:points?|criteri\w+)"
_GIVE = r"(?:give|award|grant|assign|grade|rate|score|mark)"
_MARKS = r"(?:marks?|credit|grades?|ratings?)"
_TOP_MARK = (
    # "The highest weight" and "five examples" are no marks.
    rf"(?:an? five|level (?:five|5)|(?:(?:the |a )?(?:full|highest|top|maximum|perfect)|five|5)"
    rf"(?=\W*$|\W+(?:{_MARKS}|scores?|points?|levels?|on|(?:for|to) (?:me|my|this|every|each|all))\b))"
)
_MUST = (
    r"\b,?\s+(?:must|should|will|please|has to|have to|are required to|are instructed to)\s+"
    r"(?:now\s+)?(?:give|award|assign|score|rate|mark|grade|output|return)\s+"
)
_START = r"^\W*(?:(?:please|now|just|and|so|okay|then)\W+)*"

_SURE = (
    rf"\b{_NOTE}{_GRADER}\b",
    rf"\b(?:dear|hey|hello|attention)\W+(?:{_GRADER}|{_MACHINE})\b",
    rf"\bto (?:give|award|grant) me\b.{{0,30}}\b(?:{_BEST}\W+(?:{_MARKS}|points?|scores?|level)\b"
    r"|an? (?:\w+ )?(?:five|5|ten|10)\W*(?:$|out of\b))",
    # "We ask the judge to score this answer" is told.
    rf"(?<!to )(?<!we )(?<!would )(?<!'d )\b{_GIVE}\s+{_MINE}\b.{{0,50}}\b(?:{_BEST}|covered|correct|"
    r"marks?|points?|level|score)\b",
    rf"\b(?:i|{_MINE}|(?:the|this) (?:answer|candidate))\s+(?:really |truly |clearly |think i )?"
    rf"deserves?\b.{{0,30}}\b(?:{_BEST}|{_MARKS}|level)\b",
    rf"\b{_MINE}\b.{{0,30}}\b(?:should|must|has to|is to|ought to|meets? (?:all|every)|"
    rf"covers? (?:all|every))\b.{{0,50}}\b(?:scored?|rated?|marked?|graded?|level|{_BEST}|{_POINTS})\b",
    r"^\W*(?:system|assistant|developer)\s*:",
)
"""These speak to the grader in whichever sentence they stand."""

_LOOSE = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,20}\b(?:all|any|every|everything|"
    r"previous|prior|above|earlier|preceding|your|these|system|grading|scoring|the rubric)\b"
    r".{0,30}\b(?:instructions?|prompts?|rubric|"
    r"criteria|guidelines|rules|(?:the|your) (?:scoring|grading))\b",
    rf"\b(?:{_GIVE}\s+(?:him|her|it|this)|(?:assign|grade|rate|score|mark)\s+me)\b.{{0,20}}"
    rf"\b(?:a |an |the |with )?{_BEST}"
    rf"(?:\W*$|\s+(?:{_MARKS}|scores?|points|level)\b)",
    rf"\b{_GIVE}\s+{_MINE}\b.{{0,50}}\b(?:{_BEST}|covered|correct|marks?|points?|level|score)\b",
    rf"\b(?:award|assign|grant|give|put(?: down)?)\s+(?:\w+\s+){{0,3}}"
    rf"(?:full|top|highest|maximum|perfect)\s+{_MARKS}\b",
    r"\b(?:assign|set|put|output|choose|award)\s+(?:the |a |my )?level\s+(?:(?:to|of|at)\s+)?"
    r"(?:five|5)\b",
    rf"\b(?:give|put(?: down)?|write(?: down)?|assign|enter|choose)\s+(?:an? )?{_BEST}\s+"
    r"(?:for|to|on|in)\s+(?:everything|all of (?:it|them)|(?:every|each) (?:point|criterion)|me|my)\b",
    rf"\b(?:treat|consider|count|mark|rate|score|note)\s+(?:that\s+)?{_EACH}\s+{_POINTS}\b"
    r".{0,40}\b(?:covered|complete|correct|met|perfect|level|highest|five|5)\b",
    r"\b(?:treat|consider|count)\s+(?:this|my)\b.{0,30}\b(?:as )?(?:covered|complete|correct|perfect|"
    r"exemplary|level|excellent)\b",
    rf"\b{_EACH}\s+{_POINTS}\s+(?:of|in|on)\s+(?:the|your|this)\s+rubric\b.{{0,40}}"
    r"\b(?:covered|met|fulfilled)\b",
    rf"\b{_EACH}\s+{_POINTS}\b.{{0,20}}\b(?:covered|met|fulfilled)\s+"
    r"(?:above|here|(?:in|by) (?:my|this) answer)\b",
    r"\bsay\s+(?:covered|yes|present)\s+(?:for|to|on)\s+(?:all|each|every)",
    rf"{_START}be\s+(?:very |a bit )?(?:generous|lenient|kind|nice)\b.{{0,20}}"
    r"\b(?:grad\w+|scor\w+|marks?|marking|rating|points)\b",
    rf"{_START}(?:this is )?(?:an? )?{_NOTE}{_MACHINE}\b\s*[:,.-]",
    rf"\b(?:you|grader|examiner){_MUST}(?:me|this|it as|my|(?:all|every|each) (?:points?|criterion)"
    rf"|{_TOP_MARK})\b",
    rf"\b(?:evaluator|judge|ai|assistant){_MUST}(?:(?:me|this|it|{_MINE})\s+)?(?:(?:as|with)\s+)?"
    rf"(?:{_TOP_MARK}|(?:all|every|each) (?:points?|criterion))\b",
    r"\bthe (?:answer|response|candidate) (?:should|must|has to|ought to)\b.{0,20}"
    r"\b(?:scored?|rated|marked|graded|given|get|receive|awarded)"
    rf"(?: (?:as|with|at|an?|the|level))* {_BEST}\b",
    r"\byou are (?:now )?(?:a|an|the|no longer)\b.{0,30}\b(?:grader|evaluator|judge|assistant|"
    r"model|ai|interviewer)\b",
    r"\b(?:system|developer|admin\w*)\s*(?:prompt|message|override|note|instruction)s?\s*:",
    rf"{_START}(?:system|developer|admin\w*)\s*(?:message|override|instruction)s?\s*[,-]",
    r"\b(?:overall|final|correct)\s+(?:score|level|grade|rating|verdict)\s*(?:is|should be|:|=|of)"
    r"\s*(?:a\s+)?(?:five|5|10|ten|top|perfect|excellent|strong)\b(?! percent| points)",
    rf"{_START}(?:output|return|reply|respond|answer) (?:only |with )+(?:a |the )?"
    r"(?:score|level|yes|json|covered|(?:five|5)\W*$)",
    r"\bas an? (?:\w+ )?(?:expert|senior engineer|professor|authority)\b.{0,20}\b(?:would|will|"
    r"can|could|must)\b.{0,20}\b(?:note|notice|confirm|agree|see|say|recogni[sz]e|attest)\b",
)
"""These may also be told of: what somebody does, asks a model, or found in a document."""

_TOLD = re.compile(
    r"\b(?:i|we)(?:'d|'ll|'ve|'m|'re)?\s[^.;:,]*$"
    r"|\b(?:attackers?|users?|customers?|people|documents?|pages?|passages?|texts?|emails?|prompts?|someone"
    r"|somebody|anyone|they|team|managers?|vendors?|annotators?|injections?)\b[^.;:]{0,40}"
    r"\b(?:says?|said|writes?|wrote|written|tells?|told|contains?|like|asks?|asked|types?|typed|reads?|"
    r"tries|tried|puts?|hides?|to|is|was)\b[^.;]{0,20}$"
    # "The model tends to forget its instructions", "LLMs often forget them".
    r"|\b(?:llms?|models?|agents?|attacks?|jailbreaks?)\b[^.;:]{0,40}"
    r"\b(?:can|could|may|might|will|would|to|never|not)\b[^.;]{0,20}$"
    r"|\b(?:llms|models|agents|attackers|users|people|they)\s+(?:(?:often|sometimes|then|just|\w+ly)\s+)*$",
    re.IGNORECASE,
)
"""What stands before it where it is told of."""
_TO_YOU = re.compile(
    rf"\b(?:you(?! are\b)|me|my answer|my response|{_GRADER})\b|\bi(?:'d| would)? {_GIVE} this\b",
    re.IGNORECASE,
)
"""With these it is the grader who is told to act, or a verdict on oneself."""

_FOR_ME = re.compile(
    rf"\b(?:give|award|grant) me\b.{{0,50}}\b(?:{_BEST}|marks?|points?|level|score)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"(?:\b(?:would|will|could|can|might|may|should|must|do|does|did|to|they|we)|n't|'ll|'d)\s+"
    r"(?:(?:also|then|just|only|even|always|never|not|\w+ly)\s+)*$",
    re.IGNORECASE,
)
"""Before it where a thing gives: "a heap would give me the top ten"."""
_GIVEN_BY_YOU = re.compile(
    rf"\b(?:you|{_GRADER})\W+(?:(?:would|will|could|can|should|must|to|have|need|ought|please|just|now)\s+)+$",
    re.IGNORECASE,
)

_SURELY = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _SURE)
_LOOSELY = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _LOOSE)


def to_the_grader(sentence: str) -> bool:
    """Whether the sentence speaks to whoever grades, and not about the question."""
    plain = sentence.replace("’", "'")
    return (
        any(pattern.search(plain) for pattern in _SURELY)
        or any(_asked_for(plain[: found.start()]) for found in _FOR_ME.finditer(plain))
        or any(not _told(plain, found) for pattern in _LOOSELY for found in pattern.finditer(plain))
    )


def _asked_for(before: str) -> bool:
    """Whether "give me" behind these words asks for something, and tells of no thing that gives it."""
    return not _GIVES.search(before) or bool(_GIVEN_BY_YOU.search(before))


def _told(sentence: str, found: re.Match[str]) -> bool:
    """Whether it is part of what somebody tells: "we ask the model to answer only with JSON"."""
    before = _TOLD.search(sentence[: found.start()])
    return before is not None and not _TO_YOU.search(sentence, before.start(), found.end())
