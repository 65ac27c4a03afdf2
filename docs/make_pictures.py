"""Makes the pictures of a session's page: `PYTHONPATH=. python docs/make_pictures.py`.

Needs Chromium, and the fonts that the page asks for first: Inter and EB Garamond.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from sessions.page import embedded, session_page
from tests.example_sessions import graded_session, write_audio

IMAGES = Path(__file__).with_name("images")
BROWSER = os.environ.get("MOCK_INTERVIEWER_TEST_BROWSER", "/usr/bin/chromium")
WORD = "back"
"""The word of the first answer that is lit."""


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Make all of them anew."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        session = graded_session(id="2026-11-24-1015-behavioral")
        write_audio(Path(folder), session)
        page = Path(folder) / "replay.html"
        page.write_text(session_page(session, embedded(Path(folder), session)), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for scheme in SCHEMES:
            take(browser, page, scheme)
        browser.close()


def take(browser: Browser, page: Path, scheme: Literal["light", "dark"]) -> None:
    """The first question, while a word of its answer is heard."""
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": 1000, "height": 860},
        reduced_motion="reduce",
    )
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.locator('.words[data-turn="0"]').get_by_text(WORD, exact=True).first.click()
    tab.locator(".player.playing").wait_for()
    tab.get_by_role("button", name="Pause").click()
    tab.evaluate("document.querySelector('#q1').scrollIntoView()")
    tab.mouse.move(0, 0)
    tab.screenshot(path=IMAGES / f"replay-{scheme}.png")
    context.close()


if __name__ == "__main__":
    main()
