"""A number that can be typed: the value of one slider. Knows texts and numbers, no session."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer.gui.looks.theme import FIXED


class ValueEntry(ttk.Entry):
    """A value, which Return or leaving takes and Escape puts back."""

    def __init__(
        self, parent: tk.Misc, name: str, write: Callable[[float], str], read: Callable[[str], float],
        now: Callable[[], float], take: Callable[[float], None], say: Callable[[str], None], chars: int,
    ) -> None:  # fmt: skip
        """write and read: make a text of a value, and a value of a text, or raise ValueError. now: gives the value as
        it is. take: called with one that was typed. say: called with the reason why another cannot be. chars: for how
        many there is room."""
        self._text = tk.StringVar(parent)
        super().__init__(parent, textvariable=self._text, width=chars, justify="right", font=FIXED)
        self._name, self._write, self._read, self._now, self._take, self._say = name, write, read, now, take, say
        self._shown = ""
        self.bind("<Button-1>", self._take_up)
        self.bind("<Double-Button-1>", lambda _event: self._select_all())
        self.bind("<Return>", lambda _event: self._accept())
        self.bind("<FocusOut>", lambda _event: self._leave())
        self.bind("<Escape>", lambda _event: self._put_back())

    def show(self, value: float) -> None:
        """Show a value, unless another is being typed."""
        text = self._write(value)
        if text != self._shown and not self._being_typed():
            self._shown = text
            self._text.set(text)

    def _being_typed(self) -> bool:
        return self._text.get() != self._shown and self.focus_get() is self

    def _put_back(self) -> None:
        """Show the value as it is, whatever was typed."""
        self._shown = self._write(self._now())
        self._text.set(self._shown)

    def _take_up(self, _event: object) -> str | None:
        """Select the whole number at the first click, as Tab does, so that what is typed takes its place."""
        if self.focus_get() is self:
            return None
        self.focus_set()
        self._select()
        return "break"  # not Entry's own cursor between the digits

    def _select_all(self) -> str:
        """Select the whole number at a double click, too, of which Tk would take a word: the digits before the dot."""
        self._select()
        return "break"

    def _accept(self) -> None:
        """Take the typed number, and make way for the next one."""
        self._typed()
        self._select()

    def _leave(self) -> None:
        """Take what was typed, and look like one that has no focus."""
        self._typed()
        self.selection_clear()

    def _select(self) -> None:
        self.selection_range(0, "end")
        self.icursor("end")

    def _typed(self) -> None:
        text = self._text.get()
        if text != self._shown:  # else the hidden digits of the value stay
            try:
                self._take(self._read(text))
            except ValueError as error:
                self._say(f"{self._name}: {error}.")
        self._put_back()  # now: a text that comes with the next frame would undo a selection
