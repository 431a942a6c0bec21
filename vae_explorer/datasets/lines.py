"""The lines of ruled and squared paper in a mask: long, thin and straight, nearly level or nearly upright."""

import numpy as np

from vae_explorer.datasets.components import Ints, Mask

SLOPES = np.arange(-0.36, 0.361, 0.01)[:, None]  # up to 20° either way; between two, a line's ends differ by a pixel
LONG = 0.45  # a line is seen in at least this share of the columns; a digit's strokes may hide the rest
ENDS = 0.02  # it begins and ends within this share of the columns from the sides, where a digit hardly does
THIN = 0.025  # no line is thicker than this share of the picture, or than two pixels
LEAST = 20  # pixels: in smaller pictures a line cannot be told from a stroke


def ruled(mask: Mask) -> Mask:
    """Give those pixels of a mask, (H, W), that belong to lines through the whole picture and to no stroke."""
    return _level(mask) | _level(mask.T).T


def _level(mask: Mask) -> Mask:
    """The pixels of nearly level lines: where the upright run of a pixel is no longer than the line is thick."""
    h, w = mask.shape
    lines = np.zeros(mask.shape, bool)
    thin = max(2, round(THIN * h))
    x, top, length = _runs(mask)
    slim = length <= 2 * thin
    x, top, length = x[slim], top[slim], length[slim]
    if min(h, w) < LEAST or not len(x):
        return lines
    for k in _on_lines(x, top + (length - 1) / 2, h, w):
        thick = 1.5 * np.median(length[k]) + 1
        for i in k[length[k] <= thick]:
            lines[top[i] : top[i] + length[i], x[i]] = True
    return lines


def _on_lines(x: Ints, y: np.ndarray, h: int, w: int) -> list[Ints]:
    """For each line, the numbers of the points (x, y) on it. A line passes through most columns and both sides."""
    rows = np.rint(y - SLOPES * (x - w / 2)).astype(int).clip(-1, h) + 1  # where each would cross the middle
    height = h + 2
    counts = np.bincount((rows + height * np.arange(len(SLOPES))[:, None]).ravel(), minlength=height * len(SLOPES))
    counts = counts.reshape(len(SLOPES), height)
    counts[:, 1:-1] += counts[:, :-2] + counts[:, 2:]
    found = []
    for slope, row in zip(*np.nonzero(counts >= LONG * w), strict=True):
        on = np.flatnonzero(np.abs(rows[slope] - row) <= 1)
        if len(on) and x[on].min() < ENDS * w and x[on].max() >= w - ENDS * w:
            found.append(on)
    return found


def _runs(mask: Mask) -> tuple[Ints, Ints, Ints]:
    """Every upright run in a mask: its column, its first row and its length."""
    padded = np.pad(mask.T, ((0, 0), (1, 1))).ravel()
    changes = np.flatnonzero(padded[1:] != padded[:-1]) + 1
    x, top = np.divmod(changes[::2], mask.shape[0] + 2)
    return x, top - 1, changes[1::2] - changes[::2]
