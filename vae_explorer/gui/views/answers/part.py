"""A part of the column that folds: a line that says what it is and, while it is open, what it comes to; and below it
the whole answer. Knows Tk, and no answer."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Protocol

from vae_explorer.gui.looks.styles import HEAD
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.state import State

CLOSED, OPEN = "▸", "▾"

Say = Callable[[str], None]  # puts a few words beside the title: what an answer comes to


class Body(Protocol):
    """What is below the line of a part that is open."""

    widget: ttk.Frame

    def show(self, state: State) -> None:
        """Show what is to be told of a state."""


class Part:
    """One part. What is folded is not built: `make` is called when it is opened, and what it made goes when it is
    closed."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, title: str, about: str, make: Callable[[tk.Misc, Say], Body],
        turned: Callable[[], None],
    ) -> None:  # fmt: skip
        """about: a sentence on it. make: makes its body of where it stands and what tells the headline. turned: called
        when a person has opened or closed it."""
        self._theme, self._title, self._make, self._turned = theme, title, make, turned
        self.body: Body | None = None
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.head = ttk.Button(self.widget, style=HEAD, command=self._turn)
        self.head.grid(row=0, column=0, sticky="ew")
        self._headline = ttk.Label(self.widget)  # over the line, so that another text lays nothing out anew
        self._headline.bind("<Button-1>", lambda _event: self.head.invoke())
        for each in (self.head, self._headline):
            Tooltip(each, lambda: about, theme)
        self._write(CLOSED)

    @property
    def opened(self) -> bool:
        """Whether it is open."""
        return self.body is not None

    @property
    def headline(self) -> str:
        """What stands in its line beside the title."""
        return str(self._headline.cget("text"))

    def open(self) -> None:
        """Make what is below the line."""
        if self.body is None:
            self.body = self._make(self.widget, self._say)
            self.body.widget.grid(row=1, sticky="ew", padx=(self._theme.px(16), 0))
            self._headline.place(in_=self.head, relx=1.0, x=-self._theme.px(2), rely=0.5, anchor="e")  # inside its ring
            self._write(OPEN)

    def close(self) -> None:
        """Take away what is below the line."""
        if self.body is not None:
            self.body.widget.destroy()
            self.body = None
            self._say("")
            self._headline.place_forget()
            self._write(CLOSED)

    def show(self, state: State) -> None:
        """Show a state where it is open."""
        if self.body is not None:
            self.body.show(state)

    def _say(self, headline: str) -> None:
        if headline != self.headline:
            self._headline.configure(text=headline)

    def _turn(self) -> None:
        self.close() if self.opened else self.open()
        self._turned()

    def _write(self, sign: str) -> None:
        self.head.configure(text=f"{sign} {self._title}")
