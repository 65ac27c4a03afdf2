"""Sessions on disk: what survives, who may write, what a person is told."""

import errno
import json
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sessions.document import FILE, RESERVE, encoded
from sessions.errors import SessionError
from sessions.store import SessionStore
from tests.example_sessions import example_session, example_turn, graded_session

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs fork and POSIX signals")


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


def test_what_was_saved_is_what_is_loaded(store: SessionStore) -> None:
    session = store.create(example_session())
    assert store.load(session.id) == session
    assert store.ids() == (session.id,)


def test_ids_say_when_and_what(store: SessionStore) -> None:
    session = store.create(example_session(created="2026-11-24T10:15:30+01:00"))
    assert session.id.startswith("2026-11-24-1015-behavioral-")
    assert store.create(example_session()).id != store.create(example_session()).id


def test_a_unique_beginning_is_enough_and_last_is_the_newest(store: SessionStore) -> None:
    old = store.create(example_session(created="2026-01-02T10:00:00+00:00"))
    new = store.create(example_session(created="2026-03-04T10:00:00+00:00"))
    assert store.find("2026-01") == old.id
    assert store.find("last") == new.id


def test_last_is_the_one_that_was_held_last_whatever_it_is_called(store: SessionStore) -> None:
    new = store.create(example_session(created="2026-03-04T10:00:00+00:00"))
    later = store.create(example_session(created="2026-03-04T11:30:00+02:00"))
    old = example_session(id="shared-by-a-friend", created="2020-05-01T10:00:00+00:00")
    store.path(old.id).mkdir()
    store.save(old)
    assert store.find("last") == new.id, f"{later.id} began half an hour before, by its offset"
    damaged = store.create(example_session(created="2026-03-05T10:00:00+00:00"))
    (store.path(damaged.id) / FILE).write_text("")
    assert store.find("last") == damaged.id


def test_last_is_neither_a_copy_nor_one_that_is_called_so(store: SessionStore) -> None:
    called = example_session(id="last", created="2026-01-01T10:00:00+00:00")
    store.make(store.path(called.id))
    store.save(called)
    session = store.create(example_session(created="2026-03-04T10:00:00+00:00"))
    copy = store.folder / f"{session.id}-backup"
    shutil.copytree(store.path(session.id), copy)
    assert store.load("last") == session
    with pytest.raises(SessionError, match="move this copy of it elsewhere"):
        store.load(copy.name)


def test_a_byte_order_mark_is_no_damage(store: SessionStore) -> None:
    session = store.create(example_session())
    path = store.path(session.id) / FILE
    path.write_bytes(BOM_UTF8 + path.read_bytes())
    assert store.load("last") == session


@pytest.mark.parametrize("wanted", ["2026", "2026-01-02-1000-behaviorall-aaaa", "", "nothing"])
def test_an_id_that_does_not_fit_one_session_gets_help(store: SessionStore, wanted: str) -> None:
    store.create(example_session(created="2026-01-02T10:00:00+00:00"))
    store.create(example_session(created="2026-03-04T10:00:00+00:00"))
    with pytest.raises(SessionError, match="interview sessions"):
        store.find(wanted)
    if wanted.startswith("2026"):
        with pytest.raises(SessionError, match="Did you mean 2026-01-02"):
            store.find(wanted)


def test_without_sessions_the_error_says_how_to_start(store: SessionStore) -> None:
    assert store.ids() == ()
    with pytest.raises(SessionError, match="interview practice"):
        store.find("last")


@pytest.mark.parametrize("wanted", ["../../etc", "/etc/passwd", "..", ".", "a/b", "A", "a\0b"])
def test_no_id_leads_out_of_the_folder(store: SessionStore, wanted: str) -> None:
    session = store.create(example_session())
    for call in (store.load, store.path, store.hold):
        with pytest.raises(SessionError):
            call(wanted)
    with pytest.raises(SessionError):
        store.save(replace(session, id=wanted))
    with pytest.raises(SessionError):
        store.audio_path(session.id, wanted if wanted != "A" else "../A")


def test_a_link_is_no_recording(store: SessionStore) -> None:
    session = store.create(example_session())
    link = store.audio_path(session.id, "answer-1.flac")
    link.symlink_to("/etc/passwd")
    with pytest.raises(SessionError, match="link"):
        store.audio_path(session.id, "answer-1.flac")


def test_only_the_owner_can_read(store: SessionStore) -> None:
    session = store.create(example_session())
    store.audio_path(session.id, "answer-1.flac").write_bytes(b"sound")
    store.save(session)
    folder = store.path(session.id)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no `format`"),
        (b'{"format": true}', "ever existed"),
        (b'{"format": 0}', "ever existed"),
        (b'{"format": 99}', "newer version"),
        (b'{"format": 1, "id": "x"}', "damaged"),
        (encoded(example_session(created="yesterday")), "ISO 8601"),
        (encoded(example_session()).replace(b'"format": 1', b'"format": 1, "more": 1'), "damaged"),
        (encoded(graded_session()).replace(b'"start": 0.4,', b'"start": NaN,'), "damaged"),
        (encoded(graded_session()).replace(b'"start": 0.4,', b'"start": 1e999,'), "damaged"),
        (encoded(graded_session()).replace(b"answer-1.flac", b"../../../etc"), "no recording"),
    ],
)
def test_a_broken_file_is_named_and_other_sessions_still_load(
    store: SessionStore, content: bytes, said: str
) -> None:
    good, bad = store.create(example_session()), store.create(example_session())
    path = store.path(bad.id) / FILE
    path.write_bytes(content)
    with pytest.raises(SessionError, match=said) as caught:
        store.load(bad.id)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert store.load(good.id) == good


def test_a_renamed_folder_is_noticed(store: SessionStore) -> None:
    session = store.create(example_session())
    store.path(session.id).rename(store.folder / "other")
    with pytest.raises(SessionError, match="rename"):
        store.load("other")


def test_what_could_not_be_read_again_is_not_written(store: SessionStore) -> None:
    session = store.create(example_session())
    with pytest.raises(SessionError, match="could not be saved"):
        store.save(replace(session, planned="three"))  # type: ignore[arg-type]
    with pytest.raises(SessionError, match="could not be saved"):
        store.save(session.with_turn(example_turn(text="half a \ud83d character")))
    assert store.load(session.id) == session


def test_the_second_writer_is_told_until_the_first_lets_go(store: SessionStore) -> None:
    session = store.create(example_session())
    other = SessionStore(store.folder)
    assert other.load(session.id) == session
    with pytest.raises(SessionError, match="another process"):
        other.save(session)
    store.close()
    other.save(session)


def test_a_session_that_is_gone_is_not_made_again_by_saving(store: SessionStore) -> None:
    session = store.create(example_session())
    store.close()
    shutil.rmtree(store.path(session.id))
    with pytest.raises(SessionError, match="missing"):
        store.save(session)
    assert not store.path(session.id).exists()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file")
    for folder in (tmp_path / "sessions", tmp_path / "sessions" / "below"):
        with pytest.raises(SessionError, match="sessions"):
            SessionStore(folder).create(example_session())
        with pytest.raises(SessionError, match="sessions"):
            SessionStore(folder).ids()


@POSIX
def test_a_full_disk_leaves_the_last_save_intact(store: SessionStore) -> None:
    session = store.create(example_session())
    bigger = session
    for _ in range(40):
        bigger = bigger.with_turn(example_turn())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, ((store.path(session.id) / FILE).stat().st_size, hard)
    )
    try:
        with pytest.raises(SessionError, match=f"interview resume {session.id}"):
            store.save(bigger)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.load(session.id) == session
    assert store.save(bigger) == bigger


@POSIX
def test_a_disk_that_cannot_sync_a_folder_takes_sessions_all_the_same(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(descriptor)

    def gone(path: Path, mode: int) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))

    monkeypatch.setattr(os, "fsync", only_files)
    monkeypatch.setattr(Path, "chmod", gone)
    session = store.create(example_session())
    (store.path(session.id) / "000-candidate.flac").touch(0o644)
    longer = store.save(session.with_turn(example_turn()))
    assert store.load(session.id) == longer


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_a_disk_without_locks_is_told_as_that(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def none(folder: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("sessions.store._locked", none)
    with pytest.raises(SessionError, match=r"has no locks.*another disk with --sessions"):
        store.create(example_session())
    assert store.ids() == ()


def test_what_a_killed_save_left_behind_is_no_part_of_the_next_one(store: SessionStore) -> None:
    session = store.create(example_session())
    (store.path(session.id) / f".{FILE}.new").write_bytes(b"x" * 100_000)
    store.save(session)
    assert store.load(session.id) == session


@POSIX
def test_what_was_saved_outlasts_a_power_cut(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content is on the disk before it takes its place, and the new place at the end."""
    session = store.create(example_session())
    sync, move = os.fsync, Path.replace
    done: list[str] = []

    def synced(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "content")
        sync(descriptor)

    def moved(path: Path, target: Path) -> Path:
        done.append("moved")
        return move(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", moved)
    store.save(session)
    assert done == ["content", "moved", "folder"]


READ_ONLY = """
import os, sys
from pathlib import Path
from sessions.errors import SessionError
from sessions.store import SessionStore
store = SessionStore(Path(sys.argv[1]))
session = store.read(sys.argv[2])
if os.getuid() == 0:
    os.setuid(65534)
try:
    store.save(session)
except SessionError as error:
    print(error)
"""


@POSIX
def test_a_folder_that_may_not_be_written_is_named() -> None:
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        store = SessionStore(Path(outer) / "sessions")
        session = store.create(example_session())
        store.close()
        folder = store.path(session.id)
        if os.getuid() == 0:  # Root may write anywhere; the child becomes somebody else.
            for path in (store.folder, folder, *folder.iterdir()):
                os.chown(path, 65534, 65534)
        folder.chmod(0o500)
        said = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(store.folder), session.id],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        folder.chmod(0o700)
        assert "Permission denied" in said
        assert str(folder) in said
        assert store.load(session.id) == session


def _keep_talking(folder: Path, identifier: str, report: int) -> None:
    """Save turn after turn and report each one that was saved."""
    store = SessionStore(folder)
    session = store.read(identifier)
    while True:
        session = store.save(session.with_turn(example_turn()))
        os.write(report, b".")


@POSIX
@pytest.mark.slow
def test_kill_at_50_random_moments_loses_no_finished_turn(store: SessionStore) -> None:
    chance = random.Random(6)
    session = store.create(example_session())
    store.close()
    for _ in range(50):
        before = len(store.load(session.id).turns)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _keep_talking(store.folder, session.id, writing)
        os.close(writing)
        os.read(reading, 1)  # The first turn is on disk: from here on any moment may come.
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        finished = 1
        while more := os.read(reading, 4096):
            finished += len(more)
        os.close(reading)
        after = len(store.load(session.id).turns)
        # The one that was saved just before the kill may not have been reported yet.
        assert finished <= after - before <= finished + 1
        if after > 10:
            store.save(replace(session, turns=()))
            store.close()
    assert json.loads((store.path(session.id) / FILE).read_bytes())["id"] == session.id


SECOND = """
import sys
from pathlib import Path
from sessions.errors import SessionError
from sessions.store import SessionStore
store = SessionStore(Path(sys.argv[1]))
session = store.load("last")
try:
    store.save(session)
    print("saved")
except SessionError as error:
    print(error)
"""


@pytest.mark.slow
def test_a_second_process_is_told_and_may_write_once_the_first_was_killed(
    store: SessionStore,
) -> None:
    def second() -> str:
        return subprocess.run(
            [sys.executable, "-c", SECOND, str(store.folder)],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    session = store.create(example_session())
    assert "being written by another process" in second()
    store.close()
    first = subprocess.Popen(
        [sys.executable, "-c", SECOND + "input()", str(store.folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert first.stdout and first.stdout.readline() == "saved\n"
    assert SessionStore(store.folder).busy(session.id)
    assert "being written by another process" in second()
    first.kill()
    first.communicate()
    assert second() == "saved\n"


FULL = """
import sys
from pathlib import Path
from sessions.errors import SessionError
from sessions.store import SessionStore
from tests.example_sessions import example_session, example_turn
store = SessionStore(Path(sys.argv[1]))
session = saved = store.create(example_session())
try:
    while True:
        session = session.with_turn(example_turn())
        saved = store.save(session)
except SessionError as error:
    assert store.load(session.id) == saved
    print(len(saved.turns), error)
"""


@pytest.mark.slow
def test_a_disk_that_is_really_full_leaves_every_saved_turn(tmp_path: Path) -> None:
    """On a file system of 300 kB; in a container that may mount none, files of that size at most."""
    fill = [sys.executable, "-c", FULL, str(tmp_path / "sessions")]
    mount = f'mount -t tmpfs -o size=300k none {tmp_path} && exec "$@"'
    limit = 'ulimit -f 600 && exec "$@"'
    for way in (["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount],
                ["sh", "-c", limit]):  # fmt: skip
        done = subprocess.run(
            [*way, "sh", *fill],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        if done.stdout:
            break
    turns, said = done.stdout.split(" ", 1)
    assert int(turns) >= 3, done.stderr
    assert "No space left on device" in said or "File too large" in said
    assert "intact" in said


FILLED = """
import sys
from dataclasses import replace
from pathlib import Path
from sessions.document import RESERVE
from sessions.errors import SessionError
from sessions.forget import doomed, forget
from sessions.index import Index
from sessions.store import SessionStore
from tests.example_sessions import example_session, example_turn

def fill(path):
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            print(error.strerror)

store = SessionStore(Path(sys.argv[1]))
session = store.create(example_session())
folder = store.path(session.id)
fill(folder / "000-candidate.flac")
for _ in range(20):
    session = session.with_turn(example_turn())
store.save(session)
assert store.load(session.id) == session, "the words of the last answer are kept"
store.close()
assert not (folder / RESERVE).exists()
fill(folder / "001-candidate.flac")
with Index(store) as index:
    forget(store, index, doomed(store, [session.id], True), True)
assert not list(folder.glob("*.flac"))
assert len(store.load(session.id).turns) == len(session.turns)
print("done")
"""


@pytest.mark.slow
def test_a_disk_that_recordings_fill_has_room_for_the_words_and_is_freed(
    tmp_path: Path, missing_part: Callable[[str, str], None]
) -> None:
    mount = f'mount -t tmpfs -o size=1m none {tmp_path} && echo mounted && exec "$@"'
    way = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]
    done = subprocess.run(
        [*way, sys.executable, "-c", FILLED, str(tmp_path / "sessions")],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    if not done.stdout.startswith("mounted"):
        missing_part("No file system can be mounted here.", "Allow user namespaces.")
    assert done.stdout.count("No space left on device") == 2, done.stderr
    assert done.stdout.endswith("done\n"), done.stderr


def test_the_last_words_take_the_reserve_and_nothing_is_left_of_it(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.create(example_session())
    reserve = store.path(session.id) / RESERVE
    assert reserve.stat().st_size > 100_000

    def full(path: Path, content: bytes) -> None:
        if reserve.exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr("sessions.store._write_through", full)
    longer = store.save(session.with_turn(example_turn()))
    assert store.load(session.id) == longer
    assert not reserve.exists()
    monkeypatch.undo()
    store.reserve(session.id)
    store.close()
    assert not reserve.exists()
