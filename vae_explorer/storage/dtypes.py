"""The types of numbers in which weights come, by the names that their formats have for them, made float32.

Knows arrays, no files. bfloat16, which NumPy lacks, is the upper half of float32.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Of torch's storages, and of safetensors; "bf2" is bfloat16.
STORAGES = {
    "FloatStorage": "f4", "DoubleStorage": "f8", "HalfStorage": "f2", "BFloat16Storage": "bf2",
    "LongStorage": "i8", "IntStorage": "i4", "ShortStorage": "i2", "CharStorage": "i1", "ByteStorage": "u1",
    "BoolStorage": "u1",
}  # fmt: skip
SAFETENSORS = {
    "F32": "f4", "F64": "f8", "F16": "f2", "BF16": "bf2", "I64": "i8", "I32": "i4", "I16": "i2", "I8": "i1",
    "U64": "u8", "U32": "u4", "U16": "u2", "U8": "u1", "BOOL": "u1",
}  # fmt: skip


def size(dtype: str) -> int:
    """Give the bytes of a number of a type, one of those in the tables."""
    return int(dtype[-1])


def stored(dtype: str, order: str) -> str:
    """Give the dtype of NumPy's under which the bytes of such numbers are looked at; order: "<" or ">"."""
    return f"{order}{'u2' if dtype == 'bf2' else dtype}"


def float32(values: NDArray[Any], dtype: str) -> NDArray[np.float32]:
    """Give numbers, looked at as `stored` says, as a float32 array of its own; what is too large becomes infinite."""
    if dtype == "f4":
        return np.array(values, np.float32, order="C")
    if dtype == "bf2":
        upper = np.array(values, np.uint32, order="C")
        upper <<= 16  # in place: of () it would be no array
        return upper.view(np.float32)
    with np.errstate(all="ignore"):
        return np.array(values, np.float32, order="C")
