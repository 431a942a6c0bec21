"""The web page of the model that ships, in Chromium: how large it is, how soon a digit is there, how fluid a drag is.

A frame of a drag is one in which the digit was drawn anew; the hand moves the slider by real events of the mouse.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.ratios import late, spread
from vae_explorer.page import joined, made
from vae_explorer.space.space import Space

ROUNDS = 9
MOST = 250_000  # bytes
MOVES = 120  # of the mouse in a drag
DESK = {"viewport": {"width": 1180, "height": 780}}
PHONE = {"viewport": {"width": 390, "height": 780}}
# Runs before the page does, and notes in which frames the digit, its only canvas of 28 pixels in .digit, was drawn.
WATCH = """
  globalThis.drawn = [];
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...given) {
    if (this.canvas.parentElement?.className === "digit") drawn.push(performance.now());
    return put.apply(this, given);
  };
"""
TIMES = """([code, count]) => {
  const z = explorer.z.map(() => 0.5), x = explorer.decode(z), ways = {
    decode: () => explorer.decode(z),
    encode: () => explorer.encode(x),
    "gauge and looks like": () => [explorer.atlas.percentile(z), explorer.atlas.shares(z)],
  };
  const start = performance.now();
  for (let k = 0; k < count; k++) ways[code]();
  return (performance.now() - start) / count;
}"""


def report() -> str:
    """Lay out the bytes, and then the times."""
    data = made.page(Space.open())
    script, style = len(joined.script().encode()), len(joined.style().encode())
    rest = len(data) - script - style
    lines = [f"a page of {len(data)} bytes, must be at most {MOST}: script {script}, style {style}, data {rest}"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "latent.html"
        path.write_bytes(data)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        lines += [_begun(browser, path), _computed(browser, path)]
        lines += [_dragged(browser, path, "at 1180 pixels", DESK, 1)]
        lines += [_dragged(browser, path, "at 390 pixels, a processor a fourth as fast", PHONE, 4)]
        browser.close()
    return "\n".join(lines)


@contextmanager
def _opened(browser: Browser, path: Path, slower: int = 1, **context: Any) -> Iterator[Page]:
    """The page once it has drawn its digit."""
    here = browser.new_context(**context)
    page = here.new_page()
    page.add_init_script(WATCH)
    here.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(path.as_uri())
    page.evaluate("new Promise((done) => { const look = () => drawn.length ? done() : setTimeout(look, 5); look(); })")
    yield page
    here.close()


def _begun(browser: Browser, path: Path) -> str:
    taken = []
    for _ in range(ROUNDS + 1):
        with _opened(browser, path, **DESK) as page:
            taken.append(page.evaluate("drawn[0]"))
    return f"  from the start of loading to the first digit {spread(taken[1:])} ms"


def _computed(browser: Browser, path: Path) -> str:
    with _opened(browser, path, **DESK) as page:
        page.wait_for_timeout(1000)  # until all strips are drawn
        ways = ("decode", "encode", "gauge and looks like")
        taken = {way: [page.evaluate(TIMES, [way, 100]) for _ in range(ROUNDS + 1)][1:] for way in ways}
    return "\n".join(f"  {way} {spread(values)} ms" for way, values in taken.items())


def _dragged(browser: Browser, path: Path, where: str, context: dict[str, Any], slower: int) -> str:
    """Frames a second of drags from one end of a slider to the other, and the time between two."""
    gaps = []
    with _opened(browser, path, slower, **context) as page:
        page.wait_for_timeout(3000)
        for k in range(ROUNDS + 1):
            frames = _drag(page, k % 3)
            gaps.append([after - before for before, after in pairwise(frames)])
    rates = [1e3 / (sum(each) / len(each)) for each in gaps[1:]]
    every = [gap for each in gaps[1:] for gap in each]
    return (
        f"  a slider dragged {where}: {spread(rates)} frames a second, {median(every):.1f} ms between two, "
        f"95th percentile {late(every):.1f}"
    )


def _drag(page: Page, dim: int) -> list[float]:
    """Drag a slider there and back; give the times at which the digit was drawn, in ms."""
    slider = page.locator(".row input[type=range]").nth(dim)
    slider.evaluate("(each) => each.scrollIntoView({ block: 'end' })")
    box = slider.bounding_box()
    assert box is not None, "a slider is seen"
    x, y, width = box["x"], box["y"] + box["height"] / 2, box["width"]
    page.mouse.move(x + width / 2, y)
    page.mouse.down()
    page.evaluate("drawn.length = 0")
    for k in range(MOVES):
        page.mouse.move(x + width * (0.1 + 0.8 * abs(1 - 2 * k / MOVES)), y)
    frames: list[float] = page.evaluate("drawn")
    page.mouse.up()
    return frames
