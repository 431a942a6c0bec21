"""The mouse and the keys on the map: they move z in its plane, and the view. Knows the chart and the desk.

A click goes there at once. So the first click of a double click has moved z; the second takes that back, as the
alternative, to wait for half a second whether a second one comes, would make every click feel late.
"""

import tkinter as tk
from functools import partial
from typing import TypeAlias

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.map.chart import Chart
from vae_explorer.gui.views.map.glimpse import Glimpse
from vae_explorer.gui.views.map.viewport import Viewport
from vae_explorer.gui.widgets.later import Later
from vae_explorer.space.latent import Points
from vae_explorer.space.space import point

SLACK = 3  # pixels of the design that a click may move
STEP, FINE_STEP = 0.1, 0.01
CLOSER = 1.25  # by a notch of the wheel, or a key
_SHIFT = 0x1  # of an event's state
_KEYS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, 1), "Down": (0, -1)}
_ZOOMS = {"plus": CLOSER, "equal": CLOSER, "KP_Add": CLOSER, "minus": 1 / CLOSER, "KP_Subtract": 1 / CLOSER}

Event: TypeAlias = "tk.Event[tk.Canvas]"


class Steering:
    """What the canvas of a chart does with clicks, drags, the wheel and keys."""

    def __init__(self, desk: Desk, chart: Chart, glimpse: Glimpse) -> None:
        self._desk, self._session, self._chart, self._glimpse = desk, desk.session, chart, glimpse
        self._slack = desk.theme.px(SLACK)
        self._peeping = Later(chart.canvas, self._peep)
        self._pointer: Points | None = None  # where it hovers
        self._pressed: Points | None = None
        self._dragging = self._held = self._again = False
        self._before = desk.session.state.z  # of a click, or of the first of two
        canvas = chart.canvas
        for sequence, call in (
            ("<Button-1>", self._press), ("<B1-Motion>", self._drag), ("<ButtonRelease-1>", self._release),
            ("<Double-Button-1>", partial(self._press, again=True)), ("<Motion>", self._hover),
            ("<Leave>", lambda _event: self._stop_hovering()),
            ("<<WheelUp>>", partial(self._wheel, CLOSER)), ("<<WheelDown>>", partial(self._wheel, 1 / CLOSER)),
            ("<Return>", lambda _event: self._go_to_nearest(self._session.state.z)),
        ):  # fmt: skip
            canvas.bind(sequence, call)
        for key, way in _KEYS.items():
            canvas.bind(f"<{key}>", partial(self._step, way, STEP))
            canvas.bind(f"<Shift-{key}>", partial(self._step, way, FINE_STEP))
        for key, factor in _ZOOMS.items():
            canvas.bind(f"<{key}>", partial(self._zoom_key, factor))

    def show_whole(self) -> None:
        """Show all digits again."""
        self._look(self._chart.view.whole())

    def refresh(self) -> None:
        """Decode again what is under the pointer, as z has moved or the plane is another."""
        if self._pointer is not None:
            self._peeping.ask()

    # ------------------------------------------------------------------ z

    def _above(self, xy: Points, z: tuple[float, ...]) -> tuple[float, ...]:
        """The point above xy, (2,), as far off the plane as z; as near as a session takes it."""
        return point(self._chart.plane.lift(xy, z)[0])

    def _under(self, pointer: Points) -> tuple[float, ...]:
        return self._above(self._chart.view.to_plane(pointer), self._session.state.z)

    def _go_to_nearest(self, z: tuple[float, ...]) -> None:
        """Go to the mu of the encoded digit that is nearest to z in all dimensions."""
        atlas = self._session.space.atlas
        if atlas is not None:
            self._desk.motion.go(point(atlas.mu[atlas.nearest(z)]))

    def _step(self, way: tuple[int, int], step: float, _event: Event) -> str:
        z = self._session.state.z
        self._session.commit(z=self._above(self._chart.plane.project(z)[0] + np.array(way) * step, z))
        return "break"  # no scrolling

    # ------------------------------------------------------------------ the mouse

    def _press(self, event: Event, again: bool = False) -> None:
        """Begin a click or a drag; again: so soon after another that the two may be a double click."""
        event.widget.focus_set()
        self._pressed, self._dragging, self._again = _at(event), False, again
        self._held = self._chart.holds(self._pressed)
        self._z, self._view, self._grip = self._session.state.z, self._chart.view, self._chart.spot - self._pressed
        if not again:
            self._before = self._z

    def _drag(self, event: Event) -> None:
        if self._pressed is None:
            return
        moved = _at(event) - self._pressed
        if not self._dragging and np.hypot(*moved) <= self._slack:
            return
        if not self._dragging:
            self._dragging = True
            self._stop_hovering()
            event.widget.configure(cursor="hand2" if self._held else "fleur")
        if self._held:  # off the plane as at the press: what a limit has cut off comes back
            xy = self._chart.view.to_plane(_at(event) + self._grip)
            self._session.preview(z=self._above(xy, self._z))
        else:
            self._look(self._view.panned(*moved))

    def _release(self, event: Event) -> None:
        if self._pressed is None:
            return
        pressed, self._pressed = self._pressed, None
        event.widget.configure(cursor="crosshair")
        if self._dragging and self._held:
            self._session.commit()
        elif not self._dragging and self._again:
            self._take_back()
            self.show_whole()
        elif not self._dragging and int(event.state) & _SHIFT:
            self._go_to_nearest(self._under(pressed))
        elif not self._dragging:
            self._desk.motion.go(self._under(pressed))

    def _take_back(self) -> None:
        """Put z back to where it was before the first of two clicks."""
        if self._desk.motion.moving:  # nothing has come to rest yet
            self._session.commit(z=self._before)
            self._desk.motion.stop()  # which goes on where not even a frame has moved z
        elif self._session.state.z != self._before:
            self._session.undo()

    def _hover(self, event: Event) -> None:
        self._pointer = _at(event)
        event.widget.configure(cursor="hand2" if self._chart.holds(self._pointer) else "crosshair")
        self.refresh()

    def _stop_hovering(self) -> None:
        self._pointer = None
        self._glimpse.hide()

    def _peep(self) -> None:
        if self._pointer is not None:
            self._glimpse.show(self._under(self._pointer), self._pointer)

    # ------------------------------------------------------------------ the view

    def _look(self, view: Viewport) -> None:
        self._chart.look(view)
        self.refresh()

    def _wheel(self, factor: float, event: Event) -> None:
        if self._pressed is None:
            self._look(self._chart.view.zoomed(factor, _at(event)))

    def _zoom_key(self, factor: float, _event: Event) -> None:
        self._look(self._chart.view.zoomed(factor, self._chart.spot))


def _at(event: Event) -> Points:
    return np.array([event.x, event.y], float)
