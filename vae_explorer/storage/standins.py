"""What stands for names in a pickled index that are none of torch's tensors: numbers and arrays of NumPy, and records
of other programs that checkpoints carry. Nothing of theirs is imported or run, and of a record nothing is kept.

Source: numpy/core/multiarray.py, numpy/core/src/multiarray/methods.c (the states that arrays and dtypes are given).
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

_DICTS = {
    "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "builtins.dict", "__builtin__.dict",
    "addict.addict.Dict", "box.box.Box", "easydict.EasyDict", "munch.Munch", "yacs.config.CfgNode",
    "lightning.fabric.utilities.data.AttributeDict", "lightning.pytorch.utilities.parsing.AttributeDict",
    "lightning_fabric.utilities.data.AttributeDict", "pytorch_lightning.utilities.parsing.AttributeDict",
    "ml_collections.config_dict.config_dict.ConfigDict",
}  # fmt: skip
_RECORDS = re.compile(
    r"(argparse|types)\.(Simple)?Namespace|pathlib\.(_local\.)?(Pure)?(Posix|Windows)?Path"
    r"|datetime\.(date|datetime|time|timedelta|timezone)|decimal\.Decimal|fractions\.Fraction|uuid\.UUID"
    r"|collections\.deque|(builtins|__builtin__)\.(bool|bytearray|complex|float|frozenset|int|list|range|set|slice|str|tuple|xrange)"
    r"|torch\.nn\.(functional\.\w+|modules\.(activation|loss)\.\w+)|torch\._C\._nn\.\w+"
    r"|torch\.(device|(b?float|u?int|complex)\d+|bool|strided)|typing\.Any|omegaconf\.[\w.]+|numpy\.(float|u?int|bool)\d*_?"
)
_NUMBERS = re.compile("[fiu][1248]|b1")  # NumPy's types whose values are real numbers of at most 8 bytes


class Record:
    """Something of another program, of which nothing is kept."""

    def __init__(self, *_given: Any) -> None:
        """Take what its own class would be made of."""

    def append(self, item: Any) -> None:
        """Take an item, as a list would."""


class Dtype:
    """numpy.dtype: the name of a type of numbers, and their order of bytes, which comes as its state."""

    def __init__(self, name: Any = "", *_rest: Any) -> None:
        self.name, self.order = name, "<"

    def set(self, state: Any) -> None:
        """Take the order of bytes, the second part of the state."""
        self.order = ">" if isinstance(state, tuple) and state[1:2] == (">",) else "<"

    def read(self, data: Any) -> Any:
        """Give bytes as numbers (N,); None where they are no numbers, as of text or of objects."""
        if not isinstance(self.name, str) or not _NUMBERS.fullmatch(self.name) or not isinstance(data, bytes):
            return None
        return np.frombuffer(data, self.order + self.name)


def find(name: str) -> Callable[..., Any] | None:
    """Give what stands for a name: it is called with what the index has for it, and runs nothing; None for others."""
    if name in _DICTS:
        return _dict
    known = _NUMPY.get(name.replace("numpy._core.", "numpy.core."))
    return known or (Record if _RECORDS.fullmatch(name) else None)


def fill(array: Any, state: Any, spend: Callable[[int], None]) -> None:
    """Give an array of NumPy its state: version, shape, dtype, whether the first axis lies innermost, and the bytes.

    array: a new one, (0,) float32, as others may hold it already. spend: called with the bytes it takes. An array of
    what are no numbers stays empty. Raises ValueError for a state that cannot be, and what spend raises.
    """
    _version, shape, dtype, fortran, data = state
    numbers = dtype.read(data) if isinstance(dtype, Dtype) else None
    if numbers is None:
        return
    if not isinstance(shape, tuple) or len(shape) > 8 or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError("an array of NumPy has an impossible shape")
    spend(4 * len(numbers))
    whole = numbers.reshape(shape, order="F" if fortran is True else "C")
    array.resize(shape, refcheck=False)
    with np.errstate(all="ignore"):  # what does not fit becomes infinite, and is refused as that
        array[...] = whole


def _dict(*_given: Any) -> dict[Any, Any]:
    return {}


def _size(given: Any = (), *_rest: Any) -> Any:
    return given


def _encoded(text: Any, _code: Any = "", *_rest: Any) -> bytes:
    """Bytes, as pickles of the protocol 2 have them: the text of the same numbers."""
    return str.encode(text, "latin-1")


def _scalar(dtype: Any, data: Any = b"", *_rest: Any) -> Any:
    numbers = dtype.read(data) if isinstance(dtype, Dtype) else None
    return Record() if numbers is None or numbers.shape != (1,) else numbers[0].item()


def _array(*_given: Any) -> Any:
    return np.empty(0, np.float32)


_NUMPY: dict[str, Callable[..., Any]] = {
    "numpy.core.multiarray.scalar": _scalar,
    "numpy.core.multiarray._reconstruct": _array,
    "numpy.dtype": Dtype,
    "numpy.ndarray": Record,
    "_codecs.encode": _encoded,
    "torch.Size": _size,
}
