"""A reading of a picture: where its paper is, whether the ink is darker or lighter, and which ink is the digit.

None of the three can be told without the others. So there are four readings, and the one is taken whose ink has a sharp
outline: ink has an edge, a wrongly guessed paper fades away.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vae_explorer.datasets import ground
from vae_explorer.datasets.components import Mask
from vae_explorer.datasets.ink import Found, found
from vae_explorer.images import Floats

Ink = Literal["found", "dark", "light"]
REACH = 3  # pixels to either side of an outline within which its step is measured: as wide as a usual blur
SHARP = 0.5  # a sharp place of an outline has a step of at least this share of a strong one
FADING = 0.3  # the strongest places have at least this share of full ink as a step
SOLID, WIDE = 0.65, 0.35  # what fills so much of its box, which takes so much of the picture's sides, is a sheet
SHEET = 0.3  # how far a sheet of paper, whose outline is as sharp as a digit's, counts


@dataclass(frozen=True, eq=False)
class Reading:
    """One way to read a picture, whose grey levels are (H, W) in [0, 1].

    dark: whether its ink is darker than its paper. strong: how strong the ink is, (H, W). digit: which of it is meant.
    """

    levels: Floats
    dark: bool
    strong: Floats
    digit: Found

    @property
    def turned(self) -> Floats:
        """The picture with its ink light."""
        return np.float32(1) - self.levels if self.dark else self.levels


def best(levels: Floats, ink: Ink, even: bool, alone: bool) -> Reading | None:
    """Read a picture, grey levels (H, W) in [0, 1]; None where no ink is found.

    ink: what is known of it. even: whether the light may be uneven. alone: whether there may be more than the digit.
    """
    papers = (ground.even(levels), ground.level(levels)) if even else (ground.level(levels),)
    readings = [
        Reading(levels, dark, strong, digit)
        for paper in papers
        for dark in _darkness(ink)
        if (digit := found(strong := ground.contrast(levels, paper, dark), alone))
    ]
    senses = [_sense(reading) for reading in readings]
    return readings[int(np.argmax(senses))] if any(senses) else None


def _darkness(ink: Ink) -> Iterable[bool]:
    return (True, False) if ink == "found" else (ink == "dark",)


def _sense(reading: Reading) -> float:
    """How much sense a reading makes: its outline is sharp, does not end at the rim, and is large and strong.

    None, 0, where ink fades away into the paper everywhere, as a gradient does.
    """
    mask, (h, w) = reading.digit.mask, reading.levels.shape
    y, x = np.nonzero(_outline(mask))
    steps = _steps(reading.levels, y, x)
    strong = float(np.percentile(steps, 90))
    if np.percentile(_steps(reading.strong, y, x), 90) < FADING * reading.digit.full:
        return 0.0
    at_rim = sum(int(side.sum()) for side in (mask[0], mask[-1], mask[:, 0], mask[:, -1]))
    sharp = float((steps >= SHARP * strong).mean()) * len(y) / (len(y) + at_rim)
    rows, columns = (int(np.ptp(np.flatnonzero(mask.any(axis)))) + 1 for axis in (1, 0))
    is_sheet = mask.sum() > SOLID * rows * columns and rows > WIDE * h and columns > WIDE * w
    return float(sharp**2 * math.sqrt(max(rows / h, columns / w) * strong) * (SHEET if is_sheet else 1))


def _outline(mask: Mask) -> Mask:
    """The pixels of a mask beside one that does not belong to it; what is beyond the rim does not."""
    padded = np.pad(mask, 1)
    return mask & ~(padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:])


def _steps(levels: Floats, y: np.ndarray, x: np.ndarray) -> Floats:
    """The greatest difference of grey levels around each of some pixels."""
    h, w = levels.shape
    around = (-REACH, 0, REACH)
    near = np.stack([levels[(y + dy).clip(0, h - 1), (x + dx).clip(0, w - 1)] for dy in around for dx in around])
    steps: Floats = np.ptp(near, axis=0)
    return steps
