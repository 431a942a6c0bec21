"""What the model pays for a picture: recon and kl, the kl of each dimension, and where that stands among others."""

import tkinter as tk
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.answers.bars import Bar, Bars
from vae_explorer.gui.views.answers.likelihood import LikelihoodRow
from vae_explorer.gui.views.answers.part import Say
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.session import subject
from vae_explorer.session.history import Session
from vae_explorer.session.state import State
from vae_explorer.space import ledger
from vae_explorer.space.ledger import Ledger

LEAST = 160  # pixels of the design, of a line of text
DECODED = 2 + 2 * ledger.PAIRS  # points, for the ledger of one picture
MOST = 8  # dimensions with a bar of their own
LONGEST = 4.0  # nats of a full bar of one dimension, unless one tells more
RECON = "recon: {}, averaged over draws of z, in nats"
KL = "kl: how much the posterior differs from the prior N(0, I), in nats: the information about the picture in its z"
OTHERS = "The other dimensions together, in nats"
RANK = "Among the atlas's digits, by recon + kl at mu: the model describes those better for which it pays less"


class LedgerBody:
    """Bars of both terms and of the dimensions' kl, a sentence, and log p(x) on demand."""

    def __init__(self, parent: tk.Misc, desk: Desk, say: Say) -> None:
        self._desk, self._say, theme = desk, say, desk.theme
        self._shown: object = None
        self._names: Names = ()
        digits, count = desk.space.atlas, desk.space.latent_dim
        order = range(count) if digits is None else digits.dims_by_kl
        self._dims = sorted(order[: MOST if count <= MOST else MOST - 1])  # those that tell most, in their order
        self.widget = ttk.Frame(parent)
        self._asker = Asker(desk.decoding, self.widget)
        self.widget.columnconfigure(0, weight=1)
        self.terms, self.dims = (Bars(self.widget, theme, "000.0") for _ in range(2))
        self.terms.widget.grid(sticky="ew")
        if count > 1:
            ttk.Label(self.widget, text="kl of each dimension", style="Muted.TLabel").grid(sticky="w")
            self.dims.widget.grid(sticky="ew")
        self.rank = Wrapped(self.widget, theme, "", LEAST)
        if digits is not None:
            self.rank.configure(width=1)  # never wider than its place, so that another text lays nothing out anew
            self.rank.grid(sticky="ew", pady=theme.px(4))
        Tooltip(self.rank, lambda: desk.space.worded(RANK), theme)
        self.likelihood = LikelihoodRow(self.widget, desk)
        self.likelihood.widget.grid(sticky="ew")

    def show(self, state: State) -> None:
        """Show what the picture of a state costs, unless that is shown."""
        shown = subject.key(state), state.names
        if shown != self._shown:
            self._shown = shown
            of = partial(_reckoned, self._desk.session, state)
            self._asker.answer(shown, DECODED, of, partial(self._tell, state))

    def _tell(self, state: State, found: Ledger) -> None:
        space, self._names = self._desk.space, state.names
        kl, total = float(found.kl.sum()), found.loss
        self._say(f"{nats(total)} nats")
        self.terms.show(
            [
                Bar("recon", found.recon / total, nats(found.recon), RECON.format(space.codec.likelihood.what), True),
                Bar("kl", kl / total, nats(kl), KL, True),
            ]
        )
        if space.latent_dim > 1:
            self.dims.show(self._bars(found))
        if found.percentile is not None:
            self.rank.configure(text=space.worded(f"{found.percentile:.0f} of 100 encoded digits cost less"))
        self.likelihood.show(state, found)

    def _bars(self, found: Ledger) -> list[Bar]:
        """One for each of the dimensions that tell most, and one for all others."""
        most = max(LONGEST, float(found.kl.max()))
        bars = [
            Bar(dimensions.short(dim, self._names), value / most, nats(value), self._about(dim, value))
            for dim, value in ((dim, float(found.kl[dim])) for dim in self._dims)
        ]
        if others := len(found.kl) - len(bars):
            rest = float(found.kl.sum() - found.kl[self._dims].sum())
            bars.append(Bar(f"{others} more", rest / most, nats(rest), OTHERS))
        return bars

    def _about(self, dim: int, value: float) -> str:
        name = dimensions.title(dim, self._names)
        return f"What {name} tells about this picture: {nats(value)} nats, or {value / 0.6931:.1f} bits"


def _reckoned(session: Session, state: State) -> Ledger:
    """The ledger of the picture of a state."""
    about, space = session.subject(state), session.space
    assert about.posterior is not None, "the part needs an encoder"
    return ledger.of(space.codec, about.x, about.posterior, space.atlas)


def nats(value: float) -> str:
    """One decimal, with a true minus."""
    text = f"{value:.1f}"
    return "0.0" if text == "-0.0" else text.replace("-", "−")
