"""Read a plain float32 state dict of torch without torch, executing nothing.

Such a file is a zip of raw arrays, stored uncompressed, and a small pickled index that says which array is
cut how from which. The index may name four things and use the opcodes that such an index needs; a pickle
with anything else is refused. A hostile file costs at most a second and a few times MAX_ARRAY_BYTES.
Source: torch/serialization.py, the zip format of `torch.save` since torch 1.6.
"""

import io
import math
import pickle
import zipfile
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain
from vae_explorer.errors import Failure
from vae_explorer.plain import quoted
from vae_explorer.storage import formats, zips
from vae_explorer.storage.zips import ZipError

StateDict = dict[str, NDArray[np.float32]]

MAX_INDEX_BYTES = 1 << 20  # the index of the largest decoder here takes 1 KB
MAX_ARRAY_BYTES = 16 << 20
LEGACY_MAGIC = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"  # torch.save before 1.6


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


def loads(data: bytes) -> StateDict:
    """Read the bytes of a `torch.save`d state dict as float32 arrays by key.

    Raises NeedsTorchError where torch has to be asked and StateDictError where it would not help either.
    """
    found = contents(data, MAX_INDEX_BYTES, MAX_ARRAY_BYTES)
    check_tensors(found, np.ndarray)
    return dict(found)


def contents(data: bytes, index_bytes: int, array_bytes: int) -> Any:
    """Read what torch.save wrote, a tree of dicts, lists, tuples, numbers, texts and float32 arrays.

    index_bytes, array_bytes: the most that the index and all arrays together may take. Raises as `loads`.
    """
    if data.startswith(LEGACY_MAGIC):
        raise NeedsTorchError("it is in the format of torch before 1.6.")
    try:
        with zips.opened(data) as archive:
            return _read(archive, index_bytes, array_bytes)
    except StateDictError:
        raise
    except ZipError as error:
        raise StateDictError(f"{error}.") from error
    except zipfile.BadZipFile as error:
        raise StateDictError(_diagnose(data, error)) from error
    except Exception as error:  # zipfile raises anything, from struct.error to UnicodeDecodeError
        raise StateDictError(f"its zip archive is damaged ({plain.reason(error)}).") from error


def check_tensors(found: Any, tensor: type) -> None:
    """Make sure that what a file holds is a dict of names and tensors. Raises StateDictError, which says what it is."""
    if not isinstance(found, dict):
        raise StateDictError(f"it holds {_kind(found, tensor)}, not a state dict.")
    odd = [key for key in found if not isinstance(key, str)]
    more = [key for key, value in found.items() if not isinstance(value, tensor)]
    if more:
        raise StateDictError(
            f"it holds more than tensors ({plain.some(more)}), as the checkpoint of a training run does. "
            "Needed are the weights of the decoder alone."
        )
    if odd:
        raise StateDictError(f"its tensors have no names but {plain.some(odd)}, so it is no state dict.")


def code(name: str) -> str:
    """Say of a file that it names Python's code, which is refused, whatever it is."""
    name = plain.line(name, 100)
    if name.startswith("numpy."):
        return f"it holds something of NumPy's ({name}), where a state dict has tensors of torch. Nothing was run."
    return (
        "it is a whole module, as torch.save(model) writes it, or holds some other object of Python: to open it would "
        f"run {name}. Nothing of it was run."
    )


def _kind(found: Any, tensor: type) -> str:
    return "one tensor without a name" if isinstance(found, tensor) else quoted(found)


def _diagnose(data: bytes, error: zipfile.BadZipFile) -> str:
    """Say what bytes are that are no whole zip archive."""
    if data.startswith(b"PK"):
        return f"it is cut short or damaged ({plain.line(str(error))})."
    return f"it is {formats.described(data) or 'a file of an unknown kind'}, not weights of torch."


def _read(archive: zipfile.ZipFile, index_bytes: int, array_bytes: int) -> Any:
    names = archive.namelist()
    if kind := formats.archived(names):
        raise StateDictError(f"it is {kind}, not weights of torch.")
    _check_members(archive.infolist(), index_bytes + array_bytes)
    index = next(name for name in names if name.rpartition("/")[2] == "data.pkl")
    folder = index.removesuffix("data.pkl")
    order = _member(archive, f"{folder}byteorder", 16) if f"{folder}byteorder" in names else b"little"
    dtype = ">f4" if order.strip() == b"big" else "<f4"
    unpickler = _Unpickler(_member(archive, index, index_bytes), archive, f"{folder}data/", dtype, array_bytes)
    try:
        return unpickler.load()
    except (StateDictError, ZipError):
        raise
    except Exception as error:  # a hostile index can raise anything
        raise StateDictError(f"its index is damaged ({plain.reason(error)}).") from error


def _check_members(members: list[zipfile.ZipInfo], most: int) -> None:
    """Refuse what torch never writes, before anything is unpacked: bombs, and two members of one name."""
    if len({each.filename for each in members}) < len(members):
        raise StateDictError("two members of its zip archive have the same name.")
    for each in members:
        if each.compress_type != zipfile.ZIP_STORED or each.compress_size != each.file_size:
            raise StateDictError("its members are compressed, which torch does not do: another program has packed it.")
    total = sum(each.file_size for each in members)
    if total > most:
        raise StateDictError(f"it holds {total} bytes; at most {most} are read.")


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Read one member; the zip's CRC finds a flipped byte."""
    try:
        return zips.member(archive, name, most)
    except zipfile.BadZipFile as error:
        raise StateDictError(f"it is damaged ({plain.line(str(error))}).") from error


class _Dispatch(dict[int, Any]):
    def __missing__(self, opcode: int) -> Any:
        raise StateDictError(f"it holds more than tensors (pickle's opcode {opcode}), so it is no plain state dict.")


class _Unpickler(pickle._Unpickler):
    """The pure Python unpickler, less what an index never needs.

    The C one allocates gigabytes on the word of one opcode; to hash a deep tuple, as the key of a dict, or to
    trust NumPy with huge strides ends the process; and BUILD would set attributes of our own functions.
    """

    stack: list[Any]

    def __init__(self, index: bytes, archive: zipfile.ZipFile, folder: str, dtype: str, most: int) -> None:
        super().__init__(io.BytesIO(index))
        self.archive, self.folder, self.dtype = archive, folder, dtype
        self.storages: dict[str, bytes] = {}
        self.most = self.budget = most  # of all arrays together, since many can be cut from one storage

    def find_class(self, module: str, name: str) -> Any:
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
        kind, storage, key, _device, count = pid
        if not isinstance(key, str) or type(count) is not int or (kind, storage) != ("storage", "FloatStorage"):
            raise StateDictError("its index names a storage that cannot be.")
        name = f"{self.folder}{key}"
        if name not in self.storages:
            self.storages[name] = _member(self.archive, name, self.most)
        data = self.storages[name]
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
        value, key = self.stack.pop(), self.stack.pop()
        self._set(key, value)

    def load_setitems(self) -> None:
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
        self.stack.pop()  # `_metadata`, the versions of the layers

    dispatch: ClassVar = _Dispatch(
        _LOADERS | {pickle.SETITEM[0]: load_setitem, pickle.SETITEMS[0]: load_setitems, pickle.BUILD[0]: load_build}
    )


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _ordered_dict() -> dict[str, Any]:
    return {}


def _rebuild_parameter(tensor: Any, *_rest: Any) -> Any:
    return tensor
