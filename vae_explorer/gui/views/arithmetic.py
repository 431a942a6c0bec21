"""Arithmetic with places: a − b + c, what is to c as a is to b (Mikolov et al. 2013; for images, White 2016)."""

import tkinter as tk
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from tkinter import ttk
from typing import Any

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import BOLD
from vae_explorer.gui.looks.words import EMPTIER
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.places import PlaceChoice
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.images import Pixels, Size
from vae_explorer.session.action import Action
from vae_explorer.session.analogy import example
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.state import State
from vae_explorer.space import latent
from vae_explorer.space.space import point
from vae_explorer.storage.checkpoint import ATLAS

Z = tuple[float, ...]
LETTERS, SIGNS = ("A", "B", "C"), ("−", "+", "=")
RESULT = "A − B + C"
LEAD = "What is to C as A is to B? Thick − thin of one class makes a thin one of another thick."
EMPTY = "Choose A, B and C: class means to begin with, or your bookmarks. Or try an example."
EXAMPLE = "Choose a thick digit, a thin one of the same class, and a thin one of another, which becomes thick"
SAVE = "Keep the three pictures with their signs, and what they give"
TERMS = (
    "A: what has the property, as a thick 1",
    "B: the same without it, as a thin 1",
    "C: what is to get it, as a thin 0",
)
THERE = f"How much of the data lies at the result: {EMPTIER}"
# How many screen pixels a pixel of a term's digit takes, and of the result's, at scale 1; the largest that fit.
ZOOMS = ((6, 12), (5, 10), (4, 8), (3, 6), (2, 5), (2, 4), (1, 4), (1, 3), (1, 2))
LEGIBLE = 84  # pixels of the design, of a term's longer side: smaller, a row is given up for a column
GAP = 8  # pixels of the design
LEAST = 220  # the same, of a line of text
WIDTH = 16  # characters


class ArithmeticView:
    """The tab: three places to choose with their digits, and the digit of the result."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme = desk, (theme := desk.theme)
        self._terms: tuple[Bookmark | None, ...] | None = None  # that are shown
        self._levels: list[Pixels | None] = [None] * 4
        self._zooms = ZOOMS[-1]
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(4, weight=1)  # what is left over lies below
        gap = theme.px(GAP)
        self._lead = Wrapped(self.widget, theme, LEAD, LEAST)
        self._lead.grid(row=0, sticky="ew", pady=(0, gap))
        self._sum = ttk.Frame(self.widget)
        self._sum.grid(row=1, sticky="nw")
        self._fill(self._sum)
        self.told = Wrapped(self.widget, theme, "", LEAST, "TLabel")
        self.told.grid(row=2, sticky="ew", pady=gap)
        Tooltip(self.told, lambda: THERE if result(desk.session.state) else "", theme)
        actions = (
            Action("go-result", "Go to the result", "", "", lambda _app: self._go(), _why_not),
            Action("result-path", "As a path", "", "", lambda _app: self._to_path(), _why_not),
            Action("example", "Try an example", "", "", lambda _app: self._try(), _no_example, description=EXAMPLE),
            Action("save-sum", "Save picture…", "", "", lambda _app: self._save(), _why_not, description=SAVE),
        )
        self.buttons = Buttons(self.widget, desk, actions, 2)
        self.buttons.widget.grid(row=3, sticky="w")
        self.widget.bind("<Configure>", lambda _event: self._arrange())

    def _fill(self, frame: ttk.Frame) -> None:
        """Make the terms, the signs between them, and the place of the result."""
        self._photos = [Photo(frame) for _ in range(4)]
        surface = self._theme.colours.surface
        self.pictures = [
            tk.Label(frame, image=photo.image, borderwidth=0, padx=0, pady=0, background=surface)
            for photo in self._photos
        ]
        self._letters = [ttk.Label(frame, text=letter, font=BOLD) for letter in LETTERS]
        self._signs = [ttk.Label(frame, text=sign, font=BOLD) for sign in SIGNS]
        self.choices = [PlaceChoice(frame, self._desk.session, partial(self._choose, k), WIDTH) for k in range(3)]
        for text, letter, choice in zip(TERMS, self._letters, self.choices, strict=True):
            Tooltip(letter, lambda text=text: text, self._theme)  # type: ignore[misc]
            Tooltip(choice, lambda text=text, choice=choice: f"{text}. Chosen: {choice.get()}", self._theme)  # type: ignore[misc]

    # ------------------------------------------------------------------ what is shown

    def show(self, state: State) -> None:
        """Show the three places of a state and their result, unless they are shown already."""
        for choice, term in zip(self.choices, state.terms, strict=True):
            choice.show(term, state)
        if state.terms == self._terms:
            return
        self._terms = state.terms
        points = [None if term is None else term.z for term in state.terms] + [result(state)]
        pixels = self._desk.space.codec.pixels
        self._levels = [None if z is None else pixels(z)[0] for z in points]
        self.told.configure(text=self._tell(state))
        self.buttons.update()
        self._arrange()

    def _tell(self, state: State) -> str:
        """Say how much of the data lies at the result, or what is to do to get one."""
        z, session = result(state), self._desk.session
        if z is None:
            chosen = any(state.terms)
            return f"C{_why_not(session)[1:]}, and the result stands here." if chosen else EMPTY
        if session.space.density is None:
            return f"How much of the data lies there is not known without {ATLAS}."
        percent = float(session.space.density.percentile(z)[0])
        return f"Data there: {percent:.0f} %, {words(percent)}."

    def _arrange(self) -> None:
        """Lay all out as large as there is room: in a row where that is legible, else one below the other."""
        width, height = self.widget.winfo_width(), self.widget.winfo_height()
        if width <= 1:
            return  # it has no place yet
        for label in (self._lead, self.told):
            label.fit(width)
        others = (self._lead, self.told, self.buttons.widget)
        height -= sum(each.winfo_reqheight() for each in others) + 3 * self._theme.px(GAP)
        longer = max(self._desk.space.shape)
        ways = [(True, zooms) for zooms in ZOOMS if zooms[0] * longer >= LEGIBLE] + [(False, zooms) for zooms in ZOOMS]
        scaled = [(in_a_row, self._scaled(zooms)) for in_a_row, zooms in ways]
        in_a_row, self._zooms = next((way for way in scaled if self._fits(*way, width, height)), scaled[-1])
        for widget, place in self._cells(in_a_row):
            widget.grid(place)
        self._paint()

    def _scaled(self, zooms: tuple[int, int]) -> tuple[int, int]:
        term, whole = (max(1, self._theme.px(zoom)) for zoom in zooms)
        return term, whole

    def _size(self, zoom: int) -> Size:
        """How large a digit is of whose pixels each takes so many of the screen's."""
        _, h, w = self._desk.space.shape
        return w * zoom, h * zoom

    def _fits(self, in_a_row: bool, zooms: tuple[int, int], width: int, height: int) -> bool:
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

    # ------------------------------------------------------------------ what a person does

    def _choose(self, k: int, chosen: Bookmark) -> None:
        a, b, c = (chosen if k == each else term for each, term in enumerate(self._desk.session.state.terms))
        self._desk.session.commit(terms=(a, b, c))

    def _try(self) -> None:
        """Choose three places whose sum comes out well."""
        session = self._desk.session
        if terms := example(session.space):
            session.commit(terms=terms)

    def _save(self) -> None:
        self._desk.run(self._desk.actions["save-view"])

    def _go(self) -> None:
        if z := result(self._desk.session.state):
            self._desk.motion.go(z)

    def _to_path(self) -> None:
        """Make the way from C to the result the path, and show it."""
        session = self._desk.session
        if z := result(session.state):
            path = replace(session.state.path, start=session.state.terms[2], end=Bookmark(RESULT, z))
            session.commit(path=path)
            self._desk.run(self._desk.actions["tab-path"])


def result(state: State) -> Z | None:
    """A − B + C, or the nearest point that a session takes; None while one of them is not chosen."""
    a, b, c = state.terms
    if a is None or b is None or c is None:
        return None
    return point(latent.analogy(a.z, b.z, c.z))


def words(percent: float) -> str:
    """Say in words how much of the data lies at a place of that percentile."""
    if percent >= 25:
        return "well inside what the model has seen"
    if percent >= 5:
        return "at the edge of what the model has seen"
    return "outside what the model has seen, so the decoder makes it up"


def _no_example(session: Session) -> str:
    """Why there is no example."""
    if session.space.atlas is None:
        return f"it needs {ATLAS}: {session.space.missing[ATLAS]}"
    return "" if len(session.space.class_names) > 1 else "it needs two classes"


def _why_not(session: Session) -> str:
    """Which of the places are not chosen yet."""
    missing = [letter for letter, term in zip(LETTERS, session.state.terms, strict=True) if term is None]
    return f"choose {' and '.join(filter(None, [', '.join(missing[:-1]), missing[-1]]))} first" if missing else ""
