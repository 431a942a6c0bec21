"""Which layers of the map are shown, for all views that show them, also at the next start. Knows no widgets."""

from collections.abc import Callable

from vae_explorer.gui.desk.memory import Memory
from vae_explorer.session.layers import LAYERS


class Layers:
    """What the settings say of layers; who listens is told of each change."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._listeners: list[Callable[[], None]] = []

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the layers that are on, of session.layers.LAYERS and in that order."""
        return self._memory.settings.layers

    def switch(self, name: str) -> None:
        """Turn a layer on or off."""
        shown = {*self.shown} ^ {name}
        self._memory.remember(layers=tuple(each for each in LAYERS if each in shown))
        for listener in self._listeners:
            listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call listener after every change."""
        self._listeners.append(listener)
