"""The face of the handles: a row for each factor, the lock of the class, and what gave way. Shows the State of the
session, and moves its z by what a person says of the picture."""

import logging
import tkinter as tk
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.handles.row import Handle
from vae_explorer.gui.views.handles.steering import Steering
from vae_explorer.gui.views.handles.tiling import Tiling
from vae_explorer.gui.widgets.later import Later
from vae_explorer.gui.widgets.lock import Lock
from vae_explorer.gui.widgets.scrolled import Scrolled
from vae_explorer.gui.widgets.shortened import Shortened
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session import holding
from vae_explorer.session.state import State
from vae_explorer.space.factors import CLASS, FACTORS
from vae_explorer.space.measures import measure
from vae_explorer.space.ranges import Ranges

log = logging.getLogger(__name__)

GAP = 8  # pixels of the design, between rows
STRIPS_MS = 50  # from one drawing of the strips to the next while a hand has a handle: the digit comes first
LINES = 2  # of what gave way: the first sentence, and the others
LEAD = "Say what you want, and z follows; what is held stays."
HOLD = "Hold the class"
HELD = "The digit stays of its class while a handle moves: click to let it go"
FREE = "The digit may become one of another class while a handle moves: click to hold it"


class Handles:
    """The rows come when the ranges of the factors are known, which are measured beside the window."""

    corner = None  # nothing of it belongs beside the titles of the faces

    def __init__(self, parent: tk.Misc, desk: Desk, line: int) -> None:
        """line: pixels of the design, of a line of text."""
        self._desk, self._theme = desk, (theme := desk.theme)
        self.rows: dict[str, Handle] = {}
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(1, weight=1)
        why, space = desk.space.no_handles, desk.space
        text = f"This model has no handles: {why}." if why else f"{LEAD} {space.no_data}".strip()
        Wrapped(self.widget, theme, text, line).grid(row=0, sticky="ew", pady=(0, theme.px(4)))
        self._width = 0
        self._drawing, self._waiting = Later(self.widget, self._draw), Later(self.widget, self._draw, STRIPS_MS)
        self._steering = Steering(self.widget, desk)
        if why:
            return
        self.area = Scrolled(self.widget, theme.colours.surface)
        self.area.inner.columnconfigure(0, weight=1)
        self.area.grid(row=1, columnspan=2, sticky="nsew")
        self._foot().grid(row=2, sticky="ew", pady=(theme.px(4), 0))
        desk.work.start("handles", "", lambda _job: space.ranges, self._fill, self._failed)

    def _foot(self) -> ttk.Frame:
        """The lock of the class, and two lines on what gave way, which are there whether they say anything or not."""
        foot = ttk.Frame(self.widget)
        foot.columnconfigure(0, weight=1)
        self.told = [Shortened(foot, style="Muted.TLabel") for _ in range(LINES)]
        for line, label in enumerate(self.told):
            label.grid(row=line, column=0, sticky="ew")
            Tooltip(label, lambda: "\n".join(self._steering.told), self._theme)
        self.keep = Lock(foot, self._theme, partial(holding.turn, self._desk.session, CLASS), HOLD)
        if not holding.no_class(self._desk.session):
            self.keep.grid(row=LINES, column=0, sticky="w")
        Tooltip(self.keep, self._keep_tip, self._theme)
        return foot

    def _keep_tip(self) -> str:
        held = CLASS in self._desk.session.state.held
        return self._desk.space.worded(HELD if held else FREE)

    def _failed(self, error: Exception) -> None:
        log.error("the factors were not measured", exc_info=error)
        self._desk.status.say("The factors could not be measured.")

    def _fill(self, ranges: Ranges) -> None:
        """Make the rows."""
        if not self.widget.winfo_exists():  # another theme has come meanwhile
            return
        inner, px = self.area.inner, self._theme.px
        inner.configure(padding=(px(2), 0))  # as buttons have it around them
        for k, name in enumerate(FACTORS):
            row = self.rows[name] = Handle(inner, name, ranges, self._desk, self._steering)
            row.grid(row=k, sticky="ew", pady=(0, px(GAP)))
            row.scale.bind("<Up>", partial(self._go_to, k - 1))
            row.scale.bind("<Down>", partial(self._go_to, k + 1))
        self._tiling = Tiling(self.widget, self._desk, [*self.rows.values()])
        first = next(iter(self.rows.values())).strip.canvas
        first.bind("<Configure>", lambda event: self._resize(event.width), add=True)
        self.show(self._desk.session.state)

    def _go_to(self, k: int, _event: object) -> None:
        rows = [*self.rows.values()]
        rows[min(max(k, 0), len(rows) - 1)].scale.focus_set()

    def show(self, state: State) -> None:
        """Put thumbs, numbers and tiles where the state has them."""
        self._steering.watch(state)
        if not self.rows:
            return
        values = measure(self._desk.space.codec.decode([state.z]))[0].tolist()
        for (name, row), value in zip(self.rows.items(), values, strict=True):
            row.show(value, name in state.held)
        self.keep.show(CLASS in state.held)
        first, *others = self._steering.told or ("",)
        for label, text in zip(self.told, (first, " ".join(others)), strict=True):
            label.write(text)
        if self._steering.moving:
            self._waiting.ask()
        else:
            self._draw()

    def _resize(self, width: int) -> None:
        """Give the strips their width."""
        if width != self._width:
            self._width = width
            for row in self.rows.values():
                row.resize(width)
            self._drawing.ask()

    def _draw(self) -> None:
        self._waiting.cancel()
        if self._width > 1:
            self._tiling.draw(self._desk.session.state, self._width)
