"""Sessions out and in: what is written can be read, and what comes in cannot do harm."""

import errno
import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.commands.export import export, import_sessions
from sessions import archive
from sessions.archive import unpack
from sessions.document import FILE, LOCK, decoded, encoded
from sessions.errors import SessionError
from sessions.export import markdown, srt
from sessions.index import Index
from sessions.model import Debrief, Quote, Session, Verdict, Vote
from sessions.progress import progress
from sessions.search import listed
from sessions.store import SessionStore
from sessions.writing import write_private
from tests.example_sessions import (
    example_answer,
    example_rubric,
    example_turn,
    graded_session,
    write_audio,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


@pytest.fixture
def session(store: SessionStore) -> Session:
    session = store.create(graded_session())
    write_audio(store.path(session.id), session)
    return session


def run(store: SessionStore, *arguments: str) -> Result:
    return CliRunner().invoke(
        export, [*arguments, "--sessions", str(store.folder)], catch_exceptions=False
    )


def test_what_to_fix_stands_under_the_questions_words() -> None:
    text = markdown(graded_session())
    assert "Fix first, on “Tell me about a time when a model of yours failed in" in text
    assert "production\\_failure" not in text


def test_markdown_holds_what_was_asked_said_and_judged(session: Session) -> None:
    text = markdown(session)
    assert "| Ownership | 3 (2.3-3.7) | Decisions are told" in text
    assert "| Reflection | not scored | Nothing that was said bears on it. |" in text
    assert "**Interviewer:** You rolled it back: what number told you to?" in text
    assert (
        "- [x] Says how the failure was noticed “click-through had dropped” (turn 1, 0:10)" in text
    )
    assert "Nothing left this machine." in text


def test_markdown_holds_all_advice(session: Session) -> None:
    text = markdown(session)
    fix = text.index("Fix first, on “Tell me")
    assert fix < text.index("| Ownership")
    assert "**To raise it:** Say how far the metric came back after the fix. |" in text
    told = text.index("**You** (turn 3, 0:28 long)")
    assert "**Stronger:** On a Monday our click-through fell" in text[:told]
    assert "**Be ready for:** How do you know that the canary" in text[:told]


def test_markdown_holds_the_panel() -> None:
    vote = Vote(round="behavioral", vote="hire", reason="Owns what they did.")
    debrief = Debrief(votes=(vote,), recommendation="hire", reasons=("Clear throughout.",))
    text = markdown(graded_session(id="x", debrief=debrief))
    assert "The panel: **hire**. Clear throughout.\n\n- Behavioral: hire. Owns what" in text


def test_markdown_names_the_round_of_each_criterion_where_there_are_several() -> None:
    session = graded_session(id="x")
    assert "| criterion | level | why |" in markdown(session).splitlines()
    lines = markdown(
        replace(session, round="full_loop", rubrics=(*session.rubrics, example_rubric("coding")))
    ).splitlines()
    at = lines.index("| round | criterion | level | why |")
    assert lines[at + 1] == "| --- | --- | --- | --- |"
    assert lines[at + 2].startswith("| Behavioral | Ownership | 3 (2.3-3.7) |")


def test_a_point_that_is_unclear_or_a_fault_says_so_in_words() -> None:
    session = graded_session(id="x")
    card = session.scorecard
    assert card
    blames = next(one for one in card.points if one.negative)
    said = markdown(session)
    assert f"- [x] Avoided: {blames.statement}" in said
    verdicts: tuple[Verdict, ...] = ("covered", "unclear")
    made, unclear = (
        markdown(replace(session, scorecard=replace(
            card, points=(replace(blames, verdict=verdict), *card.points[:1])
        )))
        for verdict in verdicts
    )  # fmt: skip
    assert f"- [ ] Fault: {blames.statement}" in made
    assert f"- [ ] Unclear: Fault: {blames.statement}" in unclear
    assert "[?]" not in unclear


def test_markdown_takes_every_text_as_text() -> None:
    evil = "<script>x</script> [a](javascript:b) # h | c *d* `e`\n\n# new"
    turn = example_turn(answer=replace(example_answer(), text=evil))
    text = markdown(graded_session(id="x", turns=(turn,)))
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "[a](" not in text.replace("\\[a\\](", "")
    assert "\n# new" not in text


def test_markdown_takes_every_part_of_a_judgement_as_text() -> None:
    evil = "<img src=x onerror=1> [a](javascript:b)\n\n# new"
    session = graded_session(id="x", round=evil)
    card = session.scorecard
    assert card
    points = tuple(
        replace(
            one,
            round=session.turns[0].round,
            quotes=(Quote(text=evil, turn=0, start=0.0, end=1.0),),
        )
        for one in card.points
    )
    criteria = tuple(
        replace(one, name=evil, why=evil, raise_by=evil, unscored=one.unscored and evil)
        for one in card.criteria
    )
    card = replace(
        card,
        criteria=criteria,
        points=points,
        delivery=tuple(replace(one, name=evil, unit=evil) for one in card.delivery),
        advice=tuple(
            replace(one, question=about, fix_first=(evil,), stronger=evil, next_follow_up=evil)
            for one in card.advice
            for about in (one.question, evil)
        ),
        grader=replace(card.grader, name=evil, model=evil, measured_on=evil),
    )
    models = tuple(replace(one, engine=evil, name=evil, remote=True) for one in session.models)
    for judged in (card, replace(card, overall=None, unscored=evil)):
        text = markdown(replace(session, scorecard=judged, models=models))
        assert "\\<img" in text
        assert "<img" not in text.replace("\\<img", "")
        assert "[a](" not in text.replace("\\[a\\](", "")
        assert "\n# new" not in text


def test_what_is_escaped_already_makes_no_link_either() -> None:
    turn = example_turn(answer=replace(example_answer(), text=r"\[a\](javascript:b) \*c\*"))
    text = markdown(graded_session(id="x", turns=(turn,)))
    said = next(line for line in text.splitlines() if line.startswith("**You**"))
    for found in re.finditer(r"(\\*)[\[\]*]", said.removeprefix("**You**")):
        assert len(found[1]) % 2 == 1, f"{found[0]} is read as Markdown"


def test_terminal_codes_in_what_was_said_do_not_reach_a_terminal() -> None:
    evil = "a\x1b]0;title\x07b \x9b31m"
    turn = example_turn(answer=example_answer(evil))
    session = graded_session(id="x", turns=(turn,))
    for text in (markdown(session), srt(session)):
        assert "a]0;titleb" in text.replace("\\", "")
        assert not {"\x1b", "\x07", "\x9b"} & set(text)


def test_subtitles_follow_the_conversation(session: Session) -> None:
    blocks = srt(session).strip().split("\n\n")
    stamp = re.compile(r"(\d\d):(\d\d):(\d\d),(\d{3}) --> (\d\d):(\d\d):(\d\d),(\d{3})")
    last = 0.0
    for number, block in enumerate(blocks, 1):
        index, times, text = block.split("\n")
        found = stamp.fullmatch(times)
        assert found and int(index) == number
        parts = [int(one) for one in found.groups()]
        start, end = (h * 3600 + m * 60 + s + ms / 1000 for h, m, s, ms in (parts[:4], parts[4:]))
        assert last <= start < end
        assert len(text) <= 110
        last = end
    said = " ".join(block.split("\n")[2] for block in blocks)
    for turn in session.turns:
        for word in turn.answer.words if turn.answer else ():
            assert word.text in said
    first = session.turns[0].answer
    assert first
    assert any(one.startswith("00:00:07,600 -->") for one in srt(session).split("\n"))
    assert first.words[0].start == 0.4


def test_a_zip_brings_back_session_and_sound(
    store: SessionStore, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "out.zip"
    assert run(store, session.id, "--format", "zip", "--out", str(path)).exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    other = SessionStore(tmp_path / "other")
    done = CliRunner().invoke(import_sessions, [str(path), "--sessions", str(other.folder)])
    assert done.stdout == f"{session.id}\n"
    assert other.load(session.id) == session
    for name in ("answer-1.flac", "answer-2.flac", "answer-3.flac"):
        assert (other.path(session.id) / name).read_bytes() == (
            store.path(session.id) / name
        ).read_bytes()
    assert {stat.S_IMODE(one.stat().st_mode) for one in other.path(session.id).iterdir()} == {0o600}
    assert sorted(one.name for one in other.folder.iterdir()) == [session.id]


def test_without_audio_no_sound_leaves(store: SessionStore, session: Session) -> None:
    path = store.folder.parent / "out.zip"
    run(store, session.id, "--format", "zip", "--no-audio", "--out", str(path))
    with zipfile.ZipFile(path) as one:
        assert one.namelist() == [f"{session.id}/{FILE}"]
    page = store.folder.parent / "out.html"
    run(store, session.id, "--format", "html", "--no-audio", "--out", str(page))
    assert "data:audio" not in page.read_text()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_a_page_tells_of_the_attempt_before_and_of_stories_told_again(
    store: SessionStore, session: Session
) -> None:
    again = store.create(graded_session(4, retry_of=session.id))
    page = store.folder.parent / "out.html"
    run(store, again.id, "--format", "html", "--out", str(page))
    assert "Two attempts" in page.read_text()
    told = store.create(graded_session(created="2026-11-26T10:00:00+00:00"))
    run(store, told.id, "--format", "html", "--out", str(page))
    assert "You told this story before" in page.read_text()


def test_text_goes_to_stdout_alone(store: SessionStore, session: Session) -> None:
    assert decoded(run(store, "--format", "json").stdout.encode(), "x") == session
    assert run(store).stdout == markdown(session)
    assert run(store, "--format", "srt").stdout == srt(session)


def test_a_recording_from_before_zips_were_invented_is_packed(
    store: SessionStore, session: Session, tmp_path: Path
) -> None:
    os.utime(store.path(session.id) / "answer-1.flac", (0, 0))
    archive.pack(store, session, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as one:
        assert f"{session.id}/answer-1.flac" in one.namelist()


def test_nothing_is_left_of_a_zip_that_was_broken_off(
    store: SessionStore, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(zipfile.ZipFile, "write", stopped)
    before = set(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        archive.pack(store, session, tmp_path / "out.zip")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
@pytest.mark.parametrize("kind", ["md", "html", "zip"])
def test_a_pipe_gets_what_is_written_and_stays_one(
    store: SessionStore, session: Session, tmp_path: Path, kind: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as other:
        read = other.submit(pipe.read_bytes)
        run(store, session.id, "--format", kind, "--out", str(pipe))
        assert session.id.encode() in read.result(timeout=10)
    assert pipe.is_fifo()


def test_a_link_stays_one_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.html", tmp_path / "link.html"
    kept.write_text("old")
    link.symlink_to(kept)
    write_private(link, b"new")
    assert link.is_symlink()
    assert kept.read_text() == "new"


@pytest.mark.parametrize("kind", ["md", "html", "zip"])
@pytest.mark.parametrize("out", [".", "/"])
def test_a_folder_is_no_file_to_write_to(
    store: SessionStore, session: Session, kind: str, out: str
) -> None:
    result = run(store, "--format", kind, "--out", out)
    assert result.exit_code == 2
    assert "is a directory" in result.stderr


def test_json_can_be_taken_in_too(store: SessionStore, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(encoded(session))
    other = SessionStore(tmp_path / "other")
    assert unpack(other, path) == session == other.load(session.id)


def test_no_session_is_called_what_stands_for_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(encoded(graded_session(id="last")))
    with pytest.raises(SessionError, match="cannot be called 'last'"):
        unpack(SessionStore(tmp_path / "other"), path)


def test_a_disk_that_is_full_keeps_nothing_of_what_could_not_be_written(
    store: SessionStore, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    before = {one for one in tmp_path.rglob("*") if one.name != LOCK}
    for write in (
        lambda: store.save(session),
        lambda: store.create(session),
        lambda: archive.pack(store, session, tmp_path / "out.zip"),
        lambda: write_private(tmp_path / "out.html", b"a page"),
    ):
        with pytest.raises(SessionError, match="No space left"):
            write()
    assert {one for one in tmp_path.rglob("*") if one.name != LOCK} == before


def test_nothing_is_overwritten(store: SessionStore, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(encoded(replace(session, planned=())))
    with pytest.raises(SessionError, match="interview forget"):
        unpack(store, path)
    assert store.load(session.id) == session


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("created", "0001-01-01T00:00:00", "not an ISO 8601 time"),
        ("created", "0001-01-01T00:00:00+00:00", "not an ISO 8601 time"),
        ("created", "9999-12-31T23:59:59-23:00", "not an ISO 8601 time"),
        ("turns.0.asked.seconds", 1e308, "turns.0.asked.seconds"),
        ("turns.0.answer.words.0.end", -1e308, "turns.0.answer.words.0.end"),
        ("turns.0.round", "juggling", "the round 'juggling' is in none"),
        ("turns.0.question", "juggling", "the question 'juggling' is in none"),
        ("planned.0.question", "juggling", "the planned question 'juggling' is in none"),
    ],
)
def test_a_value_that_breaks_lists_is_not_taken_in(
    tmp_path: Path, place: str, value: object, said: str
) -> None:
    data = json.loads(evil_session())
    *way, last = place.split(".")
    part = data
    for key in way:
        part = part[int(key) if key.isdigit() else key]
    part[last] = value
    path = tmp_path / "evil.json"
    path.write_text(json.dumps(data))
    store = SessionStore(tmp_path / "sessions")
    with pytest.raises(SessionError, match=said):
        unpack(store, path)
    assert store.ids() == ()


def test_any_spelling_of_a_time_can_be_listed_and_counted(tmp_path: Path) -> None:
    data = json.loads(evil_session())
    path = tmp_path / "other.json"
    path.write_text(json.dumps(data | {"created": "20261124T101500+0100"}))
    store = SessionStore(tmp_path / "sessions")
    unpack(store, path)
    with Index(store) as index:
        assert listed(index)[0][0].created == "2026-11-24T10:15:00+01:00"
        assert progress(index, date(2026, 11, 24)).streak.current == 1


def packed(tmp_path: Path, files: dict[str, bytes]) -> Path:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as one:
        for name, content in files.items():
            one.writestr(name, content)
    return path


def evil_session(audio: str = "answer-1.flac", identifier: str = "evil") -> bytes:
    turn = example_turn(answer=example_answer(audio="answer-1.flac"))
    data = json.loads(encoded(graded_session(id="evil", turns=(turn,))))
    data["turns"][0]["answer"]["audio"] = audio
    data["id"] = identifier
    return json.dumps(data).encode()


@pytest.mark.parametrize("name", ["../answer-1.flac", "/tmp/answer-1.flac", "a/../../x", "..\\x"])
def test_no_file_lands_outside_of_its_folder(tmp_path: Path, name: str) -> None:
    store = SessionStore(tmp_path / "deep" / "sessions")
    files = {f"x/{FILE}": evil_session(), f"x/{name}": b"evil", name: b"evil"}
    unpack(store, packed(tmp_path, files))
    everything = {str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*") if one.is_file()}
    assert everything == {"evil.zip", f"deep/sessions/evil/{FILE}"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({f"x/{FILE}": evil_session(audio="../../../etc/passwd")}, "no recording"),
        ({f"x/{FILE}": evil_session(audio=FILE)}, "no recording"),
        ({f"x/{FILE}": evil_session(identifier="../../evil")}, "no session id"),
        ({f"x/{FILE}": evil_session(identifier="")}, "no session id"),
        ({f"x/{FILE}": b"{}"}, "no `format`"),
        ({f"x/{FILE}": b'{"format": 7}'}, "newer version"),
        ({"readme.txt": b"hello"}, "0 session files"),
        ({f"a/{FILE}": evil_session(), f"b/{FILE}": evil_session()}, "2 session files"),
    ],
)
def test_a_zip_that_is_no_session_is_refused(
    tmp_path: Path, files: dict[str, bytes], said: str
) -> None:
    store = SessionStore(tmp_path / "sessions")
    with pytest.raises(SessionError, match=said):
        unpack(store, packed(tmp_path, files))
    assert store.ids() == ()


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_AUDIO", 100_000)
    store = SessionStore(tmp_path / "sessions")
    bomb = packed(tmp_path, {f"x/{FILE}": evil_session(), "x/answer-1.flac": bytes(10_000_000)})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(SessionError, match="too large"):
        unpack(store, bomb)
    assert list(store.folder.iterdir()) == []


def test_many_recordings_that_are_too_large_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST", 150_000)
    store = SessionStore(tmp_path / "sessions")
    content = encoded(replace(graded_session(), id="x"))
    sounds = {f"x/answer-{number}.flac": bytes(100_000) for number in (1, 2)}
    with pytest.raises(SessionError, match="too large"):
        unpack(store, packed(tmp_path, {f"x/{FILE}": content, **sounds}))
    assert list(store.folder.iterdir()) == []


def test_a_quote_of_a_turn_before_the_first_is_damage() -> None:
    content = json.loads(encoded(graded_session()))
    quotes = [q for one in content["scorecard"]["criteria"] for q in one["quotes"]]
    quotes[0]["turn"] = -99
    with pytest.raises(SessionError, match=r"quotes\.0\.turn"):
        decoded(json.dumps(content).encode(), "it")


@pytest.mark.parametrize("zipped", [True, False])
def test_a_session_file_of_any_size_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zipped: bool
) -> None:
    content = evil_session()
    monkeypatch.setattr(archive, "MOST_JSON", len(content) - 1)
    path = tmp_path / "evil.json"
    path.write_bytes(content)
    store = SessionStore(tmp_path / "sessions")
    with pytest.raises(SessionError, match="too large"):
        unpack(store, packed(tmp_path, {f"x/{FILE}": content}) if zipped else path)
    assert store.ids() == ()


def test_a_damaged_zip_is_an_error_in_one_line(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "sessions")
    path = packed(tmp_path, {f"x/{FILE}": evil_session()})
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    with pytest.raises(SessionError, match=re.escape(str(path))):
        unpack(store, path)
    assert store.ids() == ()


def test_damage_to_a_zip_packed_by_another_program_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as one:
        one.writestr(f"x/{FILE}", evil_session())
    content = bytearray(path.read_bytes())
    content[60:120] = bytes(range(60))
    path.write_bytes(content)
    with pytest.raises(SessionError, match="damaged"):
        unpack(SessionStore(tmp_path / "sessions"), path)


def test_another_file_is_told_apart_from_a_damaged_session(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# My notes", encoding="utf-8")
    with pytest.raises(SessionError, match="neither a zip"):
        unpack(SessionStore(tmp_path / "sessions"), path)
