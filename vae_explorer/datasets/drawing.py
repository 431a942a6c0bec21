"""A drawing: a picture that somebody brought or nothing, and the strokes over it. Knows arrays; no model, no window.

A picture can be of any shape, and in colour; strokes are drawn on those of MNIST's alone.
"""

import base64
import binascii
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vae_explorer.datasets import strokes
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.images import DIGIT, Floats, Pixels, Shape, from_pixels

SHAPE = DIGIT  # of what is drawn
_SHAPED = re.compile(r"([13])x([0-9]{1,3})x([0-9]{1,3}):(.*)", re.DOTALL)


@dataclass(frozen=True)
class Drawing:
    """What is on the pad, as values.

    ground: the levels of a picture that was made like the data set's, row by row and in colour red, green and blue in
    turn, or nothing. strokes: in their order, in pixels of the picture. size, centre: whether strokes without a ground
    are made as large as MNIST's digits, and put where those lie; strokes over a ground stay where they are. shape: of
    the picture, (C, H, W).
    """

    ground: bytes = b""
    strokes: tuple[Stroke, ...] = ()
    size: bool = True
    centre: bool = True
    shape: Shape = SHAPE

    @classmethod
    def of(cls, levels: Pixels) -> "Drawing":
        """A picture of grey levels (H, W), or in colour (H, W, 3), and no stroke."""
        h, w, *channels = levels.shape
        return cls(levels.tobytes(), shape=(channels[0] if channels else 1, h, w))

    @classmethod
    def from_text(cls, text: str) -> "Drawing":
        """Read what `text` gave. Raises ValueError for any other text."""
        shape, found = SHAPE, _SHAPED.fullmatch(text)
        if found:
            channels, h, w = (int(number) for number in found.groups()[:3])
            shape, text = (channels, h, w), found[4]
        try:
            ground = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:  # the latter for letters outside ASCII
            raise ValueError("it is not base64") from error
        if len(ground) != math.prod(shape) or not ground:
            raise ValueError(f"it has {len(ground)} levels, not {math.prod(shape)}")
        return cls(ground, shape=shape)

    @property
    def text(self) -> str:
        """The picture's levels, as `ground` has them, as base64 (RFC 4648): what a recipe carries. The strokes are part
        of the picture then. Before it stands the shape, as in 3x64x64:, unless that is of MNIST's digits."""
        head = "" if self.shape == SHAPE else "{}x{}x{}:".format(*self.shape)
        return head + base64.b64encode(self.levels.tobytes()).decode()

    @property
    def empty(self) -> bool:
        """Whether nothing is on the pad."""
        return not (self.ground or self.strokes)

    @cached_property
    def levels(self) -> Pixels:
        """The picture that a model is handed: grey levels (H, W), or in colour (H, W, 3)."""
        put = self.strokes if self.ground else strokes.fitted(self.strokes, self.size, self.centre)
        levels = strokes.drawn(put, self.below)
        levels.flags.writeable = False  # all who ask are given the same
        return levels

    @property
    def x(self) -> Floats:
        """The same as a model takes it: (1, C, H, W) in [-1, 1]."""
        return from_pixels(self.levels, self.shape)

    def taking(self, picture: "Drawing") -> "Drawing":
        """Another picture in place of all that is there; the switches stay."""
        return replace(self, ground=picture.ground, shape=picture.shape, strokes=())

    @property
    def after_steps(self) -> Mapping[str, Pixels]:
        """What is left by each step that can be switched, in their order: grey levels (28, 28) by the step's name."""
        if self.ground or not self.centre:
            return {"size": self.levels, "centre": self.levels}
        return {"size": replace(self, centre=False).levels, "centre": self.levels}

    @property
    def cleared(self) -> "Drawing":
        """An empty pad with the same steps."""
        return replace(self, ground=b"", shape=SHAPE, strokes=())

    @property
    def below(self) -> Pixels:
        """What lies under the strokes: grey levels (H, W), or colours (H, W, 3); black where no picture was brought."""
        channels, h, w = self.shape
        ground = np.frombuffer(self.ground, np.uint8) if self.ground else np.zeros(math.prod(self.shape), np.uint8)
        return ground.reshape((h, w, channels) if channels > 1 else (h, w))
