"""The pickled index of a state dict, which says how each array is cut from the stored ones. It is read, never run.

It may name tensors and what `standins` has, and use the opcodes that such an index needs; a pickle with anything else
is refused. Knows pickles, no zip archives. Source: torch/serialization.py and torch/_utils.py.
"""

import io
import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from vae_explorer import plain
from vae_explorer.errors import Failure
from vae_explorer.plain import quoted
from vae_explorer.storage import dtypes, standins
from vae_explorer.storage.dtypes import STORAGES

# Left out are opcodes that allocate on their word alone (BYTEARRAY8), call by name (INST, OBJ) or hash (FROZENSET).
_OPCODES = [
    "PROTO", "FRAME", "STOP", "MARK", "MEMOIZE", "BINPUT", "LONG_BINPUT", "BINGET", "LONG_BINGET",
    "GLOBAL", "STACK_GLOBAL", "REDUCE", "BINPERSID", "NONE", "NEWTRUE", "NEWFALSE", "BININT", "BININT1",
    "BININT2", "LONG1", "BINFLOAT", "SHORT_BINUNICODE", "BINUNICODE", "EMPTY_TUPLE", "TUPLE", "TUPLE1",
    "TUPLE2", "TUPLE3", "EMPTY_LIST", "APPEND", "APPENDS", "EMPTY_DICT", "BINBYTES", "SHORT_BINBYTES",
]  # fmt: skip
_LOADERS = {code: pickle._Unpickler.dispatch[code] for code in (getattr(pickle, name)[0] for name in _OPCODES)}


class StateDictError(Failure):
    """The bytes are not a state dict, or a damaged or hostile one. Final: no other reader is asked.

    The text follows the name of the file: "it is …".
    """


class NeedsTorchError(StateDictError):
    """A form of weights that only torch itself reads: before torch 1.6, or with tensors that are no plain numbers."""


class OtherFormError(StateDictError):
    """The bytes are not what torch.save writes, and perhaps weights in another form; the text says what they are."""


@dataclass(frozen=True)
class Storage:
    """The bytes of an array, and the type of its numbers, as in `dtypes.STORAGES`."""

    data: bytes
    dtype: str


def read(index: bytes, storage: Callable[[str], bytes], order: str, most: int) -> Any:
    """Read an index: a tree of dicts, lists, tuples, numbers, texts, float32 arrays and Records.

    storage gives the bytes of an array by the key that the index has for it; order is that of the bytes of its numbers,
    "<" or ">"; most: the bytes of all arrays together. Raises StateDictError, NeedsTorchError, and what storage raises.
    """
    return _Unpickler(index, storage, order, most).load()


def code(name: str) -> str:
    """Say of a file that it names Python's code, which is refused, whatever it is."""
    return (
        "it is a whole module, as torch.save(model) writes it, or holds some other object of Python: to open it would "
        f"run {plain.line(name, 100)}. Nothing of it was run."
    )


class _Dispatch(dict[int, Any]):
    def __missing__(self, opcode: int) -> Any:
        raise StateDictError(f"it holds more than tensors (pickle's opcode {opcode}), so it is no plain state dict.")


class _Unpickler(pickle._Unpickler):
    """The pure Python unpickler, less what an index never needs.

    The C one allocates gigabytes on the word of one opcode; to hash a deep tuple, as the key of a dict, or to
    trust NumPy with huge strides ends the process; and BUILD would set attributes of our own functions.
    """

    stack: list[Any]

    def __init__(self, index: bytes, storage: Callable[[str], bytes], order: str, most: int) -> None:
        super().__init__(io.BytesIO(index))
        self.storage, self.order = storage, order
        self.storages: dict[str, bytes] = {}
        self.most = self.budget = most  # of all arrays together, since many can be cut from one storage

    def find_class(self, module: str, name: str) -> Any:
        """Give what stands for a name; nothing is imported."""
        full = f"{module}.{name}"
        if full == "torch._utils._rebuild_tensor_v2":
            return self._rebuild_tensor
        if full == "torch._utils._rebuild_parameter":
            return _rebuild_parameter
        if module == "torch" and name in STORAGES:
            return name
        if found := standins.find(full):
            return found
        if module.split(".")[0] == "torch" and not module.startswith("torch.nn."):
            raise NeedsTorchError(f"it uses {plain.line(full, 100)}, so it is not of plain numbers.")
        raise StateDictError(code(full))

    def persistent_load(self, pid: Any) -> Storage:
        """Give the bytes of a storage, as many as the index says."""
        kind, storage, key, _device, count = pid
        known = isinstance(storage, str) and storage in STORAGES and isinstance(key, str)
        if not known or type(count) is not int or kind != "storage":
            raise StateDictError("its index names a storage that cannot be.")
        if key not in self.storages:
            self.storages[key] = self.storage(key)
        data, dtype = self.storages[key], STORAGES[storage]
        if len(data) != dtypes.size(dtype) * count:
            what = f"{plain.line(key, 60)} is of {len(data)} bytes, not the {quoted(dtypes.size(dtype) * count)}"
            raise StateDictError(f"its array {what} its index says.")
        return Storage(data, dtype)

    def _rebuild_tensor(self, storage: Any, offset: Any, size: Any, stride: Any, *_rest: Any) -> Any:
        """Cut an array out of its storage, its bounds checked in integers that cannot overflow, as NumPy's do."""
        shaped = isinstance(storage, Storage) and isinstance(size, tuple) and isinstance(stride, tuple)
        if not shaped or not len(size) == len(stride) <= 8 or not all(map(_is_count, (offset, *size, *stride))):
            raise StateDictError("a tensor in it has an impossible shape or stride.")
        count, n_bytes = math.prod(size), dtypes.size(storage.dtype)
        last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
        if count and last >= len(storage.data) // n_bytes:
            raise StateDictError("a tensor in it reaches beyond its storage.")
        self._spend(4 * count)
        steps, stored = [n_bytes * step for step in stride], dtypes.stored(storage.dtype, self.order)
        view: Any = np.ndarray(size, stored, storage.data, n_bytes * offset, steps)
        return dtypes.float32(view, storage.dtype)

    def _spend(self, n_bytes: int) -> None:
        """Take so many bytes from what all arrays together may have."""
        self.budget -= n_bytes
        if self.budget < 0:
            raise StateDictError(f"its tensors take more than {self.most >> 20} MB, more than is ever needed.")

    def load_setitem(self) -> None:
        """Set one item of a dict."""
        value, key = self.stack.pop(), self.stack.pop()
        self._set(key, value)

    def load_setitems(self) -> None:
        """Set the items of a dict since the last mark."""
        items = self.pop_mark()  # type: ignore[attr-defined]
        for key, value in zip(items[::2], items[1::2], strict=True):
            self._set(key, value)

    def _set(self, key: Any, value: Any) -> None:
        """Set an item of a dict, and of nothing else: NumPy would take apart what is set in an array.

        Keys may be numbers, too, as they are in the state of an optimizer. What has another key is dropped.
        """
        whole = self.stack[-1]
        if type(whole) is not dict and not isinstance(whole, standins.Record):
            raise StateDictError(f"it sets an item of {quoted(whole)}, so it is no state dict.")
        if type(whole) is dict and type(key) in (str, int):
            whole[key] = value

    def load_build(self) -> None:
        """Give an array of NumPy its numbers; drop what any other object is to be given, as the versions of layers."""
        state, made = self.stack.pop(), self.stack[-1]
        if isinstance(made, standins.Dtype):
            made.set(state)
        elif isinstance(made, np.ndarray) and made.shape == (0,):
            standins.fill(made, state, self._spend)

    dispatch: ClassVar = _Dispatch(
        _LOADERS
        | {pickle.SETITEM[0]: load_setitem, pickle.SETITEMS[0]: load_setitems, pickle.BUILD[0]: load_build}
        | {pickle.NEWOBJ[0]: pickle._Unpickler.dispatch[pickle.REDUCE[0]]}  # alike, of stand-ins
    )


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _rebuild_parameter(tensor: Any, *_rest: Any) -> Any:
    return tensor
