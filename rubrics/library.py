"""Find a round: in a person's own packs first, then among those that come with the product."""

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import platformdirs

from rubrics.document import top_level_text
from rubrics.errors import RubricError
from rubrics.load import read
from rubrics.model import Rubric

LIBRARY = Path(__file__).parent / "library"
"""The rounds that come with the product."""

FOLDER_VARIABLE = "MOCK_INTERVIEWER_RUBRICS"
"""The environment variable that names one more folder with packs; it wins over the others."""

FULL_LOOP = "full_loop"
"""What all rounds of a loop are called: no pack of this name is ever used."""
LOOP = (
    "recruiter_screen",
    "coding",
    "ml_fundamentals",
    "ml_system_design",
    "llm_rag",
    "behavioral",
)
"""Those rounds, in the order of most companies."""

_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


class Round(NamedTuple):
    """One round that can be practised."""

    id: str
    title: str
    path: Path
    """Where its rubric is kept."""


def own_folder() -> Path:
    """Where a person's own packs are kept; it need not exist."""
    return Path(platformdirs.user_config_dir("mock-interviewer", appauthor=False)) / "rubrics"


def folders() -> tuple[Path, ...]:
    """Where rounds are looked for, in order; the first that holds a round's file wins."""
    named = os.environ.get(FOLDER_VARIABLE)
    return (*((Path(named),) if named else ()), own_folder(), LIBRARY)


def find(round_id: str) -> Rubric:
    """The rubric of a round. Reads one file only: a round `x` is kept in `x.yaml`.

    Raises `RubricError` where no file has that name (close names first), or its content is wrong.
    """
    path = locate(round_id)
    rubric, document = read(path)
    if rubric.id != path.stem:
        raise RubricError(
            document.fault(
                ("id",), f"is '{rubric.id}' but the file is {path.name}; make the two the same"
            )
        )
    return rubric


def shipped() -> tuple[Rubric, ...]:
    """The rounds that come with the product, whatever packs of their own a person has."""
    return tuple(read(path)[0] for path in sorted(_yaml_files(LIBRARY)))


def locate(round_id: str) -> Path:
    """The file of a round; raises `RubricError` where there is none."""
    # An id is matched before it becomes a path, so that `../x` cannot leave the folders.
    if is_identifier(round_id) and round_id != FULL_LOOP:
        for folder in folders():
            path = folder / f"{round_id}.yaml"
            if path.is_file():
                return path
    known = [one.id for one in rounds()]
    close = get_close_matches(round_id, known, n=3, cutoff=0.4)
    ordered = [*close, *(one for one in known if one not in close)]
    meant = f" Did you mean {close[0]}?" if close else ""
    raise RubricError(
        f"No round '{round_id[:60]}'.{meant} There are: {', '.join(ordered)}. "
        "`interview rubrics list` says more about them."
    )


def rounds() -> tuple[Round, ...]:
    """All rounds, by id. Titles are read without the rest; a broken file is listed as such."""
    return tuple(Round(path.stem, _title(path), path) for path in packs() if path.stem != FULL_LOOP)


def titles() -> dict[str, str]:
    """What each round is called, by id."""
    return {one.id: one.title for one in rounds()}


def is_identifier(text: str) -> bool:
    """Whether a text may be a round's id."""
    return len(text) <= 60 and _IDENTIFIER.fullmatch(text) is not None


def packs() -> list[Path]:
    """One file for each id, that of the first folder that has it; in the order of ids.

    Also one that is called like the full loop: whoever wrote it should be told that it is unused.
    """
    found: dict[str, Path] = {}
    for folder in folders():
        for path in _yaml_files(folder):
            found.setdefault(path.stem, path)
    return [found[stem] for stem in sorted(found)]


def _yaml_files(folder: Path) -> Iterator[Path]:
    return (one for one in folder.glob("*.yaml") if is_identifier(one.stem) and one.is_file())


def _title(path: Path) -> str:
    try:
        title = top_level_text(path.read_text(encoding="utf-8-sig"), "title")
    except (OSError, UnicodeDecodeError):
        title = None
    return title or "(cannot be read; `interview rubrics check` says why)"
