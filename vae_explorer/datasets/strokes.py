"""Strokes drawn by hand, and the grey levels that they give. Knows arrays; no model, no window.

A stroke is kept as the line that the pen followed, so that a drawing can be made as large as MNIST's digits are and
still have lines as thick as theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vae_explorer.images import BOX, SIDE, Floats, Pixels

Point = tuple[float, float]
Points = NDArray[np.float64]

# Of random curves drawn so, mass and thickness, 2·mass/total variation, are in the median those of MNIST's training
# digits, 2.6 pixels; so is the share of ink that is fully white, 0.3.
PEN = 1.4  # pixels from the middle of a line to where it is half white
EDGE = 1.5  # pixels over which it fades
RUBBER = 2.5  # the eraser's PEN

CENTRE = 14.5  # where, in pixels from the left and from above, their centres of mass lie in the mean
MOST = 4.0  # times larger at most, or a dot would be as large as a digit
SEGMENTS = 32  # at once, of a picture that is not enlarged: few lie near each other, so few pixels are asked


@dataclass(frozen=True)
class Stroke:
    """What the pen did from where it was set down to where it was lifted.

    points: (x, y) in pixels of the picture, from its upper left corner. radius: from the middle of the line to where
    it is half as white, in pixels. erases: black on white in place of white on black.
    """

    points: tuple[Point, ...]
    radius: float = PEN
    erases: bool = False


def drawn(strokes: Sequence[Stroke], ground: Pixels, scale: float = 1.0) -> Pixels:
    """Draw strokes, in their order, on a ground of grey levels (H, W), which is `scale` times as large as a picture."""
    levels = ground.astype(np.float32) / np.float32(255)
    for stroke in strokes:
        cover = coverage(stroke, ground.shape, scale)
        levels = np.minimum(levels, 1 - cover) if stroke.erases else np.maximum(levels, cover)
    pixels: Pixels = np.rint(levels * 255).astype(np.uint8)
    return pixels


def coverage(stroke: Stroke, shape: tuple[int, ...], scale: float = 1.0) -> Floats:
    """How much of each pixel a stroke covers, (H, W) in [0, 1], in a picture enlarged `scale` times.

    It falls linearly with the distance from the line, so that the edges are soft, as MNIST's are.
    """
    points = np.array(stroke.points, np.float32) * np.float32(scale)
    starts, ends = (points, points) if len(points) == 1 else (points[:-1], points[1:])
    nearest = np.full(shape, np.inf, np.float32)
    reach = (stroke.radius + EDGE / 2) * scale
    count = max(1, round(SEGMENTS / scale))
    for k in range(0, len(starts), count):
        a, b = starts[k : k + count], ends[k : k + count]
        x0, y0 = np.maximum(np.minimum(a, b).min(0) - reach, 0).astype(int)
        x1, y1 = np.maximum(np.maximum(a, b).max(0) + reach + 1, 0).astype(int)
        near = nearest[y0:y1, x0:x1]  # beyond it these lines cover nothing
        x, y = (
            np.arange(n, dtype=np.float32) + np.float32(low + 0.5)
            for n, low in zip(near.shape[::-1], (x0, y0), strict=True)
        )
        np.minimum(near, _squared_distances(x, y, a, b).min(0), out=near)
    away = np.sqrt(nearest, out=nearest) / np.float32(scale)
    return np.clip((stroke.radius - away) / np.float32(EDGE) + np.float32(0.5), 0, 1)


def _squared_distances(x: Floats, y: Floats, a: Floats, b: Floats) -> Floats:
    """From each pixel to each of n lines from a to b, (n, 2): (n, H, W)."""
    along = b - a
    lengths = np.maximum((along**2).sum(1), np.float32(1e-9))
    dx, dy = x - a[:, :1], y - a[:, 1:]  # (n, W), (n, H)
    share = (dy * along[:, 1:])[:, :, None] + (dx * along[:, :1])[:, None]
    share /= lengths[:, None, None]
    np.clip(share, 0, 1, out=share)
    squares: Floats = (dx[:, None] - share * along[:, 0, None, None]) ** 2
    squares += (dy[:, :, None] - share * along[:, 1, None, None]) ** 2
    return squares


def fitted(strokes: Sequence[Stroke], size: bool = True, centre: bool = True) -> tuple[Stroke, ...]:
    """Give strokes as large as MNIST's digits, with their centre of mass where MNIST's have it; lines stay as thick.

    size, centre: which of the two is done. An eraser grows with what it erases.
    """
    seen = _seen(strokes)
    if not (len(seen) and (size or centre)):
        return tuple(strokes)
    low, high = seen.min(0), seen.max(0)
    room = BOX - 2 * PEN - EDGE
    factor = min(MOST, room / max(float((high - low).max()), 1e-6)) if size else 1.0
    put = _moved(strokes, factor, CENTRE - factor * (low + high) / 2)
    mass = drawn(put, np.zeros((SIDE, SIDE), np.uint8)).astype(float)
    if not (centre and mass.any()):
        return put
    at = np.arange(SIDE) + 0.5
    return _moved(put, 1.0, CENTRE - np.array([mass.sum(0) @ at, mass.sum(1) @ at]) / mass.sum())


def _moved(strokes: Sequence[Stroke], factor: float, shift: Points) -> tuple[Stroke, ...]:
    """Strokes at factor·point + shift."""
    moved = []
    for each in strokes:
        points = tuple((x, y) for x, y in (factor * np.array(each.points) + shift).tolist())
        moved.append(replace(each, points=points, radius=each.radius * (factor if each.erases else 1)))
    return tuple(moved)


def _seen(strokes: Sequence[Stroke]) -> Points:
    """Points along the lines, (n, 2), half a pixel apart or nearer, that no later stroke has erased."""
    seen = np.empty((0, 2))
    for stroke in strokes:
        points = _dense(np.array(stroke.points))
        if not stroke.erases:
            seen = np.concatenate([seen, points])
            continue
        gaps = ((seen[:, None] - points) ** 2).sum(2)
        seen = seen[gaps.min(1, initial=np.inf) > stroke.radius**2]
    return seen


def _dense(points: Points) -> Points:
    """The points of a line, and more between those that are apart."""
    steps = np.diff(points, axis=0)
    counts = np.maximum(1, np.ceil(2 * np.linalg.norm(steps, axis=1))).astype(int)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    share = (np.arange(counts.sum()) - first) / np.repeat(counts, counts)
    between = np.repeat(points[:-1], counts, axis=0) + share[:, None] * np.repeat(steps, counts, axis=0)
    return np.concatenate([between, points[-1:]])
