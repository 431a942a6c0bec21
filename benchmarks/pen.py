"""The pen moves on the pad, a brush on the digit, and all that follows them, beside a slider's frame, in one window.

A pen's event ends when the X server has executed the stroke on the pad, the picture as the model gets it, the digit,
all strips, and the ring on the map, which is not seen then and is moved all the same. A brush and a slider have the map
in front.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from statistics import median

import numpy as np

from benchmarks.ratios import frames, spread, timed
from benchmarks.window import Window, opened, slider_values
from vae_explorer.images import SIDE

ROUNDS, CHANGES = 9, 60


def report() -> str:
    """Measure all in turns, a digit in two strokes, an eight of ink and as many changes of a slider a round."""
    with opened() as window:
        window.app.workspace.tabs.view("yours")
        window.app.workspace.tabs.view("map")
        rounds = [(_pen(window), _brush(window), _slider(window)) for _ in range(ROUNDS + 1)][1:]  # the first warms up
    pens, brushes, sliders = ([1e3 * each for one in ways for each in one] for ways in zip(*rounds, strict=True))
    return "\n".join(
        [
            "the pen or the brush moves, and all that shows it, to executed pixels",
            f"  pen {frames(pens)}; brush {frames(brushes)}; a slider's whole frame {frames(sliders)}",
            _ratios("pen", [(pen, slider) for pen, _, slider in rounds]),
            _ratios("brush", [(brush, slider) for _, brush, slider in rounds]),
        ]
    )


def _ratios(name: str, rounds: list[tuple[list[float], list[float]]]) -> str:
    found = [median(one) / median(slider) for one, slider in rounds]
    return f"  {name} / slider, medians of a round: {spread(found)}, worst {max(found):.2f}, must be at most 2.5"


def _slider(window: Window) -> list[float]:
    """Seconds for each change of a slider."""
    window.app.show_tab("map")
    window.settle()
    return [timed(partial(window.move, value)) for value in islice(slider_values(), CHANGES)]


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
        taken += [timed(partial(to, place)) for place in stroke[1:]]
        canvas.event_generate("<ButtonRelease-1>", x=stroke[-1][0], y=stroke[-1][1])
        window.settle()
    return taken


def _brush(window: Window) -> list[float]:
    """Paint an eight on the digit in two strokes; seconds for each event that moves the brush."""
    window.app.show_tab("map")
    window.session.commit(z=(0.0,) * window.session.space.latent_dim)
    ink, canvas = window.app.workspace.picture.ink, window.digit.widget
    ink.choose(True)
    window.settle()
    left, top, scale = window.digit.place
    taken = []

    def to(event: str, place: tuple[int, int]) -> None:
        canvas.event_generate(event, x=left + place[0], y=top + place[1])
        window.executed()

    for stroke in _strokes(SIDE * scale):
        to("<Button-1>", stroke[0])
        taken += [timed(partial(to, "<B1-Motion>", place)) for place in stroke[1:]]
        to("<ButtonRelease-1>", stroke[-1])
        window.settle()
    ink.choose(True)  # again: none
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
