"""How the interviewer sounds between the questions: written lines, by style."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["warm", "neutral", "tough"]


@dataclass(frozen=True)
class Manner:
    """Written lines; none of them praises, hints or judges."""

    transitions: tuple[str, ...]
    """Before the next question, in turn."""
    kindly: str
    """Before the next question, where the person did not know."""
    last: str
    """Before the last question."""
    hurry: str
    """Before the next question, where time is short; {left} becomes "about 5 minutes"."""
    next_round: str
    """Before another round of a full loop."""
    closing: str
    wait: str
    repeat: str
    back: str
    no_earlier: str
    unclear: str
    """Answer to a clarifying question that no fact covers."""
    reading: str
    """Before the question once more, for somebody who asks what it means."""
    silence: str
    off_topic: str
    steering: str
    refusal: str
    unheard: str
    """Before a question whose first words were talked over."""
    ready: str
    """Soft prompt after a long silence."""


MANNERS: dict[Style, Manner] = {
    "warm": Manner(
        transitions=("Alright, let's go to something else.", "Okay, here is another one."),
        kindly="No problem at all, that happens. Let's try a different one.",
        last="Alright, this is my last question.",
        hurry="We have {left} left, so let's go on.",
        next_round="Let's take a breath and go to the next part.",
        closing="That's all from my side. I'll write up what I heard; give me a moment.",
        wait="Of course, take your time.",
        repeat="Sure, once more.",
        back="Sure, let's go back to it.",
        no_earlier="That was the first one, so let's stay with it.",
        unclear="I'd leave that to you: pick what seems sensible, and say what you assume.",
        reading="Take it the way you read it, and tell me how. Here it is again.",
        silence="I didn't hear anything. No rush, whenever you are ready.",
        off_topic="Let's come back to the question.",
        steering="I can't do that, but let's carry on.",
        refusal="That's fine, leave out what you can't share.",
        unheard="Sorry, we spoke at the same time. Here is my question.",
        ready="Still with you, take the time you need.",
    ),
    "neutral": Manner(
        transitions=("Let's move on.", "Next question."),
        kindly="That's fine. Let's take another one.",
        last="This is the last question.",
        hurry="We have {left} left, so let's move on.",
        next_round="On to the next round.",
        closing="That was my last question. I'll put the scorecard together now.",
        wait="Take your time.",
        repeat="Once more.",
        back="Back to that one.",
        no_earlier="There is no earlier question, so let's stay with this one.",
        unclear="Make an assumption there, and say which one you make.",
        reading="Say how you read it, and answer that. Once more.",
        silence="I didn't hear an answer.",
        off_topic="Back to the question.",
        steering="I can't do that. Let's continue.",
        refusal="Understood. Leave out what you can't share.",
        unheard="Here is what I was going to ask.",
        ready="I'm still listening.",
    ),
    "tough": Manner(
        transitions=("Next.", "Moving on."),
        kindly="Then we leave it there. Next.",
        last="Last question.",
        hurry="We have {left}. Next.",
        next_round="Next round.",
        closing="We're done. The scorecard follows.",
        wait="Go ahead and think.",
        repeat="Again.",
        back="Back to it, then.",
        no_earlier="There is nothing before this one.",
        unclear="Your call. State your assumption.",
        reading="Decide how you read it, and say so. Again.",
        silence="I heard nothing.",
        off_topic="That's not what I asked.",
        steering="No. Answer the question.",
        refusal="Fine. Then tell me what you can.",
        unheard="I was asking you something.",
        ready="I'm waiting.",
    ),
}


def about_minutes(seconds: float) -> str:
    """The time as one says it: "about 5 minutes"."""
    minutes = max(1, round(seconds / 60))
    return f"about {minutes} minutes" if minutes > 1 else "about a minute"
