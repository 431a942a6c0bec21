"""A place to choose: here, a bookmark, the mean of a class, the nearest digit. Shows what `Session.places` names."""

import tkinter as tk
from collections.abc import Callable
from tkinter import font, ttk

from vae_explorer.gui.looks.theme import FONT
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.state import State

NONE, LEFT = "choose…", "where you were"
HERE = "here"  # as `Session.places` names it
STYLE = "Place.TCombobox"
_SHORTCUT = 0xC  # of an event's state: Control, Alt or Command is held
EDGE = 40  # pixels around a name in the list: its frame, and the scrollbar


class PlaceChoice(ttk.Combobox):
    """A list of the places that there are when it is opened; it shows the name of the one that was chosen.

    A key that is typed chooses the next place with a word that begins so: 7 the mean of 7, M the next of the means.
    """

    def __init__(self, parent: tk.Misc, session: Session, choose: Callable[[Bookmark], None], width: int = 14) -> None:
        """choose: called with the place that a person has chosen."""
        super().__init__(parent, state="readonly", width=width, style=STYLE, postcommand=self._open)
        self._session, self._choose = session, choose
        self._places: tuple[Bookmark, ...] = ()
        self._list()
        self.bind("<<ComboboxSelected>>", lambda _event: self._take())
        self.bind("<Key>", self._type)

    def _list(self) -> None:
        self._places = self._session.places()
        self.configure(values=[each.name for each in self._places])

    def _open(self) -> None:
        """List the places, as wide as the longest of their names but not beyond the screen."""
        self._list()
        measure = font.nametofont(FONT, self).measure
        wider = max(0, max(measure(each.name) for each in self._places) + EDGE - self.winfo_width())
        over = self.winfo_rootx() + self.winfo_width() + wider - self.winfo_screenwidth()
        ttk.Style(self).configure(STYLE, postoffset=(-max(0, over), 0, wider, 0))

    def _type(self, event: "tk.Event[ttk.Combobox]") -> str | None:
        if int(event.state) & _SHORTCUT or not event.char.isprintable() or not event.char.strip():
            return None
        self._list()
        start = self.current() + 1  # -1 where what is shown is not in the list
        order = [k % len(self._places) for k in range(start, start + len(self._places))]
        for k in order:
            if any(word.startswith(event.char.lower()) for word in self._places[k].name.lower().split()):
                self.current(k)
                self._take()
                break
        return "break"  # the letter must not run a shortcut of the window

    def _take(self) -> None:
        self.selection_clear()  # nobody edits this text, so nothing of it is to look selected
        self._choose(self._places[self.current()])

    def show(self, chosen: Bookmark | None, state: State) -> None:
        """Show the name of a place, or that none is chosen yet, or that z has left what was chosen as here."""
        name = NONE if chosen is None else chosen.name
        if chosen is not None and name == HERE and chosen not in state.bookmarks:
            name = HERE if chosen.z == state.z else LEFT
        if self.get() != name:
            self.set(name)
