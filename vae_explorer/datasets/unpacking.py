"""The bytes of a file of a data set, unpacked where it is gzip, in pieces and never more than are asked for.

Knows nothing of what they mean.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.storage import gzips
from vae_explorer.storage.zips import ZipError


@contextmanager
def pieces(entry: Entry) -> Iterator[Iterator[bytes]]:
    """Open a file as an iterator of its bytes, unpacked, in pieces of 64 KB at most, each with something in it.

    Whether it is gzip is seen from its bytes, since browsers unpack a .gz without renaming it. Raises DataError, also
    while the pieces are taken, for a file that cannot be read, is damaged or cut short.
    """
    try:
        with entry.open() as file:
            yield _pieces(file)
    except EOFError:
        raise unusable(entry, "a whole file", "one that is cut short") from None
    except ZipError as error:
        raise DataError(f"{entry.path} cannot be read: {error}. Unpack it, and name the folder.") from error
    except (zlib.error, zipfile.BadZipFile) as error:
        raise unusable(entry, "a whole file", f"a damaged one ({error})") from error
    except OSError as error:
        raise DataError(f"{entry.path} cannot be read: {error.strerror}.") from error


def filled(data: bytearray, more: Iterator[bytes], size: int) -> bytearray:
    """Append pieces to data until it has so many bytes, and up to a piece more, or until the file ends; give data."""
    while len(data) < size and (piece := next(more, b"")):
        data += piece
    return data


def head(entry: Entry, size: int) -> bytes:
    """Give the first bytes of a file, so many or fewer. Raises DataError."""
    with pieces(entry) as more:
        return bytes(filled(bytearray(), more, size)[:size])


def unusable(entry: Entry, expected: str, found: str, advice: str = "Replace it by a good copy.") -> DataError:
    """Give the error of a file that is not what it should be, and what to do about it."""
    return DataError(f"{entry.path} cannot be used: expected {expected}, found {found}. {advice}")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, unpacked, in pieces. Raises what `pieces` makes a DataError of."""
    packed = file.read(gzips.CHUNK_BYTES)
    if packed.startswith(gzips.MAGIC):
        yield from gzips.unpacked(file, packed)
        return
    while packed:
        yield packed
        packed = file.read(gzips.CHUNK_BYTES)
