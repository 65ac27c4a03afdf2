"""The embedded language model: llama.cpp's OpenAI-compatible server, in a process of its own.

Started by `interviewer.llm.engine`, which hands over one line of JSON on standard input (`Serving`),
reads one line of JSON from standard output (`{"url": …}`) once the model is loaded, and keeps
standard input open: when it closes, because the parent ended in whatever way, this process ends.
Everything that llama.cpp writes goes to standard error.
"""

import ctypes
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xllamacpp import Server

NICE = 10
"""How far this process stands back (POSIX): drafts must not delay the words that end an answer."""


@dataclass(frozen=True)
class Serving:
    """How the model is served; benchmarks/engine.py measures the choices."""

    model: str
    """Path of a GGUF file."""
    key: str
    """The API key, so that other users of this machine are refused."""
    alias: str
    """The model's name in the API."""
    context: int = 8192
    """Tokens that all slots share."""
    slots: int = 2
    """Conversations that keep their prompt cache at the same time: the talk and the judging."""
    kept_mib: int = 256
    """Memory for prompt caches of earlier conversations; 28 KiB a token with the default model."""
    threads: int | None = None
    """None: llama.cpp's own choice, one for each physical core."""
    nice: int = NICE
    """How far the process stands back; 0: not at all."""

    def line(self) -> str:
        """For standard input, where no process list shows the key."""
        return json.dumps(asdict(self)) + "\n"


_GROUP = Path("/proc/self/autogroup")
"""Linux shares the processor between sessions first, and this process has one of its own: there a
process's niceness counts for nothing against the interview, but its group's does."""


def main() -> None:
    """Serve until standard input closes."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serving = Serving(**json.loads(sys.stdin.readline()))
    _stand_back(serving.nice)
    # Loading blocks this interpreter, so that the end of standard input goes unseen until then.
    _die_with_parent(True)
    server = _serve(serving)
    _die_with_parent(False)
    answers.write(json.dumps({"url": f"{server.listening_address}/v1"}) + "\n")
    answers.flush()
    sys.stdin.read()
    # Without the destructors, which wait for requests that nobody reads any more.
    os._exit(0)


def _stand_back(nice: int) -> None:
    if sys.platform == "win32" or not nice:
        return
    os.nice(nice)
    # A kernel without such groups has no such file, and some systems forbid it: then nice is all.
    with suppress(OSError):
        if _GROUP.exists():
            _GROUP.write_text(str(nice), encoding="ascii")


def _serve(serving: Serving) -> "Server":
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = serving.model
    wanted.model_alias = {serving.alias}
    wanted.api_keys = [serving.key]
    wanted.cors_origins = "http://127.0.0.1"
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = 0  # the system picks a free one, so that none can be taken
    wanted.ui = False
    wanted.endpoint_slots = False
    wanted.n_ctx = serving.context
    wanted.n_parallel = serving.slots
    wanted.kv_unified = True
    wanted.cache_ram_mib = serving.kept_mib
    if serving.threads:
        wanted.cpuparams.n_threads = serving.threads
        wanted.cpuparams_batch.n_threads = serving.threads
    return xllamacpp.Server(wanted)


def _die_with_parent(wanted: bool) -> None:
    """Let Linux kill this process when the thread that started it ends; other systems cannot."""
    if sys.platform != "linux":
        return
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG in <linux/prctl.h>
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL if wanted else 0)


if __name__ == "__main__":
    main()
