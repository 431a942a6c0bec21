"""The connected parts of a mask, in NumPy: runs of each row are joined to those that they touch in the next row."""

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]


def labelled(mask: Mask) -> tuple[Ints, int]:
    """Number the parts of a mask, (H, W), whose pixels touch by a side or a corner.

    Gives the number of each pixel's part, (H, W), from 1, and 0 where the mask is False; and how many parts there are.
    """
    padded = np.pad(mask, ((0, 0), (1, 1)))
    width = padded.shape[1]
    changes = np.flatnonzero(padded.ravel()[1:] != padded.ravel()[:-1]) + 1
    starts, ends = changes[::2], changes[1::2]  # of each run of True: its first place, and the one after its last
    roots = _joined(len(starts), *_touching(starts, ends, width))
    _, numbers = np.unique(roots, return_inverse=True)
    labels = np.zeros(padded.size, np.int64)
    labels[padded.ravel()] = np.repeat(numbers + 1, ends - starts)
    return labels.reshape(padded.shape)[:, 1:-1], int(numbers.max(initial=-1)) + 1


def _touching(starts: Ints, ends: Ints, width: int) -> tuple[Ints, Ints]:
    """The pairs (upper, lower) of runs that touch, the lower in the row below: none ends before the other begins."""
    first = np.searchsorted(ends, starts - width, "left")  # of the row above, moved down by one
    last = np.searchsorted(starts, ends - width, "right")
    counts = np.maximum(last - first, 0)
    lower = np.repeat(np.arange(len(starts)), counts)
    upper = np.arange(len(lower)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    return upper, lower


def _joined(count: int, a: Ints, b: Ints) -> Ints:
    """The least member of each one's part, (count,), where a[k] and b[k] belong together."""
    roots = np.arange(count)
    while (differ := roots[a] != roots[b]).any():
        a, b = a[differ], b[differ]
        high, low = np.maximum(roots[a], roots[b]), np.minimum(roots[a], roots[b])
        np.minimum.at(roots, high, low)
        while (roots != roots[roots]).any():
            roots = roots[roots]
    return roots
