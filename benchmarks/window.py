"""A slider change → executed pixels, the digit at 560 px: ours, `canvas.draw()` on each event, and a photo of Tk.

All three run in one window and differ in nothing but how the picture gets onto the screen. A time ends when
the X server has executed the drawing: it answers a question that was asked after it.
"""

import subprocess
import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.backends.backend_tkagg import FigureCanvasTkAgg
from matplotlib.figure import Figure

from benchmarks.ratios import rounds, table
from vae_explorer.gui import Options
from vae_explorer.gui.canvas import MARGIN, SIDE, DigitCanvas
from vae_explorer.gui.shell import build
from vae_explorer.gui.snapshot import virtual_display
from vae_explorer.images import Pixels, to_pixels
from vae_explorer.settings import Settings

SCREEN = 2000, 1400
ZOOM = 20  # screen pixels to each of the digit's
PLACE = SIDE * ZOOM + 2 * MARGIN  # pixels; of a canvas that is just large enough
ROUNDS, CHANGES = 15, 30

Show = Callable[[Pixels], object]


class Window:
    """The explorer's window with a digit of 560 px, and what the benchmarks touch of it."""

    def __init__(self) -> None:
        subprocess.run(["xdotool", "mousemove", "2", "2"], check=True)  # not where the window will be
        self.app: Any = build(Options(size=(400 + PLACE + 100, PLACE + 200), scale=1.0), Settings())
        self.root: tk.Tk = self.app.root
        self.session = self.app.session
        self.root.geometry("+20+40")
        self._wait(lambda: find(self.app, DigitCanvas) is not None and find(self.app, DigitCanvas).ready)
        self.digit: DigitCanvas = find(self.app, DigitCanvas)
        self._fit()
        self.scales = [each for each in descendants(self.root) if each.winfo_class() == "TScale"]
        self.settle()

    def _wait(self, true: Callable[[], bool]) -> None:
        while not true():
            self.root.update()
            self.root.after(5)

    def _fit(self) -> None:
        """Resize the window until its digit has 20 pixels to each of its own."""
        widget = self.digit.widget
        width = self.root.winfo_width() + PLACE + 4 - widget.winfo_width()
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


def find(holder: Any, kind: type, depth: int = 3) -> Any:
    """Find the object of that kind which a window's object holds, itself or through another of the window's."""
    for each in list(vars(holder).values()) if depth else ():
        if isinstance(each, kind):
            return each
        if type(each).__module__.startswith("vae_explorer.gui") and (found := find(each, kind, depth - 1)):
            return found
    return None


def descendants(widget: tk.Misc) -> Iterator[tk.Misc]:
    """All widgets in a widget, in the order in which they were made."""
    for child in widget.winfo_children():
        yield child
        yield from descendants(child)


def naive(window: Window, axes_on: bool, y: int) -> Show:
    """An equal canvas, drawn whole for each picture as the tutorials do; its figure holds nothing but the digit, and
    the axes as imshow leaves them unless they are turned off."""
    figure = Figure(figsize=(PLACE / 100, PLACE / 100), dpi=100)
    axes = figure.add_axes((MARGIN / PLACE, MARGIN / PLACE, SIDE * ZOOM / PLACE, SIDE * ZOOM / PLACE))
    axes.set_axis_on() if axes_on else axes.set_axis_off()
    image = axes.imshow(np.zeros((SIDE, SIDE), np.uint8), cmap="gray", vmin=0, vmax=255, interpolation="nearest")
    canvas = FigureCanvasTkAgg(figure, _beside(window, y))
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
    place = tk.Canvas(_beside(window, 20), width=PLACE, height=PLACE, highlightthickness=0)
    place.create_image(PLACE // 2, PLACE // 2, image=large)
    place.pack()
    header = f"P5 {SIDE} {SIDE} 255\n".encode()

    def show(pixels: Pixels) -> None:
        small.configure(data=header + pixels.tobytes())
        large.tk.call(large, "copy", small, "-zoom", ZOOM)

    return show


def _beside(window: Window, y: int) -> tk.Toplevel:
    """A window of its own, so that nothing covers anything."""
    top = tk.Toplevel(window.root)
    top.geometry(f"+{SCREEN[0] - PLACE - 40}+{y}")
    return top


OURS, PHOTO = "ours", "Tk photo"
DRAW, DRAW_BARE = "canvas.draw()", "canvas.draw(), axes off"


def report() -> str:
    """Measure the change of a slider, and of the picture alone, in each of the three ways."""
    with opened() as window:
        shows: dict[str, Show] = {
            OURS: window.digit.show,
            DRAW: naive(window, True, 680),
            DRAW_BARE: naive(window, False, 680),
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
                table(f"a slider changes, {side}", whole, goals),
                table(f"its picture alone, {side}", picture, goals),
            ]
        )


def _values() -> Iterator[float]:
    """Where a slider goes that is dragged up and down its range."""
    return cycle([*np.linspace(-3, 3, 97).tolist(), *np.linspace(2.9, -2.9, 83).tolist()])


def _change(window: Window, show: Show) -> Callable[[], None]:
    values = _values()

    def change() -> None:
        window.digit.show = show  # type: ignore[method-assign]  # the one thing that differs
        window.move(next(values))

    return change


def _picture(window: Window, show: Show) -> Callable[[], None]:
    rest = window.session.state.z[1:]
    points = np.array([[value, *rest] for value, _ in zip(_values(), range(180), strict=False)])
    pictures = cycle(to_pixels(window.session.codec.decode(points)[:, 0]))

    def picture() -> None:
        show(next(pictures))
        window.executed()

    return picture
