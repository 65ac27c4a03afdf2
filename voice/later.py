"""Ears that get ready while the welcome is spoken."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from voice.answer import WhileHearing
from voice.seams import Ears, Heard, Listening
from voice.worker import awaited


class LaterEars:
    """An `Ears` whose models load in the background; the first `listen` waits for them."""

    def __init__(self, make: Callable[[], Ears]) -> None:
        """`make` is called at once, in a thread of its own."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="loading the ears")
        self._ears = self._pool.submit(make)

    def listen(self, listening: Listening, while_hearing: WhileHearing) -> Heard:
        """As the ears do; raises what making them raised, too."""
        return awaited(self._ears).listen(listening, while_hearing)

    def close(self) -> None:
        """Wait for what is being loaded; no thread is left."""
        self._pool.shutdown(wait=True, cancel_futures=True)
