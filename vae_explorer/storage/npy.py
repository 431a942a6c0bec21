"""Arrays of NumPy as they lie in an .npy file or in the members of an .npz, without pickled objects.

Source: numpy/lib/format.py, whose reader of headers is asked.
"""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_HEADER = 1000  # characters, which a hostile header takes apart in milliseconds


def read(data: bytes) -> NDArray[Any]:
    """Read an array, of the size that its bytes have and not of the one that a header claims.

    Raises ValueError for one of objects, since these are pickled and to read them runs code, and for one that is not
    what its header says; else whatever NumPy does.
    """
    file = io.BytesIO(data)
    version = np.lib.format.read_magic(file)
    if version not in _HEADERS:
        raise ValueError(f"it is in format {version}")
    shape, fortran, dtype = _HEADERS[version](file, max_header_size=MAX_HEADER)
    if dtype.hasobject:
        raise ValueError("it is of Python's objects, pickled; to read them could run anything, and nothing was run")
    body = data[file.tell() :]
    if dtype.itemsize * int(np.prod(shape, dtype=object)) != len(body):
        raise ValueError("it is not what its header says")
    return np.frombuffer(body, dtype).reshape(shape, order="F" if fortran else "C")


_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
