"""The pickled index of a state dict, which says how each array is cut from the stored ones. It is read, never run.

It may name four things and use the opcodes that such an index needs; a pickle with anything else is refused.
Knows pickles, no zip archives. Source: torch/serialization.py and torch/_utils.py.
"""

import io
import math
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from vae_explorer import plain
from vae_explorer.errors import Failure
from vae_explorer.plain import quoted

# Left out are opcodes that allocate on their word alone (BYTEARRAY8), call (INST, OBJ, NEWOBJ) or hash (FROZENSET).
_OPCODES = [
    "PROTO", "FRAME", "STOP", "MARK", "MEMOIZE", "BINPUT", "LONG_BINPUT", "BINGET", "LONG_BINGET",
    "GLOBAL", "STACK_GLOBAL", "REDUCE", "BINPERSID", "NONE", "NEWTRUE", "NEWFALSE", "BININT", "BININT1",
    "BININT2", "LONG1", "BINFLOAT", "SHORT_BINUNICODE", "BINUNICODE", "EMPTY_TUPLE", "TUPLE", "TUPLE1",
    "TUPLE2", "TUPLE3", "EMPTY_LIST", "APPEND", "APPENDS", "EMPTY_DICT",
]  # fmt: skip
_LOADERS = {code: pickle._Unpickler.dispatch[code] for code in (getattr(pickle, name)[0] for name in _OPCODES)}


class StateDictError(Failure):
    """The bytes are not a state dict, or a damaged or hostile one. Final: no other reader is asked.

    The text follows the name of the file: "it is …".
    """


class NeedsTorchError(StateDictError):
    """A form of state dict that only torch itself reads: before torch 1.6, or not of plain float32."""


def read(index: bytes, storage: Callable[[str], bytes], dtype: str, most: int) -> Any:
    """Read an index: a tree of dicts, lists, tuples, numbers, texts and float32 arrays.

    storage gives the bytes of an array by the key that the index has for it; dtype is of its numbers, "<f4" or ">f4";
    most: the bytes of all arrays together. Raises StateDictError, NeedsTorchError, and what storage raises.
    """
    return _Unpickler(index, storage, dtype, most).load()


def code(name: str) -> str:
    """Say of a file that it names Python's code, which is refused, whatever it is."""
    name = plain.line(name, 100)
    if name.startswith("numpy."):
        return f"it holds something of NumPy's ({name}), where a state dict has tensors of torch. Nothing was run."
    return (
        "it is a whole module, as torch.save(model) writes it, or holds some other object of Python: to open it would "
        f"run {name}. Nothing of it was run."
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

    def __init__(self, index: bytes, storage: Callable[[str], bytes], dtype: str, most: int) -> None:
        super().__init__(io.BytesIO(index))
        self.storage, self.dtype = storage, dtype
        self.storages: dict[str, bytes] = {}
        self.most = self.budget = most  # of all arrays together, since many can be cut from one storage

    def find_class(self, module: str, name: str) -> Any:
        """Give what stands for one of the four names, none of which is imported."""
        listed = {
            "collections.OrderedDict": _ordered_dict,
            "torch.FloatStorage": "FloatStorage",
            "torch._utils._rebuild_tensor_v2": self._rebuild_tensor,
            "torch._utils._rebuild_parameter": _rebuild_parameter,
        }
        full = f"{module}.{name}"
        if full in listed:
            return listed[full]
        if module.split(".")[0] == "torch":
            raise NeedsTorchError(f"it uses {plain.line(full, 100)}, so it is not of plain float32.")
        raise StateDictError(code(full))

    def persistent_load(self, pid: Any) -> bytes:
        """Give the bytes of a storage, as many as the index says."""
        kind, storage, key, _device, count = pid
        if not isinstance(key, str) or type(count) is not int or (kind, storage) != ("storage", "FloatStorage"):
            raise StateDictError("its index names a storage that cannot be.")
        if key not in self.storages:
            self.storages[key] = self.storage(key)
        data = self.storages[key]
        if len(data) != 4 * count:
            what = f"{plain.line(key, 60)} is of {len(data)} bytes, not the {quoted(4 * count)}"
            raise StateDictError(f"its array {what} its index says.")
        return data

    def _rebuild_tensor(self, storage: Any, offset: Any, size: Any, stride: Any, *_rest: Any) -> Any:
        """Cut an array out of its storage, its bounds checked in integers that cannot overflow, as NumPy's do."""
        shaped = isinstance(storage, bytes) and isinstance(size, tuple) and isinstance(stride, tuple)
        if not shaped or not len(size) == len(stride) <= 8 or not all(map(_is_count, (offset, *size, *stride))):
            raise StateDictError("a tensor in it has an impossible shape or stride.")
        count = math.prod(size)
        last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
        if count and last >= len(storage) // 4:
            raise StateDictError("a tensor in it reaches beyond its storage.")
        self.budget -= 4 * count
        if self.budget < 0:
            raise StateDictError(f"its tensors take more than {self.most >> 20} MB, more than is ever needed.")
        view: Any = np.ndarray(size, self.dtype, storage, 4 * offset, [4 * step for step in stride])
        return np.array(view, np.float32, order="C")  # a copy, which keeps the shape () and may be written to

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

        Keys may be numbers, too, as they are in the state of an optimizer.
        """
        if type(key) not in (str, int) or type(self.stack[-1]) is not dict:
            raise StateDictError(f"it has keys that are no names (such as {quoted(key)}), so it is no state dict.")
        self.stack[-1][key] = value

    def load_build(self) -> None:
        """Drop what an object is to be given: `_metadata`, the versions of the layers."""
        self.stack.pop()

    dispatch: ClassVar = _Dispatch(
        _LOADERS | {pickle.SETITEM[0]: load_setitem, pickle.SETITEMS[0]: load_setitems, pickle.BUILD[0]: load_build}
    )


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _ordered_dict() -> dict[str, Any]:
    return {}


def _rebuild_parameter(tensor: Any, *_rest: Any) -> Any:
    return tensor
