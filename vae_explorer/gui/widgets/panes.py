"""Columns beside each other, parted by dividers that can be dragged. Knows Tk only.

A column keeps its share of the window when that is resized, and never becomes so narrow that what is in it is cut.
"""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from vae_explorer.gui.looks.styles import SASH
from vae_explorer.gui.looks.theme import Theme


class Panes:
    """The columns; `shares` is where each divider stands, as a share of the width."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, least: Sequence[int], shares: Sequence[float], usual: Sequence[float]
    ) -> None:
        """least: the width of each column in pixels of the design that it needs; where there is not enough for all,
        those on the left get theirs. shares: of the dividers, one fewer than columns; usual: to where a double click
        brings them back."""
        self.widget = ttk.PanedWindow(parent, orient="horizontal")
        self.shares, self._usual = tuple(shares), usual
        self._least, self._sash = [theme.px(each) for each in least], theme.px(SASH)
        self._dragged: int | None = None
        self._held = 0  # where within the divider
        self.columns = [ttk.Frame(self.widget, width=width) for width in self._least]
        for column in self.columns:
            column.grid_propagate(False)
            column.columnconfigure(0, weight=1)
            column.rowconfigure(0, weight=1)
            self.widget.add(column, weight=1)
        self.widget.bind("<Configure>", lambda _event: self._divide(self.shares))
        self.widget.bind("<Button-1>", self._press)
        self.widget.bind("<B1-Motion>", self._drag)
        self.widget.bind("<Double-Button-1>", self._restore)

    @property
    def needed(self) -> int:
        """How many pixels all columns need."""
        return sum(self._least) + self._sash * len(self.shares)

    def _press(self, event: "tk.Event[ttk.PanedWindow]") -> None:
        found = self.widget.identify(event.x, event.y)
        self._dragged = int(found) if str(found).isdigit() else None
        if self._dragged is not None:
            self._held = event.x - self._places()[self._dragged]

    def _drag(self, event: "tk.Event[ttk.PanedWindow]") -> str:
        if self._dragged is not None:
            width, shares = self.widget.winfo_width(), list(self.shares)
            shares[self._dragged] = (event.x - self._held) / width
            self._divide(shares)
            if self.needed <= width:  # else no place of theirs is a choice
                self.shares = tuple(place / width for place in self._places())
        return "break"  # not the widget's own, which lets a column vanish

    def _restore(self, event: "tk.Event[ttk.PanedWindow]") -> None:
        self._press(event)
        if self._dragged is not None:
            shares = list(self.shares)
            shares[self._dragged] = self._usual[self._dragged]
            self.shares, self._dragged = tuple(shares), None  # the hand that has not let go yet drags nothing
            self._divide(self.shares)

    def _places(self) -> list[int]:
        return [self.widget.sashpos(k) for k in range(len(self.shares))]  # type: ignore[no-untyped-call]

    def _divide(self, shares: Sequence[float]) -> None:
        width = self.widget.winfo_width()
        if width > 1:  # it has a place
            for k, place in enumerate(divided(width, self._least, shares, self._sash)):
                self.widget.sashpos(k, place)  # type: ignore[no-untyped-call]


def divided(width: int, least: Sequence[int], shares: Sequence[float], sash: int = 0) -> list[int]:
    """Give where the dividers begin: at their shares of the width, or as near as leaves each column its least.

    sash: how many pixels each divider takes. Where there is not enough for all, those on the left get theirs.
    """
    places, left = [], 0
    for k, share in enumerate(shares):
        rest = sum(each + sash for each in least[k + 1 :])
        place = max(left + least[k], min(round(share * width), width - rest))
        places.append(place)
        left = place + sash
    return places
