"""An entry in the place of a name, to type another. Knows Tk only."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Literal

WIDTH = 20  # characters


class Naming:
    """At most one entry at a time over a widget. The window does not hear of the keys that end it: it is gone then."""

    def __init__(self, under: tk.Widget, keys: tk.Widget | None = None) -> None:
        """under: what the entry lies over. keys: what has the keys afterwards, unless that is the same."""
        self._under, self._keys = under, keys or under
        self.entry: ttk.Entry | None = None

    def open(self, name: str, left: int, keep: Callable[[str], None], corner: Literal["sw", "nw"] = "sw") -> None:
        """Open an entry at the bottom or at the top, from there or as far to the left as leaves it whole, its name
        selected.

        keep: called with what is typed, on Return. Esc leaves the entry, and so does the focus when it goes elsewhere.
        """
        self.entry = entry = ttk.Entry(self._under, width=WIDTH)
        entry.insert(0, name)
        entry.selection_range(0, "end")
        entry.bind("<Return>", lambda _event: _only(lambda: keep(entry.get().strip())))
        entry.bind("<Escape>", lambda _event: _only(self.leave))
        entry.bind("<FocusOut>", lambda _event: self.leave())
        left = max(0, min(left, self._under.winfo_width() - entry.winfo_reqwidth()))
        entry.place(x=left, rely=1.0 if corner == "sw" else 0.0, anchor=corner)
        entry.update_idletasks()  # what is not on the screen yet would take the keys a little later
        entry.focus_set()

    def leave(self) -> None:
        """Close the entry, if there is one; what is under it has the keys then, if the entry had them."""
        entry, self.entry = self.entry, None
        if entry is not None:
            had = has_keys(entry)
            entry.destroy()
            if had:
                self._keys.focus_set()


def has_keys(widget: tk.Misc) -> bool:
    """Whether the keys go to a widget. `focus_get` fails while a menu or a file dialog of Tk's own has them."""
    return str(widget.tk.call("focus")) == str(widget)


def _only(command: Callable[[], None]) -> str:
    """Do what a key asks for, and nothing else that it means to the window."""
    command()
    return "break"
