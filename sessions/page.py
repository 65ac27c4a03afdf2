"""A session as one self-contained HTML page. Everything that was said is escaped by Jinja."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sessions import attempts, figures, timeline
from sessions.advised import improvement, to_fix
from sessions.attempts import Comparison
from sessions.bar import against_bar
from sessions.document import recordings
from sessions.model import Quote, Session, Turn
from sessions.stories import Retold, retellings
from sessions.waveform import drawn, loudness

AXIS_LEFT = 12
AXIS_WIDTH = 276
"""The 1 to 5 axis in the pictures' units; 12 are left at each end for the dot."""


@dataclass(frozen=True)
class Sound:
    """One recording as the page has it."""

    url: str
    """`data:` or an address beside the page."""
    wave: str
    """SVG path in a box of 1000 by 100; empty where the recording cannot be read."""


def embedded(folder: Path, session: Session) -> dict[str, Sound]:
    """The session's recordings as data, by file name; lost files are left out."""
    return {
        name: Sound(
            f"data:{media_type(name)};base64,{_base64(folder / name)}", _wave(folder / name)
        )
        for name in recordings(session)
        if (folder / name).is_file()
    }


def linked(folder: Path, session: Session, base: str) -> dict[str, Sound]:
    """The session's recordings as links that begin with `base`."""
    return {
        name: Sound(f"{base}{name}", _wave(folder / name))
        for name in recordings(session)
        if (folder / name).is_file()
    }


def media_type(name: str) -> str:
    """What a browser calls the kind of a recording."""
    return {".flac": "audio/flac", ".wav": "audio/wav", ".mp3": "audio/mpeg"}.get(
        Path(name).suffix.lower(), "application/octet-stream"
    )


def session_page(
    session: Session,
    sounds: Mapping[str, Sound],
    *,
    comparison: Comparison | None = None,
    retold: tuple[Retold, ...] = (),
    served: bool = False,
) -> str:
    """The page of one session.

    `comparison` puts an earlier attempt beside it; `served` adds the way back to the list and
    keeps sound to the same server.
    """
    media = "'self'" if served else "data: file:"
    return _template("page.html").render(
        session=session,
        sounds=sounds,
        comparison=comparison,
        retold=retold,
        served=served,
        policy=policy(media),
        style=Markup(style()),
        script=Markup(script()),
        quoted=_quoted(session),
    )


def policy(media: str = "'none'", form: str = "'none'") -> str:
    """A content security policy under which only this program's own script and style work."""
    return (
        f"default-src 'none'; script-src '{_digest(script())}'; style-src '{_digest(style())}'; "
        f"media-src {media}; base-uri 'none'; form-action {form}"
    )


def render(name: str, **values: object) -> str:
    """One of this package's other pages."""
    return _template(name).render(style=Markup(style()), **values)


@cache
def style() -> str:
    """The style sheet of all pages."""
    return (files("sessions") / "page.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """The script of a session's page."""
    return (files("sessions") / "page.js").read_text(encoding="utf-8")


def axis(level: float) -> float:
    """Where a level from 1 to 5 lies in a picture."""
    return round(AXIS_LEFT + (level - 1) / 4 * AXIS_WIDTH, 1)


def day(created: str) -> str:
    """A date as one reads it: 24 November 2026, 10:15."""
    moment = datetime.fromisoformat(created)
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def short_day(created: str) -> str:
    """The same for a phone: 24 Nov 2026, 10:15."""
    moment = datetime.fromisoformat(created)
    return f"{moment.day} {moment:%b %Y, %H:%M}"


@dataclass(frozen=True)
class Token:
    """A word of a transcript as the page shows it."""

    text: str
    start: float
    end: float
    kind: str
    """CSS classes: filler, doubtful, evidence."""
    note: str
    """What the mark means; empty for a plain word."""
    filler: bool
    pause: float
    """Seconds of the silence after it that is marked, 0 where there is none."""


def tokens(turn: Turn, spans: tuple[Quote, ...]) -> list[Token]:
    """The words of an answer with what is to be said about each."""
    if turn.answer is None:
        return []
    silent = {start: end - start for start, end in timeline.pauses(turn)}
    found = []
    for word in turn.answer.words:
        kinds, note, filler = [], "", timeline.is_filler(word)
        if any(quote.start <= word.start and word.end <= quote.end for quote in spans):
            kinds.append("evidence")
        if word.probability < timeline.DOUBTFUL:
            kinds.append("doubtful")
            note = f"perhaps misheard ({word.probability:.0%} sure)"
        if filler:
            kinds.append("filler")
            note = note or "filler"
        pause = silent.get(word.end, 0.0)
        found.append(Token(word.text, word.start, word.end, " ".join(kinds), note, filler, pause))
    return found


def _quoted(session: Session) -> dict[int, tuple[Quote, ...]]:
    """The quotes by turn."""
    found: dict[int, tuple[Quote, ...]] = {}
    for one in timeline.evidence(session):
        found[one.quote.turn] = (*found.get(one.quote.turn, ()), one.quote)
    return found


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("sessions", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        timeline=timeline,
        axis=axis,
        short_day=short_day,
        day=day,
        tokens=tokens,
        improvement=improvement,
        to_fix=to_fix,
        retellings=retellings,
        figures=figures,
        attempts=attempts,
    )
    environment.filters.update(clock=timeline.clock, against_bar=against_bar)
    return environment.get_template(name)


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def _wave(path: Path) -> str:
    peaks = loudness(path)
    return drawn(peaks) if peaks else ""


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
