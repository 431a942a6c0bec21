"""A drawing: a picture that somebody brought or nothing, and the strokes over it. Knows arrays; no model, no window."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vae_explorer.datasets import strokes
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.images import SIDE, Pixels

SHAPE = 1, SIDE, SIDE  # (C, H, W) of the pictures that it gives


@dataclass(frozen=True)
class Drawing:
    """What is on the pad, as values.

    ground: the grey levels of a picture that was made like the data set's, row by row, or nothing. strokes: in their
    order, in pixels of the picture. size, centre: whether strokes without a ground are made as large as MNIST's digits,
    and put where those lie; strokes over a ground stay where they are.
    """

    ground: bytes = b""
    strokes: tuple[Stroke, ...] = ()
    size: bool = True
    centre: bool = True

    @classmethod
    def of(cls, levels: Pixels) -> "Drawing":
        """A picture of grey levels (28, 28), and no stroke."""
        return cls(levels.tobytes())

    @property
    def empty(self) -> bool:
        """Whether nothing is on the pad."""
        return not (self.ground or self.strokes)

    @cached_property
    def levels(self) -> Pixels:
        """The picture that a model is handed: grey levels (28, 28)."""
        put = self.strokes if self.ground else strokes.fitted(self.strokes, self.size, self.centre)
        levels = strokes.drawn(put, self._ground)
        levels.flags.writeable = False  # all who ask are given the same
        return levels

    @property
    def _ground(self) -> Pixels:
        ground = np.frombuffer(self.ground, np.uint8) if self.ground else np.zeros(SIDE * SIDE, np.uint8)
        return ground.reshape(SIDE, SIDE)
