"""A slider change with all that follows it (digit, strips, cursor on the map), and a plane of 900 digits.

Beside ours stands the same drawn as the tutorials do: one figure, an image for the digit and for each strip, a scatter
of the encoded digits, `set_data` and `canvas.draw()`. Both decode the same points.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import quantiles

import numpy as np
from matplotlib.backends.backend_tkagg import FigureCanvasTkAgg
from matplotlib.figure import Figure

from benchmarks.ratios import rounds, spread, table
from benchmarks.window import Window, beside, opened, slider_values
from vae_explorer.pictures.scatter import class_colours
from vae_explorer.session.history import TILES
from vae_explorer.space import latent

ROUNDS, CHANGES = 9, 20
SIZE = 11.0, 6.0  # inches, at 100 dots each: less than our three columns together
OURS, DRAW = "ours: digit, strips, cursor", "canvas.draw() of the same"
PLANE = 30  # digits on a side


def report() -> str:
    """Measure both."""
    with opened() as window:
        window.app.show_tab("map")
        window.settle()
        changes = {OURS: _ours(window), DRAW: _naive(window)}
        window.settle()
        taken = rounds(changes, ROUNDS, CHANGES)
        lines = [
            table("a slider changes, and all that shows it, to executed pixels", taken, {(DRAW, OURS): "must be 20"}),
            _slowest(_ours(window)),
            _plane(window),
        ]
    return "\n".join(lines)


def _ours(window: Window) -> Callable[[], None]:
    values = slider_values()
    return lambda: window.move(next(values))


def _naive(window: Window) -> Callable[[], None]:
    """The same state in one figure, drawn whole for each change."""
    session, values = window.session, slider_values()
    atlas, dims = session.space.atlas, len(session.state.z)
    assert atlas, "the shipped model has an atlas"
    plane = session.space.plane(None)
    figure = Figure(figsize=SIZE, dpi=100)
    grid = figure.add_gridspec(dims, 3)
    strips = [figure.add_subplot(grid[dim, 0]) for dim in range(dims)]
    tiles = np.linspace(-3, 3, TILES)
    images = [axes.imshow(np.zeros((28, 28 * TILES)), cmap="gray", vmin=0, vmax=255) for axes in strips]
    digit = figure.add_subplot(grid[:, 1]).imshow(np.zeros((28, 28)), cmap="gray", vmin=0, vmax=255)
    place = figure.add_subplot(grid[:, 2])
    place.scatter(*plane.project(atlas.mu).T, s=4, c=class_colours(atlas.label) / 255)
    [cursor] = place.plot([0], [0], "wo")
    canvas = FigureCanvasTkAgg(figure, beside(window, 0, 0))
    canvas.get_tk_widget().pack()

    def change() -> None:
        z = (next(values), *session.state.z[1:])
        points = np.concatenate([[z], *(latent.strip(z, dim, tiles) for dim in range(dims))])
        levels = session.space.codec.pixels(points)
        digit.set_data(levels[0])
        for dim, image in enumerate(images):
            image.set_data(np.hstack(levels[1 + dim * TILES : 1 + (dim + 1) * TILES]))
        cursor.set_data(*plane.project(z).T)
        canvas.draw()
        window.executed()

    return change


def _slowest(change: Callable[[], None]) -> str:
    """The 95th percentile of single changes."""
    taken = []
    for _ in range(ROUNDS * CHANGES):
        began = time.perf_counter()
        change()
        taken.append(1e3 * (time.perf_counter() - began))
    return f"  ours, one change, 95th percentile: {quantiles(taken, n=20)[-1]:.1f} ms, must be at most 16"


def _plane(window: Window) -> str:
    """How long a plane of 30 × 30 digits takes to show another place off the plane, to executed pixels."""
    session, taken = window.session, []
    window.app.show_tab("plane")
    session.commit(plane=replace(session.state.plane, dims=(0, 1), count=PLANE, quantiles=False))
    window.settle()
    view = window.app.workspace.tabs.view("plane")
    for k in range(40):
        z = (*session.state.z[:2], k / 20, *session.state.z[3:])
        began = time.perf_counter()
        view.show(replace(session.state, z=z))
        window.executed()
        taken.append(1e3 * (time.perf_counter() - began))
    return f"a plane of {PLANE} × {PLANE} digits, to executed pixels: {spread(taken)} ms, must be at most 20"
