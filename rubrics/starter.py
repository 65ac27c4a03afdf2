"""A pack to start from."""

import re
from pathlib import Path

from rubrics.errors import RubricError
from rubrics.library import is_identifier, locate, own_folder
from rubrics.load import text_of

STARTER = Path(__file__).with_name("starter.yaml")
"""A commented example; beside the library, since it is no round to practise."""


def create(round_id: str, copy_of: str | None = None) -> Path:
    """Write a new pack into the person's own folder; returns its path.

    The pack is a commented example, or a copy of the round `copy_of`. Never overwrites. Raises
    `RubricError` where the id cannot be one, is taken, the round cannot be read, or the folder
    cannot be written.
    """
    if not is_identifier(round_id):
        raise RubricError(
            f"'{round_id[:60]}' cannot be a round's id; use lower-case letters and digits, words "
            "joined by _ or -, such as my_company."
        )
    text = text_of(STARTER if copy_of is None else locate(copy_of))
    text = re.sub(r"^id:.*$", f"id: {round_id}", text, count=1, flags=re.MULTILINE)
    path = own_folder() / f"{round_id}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise RubricError(
            f"{path} is there already and is kept as it is; edit it, or choose another id."
        ) from error
    except OSError as error:
        raise RubricError(
            f"{path} cannot be written ({error.strerror}). Check the folder's rights and the disk."
        ) from error
    return path
