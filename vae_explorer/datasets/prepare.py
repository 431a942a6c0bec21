"""A photo of a digit made like MNIST's: white ink on black, fitted into 20×20, centred by mass in 28×28.

So MNIST's own were made, as http://yann.lecun.com/exdb/mnist as archived tells. Each step can be switched off, and
is shown. Knows no model.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from vae_explorer.datasets import ground
from vae_explorer.datasets.photos import Photo, PhotoError
from vae_explorer.datasets.reading import Ink, Reading, best
from vae_explorer.images import BOX, SIDE, Floats, Pixels

Box = tuple[float, float, float, float]  # top, bottom, left, right, in pixels and parts of them
WORKING = 320  # pixels of the longer side of the picture that ink is looked for in
SMALL = 64  # pixels: a smaller digit is looked at again, in what is around it of the photo as it came
EDGE = 0.5  # a digit begins where its ink has this share of full strength
THIN, THICK = 1.3, 4.6  # pixels of the 20: only one in a hundred of MNIST's has strokes thinner or thicker
THINNEST, THICKEST = 1.8, 4.0  # what such strokes are brought to


@dataclass(frozen=True)
class Steps:
    """Which steps are done to a photo, in this order; each works on what the one before it left.

    ink: whether the ink is darker or lighter than the paper; "found" looks for itself. light: shadows are taken out, as
    the paper's own brightness is subtracted place by place. alone: lines of the paper, specks, frames and what lies at
    the rim are wiped out. strokes: those much thinner or thicker than MNIST's are brought near to them. fit: the
    picture is cropped to the ink and scaled until it just fits into 20×20 pixels. centre: the mean place of the ink is
    moved to the middle of the 28×28 pixels.
    """

    ink: Ink = "found"
    light: bool = True
    alone: bool = True
    strokes: bool = True
    fit: bool = True
    centre: bool = True


@dataclass(frozen=True, eq=False)
class Prepared:
    """picture: (28, 28) uint8, white ink on black; of other data in their shape, as a Drawing takes it.

    shown: what each step that was done left, by its name in Steps."""

    picture: Pixels
    shown: Mapping[str, Pixels]


def prepare(photo: Photo, steps: Steps = Steps()) -> Prepared:
    """Make a photo like MNIST's pictures. Raises PhotoError where there is no ink to be found."""
    reading = _read(photo.levels, steps)
    if reading is None:
        raise PhotoError(
            "No ink is found in this picture: nothing in it stands out from its ground. Choose one in which the ink is "
            "darker or lighter than all around it."
        )
    clean = reading.digit.cleaned(reading.strong)
    thick = _usual(clean) if steps.strokes else clean
    small = _grey(_fitted(thick, _box(thick), BOX) if steps.fit else _fitted(thick, _whole(thick), SIDE))
    picture = _placed(small, steps.centre)
    seen = (*map(_grey, (reading.turned, reading.strong, clean, thick)), small, picture)
    shown = {name: levels for (name, done), levels in zip(vars(steps).items(), seen, strict=True) if done}
    return Prepared(picture, shown)


def _read(levels: Floats, steps: Steps) -> Reading | None:
    """Read a photo in a size that can be worked with; a small digit in it once more, in what is around it."""
    small = ground.reduced(levels, WORKING)
    reading = best(small, steps.ink, steps.light, steps.alone)
    if reading is None or small.shape == levels.shape or not (steps.alone and steps.fit):
        return reading
    top, bottom, left, right = (round(edge) for edge in _box(reading.digit.mask.astype(np.float32)))
    extent = max(bottom - top, right - left)
    if extent >= SMALL:
        return reading
    times = levels.shape[0] / small.shape[0]
    rows, columns = (
        slice(max(0, round((a - extent) * times)), round((b + extent) * times))
        for a, b in ((top, bottom), (left, right))
    )
    return best(ground.reduced(levels[rows, columns], WORKING), steps.ink, steps.light, steps.alone) or reading


def _usual(clean: Floats) -> Floats:
    """Make very thin strokes thicker and very thick ones thinner, where there are pixels enough for it.

    How thick strokes are is twice their area by their total variation, since each has two edges.
    """
    top, bottom, left, right = _box(clean)
    scale = max(bottom - top, right - left) / BOX
    solid = np.pad(clean > EDGE, 1).astype(np.float32)  # without the noise that is in grey levels
    dy, dx = (np.diff(solid, axis=axis) for axis in (0, 1))
    variation = float(np.hypot(dy[:, 1:], dx[1:]).sum())
    thickness = 2 * float(solid.sum()) / variation / scale
    if THIN <= thickness <= THICK:
        return clean
    more = (THINNEST if thickness < THIN else THICKEST) - thickness
    by = round(abs(more) * scale / 2)
    return _widened(clean, by) if more > 0 else 1 - _widened(1 - clean, by)


def _widened(levels: Floats, by: int) -> Floats:
    """The greatest grey level within so many rows and columns."""
    for axis in (0, 1):
        padded = np.pad(levels, [(by, by) if axis == each else (0, 0) for each in (0, 1)], "edge")
        levels = np.max(np.lib.stride_tricks.sliding_window_view(padded, 2 * by + 1, axis), axis=-1)
    return levels


def _box(clean: Floats) -> Box:
    """Where ink begins and ends, in pixels and parts of them: top, bottom, left, right."""
    return *_ends(clean.max(1)), *_ends(clean.max(0))


def _whole(clean: Floats) -> Box:
    return 0.0, float(clean.shape[0]), 0.0, float(clean.shape[1])


def _ends(profile: Floats) -> tuple[float, float]:
    """Where a profile, (N,), first rises above the level of an edge and last falls below it, its middles at ½, 1½, …"""
    level = min(EDGE, float(profile.max()) / 2)
    padded = np.pad(profile, 1)
    inside = np.flatnonzero(padded > level)
    first, last = inside[0], inside[-1]
    start = first - (padded[first] - level) / (padded[first] - padded[first - 1])
    end = last + (padded[last] - level) / (padded[last] - padded[last + 1])
    return float(start) - 0.5, float(end) - 0.5


def _fitted(clean: Floats, box: Box, side: int) -> Floats:
    """Scale what a box holds, once and with its proportions, so that its longer side has so many pixels."""
    top, bottom, left, right = box
    scale = max(bottom - top, right - left) / side
    rows, columns = (min(side, max(1, math.ceil(length / scale - 0.3))) for length in (bottom - top, right - left))
    margin = math.ceil(scale)  # whole pixels may reach over the picture
    y, x = (top + bottom - rows * scale) / 2 + margin, (left + right - columns * scale) / 2 + margin
    image = Image.fromarray(np.pad(clean, margin))
    box = (x, y, x + columns * scale, y + rows * scale)
    return np.asarray(image.resize((columns, rows), Image.Resampling.LANCZOS, box))


def _placed(small: Pixels, centre: bool) -> Pixels:
    """Put a picture into 28×28, its mean place into the middle, or else itself: by whole pixels, as MNIST's were."""
    y, x = ((SIDE - side) // 2 for side in small.shape)
    if centre and small.any():
        y, x = (
            int(np.clip(round(SIDE / 2 - np.average(np.arange(side), weights=small.sum(1 - axis))), 0, SIDE - side))
            for axis, side in enumerate(small.shape)
        )
    picture = np.zeros((SIDE, SIDE), np.uint8)
    picture[y : y + small.shape[0], x : x + small.shape[1]] = small
    return picture


def _grey(levels: Floats) -> Pixels:
    """Bytes 0…255 of grey levels in [0, 1]; those outside are clipped."""
    grey: Pixels = np.rint(levels.clip(0, 1) * 255).astype(np.uint8)
    return grey
