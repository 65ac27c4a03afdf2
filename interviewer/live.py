"""The interview, in one page: ask, listen, keep, and grade at the end."""

from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.director import Director
from interviewer.errors import InterviewError
from interviewer.moves import Move
from interviewer.record import Laps, answered_turn, asked_turn, with_wait
from interviewer.screen import Screen
from interviewer.seams import Grader, Store
from interviewer.thinking import Thinking
from sessions.model import Session
from voice.ears import AnswerBroken, AnswerInterrupted
from voice.errors import VoiceError
from voice.seams import Candidate, Ears, Heard, Listening, Mouth


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


class Stopped(Exception):
    """The conversation ended early; carries the session so far."""

    def __init__(self, session: Session, reason: str) -> None:
        """`reason` is kept in the session."""
        super().__init__(reason)
        self.session = replace(session, status="ended", ended_by=reason)


def hold(session: Session, room: Room) -> Session:
    """Hold the interview and grade it; the session is on disk after every turn.

    Ctrl-C ends it with what there is. An error of a part is raised again after the session
    so far was kept with the reason why it ended.
    """
    try:
        session = converse(session, room)
    except Stopped as stop:
        session = room.store.save(stop.session)
        if not isinstance(stop.__cause__, KeyboardInterrupt) and stop.__cause__:
            raise stop.__cause__ from None
    return grade(session, room)


def converse(session: Session, room: Room) -> Session:
    """Ask and listen until the director has nothing more to ask."""
    laps = Laps()
    try:
        while True:
            move = room.director.next_move(session)
            laps.lap("judge")
            if move is None:
                break
            session = room.store.save(say(move, session, room, laps))
            if move.kind != "closing":
                session = listen(move, session, room)
                laps = Laps()
                session = room.store.save(session)
                laps.lap("keep")
                stay(session)
    except AnswerInterrupted as stop:
        raise Stopped(
            with_answer(session, stop.heard, room), "interrupted"
        ) from KeyboardInterrupt()
    except KeyboardInterrupt as stop:
        raise Stopped(session, "interrupted") from stop
    except AnswerBroken as error:
        session = with_answer(session, error.heard, room)
        raise Stopped(session, str(error).splitlines()[0]) from error
    except (InterviewError, VoiceError) as error:
        raise Stopped(session, str(error).splitlines()[0]) from error
    by_candidate = any(turn.answer and turn.answer.control == "end" for turn in session.turns)
    ended_by = "candidate" if by_candidate else "complete"
    return room.store.save(replace(session, status="ended", ended_by=ended_by))


def say(move: Move, session: Session, room: Room, laps: Laps) -> Session:
    """The session with one more utterance of the interviewer."""
    line = room.thinking.line(move, session)
    laps.lap("phrase")
    room.screen.move(line.move, session, " ".join(line.sentences))
    audio = room.folder / f"{len(session.turns):03d}-interviewer.flac" if room.folder else None
    said = room.mouth.say(line.sentences, audio)
    laps.add("render", said.render_seconds)
    room.candidate.hear(said.text)
    return with_wait(session, laps).with_turn(asked_turn(line.move, said, audio))


def listen(move: Move, session: Session, room: Room) -> Session:
    """The session with the answer to its last utterance."""
    room.screen.listening()
    heard = room.ears.listen(
        Listening(
            audio=_answer_file(session, room),
            vocabulary=session.rubric(move.round).vocabulary,
            patience=room.patience,
            thought=move.thought,
        ),
        while_hearing=lambda words: room.thinking.consider(session, words),
    )
    if heard.overflows:
        room.screen.note(
            f"The sound card lost input {heard.overflows} times; words may be missing."
        )
    room.screen.working("thinking")
    return with_answer(session, heard, room)


def stay(session: Session) -> None:
    """End the conversation where there is no microphone left to hold it with."""
    answer = session.turns[-1].answer
    if answer and answer.ended_by == "device":
        raise Stopped(session, "device")


def with_answer(session: Session, heard: Heard, room: Room) -> Session:
    """The session whose last turn has what was heard."""
    turn = answered_turn(session.turns[-1], heard, _answer_file(session, room))
    if turn.answer:
        room.screen.heard(turn.answer.text, turn.answer.seconds)
    return session.with_last(turn)


def grade(session: Session, room: Room) -> Session:
    """Judge what there is; the session stays `ended` where the grader fails."""
    card = room.grader.grade(session, room.screen.working)
    return room.store.save(replace(session, status="graded", scorecard=card))


def _answer_file(session: Session, room: Room) -> Path | None:
    name = f"{len(session.turns) - 1:03d}-candidate.flac"
    return room.folder / name if room.folder else None
