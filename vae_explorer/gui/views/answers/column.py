"""The parts under the digit, which fold and scroll. Only what is open and in view is computed and drawn."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pkgutil import resolve_name
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.answers.part import Body, Part, Say
from vae_explorer.gui.widgets.scrolled import Scrolled
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session.state import State
from vae_explorer.space import missing
from vae_explorer.space.space import Space
from vae_explorer.storage.checkpoint import ATLAS, ENCODER

LEAST = 160  # pixels of the design, of a line of text
GAP = 4  # the same, between two parts, and from their numbers to the scrollbar


def _without_atlas(space: Space) -> str:
    """What is missing where there are no encoded digits, and what would bring it."""
    return "" if space.atlas is not None else missing.told(space, ATLAS, space.worded("the encoded digits"))


def _without_encoder(space: Space) -> str:
    return "" if space.encodes else missing.told(space, ENCODER, "the encoder")


@dataclass(frozen=True)
class Row:
    """A part: its title, a sentence on it, where its class is, and why nothing can be told, "" where it can."""

    title: str
    about: str
    body: str
    lacks: Callable[[Space], str] = lambda _space: ""


_HERE = "vae_explorer.gui.views.answers"
PARTS = {
    "looks": Row(
        "Looks like",
        "Which class this point is of, by how much of the encoded digits of each class lies around it",
        f"{_HERE}.looks_like:LooksLike",
        _without_atlas,
    ),
    "place": Row(
        "Is this a real place?",
        "Whether the model has met such digits: how much of its data lies around here, and how far out it is",
        f"{_HERE}.place:Place",
    ),
    "trick": Row(
        "z = mu + sigma·eps",
        "What the encoder says of the picture: a middle, mu, and a spread, sigma, in each dimension; eps is a draw "
        "from N(0, 1). Writing z so is the reparameterization trick, by which a VAE can be trained",
        f"{_HERE}.trick:Trick",
        _without_encoder,
    ),
    "ledger": Row(
        "recon + kl, in nats",
        "What the model pays for this picture, which training made small: the error of its picture, and the "
        "information in its z. A nat is 1.44 bits",
        f"{_HERE}.ledger:LedgerBody",
        _without_encoder,
    ),
    "nearest": Row(
        "Nearest digits",
        "The encoded digits whose mu is nearest to z",
        f"{_HERE}.nearest:Nearest",
        _without_atlas,
    ),
}


class Answers:
    """The column. Which parts are open is remembered for the next start."""

    def __init__(self, parent: tk.Misc, desk: Desk, width: int) -> None:
        """width: pixels that it will have."""
        self._desk, self._state = desk, desk.session.state
        self._stale: set[str] = set()  # open, and showing another state
        self.widget = Scrolled(parent, desk.theme.colours.surface, width)
        inner = self.widget.inner
        inner.columnconfigure(0, weight=1)
        inner.configure(padding=(0, 0, desk.theme.px(GAP), 0))
        self.parts = {name: self._part(inner, name, row) for name, row in PARTS.items()}
        for k, (name, part) in enumerate(self.parts.items()):
            part.widget.grid(row=k, sticky="ew", pady=(0, desk.theme.px(GAP)))
            if name in desk.memory.settings.unfolded:
                part.open()
        self.widget.bind("<<Scrolled>>", lambda _event: self._catch_up())

    @property
    def ready(self) -> bool:
        """Whether all that is open tells what it has to."""
        return all(getattr(part.body, "ready", True) for part in self.parts.values())

    def _part(self, parent: tk.Misc, name: str, row: Row) -> Part:
        title, about = map(self._desk.space.worded, (row.title, row.about))
        make, turned = partial(self._make, row), partial(self._turned, name)
        return Part(parent, self._desk.theme, title, about, make, turned)

    def _make(self, row: Row, parent: tk.Misc, say: Say) -> Body:
        if lacks := row.lacks(self._desk.space):
            return Missing(parent, self._desk, lacks)
        body: Body = resolve_name(row.body)(parent, self._desk, say)
        return body

    def _turned(self, name: str) -> None:
        """A person has opened or closed a part."""
        self._desk.memory.remember(unfolded=tuple(each for each, part in self.parts.items() if part.opened))
        if self.parts[name].opened:
            self.widget.reveal(self.parts[name].widget)
            self.parts[name].show(self._state)

    def show(self, state: State) -> None:
        """Show a state in the parts that are open and in view, and in the others when they come into view."""
        self._state = state
        self.widget.rest()
        self._stale = {name for name, part in self.parts.items() if part.opened}
        self._catch_up()

    def _catch_up(self) -> None:
        top, bottom = self.widget.seen
        for name in [*self._stale]:
            part = self.parts[name]
            y = part.widget.winfo_y()
            if y < bottom and y + part.widget.winfo_height() > top:
                self._stale.discard(name)
                part.show(self._state)


class Missing:
    """What stands in a part of which a model can tell nothing: why, and what would bring it."""

    def __init__(self, parent: tk.Misc, desk: Desk, text: str) -> None:
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        Wrapped(self.widget, desk.theme, text, LEAST).grid(sticky="ew")

    def show(self, state: State) -> None:
        """Whatever is shown, it stays missing."""
