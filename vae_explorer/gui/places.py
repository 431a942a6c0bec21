"""A place to choose: here, a bookmark, the mean of a class, the nearest digit. Shows what `Session.places` names."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer.bookmarks import Bookmark
from vae_explorer.session import Session


class PlaceChoice(ttk.Combobox):
    """A list of the places that there are when it is opened; it shows the name of the one that was chosen."""

    def __init__(self, parent: tk.Misc, session: Session, choose: Callable[[Bookmark], None], width: int = 14) -> None:
        """choose: called with the place that a person has chosen."""
        super().__init__(parent, state="readonly", width=width, postcommand=self._list)
        self._session, self._choose = session, choose
        self._places: tuple[Bookmark, ...] = ()
        self._list()
        self.bind("<<ComboboxSelected>>", lambda _event: self._choose(self._places[self.current()]))
        self.bind("<FocusIn>", lambda _event: self._list())  # the arrow keys choose without opening it

    def _list(self) -> None:
        self._places = self._session.places()
        self.configure(values=[each.name for each in self._places])

    def show(self, chosen: Bookmark | None) -> None:
        """Show the name of a place, or that none is chosen yet."""
        name = "choose…" if chosen is None else chosen.name
        if self.get() != name:
            self.set(name)
