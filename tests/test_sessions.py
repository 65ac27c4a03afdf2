"""`interview sessions`: what a person and what a program sees."""

import errno
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.choices import Choices
from interviewer.commands.edit import edit
from interviewer.commands.sessions import sessions
from interviewer.practice import resume, retry
from rubrics.model import Rubric
from sessions.document import FILE
from sessions.edit import corrected, editable, edited
from sessions.errors import SessionError
from sessions.index import Index
from sessions.model import Asked, Debrief, ModelUsed, Session
from sessions.search import listed
from sessions.store import SessionStore
from sessions.stories import stories
from sessions.timeline import exchanges
from tests.example_sessions import (
    example_answer,
    example_session,
    example_turn,
    example_turns,
    graded_session,
)
from voice.recorded import RecordedCandidate


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


def run(store: SessionStore, *arguments: str) -> Result:
    return CliRunner().invoke(
        sessions, ["--sessions", str(store.folder), *arguments], catch_exceptions=False
    )


def test_the_list_names_state_and_uncertainty(store: SessionStore) -> None:
    one = store.create(graded_session(level=4))
    two = store.create(example_session(created="2026-11-25T10:00:00+01:00"))
    store.close()
    said = run(store).stdout
    assert said.index(two.id) < said.index(one.id)
    assert "4.0 (3.2-4.8)" in said
    assert "interrupted" in said
    assert "2 of 2" in said
    assert "0 of 2" in said


def test_json_is_alone_on_stdout(store: SessionStore) -> None:
    one = store.create(graded_session())
    result = run(store, "--json", "--search", "currency")
    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == [one.id]
    assert rows[0]["state"] == "graded"
    assert "[currency]" in rows[0]["excerpt"]
    assert run(store, "--json", "--search", "giraffe").stdout == "[]\n"


def test_an_empty_list_says_how_to_begin_on_stderr(store: SessionStore) -> None:
    result = run(store)
    assert result.stdout == ""
    assert "interview practice" in result.stderr


def test_a_cut_list_says_how_many_are_left_out(store: SessionStore) -> None:
    for _ in range(4):
        store.create(example_session())
    assert "3 older ones" in run(store, "--limit", "1").stderr
    assert run(store, "--limit", "0").stderr == ""


def test_a_damaged_session_is_listed_with_its_fault(store: SessionStore) -> None:
    bad = store.create(example_session())
    (store.path(bad.id) / FILE).write_text("{")
    assert bad.id in run(store).stdout
    assert "not JSON" in json.loads(run(store, "--json").stdout)[0]["fault"]


def test_what_used_a_remote_model_says_so(store: SessionStore) -> None:
    session = graded_session()
    remote = replace(session.models[1], remote=True)
    store.create(replace(session, models=(remote,)))
    assert "remote" in " ".join(run(store).stdout.split())


def test_a_corrected_transcript_keeps_the_times_of_what_was_heard_right() -> None:
    session = graded_session(id="x")
    answer = session.turns[0].answer
    assert answer
    better = answer.text.replace("a currency", "the price currency").replace("So, um,", "So")
    found = corrected(session, 0, better)
    edited = found.turns[0].answer
    assert edited and edited.edited and edited.text == better
    assert [word.text for word in edited.words] == better.split()
    times = {(word.text, word.start) for word in answer.words}
    kept = [word for word in edited.words if (word.text, word.start) in times]
    assert len(kept) == len(edited.words) - 3
    starts = [word.start for word in edited.words]
    assert starts == sorted(starts)
    assert all(word.start <= word.end for word in edited.words)
    assert (found.status, found.scorecard) == ("ended", None)
    assert corrected(session, 0, f"  {answer.text}\n") == session
    for turn in (3, 9, -1):
        with pytest.raises(SessionError, match="no answer"):
            corrected(session, turn, "words")


def test_a_corrected_transcript_has_no_panels_verdict_on_the_words_before() -> None:
    debrief = Debrief(votes=(), recommendation="no hire", reasons=())
    found = corrected(graded_session(id="x", debrief=debrief), 0, "We rolled it back.")
    assert (found.status, found.scorecard, found.debrief) == ("ended", None, None)


def test_an_answer_after_going_back_is_filed_under_its_own_question(store: SessionStore) -> None:
    first, _, second, closing = example_turns()
    turns = (
        replace(first, answer=replace(example_answer("Skip this."), control="skip")),
        replace(second, answer=replace(example_answer("Go back."), control="back")),
        replace(first, kind="reply"),
        replace(second, kind="reply"),
        replace(closing, question=first.question),
    )
    one = store.create(graded_session(turns=turns))
    assert [exchange.turns for exchange in exchanges(one)] == [(0, 2), (1, 3, 4)]
    assert [spoken.turn for spoken in stories(one)] == [0, 1]
    with Index(store) as index:
        assert listed(index)[0][0].answered == 2
        (row,) = index.rows("SELECT terms FROM stories WHERE turn = 0")
    assert "normal" in row["terms"].split(), "the normaliser is of the first question's story"


def test_an_editor_can_change_one_answer_and_leave_the_others() -> None:
    session = graded_session(id="x")
    text = editable(session)
    assert "#: perhaps misheard: uh, currency" in text
    assert edited(session, text) == session
    changed = edited(session, text.replace("gradient", "gradients,"))
    assert [bool(turn.answer and turn.answer.edited) for turn in changed.turns] == [
        False, False, True, False,
    ]  # fmt: skip
    hints = "".join(line for line in text.splitlines(True) if line.startswith("#:"))
    assert edited(session, hints) == session


@pytest.mark.parametrize(
    ("mark", "instead", "said"),
    [
        ("[2]\n", "", r"the line \[2\] is missing"),
        ("[2]\n", "[22]\n", r"\[22\] is not the number of an answer; the line \[2\] is missing"),
        ("[2]\n", "[1]\n", r"\[2\] is missing; \[1\] stands there more than once"),
        ("[1]\n", "", 'words stand above the first .*: "So, um, two years'),
        ("[3]\n", "[3]\nWell.\n[9]\n", r"\[9\] is not"),
    ],
)
def test_words_whose_mark_was_lost_go_to_no_other_answer(
    mark: str, instead: str, said: str
) -> None:
    session = graded_session(id="x")
    with pytest.raises(SessionError, match=said):
        edited(session, editable(session).replace(mark, instead))


def test_a_blank_behind_a_mark_is_no_matter() -> None:
    session = graded_session(id="x")
    text = editable(session).replace("[2]\n", "[2] \n")
    assert edited(session, text) == session
    turns = edited(session, text.replace("gradient", "gradients")).turns
    assert [bool(one.answer and one.answer.edited) for one in turns] == [False, False, True, False]


def test_a_session_that_a_kill_broke_off_is_still_interrupted_once_it_is_corrected() -> None:
    live = example_session(id="x", turns=example_turns()[:2])
    after = corrected(corrected(live, 0, "We rolled back."), 1, "At once.")
    assert (after.status, after.ended_by) == ("ended", "interrupted")
    assert after.stopped_early
    asked_to_end = replace(live, status="graded", ended_by="candidate")
    assert corrected(asked_to_end, 0, "We rolled back.").ended_by == "candidate"


def edit_as(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> SessionError:
    """What `edit` says where that change of the text ends in an error."""
    store.close()
    monkeypatch.setattr("click.edit", lambda text, **options: text.replace(before, after))
    with pytest.raises(SessionError) as caught:
        CliRunner().invoke(edit, ["--sessions", str(store.folder)], catch_exceptions=False)
    return caught.value


def test_a_text_that_cannot_be_used_is_kept_and_an_earlier_one_with_it(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.create(graded_session())
    folder = store.path(kept.id)
    for path in (folder / f"{kept.id}-edited.txt", folder / f"{kept.id}-edited-2.txt"):
        told = str(edit_as(store, monkeypatch, "[2]\n", "[22]\n"))
        assert f"Your text is kept in {path}. Run `interview edit {kept.id}` again" in told
        assert "\n[22]\n" in path.read_text("utf-8")
        assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert store.load(kept.id) == kept


def test_where_the_folder_of_the_session_takes_no_text_another_one_may(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = store.create(graded_session())
    spare = tmp_path / "spare"
    spare.mkdir()

    def full(path: Path, content: bytes) -> None:
        if path.is_relative_to(store.folder):
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(content)

    def refused(path: Path, content: bytes) -> None:
        try:
            full(path, content)
        except OSError as error:
            raise SessionError(str(error)) from error

    monkeypatch.setattr("sessions.store._write_through", full)
    monkeypatch.setattr("sessions.edit.write_private", refused)
    monkeypatch.setattr("sessions.edit.mkdtemp", lambda prefix: str(spare))
    told = str(edit_as(store, monkeypatch, "gradient", "gradients"))
    assert f"kept in {spare}" in told
    assert "then try again." in told and "resume" not in told, "it is over"
    assert "gradients" in (spare / f"{kept.id}-edited.txt").read_text("utf-8")


def test_an_editor_loses_no_word_of_the_answers_that_nobody_touched() -> None:
    said = f"we asked what our #1 priority was #: [2] {'x' * 120}"
    for before in range(40):
        answer = example_answer(f"{'a ' * before}{said}")
        asked = Asked(text="Why?\nSay more.", spoken="", seconds=1.0)
        turns = (example_turn(asked=asked, answer=answer), example_turn(asked=asked))
        session = example_session(id="x", turns=turns)
        assert edited(session, editable(session)) == session


def test_an_answer_that_was_misheard_as_a_command_counts_once_it_is_corrected(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    skipped = replace(example_answer("Skip that."), control="skip")
    kept = store.create(example_session(turns=(example_turn(answer=skipped), example_turn())))
    store.close()
    monkeypatch.setattr(
        "click.edit", lambda text, **options: text.replace("Skip that.", "I kept that model.")
    )
    monkeypatch.setattr("interviewer.offline.regrading.regrade", lambda store, one: store.load(one))
    done = CliRunner().invoke(edit, ["--sessions", str(store.folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer, other = (turn.answer for turn in store.load(kept.id).turns)
    assert answer and (answer.text, answer.control) == ("I kept that model.", None)
    assert other == kept.turns[1].answer


def test_a_session_that_is_resumed_is_held_before_it_is_read_and_loses_its_judgement(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    debrief = Debrief(votes=(), recommendation="no hire", reasons=())
    one = store.create(graded_session(debrief=debrief, turns=example_turns()[:2]))
    store.close()
    other = ModelUsed(role="language", engine="x.org", name="big", digest=None, remote=True)

    class Room:
        def __init__(self, choices: Choices, store: SessionStore) -> None:
            self.store = store
            self.candidate = RecordedCandidate("a test", (), in_order=True, realtime=False)

        def __enter__(self) -> "Room":
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def fetch(self) -> None:
            with pytest.raises(SessionError, match="another process"):
                SessionStore(store.folder).take(one.id)

        def models_used(self) -> tuple[ModelUsed, ...]:
            return (*one.models, other)

    monkeypatch.setattr("interviewer.build.Studio", Room)
    monkeypatch.setattr("interviewer.practice.hold_and_show", lambda session, studio: session)
    resume(one.id, Choices(sessions=store.folder))
    live = store.take(one.id)
    assert (live.status, live.scorecard, live.debrief) == ("live", None, None)
    assert live.models == (*one.models, other), "the server that asks from now on is noted as well"


class Studio:
    """The parts of an interview without any of them."""

    def __init__(self, choices: Choices, store: SessionStore) -> None:
        self.choices, self.store, self.screen = choices, store, self
        self.candidate = RecordedCandidate("a test", (), in_order=True, realtime=False)

    def __enter__(self) -> "Studio":
        return self

    def __exit__(self, *error: object) -> None:
        self.store.close()

    def fetch(self) -> None:
        pass

    def close(self) -> None:
        pass

    def room(self, session: Session) -> SessionStore:
        return self.store

    def answerable(self, rubrics: Iterable[Rubric]) -> tuple[str, ...]:
        return ()

    def models_used(self) -> tuple[ModelUsed, ...]:
        return ()


def held(session: Session, store: SessionStore) -> Session:
    """As if its questions had been answered, and graded."""
    turns = tuple(
        replace(turn, round=one.round)
        for one in session.planned
        for turn in example_turns()
        if turn.question == one.question
    )
    graded = graded_session(turns=turns, round=session.round, rubrics=session.rubrics)
    return store.save(replace(session, turns=turns, status="graded", scorecard=graded.scorecard))


def test_a_question_is_tried_again_as_it_was_asked_and_set_beside_the_first_attempt(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("interviewer.build.Studio", Studio)
    monkeypatch.setattr("interviewer.practice.hold", held)
    way = {
        "seniority": "staff",
        "style": "tough",
        "interviewer": "Sam",
        "minutes": 7.0,
        "probes": 1,
    }
    first = store.create(graded_session(2, missed=("test",), **way))
    retry(first.id, 2, Choices(sessions=store.folder))
    (again,) = (store.load(one) for one in store.ids() if one != first.id)
    assert again.retry_of == first.id
    assert [one.question for one in again.planned] == ["disagreement"]
    assert [one.id for one in again.rubrics[0].questions] == ["disagreement"]
    assert {name: getattr(again, name) for name in way} == way
    said = " ".join(capsys.readouterr().out.split())
    assert "Settles it with an experiment or data missing → covered: gained" in said
    for number in (0, 3):
        with pytest.raises(
            SessionError, match=r"no question .; --question takes a number from 1 to 2"
        ):
            retry(first.id, number, Choices(sessions=store.folder))


def test_a_question_that_was_stopped_before_its_answer_is_compared_with_nothing(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(session: Session, store: SessionStore) -> Session:
        return store.save(replace(session, status="ended", ended_by="interrupted"))

    monkeypatch.setattr("interviewer.build.Studio", Studio)
    monkeypatch.setattr("interviewer.practice.hold", stopped)
    first = store.create(graded_session())
    retry(first.id, 1, Choices(sessions=store.folder))
    (again,) = set(store.ids()) - {first.id}
    said = " ".join(capsys.readouterr().out.split())
    assert f"Go on with: interview resume {again}" in said


def test_a_full_loop_ends_with_the_panel_and_keeps_what_it_said(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.build.Studio", Studio)
    monkeypatch.setattr("interviewer.practice.hold", held)
    one = store.create(example_session(round="full_loop"))
    store.close()
    resume(one.id, Choices(sessions=store.folder))
    kept = store.load(one.id)
    assert kept.debrief and [vote.round for vote in kept.debrief.votes] == ["behavioral"]


@pytest.mark.parametrize(("graded", "offered"), [(True, "show"), (True, "retry"), (False, "grade")])
def test_an_interview_that_was_held_to_its_end_is_not_gone_on_with(
    store: SessionStore, graded: bool, offered: str
) -> None:
    one = graded_session()
    one = store.create(one if graded else replace(one, scorecard=None))
    store.close()
    with pytest.raises(SessionError, match=f"interview {offered} {one.id}"):
        resume(one.id, Choices(sessions=store.folder))
    assert store.load(one.id) == one
