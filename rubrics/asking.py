"""What a follow-up may not say: praise, a hint at the answer, a second question.

Written probes are held against these, and so is what a language model phrases in an interview.
"""

import re

PRAISE = re.compile(
    r"\b(great|good (answer|job|point|work|question|example|start)|excellent|impress(ive|ed)"
    r"|fantastic|awesome|amazing|wonderful|brilliant|perfect|nice(ly)?|well done|love (that|it|how)"
    r"|thank(s|( you)? for| you)|congrat\w*|interesting|fascinating|appreciate|glad|happy to hear"
    r"|that'?s (good|great|right|correct|helpful)(?=\s*[.,!;:?]|$)|solid|sounds good|insightful"
    r"|(strong|clever|smart) (answer|point|work|example|start|story|choice|move|idea|solution))\b"
    # By itself: "very good, so what happened?", not "which offer was good enough?"
    r"|(^|[.,;:!] )((okay|so|yes|right),? )?(that('?s| is| was) )?((a|very|really|quite|pretty|so) )*"
    r"(good|strong|clever|smart)(?=\s*[.,!;:])"
    r"|(^|[.,;:!] )((okay|so|yes|and),? )?you('ve| have)? (did|done|handled|explained|solved|managed) "
    r"((that|it|this) )?((very|really|quite) )?well\b",
    re.IGNORECASE,
)
_CLAUSE = r"(?:^|[.,;:!] )(?:(?:so|and|or|then|okay),? )?"
HINT = re.compile(
    r"\b(for example|for instance|such as|namely|hint|would(n'?t| not) it be better"
    r"|should(n'?t| not) you|have you (tried|considered|thought)|why not (just )?use"
    r"|could you (have )?(just )?use|wouldn'?t you|you should|you (could|should) have used"
    r"|the (right|correct|best) answer|a better (way|approach|answer)"
    r"|what if you('d| had| used| tried| added| took))\b"
    r"|\be\.g\.|\bi\.e\."
    # Only as a question of its own: "what else did you try?" is open.
    rf"|{_CLAUSE}did you (consider|think of|try|use)\b"
    # "What would have helped?" is open, "a canary would have helped: what do you think?" is not.
    r"|^((?!\b(what|which|who|whose|how)\b).)*\b(would|could|might) have helped\b",
    re.IGNORECASE,
)
_ASKS = r"what|how|why|which|who|when|where"
_VERB = r"did|do|does|is|are|was|were|can|could|would|will|have|has"
_BEGUN = rf"(^|[.:;,] )(?=(what|how|why|which|who|{_VERB})\b)"
TWO_AT_ONCE = re.compile(
    rf"(,|;)? (and|or) (also |then |if so,? )?((of|from|for|in|to|at|with|by) \w+,? )?"
    rf"(({_ASKS}) (?!not\b)\w+"
    # "A customer cancels and is then billed" goes on with the same customer.
    rf"|({_VERB}) (?!(not|then|still|now|later|never|already|also|being|been|\w+ed|\w+ing)\b)\w+)"
    # A question word after a question; after "when it broke," the first one only begins.
    rf"|{_BEGUN}[^?]*, ((what|how|why|who) \w+|which \w+ ({_VERB})\b)"
    # "What of that, apart from training, did you run?" is one: its verb comes late.
    rf"|{_BEGUN}([^,?]* )?({_VERB})\b[^?]*, (did|do|does) \w+",
    re.IGNORECASE,
)
