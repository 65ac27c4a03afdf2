"""Decides the next move from the session so far; the language model only phrases it.

Everything here is a pure function of the session, so a resumed session goes on where it
stopped, and a test can play it with text.
"""

from dataclasses import replace

from interviewer.asking.manner import MANNERS, about_minutes
from interviewer.asking.moves import Exchange, Move, exchange
from interviewer.asking.probing import ENOUGH, Target, View, covered_share, targets, worded
from interviewer.asking.unheard import TALKED_OVER, unheard
from interviewer.judging.level import LevelReader
from interviewer.judging.points import PointJudge, PointVerdict
from interviewer.judging.relevance import Relevance
from interviewer.judging.settling import Settler
from interviewer.judging.traits import traits
from interviewer.reading.told import told
from interviewer.requests.control import begun, wording
from interviewer.text.likeness import Likeness
from interviewer.text.sentences import split
from sessions.model import Control, Session, Turn
from sessions.timeline import spoken_seconds

MOST_REPLIES = 4
"""Reactions within one question; then the interviewer moves on, so that no loop can form."""
MOST_CLARIFICATIONS = 6
"""Asking back is welcome, without end it is not."""
THINKING_PATIENCE = 4.0
"""Multiplies the silence before the first word after "give me a minute"."""
DEEPEST = "Looking back, what is the weakest part of what you just described?"
"""Where even the deepening questions are used up."""
LEAST_VALUE = 0.4
"""A point of weight 1 that is half unclear; less is not worth a question."""
LOWEST = 1.0
"""Level of an answer in which nothing was said."""
CHOICES = 4
"""Targets that a strong model may choose among."""
MISSED = 2
"""Probes in a row without new information before the interviewer moves on."""


class Director:
    """Chooses what to do next."""

    def __init__(
        self,
        judge: PointJudge,
        likeness: Likeness,
        level: LevelReader,
        *,
        probes: int = 2,
        minutes: float = 30.0,
    ) -> None:
        """`probes`: most follow-ups to one question; `minutes`: the whole session's budget.

        `level` tells how strong an answer is as a whole.
        """
        self._judge = judge
        self._likeness = likeness
        self._level = level
        self._relevance = Relevance.shipped(judge.embedder)
        self._settler = Settler.shipped(judge.embedder)
        self._probes = probes
        self._minutes = minutes
        self._viewed: dict[tuple[str, str, str], View] = {}

    def next_move(self, session: Session) -> Move | None:
        """What the interviewer says next; None after its last words."""
        if not session.turns:
            return self._question(session, 0, lead=_opening(session, session.planned[0].round))
        last = session.turns[-1]
        if last.kind == "closing":
            return None
        if last.answer is None:
            return self._again(session, last)
        return self._react(session, exchange(session), last) or self._go_on(session)

    def verdicts(self, one: Exchange) -> tuple[PointVerdict, ...]:
        """What the answers so far cover, point by point; judged once for each text."""
        return self.view(one).verdicts

    def probe(self, one: Exchange) -> Move:
        """The follow-up to the answers so far: the weakest point, or deeper where there is none."""
        view = self.view(one)
        worth = [target for target in targets(view) if target.value >= LEAST_VALUE][:CHOICES]
        if worth:
            first, *others = (
                _follow_up(one, target, worded(target, view, self._likeness)) for target in worth
            )
            return replace(first, others=tuple(others))
        fresh = [text for text in (*one.question.deepening, DEEPEST) if not one.faults(text, text)]
        return one.move("follow_up", fresh[0] if fresh else DEEPEST, "Nothing else to ask")

    def view(self, one: Exchange) -> View:
        """The answers so far, read once for each text."""
        key = (one.rubric.id, one.question.id, one.text)
        if key not in self._viewed:
            self._viewed[key] = self._read(one)
        return replace(self._viewed[key], one=one)

    def _read(self, one: Exchange) -> View:
        sentences = split(one.text)
        said = [sentence.text for sentence in sentences]
        own = one.question.points
        known = {point.id for point in own}
        others = (point for point in one.rubric.general_points() if point.id not in known)
        judged = self._judge.judge((*own, *others), sentences)
        level = LOWEST
        if said:  # "Yes." before the answer is none yet, and nothing can be read from it.
            level = self._level.read(traits(self._judge.embedder, said, judged[: len(own)])).level
        settled = self._settler.settle(judged, sentences, level)
        return View(one, settled[: len(own)], told(said), level, settled[len(own) :])

    # --- reactions -------------------------------------------------------------------------

    def _react(self, session: Session, one: Exchange, last: Turn) -> Move | None:
        """A reaction to spoken control; None where the utterance was an answer."""
        answer = last.answer
        assert answer is not None
        manner = MANNERS[session.style]
        control = answer.control
        if control == "end":
            return self._closing(session)
        if last.kind == "question" and control not in ("skip", "back") and unheard(session, last):
            return self._again_with(one, manner.unheard)
        if control is None:
            if not answer.text.strip():
                return self._stay_or_leave(session, one, manner.silence)
            if not one.follow_ups and begun(answer.text) and last.why != TALKED_OVER:
                return self._leave_to_think(session, one, "Only began")
            elsewhere = self._elsewhere(one)
            return self._stay_or_leave(session, one, manner.off_topic) if elsewhere else None
        if control == "clarify":
            return self._clarify(session, one, answer.text)
        if control == "back":
            return self._back(session, one)
        written = {
            "repeat": manner.repeat,
            "off_topic": manner.off_topic,
            "steering": manner.steering,
        }
        if control in written:
            return self._stay_or_leave(session, one, written[control])
        if control == "wait":
            return self._leave_to_think(session, one, "Asked for time")
        return self._give_up(session, one, control)

    def _leave_to_think(self, session: Session, one: Exchange, why: str) -> Move:
        if _replies(one) >= MOST_REPLIES:
            return self._leave(session)
        line = MANNERS[session.style].wait
        return one.move("reply", line, why, thought=THINKING_PATIENCE)

    def _elsewhere(self, one: Exchange) -> bool:
        """Whether the first answer is about something else; who stays with it is followed."""
        if len(one.answers) != 1 or one.follow_ups:
            return False
        asked = one.question
        return self._relevance.elsewhere(one.rubric.id, asked.text, split(one.text), asked.id)

    def _give_up(self, session: Session, one: Exchange, control: Control | None) -> Move | None:
        manner = MANNERS[session.style]
        if control == "skip":
            return self._leave(session)
        if control == "refusal":
            # "I can't name the client" is often meant to be gone on from.
            refused = sum(turn.answer.control == "refusal" for turn in one.turns if turn.answer)
            again = refused == 1 and _replies(one) < MOST_REPLIES
            return self._again_with(one, manner.refusal) if again else self._leave(session)
        if control == "dont_know" and not one.answers:
            return self._leave(session, manner.kindly)
        if control == "done" and not one.answers:
            return self._leave(session)
        return None

    def _clarify(self, session: Session, one: Exchange, asked: str) -> Move | None:
        asks = sum(1 for turn in one.turns if turn.answer and turn.answer.control == "clarify")
        if asks > MOST_CLARIFICATIONS:
            return self._stay_or_leave(session, one, MANNERS[session.style].off_topic)
        fact = self._likeness.fact(asked, one.question.facts)
        if fact:
            return one.move("reply", fact.answer, f"Asked about {fact.about.split(',')[0]}")
        if wording(asked):
            return self._again_with(one, MANNERS[session.style].reading)
        return one.move("reply", MANNERS[session.style].unclear, "Asked; no fact covers it")

    def _stay_or_leave(self, session: Session, one: Exchange, line: str) -> Move | None:
        """Say the line and ask again; after too many of these, go on."""
        if _replies(one) >= MOST_REPLIES or one.silences > 1:
            return self._leave(session)
        return self._again_with(one, line)

    def _again_with(self, one: Exchange, line: str) -> Move:
        last = next(turn for turn in reversed(one.turns) if turn.kind != "reply")
        asked = one.question.text if last.kind == "question" else last.asked.text
        return one.move("reply", f"{line} {asked}", "Asked again")

    def _back(self, session: Session, one: Exchange) -> Move | None:
        earlier = [
            turn
            for turn in session.turns
            if turn.kind == "question" and turn.question != one.question.id
        ]
        manner = MANNERS[session.style]
        if not earlier:
            return self._stay_or_leave(session, one, manner.no_earlier)
        if sum(turn.why == "Went back" for turn in session.turns) >= MOST_REPLIES:
            return self._stay_or_leave(session, one, manner.off_topic)
        there = exchange(replace(session, turns=(earlier[-1],)))
        return there.move("reply", f"{manner.back} {there.question.text}", "Went back")

    def _return(self, session: Session, key: tuple[str, str], line: str) -> Move:
        """Ask what was left for an earlier question."""
        turns = tuple(turn for turn in session.turns if (turn.round, turn.question) == key)
        here = exchange(replace(session, turns=turns))
        lead = line or MANNERS[session.style].back
        return here.move("reply", f"{lead} {here.question.text}", "Came back")

    def _again(self, session: Session, last: Turn) -> Move:
        """The session stopped before this answer (a resumed one): say the same again."""
        one = exchange(session)
        lead = MANNERS[session.style].back
        asked = one.question.text if last.kind == "question" else last.asked.text
        return one.move("reply", f"{lead} {asked.removeprefix(f'{lead} ')}", "Resumed")

    # --- going on --------------------------------------------------------------------------

    def _go_on(self, session: Session) -> Move:
        """Probe the answer, or go to the next question."""
        one = exchange(session)
        if self._stop_reason(session, one) is None:
            move = self.probe(one)
            if move.text not in one.said:
                return move
        return self._leave(session)

    def _stop_reason(self, session: Session, one: Exchange) -> str | None:
        """Why there is no further probe; None where there is one."""
        probes = len(one.follow_ups)
        last = session.turns[-1]
        if probes >= self._probes:
            return "number of probes"
        if probes and spoken_seconds(one.turns) > self._seconds_for_one(session, one.rubric.id):
            return "time"
        if probes >= MISSED and not self._learned(one):
            return "two probes without new information"
        if probes and last.answer and last.answer.control in ("dont_know", "done"):
            return "does not know more"
        if probes and covered_share(one.question.points, self.verdicts(one)) >= ENOUGH:
            return "enough signal"
        return None

    def _learned(self, one: Exchange) -> bool:
        """True where the last probes raised what is covered."""
        before = Exchange(one.rubric, one.question, one.turns[: -MISSED or None])
        points = one.question.points
        return covered_share(points, self.verdicts(one)) > covered_share(
            points, self.verdicts(before)
        )

    def _budget(self, session: Session, round_id: str) -> float:
        """Seconds for one round: several rounds share the session as their rubrics' minutes are."""
        whole = sum(rubric.minutes for rubric in session.rubrics)
        return self._minutes * 60 * session.rubric(round_id).minutes / whole

    def _seconds_for_one(self, session: Session, round_id: str) -> float:
        count = sum(planned.round == round_id for planned in session.planned)
        return self._budget(session, round_id) / max(1, count)

    def _leave(self, session: Session, line: str = "") -> Move:
        """The next planned question that was not asked yet, or the closing."""
        asked = {(turn.round, turn.question) for turn in session.turns}
        for index, planned in enumerate(session.planned):
            key = (planned.round, planned.question)
            if key in asked and _left_open(session, key) and not self._out_of_time(session):
                return self._return(session, key, line)
            if key not in asked:
                if self._out_of_time(session):
                    break
                if self._round_is_over(session, planned.round):
                    continue
                return self._question(session, index, line or self._transition(session, index))
        return self._closing(session)

    def _out_of_time(self, session: Session) -> bool:
        return spoken_seconds(session.turns) > self._minutes * 60

    def _round_is_over(self, session: Session, round_id: str) -> bool:
        """Whether the round has used up its time; each round asks at least one question."""
        turns = [turn for turn in session.turns if turn.round == round_id]
        return bool(turns) and spoken_seconds(turns) > self._budget(session, round_id)

    def _transition(self, session: Session, index: int) -> str:
        manner = MANNERS[session.style]
        left = len(session.planned) - index
        if session.planned[index].round != session.turns[-1].round:
            return f"{manner.next_round} {_opening(session, session.planned[index].round)}"
        due = sum(self._seconds_for_one(session, one.round) for one in session.planned[index:])
        remaining = self._minutes * 60 - spoken_seconds(session.turns)
        if due > remaining + 30:
            return manner.hurry.format(left=about_minutes(remaining))
        if left == 1:
            return manner.last
        return manner.transitions[index % len(manner.transitions)]

    def _question(self, session: Session, index: int, lead: str) -> Move:
        planned = session.planned[index]
        question = session.rubric(planned.round).question(planned.question)
        return Move(
            kind="question",
            round=planned.round,
            question=planned.question,
            text=f"{lead} {question.text}".strip(),
            why="Planned",
        )

    def _closing(self, session: Session) -> Move:
        return exchange(session).move("closing", MANNERS[session.style].closing, "End")


def _follow_up(one: Exchange, target: Target, text: str) -> Move:
    sentences = split(one.text)
    quote = sentences[target.sentence].text if target.sentence is not None else ""
    move = one.move("follow_up", text, target.why)
    return replace(move, point=target.point, quote=quote)


def _opening(session: Session, round_id: str) -> str:
    return session.rubric(round_id).opening.replace("{name}", session.interviewer)


def _left_open(session: Session, key: tuple[str, str]) -> bool:
    """Whether somebody went to an earlier question from this one before they answered it."""
    turns = [turn for turn in session.turns if (turn.round, turn.question) == key]
    answers = [turn.answer for turn in turns if turn.answer]
    answered = any(
        one.control is None and one.text.strip() and not begun(one.text) for one in answers
    )
    # Once each: who goes back again does not want it.
    again = any(turn.why == "Came back" for turn in turns)
    return bool(answers) and answers[-1].control == "back" and not answered and not again


def _replies(one: Exchange) -> int:
    own = ("Went back", TALKED_OVER)
    return sum(turn.kind == "reply" and turn.why not in own for turn in one.turns)
