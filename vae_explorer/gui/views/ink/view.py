"""Ink on the decoded digit: off at first; while it is on, white or black is painted on the digit, and z follows."""

import tkinter as tk
from typing import TYPE_CHECKING

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.canvas import DigitCanvas
from vae_explorer.gui.views.ink.bar import Bar
from vae_explorer.session.state import State

if TYPE_CHECKING:
    from vae_explorer.gui.views.ink.brush import Brush
    from vae_explorer.gui.views.ink.others import Others
    from vae_explorer.gui.views.ink.painting import Painting

HINT = "Paint on the digit, with the mouse or with arrows and Space; the right button paints the other ink"
KEPT = "ink"  # of the desk's memory: which ink is in use, also under another theme


class Ink:
    """`widget` is the row under the digit; what paints is made when somebody first asks for it."""

    def __init__(self, parent: tk.Misc, desk: Desk, digit: DigitCanvas) -> None:
        self._desk, self._digit = desk, digit
        self._kept = desk.memory.kept(desk.session, KEPT)
        self.bar = Bar(parent, desk, self.choose, desk.space.no_ink)
        self.widget = self.bar.widget
        self.brush: Brush | None = None
        self.painting: Painting | None = None
        self.others: Others | None = None
        if self.ink is not None:
            self._use(self.ink)

    @property
    def ink(self) -> bool | None:
        """Which ink is in use: True for that of the digit, False for its ground, None for none."""
        ink: bool | None = self._kept.get("ink")
        return ink

    def choose(self, ink: bool) -> None:
        """Take an ink, or none if it is in use already."""
        self._use(None if ink == self.ink else ink)

    def switch(self) -> None:
        """Begin to paint, also with the keys, or end it."""
        self._use(True if self.ink is None else None)
        self._take_keys()

    def switch_colour(self) -> None:
        """Take the other ink; where none is in use, that of the ground."""
        self._use(not self.ink if self.ink is not None else False)
        self._take_keys()

    def show(self, state: State) -> None:
        """Show a state: what was painted for another is gone."""
        if self.painting is not None and self.others is not None:
            self.painting.show(state)
            self.others.show(state)

    def _use(self, ink: bool | None) -> None:
        hint = self._desk.space.worded(HINT)
        if self.ink is None and ink is not None:
            self._desk.status.say(hint)
        elif ink is None and self._desk.status.said == hint:
            self._desk.status.say("")
        self._kept["ink"] = ink
        if ink is not None and self.brush is None:
            self._make()
        self.bar.show(ink)
        if self.brush is None or self.painting is None or self.others is None:
            return
        self.painting.up()
        self.painting.ink = bool(ink)
        self.brush.switch(ink is not None)
        if ink is None:
            self.others.clear()
            self.bar.place.grid_remove()
        else:
            self.bar.place.grid()
        self.widget.rowconfigure(0, minsize=0 if ink is None else self.others.height)  # also before there are any

    def _take_keys(self) -> None:
        if self.ink is not None and self.brush is not None:
            self.brush.take_keys()

    def _make(self) -> None:
        from vae_explorer.gui.views.ink.brush import Brush
        from vae_explorer.gui.views.ink.others import Others
        from vae_explorer.gui.views.ink.painting import Painting

        _, height, width = self._desk.space.shape
        self.others = Others(self.bar.place, self._desk)
        self.painting = Painting(self._desk, self._digit, self.others.seek)
        self.brush = Brush(self._digit, self._desk.theme, (height, width), self.painting)
