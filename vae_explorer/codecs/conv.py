"""Our two convolutional networks in NumPy, fast enough for every frame of a drag. Knows arrays, no torch and no files.

The decoder is folded as in `model.Decoder`: up to its ReLU it is one affine map of z, after it a 16-tap product and
four shifted sums. A batch lies innermost in memory, so that every step runs along it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.images import Floats
from vae_explorer.storage.statedict import StateDict

CHUNK = 32  # points decoded at once: what they need stays in the cache


@dataclass(frozen=True)
class _Folded:
    """The decoder as two matrices: affine (16·14·14, D + 1), the last column its offset; taps (4·4, 16), bias."""

    affine: Floats
    taps: Floats
    bias: np.float32


class _Scratch:
    """What decoding n points needs on the way, used again for each chunk: to fresh memory the system must give pages
    first, which takes as long as the decoding."""

    def __init__(self, n: int) -> None:
        self.features, self.spread, self.padded = (np.empty(size * n, np.float32) for size in (3136, 3136, 900))


class ConvDecoder:
    """z → x_hat by the decoder of `model`, of the weights in a state dict with its keys."""

    shape = 1, 28, 28

    def __init__(self, weights: StateDict) -> None:
        self.latent_dim = weights["linear.weight"].shape[1]
        self._folded = _fold(weights)

    def decode(self, points: Floats) -> Floats:
        """(B, D) → (B, 1, 28, 28) in [-1, 1]."""
        x_hat = np.empty((len(points), 1, 28, 28), np.float32)
        scratch = _Scratch(min(CHUNK, len(points)))
        for i in range(0, len(points), CHUNK):
            self._decode(points[i : i + CHUNK], scratch, x_hat[i : i + CHUNK, 0])
        return x_hat

    def pull(self, points: Floats, x_hat: Floats, gradient: ArrayLike) -> Floats:
        """The chain rule through the steps of decoding, last first: (B, 1, 28, 28) → (B, D).

        The features are computed again, as they are one small product and take more memory than all else.
        """
        folded, n = self._folded, len(points)
        inner = np.asarray(gradient, np.float32).reshape(n, 28, 28) * (1 - x_hat[:, 0] ** 2)  # through tanh
        padded = np.zeros((30, 30, n), np.float32)
        padded[1:29, 1:29] = inner.transpose(1, 2, 0)
        blocks = padded.reshape(15, 2, 15, 2, n)
        spread = np.empty((2, 2, 2, 2, 14, 14, n), np.float32)
        for a, b in _SHIFTS:
            spread[a, :, b] = blocks[a : a + 14, :, b : b + 14].transpose(1, 3, 0, 2, 4)
        back = folded.taps.T @ spread.reshape(16, -1)  # (16, 14·14·B)
        features = self._features(points)
        back = np.where(features > 0, back.reshape(features.shape), np.float32(0))
        return np.ascontiguousarray((folded.affine[:, :-1].T @ back).T)

    def _features(self, points: Floats, out: Floats | None = None) -> Floats:
        """(B, D) → (16·14·14, B), after the ReLU."""
        inputs = np.ones((self.latent_dim + 1, len(points)), np.float32)
        inputs[:-1] = points.T
        features = np.matmul(self._folded.affine, inputs, out=out)
        return np.maximum(features, 0, out=features)

    def _decode(self, points: Floats, scratch: _Scratch, x_hat: Floats) -> None:
        """(B, D) → (B, 28, 28), written into x_hat."""
        n = len(points)
        features = self._features(points, scratch.features[: 3136 * n].reshape(3136, n))
        spread = np.matmul(self._folded.taps, features.reshape(16, -1), out=scratch.spread[: 3136 * n].reshape(16, -1))
        spread = spread.reshape(2, 2, 2, 2, 14, 14, n)
        padded = scratch.padded[: 900 * n].reshape(2, 2, 15, 15, n)  # 30×30 pixels: even and odd rows and columns apart
        padded.fill(self._folded.bias)
        for a, b in _SHIFTS:
            padded[:, :, a : a + 14, b : b + 14] += spread[a, :, b]
        np.tanh(padded, out=padded)
        blocks = x_hat.reshape(n, 14, 2, 14, 2)
        for a, b in _SHIFTS:  # without the rim, what was odd is even
            blocks[:, :, a, :, b] = padded[1 - a, 1 - b, a : a + 14, b : b + 14].transpose(2, 0, 1)


class ConvEncoder:
    """x → q(z|x) by the encoder of `model`, of the weights in a state dict with its keys."""

    def __init__(self, weights: StateDict) -> None:
        self._weights = weights

    def encode(self, images: Floats) -> tuple[Floats, Floats]:
        """(B, 1, 28, 28) in [-1, 1] → mu and logvar, each (B, D)."""
        weights, mu, logvar = self._weights, [], []
        for i in range(0, len(images), CHUNK):
            h = np.maximum(_conv(images[i : i + CHUNK], weights, "conv_stack.0"), 0)
            h = np.maximum(_conv(h, weights, "conv_stack.2"), 0).reshape(len(h), -1)  # (B, 1568)
            mu.append(h @ weights["fc_mu.weight"].T + weights["fc_mu.bias"])
            logvar.append(h @ weights["fc_logvar.weight"].T + weights["fc_logvar.bias"])
        empty = np.empty((0, len(weights["fc_mu.bias"])), np.float32)
        return np.concatenate([empty, *mu]), np.concatenate([empty, *logvar])


# A tap (ky, kx) = (2a + py, 2b + px) of place (i, j) falls on pixel (2(i + a) + py, 2(j + b) + px) of the padded image.
_SHIFTS = ((0, 0), (0, 1), (1, 0), (1, 1))


def _fold(decoder: StateDict) -> _Folded:
    """Fold the Linear and the first transposed convolution into one affine map of z."""
    basis = np.concatenate([decoder["linear.weight"].T, decoder["linear.bias"][None]]).reshape(-1, 32, 49)
    kernel = decoder["deconv_stack.0.weight"].reshape(32, 16 * 16)
    spread = np.einsum("nci,ck->kin", basis, kernel, optimize=True).reshape(16, 2, 2, 2, 2, 7, 7, -1)
    padded = np.zeros((16, 8, 2, 8, 2, len(basis)), np.float32)
    for a, b in _SHIFTS:
        padded[:, a : a + 7, :, b : b + 7] += spread[:, a, :, b].transpose(0, 3, 1, 4, 2, 5)
    affine = padded.reshape(16, 16, 16, -1)[:, 1:15, 1:15].reshape(16 * 196, -1)
    affine[:, -1] += np.repeat(decoder["deconv_stack.0.bias"], 196)
    taps = decoder["deconv_stack.2.weight"].reshape(16, 16).T
    return _Folded(affine, np.ascontiguousarray(taps), np.float32(decoder["deconv_stack.2.bias"][0]))


def _conv(x: Floats, weights: StateDict, name: str) -> Floats:
    """Convolve with a 4×4 kernel, stride 2 and padding 1: (B, C, H, W) → (B, C', H/2, W/2).

    The strides are written out, as NumPy's sliding windows and its pad take longer than all the rest for one image.
    """
    kernel, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    n, channels, h, w = x.shape
    padded = np.zeros((n, channels, h + 2, w + 2), np.float32)
    padded[:, :, 1:-1, 1:-1] = x
    steps = *padded.strides, 2 * padded.strides[2], 2 * padded.strides[3]
    columns = np.lib.stride_tricks.as_strided(padded, (n, channels, 4, 4, h // 2, w // 2), steps)
    out: Floats = kernel.reshape(len(kernel), -1) @ columns.reshape(n, kernel[0].size, -1) + bias[:, None]
    return out.reshape(n, len(kernel), h // 2, w // 2)
