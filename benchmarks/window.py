"""A slider change → the digit's executed pixels, at 560 px: ours, `canvas.draw()` on each event, and a photo of Tk.

All run in one window and differ in nothing but how the picture gets onto the screen; what else follows a slider is
in `workspace`. A time ends when the X server has executed the drawing: it answers a question that was asked after it.
"""

import subprocess
import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle

import numpy as np
from matplotlib.backends.backend_tkagg import FigureCanvasTkAgg
from matplotlib.figure import Figure

from benchmarks.ratios import rounds, table
from vae_explorer.gui.options import Options
from vae_explorer.gui.views.picture import MARGIN
from vae_explorer.gui.window.app import App
from vae_explorer.gui.window.shell import build
from vae_explorer.gui.window.snapshot import virtual_display
from vae_explorer.images import SIDE, Pixels, to_pixels
from vae_explorer.settings import Settings

SCREEN = 3240, 1500
ZOOM = 20  # screen pixels to each of the digit's
PLACE = SIDE * ZOOM + 2 * MARGIN  # pixels; of a canvas that is just large enough
ROUNDS, CHANGES = 15, 30
SETTINGS = Settings(shares=(0.26, 0.66))  # room for the digit

Show = Callable[[Pixels], object]


class Window:
    """The explorer's window with a digit of 560 px, and what the benchmarks touch of it."""

    def __init__(self) -> None:
        subprocess.run(["xdotool", "mousemove", "2", "2"], check=True)  # not where the window will be
        self.app: App = build(Options(size=(1500, PLACE + 200), scale=1.0), SETTINGS)
        self.root: tk.Tk = self.app.root
        self.session = self.app.session
        self.root.geometry("+20+40")
        self._wait(lambda: self.app.workspace.ready)
        self.digit = self.app.workspace.picture.digit
        self._fit()
        self.scales = self.app.workspace.controls.sliders.scales
        self.settle()

    def _wait(self, true: Callable[[], bool]) -> None:
        while not true():
            self.root.update()
            self.root.after(5)

    def _fit(self) -> None:
        """Resize the window until its digit has 20 pixels to each of its own."""
        widget = self.digit.widget
        width = round((PLACE + 4) / (SETTINGS.shares[1] - SETTINGS.shares[0])) + 80
        height = self.root.winfo_height() + PLACE + 4 - widget.winfo_height()
        self.root.geometry(f"{width}x{height}")
        self._wait(lambda: (min(widget.winfo_width(), widget.winfo_height()) - 2 * MARGIN) // SIDE == ZOOM)

    def settle(self) -> None:
        """Handle all that has arrived, and what the server answers to it."""
        for _ in range(3):
            self.root.winfo_pointerxy()
            self.root.update()

    def executed(self) -> None:
        """Draw what is to be drawn, and wait until the X server has executed it."""
        self.root.update_idletasks()
        self.root.winfo_pointerxy()

    def move(self, value: float) -> None:
        """Change the first slider's value, to executed pixels."""
        self.session.preview(z=(value, *self.session.state.z[1:]))
        self.executed()


@contextmanager
def opened() -> Iterator[Window]:
    """Open the window on a virtual screen; closed, screen and all, when left."""
    with virtual_display(SCREEN):
        window = Window()
        try:
            yield window
        finally:
            window.app.close()


def naive(window: Window, axes_on: bool, column: int, row: int) -> Show:
    """An equal canvas, drawn whole for each picture as the tutorials do; its figure holds nothing but the digit, and
    the axes as imshow leaves them unless they are turned off."""
    figure = Figure(figsize=(PLACE / 100, PLACE / 100), dpi=100)
    axes = figure.add_axes((MARGIN / PLACE, MARGIN / PLACE, SIDE * ZOOM / PLACE, SIDE * ZOOM / PLACE))
    axes.set_axis_on() if axes_on else axes.set_axis_off()
    image = axes.imshow(np.zeros((SIDE, SIDE), np.uint8), cmap="gray", vmin=0, vmax=255, interpolation="nearest")
    canvas = FigureCanvasTkAgg(figure, beside(window, column, row))
    canvas.get_tk_widget().configure(width=PLACE, height=PLACE, highlightthickness=0)
    canvas.get_tk_widget().pack()

    def show(pixels: Pixels) -> None:
        image.set_data(pixels)
        canvas.draw()

    return show


def photo(window: Window) -> Show:
    """The best that Tk itself can do: a small photo, copied enlarged into the one that is shown."""
    small = tk.PhotoImage(master=window.root, width=SIDE, height=SIDE)
    large = tk.PhotoImage(master=window.root, width=SIDE * ZOOM, height=SIDE * ZOOM)
    place = tk.Canvas(beside(window, 0, 0), width=PLACE, height=PLACE, highlightthickness=0)
    place.create_image(PLACE // 2, PLACE // 2, image=large)
    place.pack()
    header = f"P5 {SIDE} {SIDE} 255\n".encode()

    def show(pixels: Pixels) -> None:
        small.configure(data=header + pixels.tobytes())
        large.tk.call(large, "copy", small, "-zoom", ZOOM)

    return show


def beside(window: Window, column: int, row: int) -> tk.Toplevel:
    """A window of its own right of ours, so that nothing covers anything; column from the right, row from the top."""
    top = tk.Toplevel(window.root)
    top.geometry(f"+{SCREEN[0] - (column + 1) * (PLACE + 40)}+{20 + row * (PLACE + 60)}")
    return top


OURS, PHOTO = "ours", "Tk photo"
DRAW, DRAW_BARE = "canvas.draw()", "canvas.draw(), axes off"


def report() -> str:
    """Measure the change of a slider, from z, and of the picture alone, in each of the ways."""
    with opened() as window:
        shows: dict[str, Show] = {
            OURS: window.digit.show,
            DRAW: naive(window, True, 0, 1),
            DRAW_BARE: naive(window, False, 1, 0),
            PHOTO: photo(window),
        }
        window.settle()
        must = "must be 8, aim 13"
        goals = {(DRAW, OURS): must, (DRAW_BARE, OURS): must, (OURS, PHOTO): "must be at most 1.3, aim 1.0"}
        side = f"digit of {SIDE * ZOOM} px, to executed pixels"
        whole = rounds({name: _change(window, show) for name, show in shows.items()}, ROUNDS, CHANGES)
        picture = rounds({name: _picture(window, show) for name, show in shows.items()}, ROUNDS, CHANGES)
        return "\n".join(
            [
                table(f"a slider changes its digit, {side}", whole, goals),
                table(f"its picture alone, {side}", picture, goals),
            ]
        )


def slider_values() -> Iterator[float]:
    """Where a slider goes that is dragged up and down its range."""
    return cycle([*np.linspace(-3, 3, 97).tolist(), *np.linspace(2.9, -2.9, 83).tolist()])


def _change(window: Window, show: Show) -> Callable[[], None]:
    values, state = slider_values(), window.session.state

    def change() -> None:
        window.digit.show = show  # type: ignore[method-assign]  # the one thing that differs
        window.app.workspace.picture.show(replace(state, z=(next(values), *state.z[1:])))
        window.executed()

    return change


def _picture(window: Window, show: Show) -> Callable[[], None]:
    rest = window.session.state.z[1:]
    points = np.array([[value, *rest] for value, _ in zip(slider_values(), range(180), strict=False)])
    pictures = cycle(to_pixels(window.session.space.codec.decode(points)[:, 0]))

    def picture() -> None:
        show(next(pictures))
        window.executed()

    return picture
