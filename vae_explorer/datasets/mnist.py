"""MNIST and its kin: find the four files, fetch, check and read them. Knows nothing of models or windows."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vae_explorer import cli, files, plain, streams
from vae_explorer.datasets import idx, mirrors
from vae_explorer.datasets.idx import DataError, unusable
from vae_explorer.images import Pixels
from vae_explorer.storage import formats

VARIABLE = "VAE_EXPLORER_DATA"


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
    say: Callable[[str], None] = streams.tell,
) -> Dataset:
    """Read the data set of a folder, else the one that `find` finds, else download MNIST into the cache.

    All four files are read and checked at once (0.3 s, 55 MB), so that a bad test set shows before a training
    and not after it. offline forbids the download; say is called with a line about it before it begins.
    Raises DataError.
    """
    place = find(folder) or _fetch(offline, say)
    (train, learned), (test, unseen) = read_split(place, "train"), read_split(place, mirrors.TEST)
    hashes = learned | unseen
    return Dataset(_name(place, hashes), place, hashes, train, test)


def read_split(place: Path, kind: str) -> tuple[Split, dict[str, str]]:
    """Read one half of a data set in a folder that `find` gave, and give the sha256 of its two files unpacked, by name.

    kind: "train" for the training images and labels, mirrors.TEST for the test images and theirs. Raises DataError.
    """
    paths = {name: path for name, path in _files(place).items() if name.startswith(kind)}
    arrays, hashes = {}, {}
    for name, path in paths.items():
        arrays[name], hashes[name] = idx.read(path, (28, 28) if "images" in name else ())
    return _split(kind, paths, arrays), hashes


def find(folder: Path | None = None) -> Path | None:
    """Find the folder in which all four files lie; None when they have to be downloaded first.

    Looks in the folder given and nowhere else; without one, in the folder that VAE_EXPLORER_DATA names and
    nowhere else; without that, in ./data and the cache. Each F stands for F and torchvision's F/MNIST/raw.
    Raises DataError when a folder that was named does not have them.
    """
    named, source = folder, ""
    if named is None and os.environ.get(VARIABLE):
        named, source = cli.path(os.environ[VARIABLE]), f" (from {VARIABLE})"
    if named is None:
        return _layout(Path("data")) or _layout(cache())
    place = _layout(named)
    if place is None:
        raise DataError(
            f"{named}{source} is no folder of MNIST: expected in it, or in MNIST/raw in it, the four files "
            f"{', '.join(mirrors.OFFICIAL)}, each unpacked or .gz; found {_found(named)}."
        )
    return place


def cache() -> Path:
    """Where a download goes: where this system keeps what can be fetched again."""
    return platformdirs.user_cache_path("vae-explorer", appauthor=False) / "mnist"


def _layout(folder: Path) -> Path | None:
    places = (folder, folder / "MNIST" / "raw")
    return next((place for place in places if len(_files(place)) == len(mirrors.OFFICIAL)), None)


def _files(folder: Path) -> dict[str, Path]:
    """Give the path of each of the four files that is there, by official name; Kaggle's has .idx for -idx."""
    found = {}
    for name in mirrors.OFFICIAL:
        spellings = [each + end for each in (name, name.replace("-idx", ".idx")) for end in ("", ".gz")]
        path = next((folder / each for each in spellings if (folder / each).is_file()), None)
        if path:
            found[name] = path
    return found


def _found(place: Path) -> str:
    """Say in a few words what lies where the four files are not."""
    if place.is_file():
        with files.opened(place) as file:
            kind = formats.described(file.read(formats.HEAD_BYTES)) or "a file"
        return f"{kind.partition(',')[0]}, which is no folder"  # what else is said of it is advice for weights
    if not place.is_dir():
        return "neither a file nor a folder" if place.exists() else "no such folder"
    if found := _files(place):
        return ", ".join(found)
    others = [_entry(each) for each in sorted(place.iterdir())]
    return f"none of them, but {plain.some(others)}" if others else "none of them"


def _entry(path: Path) -> str:
    return f"{path.name} (a link that leads nowhere)" if path.is_symlink() and not path.exists() else path.name


def _fetch(offline: bool, say: Callable[[str], None]) -> Path:
    """Download MNIST into the cache with a bar on stderr, and give that folder. Raises DataError, at once when offline.

    say: called with a line about it before it begins.
    """
    folder = cache()
    if offline:
        raise DataError(
            f"MNIST was not found in {Path('data').resolve()} or {folder}, and downloading is off. "
            f"Name the folder of its four files (--data or {VARIABLE}), or go online once."
        )
    say(f"MNIST is not on this machine yet: downloading {mirrors.DOWNLOAD_SIZE} to {folder}.")
    from tqdm import tqdm  # only for who needs it

    with tqdm(total=mirrors.DOWNLOAD_BYTES, unit="B", unit_scale=True) as bar:
        return fetch(lambda share: bar.update(round(share * mirrors.DOWNLOAD_BYTES) - bar.n))


def fetch(tell: Callable[[float], None], cancelled: Callable[[], bool] = lambda: False) -> Path:
    """Download MNIST into the cache and give that folder, which has all four files then.

    tell: called with the share that has come, 0 to 1. Raises DataError, and Cancelled soon after cancelled() is true.
    """
    folder = cache()
    if reasons := mirrors.fetch(folder, tell, cancelled):
        raise DataError(
            f"MNIST could not be downloaded to {folder}. Check the connection and the disk, or name a folder "
            f"that has its four files (--data or {VARIABLE}). What was tried: {'; '.join(reasons)}."
        )
    return folder


def _split(kind: str, paths: Mapping[str, Path], arrays: Mapping[str, Pixels]) -> Split:
    images, labels = f"{kind}-images-idx3-ubyte", f"{kind}-labels-idx1-ubyte"
    expected, found = len(arrays[images]), len(arrays[labels])
    if expected != found:
        what = f"{expected} labels, one for each image of {paths[images].name}"
        raise unusable(paths[labels], what, f"{found}")
    return Split(arrays[images], arrays[labels])


def _name(folder: Path, hashes: Mapping[str, str]) -> str:
    if all(hashes[name] == official.unpacked for name, official in mirrors.OFFICIAL.items()):
        return mirrors.NAME
    folder = folder.resolve()
    called = folder.parent.name if folder.name == "raw" else folder.name  # torchvision's FashionMNIST/raw
    return f"{plain.line(called)} (not MNIST)"
