"""Mistakes of the field that an interviewer hears at once, whatever the question was.

Each has the words by which it is heard and the question that lets the candidate find it. None of
the questions says what is wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.reading.warned import warned
from interviewer.text.terms import plain

_WRITTEN: tuple[tuple[str, str, str], ...] = (
    (
        "Tests on what it trained on",
        r"train(?:ed|s|ing)? and test(?:ed|s|ing)? on the (?:full|same|whole|entire)|test(?:ed)? on "
        r"the "
        r"training|evaluat\w+ on the training|same data (?:for|to) (?:test|train)",
        "which of the examples in that score had the model not seen before?",
    ),
    (
        "Uses the label as an input",
        r"(?:label|target) as (?:one of the |an? )?(?:input|feature)|include the (?:label|target)",
        "what stands in the place of the label when you score a new case?",
    ),
    (
        "Prepares the data before the split",
        r"(?:before|prior to) (?:the |any )?(?:train[- ]?test )?split(?:ting)?\b"
        r"|(?:smote|oversampl\w+|normali[sz]e|scale|impute|select)\b[^.]{0,40} (?:everything|whole|"
        r"entire|full)",
        "what does the model then already know about the rows that it is tested on?",
    ),
    (
        "Swaps precision and recall",
        r"precision (?:is|means)[^.]{0,40}(?:real|actual|all the|true) positives[^.]{0,20}(?:catch|"
        r"caught|find)"
        # "Of the frauds we flagged" is right.
        r"|recall (?:is|means)[^.]{0,40}\bof (?:(?:all|the|those|these|what|everything|cases|ones|items|"
        r"alerts|things|that|which|i|we|you|it|were) )*flagged"
        r"|false positives(?![^.]*\b(?:cheap|cheaper|fine|okay|harmless|acceptable|don't matter|"
        r"cost (?:us )?(?:little|less|nothing)))[^.]{0,60}(?:optimi[sz]e|maximi[sz]e|go for) recall"
        r"|recall[^.]{0,30}(?:out of a hundred|of) (?:the )?alerts (?:were|are) (?:correct|right)"
        r"|precision (?:tells|measures|is)[^.]{0,30}(?:miss|missed)",
        "of a hundred cases that you flag some are wrong, so which of your two figures shows that?",
    ),
    (
        "Sets a threshold by a score that knows no costs",
        r"(?:f1|f one|youden|roc)[^.]{0,60}(?:balance|peak|best threshold|max)|threshold (?:to|at|"
        r"by|from|where)"
        r"(?:(?!\bnot\b)[^.]){0,30}(?:f1|f one|youden|roc)|(?:leave|left|keep|kept|default)[^.]{0,20}"
        r"(?:threshold|cut-?off)",
        "where do the costs of the two kinds of error enter that choice?",
    ),
    (
        "Takes a threshold from accuracy under imbalance",
        r"accuracy (?:is|was|of)[^.]{0,30}(?:99|ninety[- ]?nine)|(?:99|ninety[- ]?nine)"
        r"[\w .]{0,8}(?:percent )?(?:accura|accurate)",
        "what would something score there that always says the commoner thing?",
    ),
    (
        "Swaps missing at random and not at random",
        r"missing at random[^.]{0,30}depends on the value|not at random[^.]{0,40}(?:other columns|"
        r"observed)",
        "how would you tell from the data which of those kinds of missing you have?",
    ),
    (
        "Reads attributions as causes",
        r"(?:shap|importance|coefficient|feature)[^.]{0,80}(?:is what causes|causes|causal|drives)"
        r"|(?:causal|causes) and",
        "if they changed that one feature, how do you know the outcome would follow?",
    ),
    (
        "No hallucination any more",
        r"(?:no|don't get|without|eliminat\w+|(?:can't|won't|never)(?! (?:\w+ )?(?:eliminate|get|reach|"
        r"remove|avoid|prevent|exclude|rule|promise|claim|guarantee))|zero) (?:\w+ ){0,2}hallucinat\w*",
        "how would you catch a wrong answer that reads just as well?",
    ),
    (
        "A judge model that needs no check",
        r"(?:judge|gpt[- ]?4|llm)[^.]{0,60}(?:never wrong|objective|no bias|unbiased|don't need "
        r"(?:any )?humans?"
        r"|replaces? (?:the )?(?:human|people))",
        "how often does that judge agree with a person who knows the subject?",
    ),
    (
        "Temperature zero means the same or true",
        r"temperature (?:of |to |at )?(?:zero|0)[^.]{0,60}(?:determin|hallucinat|consistent|correct|"
        r"guarantee)",
        "what can still be wrong with an answer that comes out the same every time?",
    ),
    (
        "Inference is free",
        r"inference is (?:essentially |basically |practically )?free|pay once|free (?:because|once|"
        r"after) you own",
        "what do you pay for on a normal day once that model is serving?",
    ),
    (
        "Needs no test on live traffic",
        r"(?:don't|doesn't|didn't|do not|no|never) (?:really |even )?need(?:ed)? (?:an? |any |to "
        r")?(?:a/?b|online|live|experiment)"
        r"|a/?b tests? (?:mostly |just |only |really )?(?:slow|waste)|skip the a/?b",
        "how would you find out what it really changed for the users?",
    ),
    (
        "Needs no rollback or monitoring",
        # "We didn't roll back, we fixed forward" claims nothing.
        r"(?:(?:don't|never|no need to|you don't) (?:need (?:to |a |any )?)?"
        r"|didn't need (?:to |a |any )?)(?:roll(?: ?back)?|monitor\w*)\b"
        r"|heals itself|self[- ]healing|(?:no|without) (?:drift|monitoring|evaluation)\b",
        "an update goes bad at night, so who finds out and what do they do?",
    ),
    (
        "Stops a test when it is significant",
        r"(?:stop|stopped|end|ended|call|called) (?:it|the test|the experiment)[^.]{0,40}significan"
        r"|as soon as[^.]{0,30}significan|p[- ]value (?:is|means|of)(?! not\b)[^.]{0,40}"
        # Right where it says what nothing having changed would bring.
        r"(?:probability|chance) that\b(?![^.]*\b(?:if|under|assuming|were (?:no|none)|"
        r"given (?:that )?(?:the null|no|there))\b)",
        "how often would you see such a result if nothing had changed at all?",
    ),
    (
        "Shuffles rows that have a time",
        r"(?:random|shuffl\w+)[^.]{0,40}(?:split|fold|k-?fold|cross.?valid)[^.]{0,60}(?:time|date|"
        r"month|week|series)"
        r"|shuffl\w+ (?:the )?(?:rows|data|time)|joining? [^.]{0,40}(?:old|past) labels? (?:on|to|"
        r"with) (?:the )?current",
        "what does such a training row know that nobody knew on its day?",
    ),
    (
        "More training cures overfitting",
        # More data does.
        r"(?:more|longer|extra) (?:epochs|training(?! (?:data|examples|samples|set|rows))|layers|depth)"
        r"[^.]{0,60}(?:overfit|generali[sz]|gap|close)",
        "what did the gap to the validation score do while you trained longer?",
    ),
    (
        "Ranking shows calibration",
        r"(?:auc|roc)[^.]{0,40}(?:so|means|shows|which)[^.]{0,30}(?:calibrated|probabilit\w+ (?:are|"
        r"is))|softmax[^.]{0,40}"
        r"(?:probabilit|calibrat|confidence)",
        "suppose every score were halved, so what would that measure say?",
    ),
    (
        "Drops whatever is missing",
        r"(?:just|simply|always|would|i'd|you) (?:just |simply )?(?:drop|delete|"
        r"remove)[^.]{0,20}(?:rows|missing|nulls|nans)",
        "who or what would no longer be in your data after that?",
    ),
    (
        "Ends with the trained model",
        r"(?:hand(?:ed)? (?:it |that |the model )?over|throw it over)[^.]{0,40}(?:ops|platform|"
        r"engineers|team)|"
        r"(?:is|that's) (?:an? )?(?:ops|devops|platform|infra\w*) (?:problem|job|topic|thing)",
        "who would then notice that its predictions have become worse?",
    ),
    (
        "Chooses on the test set",
        r"(?:tun\w+|select\w*|pick\w*|choos\w+|optimi[sz]\w+)[^.]{0,40}\btest set|(?:best|lucky|"
        r"different) "
        r"(?:random )?(?:seeds?|splits?)|(?:seed|split)[^.]{0,30}(?:gives|gave|gets) the best",
        "what would that score be on data that played no part in the choice?",
    ),
    (
        "Likeness of questions taken for sameness",
        r"cache everything|similarity[^.]{0,25}(?:0\.\d|point \w+)[^.]{0,60}(?:same|cache|reuse|hit)",
        "how often would somebody get the answer to a different question?",
    ),
    (
        "The context window in the place of retrieval",
        r"(?:put|stuff|dump|throw)[^.]{0,30}(?:everything|all of (?:it|them)|whole "
        r"\w+)[^.]{0,30}(?:context|prompt|window)",
        "how would you see which of it the answer rests on?",
    ),
    (
        "Balances the classes and keeps the scores",
        r"(?:class weights?|undersampl\w+|oversampl\w+|smote|balanced?)[^.]{0,60}(?:probabilit|"
        r"score)[^.]{0,30}(?:fine|right|same|use)",
        "what does a score of one half mean after you changed the mix of classes?",
    ),
    (
        "Trains on the test set",
        r"(?:cut|no|without a|skipped the|dropped the) test set|trained on (?:it|the test set|all of "
        r"it) (?:too|as well)|test set in(?:to)? (?:the )?training",
        "which of the examples in that score had the model not seen before?",
    ),
    (
        "Stops a test when it comes out right",
        r"(?:looked|checked|peeked)[^.]{0,30}(?:each|every) (?:morning|day|hour)|p[- ]value[^.]{0,30}"
        r"(?:touched|dropped|fell|reached|got)|until (?:it's|it is|it was|we've got|we have|we got|we "
        r"reach(?:ed)?) (?:statistical(?:ly)? )?signific\w*|stopped (?:right there|as soon as)",
        "when did you decide how long the test would run?",
    ),
    (
        "Reads a p-value as a chance to be right",
        r"p (?:is|value|equals|of)[^.]{0,60}(?:percent|%|chance)[^.]{0,40}(?:same|better|true|right)",
        "what exactly does that figure tell you about the two versions?",
    ),
    (
        "Finds a winner among many groups",
        r"(?:segments?|slices?|groups?)[^.]{0,40}(?:around|about|had|of) (?:\d+|twenty|thirty|forty|"
        r"fifty)[^.]{0,80}(?:plus|up|won|better)",
        "how many such groups would look that good by chance?",
    ),
    (
        "Takes out what does not fit",
        r"(?:removed?|dropped|excluded|threw out|took out)[^.]{0,40}(?:as|were|the) outliers?|(?:flat|"
        r"bad) days i (?:removed|dropped)",
        "what decided which of them were taken out?",
    ),
    (
        "Takes silence for success",
        r"nobody (?:\w+ )?(?:complained|said anything|noticed anything)|no(?: one|body)? complain\w*|"
        r"never came up|(?:wasn't|not) a single (?:leak|complaint|incident)|no complaints|"
        r"would have said something|if it's quiet",
        "how would you have noticed if something had gone wrong?",
    ),
    (
        "A prompt as the only safeguard",
        r"(?:told (?:it|the model)|system prompt|in capitals|prompt)[^.]{0,70}(?:do not|don't|never|"
        r"ignore|not to|double check|you're an expert)",
        "what stands in the way when the model does not obey that?",
    ),
    (
        "All rights for the model",
        r"full admin|admin rights|database credentials|root access|write sql",
        "what is the worst that one wrong call could do with those rights?",
    ),
    (
        "The model decides who may see what",
        r"tell the model who (?:they|the user)|model (?:decides|knows) (?:who|what)[^.]{0,30}(?:see|"
        r"allowed|hierarchy)|understands hierarchy",
        "who enforces those permissions when the model gets it wrong?",
    ),
    (
        "Embeddings taken for encryption",
        r"embeddings? (?:are|is)[^.]{0,40}(?:encrypted|anonym\w*|just numbers|safe)",
        "what could somebody who has those vectors find out from them?",
    ),
    (
        "Blames the size of the model",
        r"model(?:'s| is| was) (?:too weak|not strong enough|too small)|upgrade the model|biggest "
        r"model|stronger (?:llm|model) will",
        "how did you find out that it is the model, and not what it is given?",
    ),
    (
        "Temperature taken for search",
        r"temperature[^.]{0,40}(?:search|retriev|find|wide)",
        "what does that setting change, and what not?",
    ),
    (
        "A figure too good",
        r"(?<!training )\b(?:r squared|accuracy|recall|precision|correlation)[^.]{0,24}"
        r"(?:0?\.9[6-9]|9[89]|ninety[- ](?:eight|nine)|(?:a |one )?hundred percent|100)",
        "what did you do to find out whether that figure is real?",
    ),
    (
        "Judges training by training loss",
        r"training loss[^.]{0,60}(?:learning|goes down|going down)|(?:loss|training data)[^.]{0,60}"
        r"(?:still )?going down",
        "what did the data show that the model had not seen?",
    ),
    (
        "A handful of answers as proof",
        r"looked at (?:ten|five|six|eight|twelve|twenty|a few|a couple|\d{1,2}) (?:answers|examples|"
        r"cases|outputs|results)",
        "what can that many show, and what not?",
    ),
    (
        "Somebody else's access",
        r"(?:gave|lent|used)[^.]{0,30}(?:his|her|their|my friend's|a colleague's) (?:login|password|"
        r"account|access)|if you use your phone",
        "what could have gone wrong for others, and who would have answered for it?",
    ),
    (
        "Balanced classes read as chances",
        r"balance[^.]{0,30}(?:fifty[- ]fifty|50[ /-]50|half)[^.]{0,120}",
        "what does a score of one half mean after you changed the mix of classes?",
    ),
    (
        "A remainder in the place of a count",
        # What is left after the remainder was subtracted is the start of the week, and right.
        r"^(?!.*\b(?:minus|subtract\w*)\b).*(?:modulo[^.]{0,60}|remainder[^.]{0,40})(?:key|bucket|week)",
        "which key do two events get that lie exactly one step apart?",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Fallacy:
    """A mistake that was heard."""

    name: str
    probe: str
    """A question that can follow a few of the candidate's words and a colon."""
    sentence: int
    heard: re.Pattern[str]


_ALL = tuple((name, re.compile(words, re.IGNORECASE), probe) for name, words, probe in _WRITTEN)


def fallacies(sentences: Sequence[str]) -> tuple[Fallacy, ...]:
    """Those heard in the sentences, in the order of the table; each once."""
    return tuple(
        Fallacy(name, probe, number, heard)
        for name, heard, probe in _ALL
        for number, sentence in _first(heard, sentences)
    )


def _first(heard: re.Pattern[str], sentences: Sequence[str]) -> list[tuple[int, str]]:
    found = ((n, one, heard.search(plain(one))) for n, one in enumerate(sentences))
    return [(n, one) for n, one, match in found if match and not warned(match)][:1]
