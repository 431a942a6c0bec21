"""Chains of Linear layers in NumPy: z → … → pixels, and pixels → … → mu and logvar. Knows arrays, no files.

After the last layer of a decoder stands a sigmoid, which gives pixels in [0, 1], or a tanh, or nothing. A file of
weights does not say which.

Beside the features a 1 is carried through the layers, so that the biases are a last row of the weights: adding them is
no pass of its own over what is large.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.activations import ACTIVATIONS, Activation
from vae_explorer.codecs.output import OUTPUTS
from vae_explorer.images import Floats, Shape
from vae_explorer.storage import chain as storage
from vae_explorer.storage.chain import Layer

CHUNK = 512  # points taken through the layers at once, so that memory is bounded; a larger product is the faster one
EVEN = 0.25  # of their range, so near 0 the middle of numbers lies that no training has moved
GROUND = 0.25  # so near to 0 or −1 lie most numbers that are pixels, those of the dark ground
TANH_MOST = 2.9  # as large three quarters of the numbers before a tanh are; before a sigmoid they are about twice that


class ChainDecoder:
    """z → x_hat by a chain: `hidden` follows each layer but the last, and `output` the last, as in `storage.told`."""

    def __init__(self, layers: Sequence[Layer], shape: Shape, hidden: str, output: str) -> None:
        self.latent_dim, self.shape = layers[0][0].shape[1], shape
        *inner, (weight, bias) = layers
        after, self._activation = OUTPUTS[output], ACTIVATIONS[hidden]
        self._inner, one = _folded(inner, self._activation)
        self._last, self._clips = (
            _with_biases(after.scale * weight, after.scale * bias + after.offset, one),
            not after.squashes,
        )

    def decode(self, points: Floats) -> Floats:
        """(B, D) → (B, C, H, W) in [-1, 1]."""
        x_hat = np.empty((len(points), self._last.shape[1]), np.float32)
        for i in range(0, len(points), CHUNK):
            features, _ = _through(self._inner, self._activation, points[i : i + CHUNK])
            out = np.matmul(features, self._last, out=x_hat[i : i + CHUNK])
            if self._clips:
                np.clip(out, -1, 1, out=out)
            else:
                np.tanh(out, out=out)
        return x_hat.reshape(-1, *self.shape)

    def pull(self, points: Floats, x_hat: Floats, gradient: ArrayLike) -> Floats:
        """The chain rule, last layer first: (B, C, H, W) → (B, D). What is clipped has no slope."""
        given = np.asarray(gradient, np.float32)
        given = np.where(abs(x_hat) < 1, given, 0) if self._clips else given * (1 - x_hat**2)
        back: Floats = given.reshape(len(points), self._last.shape[1]) @ self._last.T
        _, before = _through(self._inner, self._activation, points)
        for weight, a in zip(reversed(self._inner), reversed(before), strict=True):
            back = (back * self._activation.slope(a)) @ weight.T  # type: ignore[assignment]
        return back[:, :-1]  # the last is of the 1


class ChainEncoder:
    """x → q(z|x) by a chain with two heads; hidden and output as those of the model's decoder."""

    def __init__(self, weights: storage.ChainEncoder, hidden: str, output: str) -> None:
        self._output, self._activation = OUTPUTS[output], ACTIVATIONS[hidden]
        self._trunk, one = _folded(weights.trunk, self._activation)
        self._heads = [_with_biases(weight, bias, one) for weight, bias in (weights.mu, weights.logvar)]

    def encode(self, images: Floats) -> tuple[Floats, Floats]:
        """(B, C, H, W) in [-1, 1] → mu and logvar, each (B, D)."""
        x = self._output.pixels(images.reshape(len(images), -1))
        features, _ = _through(self._trunk, self._activation, x)
        mu, logvar = (features @ head for head in self._heads)
        return mu, logvar


def guessed(layers: Sequence[Layer], encoder: storage.ChainEncoder | None, hidden: str) -> str:
    """Guess what follows the last of a decoder's layers, from the numbers that it gives for draws from N(0, I).

    Numbers that keep to the range of pixels are pixels, unless they lie evenly around 0, as before any training: what
    follows then is what most often does, a sigmoid. Of the others an encoder tells most: it takes what is decoded
    back to z, and far from there what is decoded with another function. Of ten small VAEs of MNIST, trained for one to
    four epochs with each of the five outputs, this was right about all ten; without an encoder the last guess, the
    size of most numbers, took two of seven for the other function, both trained for a short time or a long one.
    """
    z = np.random.default_rng(0).standard_normal((256, layers[0][0].shape[1])).astype(np.float32)
    *inner, (weight, bias) = layers
    folded, one = _folded(inner, ACTIVATIONS[hidden])
    a = _through(folded, ACTIVATIONS[hidden], z)[0] @ _with_biases(weight, bias, one)
    low, quarter, half, high = np.quantile(a, [0.01, 0.25, 0.5, 0.99])
    if (low > -0.4 and high < 1.4) or max(abs(quarter), abs(half)) < GROUND:
        return "linear" if low + high > EVEN * (high - low) else "sigmoid"
    if max(abs(quarter + 1), abs(half + 1)) < GROUND:
        return "signed"
    if encoder is None:
        return "tanh" if np.quantile(abs(a), 0.75) < TANH_MOST else "sigmoid"
    return min("sigmoid", "tanh", key=lambda output: _astray(encoder, hidden, output, a, z))


def _astray(encoder: storage.ChainEncoder, hidden: str, output: str, a: Floats, z: Floats) -> float:
    """How far from z an encoder takes what is decoded to a before the output."""
    mu, _ = ChainEncoder(encoder, hidden, output).encode(OUTPUTS[output].value(a))
    return float(np.square(mu - z).mean())


def _with_biases(weight: Floats, bias: Floats, one: float) -> Floats:
    """Weights (out, in) and bias as (in + 1, out), for rows of features that end in `one`."""
    return np.ascontiguousarray(np.vstack([weight.T, bias / one]), np.float32)


def _folded(layers: Sequence[Layer], activation: Activation) -> tuple[list[Floats], float]:
    """Layers as weights (in + 1, out + 1), of which the last column gives a 1, and what an activation makes of that."""
    one, folded = 1.0, []
    for weight, bias in layers:
        wide = np.zeros((len(weight) + 1, weight.shape[1]), np.float32)
        wide[:-1] = weight
        folded.append(_with_biases(wide, np.append(bias, np.float32(1)), one))
        one = float(activation.value(np.ones(1, np.float32))[0])
    return folded, one


def _through(layers: Sequence[Floats], activation: Activation, x: Floats) -> tuple[Floats, list[Floats]]:
    """Take x, (B, in), through folded layers with an activation after each: (B, out + 1), and what came before each."""
    before = []
    x = np.column_stack([x, np.ones(len(x), np.float32)])
    for weight in layers:
        before.append(x @ weight)
        x = activation.value(before[-1])
    return x, before
