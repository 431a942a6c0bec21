"""Arrays of NumPy as they lie in an .npy file or in the members of an .npz, without pickled objects.

Source: numpy/lib/format.py, whose reader of headers is asked.
"""

import io
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MAX_HEADER = 1000  # characters, which a hostile header takes apart in milliseconds
PREFIX = 12  # bytes before them, at most


class Header(NamedTuple):
    """What the header of an array says: where its values start, its shape, whether columns come first, and its type."""

    start: int
    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype[Any]


def read(data: bytes | bytearray) -> NDArray[Any]:
    """Read an array, of the size that its bytes have and not of the one that a header claims.

    Raises ValueError where that is not the same; else as `header`.
    """
    found = header(bytes(data[: MAX_HEADER + PREFIX]))
    body = memoryview(data)[found.start :]
    if found.dtype.itemsize * int(np.prod(found.shape, dtype=object)) != len(body):
        raise ValueError("it is not what its header says")
    return np.frombuffer(body, found.dtype).reshape(found.shape, order="F" if found.fortran else "C")


def header(head: bytes) -> Header:
    """Read the header of an array from its first bytes.

    Raises ValueError for one of objects, since these are pickled and to read them runs code; else whatever NumPy does.
    """
    file = io.BytesIO(head)
    version = np.lib.format.read_magic(file)
    if version not in _HEADERS:
        raise ValueError(f"it is in format {version}")
    shape, fortran, dtype = _HEADERS[version](file, max_header_size=MAX_HEADER)
    if dtype.hasobject:
        raise ValueError("it is of Python's objects, pickled; to read them could run anything, and nothing was run")
    return Header(file.tell(), shape, fortran, dtype)


_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
