"""A session replayed in the terminal: captions in time, and keys."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from interviewer.commands.replay_keys import Keys, wait
from interviewer.plain import plain
from sessions.replay import Cue, Player, Position, ahead, back, heard
from sessions.timeline import clock, is_filler

KEYS = "space pause   → next   ← back   e next evidence   + - speed   q quit"
SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Captions(Protocol):
    """Where captions go."""

    def show(self, cue: Cue, position: Position, speed: float, paused: bool) -> None:
        """This is being said."""

    def done(self, cue: Cue) -> None:
        """It was said."""


@dataclass(frozen=True)
class Replay:
    """Everything that takes part."""

    cues: tuple[Cue, ...]
    evidence: tuple[Position, ...]
    folder: Path | None
    """Of the recordings; None plays none."""
    player: Player
    keys: Keys
    captions: Captions


def play(replay: Replay, start: Position, speed: float) -> None:
    """Play from `start` to the end, or until somebody quits."""
    position: Position | None = start
    while position is not None and position.cue < len(replay.cues):
        position, speed = _step(replay, position, speed)


def _step(replay: Replay, start: Position, speed: float) -> tuple[Position | None, float]:
    """Play one cue; where to go on (None to quit), and how fast."""
    cue = replay.cues[start.cue]
    now, key = start, None

    def tick(at: float) -> bool:
        nonlocal now, key
        now = replace(start, at=min(at, cue.seconds))
        replay.captions.show(cue, now, speed, False)
        key = replay.keys.pressed()
        return key is not None

    path = replay.folder / cue.audio if replay.folder and cue.audio else None
    replay.player.play(path, start.at, cue.seconds, speed, tick)
    if key == " ":
        replay.captions.show(cue, now, speed, True)
        key = wait(replay.keys)
    if key is None:
        replay.captions.done(cue)
        return Position(start.cue + 1), speed
    return _obey(replay, key, now, speed)


def _obey(replay: Replay, key: str, now: Position, speed: float) -> tuple[Position | None, float]:
    """Where a key leads. Any key that means nothing goes on, and so ends a pause."""
    goals: dict[str, Callable[[], Position | None]] = {
        "q": lambda: None,
        "right": lambda: Position(now.cue + 1),
        "n": lambda: Position(now.cue + 1),
        "left": lambda: back(now),
        "p": lambda: back(now),
        "e": lambda: ahead(now, replay.evidence) or now,
    }
    if key in goals:
        return goals[key](), speed
    if key in "+-":
        return now, _other_speed(speed, faster=key == "+")
    return now, speed


def _other_speed(speed: float, faster: bool) -> float:
    if faster:
        return min((one for one in SPEEDS if one > speed), default=speed)
    return max((one for one in SPEEDS if one < speed), default=speed)


LEAST_ROOM = 20
"""Words that are shown at the least."""
WIDE = 9
"""Columns that a word and its blank take, with some to spare: English has six."""


class LiveCaptions:
    """Captions on a terminal: what was said is bright, what is still to come is dim."""

    def __init__(self, console: Console) -> None:
        """Draw on that console."""
        self._console = console
        self._live = Live(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> "LiveCaptions":
        """Start to draw."""
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave only what was said."""
        self._live.stop()

    def show(self, cue: Cue, position: Position, speed: float, paused: bool) -> None:
        """Draw the present moment."""
        state = "paused" if paused else f"{speed:g} x"
        head = f"{cue.turn + 1}  {cue.who}  {clock(position.at)} / {clock(cue.seconds)}  {state}"
        said = heard(cue, position.at)
        # A long answer is higher than the terminal, which would show its beginning for ever.
        room = max(LEAST_ROOM, self._console.width * max(1, self._console.height - 6) // WIDE)
        skip = max(0, said - room // 2)
        near = replace(cue, words=cue.words[skip : skip + room])
        parts = [Text(head, style="bold"), _text(near, said - skip)]
        if position.label:
            parts.append(Text(f"evidence: {plain(position.label)}", style="green"))
        parts.append(Text(KEYS, style="dim"))
        self._live.update(Group(*parts), refresh=True)

    def done(self, cue: Cue) -> None:
        """Keep the utterance above."""
        self._console.print(Text(f"{cue.turn + 1}  {cue.who}", style="bold"))
        self._console.print(_text(cue, len(cue.words)))
        self._console.print()


class PlainCaptions:
    """Captions in a file or a pipe: one line an utterance, when it starts."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """Hand each line to `write`."""
        self._write = write
        self._last: Cue | None = None

    def show(self, cue: Cue, position: Position, speed: float, paused: bool) -> None:
        """Write the utterance where it is a new one."""
        if cue is not self._last:
            self._last = cue
            said = plain(" ".join(word.text for word in cue.words))
            self._write(f"{cue.turn + 1} {cue.who}: {said}")

    def done(self, cue: Cue) -> None:
        """Nothing more to write."""


def _text(cue: Cue, said: int) -> Text:
    text = Text()
    for place, word in enumerate(cue.words):
        style = "yellow" if is_filler(word) and cue.who == "You" else ""
        if place == said - 1 < len(cue.words) - 1:
            style += " bold reverse"
        elif place >= said:
            style = "dim"
        text.append(plain(word.text), style=style.strip())
        text.append(" ")
    return text
