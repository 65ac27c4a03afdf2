"""Bring older session files up to the present format, one version at a time."""

from collections.abc import Callable, Mapping
from typing import Any

from sessions.errors import SessionError

Step = Callable[[dict[str, Any]], dict[str, Any]]
"""From one version's data to the next one's; `migrated` sets `format`."""

CURRENT = 1
"""The version that `sessions.model.Session` describes."""

STEPS: Mapping[int, Step] = {}
"""The step away from each older version. tests/data keeps one file of every version."""


def migrated(
    data: object, steps: Mapping[int, Step] = STEPS, current: int = CURRENT
) -> dict[str, Any]:
    """The data of a session file in the `current` format.

    Raises `SessionError` for what is no session and for a version that came after this program.
    """
    if not isinstance(data, dict) or "format" not in data:
        raise SessionError("it is not a session file (it has no `format`)")
    version = data["format"]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise SessionError(f"its format {version!r} is not one that ever existed")
    if version > current:
        raise SessionError(
            f"it was written by a newer version of this program (format {version}; this one "
            f"reads up to {current}). Update mock-interviewer"
        )
    while version < current:
        data = {**steps[version](data), "format": version + 1}
        version += 1
    return data
