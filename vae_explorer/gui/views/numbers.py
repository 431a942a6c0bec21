"""The face of the numbers of a model: a sentence on them, their sliders, and in which order these stand."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.sliders.view import Sliders
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session.orders import ORDERS
from vae_explorer.session.state import State
from vae_explorer.storage.checkpoint import ATLAS


class Numbers:
    """`corner` is what belongs beside the titles of the faces while this one is in front; None where nothing does."""

    def __init__(self, parent: tk.Misc, corner: tk.Misc, desk: Desk, line: int) -> None:
        """corner: in which its part beside the titles is made. line: pixels of the design, of a line of text."""
        self._desk, latent_dim = desk, desk.space.latent_dim
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(1, weight=1)
        lead = Wrapped(self.widget, desk.theme, _lead(latent_dim), line)
        lead.grid(row=0, sticky="ew", pady=(0, desk.theme.px(4)))
        self.order = self._order(corner)
        self.corner = self.order if latent_dim > 1 else None
        self.sliders = Sliders(self.widget, desk)
        self.sliders.widget.grid(row=1, columnspan=2, sticky="nsew")

    def _order(self, corner: tk.Misc) -> ttk.Combobox:
        order = ttk.Combobox(corner, state="readonly", values=[*ORDERS.values()], width=19)
        if self._desk.space.atlas is None:
            order.state(["disabled"])
        order.bind("<<ComboboxSelected>>", lambda _event: self._reorder())
        Tooltip(order, self._order_tip, self._desk.theme)
        return order

    def _reorder(self) -> None:
        self.order.selection_clear()
        self._desk.session.commit(order=[*ORDERS][self.order.current()])

    def _order_tip(self) -> str:
        space = self._desk.space
        if space.atlas is None:
            return f"How much each slider tells is not known without {ATLAS}: {space.missing[ATLAS]}"
        return "The order of the sliders: as the model numbers them, or first those that tell most about a picture"

    def show(self, state: State) -> None:
        """Show where the sliders stand."""
        known = self._desk.space.atlas is not None  # without it they are sorted by number
        if self.order.get() != (order := ORDERS[state.order if known else "number"]):
            self.order.set(order)
        self.sliders.show(state)


def _lead(latent_dim: int) -> str:
    """Say in a sentence what the sliders are, to someone who has never seen a VAE."""
    if latent_dim == 1:
        return "The decoder draws a picture from this number. The strip shows where the slider leads from here."
    return f"The decoder draws a picture from {latent_dim} numbers. Each strip shows where its slider leads from here."
