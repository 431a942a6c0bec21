"""The brush over the digit: what mouse and keys do with it, and the ring that shows it. Knows no session and no
model."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import Protocol

from vae_explorer.datasets.strokes import Point
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.canvas import DigitCanvas

LINE = 2  # pixels of the design, of the ring, and around the digit that has the focus
STEP, FINE_STEP = 1.0, 0.25  # pixels of the picture, of an arrow key
ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
OTHERS = 2, 3  # buttons of the mouse: the right one is the second on macOS


class Painter(Protocol):
    """What the brush paints with."""

    @property
    def painting(self) -> bool:
        """Whether a stroke is under way."""

    @property
    def radius(self) -> float:
        """Of what it paints, in pixels of the picture."""

    def down(self, point: Point, other: bool) -> None:
        """Begin a stroke, with the other ink where that is asked for."""

    def to(self, point: Point) -> None:
        """Go on with it."""

    def up(self) -> None:
        """End it."""

    def put_back(self) -> None:
        """End it as if it had not been."""


class Brush:
    """It hears mouse and keys on the digit's canvas while it is on."""

    def __init__(self, digit: DigitCanvas, theme: Theme, shape: tuple[int, int], painter: Painter) -> None:
        """shape: (H, W) of the digit."""
        self._digit, self._canvas, self._shape, self._painter = digit, digit.widget, shape, painter
        self._button = 0  # of the mouse that paints; 0: the keys do
        self._at: Point = (shape[1] / 2, shape[0] / 2)
        self._bound: dict[str, str] = {}  # the commands by what they are bound to
        self._line = theme.px(LINE)
        look = {"outline": theme.colours.accent, "width": self._line, "state": "hidden"}
        self._ring = self._canvas.create_oval(0, 0, 0, 0, look)
        self._frame = self._canvas.create_rectangle(0, 0, 0, 0, look)
        digit.canvas.mpl_connect("draw_event", lambda _event: self._resized())
        self._resized()

    def switch(self, on: bool) -> None:
        """Hear what mouse and keys do, or no more."""
        if on == bool(self._bound):
            return
        for sequence, command in self._bound.items():
            self._canvas.unbind(sequence, command)
        heard = self._heard() if on else {}
        self._bound = {each: self._canvas.bind(each, hear) for each, hear in heard.items()}
        self._canvas.configure(takefocus=on, cursor="crosshair" if on else "")
        if not on:
            self._show(self._ring, False)
            self._show(self._frame, False)
            if self._canvas.focus_get() is self._canvas:
                self._canvas.winfo_toplevel().focus_set()

    def take_keys(self) -> None:
        """Let the keys go to the brush, and show where it is."""
        self._canvas.focus_set()
        self._move(self._at)

    def _heard(self) -> dict[str, Callable[["tk.Event[tk.Misc]"], object]]:
        heard: dict[str, Callable[[tk.Event[tk.Misc]], object]] = {
            "<Motion>": lambda event: self._move(self._point(event)),
            "<Leave>": lambda _event: self._show(self._ring, bool(self._button)),
            "<Escape>": self._stop,
            "<FocusIn>": lambda _event: self._show(self._frame, True),
            "<FocusOut>": lambda _event: self._leave(),
            "<Unmap>": lambda _event: self._lose(),
        }
        for button in (1, *OTHERS):
            heard[f"<Button-{button}>"] = self._press
            heard[f"<B{button}-Motion>"] = self._drag
            heard[f"<ButtonRelease-{button}>"] = self._release
        for key, way in ARROWS.items():
            heard[f"<{key}>"] = partial(self._step, way, STEP)
            heard[f"<Shift-{key}>"] = partial(self._step, way, FINE_STEP)
        return heard | dict.fromkeys(("<space>", "<Return>"), self._turn)

    # ------------------------------------------------------------------ the mouse

    def _point(self, event: "tk.Event[tk.Misc]") -> Point:
        """Where the pointer is, in pixels of the picture."""
        left, top, scale = self._digit.place
        return (event.x - left) / scale, (event.y - top) / scale

    def _press(self, event: "tk.Event[tk.Misc]") -> None:
        self._canvas.focus_set()
        if event.num == self._button:
            self._lose()
        if not self._button:
            self._painter.up()  # what the keys have begun
            self._button = event.num
            self._move(self._point(event))
            self._painter.down(self._at, event.num in OTHERS)
            self._move(self._at)  # the brush of the other ink is of another size

    def _drag(self, event: "tk.Event[tk.Misc]") -> None:
        if self._button:
            self._move(self._point(event))
            self._painter.to(self._at)

    def _release(self, event: "tk.Event[tk.Misc]") -> None:
        if event.num == self._button:
            self._lose()

    def _lose(self) -> None:
        """End the stroke, also where the mouse was lifted elsewhere."""
        self._button = 0
        self._painter.up()

    # ------------------------------------------------------------------ the keys

    def _step(self, way: tuple[int, int], step: float, _event: object) -> str:
        """Move the brush, which paints while it is down."""
        (x, y), (across, down) = self._at, way
        self._move((x + across * step, y + down * step))
        self._painter.to(self._at)
        return "break"

    def _turn(self, _event: object) -> str:
        """Set the brush down where the ring is, or lift it."""
        self._move(self._at)
        if self._painter.painting:
            self._painter.up()
        else:
            self._painter.down(self._at, False)
        return "break"

    def _stop(self, _event: object) -> str | None:
        if not self._painter.painting:
            return None  # it stops something else
        self._button = 0
        self._painter.put_back()
        return "break"

    def _leave(self) -> None:
        """Lift the brush of the keys, which now go elsewhere."""
        self._show(self._frame, False)
        if not self._button:
            self._show(self._ring, False)
            self._painter.up()

    # ------------------------------------------------------------------ what is seen of it

    def _move(self, point: Point) -> None:
        """Show the ring at a point, or the nearest to it that is within the picture."""
        (x, y), (height, width) = point, self._shape
        self._at = x, y = min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))
        left, top, scale = self._digit.place
        middle, reach = (left + x * scale, top + y * scale), self._painter.radius * scale
        self._canvas.coords(self._ring, *(at - reach for at in middle), *(at + reach for at in middle))
        self._show(self._ring, True)

    def _resized(self) -> None:
        """Put the frame around the digit; matplotlib has put a new picture over it."""
        for item in (self._frame, self._ring):
            self._canvas.tag_raise(item)
        left, top, scale = self._digit.place
        (height, width), line = self._shape, self._line
        before, after = -(-line // 2), line // 2  # so that none of it lies over the digit
        box = left - before, top - before, left + width * scale + after, top + height * scale + after
        self._canvas.coords(self._frame, *box)

    def _show(self, item: int, seen: bool) -> None:
        self._canvas.itemconfigure(item, state="normal" if seen else "hidden")
