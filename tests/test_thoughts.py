"""What a model thinks before it answers is neither said nor judged nor shown."""

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

from interviewer.asking.brain import Brain
from interviewer.errors import InterviewError
from interviewer.llm.thoughts import aloud, unopened, whole
from tests.bad_server import BadServer, serving
from tests.test_brain import WRITTEN, move, session
from tests.test_chat import HELLO, LEVEL, model_at

REPLY = "What number told you?"
THOUGHT = {
    "one": f"<think>\nShould I ask why?\n</think>\n\n{REPLY}",
    "an empty one": f"<think>\n\n</think>\n\n{REPLY}",
    "two": f"<think>Hm?</think><think>Well?</think> {REPLY}",
    "in the middle": "What number <THINKING>1 < 2?</THINKING>told you?",
    "in brackets": f"[THINK]Why?[/THINK]{REPLY}",
    "none": REPLY,
}
UNFINISHED = "<think>Okay, the candidate rolled it back. Should I ask why? I could"


def pieces(text: str, size: int) -> Generator[str, None, None]:
    yield from (text[at : at + size] for at in range(0, len(text), size))


@pytest.mark.parametrize("text", THOUGHT.values(), ids=THOUGHT)
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_thoughts_are_left_out_however_the_text_is_cut(text: str, size: int) -> None:
    assert "".join(aloud(pieces(text, size))) == whole(text) == REPLY


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_thought_that_is_cut_off_leaves_nothing(size: int) -> None:
    assert list(aloud(pieces(UNFINISHED, size))) == []
    assert whole(UNFINISHED) == ""


def test_a_thought_that_began_in_the_template_is_left_out_of_a_whole_reply() -> None:
    assert whole(f"Okay, why? Or how?\n</think>\n\n{REPLY}") == REPLY
    assert unopened(f"Okay</think>{REPLY}") and not unopened(THOUGHT["two"])


@pytest.mark.parametrize("text", ["Is 3 < 4?", "a <b", "x[th", "Which <thin"])
def test_what_only_looks_like_one_is_kept(text: str) -> None:
    assert "".join(aloud(pieces(text, 1))) == whole(text) == text


@contextmanager
def replying(*texts: str) -> Iterator[BadServer]:
    """A server that says these, in turn, as a stream and as a whole."""
    bodies = []
    for text in texts:
        message = {"content": text}
        choice = {"index": 0, "finish_reason": "stop", "message": message, "delta": message}
        bodies.append(f"raw {json.dumps({'choices': [choice]})}")
    with serving(*bodies) as server:
        yield server


def streamed(server: BadServer) -> str:
    return "".join(model_at(server.url).stream(HELLO, max_tokens=40))


@pytest.mark.slow
@pytest.mark.parametrize("text", [THOUGHT["one"], f"Why? Hm. </think>{REPLY}"])
def test_a_servers_reply_has_no_thoughts(text: str) -> None:
    with replying(text) as server:
        assert model_at(server.url).complete(HELLO, max_tokens=40) == REPLY
    with replying(THOUGHT["one"]) as server:
        assert streamed(server) == REPLY


@pytest.mark.slow
def test_json_in_a_thought_is_no_verdict() -> None:
    with replying('<think>{"level": 1}? No.</think>{"level": 3}') as server:
        reply = model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)
    assert json.loads(reply) == {"level": 3}


@pytest.mark.slow
def test_a_model_whose_thought_is_cut_off_is_asked_without() -> None:
    with replying(UNFINISHED, REPLY) as server:
        assert streamed(server) == REPLY
        assert server.requests[-1]["reasoning_effort"] == "none"
    with replying(UNFINISHED, REPLY) as server:
        assert model_at(server.url).complete(HELLO, max_tokens=40) == REPLY


@pytest.mark.slow
def test_a_model_that_does_nothing_but_think_is_told() -> None:
    with replying(UNFINISHED) as server:
        with pytest.raises(InterviewError, match="without long thinking"):
            streamed(server)
        with pytest.raises(InterviewError, match="without long thinking"):
            model_at(server.url).check()


@pytest.mark.slow
def test_no_thought_is_asked_aloud() -> None:
    free = "Twice the median, you said: which data did you set that gate by?"
    for text in (f"<think>Should I?</think>{free}", f"I join the two. </think>{free}"):
        with replying(text) as server:
            assert Brain(model_at(server.url)).phrase(move(), session()) == free
    with replying(UNFINISHED.replace("<think>", "")) as server:
        assert Brain(model_at(server.url)).phrase(move(), session()) == WRITTEN
