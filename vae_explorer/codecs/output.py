"""From the last numbers of a decoder to an image in [-1, 1], by the words of `storage.told`. Knows arrays only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.images import Floats

NEAR = 1e-3  # so little beyond a range is rounding
SLACK = 0.4  # so far beyond the range of pixels a model may give numbers that are meant as such


@dataclass(frozen=True)
class Output:
    """x_hat = f(scale · a + offset), where f is a tanh or a clip to [-1, 1].

    low and high: the range of the pixels that the model learned from, which its encoder takes. Since
    2·sigmoid(a) − 1 = tanh(a/2), a sigmoid is a tanh, too.
    """

    scale: float
    offset: float
    squashes: bool
    low: float
    high: float

    @property
    def span(self) -> str:
        """The range of the pixels as a text, "−1 to 1"."""
        return " to ".join(f"{end:g}".replace("-", "−") for end in (self.low, self.high))

    def value(self, a: NDArray[Any]) -> Floats:
        """Numbers of any shape → x_hat, in memory of its own."""
        scaled: Floats = np.multiply(a, self.scale, dtype=np.float32)
        scaled += np.float32(self.offset)
        if self.squashes:
            np.tanh(scaled, out=scaled)
        else:
            np.clip(scaled, -1, 1, out=scaled)
        return scaled

    def back(self, x_hat: Floats, gradient: ArrayLike) -> Floats:
        """A gradient with respect to x_hat → one with respect to the numbers; what is clipped has no slope."""
        slope = 1 - x_hat**2 if self.squashes else (abs(x_hat) < 1).astype(np.float32)
        return np.asarray(np.asarray(gradient, np.float32) * slope * np.float32(self.scale))

    def pixels(self, images: Floats) -> Floats:
        """Images in [-1, 1] → pixels as the model learned from, from low to high."""
        return np.asarray(self.low + (self.high - self.low) * (0.5 * images + 0.5), np.float32)


def between(low: float, high: float) -> Output:
    """Of a decoder that gives pixels themselves, black being low and white high."""
    return Output(2 / (high - low), -(high + low) / (high - low), False, low, high)


OUTPUTS = {
    "sigmoid": Output(0.5, 0, True, 0, 1),
    "logits": Output(0.5, 0, True, 0, 1),
    "tanh": Output(1, 0, True, -1, 1),
    "linear": between(0, 1),
    "signed": between(-1, 1),
}


def seen(a: ArrayLike) -> str:
    """Guess from what a decoder gives what it is: pixels in [0, 1], linear, or in [-1, 1], signed, or else logits."""
    given = np.asarray(a, np.float32)
    for word in ("linear", "signed"):
        if given.min() >= OUTPUTS[word].low - NEAR and given.max() <= 1 + NEAR:
            return word
    low, high = np.quantile(given, [0.01, 0.99])  # where nothing holds them in their range, a few are far from it
    for word in ("linear", "signed"):
        if low > OUTPUTS[word].low - SLACK and high < 1 + SLACK:
            return word
    return "logits"
