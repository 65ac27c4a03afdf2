"""llama.cpp needs GNU's OpenMP library, which its wheel lacks and a bare Linux may lack, too.

The recogniser's wheel (ctranslate2) carries it under a name of its own. Where the system has none,
a link of the usual name leads there, so that no system package is needed.
"""

import ctypes.util
import importlib.util
import os
import sys
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

_NAME = "libgomp.so.1"


def settings() -> dict[str, str]:
    """Environment variables with which a child process finds the library; mostly none."""
    if sys.platform != "linux" or ctypes.util.find_library("gomp"):
        return {}
    carried = _carried()
    if carried is None:
        return {}
    folder = user_cache_path("mock-interviewer", appauthor=False) / "lib"
    # Where that fails, the model's process says what it misses.
    with suppress(OSError):
        _link(folder / _NAME, carried)
    paths = (str(folder), os.environ.get("LD_LIBRARY_PATH", ""))
    return {"LD_LIBRARY_PATH": os.pathsep.join(filter(None, paths))}


def _carried() -> Path | None:
    """The library in the recogniser's wheel; None where the wheel has none."""
    package = importlib.util.find_spec("ctranslate2")
    if package is None or package.origin is None:
        return None
    beside = Path(package.origin).parent.parent / "ctranslate2.libs"
    return next(iter(sorted(beside.glob("libgomp*.so*"))), None)


def _link(link: Path, to: Path) -> None:
    """Make or renew the link; several processes may do so at once."""
    if link.is_symlink() and link.readlink() == to:
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    new = link.with_name(f".{link.name}.{os.getpid()}")
    new.symlink_to(to)
    new.replace(link)
