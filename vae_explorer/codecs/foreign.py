"""A decoder that is not ours behind the codec's interfaces: what it gives as images of one layout and one range, or why
not. Knows how it is called, and nothing of what it is."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.codecs import differences
from vae_explorer.codecs.output import Output
from vae_explorer.images import Floats, Shape
from vae_explorer.storage.checkpoint import CheckpointError
from vae_explorer.storage.told import SIDES

CHUNK = 64  # points decoded at once
TRIED = 16  # points that are decoded to see what a decoder gives
MAX_DIMS = 256
POINT_LOGVAR = -12.0  # of an encoder that gives mu alone: z ± 0.0025, which moves no pixel

Run = Callable[[Floats], NDArray[Any]]  # numbers in, (B, …), numbers out, (B, …)
Pull = Callable[[Floats, Floats, ArrayLike], Floats]  # as a decoder's


class DecoderError(CheckpointError):
    """A decoder that is not ours and cannot be used; the text names it."""


@dataclass(frozen=True)
class Layout:
    """How the numbers of an image lie: last says that its channels come last, (H, W, C)."""

    shape: Shape
    last: bool = False

    def images(self, given: NDArray[Any]) -> NDArray[Any]:
        """(B, …) → (B, C, H, W)."""
        c, h, w = self.shape
        if self.last:
            return given.reshape(len(given), h, w, c).transpose(0, 3, 1, 2)
        return given.reshape(len(given), c, h, w)

    def back(self, images: NDArray[Any], as_given: Sequence[int]) -> NDArray[Any]:
        """(B, C, H, W) → (B, …) in the shape, without B, that the decoder gives or the encoder takes."""
        turned = images.transpose(0, 2, 3, 1) if self.last else images
        return np.ascontiguousarray(turned).reshape(len(images), *as_given)


def layout(given: Sequence[int], told: Shape | None, name: str) -> Layout:
    """How an image of a shape lies: (C, H, W), (H, W, C), (H, W) or (P,), which is square unless told. Raises
    DecoderError where it is none."""
    found = [each for each in _layouts([*given]) if told in (None, each.shape)]
    if told and math.prod(given) == math.prod(told) and len(given) == 1:
        found = [Layout(told)]
    if not found:
        wanted = f"where {told} is told" if told else "where 1 or 3 channels, rows and columns are needed"
        raise DecoderError(f"{name} gives numbers of the shape {tuple(given)} for a point, {wanted}.")
    _, h, w = found[0].shape
    if not all(SIDES[0] <= side <= SIDES[1] for side in (h, w)):
        raise DecoderError(f"{name} gives pictures of {w} × {h} pixels; {SIDES[0]} to {SIDES[1]} can be shown.")
    return found[0]


def _layouts(given: list[int]) -> list[Layout]:
    """Those that a shape may mean, the likeliest first."""
    if len(given) == 1:
        sides = [(c, math.isqrt(given[0] // c)) for c in (1, 3)]
        return [Layout((c, side, side)) for c, side in sides if c * side * side == given[0]]
    if len(given) == 2:
        return [Layout((1, *given))]  # type: ignore[arg-type]  # a row and a column
    if len(given) != 3:
        return []
    first = [Layout((given[0], given[1], given[2]))] if given[0] in (1, 3) else []
    return first + ([Layout((given[2], given[0], given[1]), last=True)] if given[2] in (1, 3) else [])


@dataclass(frozen=True)
class Reader:
    """How what a decoder gives, (B, *as_given), becomes images. name: of the decoder, for errors."""

    name: str
    as_given: tuple[int, ...]
    layout: Layout
    output: Output

    def images(self, given: NDArray[Any], count: int) -> Floats:
        """What was given for `count` points → x_hat (B, C, H, W). Raises DecoderError for another shape and for NaN."""
        if given.shape != (count, *self.as_given):
            wanted = (count, *self.as_given)
            raise DecoderError(
                f"{self.name} gave numbers of the shape {given.shape} for {count} points, where it is {wanted}."
            )
        x_hat = self.output.value(self.layout.images(given))
        if not math.isfinite(float(np.vdot(x_hat, x_hat))):
            raise DecoderError(f"{self.name} gave NaN for this point.")
        return x_hat

    def back(self, x_hat: Floats, gradient: ArrayLike) -> Floats:
        """A gradient with respect to x_hat → one with respect to what was given."""
        return self.layout.back(self.output.back(x_hat, gradient), self.as_given)


class ForeignDecoder:
    """z → x_hat by a function of points (B, D), in float32; without an exact pull, by differences."""

    def __init__(self, run: Run, latent_dim: int, reader: Reader, pull: Pull | None = None) -> None:
        self.latent_dim, self.shape = latent_dim, reader.layout.shape
        self._run, self._reader, self._pull = run, reader, pull

    def decode(self, points: Floats) -> Floats:
        """(B, D) → (B, C, H, W) in [-1, 1]. Raises DecoderError."""
        x_hat = np.empty((len(points), *self.shape), np.float32)
        for i in range(0, len(points), CHUNK):
            some = points[i : i + CHUNK]
            x_hat[i : i + CHUNK] = self._reader.images(self._run(some), len(some))
        return x_hat

    def pull(self, points: Floats, x_hat: Floats, gradient: ArrayLike) -> Floats:
        """A gradient with respect to x_hat → one with respect to points. Raises DecoderError."""
        if self._pull is None:
            return differences.pull(self.decode, points, gradient)
        back, given = np.empty_like(points), np.asarray(gradient, np.float32)
        for i in range(0, len(points), CHUNK):
            some = slice(i, i + CHUNK)
            back[some] = self._pull(points[some], x_hat[some], given[some])
        return back


class ForeignEncoder:
    """x → q(z|x) by a function of pixels in the range and the layout of the decoder's, or in a layout of its own."""

    def __init__(self, run: Callable[[Floats], Sequence[NDArray[Any]]], latent_dim: int, reader: Reader) -> None:
        """run: gives mu, or mu and logvar."""
        self._run, self._latent_dim, self._reader = run, latent_dim, reader

    def encode(self, images: Floats) -> tuple[Floats, Floats]:
        """(B, C, H, W) in [-1, 1] → mu and logvar, each (B, D). Raises DecoderError."""
        reader = self._reader
        parts = [np.empty((0, self._latent_dim), np.float32)], [np.empty((0, self._latent_dim), np.float32)]
        for i in range(0, len(images), CHUNK):
            some = reader.layout.back(reader.output.pixels(images[i : i + CHUNK]), reader.as_given)
            for kept, part in zip(parts, self._checked(self._run(some), len(some)), strict=True):
                kept.append(part)
        mu, logvar = (np.concatenate(kept) for kept in parts)
        return mu, logvar

    def _checked(self, given: Sequence[NDArray[Any]], count: int) -> tuple[Floats, Floats]:
        if len(given) not in (1, 2):
            raise DecoderError(f"{self._reader.name} gives {len(given)} arrays; mu is needed, or mu and logvar.")
        mu = np.asarray(given[0], np.float32)
        logvar = np.asarray(given[1], np.float32) if len(given) > 1 else np.full_like(mu, POINT_LOGVAR)
        for what, part in (("mu", mu), ("logvar", logvar)):
            if part.shape != (count, self._latent_dim):
                wanted = count, self._latent_dim
                raise DecoderError(f"{self._reader.name} gives {what} of the shape {part.shape}, not {wanted}.")
            if not np.isfinite(part).all():
                raise DecoderError(f"{self._reader.name} gives {what} that is not finite.")
        return mu, logvar


def trial(latent_dim: int) -> Floats:
    """Points that a decoder is tried at, always the same: (B, D) of N(0, I), the first of them the origin."""
    z = np.random.default_rng(0).standard_normal((TRIED, latent_dim), np.float32)
    z[0] = 0
    return z
