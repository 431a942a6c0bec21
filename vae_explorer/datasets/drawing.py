"""A drawing: a picture that somebody brought or nothing, and the strokes over it. Knows arrays; no model, no window."""

import base64
import binascii
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
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

    @classmethod
    def from_text(cls, text: str) -> "Drawing":
        """Read what `text` gave. Raises ValueError for any other text."""
        try:
            ground = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:  # the latter for letters outside ASCII
            raise ValueError("it is not base64") from error
        if len(ground) != math.prod(SHAPE):
            raise ValueError(f"it has {len(ground)} grey levels, not {math.prod(SHAPE)}")
        return cls(ground)

    @property
    def text(self) -> str:
        """The picture's grey levels, row by row, as base64 (RFC 4648): what a recipe carries. The strokes are part of
        the picture then."""
        return base64.b64encode(self.levels.tobytes()).decode()

    @property
    def empty(self) -> bool:
        """Whether nothing is on the pad."""
        return not (self.ground or self.strokes)

    @cached_property
    def levels(self) -> Pixels:
        """The picture that a model is handed: grey levels (28, 28)."""
        put = self.strokes if self.ground else strokes.fitted(self.strokes, self.size, self.centre)
        levels = strokes.drawn(put, self.below)
        levels.flags.writeable = False  # all who ask are given the same
        return levels

    @property
    def after_steps(self) -> Mapping[str, Pixels]:
        """What is left by each step that can be switched, in their order: grey levels (28, 28) by the step's name."""
        if self.ground or not self.centre:
            return {"size": self.levels, "centre": self.levels}
        return {"size": replace(self, centre=False).levels, "centre": self.levels}

    @property
    def cleared(self) -> "Drawing":
        """An empty pad with the same steps."""
        return replace(self, ground=b"", strokes=())

    @property
    def below(self) -> Pixels:
        """What lies under the strokes: grey levels (28, 28), black where no picture was brought."""
        ground = np.frombuffer(self.ground, np.uint8) if self.ground else np.zeros(SIDE * SIDE, np.uint8)
        return ground.reshape(SIDE, SIDE)
