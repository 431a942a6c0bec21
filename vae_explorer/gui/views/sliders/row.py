"""One latent dimension: how much it tells, its strip of digits, its slider and its typed value. Moves its z of the
session's State, and shows what it is told to."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from vae_explorer.gui.looks.coordinates import RANGE, format_value, parse_value
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.sliders.control import Control
from vae_explorer.gui.views.sliders.heads import Head
from vae_explorer.gui.views.sliders.locks import DimLock
from vae_explorer.gui.views.sliders.strips import Strip
from vae_explorer.gui.views.sliders.travel import Quantity, Travel
from vae_explorer.gui.widgets.naming import Naming
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.session.history import Session
from vae_explorer.session.state import State
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.space import MAX_ABS_Z

STEP, FINE_STEP, PAGE_STEP = 0.1, 0.01, 1.0
CHARS = 6  # of an entry
TRAVEL = Travel(-RANGE, RANGE)


@dataclass(frozen=True)
class Facts:
    """What an atlas tells of a dimension: its kl and the largest of all dimensions, in nats; between which values most
    of the data lie."""

    kl: float
    most: float
    band: tuple[float, float]


class Row(Control):
    """The control of a dimension, with its head over the entry."""

    def __init__(self, parent: tk.Misc, dim: int, session: Session, theme: Theme, say: Callable[[str], None]) -> None:
        """say: called with the reason why a typed value cannot be."""
        facts = _facts(session.space.atlas, dim)
        self._dim, self._session, space = dim, session, session.space
        name, band = dimensions.title(dim), None if facts is None else facts.band
        steps, data = (STEP, FINE_STEP, PAGE_STEP), space.worded("the encoded digits")
        quantity = Quantity(name, TRAVEL, 0.0, *steps, format_value, parse_value, data)

        def _strip(place: tk.Misc) -> Strip:
            return Strip(place, theme, space.shape, quantity, band, space.encodes)

        super().__init__(parent, quantity, _strip, CHARS, theme, say)
        reach = f"type any from −{MAX_ABS_Z:g} to {MAX_ABS_Z:g}"
        how = "drag, turn the wheel, or use ← and →; a double click sets it to 0, Return tells what it does"
        Tooltip(self.scale, lambda: f"{dimensions.title(dim, session.state.names)}: {how}", theme)
        Tooltip(self.entry, lambda: f"The value of {dimensions.title(dim, session.state.names)}: {reach}", theme)
        kl, most = (None, 0.0) if facts is None else (facts.kl, facts.most)
        self._head = Head(self, dim, kl, most, self.left, theme)
        self.head = self._head.canvas
        self.head.grid(row=0, column=0, sticky="nw")
        self._names: Names = ()
        self.naming = Naming(self, self.scale)
        self._lock = DimLock(self, self.head, self.scale, dim, session, theme)

    def show(self, state: State) -> None:
        """Put thumb, number and frame where a state has the value, and the name in the head."""
        z = state.z[self._dim]
        self.put(z)
        self.entry.show(z)
        self.strip.frame(z)
        self._lock.show(state.held)
        if state.names != self._names:
            self._names = state.names
            self._head.name(state.names)

    def rename(self) -> None:
        """Let the person type another name over the one that there is; an empty one takes it away."""
        name = dict(self._session.state.names).get(self._dim, "")
        self.naming.open(name, 0, self._rename, "nw")

    def _rename(self, text: str) -> None:
        self.naming.leave()
        self._session.commit(names=dimensions.renamed(self._session.state.names, self._dim, text))

    def now(self) -> float:
        """Give the value as it is."""
        return self._session.state.z[self._dim]

    def move(self, value: float) -> None:
        """Let the value be another, on the way to where it will rest."""
        z, dim = self._session.state.z, self._dim
        self._session.preview(z=(*z[:dim], value, *z[dim + 1 :]))

    def rest(self) -> None:
        """Let the value be what it is: one step of undo."""
        self._session.commit()


def _facts(digits: Atlas | None, dim: int) -> Facts | None:
    """What is told of a dimension; None without an atlas."""
    if digits is None:
        return None
    low, high = digits.percentiles[:, dim].tolist()
    return Facts(float(digits.kl_per_dim[dim]), float(digits.kl_per_dim.max()), (low, high))
