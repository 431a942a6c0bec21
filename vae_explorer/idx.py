"""Read the idx files in which MNIST and its kin come: big-endian words, then a byte for each value.

Knows nothing of which files there are. The format is that of http://yann.lecun.com/exdb/mnist as archived.
"""

import gzip
import hashlib
import math
import struct
import zlib
from io import BufferedReader
from pathlib import Path

import numpy as np

from vae_explorer.cli import Failure
from vae_explorer.images import Pixels

MAX_IMAGES = 1_000_000  # EMNIST, the largest of the kin, has 697,932
CHUNK_BYTES = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"


class DataError(Failure):
    """No usable data; the text names the folder or file, what was expected and what was found."""


def read(path: Path, item: tuple[int, ...]) -> tuple[Pixels, str]:
    """Read an idx file, packed or not, as uint8 (N, *item), and the sha256 of its unpacked bytes.

    Memory grows with the bytes that come, never on the word of the header alone, and no further than a
    chunk beyond that word: a gzip bomb is dropped there. Whether it is gzip is seen from its bytes, since
    browsers unpack a .gz without renaming it.
    """
    try:
        with _open(path) as file:
            data = bytearray(file.read(64))
            start, size = _extent(path, bytes(data), item)
            while len(data) <= size and (chunk := file.read(CHUNK_BYTES)):  # to its end, where the CRC is
                data += chunk
    except EOFError:
        raise unusable(path, "a whole gzip file", "one that is cut short") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise unusable(path, "a whole gzip file", f"a damaged one ({error})") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) != size:
        found = f"{len(data)}" if len(data) < size else "more"
        raise unusable(path, f"{size} bytes unpacked, by the count in its header", found)
    return np.frombuffer(data, np.uint8, offset=start).reshape(-1, *item), hashlib.sha256(data).hexdigest()


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP_MAGIC
    return gzip.open(path) if packed else path.open("rb")


def _extent(path: Path, head: bytes, item: tuple[int, ...]) -> tuple[int, int]:
    """Check the header at the head of an idx file; give its length and that of the whole file, in bytes."""
    magic = 0x800 + 1 + len(item)  # 8 is for unsigned bytes, the last byte the number of axes
    what = f"an idx file of {'28×28 images' if item else 'labels'} (magic number {magic})"
    start = 4 * (2 + len(item))
    if head[:4] != struct.pack(">I", magic):
        raise unusable(path, what, _describe(head))
    if len(head) < start:
        raise unusable(path, f"{what} with a header of {start} bytes", f"{len(head)} bytes in all")
    _, count, *shape = struct.unpack_from(f">{2 + len(item)}I", head)
    if tuple(shape) != item:
        raise unusable(path, what, f"{'×'.join(map(str, shape))} pixels")
    if not 1 <= count <= MAX_IMAGES:
        raise unusable(path, f"{what} with a count from 1 to {MAX_IMAGES}", f"the count {count}")
    return start, start + count * math.prod(item)


def _describe(head: bytes) -> str:
    """Say in a few words what starts with these bytes, which are not the ones wanted."""
    start = head.lstrip().lower()
    if not head:
        return "nothing: it is empty"
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "a web page"
    if start.startswith(b"version https://git-lfs"):
        return "a Git LFS pointer, which `git lfs pull` replaces by the file"
    if head.isascii() and b"\0" not in head:
        return "text"
    if head[:3] == b"\0\0\x08" and len(head) > 3:
        return f"the magic number {0x800 + head[3]}"
    return f"bytes that start with {head[:4].hex(' ')}"


def unusable(path: Path, expected: str, found: str) -> DataError:
    """Give the error of a file that is not what it should be."""
    return DataError(f"{path} cannot be used: expected {expected}, found {found}. Replace it by a good copy.")
