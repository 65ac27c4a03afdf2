"""Uses the time while the person talks: judges along, drafts the follow-up, and renders it.

At each pause the answer so far is judged. As long as that leads to the same probe, the draft
for it stays; when it leads to another one, the draft is dropped and made anew. When the answer
has ended, what is said is there, or is there within `PATIENCE`, or is the written probe.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Event

from interviewer.asking.brain import Brain, split_spoken
from interviewer.asking.director import Director
from interviewer.asking.moves import Line, Move
from interviewer.asking.unheard import placed
from interviewer.errors import InterviewError
from sessions.model import Answer, ModelUsed, Session
from voice.errors import VoiceError
from voice.words import Word, joined
from voice.worker import awaited

LEAST_WORDS = 25
"""Words of an answer before it is worth a draft: earlier everything is still missing."""
PATIENCE = 0.3
"""Seconds that a person waits at most for a draft that is nearly there. After that the written probe
is asked: a good question now beats one that is fitted to the story in three seconds."""
BRIEF = 0.05
"""Seconds for one that has only just begun: it is there by then where no model is asked."""


@dataclass(frozen=True)
class _Draft:
    move: Move
    enough: Event
    began: float
    """When it was begun, on the monotonic clock."""
    made: "Future[Move]"
    """What is asked in the end: a strong model may have chosen another one of the offered."""


class Thinking:
    """Thinks ahead in the background: one thread, one draft at a time."""

    def __init__(
        self,
        director: Director,
        brain: Brain,
        *,
        ahead: bool = True,
        prepare: Callable[[str], None] = lambda text: None,
        patience: float | None = PATIENCE,
        note: Callable[[str], None] = lambda text: None,
    ) -> None:
        """`prepare` renders a sentence before it is needed; `note` tells what went wrong.

        `ahead=False` turns it off: for a remote model each draft costs money. `patience` None
        waits for the model as long as it takes, so that the same answers get the same questions.
        """
        self._director = director
        self._brain = brain
        self._ahead = ahead
        self._prepare = prepare
        self._patience = patience
        self._note = note
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="thinking")
        self._draft: _Draft | None = None
        self._unasked: list[Future[Move] | Future[None]] = []
        """What nobody has asked for the result of."""
        if ahead:
            # While the welcome is spoken. A model that is down is told of at its first draft that
            # was waited for.
            self._unasked.append(self._pool.submit(brain.warm))

    def consider(self, session: Session, words: tuple[Word, ...]) -> None:
        """Judge the answer so far; start a draft for what it leads to, or keep the one there is."""
        if not self._ahead or len(words) < LEAST_WORDS:
            return
        so_far = with_answer_so_far(session, words)
        move = self._director.next_move(so_far)
        if move is not None:
            self._begin(move, so_far)

    def line(self, move: Move, session: Session) -> Line:
        """What to say now; uses up the draft.

        A draft that failed or is not there in time leaves the written probe, whatever the moment
        of its failure. Where the model is waited for, `InterviewError` says that it failed. A fault
        of the program is raised as it is, of what was done in the background since, too.
        """
        self._check()
        if move.kind != "follow_up" or not self._ahead:
            self._drop()
            return self._asked_now(move, session)
        draft = self._begin(move, session)
        self._unasked.remove(draft.made)
        try:
            # The words that the draft picks up were said, even if these would now be others.
            drafted = self._drafted(draft)
        except NotYet:
            self._unasked.append(draft.made)
            return Line(move, split_spoken(move.text))
        except (InterviewError, VoiceError) as error:
            return self._as_written(move, error)
        finally:
            self._drop()
        if self._patience is None:
            return Line(drafted, self._brain.sentences(drafted, session))
        said = self._brain.drafted(drafted, session) or drafted.text
        return Line(drafted, split_spoken(said))

    def _asked_now(self, move: Move, session: Session) -> Line:
        """The model's line, made while the person waits."""
        try:
            chosen = self._brain.choose(move, session)
            return Line(chosen, self._brain.sentences(chosen, session))
        except InterviewError as error:
            return self._as_written(move, error)

    def _as_written(self, move: Move, error: InterviewError | VoiceError) -> Line:
        """The written probe; with a recording for a candidate, the failure itself."""
        if self._patience is None:
            raise error
        self._note(f"{error}\nThe question was asked as it is written.")
        return Line(move, split_spoken(move.text))

    def _drafted(self, draft: _Draft) -> Move:
        """Wait for it: as long again as it has taken so far, within bounds."""
        if self._patience is None:
            return awaited(draft.made)
        return draft.made.result(min(self._patience, max(BRIEF, time.monotonic() - draft.began)))

    def close(self) -> None:
        """Stop thinking; no thread is left. Raises a fault of the program, as `line` does."""
        self._drop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._check()

    def _check(self) -> None:
        """Raise a fault of the program in what is over: nobody would ever see it.

        A model, a voice or a disk that fails is told of by whoever needs it.
        """
        drafted = self._draft and self._draft.made
        over = [job for job in self._unasked if job.done() and job is not drafted]
        self._unasked = [job for job in self._unasked if job not in over]
        for job in over:
            if not job.cancelled():
                with suppress(InterviewError, VoiceError, OSError):
                    job.result()

    def _begin(self, move: Move, session: Session) -> _Draft:
        """The draft for this move; any other one is dropped."""
        if self._draft is None or self._draft.move.text != move.text:
            self._drop()
            enough = Event()
            made = self._pool.submit(self._make, move, session, enough)
            self._draft = _Draft(move, enough, time.monotonic(), made)
            self._unasked.append(made)
        return self._draft

    def _make(self, move: Move, session: Session, enough: Event) -> Move:
        # The written one first: it takes no time, and may be what is said.
        self._ready(move.text, enough)
        if move.kind == "follow_up" and not enough.is_set():
            move = self._brain.choose(move, session)
            self._brain.draft(move, session, enough.is_set)
            self._ready(self._brain.drafted(move, session) or move.text, enough)
        return move

    def _ready(self, text: str, enough: Event) -> None:
        for sentence in split_spoken(text)[:1]:
            if not enough.is_set():
                self._prepare(sentence)

    def _drop(self) -> None:
        if self._draft is not None:
            self._draft.enough.set()
            self._draft.made.cancel()
            self._draft = None


def worth_it(wanted: bool | None, model: ModelUsed) -> bool:
    """Whether to think ahead: as wanted; else where the drafts that are dropped cost no money."""
    return not model.remote if wanted is None else wanted


def with_answer_so_far(session: Session, words: tuple[Word, ...]) -> Session:
    """The session as if the answer had ended here."""
    answer = Answer(text=joined(words), words=(), seconds=0.0, audio=None, ended_by="turn")
    return placed(session.with_last(replace(session.turns[-1], answer=answer)))
