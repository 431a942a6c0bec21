"""A − B + C as pictures: three digits to choose, the signs between them, and the digit of the result."""

import tkinter as tk
from collections.abc import Callable, Iterator
from functools import partial
from tkinter import ttk
from typing import Any

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import BOLD
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.places import PlaceChoice
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels, Size
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import State

LETTERS, SIGNS = ("A", "B", "C"), ("−", "+", "=")
TERMS = {  # with an example, of digits
    "A: what has the property": ", as a thick 1",
    "B: the same without it": ", as a thin 1",
    "C: what is to get it": ", as a thin 0",
}
# Pixels of the design of the longer side of a term's digit, and of the result's; the largest that fit, and as near to
# it as whole pixels for each of the digit's come, where there are as many.
SIDES = ((168, 336), (140, 280), (112, 224), (84, 168), (56, 140), (56, 112), (30, 112), (30, 84), (30, 56))
LEGIBLE = 84  # pixels of the design, of a term's longer side: smaller, a row is given up for a column
GAP = 8  # pixels of the design
WIDTH = 16  # characters


class Sum:
    """A row of the four where that is legible, else one below the other; as large as there is room for."""

    def __init__(self, parent: tk.Misc, desk: Desk, choose: Callable[[int, Bookmark], None]) -> None:
        """choose: called with the number of a term, 0 to 2, and the place that a person has chosen for it."""
        self._desk, self._theme = desk, desk.theme
        self._levels: list[Pixels | None] = [None] * 4
        self._zooms: tuple[float, float] = 1, 1
        self.widget = frame = ttk.Frame(parent)
        self._photos = [Photo(frame) for _ in range(4)]
        look: dict[str, Any] = {"borderwidth": 0, "padx": 0, "pady": 0, "background": desk.theme.colours.surface}
        self.pictures = [tk.Label(frame, image=photo.image, **look) for photo in self._photos]
        self._letters = [ttk.Label(frame, text=letter, font=BOLD) for letter in LETTERS]
        self._signs = [ttk.Label(frame, text=sign, font=BOLD) for sign in SIGNS]
        self.choices = [PlaceChoice(frame, desk.session, partial(choose, k), WIDTH) for k in range(3)]
        terms = [f"{text}{example}" if desk.space.like_mnist else text for text, example in TERMS.items()]
        for text, letter, choice in zip(terms, self._letters, self.choices, strict=True):
            Tooltip(letter, lambda text=text: text, self._theme)  # type: ignore[misc]
            Tooltip(choice, lambda text=text, choice=choice: f"{text}. Chosen: {choice.get()}", self._theme)  # type: ignore[misc]

    def choose(self, state: State) -> None:
        """Show by name which places are chosen."""
        for choice, term in zip(self.choices, state.terms, strict=True):
            choice.show(term, state)

    def show(self, levels: list[Pixels | None]) -> None:
        """Take the digits of the terms and of the result, None for one that there is not yet; the next `fit` draws."""
        self._levels = levels

    def fit(self, width: int, height: int) -> None:
        """Lay all out as large as there is room: in a row where that is legible, else one below the other."""
        ways = [(True, sides) for sides in SIDES if sides[0] >= LEGIBLE] + [(False, sides) for sides in SIDES]
        scaled = [(in_a_row, self._scaled(sides)) for in_a_row, sides in ways]
        in_a_row, self._zooms = next((way for way in scaled if self._fits(*way, width, height)), scaled[-1])
        for widget, place in self._cells(in_a_row):
            widget.grid(place)
        self._paint()

    def _scaled(self, sides: tuple[int, int]) -> tuple[float, float]:
        """How many pixels of the screen each of a term's digit has, and of the result's."""
        longer = max(self._desk.space.shape[1:])
        term, whole = (side * self._theme.scale / longer for side in sides)
        return _whole(term), _whole(whole)

    def _size(self, zoom: float) -> Size:
        """How large a digit is of whose pixels each takes so many of the screen's."""
        _, h, w = self._desk.space.shape
        return max(1, round(w * zoom)), max(1, round(h * zoom))

    def _fits(self, in_a_row: bool, zooms: tuple[float, float], width: int, height: int) -> bool:
        gap, term, whole = self._theme.px(GAP), self._size(zooms[0]), self._size(zooms[1])
        choice, letter, sign = self.choices[0], self._letters[2], self._signs[1]
        if in_a_row:
            wide = 3 * max(choice.winfo_reqwidth(), term[0]) + whole[0] + 3 * (sign.winfo_reqwidth() + 2 * gap)
            high = max(letter.winfo_reqheight() + term[1] + choice.winfo_reqheight() + 2 * gap, whole[1])
        else:
            wide = sign.winfo_reqwidth() + letter.winfo_reqwidth() + 2 * gap
            wide += max(term[0] + gap + choice.winfo_reqwidth(), whole[0])
            high = 3 * (max(term[1], choice.winfo_reqheight()) + gap) + whole[1]
        return wide <= width and high <= height

    def _cells(self, in_a_row: bool) -> Iterator[tuple[tk.Widget, dict[str, Any]]]:
        """Where each widget stands, as options of `grid`."""
        gap = self._theme.px(GAP)
        once: dict[str, Any] = {"columnspan": 1, "rowspan": 1, "padx": 0, "pady": 0, "sticky": ""}
        for k in range(3):
            parts = self._letters[k], self.pictures[k], self.choices[k]
            if in_a_row:
                for row, (part, sticky) in enumerate(zip(parts, ("s", "", "n"), strict=True)):
                    yield part, once | {"row": row, "column": 2 * k, "pady": (gap if row else 0, 0), "sticky": sticky}
                yield self._signs[k], once | {"row": 1, "column": 2 * k + 1, "padx": gap}
            else:
                for column, part in enumerate(parts):
                    yield (
                        part,
                        once
                        | {"row": k, "column": column + 1, "padx": (0, gap if column < 2 else 0), "pady": (0, gap)},
                    )
                below = gap if k < 2 else 0  # as below the digit beside it
                yield self._signs[k], once | {"row": k + 1, "column": 0, "padx": (0, gap), "pady": (0, below)}
        at = (
            {"row": 0, "column": 6, "rowspan": 3}
            if in_a_row
            else {"row": 3, "column": 2, "columnspan": 2, "sticky": "w"}
        )
        yield self.pictures[3], once | at

    def _paint(self) -> None:
        for k, (levels, photo) in enumerate(zip(self._levels, self._photos, strict=True)):
            width, height = self._size(self._zooms[k == 3])
            if levels is None:
                empty = np.frombuffer(bytes.fromhex(self._theme.colours.border[1:]), np.uint8)
                photo.show(np.broadcast_to(empty, (height, width, 3)))
            else:
                photo.show(self._desk.look.picture(levels, (width, height)))


def _whole(zoom: float) -> float:
    """The nearest whole number of pixels to one, or less than one where that is much too large."""
    return max(1, round(zoom)) if zoom > 2 / 3 else zoom
