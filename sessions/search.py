"""Lists of sessions: all, by round, by date, by words that were said."""

import re
from dataclasses import dataclass
from datetime import datetime

from sessions.errors import SessionError
from sessions.index import Index
from sessions.store import SessionStore

_MOST_WORDS = 32
"""Words of a search that count."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One session in a list."""

    id: str
    created: str
    round: str
    seniority: str
    state: str
    """graded, ended, in progress, interrupted, "interrupted, graded", or damaged."""
    overall: float | None
    low: float | None
    high: float | None
    unscored: str | None
    answered: int
    """Main questions, of those that were `planned`."""
    planned: int
    seconds: float
    retry_of: str | None
    remote: bool
    """True where something left this machine for it."""
    demonstration: bool
    """True where the candidate that comes with the program answered."""
    fault: str | None
    """What is wrong with a damaged file."""
    excerpt: str
    """Where the words were found, the found ones in [brackets]; empty without a search."""

    @property
    def told(self) -> str:
        """The state, and what else one should know; of a damaged file what is wrong with it."""
        known = {
            "second attempt": self.retry_of,
            "demonstration": self.demonstration,
            "used a remote model": self.remote,
        }
        return ", ".join((self.fault or self.state, *(what for what, so in known.items() if so)))


def listed(
    index: Index,
    *,
    words: str = "",
    round_id: str | None = None,
    since: datetime | None = None,
    limit: int | None = None,
) -> tuple[tuple[Listed, ...], int]:
    """Sessions, newest first, at most `limit`; and how many there are in all.

    `words` must all occur in what was said, asked or judged, each as itself, in another
    grammatical form, or as a beginning.
    """
    source, values = "sessions", []
    conditions = ["1"]
    if words.strip():
        source += " JOIN words ON words.rowid = sessions.key"
        conditions.append("words MATCH ?")
        values.append(_match(words))
    if round_id:
        conditions.append("(round = ? OR key IN (SELECT session FROM questions WHERE round = ?))")
        values += [round_id, round_id]
    where = f"FROM {source} WHERE {' AND '.join(conditions)}"
    bounds: list[str | float] = []
    if since:
        where += " AND moment >= ?"
        bounds.append(since.timestamp())
    total = index.rows(f"SELECT count(*) AS total {where}", *values, *bounds)[0]["total"]
    excerpt = "snippet(words, -1, '[', ']', ' … ', 12)" if words.strip() else "''"
    rows = index.rows(
        f"SELECT sessions.*, {excerpt} AS excerpt {where} "
        "ORDER BY fault IS NULL, moment DESC, id DESC LIMIT ?",
        *values, *bounds, -1 if limit is None else limit,
    )  # fmt: skip
    return tuple(_listed(index.store, dict(row)) for row in rows), total


def since(text: str) -> datetime:
    """The start of a day (2026-11-24), or a moment in ISO 8601; raises `SessionError`."""
    try:
        day = datetime.fromisoformat(text)
        day.timestamp()  # Some have none: the first day of the year 1.
    except (ValueError, OverflowError, OSError) as error:
        raise SessionError(f"'{text[:40]}' is no date. Write it like 2026-11-24.") from error
    return day


def _match(words: str) -> str:
    """An FTS5 expression in which nothing that a person types is syntax."""
    # Each once, and not all of a pasted page: the time grows with the square of their number.
    found = {token.lower(): token for token in re.findall(r"\w+", words)}
    tokens = list(found.values())[:_MOST_WORDS]
    return " ".join(f'"{token}"*' for token in tokens) or '""'


def _listed(store: SessionStore, row: dict[str, object]) -> Listed:
    names = Listed.__dataclass_fields__.keys() - {"state"}
    picked = {name: row[name] for name in names}
    picked["remote"] = bool(row["remote"])
    picked["demonstration"] = bool(row["demonstration"])
    for name in ("created", "round", "seniority"):
        picked[name] = picked[name] or ""
    for name in ("answered", "planned", "seconds"):
        picked[name] = picked[name] or 0
    return Listed(state=_state(store, row), **picked)  # type: ignore[arg-type]


def _state(store: SessionStore, row: dict[str, object]) -> str:
    if row["fault"]:
        return "damaged"
    if row["status"] == "live":
        return "in progress" if store.busy(str(row["id"])) else "interrupted"
    if row["stopped"]:
        return "interrupted" if row["overall"] is None else "interrupted, graded"
    return str(row["status"])
