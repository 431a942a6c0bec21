"""An entry in the place of a name, to type another. Knows Tk only."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

WIDTH = 20  # characters


class Naming(ttk.Entry):
    """The entry, with the name selected. The window does not hear of the keys that end it: it is gone then."""

    def __init__(self, parent: tk.Misc, name: str, keep: Callable[[str], None], leave: Callable[[], None]) -> None:
        """keep: called with what is typed, on Return. leave: called on Esc, and when the focus goes elsewhere."""
        super().__init__(parent, width=WIDTH)
        self.insert(0, name)
        self.selection_range(0, "end")
        self.bind("<Return>", lambda _event: only(lambda: keep(self.get().strip())))
        self.bind("<Escape>", lambda _event: only(leave))
        self.bind("<FocusOut>", lambda _event: leave())

    def show(self, left: int) -> None:
        """Stand at the bottom, from there or as far to the left as leaves it whole, and take the keys."""
        left = max(0, min(left, self.master.winfo_width() - self.winfo_reqwidth()))
        self.place(x=left, rely=1.0, anchor="sw")
        self.update_idletasks()  # what is not on the screen yet would take the keys a little later
        self.focus_set()


def only(command: Callable[[], None]) -> str:
    """Do what a key asks for, and nothing else that it means to the window."""
    command()
    return "break"
