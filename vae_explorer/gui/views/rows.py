"""The digits of a plane, of which rows come one after the other. Knows pixels only."""

from collections.abc import Sequence

import numpy as np

from vae_explorer.gui.looks.look import Look
from vae_explorer.images import Pixels


class Rows:
    """What there is of a plane: rows of before where there are no new ones yet, and the ground where there are none."""

    def __init__(self, look: Look, ground: str) -> None:
        """ground: its colour, #rrggbb."""
        self._look, self._ground = look, ground
        self._digits: Pixels | None = None

    def take(self, count: int, rows: Sequence[int], digits: Pixels) -> Pixels:
        """Take some of `count` rows, of as many digits each, (n·count, H, W) or (n·count, H, W, 3); give all digits."""
        shape = (count * count, *digits.shape[1:])
        if self._digits is None or len(rows) == count or self._digits.shape != shape:
            self._digits = np.empty(shape, np.uint8)
            self._digits[:] = self._look.nearest(self._ground, digits.ndim == 4)
        for k, row in enumerate(rows):
            self._digits[row * count : (row + 1) * count] = digits[k * count : (k + 1) * count]
        return self._digits
