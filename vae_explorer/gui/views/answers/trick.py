"""The reparameterization trick to play with: z = mu + sigma · eps of the drawing, or of what is decoded at z."""

import tkinter as tk
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.desk.memory import REFINED
from vae_explorer.gui.looks.coordinates import format_value
from vae_explorer.gui.views.answers.part import Say
from vae_explorer.gui.views.answers.table import Table
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session import subject
from vae_explorer.session.state import State
from vae_explorer.session.subject import Subject
from vae_explorer.space import places
from vae_explorer.space.posterior import Posterior

LEAST, WIDTH = 160, 208  # pixels of the design, of a line of text and of the buttons
COLUMNS = (
    ("mu", "mu, the middle of the points that the encoder gives to this picture, in each dimension"),
    ("sigma", "sigma, how far around mu the encoder spreads this picture: small where it is sure"),
    ("eps", "eps = (z − mu) / sigma: how far z is from mu, in sigmas"),
    ("z", "z = mu + sigma · eps, where you are"),
)
FAR = (
    "How far z is from mu, counted in sigmas: the length of eps. Draws from the posterior do not lie near 0 but near "
    "the root of the number of dimensions; nine of ten lie between these two"
)
WON = "By how many nats refined mu and sigma describe your digit better than the encoder's: the amortisation gap"
DRAWN, DECODED = "your digit", "what is decoded here"


class Trick:
    """How far mu is from z, what can be drawn again, and the numbers of each dimension."""

    def __init__(self, parent: tk.Misc, desk: Desk, say: Say) -> None:
        self._desk, self._say, theme = desk, say, desk.theme
        self._shown: tuple[Posterior, tuple[float, ...]] | None = None
        self.widget = ttk.Frame(parent)
        self._asker = Asker(desk.decoding, self.widget)
        self.widget.columnconfigure(0, weight=1)
        self.far = Wrapped(self.widget, theme, "", LEAST)
        self.far.configure(width=1)  # never wider than its place, so that another text lays nothing out anew
        self.far.grid(sticky="ew")
        Tooltip(self.far, lambda: FAR, theme)
        actions = [desk.actions[name] for name in ("eps", "mu", "refine")]
        self.buttons = Buttons(self.widget, desk, actions, len(actions), theme.px(WIDTH), "Low.TButton")
        self.buttons.widget.grid(sticky="w", pady=theme.px(4))
        self.won = Wrapped(self.widget, theme, "", LEAST)
        Tooltip(self.won, lambda: desk.space.worded(WON), theme)
        self.table = Table(self.widget, theme, COLUMNS, desk.space.latent_dim)
        self.table.widget.grid(row=3, sticky="ew")

    def show(self, state: State) -> None:
        """Show mu, sigma and eps of a state, unless they are shown."""
        of = partial(self._desk.session.subject, state)
        self._asker.answer(subject.key(state), 1, of, partial(self._tell, state))

    def _tell(self, state: State, about: Subject) -> None:
        self.buttons.update()
        posterior = about.posterior
        assert posterior is not None, "the part needs an encoder"
        if self._shown is not None and self._shown[0] is posterior and self._shown[1] == state.z:
            return
        self._shown = posterior, state.z
        far, (low, high) = posterior.distance(state.z), usual(len(state.z))
        self._say(f"{far:.2f} σ")
        whose = self._desk.space.worded(DRAWN if about.own else DECODED)
        self.far.configure(text=f"z is {far:.2f} sigmas from the mu of {whose}; draws lie {low:.1f}–{high:.1f} away")
        self.table.show(
            [
                [format_value(each) for each in posterior.mu],
                [f"{each:.2f}" for each in posterior.std],
                [format_value(each) for each in posterior.eps(state.z)],
                [format_value(each) for each in state.z],
            ]
        )
        self._show_won(state)

    def _show_won(self, state: State) -> None:
        """Say what refining has won, where this posterior is refined and that is known."""
        found = self._desk.memory.kept(self._desk.session, REFINED).get(state.refined)
        if state.encoded and found is not None:
            self.won.configure(text=f"Refining has won {found.won:.1f} ± {found.standard_error:.2f} nats")
            self.won.grid(row=2, sticky="ew")
        else:
            self.won.grid_remove()


def usual(latent_dim: int) -> tuple[float, float]:
    """Between which distances from mu, in sigmas, nine of ten draws from a posterior lie."""
    return places.quantile(0.05, latent_dim), places.quantile(0.95, latent_dim)
