"""The two directions of a plane, to be chosen: two dimensions, or the principal axes where there is an atlas."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.choosing_dims import PRINCIPAL
from vae_explorer.pictures.dimensions import Names
from vae_explorer.session.history import Session
from vae_explorer.space.latent import Dims
from vae_explorer.storage.checkpoint import ATLAS

NONE = "–"  # there is no second direction to choose
WHY = "Which two directions are shown. Along the principal axes the encoded digits spread most"


class Axes:
    """Two lists, one for each direction; the first has the principal axes, too, and then the second has nothing."""

    def __init__(
        self, parent: tk.Misc, session: Session, theme: Theme, choose: Callable[[Dims | None], object]
    ) -> None:
        """choose: called with the dimensions that a person has chosen, or None for the principal axes."""
        self._choose, self._count = choose, session.space.latent_dim
        self._dims: Dims | None = None
        self.widget = ttk.Frame(parent)
        self._first, why = [PRINCIPAL], session.space.worded(WHY)  # before the dimensions
        if session.space.atlas is None:
            self._first = []
            why = f"{why}; here nobody knows them, for they need {ATLAS}: {session.space.missing[ATLAS]}"
        self.boxes = tuple(ttk.Combobox(self.widget, state="readonly") for _ in range(2))
        self._name(())
        for place, box in enumerate(self.boxes):
            box.bind("<<ComboboxSelected>>", partial(self._chosen, place))
            box.grid(row=0, column=place, padx=(0, theme.px(4)))
            Tooltip(box, lambda: why, theme)

    def _name(self, names: Names) -> None:
        """Write the dimensions into both lists, as they are called."""
        self._names = names
        dims = [dimensions.title(dim, names) for dim in range(self._count)]
        widths = len(PRINCIPAL), len(PRINCIPAL) if names else 3
        for box, values, width in zip(self.boxes, ([*self._first, *dims], dims), widths, strict=True):
            box.configure(values=values, width=width)

    def show(self, dims: Dims | None, names: Names) -> None:
        """Show which directions are chosen, and what they are called."""
        self._dims = dims
        if names != self._names:
            self._name(names)
        texts = (PRINCIPAL, NONE) if dims is None else [dimensions.title(dim, names) for dim in dims]
        for box, text in zip(self.boxes, texts, strict=True):
            box.set(text)

    def _chosen(self, place: int, _event: object) -> None:
        dim = self.boxes[place].current() - (0 if place else len(self._first))
        dims = chosen(self._dims, place, dim if dim >= 0 else None)
        self.show(dims, self._names)  # also where the choice has changed nothing
        self._choose(dims)


def chosen(dims: Dims | None, place: int, dim: int | None) -> Dims | None:
    """The dimensions of a plane after one, or None for the principal axes, was chosen at a place, 0 or 1.

    Where the other place has the same one, they change places.
    """
    if dim is None:
        return None
    other = (1 if dim == 0 else 0) if dims is None else dims[1 - place]
    if other == dim and dims is not None:
        other = dims[place]
    return (dim, other) if place == 0 else (other, dim)
