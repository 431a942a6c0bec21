"""Which of the ink in a picture is the digit: not the lines of the paper, a speck, a frame or what lies at the rim."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae_explorer.datasets import lines
from vae_explorer.datasets.components import Ints, Mask, labelled
from vae_explorer.images import Floats

NOISES = 4.0  # ink is stronger than so many standard deviations of the paper's noise
LOW = 2.0  # and none of what is weaker than so many is kept
FAINT = 0.2  # and than this share of full ink
SURE = 0.5  # some of each part is stronger than this share
LEAST = 0.02  # contrast: what is fainter cannot be told from the paper
RIM = 0.06  # a part that covers so much of the rim of the picture is hardly a digit, if there is another
HOLLOW = 0.35  # a frame covers less than this share of its box
SMALL = 0.06  # a part of less than this share of the digit's mass is a speck
NEAR = 0.3  # parts lie no farther from the largest than this share of its size
SKIRT = 1.5 / 20  # of the digit's size: so far around its mask its fainter edges reach


@dataclass(frozen=True, eq=False)
class Found:
    """The digit's ink in a picture: its mask (H, W), the level of full ink, and the level of the paper's noise.

    wide: the mask with its faint edges, where the ink's grey levels are to be kept.
    """

    mask: Mask
    wide: Mask
    full: float
    noise: float

    def cleaned(self, strong: Floats) -> Floats:
        """Give the digit's grey levels, (H, W) in [0, 1], out of how strong the ink is: noise and all else become 0."""
        low = LOW * self.noise
        levels: Floats = (strong - np.float32(low)) / np.float32(self.full - low)
        return np.where(self.wide, levels.clip(0, 1), np.float32(0))


def found(strong: Floats, alone: bool) -> Found | None:
    """Find the digit in how strong the ink is, (H, W); None where there is no ink. Without `alone` all ink is taken."""
    noise = _noise(strong)
    most = min(strong.size, 3 + strong.size // 2000)
    full = float(np.partition(strong.ravel(), -most)[-most])
    for _ in range(3):  # full ink is that of the digit, which is not known before the digit is
        if full < max(LEAST, NOISES * noise):
            return None
        mask = strong > max(NOISES * noise, FAINT * full)
        ruled = lines.ruled(mask) if alone else np.zeros_like(mask)
        if alone:
            mask = _digit(mask if (ruled == mask).all() else mask & ~ruled, strong, SURE * full)
        if not mask.any():
            return None
        before, full = full, float(np.percentile(strong[mask], 90))
        if abs(full - before) < 0.1 * before:
            break
    extent = max(np.ptp(np.flatnonzero(mask.any(axis))) + 1 for axis in (0, 1))
    wide = grown(mask, max(1, round(SKIRT * extent))) & ~(grown(ruled, 1) & ~mask)
    return Found(mask, wide, full, noise)


def _noise(strong: Floats) -> float:
    """The standard deviation of the noise: from the median step between neighbours, few of which lie at an edge."""
    steps = np.concatenate([np.abs(np.diff(strong, axis=axis)).ravel() for axis in (0, 1)])
    return 1.4826 / 2**0.5 * float(np.median(steps)) if steps.size else 0.0


@dataclass(frozen=True, eq=False)
class _Parts:
    """The connected parts of a mask, each an entry: its box, [top, bottom) and [left, right), its mass and its peak.

    rim: which share of the picture's rim it covers. numbers: the part of each pixel, (H, W), from 1.
    """

    numbers: Ints
    top: Ints
    bottom: Ints
    left: Ints
    right: Ints
    mass: NDArray[np.float64]
    peak: Floats
    rim: NDArray[np.float64]

    @property
    def size(self) -> Ints:
        """The longer side of each box."""
        longer: Ints = np.maximum(self.bottom - self.top, self.right - self.left)
        return longer

    def inside(self, k: int) -> Mask:
        """Which parts lie inside the box of part k."""
        across = (self.left > self.left[k]) & (self.right < self.right[k])
        within: Mask = across & (self.top > self.top[k]) & (self.bottom < self.bottom[k])
        return within

    def near(self, k: int) -> Mask:
        """Which parts lie beside part k, or are it."""
        far = NEAR * self.size[k]
        across = (self.left < self.right[k] + far) & (self.right > self.left[k] - far)
        beside: Mask = across & (self.top < self.bottom[k] + far) & (self.bottom > self.top[k] - far)
        return beside


def _parts(mask: Mask, strong: Floats) -> _Parts:
    numbers, n = labelled(mask)
    y, x = np.nonzero(numbers)
    order = np.argsort(numbers[y, x], kind="stable")
    y, x = y[order], x[order]
    starts = np.searchsorted(numbers[y, x], np.arange(1, n + 1))
    ink = strong[y, x]
    rim = np.concatenate([numbers[0], numbers[-1], numbers[:, 0], numbers[:, -1]])
    return _Parts(
        numbers,
        np.minimum.reduceat(y, starts),
        np.maximum.reduceat(y, starts) + 1,
        np.minimum.reduceat(x, starts),
        np.maximum.reduceat(x, starts) + 1,
        np.add.reduceat(ink.astype(float), starts),
        np.maximum.reduceat(ink, starts),
        np.bincount(rim, minlength=n + 1)[1:] / len(rim),
    )


def _digit(mask: Mask, strong: Floats, sure: float) -> Mask:
    """Keep those parts of a mask that make up the digit: the one with most ink, and what is near it and no speck."""
    if not mask.any():
        return mask
    parts = _parts(mask, strong)
    sure_ones = parts.peak > sure
    score = parts.mass * (1 - parts.rim / RIM).clip(0.02) * np.where(sure_ones, 1, 1e-6)
    for k in np.argsort(-score)[:5]:
        held = parts.inside(k) & sure_ones & (parts.size > NEAR * parts.size[k])
        area = (parts.bottom[k] - parts.top[k]) * (parts.right[k] - parts.left[k])
        if held.any() and parts.mass[k] < HOLLOW * parts.peak[k] * area:
            score[k] *= 1e-3  # a frame
    best = int(np.argmax(score))
    kept = sure_ones & parts.near(best) & (score > SMALL * score[best])
    kept[best] = True
    return np.concatenate([[False], kept])[parts.numbers]


def grown(mask: Mask, by: int) -> Mask:
    """Give a mask with all that lies within so many rows and columns of it."""
    for axis in (0, 1):
        reach = 0
        while reach < by:
            step = min(2 * reach + 1, by - reach)
            mask, reach = _spread(mask, step, axis), reach + step
    return mask


def _spread(mask: Mask, step: int, axis: int) -> Mask:
    wider = mask.copy()
    here, there = [slice(None)] * 2, [slice(None)] * 2
    here[axis], there[axis] = slice(step, None), slice(None, -step)
    wider[tuple(here)] |= mask[tuple(there)]
    wider[tuple(there)] |= mask[tuple(here)]
    return wider
