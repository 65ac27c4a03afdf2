# ruff: noqa: ANN401, I001
# Any: options are handed on to Playwright; imports: a line each is noise.
"""The page in a real browser: from disk, without a network."""

import http.client
import os
import re
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from click.testing import CliRunner

from interviewer.commands.replay import replay
from sessions.attempts import compare
from sessions.index import Index
from sessions.model import Advice, Debrief, Quote, Session, Vote, Word
from sessions.page import embedded, linked, policy, render, session_page, tokens
from sessions.suggestion import next_practice
from sessions.progress import progress
from sessions.progress_page import progress_page
from sessions.search import listed, since
from sessions.serve import Server, door
from sessions.store import SessionStore
from sessions.timeline import DEEPER
from tests.example_sessions import (
    example_answer, example_rubric, example_session, example_turn, example_turns, graded_session,
    write_audio,
)  # fmt: skip

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = (
    "<script>window.hacked=1</script> <img src=x onerror=window.hacked=1> "
    '"><svg/onload=window.hacked=1> </p></main><h1>gone</h1> javascript:alert(1) {{7*7}} &amp;'
)
TITLES = {"behavioral": "Behavioral", "ml_coding": "ML coding"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    store = SessionStore(tmp_path / "sessions")
    yield store
    store.close()


@pytest.fixture
def session(store: SessionStore) -> Session:
    session = store.create(graded_session(missed=("prevention",)))
    write_audio(store.path(session.id), session)
    return session


def written(store: SessionStore, session: Session, **more: Any) -> Path:
    path = store.path(session.id) / "replay.html"
    page = session_page(session, embedded(store.path(session.id), session), **more)
    path.write_text(page, encoding="utf-8")
    return path


def test_everything_that_was_said_is_escaped(store: SessionStore) -> None:
    session = hostile()
    page = session_page(session, {})
    assert "<script>window.hacked" not in page
    assert "<img" not in page
    assert "<svg/onload" not in page
    assert page.count("<script") == page.count("</script>") == 1
    assert page.count("<h1>") == 1
    assert "{{7*7}}" in page


def test_a_page_names_nothing_outside_of_itself(store: SessionStore, session: Session) -> None:
    page = session_page(session, embedded(store.path(session.id), session))
    for address in ("http://", "https://", "//cdn", "@import", "url("):
        assert address not in page
    assert page.count("data:audio/flac;base64,") == 3


def test_a_session_without_sound_scores_or_answers_still_makes_a_page() -> None:
    bare = example_session(id="x")
    assert "Not graded yet" in session_page(bare, {})
    silent = example_turn(answer=replace(example_answer(), words=(), text="", audio="lost.flac"))
    page = session_page(bare.with_turn(silent), {})
    assert "Nothing was said." in page
    assert "lost.flac is no longer there" in page
    assert 'id="player"' not in page


def test_a_full_loop_shows_every_round_and_the_debrief() -> None:
    vote = Vote(round="ml_coding", vote="no vote", reason="Too little was said.")
    debrief = Debrief(votes=(vote,), recommendation="no decision", reasons=("One round is open.",))
    rubrics = (example_rubric(), example_rubric("ml_coding"))
    turns = (*example_turns()[:2], replace(example_turns()[2], round="ml_coding"))
    session = graded_session(id="x", round="full_loop", rubrics=rubrics, turns=turns)
    page = session_page(replace(session, debrief=debrief), {})
    for text in ("Full loop", "Ml coding: no vote", "no decision", "One round is open."):
        assert text in page
    header = page[: page.index("</header>")]
    assert 'The panel: <a href="#debrief"><strong>no decision</strong>' in header
    assert '<li><a href="#debrief">Debrief</a></li>' in header
    assert "#debrief" not in session_page(session, {})


def test_the_criteria_of_a_full_loop_are_folded_by_round_behind_the_panel() -> None:
    rounds = ("behavioral", "coding")
    session = graded_session(id="x", rubrics=tuple(map(example_rubric, rounds)))
    assert session.scorecard
    one, *_, last = session.scorecard.criteria
    criteria = (one, replace(one, level=4), replace(last, round="coding"))
    debrief = Debrief(votes=(), recommendation="hire", reasons=())
    card = replace(session.scorecard, criteria=criteria)
    page = session_page(replace(session, scorecard=card, debrief=debrief), {})
    assert page.index('id="fix"') < page.index('id="debrief"') < page.index('id="scorecard"')
    heads = re.findall("<summary>(.*) <small>(.*)</small></summary>", page)
    assert heads == [("Behavioral", "levels 3 to 4"), ("Coding", "level 3 throughout")]
    assert "<span>Question 1 · Behavioral</span>" in page
    alone = session_page(graded_session(id="x"), {})
    assert '<details class="round">' not in alone
    assert "<span>Question 1</span>" in alone


def test_what_to_fix_comes_before_the_criteria_and_once() -> None:
    page = session_page(graded_session(id="x", retry_of="a"), {},
                        comparison=compare(graded_session(id="a"), graded_session(id="x")))  # fmt: skip
    fix, first = page.index('id="fix"'), "Say the number before the story: eleven percent is the"
    assert page.count("Fix first</h") == 1
    assert fix < page.index(first) < page.index('id="scorecard"') < page.index('id="attempts"')
    assert page.count(first) == 2, "once a question"
    assert '<a href="#q2">Question 2</a> Describe a disagreement' in page
    assert '<a href="#fix">Fix first</a>' in page
    assert "more question" not in page
    bare = graded_session(id="x")
    assert bare.scorecard
    none = replace(bare, scorecard=replace(bare.scorecard, advice=()))
    assert "Fix first" not in session_page(none, {})


def test_what_to_fix_in_a_long_session_is_folded_after_three_questions() -> None:
    rounds = [f"round_{number}" for number in range(5)]
    turns = tuple(replace(example_turns()[0], round=one) for one in rounds)
    session = graded_session(id="x", turns=turns, rubrics=tuple(map(example_rubric, rounds)))
    assert session.scorecard
    (one,) = session.scorecard.advice
    advice = tuple(replace(one, round=each) for each in rounds)
    page = session_page(replace(session, scorecard=replace(session.scorecard, advice=advice)), {})
    shown, folded = page.split("<summary>In 2 more questions</summary>")
    assert shown.count("Say the number before") == 3
    assert folded.count("Say the number before") == 2


def test_both_transcripts_of_a_retried_question_are_folded() -> None:
    before, after = graded_session(2, id="a"), graded_session(id="x", retry_of="a")
    page = session_page(after, {}, comparison=compare(before, after))
    folded = page.split("<summary>What you said, both times</summary>")[1]
    assert folded.index('class="sides"') < folded.index("</details>")


def test_why_a_question_goes_deeper_is_told_without_that_question() -> None:
    asked = "What did your fix make worse?"
    deeper = example_turn(
        kind="follow_up",
        why=f"{DEEPER}: {asked}",
        asked=replace(example_turn().asked, text=asked),
    )
    page = session_page(example_session(turns=(example_turn(), deeper)), {})
    assert page.count(asked) == 1
    assert "Your answer was a strong one so far, so this goes deeper." in page


def test_the_list_calls_a_full_loop_by_its_name(store: SessionStore) -> None:
    store.create(graded_session(round="full_loop"))
    with Index(store) as index:
        rows, total = listed(index)
    page = render("list.html", rows=rows, total=total, words="", titles=TITLES, policy=policy())
    assert '<td role="cell">Full loop</td>' in page


def test_what_left_the_machine_is_told() -> None:
    session = graded_session(id="x")
    assert "Nothing left this machine." in session_page(session, {})
    remote = replace(session.models[1], remote=True, engine="example.org", name="big")
    page = session_page(replace(session, models=(session.models[0], remote)), {})
    assert "Left this machine: the transcript to example.org (big)." in page


def test_words_are_marked_by_what_they_are_and_long_silence_is_shown() -> None:
    words = (
        Word(text="So,", start=0.0, end=0.3, probability=0.9),
        Word(text="um,", start=0.4, end=0.6, probability=0.9),
        Word(text="currency", start=1.7, end=2.1, probability=0.4),
        Word(text="field", start=3.0, end=3.4, probability=0.9),
    )
    turn = example_turn(answer=replace(example_answer(), words=words))
    found = tokens(turn, (Quote(text="field", turn=0, start=3.0, end=3.4),))
    assert [one.kind for one in found] == ["", "filler", "doubtful", "evidence"]
    assert [one.note for one in found] == ["", "filler", "perhaps misheard (40% sure)", ""]
    assert [one.pause for one in found] == pytest.approx([0, 1.1, 0, 0])


def test_a_silence_is_called_long_only_where_delivery_counts_it(
    store: SessionStore, session: Session
) -> None:
    page = session_page(session, embedded(store.path(session.id), session))
    # 2.7 s in the third answer are the only pause over 2 s.
    for gap in (
        '<span class="gap" title="1.6 seconds of silence">1.6 s</span>',
        '<span class="gap over" title="2.7 seconds of silence, a long pause">2.7 s',
    ):
        assert gap in page
    assert "1.4 s</span> silence of 1 s or more</span>" in page
    assert "long pause, over 2 s" in page
    assert "silences of 1 s or more: 3, long pauses: 0, fillers: 3" in page
    assert "silences of 1 s or more: 2, long pauses: 1, fillers: 2" in page


def hostile() -> Session:
    """Every text that comes from outside is an attack."""
    session = graded_session(id="x")
    turn = example_turn(HOSTILE, answer=replace(example_answer(HOSTILE, "answer-1.flac")))
    turn = replace(turn, why=HOSTILE, asked=replace(turn.asked, text=HOSTILE, spoken=HOSTILE))
    card = session.scorecard
    assert card
    quote = replace(card.criteria[0].quotes[0], text=HOSTILE)
    card = replace(
        card,
        criteria=tuple(replace(one, why=HOSTILE, name=HOSTILE, quotes=(quote,))
                       for one in card.criteria),
        points=tuple(replace(one, statement=HOSTILE, quotes=(quote,)) for one in card.points),
        advice=(Advice(round="behavioral", question="production_failure", fix_first=(HOSTILE,),
                       stronger=HOSTILE, next_follow_up=HOSTILE),),
    )  # fmt: skip
    return replace(session, turns=(turn,), scorecard=card, candidate=HOSTILE, ended_by=HOSTILE)


# In a browser.


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import Error, sync_playwright

    path = os.environ.get("MOCK_INTERVIEWER_TEST_BROWSER", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=path,
                args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
            )
        except Error as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no browser at {path}: apt-get install chromium ({error.message[:80]})")
        yield browser
        browser.close()


@pytest.fixture
def page(browser: "Browser", store: SessionStore, session: Session) -> Iterator["Page"]:
    """The session's page, opened from disk with the network off; no errors happened on it."""
    yield from opened(browser, written(store, session).as_uri())


def opened(browser: "Browser", address: str, **options: Any) -> Iterator["Page"]:
    context = browser.new_context(**{"offline": address.startswith("file:"), **options})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    page.goto(address)
    yield page
    context.close()
    assert faults == []


def heard(page: "Page", turn: int) -> float:
    return float(
        page.evaluate(f"document.querySelector('audio[data-turn=\"{turn}\"]').currentTime")
    )


def until(page: "Page", script: str) -> None:
    """Wait for it; `wait_for_function` would need eval, which the page's policy forbids."""
    for _ in range(600):
        if page.evaluate(script):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never came true: {script}")


def playing(page: "Page") -> list[str]:
    script = (
        "[...document.querySelectorAll('audio')].filter(a => !a.paused).map(a => a.dataset.turn)"
    )
    return list(page.evaluate(script))


@pytest.mark.slow
def test_sound_plays_from_disk_without_a_network(page: "Page") -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "document.querySelector('audio').currentTime > 0.4")
    assert playing(page) == ["0"]
    page.get_by_role("button", name="Pause").click()
    assert playing(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_click_on_a_word_plays_from_there(page: "Page", session: Session, turn: int) -> None:
    answer = session.turns[turn].answer
    assert answer
    page.evaluate("document.querySelectorAll('audio').forEach(a => { a.volume = 0 })")
    words = page.locator(f'.words[data-turn="{turn}"] .w')
    assert words.count() == len(answer.words)
    for place in (len(answer.words) - 3, 4, len(answer.words) // 2):
        # Playing goes on while we look: what is asked is where it was set to.
        page.evaluate(
            f"""() => {{
              const clip = document.querySelector('audio[data-turn="{turn}"]');
              clip.addEventListener('seeked', () => {{ window.seeked = clip.currentTime }},
                                    {{ once: true }});
            }}"""
        )
        words.nth(place).click()
        until(page, "window.seeked !== undefined")
        assert abs(page.evaluate("window.seeked") - answer.words[place].start) < 0.1
        assert playing(page) == [str(turn)]
        page.evaluate("delete window.seeked")


@pytest.mark.slow
def test_the_word_that_is_heard_is_lit(page: "Page", session: Session) -> None:
    answer = session.turns[0].answer
    assert answer
    page.locator('.words[data-turn="0"] .w').nth(10).click()
    until(page, "document.querySelectorAll('.w.now').length === 1")
    page.evaluate("document.querySelector('audio').pause()")
    page.wait_for_timeout(50)
    lit = page.locator(".w.now")
    at = heard(page, 0)
    assert float(lit.get_attribute("data-start") or -1) <= at + 0.05
    later = [word.start for word in answer.words if word.start > at + 0.1]
    assert float(lit.get_attribute("data-start") or 99) < later[0]


@pytest.mark.slow
def test_evidence_plays_its_span_and_stops(page: "Page", session: Session) -> None:
    card = session.scorecard
    assert card
    quote = card.criteria[0].quotes[0]
    button = page.locator("button.quote").first
    assert quote.text in button.inner_text()
    button.click()
    until(page, "![...document.querySelectorAll('audio')].every(a => a.paused)")
    until(page, "[...document.querySelectorAll('audio')].every(a => a.paused)")
    assert quote.end <= heard(page, quote.turn) < quote.end + 0.35


@pytest.mark.slow
def test_the_keyboard_is_enough(page: "Page", session: Session) -> None:
    first = page.locator('.words[data-turn="0"] .w').first
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == session.turns[0].answer.words[2].text  # type: ignore[union-attr]  # fmt: skip
    page.keyboard.press("Enter")
    until(page, "!document.querySelector('audio').paused")
    page.keyboard.press("Space")
    until(page, "document.querySelector('audio').paused")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.textContent").startswith("posting")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.words')?.dataset.turn") != "0"


@pytest.mark.slow
def test_the_strong_outline_is_folded_away_until_asked_for(page: "Page") -> None:
    outline = page.locator("details.outline p").first
    assert not outline.is_visible()
    page.locator("details.outline summary").first.press("Enter")
    assert outline.is_visible()


@pytest.mark.slow
def test_a_hostile_transcript_does_nothing(browser: "Browser", store: SessionStore) -> None:
    made = store.create(hostile())
    write_audio(store.path(made.id), made)
    for page in opened(browser, written(store, made).as_uri()):
        page.locator(".words .w").first.click()
        page.locator("button.quote").first.click()
        page.wait_for_timeout(200)
        assert page.evaluate("window.hacked") is None
        assert page.locator("h1").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 390])
def test_axe_finds_no_fault_and_nothing_overflows(
    browser: "Browser", store: SessionStore, session: Session, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    again = store.create(graded_session(level=4, retry_of=session.id))
    write_audio(store.path(again.id), again)
    comparison = compare(session, again)
    with Index(store) as index:
        now = since("2026-11-25T10:00:00+01:00")
        practice = next_practice(index, TITLES, now)
        trends = progress_page(progress(index, now.date()), practice, TITLES)
        rows, total = listed(index)
    listing = render("list.html", rows=rows, total=total, words="", titles=TITLES, policy=policy())
    for name, text in (("progress", trends), ("list", listing)):
        (store.folder / f"{name}.html").write_text(text, encoding="utf-8")
    pages = (
        written(store, again, comparison=comparison),
        store.folder / "progress.html",
        store.folder / "list.html",
    )
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 850}}
    for path in pages:
        for page in opened(browser, path.as_uri(), **options):
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            cut = "table => table.parentNode.scrollWidth > table.parentNode.clientWidth"
            tables = page.locator("table.list, table.pairs, table.measures")
            assert not any(one.evaluate(cut) for one in tables.all()), "a part is out of sight"
            found = axe_violations(Axe().run(page).response)
            assert found == []


def axe_violations(response: dict[str, Any]) -> list[str]:
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}"
        for one in response["violations"]
    ]


@pytest.mark.slow
def test_sound_beside_the_page_plays_too(
    browser: "Browser", store: SessionStore, session: Session
) -> None:
    path = store.path(session.id) / "replay.html"
    sounds = linked(store.path(session.id), session, "")
    path.write_text(session_page(session, sounds), encoding="utf-8")
    assert path.stat().st_size < 300_000
    for page in opened(browser, path.as_uri()):
        page.locator('.words[data-turn="1"] .w').nth(6).click()
        until(page, "document.querySelector('audio[data-turn=\"1\"]').currentTime > 1")


# Served.


@pytest.fixture
def server(store: SessionStore) -> Iterator[Server]:
    with Server(store, TITLES) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        yield server
        server.stop()
        thread.join()


def cookie(server: Server) -> str:
    return f"mock_interviewer_{server.port}={server.url.split('token=')[1]}"


def ask(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    address = f"http://127.0.0.1:{server.port}{path}"
    known = {"Cookie": cookie(server)}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=known | names)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def test_nobody_is_served_without_the_token_or_under_another_name(
    server: Server, session: Session
) -> None:
    assert ask(server, "/")[0] == 200
    assert ask(server, "/", Cookie="")[0] == 403
    assert ask(server, "/", Cookie=f"mock_interviewer_{server.port}=guess")[0] == 403
    assert ask(server, "/?token=guess", Cookie="")[0] == 403
    assert ask(server, "/", Host="evil.example")[0] == 403
    assert ask(server, f"/session/{session.id}", Cookie="")[0] == 403
    assert ask(server, f"/audio/{session.id}/answer-1.flac", Cookie="")[0] == 403


def test_cookies_of_other_programs_on_this_machine_lock_nobody_out(
    server: Server, store: SessionStore
) -> None:
    with Server(store, TITLES) as other:
        theirs = f'foo={{"a":"b"}}; {cookie(other)}; bare'
    assert ask(server, "/", Cookie=f"{theirs}; {cookie(server)}")[0] == 200
    assert ask(server, "/", Cookie=f"{cookie(server)}; {theirs}")[0] == 200
    assert ask(server, "/", Cookie=theirs)[0] == 403


def test_nothing_but_sessions_is_served(server: Server, session: Session) -> None:
    for path in (
        "/../../etc/passwd", "/audio/..%2f..%2fetc/passwd", f"/audio/{session.id}/../../index.sqlite",
        f"/audio/{session.id}/session.json", f"/audio/{session.id}/session.lock", "/session/..",
        "/session/nothing", f"/audio/{session.id}/nothing.flac", "/index.sqlite",
    ):  # fmt: skip
        status, _, body = ask(server, path)
        assert status == 404, path
        assert b"root:" not in body


def test_parts_of_a_recording_are_served(
    server: Server, store: SessionStore, session: Session
) -> None:
    path = f"/audio/{session.id}/answer-1.flac"
    whole = (store.path(session.id) / "answer-1.flac").read_bytes()
    size = len(whole)
    assert ask(server, path)[2] == whole
    for asked, start, end in (
        ("bytes=0-99", 0, 100), ("bytes=100-", 100, size), ("bytes=-50", size - 50, size),
        (f"bytes=10-{size + 99}", 10, size),
    ):  # fmt: skip
        status, headers, body = ask(server, path, Range=asked)
        assert status == 206
        assert body == whole[start:end]
        assert headers["Content-Range"] == f"bytes {start}-{end - 1}/{size}"
    long = "9" * 5_000
    for asked in (f"bytes={size}-", "bytes=9-3", "bytes=-", "lines=1-2", f"bytes=-{long}"):
        assert ask(server, path, Range=asked)[0] == 416


def raw(server: Server, path: str) -> socket.socket:
    """A connection on which that was asked, just as it stands."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    head = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookie(server)}\r\n\r\n"
    )
    connection.sendall(head.encode())
    return connection


def test_what_is_no_address_is_answered(server: Server) -> None:
    with raw(server, "http://[::1") as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_a_browser_that_leaves_is_no_news(
    server: Server, store: SessionStore, session: Session, capfd: pytest.CaptureFixture[str]
) -> None:
    (store.path(session.id) / "answer-1.flac").write_bytes(bytes(20_000_000))
    at_once = struct.pack("ii", 1, 0)
    earlier = set(threading.enumerate())  # Other tests' servers may still hold a connection.
    for path in ("/", f"/session/{session.id}", f"/audio/{session.id}/answer-1.flac"):
        with raw(server, path) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    assert ask(server, "/")[0] == 200  # In turn: all before it have been accepted.
    requests = [one for one in threading.enumerate() if "process_request" in one.name]
    for one in set(requests) - earlier:
        one.join(timeout=30)
        assert not one.is_alive()
    assert capfd.readouterr().err == ""


def test_a_fault_of_ours_is_one_line_and_fails_one_request(
    server: Server, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("sessions.serve.render", fail)
    with raw(server, "/") as connection:
        assert connection.recv(100) == b""
    monkeypatch.undo()
    assert ask(server, "/")[0] == 200
    assert capfd.readouterr().err == (
        "A page could not be served (ZeroDivisionError: division by zero).\n"
    )


def test_every_answer_has_a_strict_policy(server: Server, session: Session) -> None:
    for path in ("/", f"/session/{session.id}", "/progress", "/nothing"):
        headers = ask(server, path)[1]
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["Cache-Control"] == "no-store"


def test_only_this_machine_can_ask_and_only_with_a_token_of_its_own(
    server: Server, store: SessionStore
) -> None:
    # A server for all addresses would answer on this one of loopback's, too.
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", server.port), timeout=5)
    with Server(store, TITLES) as other:
        assert cookie(other).split("=")[1] != cookie(server).split("=")[1]


def test_the_first_address_becomes_a_cookie_that_no_script_and_no_other_site_gets(
    server: Server,
) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    with closing(line):
        line.request("GET", server.url.removeprefix(f"http://127.0.0.1:{server.port}"))
        answer = line.getresponse()
        assert answer.status == 200
        assert b"url=/" in answer.read()
        given, *rules = answer.headers["Set-Cookie"].split("; ")
    assert given == cookie(server)
    assert {"HttpOnly", "SameSite=Strict"} <= set(rules)


def test_another_site_learns_nothing_from_what_is_served(server: Server, session: Session) -> None:
    for path in ("/", f"/session/{session.id}", f"/audio/{session.id}/answer-1.flac"):
        headers = ask(server, path)[1]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_no_command_line_shows_the_token_and_only_the_owner_reads_it(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def launch(url: str) -> int:
        started.append(url)
        file = Path(url2pathname(urlsplit(url).path))
        assert "token=" in file.read_text()
        assert (file.stat().st_mode | file.parent.stat().st_mode) & 0o077 == 0
        return 0

    monkeypatch.setattr("click.launch", launch)
    monkeypatch.setattr(Server, "run", lambda self: None)
    done = CliRunner().invoke(replay, ["--serve", "--sessions", str(store.folder)])
    assert done.exit_code == 0, done.output
    assert len(started) == 1
    assert "token" not in started[0]
    assert not Path(url2pathname(urlsplit(started[0]).path)).parent.exists()


@pytest.mark.slow
def test_the_private_file_leads_a_browser_to_the_list(
    browser: "Browser", server: Server, tmp_path: Path, session: Session
) -> None:
    for page in opened(browser, door(tmp_path, server.url).as_uri(), offline=False):
        page.wait_for_url(f"http://127.0.0.1:{server.port}/")
        assert page.locator("td a, th a").count() == 1


@pytest.mark.slow
def test_a_person_walks_from_the_list_to_a_word(
    browser: "Browser", server: Server, session: Session
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for page in opened(browser, server.url):
        page.wait_for_url(f"http://127.0.0.1:{server.port}/")
        page.get_by_label("Words that were said").fill("currency field")
        page.get_by_role("button", name="Search").click()
        assert axe_violations(Axe().run(page).response) == []
        page.locator("td a, th a").first.click()
        page.locator('.words[data-turn="0"] .w').nth(40).click()
        until(page, "document.querySelector('audio').currentTime > 10")
        page.get_by_role("link", name="All sessions").click()
        page.get_by_role("link", name="Progress").click()
        assert page.get_by_role("heading", name="Practise next").count() == 1
