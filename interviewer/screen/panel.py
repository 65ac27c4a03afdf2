"""The live panel, drawn: the same number of rows whatever happens, in any width."""

from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.text import Text

from sessions.timeline import clock
from voice.observer import Hearing

CAPTIONS = 3
"""Rows for the words of the answer."""
FRAME_ROWS = 4
"""Rows beside the captions: rule, state, place and time, keys."""
EXPLAINED = 2
"""Seconds of silence from which on the panel says what is going on."""
QUIETEST, LOUDEST = -60.0, -12.0
"""dBFS at the ends of the meter: a quiet room, and somebody who speaks close to it."""
_NARROWEST = 12
"""Columns that the left part of a row keeps before the right part goes."""

Doing = Literal["working", "speaking", "listening"]


@dataclass(frozen=True)
class Glyphs:
    """The signs that the panel is drawn with."""

    rule: str = "─"
    full: str = "■"
    empty: str = "·"
    ear: str = "●"
    mouth: str = "►"
    more: str = "…"
    between: str = " · "
    spinner: str = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


PLAIN = Glyphs("-", "#", ".", "*", ">", "...", ", ", "|/-\\")
"""For terminals that cannot say more than ASCII."""


@dataclass(frozen=True)
class Scene:
    """Everything that one frame shows; equal scenes look the same."""

    doing: Doing
    what: str = ""
    """The work."""
    share: float | None = None
    """How much of it is done, 0 to 1."""
    seconds: int = 0
    """In this state."""
    hearing: Hearing = "waiting"
    silence: int = 0
    """Seconds that `hearing` has lasted; a long silence counts from its beginning."""
    deaf: bool = False
    """Whether no sound at all arrives."""
    level: float = QUIETEST
    """dBFS"""
    captions: tuple[str, ...] = ()
    place: str = ""
    """Question k of n, round."""
    elapsed: int | None = None
    """Seconds"""
    left: int | None = None
    """Seconds; negative when over time."""
    enter: bool = False
    """Whether Enter ends the answer."""
    step: int = 0
    """Of the spinner."""


def glyphs_of(console: Console) -> Glyphs:
    """The signs that this terminal can show."""
    return PLAIN if console.options.ascii_only or console.legacy_windows else Glyphs()


def width_of(console: Console) -> int:
    """Columns that are used: the last one makes some terminals wrap."""
    return max(1, console.width - 1)


def caption_rows(console: Console) -> int:
    """Rows for captions: fewer where the terminal is low."""
    return max(0, min(CAPTIONS, console.height - FRAME_ROWS - 2))


def last_lines(text: str, console: Console) -> tuple[str, ...]:
    """The end of the text, as many lines as fit; lines break in the same places as it grows."""
    rows = caption_rows(console) if text else 0
    lines = Text(text).wrap(console, width_of(console), overflow="fold")
    return tuple(line.plain.rstrip() for line in lines[-rows:]) if rows else ()


def draw(scene: Scene, console: Console) -> list[Text]:
    """One text for each row, none wider than the terminal."""
    glyphs, width = glyphs_of(console), width_of(console)
    rows = caption_rows(console)
    captions = [Text(line) for line in scene.captions[:rows]]
    if not scene.captions and scene.doing == "listening" and rows:
        captions = [Text("Your words appear here at each pause.", "dim")]
    captions += [Text()] * (rows - len(captions))
    times = Text(_times(scene, glyphs), "dim")
    done = "Enter: done   " if scene.doing == "listening" and scene.enter else ""
    return [
        Text(glyphs.rule * width, "dim"),
        _row(_state(scene, glyphs), _gauge(scene, glyphs, width), width, glyphs),
        *(_row(caption, Text(), width, glyphs) for caption in captions),
        _row(Text(scene.place, "bold"), times, width, glyphs),
        _row(Text(f"{done}Ctrl-C: end", "dim"), Text(), width, glyphs),
    ]


def _state(scene: Scene, glyphs: Glyphs) -> Text:
    if scene.doing == "speaking":
        return Text(f"{glyphs.mouth} Speaking", "bold cyan")
    if scene.doing == "listening":
        state = Text(f"{glyphs.ear} Listening {clock(scene.seconds)}", "bold green")
        return state.append(_explained(scene, glyphs), "not bold default")
    spin = glyphs.spinner[scene.step % len(glyphs.spinner)]
    seconds = f" {scene.seconds} s" if scene.seconds >= EXPLAINED else ""
    what = scene.what[:1].upper() + scene.what[1:]
    return Text(f"{spin} {what}{glyphs.more}{seconds}", "bold magenta")


def _explained(scene: Scene, glyphs: Glyphs) -> str:
    if scene.hearing == "catching_up":
        return f"{glyphs.between}hearing what was said"
    if scene.deaf:
        return f"{glyphs.between}no sound arrives"
    if scene.silence < EXPLAINED or scene.hearing == "speech":
        return ""
    if scene.hearing == "waiting":
        return f"{glyphs.between}take your time"
    return f"{glyphs.between}pause {scene.silence} s"


def _gauge(scene: Scene, glyphs: Glyphs, width: int) -> Text:
    """The level of the voice, or how far the work is."""
    size = max(6, min(20, width // 4))
    if scene.doing == "listening":
        return _bar((scene.level - QUIETEST) / (LOUDEST - QUIETEST), size, "green", glyphs)
    if scene.doing == "working" and scene.share is not None:
        bar = _bar(scene.share, size, "magenta", glyphs)
        return bar.append(f" {min(1.0, max(0.0, scene.share)):4.0%}")
    return Text()


def _bar(share: float, size: int, style: str, glyphs: Glyphs) -> Text:
    full = round(min(1.0, max(0.0, share)) * size)
    return Text.assemble((glyphs.full * full, style), (glyphs.empty * (size - full), "dim"))


def _times(scene: Scene, glyphs: Glyphs) -> str:
    if scene.elapsed is None:
        return ""
    if scene.left is None:
        return clock(scene.elapsed)
    left = f"{clock(scene.left)} left" if scene.left > 0 else "over time"
    return f"{clock(scene.elapsed)}{glyphs.between}{left}"


def _row(left: Text, right: Text, width: int, glyphs: Glyphs) -> Text:
    """Left and right part with room between; the left one is cut, or the right one goes."""
    if not right or width - right.cell_len - 2 < _NARROWEST:
        return _cut(left, width, glyphs)
    row = Text().append_text(_cut(left, width - right.cell_len - 2, glyphs))
    row.pad_right(width - right.cell_len - row.cell_len)
    return row.append_text(right)


def _cut(text: Text, width: int, glyphs: Glyphs) -> Text:
    """The text, marked where it is cut."""
    text = text.copy()
    if text.cell_len > width:
        text.truncate(max(0, width - len(glyphs.more)))
        text.append(glyphs.more)
    # Where not even the mark fits.
    text.truncate(width)
    return text
