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

from vae_explorer.cli import Failure

StateDict = dict[str, NDArray[np.float32]]

MAX_INDEX_BYTES = 1 << 20  # the index of the largest decoder here takes 1 KB
MAX_ARRAY_BYTES = 16 << 20
MAX_MESSAGE = 400  # characters; names in a file can be longer than a window
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
    """The bytes are not a state dict, or a damaged or hostile one. Final: no other reader is asked."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]}…"
        super().__init__("".join(c if c.isprintable() else "?" for c in shown))


class NeedsTorchError(StateDictError):
    """A form of state dict that only torch itself reads: before torch 1.6, or not of plain float32."""


def loads(data: bytes) -> StateDict:
    """Read the bytes of a `torch.save`d state dict as float32 arrays by key.

    Raises NeedsTorchError where torch has to be asked and StateDictError where it would not help either.
    """
    if data.startswith(LEGACY_MAGIC):
        raise NeedsTorchError("it is in the format of torch before 1.6.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except StateDictError:
        raise
    except zipfile.BadZipFile as error:
        raise StateDictError(_diagnose(data, error)) from error
    except Exception as error:  # zipfile raises anything, from struct.error to UnicodeDecodeError
        raise StateDictError(f"its zip archive is damaged ({type(error).__name__}: {error}).") from error


def _diagnose(data: bytes, error: zipfile.BadZipFile) -> str:
    """Say what bytes are that are no whole zip archive."""
    start = data[:512].lstrip().lower()
    if not data:
        return "it is empty."
    if data.startswith((b"\x89PNG", b"GIF8", b"%PDF", b"\xff\xd8")) or b"<!doctype svg" in start:
        return "it is a picture, not weights."
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "it is a web page, not weights: the download went wrong."
    if start.startswith(b"version https://git-lfs"):
        return "it is a Git LFS pointer; `git lfs pull` fetches the file itself."
    if data.startswith(b"PK"):
        return f"it is cut short or damaged ({error})."
    if b"\0" not in data[:512] and start.isascii():
        return "it is text, not weights."
    return "it is not a file of torch weights."


def _read(archive: zipfile.ZipFile) -> StateDict:
    _check_members(archive.infolist())
    names = archive.namelist()
    index = next((name for name in names if name.endswith("/data.pkl")), None)
    if index is None:
        raise StateDictError("it is a zip archive, but not one of torch weights.")
    folder = index.removesuffix("data.pkl")
    order = _member(archive, f"{folder}byteorder") if f"{folder}byteorder" in names else b"little"
    dtype = ">f4" if order.strip() == b"big" else "<f4"
    if archive.getinfo(index).file_size > MAX_INDEX_BYTES:
        raise StateDictError(f"its index is larger than {MAX_INDEX_BYTES} bytes.")
    unpickler = _Unpickler(_member(archive, index), archive, f"{folder}data/", dtype)
    try:
        found = unpickler.load()
    except StateDictError:
        raise
    except Exception as error:  # a hostile index can raise anything
        raise StateDictError(f"its index is damaged ({type(error).__name__}: {error}).") from error
    if not isinstance(found, dict):
        raise StateDictError("it holds no state dict.")
    wrong = [key for key, value in found.items() if not isinstance(value, np.ndarray)]
    if wrong:
        raise StateDictError(f"it holds more than tensors ({', '.join(wrong[:4])}), so it is no plain state dict.")
    return found


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse what torch never writes, before anything is unpacked: bombs, and two members of one name."""
    if len({each.filename for each in members}) < len(members):
        raise StateDictError("two members of its zip archive have the same name.")
    for each in members:
        if each.compress_type != zipfile.ZIP_STORED:
            raise StateDictError(f"{each.filename} in it is compressed, which torch never does.")
    total = sum(each.file_size for each in members)
    if total > MAX_ARRAY_BYTES:
        raise StateDictError(f"it holds {total} bytes; at most {MAX_ARRAY_BYTES} are read.")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read one member; the zip's CRC finds a flipped byte."""
    try:
        return archive.read(name)
    except zipfile.BadZipFile as error:
        raise StateDictError(f"it is damaged ({error}).") from error


class _Unpickler(pickle._Unpickler):
    """The pure Python unpickler, less what an index never needs.

    The C one allocates gigabytes on the word of one opcode; to hash a deep tuple, as the key of a dict, or to
    trust NumPy with huge strides ends the process; and BUILD would set attributes of our own functions.
    """

    stack: list[Any]

    def __init__(self, index: bytes, archive: zipfile.ZipFile, folder: str, dtype: str) -> None:
        super().__init__(io.BytesIO(index))
        self.archive, self.folder, self.dtype = archive, folder, dtype
        self.storages: dict[str, bytes] = {}
        self.budget = MAX_ARRAY_BYTES  # of all arrays together, since many can be cut from one storage

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
            raise NeedsTorchError(f"it uses {full}, so it is not of plain float32.")
        raise StateDictError(f"it would run {full}, which weights never need. Nothing of it was run.")

    def persistent_load(self, pid: Any) -> bytes:
        kind, storage, key, _device, count = pid
        if (kind, storage) != ("storage", "FloatStorage"):
            raise NeedsTorchError(f"it holds {storage}, not plain float32.")
        name = f"{self.folder}{key}"
        if name not in self.storages:
            self.storages[name] = _member(self.archive, name)
        data = self.storages[name]
        if len(data) != 4 * count:
            raise StateDictError(f"its array {key} is of {len(data)} bytes, not the {4 * count} its index says.")
        return data

    def _rebuild_tensor(self, storage: bytes, offset: int, size: Any, stride: Any, *_rest: Any) -> Any:
        """Cut an array out of its storage, its bounds checked in integers that cannot overflow, as NumPy's do."""
        numbers = (offset, *size, *stride)
        if len(size) != len(stride) or len(size) > 8 or not all(type(n) is int and n >= 0 for n in numbers):
            raise StateDictError("a tensor in it has an impossible shape or stride.")
        count = math.prod(size)
        last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
        if count and last >= len(storage) // 4:
            raise StateDictError("a tensor in it reaches beyond its storage.")
        self.budget -= 4 * count
        if self.budget < 0:
            raise StateDictError(f"its tensors take more than {MAX_ARRAY_BYTES >> 20} MB, more than is ever needed.")
        view: Any = np.ndarray(size, self.dtype, storage, 4 * offset, [4 * step for step in stride])
        return np.ascontiguousarray(view, np.float32)

    def load_setitem(self) -> None:
        value, key = self.stack.pop(), self.stack.pop()
        self._set(key, value)

    def load_setitems(self) -> None:
        items = self.pop_mark()  # type: ignore[attr-defined]
        for key, value in zip(items[::2], items[1::2], strict=True):
            self._set(key, value)

    def _set(self, key: Any, value: Any) -> None:
        if not isinstance(key, str):
            raise StateDictError("it has keys that are no names, so it is no plain state dict.")
        self.stack[-1][key] = value

    def load_build(self) -> None:
        self.stack.pop()  # `_metadata`, the versions of the layers

    dispatch: ClassVar = _LOADERS | {  # type: ignore[assignment]
        pickle.SETITEM[0]: load_setitem,
        pickle.SETITEMS[0]: load_setitems,
        pickle.BUILD[0]: load_build,
    }


def _ordered_dict() -> dict[str, Any]:
    return {}


def _rebuild_parameter(tensor: Any, *_rest: Any) -> Any:
    return tensor
