"""Read arrays of NumPy, .npy, as images or labels: no pickled objects, and nothing on the word of a header alone.

The format is that of numpy.lib.format. Knows nothing of which files there are.
"""

import io
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain
from vae_explorer.datasets import idx, unpacking
from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.datasets.unpacking import unusable
from vae_explorer.images import Pixels

MAGIC = b"\x93NUMPY"
HEAD_BYTES = 512  # NumPy's own headers have 128
MAX_HEADER = 400
Header = tuple[tuple[int, ...], bool, np.dtype[np.generic]]  # shape, whether columns come first, and type


def read(entry: Entry, item: tuple[int, ...]) -> Pixels:
    """Read an array as uint8 (N, *item); () stands for labels, which may be any whole numbers from 0 to 255.

    Images may also be flat, (N, H·W), or have an axis for their one channel. Raises DataError.
    """
    what = (
        f"an array of {'×'.join(map(str, item))} images in bytes" if item else "an array of whole numbers, the labels"
    )
    with unpacking.pieces(entry) as pieces:
        data = unpacking.filled(bytearray(), pieces, HEAD_BYTES)
        start, (shape, fortran, dtype) = _header(entry, bytes(data[:HEAD_BYTES]))
        fits = _fits(shape, item) and (dtype == np.uint8 if item else dtype.kind in "iu")
        if not fits or not 1 <= shape[0] <= idx.MAX_IMAGES:
            raise unusable(entry, what, f"{'×'.join(map(str, shape)) or 'one'} of {plain.line(dtype.name)}")
        size = start + math.prod(shape) * dtype.itemsize
        unpacking.filled(data, pieces, size + 1)
    if len(data) != size:
        raise unusable(entry, f"{size} bytes, by its header", f"{len(data)}" if len(data) < size else "more")
    values: NDArray[Any] = np.frombuffer(data, dtype, offset=start).reshape(shape, order="F" if fortran else "C")
    return np.ascontiguousarray(values.reshape(-1, *item), np.uint8) if item else idx.labels(entry, values.ravel())


def shape(head: bytes) -> tuple[int, ...]:
    """Give the shape that the header of an .npy file tells, whatever its values are; () for anything else."""
    try:
        return _parsed(head)[1][0]
    except Exception:  # NumPy raises anything, up to TokenError
        return ()


def _header(entry: Entry, head: bytes) -> tuple[int, Header]:
    try:
        return _parsed(head)
    except Exception as error:  # NumPy raises anything, up to TokenError
        raise DataError(f"{entry.path} cannot be read as an array of NumPy: {plain.reason(error)}.") from error


def _parsed(head: bytes) -> tuple[int, Header]:
    """Give the length of the header in bytes, and what it says. Raises whatever NumPy does."""
    file = io.BytesIO(head)
    version = np.lib.format.read_magic(file)
    reader = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }[version]
    shape, fortran, dtype = reader(file, max_header_size=MAX_HEADER)
    if dtype.hasobject:
        raise ValueError("it holds objects of Python, which are never run")
    return file.tell(), (shape, fortran, dtype)


def _fits(shape: tuple[int, ...], item: tuple[int, ...]) -> bool:
    """Whether an array of a shape holds items, one after another; an axis of one channel does not matter."""
    if not item:
        return [side for side in shape[1:] if side != 1] == [] and len(shape) in (1, 2)
    flat, axes = shape[1:] == (math.prod(item),), tuple(side for side in shape[1:] if side != 1)
    return flat or axes == tuple(side for side in item if side != 1)
