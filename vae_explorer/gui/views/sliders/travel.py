"""What a slider moves: how far it goes, where its values lie over the tiles of its strip, and how they are written.
Knows numbers and texts only."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vae_explorer.session.history import TILES
from vae_explorer.space.latent import Values


@dataclass(frozen=True)
class Travel:
    """From one value, at the middle of the first tile of a strip, to another at the middle of the last."""

    low: float
    high: float

    @property
    def values(self) -> Values:
        """Those of the tiles, at their middles: (TILES,)."""
        return np.linspace(self.low, self.high, TILES)

    def place(self, value: float, width: float) -> float:
        """Where on a strip of that width a value lies; it may be beyond the strip."""
        return width * (0.5 + self._steps(value)) / TILES

    def nearest(self, value: float) -> int | None:
        """The number of the tile nearest to a value; None half a tile beyond the last."""
        k = round(self._steps(value))
        return k if 0 <= k < TILES else None

    def _steps(self, value: float) -> float:
        """How many tiles a value lies right of the first."""
        return (value - self.low) / (self.high - self.low) * (TILES - 1)


@dataclass(frozen=True)
class Quantity:
    """A number that has a slider: its name in sentences and its travel; where Home and a double click set it; how far a
    key moves it, with Shift, and with a page's key; how it is written, and read of what is typed, which raises
    ValueError; and whose values its band is of."""

    name: str
    travel: Travel
    centre: float
    step: float
    fine: float
    page: float
    write: Callable[[float], str]
    read: Callable[[str], float]
    data: str
