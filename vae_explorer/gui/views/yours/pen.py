"""The pen on the pad: what mouse and keys draw, live, each stroke one step of undo. Knows the pad and the desk."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import hypot
from typing import Any

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import CENTRE, PEN, RUBBER, Point, Stroke
from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.yours.pad import Pad, inside
from vae_explorer.gui.widgets.later import Later
from vae_explorer.session import subject

APART = 0.5  # pixels of the picture that two points of a stroke are apart, at least
MOST = 2000  # points in one drawing
FULL = "The pad is full: undo a stroke, or clear it"
STEP, FINE_STEP = 1.0, 0.25  # pixels of the picture, of an arrow key
ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
ERASING = 2, 3  # buttons of the mouse: the right one is the second on macOS


class Pen:
    """Set down, moved and lifted; `erases` is what it does with the first button and the keys."""

    def __init__(self, desk: Desk, pad: Pad) -> None:
        self._desk, self._session, self._pad = desk, desk.session, pad
        self.erases = False
        self._drawing: Drawing | None = None  # while the pen is down
        self._lifted: Drawing | None = None  # what was drawn, until the encoder has read it
        self._asker = Asker(desk.decoding, pad.widget, urgent=True, failed=self._fail)
        self._shown = desk.session.state.drawing  # that the session has from here
        self._button = 0  # of the mouse that holds the pen down; 0: the keys do
        self._cursor: Point = (CENTRE, CENTRE)
        canvas = pad.widget
        self._previewing = Later(canvas, self._preview)
        for button in (1, *ERASING):
            canvas.bind(f"<Button-{button}>", self._press)
            canvas.bind(f"<B{button}-Motion>", self._drag)
            canvas.bind(f"<ButtonRelease-{button}>", self._release)
        for key, way in ARROWS.items():
            canvas.bind(f"<{key}>", partial(self._step, way, STEP))
            canvas.bind(f"<Shift-{key}>", partial(self._step, way, FINE_STEP))
        for key in ("space", "Return"):
            canvas.bind(f"<{key}>", self._turn)
        canvas.bind("<Escape>", self._stop)
        canvas.bind("<Motion>", lambda _event: pad.point_at(None))
        canvas.bind("<FocusOut>", lambda _event: self._leave())
        canvas.bind("<Unmap>", lambda _event: self._lose())

    def take(self, erases: bool) -> None:
        """Take the eraser, or the brush."""
        self.erases = erases
        if self._pad.pointed:
            self._point()

    def show(self, drawing: Drawing) -> None:
        """Show the drawing of a state. One that did not come from here, as by undo, ends the stroke."""
        if self._lifted is not None or (self._drawing is not None and drawing == self._shown):
            return  # the pen is ahead of it
        self._drawing = None
        self._previewing.cancel()
        self._pad.show(drawing)

    # ------------------------------------------------------------------ the stroke

    def _down(self, point: Point, erases: bool) -> None:
        """Begin a stroke, unless there is nothing to erase."""
        self._desk.motion.stop()
        drawing = self._session.state.drawing
        if self._drawing is None and not (erases and drawing.empty):
            self._shown = drawing
            stroke = Stroke((point,), RUBBER if erases else PEN, erases)
            self._draw(replace(drawing, strokes=(*drawing.strokes, stroke)))

    def _to(self, point: Point) -> None:
        """Go on with the stroke."""
        if self._drawing is None:
            return
        *before, stroke = self._drawing.strokes
        (x, y), (last_x, last_y) = point, stroke.points[-1]
        if hypot(x - last_x, y - last_y) < APART:
            return
        if sum(len(each.points) for each in self._drawing.strokes) >= MOST:
            self._desk.status.say(FULL)
            return
        self._draw(replace(self._drawing, strokes=(*before, replace(stroke, points=(*stroke.points, point)))))

    def _draw(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._pad.show(drawing)
        self._previewing.ask()

    def _preview(self) -> None:
        """Let the encoder read what is drawn so far."""
        if self._drawing is not None:
            self._read(self._drawing, self._follow)

    def _read(self, drawing: Drawing, then: Callable[[dict[str, Any]], None]) -> None:
        self._asker.answer(drawing, 0, partial(subject.drawn, self._desk.space, drawing), then)

    def _follow(self, changes: dict[str, Any]) -> None:
        """Go where the encoder puts what was drawn so far, unless the pen has been lifted since."""
        if self._drawing is not None:
            self._shown = changes["drawing"]
            self._session.preview(**changes)

    def _up(self) -> None:
        """End the stroke. What is all erased is an empty pad."""
        drawing, self._drawing = self._drawing, None
        self._previewing.cancel()
        if drawing is not None:
            self._lifted = drawing if drawing.levels.any() else drawing.cleared
            self._read(self._lifted, self._rest)

    def _rest(self, changes: dict[str, Any]) -> None:
        """Rest where the encoder puts what was drawn."""
        self._lifted = None
        self._session.commit(**changes)

    def _fail(self) -> None:
        """Show again what the encoder has read."""
        self._lifted = None
        self._pad.show(self._session.state.drawing)

    # ------------------------------------------------------------------ the mouse

    def _press(self, event: "tk.Event[tk.Canvas]") -> None:
        event.widget.focus_set()
        if event.num == self._button:
            self._lose()
        if not self._button:
            self._up()  # what the keys have begun
            self._button = event.num
            self._down(self._pad.at(event), self.erases or event.num in ERASING)

    def _drag(self, event: "tk.Event[tk.Canvas]") -> None:
        if self._button:
            self._pad.point_at(None)
            self._cursor = self._pad.at(event)
            self._to(self._cursor)

    def _release(self, event: "tk.Event[tk.Canvas]") -> None:
        if event.num == self._button:
            self._button = 0
            self._up()

    def _lose(self) -> None:
        """End the stroke where the mouse was lifted elsewhere: the pad was hidden, or something else had the mouse."""
        self._button = 0
        self._up()

    # ------------------------------------------------------------------ the keys

    def _step(self, way: tuple[int, int], step: float, _event: object) -> str:
        """Move the ring of the keys, which draws while the pen is down."""
        (x, y), (across, down) = self._cursor, way
        self._cursor = inside((x + across * step, y + down * step))
        self._point()
        self._to(self._cursor)
        return "break"  # no scrolling

    def _turn(self, _event: object) -> str:
        """Set the pen down where the ring is, or lift it."""
        self._point()
        if self._drawing is None:
            self._down(self._cursor, self.erases)
        else:
            self._up()
        return "break"

    def _stop(self, _event: object) -> str | None:
        if self._drawing is None:
            return None  # it stops something else
        self._up()
        return "break"

    def _leave(self) -> None:
        """Lift the pen of the keys, which now go elsewhere."""
        self._pad.point_at(None)
        if not self._button:
            self._up()

    def _point(self) -> None:
        self._pad.point_at(self._cursor, RUBBER if self.erases else PEN)
