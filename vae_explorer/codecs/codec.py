"""A trained VAE with NumPy arrays in and out: encode, decode and the decoder's gradient. Knows no torch and no window.

What decodes and what encodes are parts of their own behind two small interfaces, so that all else asks a Codec and
knows no network: `conv` has those of `model`, `chain` those of Linear layers alone.
"""

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.likelihood import LIKELIHOODS, Likelihood
from vae_explorer.images import Floats, Pixels, Shape, to_pixels, unit_images
from vae_explorer.storage import checkpoint
from vae_explorer.storage.source import Source
from vae_explorer.storage.told import CHANNELS, SIDES

Pull = Callable[[ArrayLike], Floats]  # a gradient with respect to x_hat → one with respect to z
CHUNK = 32  # pictures rounded to grey levels at once, which is a quarter faster than all: they stay in the cache
MOST_NUMBERS = 1 << 24  # in pictures that are decoded at once
MOST_A_STEP = 1 << 20  # pixels, which are decoded and measured in about 30 ms
SLOW_MS = 16  # a frame of a screen that shows 60 in a second


class Decoder(Protocol):
    """A part that decodes points of `latent_dim` dimensions into images of one shape, (C, H, W)."""

    latent_dim: int
    shape: Shape

    def decode(self, points: Floats) -> Floats:
        """(B, D), all finite → x_hat, (B, C, H, W) in [-1, 1], in memory that nobody else has."""

    def pull(self, points: Floats, x_hat: Floats, gradient: ArrayLike) -> Floats:
        """A gradient with respect to x_hat, (B, C, H, W), which was decoded of points → one to them, (B, D)."""


class Encoder(Protocol):
    """A part that encodes images."""

    def encode(self, images: Floats) -> tuple[Floats, Floats]:
        """(B, C, H, W) in [-1, 1] → mu and logvar of q(z|x), each (B, D)."""


class ShapeError(checkpoint.CheckpointError):
    """The pictures of a model have another shape than can be shown."""

    def __init__(self, shape: Shape) -> None:
        """shape: (C, H, W)."""
        sizes = " × ".join(map(str, shape))
        channels = " or ".join(map(str, CHANNELS))
        super().__init__(
            f"This model's pictures are {sizes} (channels, rows, columns). They can have {channels} channels, and "
            f"{SIDES[0]} to {SIDES[1]} rows and columns."
        )


class MissingEncoderError(checkpoint.CheckpointError):
    """The model has a decoder only, so images cannot be encoded."""


class Codec:
    """A trained VAE: encoder and decoder of `latent_dim` dimensions, with NumPy arrays in and out.

    shape is that of an image, (C, H, W); whoever shows images asks for it, and knows no other. slow says that to decode
    one point takes longer than a frame of the window may, SLOW_MS.
    """

    def __init__(self, source: Source, decoder: Decoder, encoder: Encoder | None, slow: bool = False) -> None:
        self.source, self.slow, self._decoder, self._encoder = source, slow, decoder, encoder
        self.latent_dim, self.shape = decoder.latent_dim, decoder.shape
        channels, *sides = self.shape
        if channels not in CHANNELS or not all(SIDES[0] <= side <= SIDES[1] for side in sides):
            raise ShapeError(self.shape)

    @property
    def likelihood(self) -> Likelihood:
        """p(x|z), as model.json names it."""
        return LIKELIHOODS[self.source.info.get("likelihood", "gaussian")]

    @property
    def at_once(self) -> int:
        """How many points to decode at once, so that their pictures take 64 MB at most."""
        return max(1, MOST_NUMBERS // math.prod(self.shape))

    @property
    def encodes(self) -> bool:
        """Whether it has an encoder."""
        return self._encoder is not None

    def decode(self, z: ArrayLike) -> Floats:
        """Decode latent points z, (B, D) or one (D,), into images x_hat, (B, C, H, W) in [-1, 1].

        Raises ValueError when the last axis of z is not D, and for NaN and infinity.
        """
        return self._decoder.decode(self._points(z))

    def pixels(self, z: ArrayLike) -> Pixels:
        """Decode latent points z, (B, D) or one (D,), into pixels: grey levels (B, H, W), in colour (B, H, W, 3).

        Raises as `decode`.
        """
        points, (channels, h, w) = self._points(z), self.shape
        levels = np.empty((len(points), h, w, channels), np.uint8)
        for i in range(0, len(points), self.at_once):
            part, x_hat = levels[i : i + self.at_once], self.decode(points[i : i + self.at_once])
            for k in range(0, len(part), CHUNK):
                part[k : k + CHUNK] = to_pixels(x_hat[k : k + CHUNK].transpose(0, 2, 3, 1))
        return levels[..., 0] if channels == 1 else levels

    def vjp(self, z: ArrayLike) -> tuple[Floats, Pull]:
        """Decode z, (B, D) or one (D,), and give x_hat, (B, C, H, W) in [-1, 1], with the pull-back at z, as jax.vjp.

        The pull-back takes a gradient with respect to x_hat, (B, C, H, W), to one with respect to z, (B, D): the
        vector-Jacobian product. It needs x_hat, which therefore is read-only. Raises ValueError as `decode` does.
        """
        points = self._points(z)
        x_hat = self.decode(points)
        x_hat.flags.writeable = False
        return x_hat, lambda gradient: self._decoder.pull(points, x_hat, gradient)

    def encode(self, x: ArrayLike) -> tuple[Floats, Floats]:
        """Encode images x, (B, C, H, W) in [-1, 1] or uint8, into mu and logvar of q(z|x), each (B, D).

        The posterior itself: nothing is sampled. Raises MissingEncoderError for a model with a decoder only, ValueError
        for what `images.unit_images` does not take.
        """
        if self._encoder is None:
            why = self.source.missing.get(checkpoint.ENCODER, "it has none")
            raise MissingEncoderError(f"This model cannot encode images: {checkpoint.ENCODER}: {why}.")
        return self._encoder.encode(unit_images(x, self.shape))

    def _points(self, z: ArrayLike) -> Floats:
        points = np.atleast_2d(np.asarray(z, np.float32))
        if points.ndim != 2 or points.shape[1] != self.latent_dim:
            raise ValueError(f"z has the shape {np.shape(z)}; its last axis must be {self.latent_dim}")
        if not math.isfinite(np.vdot(points, points)):  # four times as fast as isfinite(points).all()
            raise ValueError("z has values that are NaN, infinite or so large that nothing can be decoded")
        return points


def lags(codec: Codec) -> str:
    """Say in a few words why z cannot follow a hand that changes a picture, for each step of which a picture is decoded
    at both sides of z in each dimension; "" where it can."""
    if codec.slow:
        return "its pictures take too long to decode"
    _, h, w = codec.shape
    count = 2 * codec.latent_dim
    many = count * h * w > MOST_A_STEP
    return f"each step would decode {count} pictures of {w} × {h} pixels, which takes too long" if many else ""
