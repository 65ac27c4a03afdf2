"""How the words so far end: like a finished thought, or like one that goes on?"""

import re
from typing import Literal

Ending = Literal["closing", "finished", "open", "trailing", "hold"]
"""closing: a phrase that hands the turn over; finished: a whole sentence; open: neither;
trailing: a word that must be followed by more; hold: the person asked for time."""

_CLOSING = re.compile(
    r"(that'?s (it|all|about it|pretty much it|basically it|the (gist|story|whole story)|how (i|we)"
    r" .{1,60}|what (i|we) (did|learned|'?d do|would do))|that (is|was) (it|all)"
    r"|(yeah,? )?(so )?i (think|guess) that('?s| is| was| covers| answers) .{1,40}"
    r"|(does|did) that (answer|make sense|help).{0,30}|i'?m done|over to you"
    r"|that should be (it|all)|hope that (answers|helps).{0,20}"
    r"|and that'?s .{1,20}|thanks|thank you|so,? yeah|and,? yeah|i don'?t know)\W*$",
    re.IGNORECASE,
)
_HOLD = re.compile(
    r"(let me (just )?(think|see|start over|rephrase|recall|remember)"
    r"|give me (a|one|some) (second|sec|minute|moment|time)|(just )?(a|one) (second|moment|sec)"
    r"|(hold|hang) on|bear with me|take (a|my) (moment|time|second)"
    r"|i('?m| am) (just )?thinking|where was i|how (do|should|can) i (put|say) (it|this|that)"
    r"|what (was|is) (it|the word))( about (it|this|that))?( for a (second|moment|minute))?\W*$",
    re.IGNORECASE,
)
_TRAILING = frozenset(
    "a about an and are as at because before but by can could during each either every for from "
    "get gets had has have having i if in including into is it's its just like maybe my of on onto "
    "or our per she should since so some such than that's the their then these they this those "
    "though through to unless until very was we we're were what when where whereas whether which "
    "while who whose will with without would you your i'm they're there's basically actually "
    "essentially namely really um uh uhm umm er erm hmm hm mm ah".split()
)
"""Words that a sentence hardly ever ends on: conjunctions, articles, prepositions, pronouns in
front of their verb, auxiliaries, fillers."""


def ending_of(text: str) -> Ending:
    """How the text ends; Whisper's own full stop counts only where the words allow it."""
    text = text.strip()
    if _HOLD.search(text):
        return "hold"
    words = re.findall(r"[a-z']+(?:-[a-z']+)*", text.lower())
    last = words[-1] if words else ""
    broken_off = bool(re.search(r"(-|–|—|\.\.\.|…)\W*$", text))
    if broken_off or (last in _TRAILING and not _CLOSING.search(text)):
        return "trailing"
    if _CLOSING.search(text):
        return "closing"
    return "finished" if re.search(r"[.!?][\"')]*$", text) else "open"
