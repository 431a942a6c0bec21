"""A real browser without a screen, which fails what complains or asks for anything."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

MOST_MS = 20_000
UNTIL = """async (most) => {
    const end = performance.now() + most;
    while (!(HOLDS)) {
        if (performance.now() > end) throw new Error("it never held");
        await new Promise((done) => setTimeout(done, 5));
    }
}"""
NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser; it is closed when left."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "there is no Chromium: tests/system.sh installs it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def shown(browser: Browser, path: Path, **context: Any) -> Iterator[Page]:
    """Open the file of a page, as by a double click; asserts when left that it said nothing and asked for nothing."""
    here = browser.new_context(**context)
    page, troubles = here.new_page(), []
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("request", lambda request: troubles.append(f"request: {request.url}"))
    address = path.resolve().as_uri()
    try:
        page.goto(address)
        until(page, "globalThis.explorer")
        yield page
    except BaseException as error:
        error.add_note(f"The page had said: {troubles}")
        raise
    finally:
        here.close()
    asked = [each for each in troubles if not each.startswith(f"request: {address}")]
    assert not asked, asked


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds in a page, some time; `wait_for_function` is refused by the page's policy."""
    page.evaluate(UNTIL.replace("HOLDS", expression), MOST_MS)
