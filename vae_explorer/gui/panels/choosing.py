"""One choice of a picture in the question what to save: a field that is off where the picture has no such choice."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk
from typing import Any

from vae_explorer.pictures.choice import Choice

USUAL = "as it comes"  # what stands for a length of 0
FIELDS = {  # by the names of their choices: a title, what it proposes, and letters across
    "side": ("Pixels a side", ("280", "560", "1120", "2240"), 8),
    "theme": ("Ground", (), 12),
    "mm": ("Millimetres across", (USUAL, "85", "178"), 12),  # a column of paper, and two
}


class Field:
    """A list to choose from; other values than those that it proposes can be typed, unless a choice has a few only."""

    def __init__(self, parent: tk.Misc, title: str, proposed: Sequence[str], width: int) -> None:
        """title: what is said of it where a value cannot be."""
        self.title, self._proposed = title, proposed
        self.text = tk.StringVar(parent)
        self.widget = ttk.Combobox(parent, textvariable=self.text, width=width)
        self._choice: Choice | None = None

    def offer(self, choice: Choice | None) -> None:
        """Offer what can be chosen; a value that was chosen or typed stays where the picture has such a choice."""
        if choice is None:
            self.text.set("")
            self.widget.state(["disabled"])
        else:
            names = (*choice.names(),) if choice.names else self._proposed
            self.widget.configure(values=[each for each in names if _fits(choice, each)])
            self.widget.state(["!disabled", "readonly" if choice.names else "!readonly"])
            if not self.text.get():
                self.text.set(_written(choice.default))
        self._choice = choice

    @property
    def wrong(self) -> str:
        """What cannot be about what is typed, in a sentence; nothing where it can, or where nothing is offered."""
        fits = self._choice is None or _fits(self._choice, self.text.get().strip())
        return "" if fits or self._choice is None else f"{self.title}: this is no {self._choice.words(1)}."

    @property
    def value(self) -> Any:
        """What is chosen, where nothing is wrong."""
        assert self._choice is not None, "it is asked for only where it is offered"
        return _read(self._choice, self.text.get().strip())


def fields(parent: tk.Misc) -> dict[str, Field]:
    """Give a field for each choice that a person is asked for, by its name."""
    return {name: Field(parent, *about) for name, about in FIELDS.items()}


def _fits(choice: Choice, text: str) -> bool:
    try:
        return text.isascii() and choice.sane(_read(choice, text), 1)
    except ValueError:
        return False


def _read(choice: Choice, text: str) -> Any:
    assert choice.read is not None
    return choice.read("0" if text == USUAL else text)


def _written(value: Any) -> str:
    return USUAL if value == 0 else str(value)
