"""What the factors of a picture are. Knows pictures, and what decodes them.

The definitions are those of Morpho-MNIST (Castro et al. 2019), made so that they change smoothly with the pixels, which
a solver needs: a soft step at half white in place of its threshold, extents that hold most of the ink, counted between
pixels, too, and thickness from area and outline, not from a skeleton.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.datasets import components
from vae_explorer.images import Floats
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.latent import Points, Values

# OUTSIDE, BLACK and WHITE are those at which most training digits, and what is decoded of them, are measured as with a
# threshold at half white, the rim of what lies over it, and a skeleton, while still nothing jumps.
OUTSIDE = 0.01  # of the ink, on each side, that an extent leaves out, so that specks do not move it
BLACK, WHITE = np.float32(0.2), np.float32(0.8)  # grey levels, between which a pixel is partly ink
FINE = 2  # places in a pixel where the ink of a digit set upright is counted
FAINT = 0.1  # px of ink, of which and less a picture is blank
NONE = 1e-9  # a length or a spread that is none
CHUNK = 64  # pictures measured at once: what they need stays in the cache
HALF = 0.5  # of white, from which on a pixel belongs to the digit, where holes are counted


def measure(x: ArrayLike) -> Values:
    """Measure pictures x, (B, 1, H, W) in [-1, 1], white on black: (B, 5), in the order of FACTORS. NaN is black.

    Slant in degrees is arctan(−u11/u02) of the grey levels' central moments. The others are of the ink, without the
    haze around decoded digits: width and height in pixels hold all but a hundredth of it on each side, the width after
    the slant has been taken out by a shear; thickness in pixels is twice the mass by the total variation, as long
    lines have; mass is in white pixels. A blank picture has five zeros.
    """
    grey = _grey(x)
    ink = _ink(grey)
    lean, middle = _lean(grey)
    down = _running(ink.sum(2))
    mass = down[:, -1]
    measured = np.empty((len(ink), len(FACTORS)))
    measured[:, 0] = np.degrees(np.arctan(lean))
    measured[:, 1] = _extent(_upright(ink, lean, middle)) / FINE
    measured[:, 2] = _extent(down)
    measured[:, 3] = 2 * mass / np.maximum(_variation(ink), NONE)
    measured[:, 4] = mass
    measured[mass <= FAINT] = 0
    return measured


def decoded(decode: Callable[[ArrayLike], Floats], points: Points) -> Values:
    """Measure what is decoded at points, (N, D): (N, 5), as `measure`.

    decode: latent points (N, D) into pictures (N, 1, H, W) in [-1, 1].
    """
    chunks = [points[i : i + CHUNK] for i in range(0, len(points), CHUNK)]
    return np.concatenate([measure(decode(each)) for each in chunks])


def holes(x: ArrayLike) -> NDArray[np.int64]:
    """Count the holes of digits x, (B, 1, H, W) in [-1, 1]: (B,). For measuring only, as it jumps.

    A hole is a part of the ground, at twice the size, which the rim of the picture does not reach.
    """
    return np.array([_holes(each) for each in _grey(x)], np.int64)


def length(x: ArrayLike) -> Values:
    """How long the lines of digits x, (B, 1, H, W) in [-1, 1], are in pixels: (B,). Half of their outline."""
    return _variation(_ink(_grey(x))) / 2


def _grey(x: ArrayLike) -> Floats:
    """(B, 1, H, W) in [-1, 1] → (B, H, W) in [0, 1]."""
    grey: Floats = np.fmax(np.asarray(x, np.float32)[:, 0], -1)  # of NaN and −1, it is −1
    grey += 1
    grey *= 0.5
    return grey


def _ink(grey: Floats) -> Floats:
    """How much of each pixel is ink, of the same shape: 0 up to BLACK, 1 from WHITE on, and 3t² − 2t³ between."""
    t = grey - BLACK
    t *= np.float32(1 / (WHITE - BLACK))
    np.clip(t, 0, 1, out=t)
    ink: Floats = 3 - 2 * t
    ink *= t
    ink *= t
    return ink


def _lean(grey: Floats) -> tuple[Values, tuple[Values, Values]]:
    """How far pictures, (B, H, W), lean, as columns to the right for a row upwards, and their middles, x and y: (B,)
    each, from the middle of the picture."""
    count, h, w = grey.shape
    y, x = (np.arange(n, dtype=np.float32) - np.float32((n - 1) / 2) for n in (h, w))
    sums = grey.reshape(-1, w) @ np.stack([np.ones_like(x), x], 1)
    rows, moments = sums.astype(float).T.reshape(2, count, h)
    mass = np.maximum(rows.sum(1), NONE)
    middle_x, middle_y = moments.sum(1) / mass, rows @ y / mass
    u11, u02 = moments @ y / mass - middle_x * middle_y, rows @ y**2 / mass - middle_y**2
    return -u11 / np.maximum(u02, NONE), (middle_x, middle_y)


# How far the pixel that begins at each of FINE places lies from each of three pixels.
_BEGINS = (np.arange(FINE, dtype=np.float32)[:, None] / FINE - np.arange(3, dtype=np.float32)).reshape(FINE * 3, 1)


def _upright(ink: Floats, lean: Values, middle: tuple[Values, Values]) -> Values:
    """The ink to the left of each place, FINE of them a pixel, of digits set upright by a shear: (B, H, W) → (B, N).

    Each row moves as a whole. A pixel is a square of even ink, so that a little more shear changes a little.
    """
    count, h, w = ink.shape
    padded = np.zeros((count, h, w + 2 * h), np.float32)
    padded[:, :, h:-h] = ink
    y = np.arange(h) - (h - 1) / 2
    first = (h / 2 + middle[0][:, None] - lean[:, None] * (y - middle[1][:, None])).clip(0, h)  # inside it within 45°
    whole = first.astype(np.intp)
    starts = max(padded.size - w - h + 1, 0)
    windows = np.ndarray((starts, w + h), np.float32, padded, strides=(4, 4))  # from each pixel on
    rows = windows[whole + (w + 2 * h) * np.arange(count * h).reshape(count, h)]  # (B, H, W + H)
    shares = 1 - abs((first - whole).astype(np.float32)[:, None] + _BEGINS)  # of three pixels, (B, FINE · 3, H)
    parts = (np.maximum(shares, 0, out=shares) @ rows).reshape(count, FINE, 3, w + h)
    inside = parts[:, :, 0, :-2] + parts[:, :, 1, 1:-1] + parts[:, :, 2, 2:]  # of the pixel that begins at each place
    return _running(inside).transpose(0, 2, 1).reshape(count, FINE * (w + h - 1))


def _running(lines: Floats) -> Values:
    """How much lies before each line, (…, N), and at last in all: (…, N + 1)."""
    sums = np.zeros((*lines.shape[:-1], lines.shape[-1] + 1))
    np.cumsum(lines, -1, out=sums[..., 1:])
    return sums


def _extent(before: Values) -> Values:
    """The length that holds all but OUTSIDE of the ink on each side, with so much before each place, (B, N): (B,)."""
    goals = before[:, -1:] * [OUTSIDE, 1 - OUTSIDE]  # (B, 2)
    after = np.maximum((before[:, None] >= goals[:, :, None]).argmax(2), 1)
    rows = np.arange(len(before))[:, None]
    upper, lower = before[rows, after], before[rows, after - 1]
    ends = after - (upper - goals) / np.maximum(upper - lower, NONE)
    length: Values = ends[:, 1] - ends[:, 0]
    return length


def _variation(ink: Floats) -> Values:
    """The total variation of pictures, (B, H, W), on black: how long the outline is, in pixels: (B,).

    By both diagonals of each four pixels. The rows of all lie in one line, between zeros, so that none meets another.
    """
    count, h, w = ink.shape
    padded = np.zeros((count, h + 2, w + 2), np.float32)
    padded[:, 1:-1, 1:-1] = ink
    line, below = padded.ravel(), w + 2
    falling, rising = line[below + 1 :] - line[: -below - 1], line[below:-1] - line[1:-below]
    outline = np.zeros(len(line), np.float32)
    np.sqrt((falling * falling + rising * rising) / 2, out=outline[: -below - 1])
    return np.asarray(outline.reshape(padded.shape).sum((1, 2)), float)


def _holes(grey: Floats) -> int:
    """Count the holes of one digit, (H, W)."""
    ground = _twice(_twice(np.pad(grey, 2)).T) < HALF
    return components.labelled(ground)[1] - 1


def _twice(rows: Floats) -> Floats:
    """(H, W) → (2H − 5, W): between each two rows what a cubic gives there, and without the first and the last."""
    finer: Floats = np.repeat(rows[1:-1], 2, 0)[:-1]
    finer[1::2] = (9 * (rows[1:-2] + rows[2:-1]) - rows[:-3] - rows[3:]) / 16
    return finer
