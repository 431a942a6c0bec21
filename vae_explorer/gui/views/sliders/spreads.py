"""Where the encoder puts the picture that is seen, in each dimension. Knows the session and the decoder's askers."""

import tkinter as tk
from collections.abc import Callable
from functools import partial

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.sliders.strips import Spread
from vae_explorer.session import subject
from vae_explorer.session.state import State
from vae_explorer.session.subject import Subject


class Spreads:
    """`of` has the spread of each dimension, None where it is not known, or there is no encoder."""

    def __init__(self, widget: tk.Misc, desk: Desk, learned: Callable[[], None]) -> None:
        """widget: on which they are seen. learned: called when they are those of another picture."""
        self._session, self._learned, self._asker = desk.session, learned, Asker(desk.decoding, widget)
        self.of: list[Spread | None] = [None] * desk.space.latent_dim

    def show(self, state: State) -> None:
        """Find those of the picture of a state."""
        if self._session.space.encodes:
            self._asker.answer(subject.key(state), 1, partial(self._session.subject, state), self._learn)

    def _learn(self, about: Subject) -> None:
        told = about.posterior
        if told is not None:
            self.of = [*map(Spread, told.mu.tolist(), told.std.tolist())]
        self._learned()
