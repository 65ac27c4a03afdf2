"""Replay in the terminal: captions in time, keys, and sound at any speed."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from rich.console import Console

from interviewer.commands import replay_terminal
from interviewer.commands.replay import replay
from interviewer.commands.replay_keys import NoKeys
from interviewer.commands.replay_sound import Audible, Silent, read_from, stretched
from interviewer.commands.replay_terminal import KEYS, LiveCaptions, PlainCaptions, Replay, play
from sessions.errors import SessionError
from sessions.model import Session, Word
from sessions.replay import Cue, Position, ahead, back, cues, evidence_places, first, heard
from sessions.store import SessionStore
from sessions.timeline import FILLERS, LONG_PAUSE
from tests.example_sessions import graded_session, write_audio
from voice.delivery import FILLER
from voice.delivery import LONG_PAUSE as COUNTED
from voice.errors import VoiceError
from voice.seams import Clip, Played


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


@dataclass
class Quick:
    """A player that passes time in steps of 0.1 s without waiting."""

    played: list[tuple[str | None, float, float]] = field(default_factory=list)

    def play(
        self, path: Path | None, start: float, seconds: float, speed: float,
        tick: Callable[[float], bool],
    ) -> None:  # fmt: skip
        self.played.append((path.name if path else None, round(start, 2), speed))
        at = start
        while at < seconds and not tick(at):
            at += 0.1


@dataclass
class Script:
    """Presses keys at the given looks at the keyboard."""

    at: dict[int, str]
    looks: int = 0

    def pressed(self) -> str | None:
        self.looks += 1
        return self.at.get(self.looks)


def replayed(keys: dict[int, str], start: Position | None = None) -> tuple[Quick, list[str]]:
    session = graded_session(id="x")
    all_cues = cues(session)
    player, lines = Quick(), list[str]()
    parts = Replay(all_cues, evidence_places(session, all_cues), Path("/sound"), player,
                   Script(keys), PlainCaptions(lines.append))  # fmt: skip
    play(parts, start or Position(0), 1.0)
    return player, lines


def test_everything_is_played_in_its_order() -> None:
    player, lines = replayed({})
    assert [name for name, _, _ in player.played] == [
        None, "answer-1.flac", None, "answer-2.flac", None, "answer-3.flac", None,
    ]  # fmt: skip
    assert lines[0].startswith("1 Interviewer: Tell me about a time")
    assert lines[1].startswith("1 You: So, um, two years ago")
    assert lines[4] == "3 Interviewer: Describe a disagreement with a colleague"


@pytest.mark.parametrize(
    ("keys", "played"),
    [
        ({5: "right"}, [(None, 0, 1), ("answer-1.flac", 0, 1)]),
        ({5: "n", 9: "left"}, [(None, 0, 1), ("answer-1.flac", 0, 1), (None, 0, 1)]),
        ({5: "n", 36: "p"}, [(None, 0, 1), ("answer-1.flac", 0, 1), ("answer-1.flac", 0, 1)]),
        ({5: "e"}, [(None, 0, 1), ("answer-1.flac", 9.83, 1)]),
        ({5: " ", 7: " "}, [(None, 0, 1), (None, 0.4, 1)]),
        ({5: " ", 7: "n"}, [(None, 0, 1), ("answer-1.flac", 0, 1)]),
        ({5: "+", 9: "-"}, [(None, 0, 1), (None, 0.4, 1.25), (None, 0.7, 1)]),
        ({5: "x"}, [(None, 0, 1), (None, 0.4, 1)]),
    ],
)
def test_keys_lead_where_they_say(
    keys: dict[int, str], played: list[tuple[str | None, float, float]]
) -> None:
    last = max(keys)
    player, _ = replayed({**keys, last + 4: "q"})
    found = player.played
    assert [(name, speed) for name, _, speed in found] == [
        (name, speed) for name, _, speed in played
    ]
    assert [start for _, start, _ in found] == pytest.approx([at for _, at, _ in played], abs=0.15)


def test_evidence_comes_one_after_the_other() -> None:
    session = graded_session(id="x")
    all_cues = cues(session)
    places = evidence_places(session, all_cues)
    assert len(places) == 10
    position, seen = Position(0), []
    while (following := ahead(position, places)) is not None:
        seen.append(following)
        position = following
    assert [(one.cue, one.at) for one in seen] == sorted({(one.cue, one.at) for one in places})
    assert all(all_cues[one.cue].who == "You" for one in seen)


def test_back_means_the_start_and_then_the_one_before() -> None:
    assert back(Position(3, 9.0)) == Position(3)
    assert back(Position(3, 0.5)) == Position(2)
    assert back(Position(0, 0.5)) == Position(0)


def test_a_replay_can_start_at_any_turn_that_there_is() -> None:
    all_cues = cues(graded_session(id="x"))
    assert all_cues[first(all_cues, 3).cue].turn == 2
    with pytest.raises(SessionError, match="turns 1 to 4"):
        first(all_cues, 5)
    with pytest.raises(SessionError, match="Nothing was said in it yet"):
        first((), 1)


def test_captions_run_with_the_sound() -> None:
    cue: Cue = cues(graded_session(id="x"))[1]
    for count in (1, 5, 30):
        assert heard(cue, cue.words[count - 1].start) == count
    assert heard(cue, 0.0) == 0
    asked = cues(graded_session(id="x"))[0]
    assert asked.words[-1].end == pytest.approx(asked.seconds)


def test_fillers_are_those_that_delivery_counts() -> None:
    assert FILLERS == FILLER
    assert LONG_PAUSE == COUNTED


@pytest.mark.parametrize("speed", [0.5, 1.0, 1.5, 3.0])
def test_sound_becomes_faster_at_the_same_pitch(speed: float) -> None:
    rate = 16_000
    tone = np.sin(2 * np.pi * 440 * np.arange(3 * rate) / rate).astype(np.float32)
    clip = stretched(Clip(tone, rate), speed)
    assert clip.rate == rate
    assert clip.seconds == pytest.approx(3 / speed, rel=0.05)
    middle = clip.samples[len(clip.samples) // 4 : len(clip.samples) * 3 // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * rate / len(middle) == pytest.approx(440, abs=4)


@dataclass
class Ear:
    """A loudspeaker that remembers what it played, and asks whether to stop three times."""

    name: str = "ear"
    realtime: bool = False
    clips: list[Clip] = field(default_factory=list)

    def play(self, clip: Clip, stop: Callable[[], bool] = lambda: False) -> Played:
        self.clips.append(clip)
        stopped = any(stop() for _ in range(3))
        return Played(clip.seconds, not stopped)

    def close(self) -> None:
        """Nothing to let go of."""


def remember(seen: list[float]) -> Callable[[float], bool]:
    def tick(at: float) -> bool:
        seen.append(at)
        return False

    return tick


def test_a_recording_is_played_from_where_it_was_left(store: SessionStore) -> None:
    session = store.create(graded_session())
    write_audio(store.path(session.id), session)
    ear, seen = Ear(), list[float]()
    path = store.path(session.id) / "answer-1.flac"
    whole = read_from(path, 0.0)
    Audible(ear).play(path, 10.0, 40.0, 2.0, remember(seen))
    assert ear.clips[0].seconds == pytest.approx((whole.seconds - 10) / 2, rel=0.05)
    assert seen[0] == pytest.approx(10.0, abs=0.5)
    with pytest.raises(VoiceError, match="--no-audio"):
        (store.path(session.id) / "noise.flac").write_bytes(b"noise")
        read_from(store.path(session.id) / "noise.flac", 0.0)


def test_a_lost_recording_still_takes_its_time() -> None:
    seen: list[float] = []
    Audible(Ear()).play(Path("/lost.flac"), 0.0, 0.1, 4.0, remember(seen))
    Silent().play(None, 5.0, 5.1, 4.0, remember(seen))
    assert seen[0] == 0.0
    assert 5.0 in seen


def short(session: Session) -> Session:
    """The session with its times made ten times shorter."""
    turns = tuple(
        replace(turn, asked=replace(turn.asked, seconds=0.05), answer=None)
        for turn in session.turns
    )
    return replace(session, turns=turns)


def test_a_pipe_gets_one_line_an_utterance(store: SessionStore) -> None:
    session = store.create(short(graded_session()))
    result = CliRunner().invoke(
        replay, [session.id, "--no-audio", "--from", "2", "--sessions", str(store.folder)],
        catch_exceptions=False,
    )  # fmt: skip
    assert result.stdout.splitlines()[0].startswith("2 Interviewer: You rolled it back")
    assert len(result.stdout.splitlines()) == 3


def test_without_a_standard_input_it_is_played_without_keys(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[Replay] = []
    monkeypatch.setattr(replay_terminal, "play", lambda parts, *_: played.append(parts))
    monkeypatch.setattr(sys, "stdin", None)  # As Python has it where a shell closed it: `<&-`.
    session = store.create(graded_session())
    arguments = [session.id, "--no-audio", "--sessions", str(store.folder)]
    replay.main(arguments, standalone_mode=False)
    assert isinstance(played[0].keys, NoKeys)


def test_terminal_codes_in_what_was_said_do_nothing() -> None:
    evil = "\x1b]0;title\x07word\n9 You: forged"
    cue = Cue(0, "You", (Word(text=evil, start=0, end=1, probability=1),), 1.0, None)
    lines = list[str]()
    PlainCaptions(lines.append).show(cue, Position(0), 1.0, False)
    page = io.StringIO()
    captions = LiveCaptions(Console(file=page, width=100))
    captions.done(cue)
    assert lines == ["1 You: ]0;titleword 9 You: forged"]
    assert "]0;titleword 9 You: forged" in page.getvalue()
    assert "\x1b" not in page.getvalue() and "\x07" not in page.getvalue()


def test_a_long_answer_shows_the_present_word_and_the_keys() -> None:
    words = tuple(Word(text=f"word{n}", start=n, end=n + 1, probability=1) for n in range(400))
    page = io.StringIO()
    console = Console(file=page, width=80, height=24, force_terminal=True)
    with LiveCaptions(console) as captions:
        captions.show(Cue(0, "You", words, 400.0, None), Position(0, 350.5), 1.0, False)
        frame = page.getvalue()
    assert "word350" in frame and "word0" not in frame
    assert KEYS.split()[0] in frame


PTY = """
import os, pty, sys, time
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.executable, [sys.executable, "-c",
        "from interviewer.commands.replay import replay; replay()",
        sys.argv[2], "--no-audio", "--sessions", sys.argv[1]])
seen = b""
sent = False
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    seen += piece
    if b"pause" in seen and not sent:
        os.write(terminal, sys.argv[3].encode().decode("unicode_escape").encode())
        sent = True
status = os.waitpid(child, 0)[1]
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("key", ["q", "\\x03"])
def test_on_a_terminal_keys_are_shown_and_ctrl_c_is_clean(store: SessionStore, key: str) -> None:
    session = store.create(graded_session())
    done = subprocess.run(
        [sys.executable, "-c", PTY, str(store.folder), session.id, key],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "space pause" in done.stdout
    assert "Traceback" not in done.stdout


def test_web_writes_one_private_file(store: SessionStore) -> None:
    session = store.create(graded_session())
    write_audio(store.path(session.id), session)
    arguments = ["--web", "--no-open", "--sessions", str(store.folder)]
    path = Path(CliRunner().invoke(replay, arguments, catch_exceptions=False).stdout.strip())
    assert path == store.path(session.id) / "replay.html"
    assert path.stat().st_mode & 0o077 == 0
    out = store.folder.parent / "page #2.html"
    implied = [one for one in arguments if one != "--web"]
    CliRunner().invoke(replay, [*implied, "--beside", "--out", str(out)], catch_exceptions=False)
    assert out.stat().st_size < path.stat().st_size / 4
    assert 'src="./page%20%232-audio/answer-1.flac"' in out.read_text()
    assert (out.parent / "page #2-audio" / "answer-3.flac").is_file()
    CliRunner().invoke(replay, [*arguments, "--no-audio"], catch_exceptions=False)
    assert "data:audio" not in path.read_text()
