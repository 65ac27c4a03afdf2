"""Uses the time while the person talks: reads along, and drafts the follow-up at pauses.

One thread, one job at a time, the newest words win. What it finds lies ready in the director
(judged points) and the brain (drafts) when the answer has ended.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Event

from interviewer.brain import Brain
from interviewer.director import Director
from sessions.model import Answer, Session
from voice.words import Word, joined

LEAST_WORDS = 25
"""Words of an answer before it is worth a draft: earlier everything is still missing."""


class Thinking:
    """Thinks ahead in the background."""

    def __init__(self, director: Director, brain: Brain, *, ahead: bool = True) -> None:
        """`ahead=False` turns it off: for a remote model each draft costs money."""
        self._director = director
        self._brain = brain
        self._ahead = ahead
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="thinking")
        self._running: Future[None] | None = None
        self._text = ""
        self._enough = Event()

    def consider(self, session: Session, words: tuple[Word, ...]) -> None:
        """Think about the answer so far, unless a thought is under way; returns at once."""
        busy = self._running is not None and not self._running.done()
        if not self._ahead or busy or len(words) < LEAST_WORDS:
            return
        self._text = joined(words)
        self._enough.clear()
        self._running = self._pool.submit(self._think, with_answer_so_far(session, words))

    def settle(self, words: tuple[Word, ...]) -> None:
        """The answer has ended: wait for a thought about just these words, stop any other.

        Raises what the thought raised: a model that is down is not to be found out later.
        """
        if self._running is None:
            return
        if joined(words) != self._text:
            self._enough.set()
        running, self._running = self._running, None
        running.result()

    def close(self) -> None:
        """Stop thinking; no thread is left."""
        self._enough.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _think(self, session: Session) -> None:
        move = self._director.next_move(session)
        if move is not None and move.kind == "follow_up" and not self._enough.is_set():
            self._brain.draft(move, session, self._enough.is_set)


def with_answer_so_far(session: Session, words: tuple[Word, ...]) -> Session:
    """The session as if the answer had ended here."""
    answer = Answer(text=joined(words), words=(), seconds=0.0, audio=None, ended_by="turn")
    return session.with_last(replace(session.turns[-1], answer=answer))
