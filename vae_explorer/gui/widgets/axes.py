"""The two directions of a plane, to be chosen: two dimensions, or the principal axes where there is an atlas."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.pictures.choice import PRINCIPAL
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
        self._choose = choose
        self._dims: Dims | None = None
        self.widget = ttk.Frame(parent)
        dims = [f"z{dim}" for dim in range(session.space.latent_dim)]
        first, why = [PRINCIPAL, *dims], WHY
        if session.space.atlas is None:
            first, why = dims, f"{WHY}; here nobody knows them, for they need {ATLAS}: {session.space.missing[ATLAS]}"
        self.boxes = (
            ttk.Combobox(self.widget, state="readonly", values=first, width=len(PRINCIPAL)),
            ttk.Combobox(self.widget, state="readonly", values=dims, width=3),
        )
        for place, box in enumerate(self.boxes):
            box.bind("<<ComboboxSelected>>", partial(self._chosen, place))
            box.grid(row=0, column=place, padx=(0, theme.px(4)))
            Tooltip(box, lambda: why, theme)

    def show(self, dims: Dims | None) -> None:
        """Show which directions are chosen."""
        self._dims = dims
        names = (PRINCIPAL, NONE) if dims is None else [f"z{dim}" for dim in dims]
        for box, name in zip(self.boxes, names, strict=True):
            box.set(name)

    def _chosen(self, place: int, _event: object) -> None:
        text = self.boxes[place].get()
        dims = chosen(self._dims, place, None if text == PRINCIPAL else int(text.removeprefix("z")))
        self.show(dims)  # also where the choice has changed nothing
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
