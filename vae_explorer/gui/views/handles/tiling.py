"""The tiles of the handles: by first order while z moves, solved when it rests; those that show only the nearest that
can be reached are pale."""

import logging
import tkinter as tk
from collections.abc import Sequence
from functools import partial

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.handles.leads import Leads, first, solved
from vae_explorer.gui.views.handles.row import Handle
from vae_explorer.gui.views.sliders.shades import Cover
from vae_explorer.gui.views.sliders.strips import laid
from vae_explorer.gui.widgets.later import Later
from vae_explorer.session.history import TILES
from vae_explorer.session.state import State
from vae_explorer.space.solve import Solver

log = logging.getLogger(__name__)

REST_MS = 150  # without a move, after which z rests
PALE = 150  # of 256: how much of a tile that only shows the nearest is covered


class Tiling:
    """Remembers what its tiles were made of, and solves for them beside the window."""

    def __init__(self, widget: tk.Misc, desk: Desk, rows: Sequence[Handle]) -> None:
        self._widget, self._desk, self._rows = widget, desk, rows
        self._travels = [row.travel for row in rows]
        self._cover = Cover(desk.theme)
        self._drawn: object = None
        self._width = 0
        self._resting = Later(widget, self._solve, REST_MS)

    def draw(self, state: State, width: int) -> None:
        """Draw the tiles of a state, unless they are drawn, and solve for them when z rests."""
        drawn = state.z, state.held, width
        if drawn == self._drawn:
            return
        self._drawn, self._state, self._width = drawn, state, width
        self._stop()
        self._show(first(Solver(self._desk.space, state.z, state.held), self._travels))
        self._resting.ask()

    def _stop(self) -> None:
        """Solve no more for a place that z has left."""
        self._resting.cancel()
        if job := self._desk.work.current("handles"):
            self._desk.work.cancel(job)

    def _solve(self) -> None:
        state, space = self._state, self._desk.space
        work = partial(solved, space, state.z, state.held, self._travels)
        self._desk.work.start("handles", "", work, partial(self._take, state), _failed)

    def _take(self, state: State, leads: Leads) -> None:
        if self._widget.winfo_exists() and state is self._state:
            self._show(leads)

    def _show(self, leads: Leads) -> None:
        desk, count = self._desk, len(self._rows)
        digits = desk.space.codec.pixels(leads.points.reshape(count * TILES, -1))
        pixels = laid(desk.look, digits, self._width, desk.theme.colours.surface)
        pixels = self._cover.covered(pixels, np.where(leads.nearest, PALE, 0).astype(np.uint16))
        for row, strip, nearest in zip(self._rows, pixels, leads.nearest.tolist(), strict=True):
            row.show_strip(strip, nearest)


def _failed(error: Exception) -> None:
    log.error("the tiles of the handles were not solved for", exc_info=error)
