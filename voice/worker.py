"""One thread that works on the newest thing while its owner goes on listening."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

SHORT = 0.1
"""Seconds of one wait: on Windows Ctrl-C is taken in only between two of them."""


def awaited(job: Future[T]) -> T:
    """What the job returns or raises, as soon as it does."""
    while not job.done():
        wait((job,), timeout=SHORT)
    return job.result()


class Worker(Generic[T]):
    """Calls a function with the newest item that it was given, one call at a time.

    An item that still waits when a newer one comes is dropped: it would tell less. What the
    function raises is raised again by the owner's next call.
    """

    def __init__(self, name: str, work: Callable[[T], None]) -> None:
        """The thread starts with the first item."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._work = work
        self._jobs: list[Future[None]] = []
        self._guard = Lock()
        """One thread may submit while another one checks."""

    def submit(self, item: T) -> None:
        """Work on this next, in the place of what may be waiting."""
        self.check()
        with self._guard:
            self._jobs = [job for job in self._jobs if not job.cancel()]
            self._jobs.append(self._pool.submit(self._work, item))

    def check(self) -> None:
        """Raise what the function raised."""
        with self._guard:
            done = [job for job in self._jobs if job.done()]
            self._jobs = [job for job in self._jobs if job not in done]
        for job in done:
            if not job.cancelled():
                job.result()

    def drain(self) -> None:
        """Wait until there is nothing left to do."""
        while self._jobs:
            wait(tuple(self._jobs), timeout=SHORT)
            self.check()

    def close(self) -> None:
        """Drop what is waiting, finish the call that is running, end the thread."""
        self._pool.shutdown(wait=True, cancel_futures=True)
