"""Read what torch.save wrote without torch, executing nothing.

Such a file is a zip of raw arrays and a small pickled index that says which array is cut how from which. torch stores
them uncompressed; a file manager that packs them again does not. A hostile file costs at most a second and a few times
MAX_ARRAY_BYTES.
Source: torch/serialization.py, the zip format of `torch.save` since torch 1.6.
"""

import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain
from vae_explorer.storage import formats, pickled, zips
from vae_explorer.storage.pickled import NeedsTorchError, OtherFormError, StateDictError
from vae_explorer.storage.zips import ZipError

StateDict = dict[str, NDArray[np.float32]]

MAX_INDEX_BYTES = 1 << 20  # that of a decoder takes 1 KB; the rest is for the words and losses of a training run
MAX_ARRAY_BYTES = 128 << 20  # with an optimizer's state, three times what the networks take
LEGACY_MAGIC = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"  # torch.save before 1.6


def loads(data: bytes) -> Any:
    """Read what torch.save wrote, a tree of dicts, lists, tuples, numbers, texts, float32 arrays and Records.

    Raises NeedsTorchError where torch has to be asked, OtherFormError where another reader may know the form, and
    StateDictError where neither would help.
    """
    return contents(data, MAX_INDEX_BYTES, MAX_ARRAY_BYTES)


def contents(data: bytes, index_bytes: int, array_bytes: int) -> Any:
    """Read as `loads` does; index_bytes, array_bytes: the most that the index and all arrays together may take."""
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
        raise _diagnosed(data, error) from error
    except Exception as error:  # zipfile raises anything, from struct.error to UnicodeDecodeError
        raise StateDictError(f"its zip archive is damaged ({plain.reason(error)}).") from error


def _diagnosed(data: bytes, error: zipfile.BadZipFile) -> StateDictError:
    """Say what bytes are that are not a whole zip archive."""
    if data.startswith(b"PK"):
        return StateDictError(f"it is cut short or damaged ({plain.line(str(error))}).")
    return OtherFormError(f"it is {formats.described(data) or 'a file of an unknown kind'}, not weights.")


def _read(archive: zipfile.ZipFile, index_bytes: int, array_bytes: int) -> Any:
    names = archive.namelist()
    if kind := formats.archived(names):
        raise OtherFormError(f"it is {kind}, not weights.")
    check_members(archive.infolist(), index_bytes + array_bytes)
    place = next(name for name in names if name.rpartition("/")[2] == "data.pkl")
    folder = place.removesuffix("data.pkl")
    order = _member(archive, f"{folder}byteorder", 16) if f"{folder}byteorder" in names else b"little"
    big = ">" if order.strip() == b"big" else "<"
    index = _member(archive, place, index_bytes)
    try:
        return pickled.read(index, lambda key: _member(archive, f"{folder}data/{key}", array_bytes), big, array_bytes)
    except (StateDictError, ZipError):
        raise
    except Exception as error:  # a hostile index can raise anything
        raise StateDictError(f"its index is damaged ({plain.reason(error)}).") from error


def check_members(members: list[zipfile.ZipInfo], most: int) -> None:
    """Refuse what torch never writes, before anything is unpacked: bombs, and two members of one name."""
    if len({each.filename for each in members}) < len(members):
        raise StateDictError("two members of its zip archive have the same name.")
    total = sum(each.file_size for each in members)
    if total > most:
        raise StateDictError(f"it unpacks to {total >> 20} MB; at most {most >> 20} MB are read.")


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Read one member; the zip's CRC finds a flipped byte."""
    try:
        return zips.member(archive, name, most)
    except zipfile.BadZipFile as error:
        raise StateDictError(f"it is damaged ({plain.line(str(error))}).") from error
