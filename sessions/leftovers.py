"""What a kill in the middle of making, importing or forgetting a session left behind."""

import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

from sessions.document import FILE, LOCK, RESERVE

AGE = 24 * 3600.0
"""Seconds after which nobody is still at it."""
_IMPORT = re.compile(r"\.import-[0-9a-f]{12}")
_MADE = re.compile(r"\d{4}-\d\d-\d\d-\d{4}-[a-z0-9_-]+-[a-z0-9]{4}")
"""Ids that this program gives: a person's own folders are none of its business."""
_OURS = re.compile(rf"{re.escape(LOCK)}|{re.escape(RESERVE)}|\.{re.escape(FILE)}\.new")
"""No recordings: whoever moves a damaged session file away to mend it still has them."""


def sweep(folder: Path) -> None:
    """Delete it, once it is a day old: no list shows it and no command names it, but it may hold
    what was said. What cannot be deleted stays for the next time."""
    with suppress(OSError), os.scandir(folder) as entries:
        for one in entries:
            with suppress(OSError):
                path = Path(one.path)
                if one.is_dir(follow_symlinks=False) and _left(path) and _old(path):
                    shutil.rmtree(path, ignore_errors=True)


def _left(path: Path) -> bool:
    """Whether it is the rest of a session: one that has no file, and nothing that is not ours."""
    if _IMPORT.fullmatch(path.name):
        return True
    if not _MADE.fullmatch(path.name) or (path / FILE).exists():
        return False
    return all(_OURS.fullmatch(one.name) for one in path.iterdir())


def _old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - AGE
