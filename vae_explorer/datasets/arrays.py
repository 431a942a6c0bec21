"""Read arrays of NumPy, .npy, as the images or the labels of a data set. Knows nothing of which files there are."""

import math

import numpy as np

from vae_explorer import plain
from vae_explorer.datasets import idx, unpacking
from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.datasets.unpacking import unusable
from vae_explorer.images import Pixels
from vae_explorer.storage import npy

HEAD_BYTES = 512  # NumPy's own headers have 128


def read(entry: Entry, item: tuple[int, ...]) -> Pixels:
    """Read an array of whole numbers from 0 to 255, of any type, as uint8 (N, *item); () stands for labels.

    Images may also be flat, (N, H·W), or have an axis for their one channel, and take no more memory, whatever their
    type, than as many bytes may. No more is read than fits. Raises DataError.
    """
    what = (
        f"an array of {'×'.join(map(str, item))} images in bytes" if item else "an array of whole numbers, the labels"
    )
    with unpacking.pieces(entry) as pieces:
        data = unpacking.filled(bytearray(), pieces, HEAD_BYTES)
        found = _header(entry, bytes(data[:HEAD_BYTES]))
        shape, dtype = found.shape, found.dtype
        fits = _fits(shape, item) and dtype.kind in "iu"
        if not fits or not 1 <= shape[0] <= idx.MAX_IMAGES // (dtype.itemsize if item else 1):
            seen = f"{'×'.join(map(str, shape)) or 'one'} of {plain.line(dtype.name)}"
            raise unusable(entry, what, seen, idx.SCALED if dtype.kind in "iu" and item else idx.BYTES)
        size = found.start + math.prod(shape) * dtype.itemsize
        unpacking.filled(data, pieces, size + 1)
    if len(data) != size:
        raise unusable(entry, f"{size} bytes, by its header", f"{len(data)}" if len(data) < size else "more")
    values = npy.read(data)
    return np.ascontiguousarray(idx.in_bytes(entry, values, "pixels" if item else "labels").reshape(-1, *item))


def shape(head: bytes) -> tuple[int, ...]:
    """Give the shape that the header of an .npy file tells, whatever its values are; () for anything else."""
    try:
        return npy.header(head).shape
    except Exception:  # NumPy raises anything, up to TokenError
        return ()


def _header(entry: Entry, head: bytes) -> npy.Header:
    try:
        return npy.header(head)
    except Exception as error:  # NumPy raises anything, up to TokenError
        raise DataError(f"{entry.path} cannot be read as an array of NumPy: {plain.reason(error)}.") from error


def _fits(shape: tuple[int, ...], item: tuple[int, ...]) -> bool:
    """Whether an array of a shape holds items, one after another; an axis of one channel does not matter."""
    axes = tuple(side for side in shape[1:] if side != 1)
    if not item:
        return not axes and len(shape) in (1, 2)
    return shape[1:] == (math.prod(item),) or axes == tuple(side for side in item if side != 1)
