"""Read the idx files in which MNIST and its kin come: big-endian words, then a byte for each value.

Knows nothing of which files there are. The format is that of http://yann.lecun.com/exdb/mnist as archived.
"""

import hashlib
import math
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from vae_explorer import files
from vae_explorer.errors import Failure
from vae_explorer.images import Pixels
from vae_explorer.storage import formats, gzips

MAX_IMAGES = 1_000_000  # EMNIST, the largest of the kin, has 697,932
HEAD_BYTES = 512
KINDS = {8: "bytes", 9: "signed bytes", 11: "short integers", 12: "integers", 13: "floats", 14: "doubles"}


class DataError(Failure):
    """No usable data; the text names the folder or file, what was expected and what was found."""


def read(path: Path, item: tuple[int, ...]) -> tuple[Pixels, str]:
    """Read an idx file, packed or not, as uint8 (N, *item), and the sha256 of its unpacked bytes.

    Memory grows with the bytes that come, never on the word of the header alone, and no further than a
    chunk beyond that word: a gzip bomb is dropped there. Whether it is gzip is seen from its bytes, since
    browsers unpack a .gz without renaming it.
    """
    try:
        with files.opened(path) as file:
            pieces = _pieces(file)
            data = bytearray()
            while len(data) < HEAD_BYTES and (piece := next(pieces, b"")):
                data += piece
            start, size = _extent(path, bytes(data[:HEAD_BYTES]), item)
            while len(data) <= size and (piece := next(pieces, b"")):  # to its end, where the CRC is
                data += piece
    except EOFError:
        raise unusable(path, "a whole gzip file", "one that is cut short") from None
    except zlib.error as error:
        raise unusable(path, "a whole gzip file", f"a damaged one ({error})") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) != size:
        found = f"{len(data)}" if len(data) < size else "more"
        raise unusable(path, f"{size} bytes unpacked, by the count in its header", found)
    return np.frombuffer(data, np.uint8, offset=start).reshape(-1, *item), hashlib.sha256(data).hexdigest()


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, unpacked, in pieces of 64 KB at most. Raises EOFError, zlib.error, OSError."""
    packed = file.read(gzips.CHUNK_BYTES)
    if packed.startswith(gzips.MAGIC):
        yield from gzips.unpacked(file, packed)
        return
    while packed:
        yield packed
        packed = file.read(gzips.CHUNK_BYTES)


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
    kind, axes = head[2:3], head[3:4]
    if head[:2] == b"\0\0" and kind and kind[0] in KINDS and axes and len(head) >= 4 + 4 * axes[0] <= 4 * 9:
        shape = struct.unpack_from(f">{axes[0]}I", head, 4)
        return f"the magic number {int.from_bytes(head[:4])}, of {'×'.join(map(str, shape))} {KINDS[kind[0]]}"
    return formats.described(head) or f"bytes that start with {head[:4].hex(' ')}"


def unusable(path: Path, expected: str, found: str) -> DataError:
    """Give the error of a file that is not what it should be."""
    return DataError(f"{path} cannot be used: expected {expected}, found {found}. Replace it by a good copy.")
