"""MNIST and its kin: find the four files, fetch, check and read them. Knows nothing of models or windows.

The format is idx, as LeCun, Cortes and Burges published MNIST: big-endian words, then a byte for each value.
"""

import gzip
import hashlib
import math
import os
import struct
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer.cli import Failure
from vae_explorer.images import Pixels

VARIABLE = "VAE_EXPLORER_DATA"
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
DOWNLOAD_SIZE = "11.6 MB"
MAX_IMAGES = 1_000_000  # EMNIST, the largest of the kin, has 697,932
CHUNK_BYTES = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"


class Official(NamedTuple):
    """The sha256 of a file of MNIST: as it is downloaded, and unpacked."""

    packed: str
    unpacked: str


OFFICIAL = {
    "train-images-idx3-ubyte": Official(
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    "train-labels-idx1-ubyte": Official(
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    "t10k-images-idx3-ubyte": Official(
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    "t10k-labels-idx1-ubyte": Official(
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
}


class DataError(Failure):
    """No usable data; the text names the folder or file, what was expected and what was found."""


@dataclass(frozen=True, eq=False)
class Split:
    """Images (N, 28, 28), 0 is black, and their labels (N,), both uint8, N at least 1."""

    images: Pixels
    labels: Pixels


@dataclass(frozen=True, eq=False)
class Dataset:
    """A data set as it lies in a folder.

    name is "mnist" only where all four files hash to MNIST's; any other is called after its folder, as in
    "fashion (not MNIST)". hashes: sha256 of each file unpacked, by its official name without .gz.
    """

    name: str
    folder: Path
    hashes: Mapping[str, str]
    train: Split
    test: Split

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes from "0" to the largest label in either split: "0" to "9" for MNIST."""
        largest = max(self.train.labels.max(), self.test.labels.max())
        return tuple(str(label) for label in range(int(largest) + 1))


def load(
    folder: Path | None = None,
    *,
    offline: bool = False,
    say: Callable[[str], None] = lambda text: print(text, file=sys.stderr),
) -> Dataset:
    """Read the data set of a folder, else the one that `find` finds, else download MNIST into the cache.

    All four files are read and checked at once (0.4 s, 55 MB), so that a bad test set shows before a training
    and not after it. offline forbids the download; say is told of it before it begins.
    Raises DataError.
    """
    place = find(folder)
    if place is None:
        place = cache()
        if offline:
            raise DataError(
                f"MNIST was not found in {Path('data').resolve()} or {place}, and downloading is off. "
                f"Name the folder of its four files (--data or {VARIABLE}), or go online once."
            )
        _download(place, say)
    paths = _files(place)
    arrays, hashes = {}, {}
    for name, path in paths.items():
        arrays[name], hashes[name] = _read(path, (28, 28) if "images" in name else ())
    train, test = (_split(kind, paths, arrays) for kind in ("train", "t10k"))
    return Dataset(_name(place, hashes), place, hashes, train, test)


def find(folder: Path | None = None) -> Path | None:
    """Find the folder in which all four files lie; None when they have to be downloaded first.

    Looks in the folder given and nowhere else; without one, in the folder that VAE_EXPLORER_DATA names and
    nowhere else; without that, in ./data and the cache. Each F stands for F and torchvision's F/MNIST/raw.
    Raises DataError when a folder that was named does not have them.
    """
    named, source = folder, ""
    if named is None and os.environ.get(VARIABLE):
        named, source = Path(os.environ[VARIABLE]), f" (from {VARIABLE})"
    if named is None:
        return _layout(Path("data")) or _layout(cache())
    place = _layout(named)
    if place is None:
        found = ", ".join(_files(named)) or ("none of them" if named.is_dir() else "no such folder")
        raise DataError(
            f"{named}{source} is no folder of MNIST: expected in it, or in MNIST/raw in it, the four files "
            f"{', '.join(OFFICIAL)}, each unpacked or .gz; found {found}."
        )
    return place


def cache() -> Path:
    """Where a download goes: XDG_CACHE_HOME, else where this system keeps what can be fetched again.

    pooch knows such a place too, but takes 0.1 s to import.
    """
    usual = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / usual) / "vae-explorer" / "mnist"


def _layout(folder: Path) -> Path | None:
    places = (folder, folder / "MNIST" / "raw")
    return next((place for place in places if len(_files(place)) == len(OFFICIAL)), None)


def _files(folder: Path) -> dict[str, Path]:
    """Give the path of each of the four files that is there, by official name; Kaggle's has .idx for -idx."""
    found = {}
    for name in OFFICIAL:
        spellings = [each + end for each in (name, name.replace("-idx", ".idx")) for end in ("", ".gz")]
        path = next((folder / each for each in spellings if (folder / each).is_file()), None)
        if path:
            found[name] = path
    return found


def _download(folder: Path, say: Callable[[str], None]) -> None:
    """Fetch MNIST into a folder from the first mirror that has it whole.

    pooch gives a file its name only when all of it is there and its hash is right. What one mirror sent
    so far is kept for the next. Raises DataError with each mirror's reason.
    """
    import pooch  # 0.1 s, with tqdm: only for who needs it

    say(f"MNIST is not on this machine yet: downloading {DOWNLOAD_SIZE} to {folder}.")
    pooch.get_logger().setLevel("WARNING")  # else it announces every file again
    fetch = pooch.HTTPDownloader(progressbar=True, chunk_size=1 << 16)
    reasons = []
    for mirror in MIRRORS:
        try:
            for name, official in OFFICIAL.items():
                pooch.retrieve(f"{mirror}{name}.gz", official.packed, f"{name}.gz", folder, downloader=fetch)
            return
        except OSError as error:  # the network's too: requests derives its errors from it
            reasons.append(f"{mirror}: {error.strerror or str(error)[:300]}")
        except ValueError:
            reasons.append(f"{mirror}: it sent something else (the sha256 differs)")
    raise DataError(
        f"MNIST could not be downloaded to {folder}. Check the connection and the disk, or name a folder "
        f"that has its four files (--data or {VARIABLE}). What was tried: {'; '.join(reasons)}."
    )


def _read(path: Path, item: tuple[int, ...]) -> tuple[Pixels, str]:
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
        raise _bad(path, "a whole gzip file", "one that is cut short") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _bad(path, "a whole gzip file", f"a damaged one ({error})") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) != size:
        found = f"{len(data)}" if len(data) < size else "more"
        raise _bad(path, f"{size} bytes unpacked, by the count in its header", found)
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
        raise _bad(path, what, _describe(head))
    if len(head) < start:
        raise _bad(path, f"{what} with a header of {start} bytes", f"{len(head)} bytes in all")
    _, count, *shape = struct.unpack_from(f">{2 + len(item)}I", head)
    if tuple(shape) != item:
        raise _bad(path, what, f"{'×'.join(map(str, shape))} pixels")
    if not 1 <= count <= MAX_IMAGES:
        raise _bad(path, f"{what} with a count from 1 to {MAX_IMAGES}", f"the count {count}")
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


def _split(kind: str, paths: Mapping[str, Path], arrays: Mapping[str, Pixels]) -> Split:
    images, labels = f"{kind}-images-idx3-ubyte", f"{kind}-labels-idx1-ubyte"
    expected, found = len(arrays[images]), len(arrays[labels])
    if expected != found:
        what = f"{expected} labels, one for each image of {paths[images].name}"
        raise _bad(paths[labels], what, f"{found}")
    return Split(arrays[images], arrays[labels])


def _name(folder: Path, hashes: Mapping[str, str]) -> str:
    if all(hashes[name] == official.unpacked for name, official in OFFICIAL.items()):
        return "mnist"
    folder = folder.resolve()
    called = folder.parent.name if folder.name == "raw" else folder.name  # torchvision's FashionMNIST/raw
    return f"{called} (not MNIST)"


def _bad(path: Path, expected: str, found: str) -> DataError:
    return DataError(f"{path} cannot be used: expected {expected}, found {found}. Replace it by a good copy.")
