"""The interview, in one page: ask, listen, keep, and grade at the end."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.asking.director import Director
from interviewer.asking.moves import Move
from interviewer.asking.unheard import placed
from interviewer.errors import InterviewError
from interviewer.record import Laps, answered_turn, asked_turn, with_wait
from interviewer.screen.lines import Screen
from interviewer.seams import Grader, Store
from interviewer.thinking import Thinking
from sessions.document import answer_file
from sessions.model import Session, Turn
from voice.ears import AnswerBroken, AnswerInterrupted
from voice.errors import VoiceError
from voice.seams import LONGEST, Candidate, Ears, Heard, Listening, Mouth


@dataclass(frozen=True)
class Room:
    """Everybody and everything that takes part."""

    director: Director
    thinking: Thinking
    mouth: Mouth
    ears: Ears
    candidate: Candidate
    grader: Grader
    store: Store
    screen: Screen
    folder: Path | None
    """Where audio is kept; None keeps none."""
    patience: float = 1.0
    longest: float = LONGEST
    """Seconds of the longest answer, from its first word on."""


def hold(session: Session, room: Room) -> Session:
    """Hold the interview and grade it; the session is on disk after every turn.

    Ctrl-C ends it with what there is; pressed again while the last words are heard, it is raised.
    An error of a part is raised again, too, after the session so far was kept with the reason why
    it ended.
    """
    failed: BaseException | None = None
    try:
        for held in converse(session, room):
            session = held  # Before it is saved: Ctrl-C meanwhile does not lose the answer.
            room.store.save(session)
        reason = ended_by(session)
    except KeyboardInterrupt as stop:
        session, reason = so_far(session, stop, room), "interrupted"
        failed = stop if isinstance(stop, AnswerInterrupted) and not stop.whole else None
    except (InterviewError, VoiceError) as error:
        session, reason, failed = so_far(session, error, room), str(error).splitlines()[0], error
    session = room.store.save(replace(session, status="ended", ended_by=reason))
    if failed:
        raise failed
    return grade(session, room)


def converse(session: Session, room: Room) -> Iterator[Session]:
    """The session after each utterance, until the director has nothing more to ask."""
    laps, waited = Laps(), False
    while move := room.director.next_move(session):
        laps.lap("judge")
        turn = say(move, session, room, laps)
        # No answer waited for the first utterance, also where the session is resumed.
        session = (with_wait(session, laps) if waited else session).with_turn(turn)
        yield session
        if move.kind != "closing":
            session = listen(move, session, room)
            laps, waited = Laps(), True
            yield session
            laps.lap("keep")
            if _microphone_lost(session):
                return


def so_far(session: Session, stop: BaseException, room: Room) -> Session:
    """The session with what was heard, where an answer was broken off.

    Where its last words were not, it is left to its recording: `grade` and `resume` hear that.
    Where nothing was heard there is no answer: nobody was asked long enough to be silent.
    """
    if not isinstance(stop, AnswerBroken | AnswerInterrupted):
        return session
    if not stop.heard.words or (room.folder and not stop.whole):
        return session
    return with_answer(session, stop.heard, room)


def ended_by(session: Session) -> str:
    """Why nothing more was asked."""
    if _microphone_lost(session):
        return "device"
    asked_to = any(turn.answer and turn.answer.control == "end" for turn in session.turns)
    return "candidate" if asked_to else "complete"


def say(move: Move, session: Session, room: Room, laps: Laps) -> Turn:
    """The turn that begins with the interviewer's next utterance."""
    line = room.thinking.line(move, session)
    laps.lap("phrase")
    room.screen.move(line.move, session, " ".join(line.sentences))
    audio = room.folder / f"{len(session.turns):03d}-interviewer.flac" if room.folder else None
    said = room.mouth.say(line.sentences, audio)
    laps.add("render", said.render_seconds)
    room.candidate.hear(said.text)
    return asked_turn(line.move, said, audio)


def listen(move: Move, session: Session, room: Room) -> Session:
    """The session with the answer to its last utterance."""
    room.screen.listening()
    heard = room.ears.listen(
        Listening(
            audio=_answer_file(session, room),
            vocabulary=session.rubric(move.round).vocabulary,
            patience=room.patience,
            thought=move.thought,
            limit=room.longest,
        ),
        while_hearing=lambda words: room.thinking.consider(session, words),
    )
    if heard.overflows:
        room.screen.note(
            f"The sound card lost input {heard.overflows} times; words may be missing."
        )
    if heard.ended_by == "limit":
        room.screen.note(
            f"An answer has {room.longest / 60:.0f} minutes, so I stop you here; all of it is kept."
        )
    room.screen.working("thinking")
    return with_answer(session, heard, room)


def with_answer(session: Session, heard: Heard, room: Room) -> Session:
    """The session whose last turn has what was heard."""
    turn = answered_turn(session.turns[-1], heard, _answer_file(session, room))
    if turn.answer:
        room.screen.heard(turn.answer.text, turn.answer.seconds)
    return placed(session.with_last(turn))


def grade(session: Session, room: Room) -> Session:
    """Judge what there is; the session stays `ended` where the grader fails."""
    card = room.grader.grade(session, room.screen.working)
    return room.store.save(replace(session, status="graded", scorecard=card))


def _answer_file(session: Session, room: Room) -> Path | None:
    return room.folder / answer_file(session) if room.folder else None


def _microphone_lost(session: Session) -> bool:
    """Whether nothing is left to hold the conversation with."""
    answer = session.turns[-1].answer if session.turns else None
    return answer is not None and answer.ended_by == "device"
