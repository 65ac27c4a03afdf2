import json
import socket

import pytest

from interviewer.chat import ChatModel
from interviewer.engine import Address
from interviewer.errors import InterviewError
from interviewer.language import language_model, looks_strong, on_this_machine
from interviewer.scripted import ScriptedModel
from interviewer.seams import Message
from sessions.model import ModelUsed
from tests.bad_server import REPLY, serving

KEY = "sk-very-secret-key"
HELLO = (Message("system", "Ask."), Message("user", "I rolled it back."))
LEVEL = {"type": "object", "properties": {"level": {"type": "integer"}}, "required": ["level"]}


def model_at(url: str, *, embedded: bool = False, patience: float = 5.0) -> ChatModel:
    used = ModelUsed(role="language", engine=url, name="any", digest=None, remote=False)
    return ChatModel(
        lambda: Address(url, KEY), used, strong=True, embedded=embedded, patience=patience
    )


def test_a_reply_comes_piece_by_piece() -> None:
    with serving("well") as server:
        pieces = list(model_at(server.url).stream(HELLO, max_tokens=40))
    assert len(pieces) > 3
    assert "".join(pieces) == REPLY


def test_the_same_request_is_sent_each_time_so_that_replies_can_be_repeated() -> None:
    with serving("well") as server:
        model = model_at(server.url)
        assert model.complete(HELLO, max_tokens=40) == model.complete(HELLO, max_tokens=40)
    first, second = server.requests
    assert first == second
    assert first["temperature"] == 0
    assert "seed" in first


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("401", "OPENAI_API_KEY"),
        ("403", "Choose another --model"),
        ("404", "Check --model and the URL"),
        ("429", "Wait a while"),
        ("500", "failed on its side"),
        ("html", "no JSON|OpenAI-compatible"),
        ("empty", "empty reply"),
        ("stall", "did not answer in time"),
    ],
)
@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "complete"])
def test_each_fault_is_told_in_a_line_or_two_with_what_to_do(
    way: str, told: str, streaming: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.chat._RETRIES", 0)
    with serving(way) as server:
        model = model_at(server.url, patience=0.3)
        with pytest.raises(InterviewError, match=told) as caught:
            if streaming:
                list(model.stream(HELLO, max_tokens=40))
            else:
                model.complete(HELLO, max_tokens=40)
    assert len(str(caught.value).splitlines()) <= 2
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("cut", "stopped in the middle"),
        ("garbage", "no JSON"),
        ("stall inside", "did not answer in time"),
    ],
)
def test_what_came_before_a_stream_broke_is_handed_over(way: str, told: str) -> None:
    got = []
    with (
        serving(way) as server,
        pytest.raises(InterviewError, match=told),
    ):
        for piece in model_at(server.url, patience=0.5).stream(HELLO, max_tokens=40):
            got.append(piece)
    assert REPLY.startswith("".join(got))
    assert len(got) == 3


def test_a_server_that_is_down_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    with pytest.raises(InterviewError, match=f"any at {url} cannot be reached"):
        model_at(url).complete(HELLO, max_tokens=40)


def test_a_busy_server_is_asked_again_when_it_said_so() -> None:
    with serving("429 after 0.1", "well") as server:
        assert model_at(server.url).complete(HELLO, max_tokens=40) == REPLY
    assert len(server.requests) == 2


def test_a_server_that_asks_for_a_long_wait_is_not_waited_for() -> None:
    with (
        serving("429 after 3600") as server,
        pytest.raises(InterviewError, match="too many requests"),
    ):
        model_at(server.url).complete(HELLO, max_tokens=40)
    assert len(server.requests) == 1


def test_closing_a_stream_hangs_up_so_that_the_server_stops() -> None:
    with serving("endless") as server:
        stream = model_at(server.url).stream(HELLO, max_tokens=4000)
        next(iter(stream))
        stream.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(10)


@pytest.mark.parametrize("refused", ["response_format", "temperature seed", "max_tokens"])
def test_what_a_server_refuses_is_left_out_and_remembered(refused: str) -> None:
    with serving(f"refuse {refused}") as server:
        model = model_at(server.url)
        for _ in range(2):
            assert json.loads(model.complete(HELLO, max_tokens=40, schema=LEVEL)) == {"level": 3}
    assert not set(refused.split()) & set(server.requests[-1])
    assert len(server.requests) == len(refused.split()) + 2


def test_a_server_without_schemas_gets_the_schema_as_text() -> None:
    with serving("refuse response_format") as server:
        model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)
    assert '"level"' in server.requests[-1]["messages"][-1]["content"]


def test_a_reply_without_json_is_refused() -> None:
    with serving("well") as server, pytest.raises(InterviewError, match="gave no JSON"):
        model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)


def test_a_server_is_checked_with_one_token() -> None:
    with serving("well") as server:
        model_at(server.url).check()
        assert [one["max_tokens"] for one in server.requests] == [1]
    with serving("empty") as server:
        model_at(server.url).check()  # A model that thinks first says nothing in one token.
    with serving("html") as server, pytest.raises(InterviewError, match="no JSON"):
        model_at(server.url).check()


def test_only_the_embedded_server_is_warmed_since_elsewhere_it_costs_money() -> None:
    with serving("well") as server:
        model_at(server.url).warm(HELLO)
        assert server.requests == []
        model_at(server.url, embedded=True).warm(HELLO)
    assert [request["max_tokens"] for request in server.requests] == [1]


def test_text_leaves_the_machine_unless_the_host_is_loopback() -> None:
    assert on_this_machine("http://localhost:8080/v1")
    assert on_this_machine("http://127.0.0.3/v1")
    assert on_this_machine("http://[::1]:80/v1")
    assert not on_this_machine("http://192.168.1.5:8080/v1")
    assert not on_this_machine("https://api.example.com/v1")
    assert not on_this_machine("https://127.0.0.1.example.com/v1")


def test_a_model_is_strong_unless_its_name_tells_of_few_parameters() -> None:
    assert not looks_strong("qwen2.5-coder-1.5b-instruct-q4_k_m")
    assert not looks_strong("llama3.2:3b")
    assert not looks_strong("smollm-360m")
    assert looks_strong("qwen3:8b")
    assert looks_strong("gpt-5.6-terra")


def test_a_server_with_one_model_needs_no_name_and_one_with_several_lists_them() -> None:
    with serving("one model") as server:
        assert language_model(server.url).used.name == "one"
    with serving("well") as server, pytest.raises(InterviewError, match=r"--model.*one, two"):
        language_model(server.url)


def test_a_password_in_the_url_is_not_kept() -> None:
    used = language_model("http://me:secret@example.com/v1", "any").used
    assert "secret" not in used.engine
    assert used.remote


def test_scripted_and_unknown_models() -> None:
    assert isinstance(language_model("scripted"), ScriptedModel)
    with pytest.raises(InterviewError, match="embedded, scripted, or the URL"):
        language_model("gpt")
    with pytest.raises(InterviewError, match="no model file"):
        language_model("embedded", "nowhere.gguf")
