"""Against the real embedded server; the models must be on this machine (interview models fetch)."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.errors import InterviewError
from interviewer.llm.engine import Engine
from interviewer.llm.language import language_model
from interviewer.llm.server_process import NICE
from interviewer.seams import LanguageModel, Message

HELLO = (Message("user", "Name the capital of France in one word."),)


@pytest.fixture(scope="module")
def model() -> Iterator[LanguageModel]:
    made = language_model("embedded")
    yield made
    made.close()


def test_a_file_that_is_no_model_is_told_with_what_is_wrong_to_all_who_ask(
    tmp_path: Path,
) -> None:
    (tmp_path / "m.gguf").write_bytes(b"root of all evil")
    told = r"invalid magic.*GGUF'\.\nRun: interview doctor"
    with Engine(tmp_path / "m.gguf", "m") as engine:
        for _ in range(2):
            with pytest.raises(InterviewError, match=told):
                engine.ready()


def test_nobody_gets_a_server_from_an_engine_that_was_closed(tmp_path: Path) -> None:
    (tmp_path / "m.gguf").write_bytes(b"root of all evil")
    engine = Engine(tmp_path / "m.gguf", "m")
    engine.start()
    for _ in range(2):
        engine.close()
    for ask in (engine.ready, engine.start):
        with pytest.raises(InterviewError, match="was ended"):
            ask()


@pytest.mark.slow
def test_it_streams_a_reply(model: LanguageModel) -> None:
    assert "Paris" in "".join(model.stream(HELLO, max_tokens=10))


@pytest.mark.slow
def test_the_same_prompt_gives_the_same_reply(model: LanguageModel) -> None:
    asked = (Message("user", "Tell me in ten words what a language model is."),)
    first = model.complete(asked, max_tokens=30)
    assert model.complete(asked, max_tokens=30) == first


@pytest.mark.slow
def test_a_schema_is_kept_to(model: LanguageModel) -> None:
    schema = {
        "type": "object",
        "properties": {"level": {"enum": [1, 2, 3]}, "why": {"type": "string", "maxLength": 40}},
        "required": ["level", "why"],
        "additionalProperties": False,
    }
    reply = json.loads(model.complete(HELLO, max_tokens=80, schema=schema))
    assert set(reply) == {"level", "why"}
    assert reply["level"] in (1, 2, 3)


@pytest.mark.slow
def test_a_stream_that_is_closed_leaves_the_model_free(model: LanguageModel) -> None:
    stream = model.stream([Message("user", "Count to a thousand.")], max_tokens=2000)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    # Were the two slots still at their 2,000 tokens, this would wait for minutes.
    other = model.stream([Message("user", "Count to nine hundred.")], max_tokens=2000)
    next(other)
    other.close()  # type: ignore[attr-defined]
    assert "Paris" in model.complete(HELLO, max_tokens=10)


@pytest.mark.slow
def test_nobody_without_the_key_is_served() -> None:
    import urllib.error
    import urllib.request

    from interviewer.models import catalogue, installed

    with Engine(installed.path(catalogue.LANGUAGE), "m") as engine:
        url = engine.ready().url
        assert url.startswith("http://127.0.0.1:")
        request = urllib.request.Request(
            f"{url}/chat/completions", b'{"messages": []}', {"Content-Type": "application/json"}
        )
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(request)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
@pytest.mark.parametrize("nice", [NICE, 0])
def test_the_server_gives_way_to_the_recogniser_unless_told_otherwise(nice: int) -> None:
    from interviewer.models import catalogue, installed

    with Engine(installed.path(catalogue.LANGUAGE), "m", nice=nice) as engine:
        engine.ready()
        assert engine.pid
        assert os.getpriority(os.PRIO_PROCESS, engine.pid) - os.nice(0) == nice
        group = Path(f"/proc/{engine.pid}/autogroup")
        if group.exists():
            assert group.read_text("ascii").split()[-1] == str(nice)


@pytest.mark.slow
def test_a_server_that_died_is_told() -> None:
    from interviewer.models import catalogue, installed

    with Engine(installed.path(catalogue.LANGUAGE), "m") as engine:
        engine.ready()
        assert engine.pid
        os.kill(engine.pid, signal.SIGKILL)
        with pytest.raises(InterviewError, match="process has ended"):
            while True:
                engine.ready()
                time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["loading", "loaded"])
def test_the_server_dies_with_its_parent_even_when_that_is_killed(when: str) -> None:
    code = (
        "import sys\n"
        "from interviewer.models import catalogue, installed\n"
        "from interviewer.llm.engine import Engine\n"
        "engine = Engine(installed.path(catalogue.LANGUAGE), 'm')\n"
        "engine.start()\n"
        "if sys.argv[1] == 'loaded':\n"
        "    engine.ready()\n"
        "print(engine.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, when],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    if when == "loading":
        time.sleep(1.5)
    assert alive(child)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 20
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive(child)


def alive(pid: int) -> bool:
    """A zombie whose new parent does not collect it is not alive."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
