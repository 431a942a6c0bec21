"""An error bar on the scale of a slider: a tick at the mean, a thick line of one sigma to each side of it, and a thin
line of two. What lies beyond an edge ends there, in an arrowhead. Knows pixels only."""

import tkinter as tk

from vae_explorer.gui.looks.theme import Theme

TICK, THICK, THIN = 8, 4, 2  # pixels of the design: how high each part is
AROUND = 2  # pixels of the design that are kept free of what lies under it
ARROW = 5  # pixels of the design, the length of an arrowhead

Stops = tuple[float, float, float, float, float]  # pixels: where mean − 2, − 1, 0, + 1 and + 2 sigma lie


class ErrorBar:
    """On a canvas. Its items are moved and never made anew, and are left alone while no pixel of them changes:
    so it costs little in a drag."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        colours = theme.colours
        self._canvas, self._px = canvas, theme.px
        self._ground = canvas.create_rectangle(0, 0, 0, 0, fill=colours.surface, width=0)
        self._shape, *self._arrows = (canvas.create_polygon(0, 0, 0, 0, 0, 0, fill=colours.accent) for _ in range(3))
        self._parts = (self._ground, self._shape, *self._arrows)
        self._seen = (True,) * len(self._parts)
        self._placed: object = None
        self.hide()

    @property
    def height(self) -> int:
        """How many pixels it needs from top to bottom."""
        return self._px(TICK)

    def hide(self) -> None:
        """Show nothing."""
        self._placed = None
        self._see((False,) * len(self._parts))

    def place(self, stops: Stops, top: int, width: int) -> None:
        """Show it from `top` downwards on a canvas of that width; stops may lie anywhere."""
        x = tuple([round(min(max(stop, 0), width)) for stop in stops])
        beyond = stops[0] < 0, stops[4] > width
        if (placed := (x, beyond, top, width)) == self._placed:
            return
        self._placed = placed
        around, bottom = self._px(AROUND), top + self.height
        self._canvas.coords(self._ground, x[0] - around, top, x[4] + around, bottom)
        self._canvas.coords(self._shape, *self._outline(x, top, 0 <= stops[2] <= width))
        if any(beyond):
            for arrow, tip, foot in zip(
                self._arrows, (0, width), (self._px(ARROW), width - self._px(ARROW)), strict=True
            ):
                self._canvas.coords(arrow, tip, (top + bottom) / 2, foot, top, foot, bottom)
        self._see((True, True, *beyond))

    def _see(self, seen: tuple[bool, ...]) -> None:
        """Show these of its parts, and hide the others."""
        for part, shown, was in zip(self._parts, seen, self._seen, strict=True):
            if shown != was:
                self._canvas.itemconfigure(part, state="normal" if shown else "hidden")
        self._seen = seen

    def _outline(self, x: tuple[int, ...], top: int, ticked: bool) -> list[int]:
        """Give the outline of both lines and, where the mean is on the canvas, of the tick: once around, clockwise."""
        wide = self._px(THIN) if ticked else 0
        left = x[2] - wide // 2
        right = left + wide
        inner, outer = (min(x[1], left), max(x[3], right)), (min(x[0], left), max(x[4], right))
        tick, thick, thin = (top + (self.height - self._px(part)) // 2 for part in (TICK, THICK, THIN))
        steps = [(outer[0], thin), (inner[0], thin), (inner[0], thick), (left, thick), (left, tick)]
        steps += [(right, tick), (right, thick), (inner[1], thick), (inner[1], thin), (outer[1], thin)]
        below = [(at, 2 * top + self.height - y) for at, y in reversed(steps)]
        return [value for point in (*steps, *below) for value in point]
