"""Read a plain float32 state dict of torch without torch, executing nothing.

Such a file is a zip of raw arrays, stored uncompressed, and a small pickled index that says which array is
cut how from which. The index may name four things; a pickle that names anything else is refused.
Source: torch/serialization.py, the zip format of `torch.save` since torch 1.6.
"""

import io
import pickle
import zipfile
import zlib
from collections import OrderedDict
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vae_explorer.cli import Failure

StateDict = dict[str, NDArray[np.float32]]

MAX_INDEX_BYTES = 1 << 20  # the index of the largest decoder here takes 1 KB
MAX_ARRAY_BYTES = 64 << 20
LEGACY_MAGIC = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"  # torch.save before 1.6


class StateDictError(Failure):
    """The bytes are not a state dict, or a damaged or hostile one. Final: no other reader is asked."""


class NeedsTorchError(StateDictError):
    """A form of state dict that only torch itself reads: before torch 1.6, or not of plain float32."""


class _Storage(NamedTuple):
    dtype: str
    data: bytes


def loads(data: bytes) -> StateDict:
    """Read the bytes of a `torch.save`d state dict as float32 arrays by key.

    Raises NeedsTorchError where torch has to be asked and StateDictError where it would not help either.
    """
    if data.startswith(LEGACY_MAGIC):
        raise NeedsTorchError("it is in the format of torch before 1.6.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except zipfile.BadZipFile as error:
        raise StateDictError(_diagnose(data, error)) from error
    except (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise StateDictError(f"its zip archive is damaged ({error}).") from error


def _diagnose(data: bytes, error: zipfile.BadZipFile) -> str:
    """Say what bytes are that are no whole zip archive."""
    start = data[:512].lstrip().lower()
    if not data:
        return "it is empty."
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
    index = next((each for each in archive.infolist() if each.filename.endswith("/data.pkl")), None)
    if index is None:
        raise StateDictError("it is a zip archive, but not one of torch weights.")
    folder = index.filename.removesuffix("data.pkl")
    order = _member(archive, f"{folder}byteorder", 16) if f"{folder}byteorder" in archive.namelist() else b""
    dtype = ">f4" if order.strip() == b"big" else "<f4"
    unpickler = _Unpickler(_member(archive, index.filename, MAX_INDEX_BYTES), archive, f"{folder}data/", dtype)
    try:
        found = unpickler.load()
    except StateDictError:
        raise
    except Exception as error:  # a hostile index can raise anything
        raise StateDictError(f"its index is damaged ({type(error).__name__}: {error}).") from error
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise StateDictError("it holds no state dict.")
    wrong = [key for key, value in found.items() if not isinstance(value, np.ndarray)]
    if wrong:
        raise StateDictError(f"it holds more than tensors ({', '.join(wrong[:4])}), so it is no plain state dict.")
    return dict(found)


def _member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Read one member; the zip's CRC finds a flipped byte. A bomb is refused before it is unpacked."""
    member = archive.getinfo(name)
    if member.compress_type != zipfile.ZIP_STORED:
        raise StateDictError(f"{name} in it is compressed, which torch never does.")
    if member.file_size > limit:
        raise StateDictError(f"{name} in it is of {member.file_size} bytes; at most {limit} are read.")
    try:
        return archive.read(member)
    except zipfile.BadZipFile as error:
        raise StateDictError(f"it is damaged ({error}).") from error


class _Unpickler(pickle._Unpickler):  # type: ignore[name-defined,misc]
    """The pure Python unpickler, since the C one allocates gigabytes on the word of one opcode."""

    def __init__(self, index: bytes, archive: zipfile.ZipFile, folder: str, dtype: str) -> None:
        super().__init__(io.BytesIO(index))
        self.archive, self.folder, self.dtype = archive, folder, dtype

    def find_class(self, module: str, name: str) -> Any:
        listed = {
            "collections.OrderedDict": OrderedDict,
            "torch.FloatStorage": "FloatStorage",
            "torch._utils._rebuild_tensor_v2": _rebuild_tensor,
            "torch._utils._rebuild_parameter": _rebuild_parameter,
        }
        full = f"{module}.{name}"
        if full in listed:
            return listed[full]
        if module.split(".")[0] == "torch":
            raise NeedsTorchError(f"it uses {full}, so it is not of plain float32.")
        raise StateDictError(f"it would run {full}, which weights never need. Nothing of it was run.")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, storage, key, _device, count = pid
        if (kind, storage) != ("storage", "FloatStorage"):
            raise NeedsTorchError(f"it holds {storage}, not plain float32.")
        data = _member(self.archive, f"{self.folder}{key}", MAX_ARRAY_BYTES)
        if len(data) != 4 * count:
            raise StateDictError(f"its array {key} is of {len(data)} bytes, not the {4 * count} its index says.")
        return _Storage(self.dtype, data)


def _rebuild_tensor(storage: _Storage, offset: int, size: Any, stride: Any, *_rest: Any) -> Any:
    """Cut an array out of its storage; NumPy itself checks that size and stride stay within the bytes."""
    if any(step < 0 for step in stride):
        raise StateDictError("a tensor in it has a negative stride.")
    if 4 * int(np.prod([int(n) for n in size], dtype=object)) > MAX_ARRAY_BYTES:
        raise StateDictError(f"a tensor in it has the shape {tuple(size)}, more than is ever needed.")
    steps = [4 * step for step in stride]
    view: Any = np.ndarray(tuple(size), storage.dtype, storage.data, 4 * offset, steps)
    return np.ascontiguousarray(view, np.float32)


def _rebuild_parameter(tensor: Any, *_rest: Any) -> Any:
    return tensor
