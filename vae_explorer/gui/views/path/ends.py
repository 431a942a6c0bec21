"""Where a path begins and ends: two places to choose, and before they are chosen what to do. Shows a `state.Path`."""

import tkinter as tk
from collections.abc import Callable
from itertools import combinations
from tkinter import ttk
from typing import Any

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.places import PlaceChoice
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.state import State
from vae_explorer.space.latent import slerp
from vae_explorer.storage.checkpoint import ATLAS

LEAST = 240  # pixels of the design, of a line of text
CHOOSE = "Choose where the path begins and ends"
LEAD = f"{CHOOSE}. Then see the ways between them, and play one."
MOST = 10  # classes whose ways are compared: 45 ways take some milliseconds, those of 256 classes seconds
FEW = "To have more places than “here”, press B at two of them, which bookmarks them."


class Ends:
    """`widget` has the two places, `empty` what stands below while one of them is missing."""

    def __init__(self, parent: tk.Misc, session: Session, theme: Theme, change: Callable[..., Any]) -> None:
        """change: called with the new `start`, `end` or both, by name."""
        self._session, self._theme, self._change, px = session, theme, change, theme.px
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(1, weight=1)
        self.start = PlaceChoice(self.widget, session, lambda place: change(start=place))
        self.end = PlaceChoice(self.widget, session, lambda place: change(end=place))
        self.swap = ttk.Button(self.widget, text="⇅", width=2, command=self._swap)
        for row, (text, choice) in enumerate((("From", self.start), ("To", self.end))):
            ttk.Label(self.widget, text=text).grid(row=row, column=0, sticky="w", padx=(0, px(8)))
            choice.grid(row=row, column=1, sticky="ew", pady=px(2))
        self.swap.grid(row=0, column=2, rowspan=2, padx=(px(8), 0))
        Tooltip(self.swap, lambda: "Begin where it ends, and end where it begins", theme)
        self.empty = self._empty(parent)

    def _empty(self, parent: tk.Misc) -> ttk.Frame:
        """What to do, and a good first path or why there is none."""
        frame, px = ttk.Frame(parent), self._theme.px
        frame.columnconfigure(0, weight=1)
        Wrapped(frame, self._theme, LEAD, LEAST, "TLabel").grid(sticky="ew")
        if ends := self._first():
            names = [each.name.removeprefix("mean of ") for each in ends]
            offer = ttk.Button(frame, text="Try {} → {}".format(*names))
            offer.configure(command=lambda: self._change(start=ends[0], end=ends[1]))
            offer.grid(sticky="w", pady=px(12))
        elif self._session.space.atlas is None:
            why = f"The typical pictures of classes need {ATLAS}: {self._session.space.missing[ATLAS]}."
            Wrapped(frame, self._theme, f"{FEW} {why}", LEAST).grid(sticky="ew", pady=px(8))
        return frame

    def _first(self) -> tuple[Bookmark, Bookmark] | None:
        """The means of two classes whose arc has the emptiest middle of all, so that the ways differ."""
        count, density = len(self._session.space.class_names), self._session.space.density
        if count < 2 or density is None:
            return None
        pairs = [*combinations(self._session.places()[-count:][:MOST], 2)]
        middles = [slerp(start.z, end.z, 0.5) for start, end in pairs]
        return pairs[int(density.log(middles).argmin())]

    def show(self, state: State) -> None:
        """Show which places are chosen."""
        path = state.path
        self.start.show(path.start, state)
        self.end.show(path.end, state)
        self.swap.state(["disabled" if path.start == path.end else "!disabled"])

    def _swap(self) -> None:
        path = self._session.state.path  # which may not be shown yet
        self._change(start=path.end, end=path.start)
