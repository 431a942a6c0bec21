"""Arithmetic with places: a − b + c, what is to c as a is to b (Mikolov et al. 2013; for images, White 2016)."""

import tkinter as tk
from collections.abc import Sequence
from dataclasses import replace
from tkinter import ttk

import numpy as np

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.words import USUAL
from vae_explorer.gui.views.arithmetic.sum import GAP, LETTERS, Sum
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.images import Pixels
from vae_explorer.session.action import Action
from vae_explorer.session.analogy import example
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.state import State
from vae_explorer.space import latent, places
from vae_explorer.space.space import point
from vae_explorer.storage.checkpoint import ATLAS

Z = tuple[float, ...]
RESULT = "A − B + C"
LEAD = "What is to C as A is to B? Thick − thin of one class makes a thin one of another thick."
OTHER_LEAD = "What is to C as A is to B? What A has and B has not, is given to C."  # where nothing is thick or thin
EMPTY = "Choose A, B and C: class means to begin with, or your bookmarks. Or try an example."
OF_BOOKMARKS = "Choose A, B and C among your bookmarks. The key B bookmarks the place where you are."
EXAMPLE = "Choose a thick digit, a thin one of the same class, and a thin one of another, which becomes thick"
OTHER_EXAMPLE = "Choose a light picture, a dark one of the same class, and a dark one of another, which becomes light"
SAVE = "Keep the three pictures with their signs, and what they give"
LEAST = 220  # the same, of a line of text


class ArithmeticView:
    """The tab: three places to choose with their digits, and the digit of the result."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme = desk, (theme := desk.theme)
        self._terms: tuple[Bookmark | None, ...] | None = None  # that are shown
        self._levels: list[Pixels | None] = []  # of their digits, as far as they are decoded
        self.widget = ttk.Frame(parent)
        self._asker, self._trying = (Asker(desk.decoding, self.widget) for _ in range(2))
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(4, weight=1)  # what is left over lies below
        lead, trying = (LEAD, EXAMPLE) if desk.space.like_mnist else (OTHER_LEAD, OTHER_EXAMPLE)
        self._lead = Wrapped(self.widget, theme, lead, LEAST)
        self._lead.grid(row=0, sticky="ew", pady=(0, theme.px(GAP)))
        self.sum = Sum(self.widget, desk, self._choose)
        self.sum.widget.grid(row=1, sticky="nw")
        self.outcome = Wrapped(self.widget, theme, "", LEAST, "TLabel")
        self.outcome.grid(row=2, sticky="ew", pady=theme.px(GAP))
        Tooltip(self.outcome, lambda: desk.space.worded(USUAL) if result(desk.session.state) else "", theme)
        actions = (
            Action("go-result", "Go to the result", "", "", lambda _app: self._go(), _why_not),
            Action("result-path", "As a path", "", "", lambda _app: self._to_path(), _why_not),
            Action("example", "Try an example", "", "", lambda _app: self._try(), _no_example, description=trying),
            Action("save-sum", "Save picture…", "", "", lambda _app: self._save(), _why_not, description=SAVE),
        )
        self.buttons = Buttons(self.widget, desk, actions, 2)
        self.buttons.widget.grid(row=3, sticky="w")
        self.widget.bind("<Configure>", lambda _event: self._fit())

    def show(self, state: State) -> None:
        """Show the three places of a state and their result, unless they are shown already."""
        self.sum.choose(state)
        if state.terms == self._terms:
            return
        self._terms = state.terms
        places = [None if term is None else term.z for term in state.terms] + [result(state)]
        points = {k: np.array([z]) for k, z in enumerate(places) if z is not None}
        self._levels = [None] * len(places)
        self.outcome.configure(text=self._outcome(state))
        self.buttons.update()
        self._take((), np.empty(0, np.uint8))
        self._asker.pixels(points, self._take)

    def _take(self, places: Sequence[int], digits: Pixels) -> None:
        """Show the digits of some of the four places."""
        for k, digit in zip(places, digits, strict=True):
            self._levels[k] = digit
        self.sum.show(self._levels)
        self._fit()

    def _fit(self) -> None:
        """Give the pictures what the texts and buttons leave."""
        width, height = self.widget.winfo_width(), self.widget.winfo_height()
        if width <= 1:
            return  # it has no place yet
        for label in (self._lead, self.outcome):
            label.fit(width)
        others = (self._lead, self.outcome, self.buttons.widget)
        self.sum.fit(width, height - sum(each.winfo_reqheight() for each in others) - 3 * self._theme.px(GAP))

    def _outcome(self, state: State) -> str:
        """Say how much of the data lies at the result, or what is to do to get one."""
        z, session = result(state), self._desk.session
        if z is None:
            if any(state.terms):
                return f"C{_why_not(session)[1:]}, and the result stands here."
            return OF_BOOKMARKS if session.space.atlas is None else EMPTY
        found = places.place(session.space, z)
        return found.sentence if found.percent is None else f"There: {found.word}. {found.sentence}"

    def _choose(self, k: int, chosen: Bookmark) -> None:
        a, b, c = (chosen if k == each else term for each, term in enumerate(self._desk.session.state.terms))
        self._desk.session.commit(terms=(a, b, c))

    def _try(self) -> None:
        """Choose three places whose sum comes out well."""
        space = self._desk.space
        self._trying.answer("example", 0, lambda: example(space), self._choose_all)

    def _choose_all(self, terms: tuple[Bookmark, Bookmark, Bookmark] | None) -> None:
        if terms:
            self._desk.session.commit(terms=terms)

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


def _no_example(session: Session) -> str:
    """Why there is no example."""
    if session.space.atlas is None:
        return f"it needs {ATLAS}: {session.space.missing[ATLAS]}"
    return "" if len(session.space.class_names) > 1 else "it needs two classes"


def _why_not(session: Session) -> str:
    """Which of the places are not chosen yet."""
    missing = [letter for letter, term in zip(LETTERS, session.state.terms, strict=True) if term is None]
    return f"choose {' and '.join(filter(None, [', '.join(missing[:-1]), missing[-1]]))} first" if missing else ""
