"""The pictures of the window in README: `make film` writes docs/window.gif and docs/window.png.

A hand drives the window on a virtual screen with real mouse and key events (xdotool), and the screen is copied after
each. The pointer, which a copy of the screen lacks, is drawn into it.
"""

import subprocess
import time
import tkinter as tk
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageGrab

from vae_explorer.gui.options import Options
from vae_explorer.gui.window.app import App
from vae_explorer.gui.window.screen import menu_height
from vae_explorer.gui.window.shell import build
from vae_explorer.gui.window.snapshot import grab, virtual_display
from vae_explorer.images import SIDE
from vae_explorer.settings import Settings

FOLDER = Path(__file__).parent
SMALL, LARGE = (960, 600), (1180, 760)  # the window of the film, and of the still
FRAME_MS = 70
COLOURS = 128  # of the film: the greys of digits, and the map's
POINTER = np.array([(0, 0), (0, 16), (4, 12), (7, 18), (9, 17), (7, 11), (12, 11)])
FIVE = (((19, 6), (10, 6.5), (9.5, 13), (14, 12), (18, 15), (17, 20), (12, 22.5), (8, 21)),)
SEVEN = (((8, 7), (20, 7.5), (13, 22)), ((11, 15), (18.5, 14.5)))


class Film:
    """A window, the hand on it, and the frames so far."""

    def __init__(self, app: App) -> None:
        self.app, self.root = app, app.root
        self.frames: list[Image.Image] = []
        self.at = np.array([400.0, 300.0])

    def shoot(self, count: int = 1) -> None:
        """Let the window live for so many frames, and copy the screen after each."""
        for _ in range(count):
            end = time.monotonic() + FRAME_MS / 1000
            while time.monotonic() < end:
                self.root.update()
            self.frames.append(self._copied())

    def _copied(self) -> Image.Image:
        left, top = self.root.winfo_rootx(), self.root.winfo_rooty() - menu_height(self.root)
        box = left, top, left + self.root.winfo_width(), self.root.winfo_rooty() + self.root.winfo_height()
        frame = ImageGrab.grab(box, xdisplay=None)
        arrow = [tuple(point) for point in (POINTER + self.at - (left, top)).tolist()]
        ImageDraw.Draw(frame).polygon(arrow, fill="white", outline="black")
        return frame

    def go(self, place: Iterable[float], frames: int = 6) -> None:
        """Move the pointer to a place on the screen, slower at both ends."""
        start, end = self.at, np.array([*place], float)
        for share in 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, frames + 1)[1:]):
            self.at = start + share * (end - start)
            self.do("mousemove", *self.at.round().astype(int))
            self.shoot()

    def drag(self, places: Iterable[Iterable[float]], frames: int = 6) -> None:
        """Go to the first place, and with the button held to each of the others."""
        first, *others = places
        self.go(first)
        self.do("mousedown", 1)
        for place in others:
            self.go(place, frames)
        self.do("mouseup", 1)

    def click(self, place: Iterable[float]) -> None:
        """Click a place."""
        self.go(place)
        self.do("click", 1)
        self.shoot(2)

    def key(self, name: str, frames: int) -> None:
        """Press a key, and look at what comes of it."""
        self.do("key", name)
        self.shoot(frames)

    def do(self, *words: object) -> None:
        """Send an event of the mouse or the keys, and let Tk see it."""
        subprocess.run(["xdotool", *map(str, words)], check=True)
        self.root.winfo_pointerxy()  # asks the server: the event lies in our queue then
        self.root.update()

    def save(self, path: Path) -> None:
        """Write the frames as a GIF, in the colours of a few of them."""
        shown = self.frames[:: max(1, len(self.frames) // 12)]
        sheet = Image.new("RGB", (shown[0].width, sum(frame.height for frame in shown)))
        for k, frame in enumerate(shown):
            sheet.paste(frame, (0, k * frame.height))
        palette = sheet.quantize(COLOURS)
        few = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in self.frames]
        few[0].save(path, save_all=True, append_images=few[1:], duration=FRAME_MS, loop=0)


def on(widget: tk.Misc, x: float, y: float) -> tuple[float, float]:
    """The place on the screen of a place in a widget."""
    return widget.winfo_rootx() + x, widget.winfo_rooty() + y


def slide(film: Film, dim: int, values: Iterable[float]) -> None:
    """Drag a slider through some values."""
    scale = film.app.workspace.controls.sliders.scales[dim]
    now = film.app.session.state.z[dim]
    film.drag([on(scale, *scale.coords(value)) for value in (now, *values)], 9)


def steer(film: Film, labels: Iterable[int]) -> None:
    """Drag the ring of the map through the middles of some classes."""
    chart, space = film.app.workspace.tabs.view("map").chart, film.app.session.space
    stops = [film.app.session.state.z, *(space.class_mean(label) for label in labels)]
    spots = chart.view.to_pixels(chart.plane.project(np.array(stops)))
    film.drag([on(chart.canvas, *spot) for spot in spots.tolist()], 10)


def draw(film: Film, strokes: Iterable[Iterable[tuple[float, float]]]) -> None:
    """Draw on the pad; strokes in pixels of a digit."""
    pad = film.app.workspace.tabs.yours.pad.widget
    for stroke in strokes:
        film.drag([on(pad, x * pad.winfo_width() / SIDE, y * pad.winfo_height() / SIDE) for x, y in stroke], 3)


def button(root: tk.Misc, text: str) -> tuple[float, float]:
    """The middle of the button that is seen with a text like this."""
    found = [each for each in _below(root) if each.winfo_viewable() and text in _text(each)]
    return on(found[0], found[0].winfo_width() / 2, found[0].winfo_height() / 2)


def _text(widget: tk.Misc) -> str:
    try:
        return str(widget.cget("text"))
    except tk.TclError:  # it shows none
        return ""


def _below(widget: tk.Misc) -> Iterable[tk.Misc]:
    for child in widget.winfo_children():
        yield child
        yield from _below(child)


def play(film: Film) -> None:
    """The story: a slider, the map, a digit of one's own, a path."""
    film.shoot(5)
    film.key("4", 12)
    slide(film, 1, (-2.0, 2.0, 0.5))
    steer(film, (9, 7, 3))
    film.app.show_tab("yours")
    film.shoot(3)
    draw(film, FIVE)
    film.shoot(12)
    film.app.show_tab("path")
    film.shoot(3)
    film.click(button(film.root, "Try 0"))
    film.shoot(6)
    film.key("space", 40)


def still(app: App) -> Image.Image:
    """The window with a drawn seven: sliders on the left, answers in the middle, the pad on the right."""
    film = Film(app)
    app.show_tab("yours")
    film.shoot(3)
    draw(film, SEVEN)
    film.shoot(20)
    return grab(app)


def opened(size: tuple[int, int]) -> App:
    """Open a window, and wait until it is drawn."""
    app = build(Options(size=size, scale=1.0, seed=0), Settings())
    grab(app)
    app.root.focus_force()
    app.root.update()
    return app


def main() -> None:
    """Make both pictures, on one screen: Tk keeps to its screen until the program ends."""
    with virtual_display((LARGE[0], LARGE[1] + 40)):
        film = Film(opened(SMALL))
        play(film)
        film.app.close()
        app = opened(LARGE)
        picture = still(app)
        app.close()
        film.save(FOLDER / "window.gif")
        picture.save(FOLDER / "window.png", optimize=True)


if __name__ == "__main__":
    main()
