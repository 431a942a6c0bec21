"""The Desk: what a view is handed in place of the window. Views know nothing above it.

It is made anew with each model and each theme, and so are the views, so nothing of it changes while they live; what
the person remembers for the next start is in `memory`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from vae_explorer.gui.desk.decoding import Decoding
from vae_explorer.gui.desk.layers import Layers
from vae_explorer.gui.desk.memory import Memory
from vae_explorer.gui.desk.motion import Motion
from vae_explorer.gui.desk.pointed import Pointed
from vae_explorer.gui.desk.status import Status
from vae_explorer.gui.desk.work import Work
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.session.action import Action
from vae_explorer.session.history import Session
from vae_explorer.space.space import Space


@dataclass(frozen=True)
class Desk:
    """What a view may use.

    session: the walk that is shown. theme, look: how the window and its digits look. motion: moves z by the clock.
    status: where a sentence can be said. work: what runs beside the window. memory: what is remembered. actions: all
    there are, by name. run: does what an action says, where it can run now.
    """

    session: Session
    theme: Theme
    look: Look
    motion: Motion
    status: Status
    work: Work
    memory: Memory
    actions: Mapping[str, Action]
    run: Callable[[Action], None]

    @property
    def space(self) -> Space:
        """The model that the session walks through."""
        return self.session.space

    def close(self) -> None:
        """Let nothing move, and answer nobody any more."""
        self.motion.destroy()
        self.decoding.close()

    @cached_property
    def decoding(self) -> Decoding:
        """What asks the decoder."""
        return Decoding(self.status.widget, self.space.codec, self.work, self.status)

    @cached_property
    def layers(self) -> Layers:
        """Which layers of the map are shown."""
        return Layers(self.memory)

    @cached_property
    def pointed(self) -> Pointed:
        """Which encoded digits the pointer is on."""
        return Pointed()
