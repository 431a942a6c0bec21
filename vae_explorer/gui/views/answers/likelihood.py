"""log p(x) of the picture, estimated beside the window when a person asks. Keeps what was found for each picture."""

import logging
import tkinter as tk
from functools import partial
from tkinter import ttk

import numpy as np

from vae_explorer import plain
from vae_explorer.errors import Failure
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.jobs import Job
from vae_explorer.session import subject
from vae_explorer.session.state import State
from vae_explorer.space import likelihood
from vae_explorer.space.ledger import Ledger
from vae_explorer.space.likelihood import Estimate

log = logging.getLogger(__name__)

DRAWS = {"100 draws": 100, "1,000 draws": 1_000, "10,000 draws": 10_000}
USUAL = "1,000 draws"
SEED = 0  # so that the same question has the same answer
KEPT = 32  # estimates, the newest last
LEAST = 160  # pixels of the design, of a line of text
HOW = (
    "Estimate the log of the {} that the model gives to this picture, in nats: by importance "
    "sampling, with draws from its posterior. More draws take longer and are nearer to the truth"
)


class LikelihoodRow:
    """A button, how many draws, and what was found of the picture that is shown."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, theme = desk, desk.theme
        self._found = desk.memory.kept(desk.session, "likelihood")
        self._bound, self._constant = "", 0.0
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(1, weight=1)
        self.ask = ttk.Button(self.widget, text="log p(x)", command=self._start)
        self.ask.grid(row=0, column=0)
        self.draws = ttk.Combobox(self.widget, state="readonly", values=[*DRAWS], width=10)
        self.draws.set(USUAL)
        self.draws.bind("<<ComboboxSelected>>", lambda _event: self._chosen())
        self.draws.grid(row=0, column=1, sticky="w", padx=(theme.px(8), 0))
        self.answer = Wrapped(self.widget, theme, "", LEAST, "TLabel")
        for each in (self.ask, self.draws):
            Tooltip(each, lambda: HOW.format(desk.space.codec.likelihood.p), theme)
        Tooltip(self.answer, self._explain, theme)

    def show(self, state: State, found: Ledger) -> None:
        """Show what was found for the picture of a state, of which the ledger is known."""
        self._bound, self._constant = f"{found.elbo:.1f}".replace("-", "−"), found.constant
        self._state, self._key = state, subject.key(state)
        self._tell()

    def _chosen(self) -> None:
        self.draws.selection_clear()
        self._tell()

    def _k(self) -> int:
        return DRAWS[self.draws.get()]

    def _tell(self) -> None:
        estimate = self._found.get((self._key, self._k()))
        if estimate is None:
            self.answer.grid_remove()
            return
        text = f"log p(x) = {estimate.nats:.1f} ± {estimate.standard_error:.2f} nats".replace("= -", "= −")
        self.answer.configure(text=text if estimate.trusted else f"{text}; few draws count, so less sure than that")
        self.answer.grid(row=1, columnspan=2, sticky="ew")

    def _explain(self) -> str:
        constant = ", less a constant that is the same for every picture" * bool(self._constant)
        return (
            f"By importance sampling, with its standard error. Its lower bound, the elbo, is {self._bound} nats: "
            f"−(recon + kl){constant}"
        )

    def _start(self) -> None:
        """Estimate it beside the window."""
        session, k, generator = self._desk.session, self._k(), np.random.default_rng(SEED)
        state, key = self._state, self._key

        def _estimate(job: Job) -> Estimate:
            about, progress = session.subject(state), partial(setattr, job, "progress")
            assert about.posterior is not None, "the part needs an encoder"
            return likelihood.log_likelihood(
                session.space.codec, about.x, about.posterior, k, generator, job.cancelled, progress
            )

        title = f"Estimating log p(x) by {self.draws.get()}…"
        self._desk.work.start("estimate", title, _estimate, partial(self._done, key, k), self._failed)

    def _done(self, key: object, k: int, estimate: Estimate) -> None:
        self._found[key, k] = estimate
        for old in [*self._found][:-KEPT]:
            del self._found[old]
        if self.widget.winfo_exists():  # else the part was folded meanwhile
            self._tell()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Failure):
            log.error("log p(x) was not estimated", exc_info=error)
        if self.widget.winfo_exists():
            self._desk.status.say(f"log p(x) was not estimated: {plain.reason(error)}")
