"""Read the idx files in which MNIST and its kin come: big-endian words, then a value for each pixel or image.

Knows nothing of which files there are. The format is that of http://yann.lecun.com/exdb/mnist as archived.
"""

import hashlib
import math
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer.datasets import unpacking
from vae_explorer.datasets.listing import Entry
from vae_explorer.datasets.unpacking import unusable
from vae_explorer.images import Pixels
from vae_explorer.storage import formats

MAX_IMAGES = 1_000_000  # EMNIST, the largest of the kin, has 697,932
HEAD_BYTES = 512
KINDS = {8: "bytes", 9: "signed bytes", 11: "short integers", 12: "integers", 13: "floats", 14: "doubles"}
SCALED = "Pictures in files, in a folder for each class, are scaled to the model's size."
BYTES = "Write bytes: (255 * x).astype(np.uint8), or of labels one number for each image."
QMNIST = 0xC02, 8  # the magic number of QMNIST's labels, and how many integers it has of each image, a label first


def read(entry: Entry, item: tuple[int, ...]) -> Pixels:
    """Read an idx file, packed or not, as uint8 (N, *item); () stands for labels, which may be QMNIST's, too.

    Memory grows with the bytes that come, never on the word of the header alone, and no further than a
    chunk beyond that word: a gzip bomb is dropped there. Raises DataError.
    """
    with unpacking.pieces(entry) as pieces:
        data = unpacking.filled(bytearray(), pieces, HEAD_BYTES)
        is_qmnist = item == () and _is_qmnist(bytes(data))
        magic, rest, width = (QMNIST[0], QMNIST[1:], 4) if is_qmnist else (0x801 + len(item), item, 1)
        start, count = _extent(entry, bytes(data), magic, rest)
        size = start + count * math.prod(rest) * width
        unpacking.filled(data, pieces, size + 1)  # to its end, where the CRC is
    if len(data) != size:
        found = f"{len(data)}" if len(data) < size else "more"
        raise unusable(entry, f"{size} bytes unpacked, by the count in its header", found)
    if is_qmnist:
        return in_bytes(entry, np.frombuffer(data, ">i4", offset=start).reshape(-1, *rest)[:, 0], "labels")
    return np.frombuffer(data, np.uint8, offset=start).reshape(-1, *rest)


def in_bytes(entry: Entry, values: NDArray[Any], called: str) -> Pixels:
    """Give whole numbers of any shape as uint8; called: what they are. Raises DataError for others than 0 to 255."""
    if values.min() < 0 or values.max() > 255:
        raise unusable(entry, f"{called} from 0 to 255", f"{called} from {values.min()} to {values.max()}")
    return values.astype(np.uint8, copy=False)


def shape(head: bytes) -> tuple[int, ...]:
    """Give the shape that the header of an idx file tells, whatever its values are; () for no idx file."""
    axes = head[3] if len(head) > 3 and head[:2] == b"\0\0" and head[2] in KINDS else 0
    return struct.unpack_from(f">{axes}I", head, 4) if 0 < axes < 9 and len(head) >= 4 + 4 * axes else ()


def digest(array: Pixels) -> str:
    """Give the sha256 of the idx file, not packed, of an array of bytes."""
    hashed = hashlib.sha256(struct.pack(f">{1 + array.ndim}I", 0x800 + array.ndim, *array.shape))
    hashed.update(np.ascontiguousarray(array).data)
    return hashed.hexdigest()


def _is_qmnist(head: bytes) -> bool:
    return head[:4] == struct.pack(">I", QMNIST[0]) and shape(head)[1:] == QMNIST[1:]


def _extent(entry: Entry, head: bytes, magic: int, item: tuple[int, ...]) -> tuple[int, int]:
    """Check the header at the head of an idx file; give its length in bytes and the count of its items."""
    side = "×".join(map(str, item))
    what = f"an idx file of {f'{side} images' if len(item) > 1 else 'labels'} (magic number {magic})"
    start = 4 * (2 + len(item))
    if head[:4] != struct.pack(">I", magic):
        raise unusable(entry, what, _describe(head), *[BYTES] * bool(shape(head)))
    if len(head) < start:
        raise unusable(entry, f"{what} with a header of {start} bytes", f"{len(head)} bytes in all")
    count, *found = struct.unpack_from(f">{1 + len(item)}I", head, 4)
    if tuple(found) != item:
        raise unusable(entry, what, f"{'×'.join(map(str, found))} pixels", SCALED)
    if not 1 <= count <= MAX_IMAGES:
        raise unusable(entry, f"{what} with a count from 1 to {MAX_IMAGES}", f"the count {count}")
    return start, count


def _describe(head: bytes) -> str:
    """Say in a few words what starts with these bytes, which are not the ones wanted."""
    if found := shape(head):
        return f"the magic number {int.from_bytes(head[:4])}, of {'×'.join(map(str, found))} {KINDS[head[2]]}"
    return formats.described(head) or f"bytes that start with {head[:4].hex(' ')}"
