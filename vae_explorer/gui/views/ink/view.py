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
    from vae_explorer.gui.views.ink.painting import Painting, Wish, Z

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
        self._kept["ink"] = ink
        if ink is not None and self.brush is None:
            self._make()
        if self.brush is not None and self.painting is not None:
            self.painting.up()
            self.painting.ink = bool(ink)
            self.brush.switch(ink is not None)
        height = 0 if ink is None or self.others is None else self.others.height
        self.widget.rowconfigure(0, minsize=height)  # which is theirs also before there are any
        self.bar.show(ink)

    def _take_keys(self) -> None:
        if self.ink is not None and self.brush is not None:
            self.brush.take_keys()

    def _make(self) -> None:
        from vae_explorer.gui.views.ink.brush import Brush
        from vae_explorer.gui.views.ink.others import Others
        from vae_explorer.gui.views.ink.painting import Painting

        _, height, width = self._desk.space.shape
        self.others = Others(self.bar.place, self._desk)
        self.painting = Painting(self._desk, self._digit, self._rested)
        self.brush = Brush(self._digit, self._desk.theme, (height, width), self.painting)

    def _rested(self, wish: "Wish", z: "Z") -> None:
        """Say how near the model came to what was asked for, and look for other ways."""
        from vae_explorer.gui.views.ink.others import outcome

        assert self.others is not None
        self._desk.status.say(outcome(wish, z))
        self.others.seek(wish, z)
