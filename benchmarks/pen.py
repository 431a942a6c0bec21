"""The pen moves on the pad, and all that follows it, beside a slider's whole frame, in one window.

A pen's event ends when the X server has executed the stroke on the pad, the picture as the model gets it, the digit,
all strips, and the ring on the map, which is not seen then and is moved all the same. A slider has the map in front.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from statistics import median, quantiles

import numpy as np

from benchmarks.ratios import spread
from benchmarks.window import Window, opened, slider_values

ROUNDS, CHANGES = 9, 60


def report() -> str:
    """Measure both in turns, a digit in two strokes and as many changes of a slider a round."""
    with opened() as window:
        window.app.workspace.tabs.view("yours")
        window.app.workspace.tabs.view("map")
        rounds = [(_pen(window), _slider(window)) for _ in range(ROUNDS + 1)][1:]  # after one that warms up
    pens, sliders = ([1e3 * each for one in ways for each in one] for ways in zip(*rounds, strict=True))
    ratios = [median(pen) / median(slider) for pen, slider in rounds]
    return "\n".join(
        [
            "the pen moves, and all that shows it, to executed pixels",
            f"  pen {_both(pens)}; a slider's whole frame {_both(sliders)}",
            f"  pen / slider, medians of a round: {spread(ratios)}, worst {max(ratios):.2f}, must be at most 2.5",
        ]
    )


def _both(taken: list[float]) -> str:
    return f"{spread(taken)} ms, 95th percentile {quantiles(taken, n=20)[-1]:.1f}"


def _slider(window: Window) -> list[float]:
    """Seconds for each change of a slider."""
    window.app.show_tab("map")
    window.settle()
    return [_timed(partial(window.move, value)) for value in islice(slider_values(), CHANGES)]


def _pen(window: Window) -> list[float]:
    """Draw a digit in two strokes on an empty pad; seconds for each event that moves the pen."""
    session, tabs = window.session, window.app.workspace.tabs
    session.commit(drawing=session.state.drawing.cleared, encoded=False)
    window.app.show_tab("yours")
    window.settle()
    canvas, map_view = tabs.yours.pad.widget, tabs.view("map")
    taken = []

    def to(place: tuple[int, int]) -> None:
        canvas.event_generate("<B1-Motion>", x=place[0], y=place[1])
        window.root.update_idletasks()
        map_view.show(session.state)
        window.executed()

    for stroke in _strokes(canvas.winfo_width()):
        canvas.event_generate("<Button-1>", x=stroke[0][0], y=stroke[0][1])
        taken += [_timed(partial(to, place)) for place in stroke[1:]]
        canvas.event_generate("<ButtonRelease-1>", x=stroke[-1][0], y=stroke[-1][1])
        window.settle()
    return taken


def _strokes(side: int) -> Iterator[list[tuple[int, int]]]:
    """Where the pen goes on a pad of so many pixels: an eight, in two halves."""
    t = np.linspace(0, 2 * np.pi, 2000)
    x, y = 0.5 + 0.2 * np.sin(2 * t), 0.5 - 0.34 * np.cos(t)
    along = np.concatenate([[0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    at = np.linspace(0, along[-1], CHANGES + 1)
    points = [*zip(*((side * np.interp(at, along, each)).astype(int).tolist() for each in (x, y)), strict=True)]
    half = len(points) // 2
    yield points[: half + 1]
    yield points[half:]


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
