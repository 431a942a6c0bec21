"""MNIST and its kin: find a data set, fetch MNIST, check and read either. Knows nothing of models or windows."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vae_explorer import cli, plain, streams
from vae_explorer.datasets import class_names, listing, mirrors, parts, search, sets
from vae_explorer.datasets.home import HERE, VARIABLE, cache
from vae_explorer.datasets.listing import DataError
from vae_explorer.datasets.sets import Found, Pair
from vae_explorer.datasets.split import TEST, TRAIN, Split
from vae_explorer.images import DIGIT, Shape


@dataclass(frozen=True, eq=False)
class Dataset:
    """A data set as it lies in a folder, or in a file.

    name is "mnist" only where both halves hash to MNIST's, in whatever files they lie; any other is called after
    its files or its folder, as in "fashion" or "mnist (not MNIST)". hashes: sha256 of each of the four idx files that
    it is or would be, by official name. class_names: the name of each class from label 0 to the largest in either half.
    """

    name: str
    folder: Path
    hashes: Mapping[str, str]
    train: Split
    test: Split
    class_names: tuple[str, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """What model.json says of it."""
        return {"name": self.name, "class_names": list(self.class_names), "sha256": dict(self.hashes)}


def load(
    folder: Path | None = None,
    *,
    shape: Shape = DIGIT,
    offline: bool = False,
    say: Callable[[str], None] = streams.tell,
) -> Dataset:
    """Read the data set of a place, else the one that `find` finds, else download MNIST into the cache.

    Both halves are read and checked at once (0.3 s, 55 MB), so that a bad test set shows before a training
    and not after it. shape: (C, H, W) of the images that are wanted. offline forbids the download; say is called
    with a line about it before it begins. Raises DataError.
    """
    found = find(folder, say) or _usual(_fetch(offline, say))
    assert found is not None, "a download leaves the four files"
    train, test = (found.halves[kind].read(shape) for kind in (TRAIN, TEST))
    hashes = train.hashes(TRAIN) | test.hashes(TEST)
    is_mnist = all(hashes[name] == official.unpacked for name, official in mirrors.OFFICIAL.items())
    name = mirrors.NAME if is_mnist else _other(plain.line(found.name))
    called = "" if is_mnist else " ".join((*found.place.resolve().parts[-2:], found.name))
    names = found.class_names or class_names.of(called, (train.labels, test.labels))
    return Dataset(name, found.place, hashes, train, test, names)


def _other(name: str) -> str:
    """Give the name of a data set that is not MNIST, so that none takes it for MNIST."""
    return f"{name} (not MNIST)" if name.lower() == mirrors.NAME else name


def find(place: Path | None = None, say: Callable[[str], None] = streams.tell) -> Found | None:
    """Find a data set without reading it; None where it has to be downloaded first.

    Looks in the place given and nowhere else; without one, in that which VAE_EXPLORER_DATA names and nowhere else;
    without that, in ./data and the cache for the four files of MNIST by their names, also as torchvision's MNIST/raw.
    say: is told of what takes long, or is left out, when it is read. Raises DataError when a place that was named does
    not have one.
    """
    named, source = _named(place)
    if named is None:
        return _usual(HERE) or _usual(cache())
    return _usual(named) or search.found(named, source, say)


def every(place: Path | None = None) -> Iterator[Found]:
    """Find all data sets where `find` looks, and in ./data those in arrays, too, whatever they are called. The one that
    `find` gives comes first. Raises DataError when a place that was named does not have one.
    """
    named, source = _named(place)
    usual = [each for folder in ([HERE, cache()] if named is None else [named]) if (each := _usual(folder))]
    yield from usual
    try:
        if named is not None:
            yield from search.every(named, source, _unsaid)
        elif HERE.is_dir():
            yield from (each for each in search.every(HERE, say=_unsaid) if not each.class_names)
    except DataError:
        if named is not None and not usual:
            raise


def _named(place: Path | None) -> tuple[Path | None, str]:
    """The place that is named, by an argument or else by the variable, and the words that say by which."""
    if place is None and os.environ.get(VARIABLE):
        return cli.path(os.environ[VARIABLE]), f" (from {VARIABLE})"
    return place, ""


def _unsaid(_text: str) -> None:
    """What is left out of a data set, as training and measuring said it before."""


def _usual(folder: Path) -> Found | None:
    """Find the four files by their official names in a folder, or in MNIST/raw in it; None where one is missing."""
    for place in (folder, folder / "MNIST" / sets.RAW):
        paths = _official(place)
        if len(paths) == len(mirrors.OFFICIAL):
            halves = {
                kind: _pair([path for name, path in paths.items() if name.startswith(kind)]) for kind in (TRAIN, TEST)
            }
            return Found(place, sets.folder_name(place), halves)
    return None


def _official(folder: Path) -> dict[str, Path]:
    """Give the path of each of the four files that is there, by official name; Kaggle's has .idx for -idx."""
    found = {}
    for name in mirrors.OFFICIAL:
        spellings = [each + end for each in (name, name.replace("-idx", ".idx")) for end in ("", ".gz")]
        path = next((folder / each for each in spellings if (folder / each).is_file()), None)
        if path:
            found[name] = path
    return found


def _pair(paths: list[Path]) -> Pair:
    """Give the half of two files, images first; where each holds what the other's name says, the other way round."""
    entries = [listing.alone(path) for path in paths]
    if [part.holds for part in parts.of(entries)] == [parts.LABELS, parts.IMAGES]:
        entries.reverse()
    images, labels = entries
    return Pair(images, labels)


def _fetch(offline: bool, say: Callable[[str], None]) -> Path:
    """Download MNIST into the cache with a bar on stderr, and give that folder. Raises DataError, at once when offline.

    say: called with a line about it before it begins.
    """
    folder = cache()
    if offline:
        raise DataError(
            f"MNIST was not found in {HERE.resolve()} or {folder}, and downloading is off. "
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
