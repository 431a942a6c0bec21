"""A handle is dragged, and all that follows it, beside a slider's whole frame, in one window.

A frame ends when the X server has executed the digit, the strips of the face in front, and the ring on the map: of a
handle after z was solved anew, and with its strips by first order whenever those are due.
"""

from collections.abc import Callable
from functools import partial
from itertools import islice
from statistics import median

import numpy as np

from benchmarks.ratios import frames, late, spread, timed
from benchmarks.window import Window, opened, slider_values
from vae_explorer.space.factors import FACTORS

ROUNDS, CHANGES = 9, 60


def report() -> str:
    """Measure both in turns; the handles take turns, from where the class of the round has its mean."""
    with opened() as window:
        faces = window.app.workspace.controls.faces
        faces.bring("handles")
        while not faces.handles.rows:
            window.root.update()
        window.app.show_tab("map")
        rounds = [(_handle(window, k), _slider(window)) for k in range(ROUNDS + 1)][1:]  # after one that warms up
    handles, sliders = ([1e3 * each for one in ways for each in one] for ways in zip(*rounds, strict=True))
    ratios = [median(handle) / median(slider) for handle, slider in rounds]
    tails = [late(handle) / late(slider) for handle, slider in rounds]
    return "\n".join(
        [
            "a handle is dragged, and all that shows it, to executed pixels",
            f"  handle {frames(handles)}; a slider's whole frame {frames(sliders)}",
            f"  handle / slider, medians of a round: {spread(ratios)}, worst {max(ratios):.2f}, must be at most 2.5",
            f"  handle / slider, 95th percentiles of a round: {spread(tails)}, must be at most 2.5",
        ]
    )


def _slider(window: Window) -> list[float]:
    """Seconds for each change of a slider."""
    window.app.workspace.controls.faces.bring("numbers")
    window.settle()
    return [timed(partial(window.move, value)) for value in islice(slider_values(), CHANGES)]


def _handle(window: Window, k: int) -> list[float]:
    """Drag a handle up and down the range of the data; seconds for each frame."""
    window.app.workspace.controls.faces.bring("handles")
    window.session.commit(z=window.session.space.class_mean(k % 10))
    window.settle()
    name = [*FACTORS][k % len(FACTORS)]
    row, ranges = window.app.workspace.controls.faces.handles.rows[name], window.session.space.ranges
    low, high = (float(each[k % len(FACTORS)]) for each in (ranges.low, ranges.high))
    taken = []
    for share in 0.5 - 0.5 * np.sin(np.linspace(0, 2 * np.pi, CHANGES)):
        taken.append(timed(partial(_to, window, partial(row.move, low + (high - low) * float(share)))))
    row.rest()
    return taken


def _to(window: Window, move: Callable[[], object]) -> None:
    move()
    window.executed()
    window.root.update()  # the strips, where it is their time
    window.executed()
