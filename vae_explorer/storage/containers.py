"""Weights in other forms than that of torch's zip archive: which it is, and who reads it. Asked only for what is none.

Knows bytes, and no paths. What is read is a tree, as `statedict.loads` gives it.
"""

import io
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from vae_explorer import plain
from vae_explorer.storage import dtypes, formats, gzips, legacy, npy, safetensors, statedict, zips
from vae_explorer.storage.pickled import NeedsTorchError, OtherFormError, StateDictError
from vae_explorer.storage.statedict import StateDict
from vae_explorer.storage.zips import ZipError

MAX_BYTES = statedict.MAX_INDEX_BYTES + statedict.MAX_ARRAY_BYTES  # that a file unpacks to


def loads(data: bytes, cancelled: Callable[[], bool]) -> tuple[Any, str]:
    """Read the bytes of a file of weights, which may be packed once; give what they hold and in which form it was.

    Raises StateDictError, which says what it is that is not read, and Cancelled.
    """
    if data.startswith(gzips.MAGIC):
        tree, form = _loads(_gunzipped(data), cancelled)
        return tree, f"{form or 'a file'} packed with gzip"
    if inside := _only_weights(data):
        tree, form = _loads(inside, cancelled)
        return tree, f"{form or 'a file'} in a zip archive"
    return _loads(data, cancelled)


def _loads(data: bytes, cancelled: Callable[[], bool]) -> tuple[Any, str]:
    try:
        return statedict.loads(data), ""
    except NeedsTorchError:
        return legacy.loads(data, cancelled), "a file that torch has read"
    except OtherFormError as error:
        for kind, read in _READERS.items():
            if f"it is {kind}" in str(error):
                return read(data), kind
        raise


def _gunzipped(data: bytes) -> bytes:
    unpacked, file = bytearray(), io.BytesIO(data)
    try:
        for piece in gzips.unpacked(file, file.read(gzips.CHUNK_BYTES)):
            unpacked += piece
            if len(unpacked) > MAX_BYTES:
                raise StateDictError(f"it unpacks to more than {MAX_BYTES >> 20} MB.")
    except EOFError:
        raise StateDictError("it is packed with gzip, and cut short.") from None
    except zlib.error as error:
        raise StateDictError(f"it is packed with gzip, and damaged ({error}).") from error
    return bytes(unpacked)


def _only_weights(data: bytes) -> bytes:
    """Give the one file of weights that is packed in a zip archive; nothing where there is none, or more than one."""
    try:
        with zips.opened(data) as archive:
            names = [name for name in archive.namelist() if not name.startswith("__MACOSX/")]
            weights = [name for name in names if name.lower().endswith(formats.WEIGHTS)]
            one = len(weights) == 1 and formats.archived(names) == formats.OTHER_ZIP
            return zips.member(archive, weights[0], MAX_BYTES) if one else b""
    except ZipError as error:
        raise StateDictError(f"{error}.") from error
    except Exception:  # what it is says whoever reads it next
        return b""


def _arrays(data: bytes) -> StateDict:
    """Read the arrays of an .npz as float32 by name. Raises StateDictError."""
    state: StateDict = {}
    left = statedict.MAX_ARRAY_BYTES
    try:
        with zips.opened(data) as archive:
            statedict.check_members(archive.infolist(), left)
            for each in archive.namelist():
                name = each.removesuffix(".npy")
                state[name] = _real(name, zips.member(archive, each, MAX_BYTES), left)
                left -= state[name].nbytes
    except StateDictError:
        raise
    except Exception as error:  # zipfile and NumPy raise anything
        raise StateDictError(f"it is an archive of NumPy (.npz), and damaged ({plain.reason(error)}).") from error
    return state


def _real(name: str, data: bytes, most: int) -> Any:
    """Read an array as float32, of so many bytes at most; an empty one for what are no real numbers, as words."""
    try:
        found = npy.read(data)
    except ValueError as error:
        raise StateDictError(f"its {plain.line(name, 60)} cannot be read: {plain.reason(error)}.") from error
    if found.dtype.kind not in "fiub":
        return np.empty(0, np.float32)
    if 4 * found.size > most:
        raise StateDictError(f"its arrays take more than {statedict.MAX_ARRAY_BYTES >> 20} MB.")
    return dtypes.float32(found, "")


def _tensors(data: bytes) -> StateDict:
    return safetensors.loads(data, statedict.MAX_ARRAY_BYTES)


def _array(data: bytes) -> StateDict:
    return {"array": _real("array", data, statedict.MAX_ARRAY_BYTES)}


_READERS = {formats.SAFETENSORS: _tensors, formats.NPZ: _arrays, formats.NPY: _array}
