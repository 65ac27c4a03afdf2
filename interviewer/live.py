"""The interview, in one page: ask, listen, keep, and grade at the end."""

from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from interviewer.brain import Brain
from interviewer.director import Director
from interviewer.errors import InterviewError
from interviewer.moves import Move
from interviewer.record import answered_turn, asked_turn
from interviewer.screen import Screen
from interviewer.seams import Grader, Store
from interviewer.thinking import Thinking
from sessions.model import Session, Stage
from voice.ears import AnswerInterrupted
from voice.errors import VoiceError
from voice.seams import Candidate, Ears, Heard, Listening, Mouth


@dataclass(frozen=True)
class Room:
    """Everybody and everything that takes part."""

    director: Director
    brain: Brain
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
    try:
        while (move := room.director.next_move(session)) is not None:
            session = room.store.save(say(move, session, room))
            if move.kind == "closing":
                break
            session = room.store.save(listen(move, session, room))
    except AnswerInterrupted as stop:
        raise Stopped(
            with_answer(session, stop.heard, room), "interrupted"
        ) from KeyboardInterrupt()
    except KeyboardInterrupt as stop:
        raise Stopped(session, "interrupted") from stop
    except (InterviewError, VoiceError) as error:
        raise Stopped(session, str(error).splitlines()[0]) from error
    by_candidate = any(turn.answer and turn.answer.control == "end" for turn in session.turns)
    ended_by = "candidate" if by_candidate else "complete"
    return room.store.save(replace(session, status="ended", ended_by=ended_by))


def say(move: Move, session: Session, room: Room) -> Session:
    """The session with one more utterance of the interviewer."""
    began = perf_counter()
    sentences = room.brain.sentences(move, session)
    phrased = perf_counter() - began
    room.screen.move(move, session, " ".join(sentences))
    audio = room.folder / f"{len(session.turns):03d}-interviewer.flac" if room.folder else None
    said = room.mouth.say(sentences, audio)
    room.candidate.hear(said.text)
    stages = (
        Stage(name="phrase", seconds=phrased),
        Stage(name="render", seconds=said.render_seconds),
    )
    return session.with_turn(asked_turn(move, said, audio, stages))


def listen(move: Move, session: Session, room: Room) -> Session:
    """The session with the answer to its last utterance."""
    room.screen.listening()
    rubric = session.rubric(move.round)
    heard = room.ears.listen(
        Listening(
            audio=_answer_file(session, room),
            vocabulary=rubric.vocabulary,
            patience=room.patience * move.patience,
        ),
        while_hearing=lambda words: room.thinking.consider(session, words),
    )
    if heard.overflows:
        room.screen.note(
            f"The sound card lost input {heard.overflows} times; words may be missing."
        )
    room.screen.working("thinking")
    room.thinking.settle(heard.words)
    return with_answer(session, heard, room)


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
