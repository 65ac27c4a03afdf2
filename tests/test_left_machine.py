"""What text went to which server is noted, whoever sent it: no interview and no grading is silent."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.cli import main
from interviewer.llm import language
from sessions.document import decoded
from sessions.model import ModelUsed
from sessions.store import SessionStore
from sessions.timeline import where_it_went
from tests.bad_server import serving
from tests.test_gate import ANSWER

pytestmark = pytest.mark.slow
"""Each needs a server, a file of some size, or the whole of grading: a third of a second and more."""

SAVED = Path(__file__).parent / "data" / "sessions" / "format-1.json"


@pytest.fixture
def store(home: Path, embedder: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionStore]:
    """One session that was held without a server; every server is one elsewhere."""
    monkeypatch.setattr(language, "on_this_machine", lambda url: False)
    monkeypatch.setenv("MOCK_INTERVIEWER_SESSIONS", str(home / "sessions"))
    store = SessionStore(home / "sessions")
    session = store.create(decoded(SAVED.read_bytes(), str(SAVED)))
    store.close()
    assert where_it_went(session) == "Nothing left this machine."
    yield store


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_a_server_that_phrases_the_stronger_answers_is_noted(store: SessionStore) -> None:
    with serving("well") as server:
        done = run("grade", "last", "--llm", server.url, "--model", "big")
        assert done.exit_code == 0, done.output
        assert server.requests
    told = f"Left this machine: the transcript to {server.url} (big)."
    assert where_it_went(store.load("last")) == told
    assert told in " ".join(run("show", "last").output.split())


def test_a_server_that_phrases_nothing_costs_no_scorecard(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.llm.chat._RETRIES", 0)
    with serving("503") as server:
        done = run("grade", "last", "--llm", server.url, "--model", "big")
        assert server.requests
    assert done.exit_code == 0, done.output
    card = store.load("last").scorecard
    assert card
    assert all(one.stronger for one in card.advice)


def test_both_judges_are_noted(store: SessionStore) -> None:
    with serving("json") as first, serving("json") as second:
        judges = ["--grader", "judge", "--llm", first.url, "--model", "big"]
        judges += ["--second-llm", second.url, "--second-model", "other"]
        done = run("grade", "last", *judges)
        assert done.exit_code == 0, done.output
        assert first.requests and second.requests
    went = where_it_went(store.load("last"))
    assert went == (
        f"Left this machine: the transcript to {first.url} (big); "
        f"the transcript to {second.url} (other)."
    )


def test_a_judge_that_fails_half_way_had_the_text_all_the_same(store: SessionStore) -> None:
    before = store.load("last")
    with serving("json", "500") as server:
        judge = ["--grader", "judge", "--llm", server.url, "--model", "big"]
        assert run("grade", "last", *judge).exit_code == 1
    after = store.load("last")
    assert server.url in where_it_went(after)
    assert replace(after, models=before.models) == before


def test_grading_here_adds_no_server(store: SessionStore) -> None:
    before = store.load("last")
    assert run("grade", "last", "--llm", "scripted").exit_code == 0
    assert store.load("last").models == before.models


@pytest.mark.slow
def test_the_result_of_a_file_names_the_server(store: SessionStore, tmp_path: Path) -> None:
    answer, kept = tmp_path / "answer.txt", tmp_path / "kept"
    answer.write_text(ANSWER, encoding="utf-8")
    common = ["grade", str(answer), "--round", "behavioral", "--json"]
    here = run(*common, "--llm", "scripted")
    assert json.loads(here.stdout)["models"] == []
    with serving("well") as server:
        done = run(*common, "--llm", server.url, "--model", "big", "--out", str(kept))
    assert done.exit_code == 0, done.output
    (used,) = json.loads(done.stdout)["models"]
    assert ModelUsed(**used) == ModelUsed(
        role="grader", engine=server.url, name="big", digest=None, remote=True
    )
    (file,) = kept.iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["models"] == [used]


def test_a_server_that_asked_and_graded_is_told_of_once(store: SessionStore) -> None:
    session = store.load("last")
    one = ModelUsed(role="language", engine="example.org", name="big", digest=None, remote=True)
    both = session.with_models((one, replace(one, role="grader"), one))
    assert len(both.models) == len(session.models) + 2
    assert where_it_went(both) == "Left this machine: the transcript to example.org (big)."
