"""Read a plain float32 state dict of torch without torch, executing nothing.

Such a file is a zip of raw arrays, stored uncompressed, and a small pickled index that says which array is
cut how from which. A hostile file costs at most a second and a few times MAX_ARRAY_BYTES.
Source: torch/serialization.py, the zip format of `torch.save` since torch 1.6.
"""

import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain
from vae_explorer.plain import quoted
from vae_explorer.storage import formats, pickled, zips
from vae_explorer.storage.pickled import NeedsTorchError, StateDictError
from vae_explorer.storage.zips import ZipError

StateDict = dict[str, NDArray[np.float32]]

MAX_INDEX_BYTES = 1 << 20  # the index of the largest decoder here takes 1 KB
MAX_ARRAY_BYTES = 16 << 20
LEGACY_MAGIC = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"  # torch.save before 1.6


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


def _kind(found: Any, tensor: type) -> str:
    return "one tensor without a name" if isinstance(found, tensor) else quoted(found)


def _diagnose(data: bytes, error: zipfile.BadZipFile) -> str:
    """Say what bytes are that are not a whole zip archive."""
    if data.startswith(b"PK"):
        return f"it is cut short or damaged ({plain.line(str(error))})."
    return f"it is {formats.described(data) or 'a file of an unknown kind'}, not weights of torch."


def _read(archive: zipfile.ZipFile, index_bytes: int, array_bytes: int) -> Any:
    names = archive.namelist()
    if kind := formats.archived(names):
        raise StateDictError(f"it is {kind}, not weights of torch.")
    _check_members(archive.infolist(), index_bytes + array_bytes)
    place = next(name for name in names if name.rpartition("/")[2] == "data.pkl")
    folder = place.removesuffix("data.pkl")
    order = _member(archive, f"{folder}byteorder", 16) if f"{folder}byteorder" in names else b"little"
    dtype = ">f4" if order.strip() == b"big" else "<f4"
    index = _member(archive, place, index_bytes)
    try:
        return pickled.read(index, lambda key: _member(archive, f"{folder}data/{key}", array_bytes), dtype, array_bytes)
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
