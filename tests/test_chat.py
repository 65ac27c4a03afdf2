import json
import socket

import pytest
from openai import OpenAI

from interviewer.asking.brain import MOST_TOKENS
from interviewer.errors import InterviewError
from interviewer.llm.chat import ChatModel
from interviewer.llm.connection import on_this_machine
from interviewer.llm.engine import Address
from interviewer.llm.language import language_model, looks_strong
from interviewer.llm.scripted import ScriptedModel
from interviewer.seams import Message
from sessions.model import ModelUsed
from tests.bad_server import REPLY, serving

pytestmark = pytest.mark.slow
"""Each needs a server, a file of some size, or the whole of grading: a third of a second and more."""

KEY = "sk-very-secret-key"
HELLO = (Message("system", "Ask."), Message("user", "I rolled it back."))
LEVEL = {"type": "object", "properties": {"level": {"type": "integer"}}, "required": ["level"]}


def model_at(url: str, *, embedded: bool = False, patience: float = 5.0) -> ChatModel:
    used = ModelUsed(role="language", engine=url, name="any", digest=None, remote=False)
    return ChatModel(
        lambda: Address(url, KEY), used, strong=True, embedded=embedded, patience=patience
    )


def test_a_model_that_is_ended_in_the_middle_of_a_request_is_told_as_that() -> None:
    class Ended(ChatModel):
        def _client(self) -> OpenAI:
            client = super()._client()
            self.close()  # As the main thread does where a person leaves.
            return client

    with serving("well") as server, pytest.raises(InterviewError, match="was ended"):
        model = model_at(server.url)
        Ended(model._connect, model.used, strong=True).check()


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
    monkeypatch.setattr("interviewer.llm.chat._RETRIES", 0)
    with serving(way) as server:
        model = model_at(server.url, patience=0.3)
        with pytest.raises(InterviewError, match=told) as caught:
            if streaming:
                list(model.stream(HELLO, max_tokens=40))
            else:
                model.complete(HELLO, max_tokens=40)
    assert len(str(caught.value).splitlines()) <= 2
    assert KEY not in str(caught.value)


ODD = {
    "a list": "[1, 2]",
    "a text": '"hello"',
    "null": "null",
    "choices are null": '{"choices": null}',
    "choices are a text": '{"choices": "hi"}',
    "a choice is null": '{"choices": [null]}',
    "a choice is a text": '{"choices": ["x"]}',
    "a message is a text": '{"choices": [{"message": "hi", "delta": "hi"}]}',
    "a content is a number": '{"choices": [{"message": {"content": 5}, "delta": {"content": 5}}]}',
    "a part is null": '{"choices": [{"message": {"content": [null]}, "delta": {"content": [0]}}]}',
    "deep": "[" * 100_000 + "]" * 100_000,
    "a long number": '{"choices": [{"index": %s}]}' % ("9" * 5_000),
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "complete"])
def test_a_reply_of_another_shape_is_told(body: str, streaming: bool) -> None:
    with serving(f"raw {body}") as server:
        model = model_at(server.url)
        with pytest.raises(InterviewError, match=r"none of the API's|empty reply|in the middle"):
            if streaming:
                list(model.stream(HELLO, max_tokens=40))
            else:
                model.complete(HELLO, max_tokens=40)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([{"type": "text", "text": "Why "}, {"type": "text", "text": "that?"}], "Why that?"),
        ([{"type": "thinking", "thinking": []}, {"type": "text", "text": "Why?"}], "Why?"),
        ("Half a smile: \ud83d", "Half a smile: ?"),
    ],
)
def test_a_text_in_parts_or_with_half_a_character_is_read(content: object, text: str) -> None:
    message = {"content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message, "delta": message}
    with serving(f"raw {json.dumps({'choices': [choice]})}") as server:
        assert model_at(server.url).complete(HELLO, max_tokens=40) == text
        assert "".join(model_at(server.url).stream(HELLO, max_tokens=40)) == text


def test_json_that_is_nested_too_deep_is_none() -> None:
    deep = '{"a":' + "[" * 100_000 + "]" * 100_000 + "}"
    choice = {"index": 0, "finish_reason": "stop", "message": {"content": deep}}
    body = json.dumps({"choices": [choice]})
    with serving(f"raw {body}") as server, pytest.raises(InterviewError, match="gave no JSON"):
        model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)


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


@pytest.mark.parametrize("way", ["comments", "thinking", "bytes"])
@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "complete"])
def test_a_server_that_keeps_sending_without_a_reply_is_given_up(
    way: str, streaming: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.llm.chat._RETRIES", 0)
    with serving(way) as server:
        model = model_at(server.url, patience=0.2)
        with pytest.raises(InterviewError, match="did not answer in time"):
            if streaming:
                list(model.stream(HELLO, max_tokens=4000))
            else:
                model.complete(HELLO, max_tokens=40)


def test_a_reply_larger_than_any_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interviewer.llm.chat._RETRIES", 0)
    with serving("huge") as server, pytest.raises(InterviewError, match="without an end"):
        model_at(server.url).complete(HELLO, max_tokens=40)


def test_a_server_that_ignores_the_limit_is_stopped_soon_after_it() -> None:
    with serving("endless") as server:
        text = "".join(model_at(server.url).stream(HELLO, max_tokens=10))
        assert server.hung_up.wait(10)
    assert text.startswith(REPLY)
    assert text.count(" and") < 10 * 4


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


@pytest.mark.parametrize(
    "says",
    [
        '400 {"detail": "response_format json_schema is not supported"}',
        '400 {"error": "response_format.type must be text"}',
        '404 {"error": {"message": "no backend for json_schema"}}',
        '422 {"detail": [{"loc": ["body", "response_format"], "msg": "extra fields"}]}',
        '500 {"error": {"message": "grammar cannot be parsed"}}',
        "501 json_schema: not implemented",
    ],
)
def test_a_schema_is_spelled_out_in_whatever_words_it_was_refused(
    says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.llm.chat._RETRIES", 0)
    with serving(f"says {says}") as server:
        reply = model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)
    assert json.loads(reply) == {"level": 3}
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "says", ['400 {"detail": "the context is full"}', '200 {"error": {"message": "overloaded"}}']
)
def test_the_servers_own_words_are_told_whatever_the_form_of_its_body(says: str) -> None:
    with serving(f"says {says}") as server, pytest.raises(InterviewError) as caught:
        model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)
    assert says.split('"')[-2] in str(caught.value)
    assert len(server.requests) == 1


def test_a_reply_without_json_is_refused() -> None:
    with serving("well") as server, pytest.raises(InterviewError, match="gave no JSON"):
        model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)


def test_a_server_is_checked_with_the_room_that_a_follow_up_gets() -> None:
    with serving("well") as server:
        model_at(server.url).check()
        assert [one["max_tokens"] for one in server.requests] == [MOST_TOKENS]
    with serving("only thinks") as server, pytest.raises(InterviewError, match="empty reply"):
        model_at(server.url).check()
    with serving("html") as server, pytest.raises(InterviewError, match="no JSON"):
        model_at(server.url).check()


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "complete"])
def test_a_model_that_spends_its_room_on_thinking_is_asked_without(streaming: bool) -> None:
    with serving("thinks first") as server:
        model = model_at(server.url)
        for _ in range(2):
            text = (
                "".join(model.stream(HELLO, max_tokens=40))
                if streaming
                else model.complete(HELLO, max_tokens=40)
            )
            assert text == REPLY
    assert [one.get("reasoning_effort") for one in server.requests] == [None, "none", "none"]


@pytest.mark.parametrize(
    "says", ["Unrecognized request argument: reasoning_effort", "No thinking with this model"]
)
def test_a_model_that_must_think_is_told_as_that(says: str) -> None:
    refused = f"says 400 {json.dumps({'error': {'message': says}})}"
    with (
        serving("only thinks", refused, "only thinks") as server,
        pytest.raises(InterviewError, match="without long thinking"),
    ):
        model_at(server.url).complete(HELLO, max_tokens=40, schema=LEVEL)
    assert "reasoning_effort" not in server.requests[-1]


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


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_proxy_hears_what_is_said_to_a_server_on_this_machine(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("well") as proxy, serving("well") as server, serving("one model") as single:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        url = server.url.replace("127.0.0.1", host)
        assert model_at(url).complete(HELLO, max_tokens=40) == REPLY
        assert language_model(single.url.replace("127.0.0.1", host)).used.name == "one"
    assert len(server.requests) == 1
    assert proxy.requests == []


def test_a_server_elsewhere_is_asked_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving("well") as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("NO_PROXY", "")
        assert model_at("http://model.invalid/v1").complete(HELLO, max_tokens=40) == REPLY


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "127.0.0.1:3128:", "ftp://127.0.0.1"])
def test_a_proxy_of_no_use_is_named_by_its_variable(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(InterviewError, match="The proxy that ALL_PROXY names cannot be used"):
        model_at("http://model.invalid/v1").complete(HELLO, max_tokens=40)
    with serving("well") as server:
        assert model_at(server.url).complete(HELLO, max_tokens=40) == REPLY


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "complete"])
def test_a_server_cannot_send_the_text_on_to_another(streaming: bool) -> None:
    with serving("well") as other, serving(f"on to {other.url}") as server:
        model = model_at(server.url)
        with pytest.raises(InterviewError, match="another address") as caught:
            if streaming:
                list(model.stream(HELLO, max_tokens=40))
            else:
                model.complete(HELLO, max_tokens=40)
    assert other.url in str(caught.value)
    assert other.requests == []


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


@pytest.mark.parametrize(
    "typed",
    [
        "http://localhost:11434v1",
        "http://localhost:99999/v1",
        "http://[::1/v1",
        "http://[me]/v1",
        "http://1.2.3.400/v1",
        "http:///v1",
        "http:/localhost/v1",
        "localhost:11434/v1",
        " http://localhost/v1",
    ],
)
def test_a_mistyped_url_is_told_with_how_one_looks(typed: str) -> None:
    with pytest.raises(InterviewError, match=r"such as http://localhost:11434/v1"):
        language_model(typed, "any")


def test_a_mistyped_url_is_told_without_its_password() -> None:
    with pytest.raises(InterviewError) as told:
        language_model("http://me:secret@localhost:11434v1", "any")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("typed", ["http://[::1]:8080/v1", "HTTPS://models.example/v1"])
def test_a_url_is_taken_however_it_is_written(typed: str) -> None:
    assert language_model(typed, "any").used.role == "language"


def test_scripted_and_unknown_models() -> None:
    assert isinstance(language_model("scripted"), ScriptedModel)
    with pytest.raises(InterviewError, match="embedded, scripted, or the URL"):
        language_model("gpt")
    with pytest.raises(InterviewError, match="no model file"):
        language_model("embedded", "nowhere.gguf")
