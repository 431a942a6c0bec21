"""The question which test digit is wanted: by its number, or one of a class. Knows labels, no images."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.panels.panel import Panel, opened
from vae_explorer.images import Pixels
from vae_explorer.space.space import Space

NAME = "original"
ANY = "any class"
MAX_CHARACTERS = 12  # of a number and of a class, so wide are the fields


def ask(root: tk.Misc, theme: Theme, space: Space, labels: Pixels, draw: Callable[[int | None], int]) -> int | None:
    """Ask for the number of a test digit; None when the person changed their mind, or is being asked.

    space: of the model, which names the classes. labels: (N,) of uint8. draw: gives the number of a digit at random, of
    a class or of any.
    """
    if opened(root, NAME):
        return None
    question = Question(root, theme, space, labels, draw)
    question.wait_window()
    return question.answer


class Question(Panel):
    """A field for the number, a list of the classes, which puts one of the chosen class into it, and what it is of."""

    def __init__(
        self, root: tk.Misc, theme: Theme, space: Space, labels: Pixels, draw: Callable[[int | None], int]
    ) -> None:
        super().__init__(root, theme, NAME, space.worded("Test digit"), modal=True)
        self.resizable(False, False)
        self._labels, self._draw = labels, draw
        self.answer: int | None = None
        self._names = {
            int(label): space.class_names.get(int(label), str(label)) for label in sorted({*labels.tolist()})
        }
        self.typed, self.chosen, self.told = (tk.StringVar(self) for _ in range(3))
        self._build()
        self.watch(self.typed, self._tell)
        self.typed.set(str(draw(None)))
        self.number.selection_range(0, "end")
        self.open(self.number)

    def _build(self) -> None:
        px = self.theme.px
        self.number = ttk.Entry(self.body, textvariable=self.typed, width=MAX_CHARACTERS)
        self.chosen.set(ANY)
        names = [ANY, *self._names.values()]
        self.classes = ttk.Combobox(
            self.body, textvariable=self.chosen, values=names, state="readonly", width=MAX_CHARACTERS
        )
        for row, (title, field) in enumerate({"Number": self.number, "Another of": self.classes}.items()):
            above = px(8) * row
            ttk.Label(self.body, text=title).grid(row=row, column=0, sticky="w", pady=(above, 0))
            field.grid(row=row, column=1, sticky="ew", padx=(px(12), 0), pady=(above, 0))
        ttk.Label(self.body, textvariable=self.told, style="Muted.TLabel").grid(
            row=2, column=0, columnspan=2, sticky="w", pady=(px(12), px(16))
        )
        foot = ttk.Frame(self.body)
        foot.grid(row=3, column=0, columnspan=2, sticky="e")
        ttk.Button(foot, text="Cancel", command=self.close).grid(row=0, column=0)
        self.go = ttk.Button(foot, text="Encode it", command=self._answer)
        self.go.grid(row=0, column=1, padx=(px(8), 0))
        self.classes.bind("<<ComboboxSelected>>", lambda _event: self._another())
        self.bind("<Return>", lambda _event: self._answer())

    @property
    def _number(self) -> int | None:
        """The number that is typed, None where there is no such digit."""
        text = self.typed.get().strip()
        known = text.isascii() and text.isdigit() and len(text) <= MAX_CHARACTERS and int(text) < len(self._labels)
        return int(text) if known else None

    def _tell(self) -> None:
        """Say what the typed number is of, and let it be taken."""
        number, most = self._number, len(self._labels) - 1
        of = "" if number is None else f"Class {self._names[int(self._labels[number])]}; "
        told = f"{of}the numbers go from 0 to {most}"
        self.told.set(told[0].upper() + told[1:])
        self.go.configure(state="disabled" if number is None else "normal")

    def _another(self) -> None:
        """Put the number of another digit of the chosen class into the field."""
        labels = {name: label for label, name in self._names.items()}
        self.typed.set(str(self._draw(labels.get(self.chosen.get()))))
        self.classes.selection_clear()

    def _answer(self) -> None:
        if (number := self._number) is not None:
            self.answer = number
            self.close()
