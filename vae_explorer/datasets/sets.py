"""Which files make up one data set: grouped by what their names have in common, each half with images and labels.

Opens nothing. Reading a half is left to what it holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vae_explorer.datasets import arrays, idx, mirrors, tables, unpacking
from vae_explorer.datasets.listing import Entry
from vae_explorer.datasets.parts import IMAGES, LABELS, TABLE, VALIDATION, Part
from vae_explorer.datasets.split import TEST, TRAIN, Half, Split, item
from vae_explorer.datasets.unpacking import unusable
from vae_explorer.images import Pixels, Shape

KINDS = IMAGES, LABELS, TABLE
RAW = "raw"  # the folder in which torchvision keeps a data set's files, below one that has its name
LYING = "emnist"  # whose images come with rows and columns exchanged: Cohen et al. 2017 wrote them by columns


@dataclass(frozen=True)
class Found:
    """A data set that was found and not yet read. place: where it was looked for, a folder or a file.
    name: what it is called. words: what the names of its files and folders say besides.
    class_names: by label, where its folders are called so."""

    place: Path
    name: str
    halves: Mapping[str, Half]
    words: frozenset[str] = frozenset()
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A half in two files, idx or NumPy's. lying: whether rows and columns are exchanged in them."""

    images: Entry
    labels: Entry
    lying: bool = False

    def read(self, shape: Shape) -> Split:
        """Read it, as images of a shape. Raises DataError."""
        images, labels = _array(self.images, item(shape)), _array(self.labels, ())
        if len(labels) != len(images):
            what = f"{len(images)} labels, one for each image of {self.images.path.name}"
            raise unusable(self.labels, what, f"{len(labels)}")
        return Split(images.swapaxes(1, 2).copy() if self.lying else images, labels)


@dataclass(frozen=True)
class Lines:
    """A half in a table of text. lying: as of a Pair."""

    table: Entry
    lying: bool = False

    def read(self, shape: Shape) -> Split:
        """Read it, as images of a shape. Raises DataError."""
        images, labels = tables.read(self.table, item(shape))
        return Split(images.swapaxes(1, 2).copy() if self.lying else images, labels)


def complete(parts: Iterable[Part], place: Path) -> list[Found]:
    """Give each data set that is whole among the parts that were found in a place."""
    every, groups = [*parts], defaultdict(list)
    for part in every:
        groups[part.called].append(part)
    alike = [every] if _is_single(every) else [*groups.values()]
    found: dict[frozenset[str], Found] = {}
    for group in alike:
        if halves := _halves(group):  # Kaggle has a set twice, in folders that say no more than their files
            words = _words(group)
            found.setdefault(words, Found(place, _name(group, place), halves, words))
    return [*found.values()]


def folder_name(place: Path) -> str:
    """What the data in a folder are called: torchvision's FashionMNIST/raw is FashionMNIST."""
    place = place.resolve()
    return place.parent.name if place.name == RAW else place.name


def _name(group: list[Part], place: Path) -> str:
    """What a data set is called: by its files where they say more than what they hold, or else by its folder."""
    first = min(group, key=_plainest)
    if first.called[-1] and first.called[-1] != (mirrors.NAME,):  # whether they are MNIST is told by hashes
        return "-".join(first.called[-1])
    folders = zip(first.entry.name.split("/"), first.called[:-1], strict=False)
    telling = [name for name, words in folders if words and name != RAW]
    return telling[-1] if telling else folder_name(place)


def _words(group: list[Part]) -> frozenset[str]:
    return frozenset(word for words in min(group, key=_plainest).called for word in words)


def _halves(group: list[Part]) -> Mapping[str, Half] | None:
    """The two halves that a group makes up; None where it does not, or where nothing tells which is which."""
    of = {kind: [part for part in group if part.half == kind] for kind in (TRAIN, TEST, VALIDATION)}
    if not any(part.half for part in group):
        of = _by_count(group)
    train, test = _half(of[TRAIN]), _half(of[TEST] or of[VALIDATION])
    return {TRAIN: train, TEST: test} if train and test else None


def _by_count(group: list[Part]) -> dict[str, list[Part]]:
    """Part a group of which no name tells the half: of two counts, the larger is that of the training images."""
    counts = sorted({part.count for part in group})
    small, large = counts if len(counts) == 2 else (-1, -1)
    of = {TRAIN: large, TEST: small, VALIDATION: -1}
    return {half: [part for part in group if part.count == count] for half, count in of.items()}


def _half(parts: list[Part]) -> Half | None:
    """The half that parts make up, of several that are alike the one with the plainest name; None where one lacks."""
    by = {
        kind: min(alike, key=_plainest) for kind in KINDS if (alike := [each for each in parts if each.holds == kind])
    }
    if table := by.get(TABLE):
        return Lines(table.entry, LYING in _words([table]))
    if IMAGES not in by or LABELS not in by:
        return None
    return Pair(by[IMAGES].entry, by[LABELS].entry, LYING in _words([by[IMAGES]]))


def _is_single(parts: list[Part]) -> bool:
    """Whether parts are one data set, whatever they are called: no two hold the same of the same half."""
    told = [(part.half, part.holds, part.count if not part.half else 0) for part in parts]
    return len({*told}) == len(told) and _halves(parts) is not None


def _plainest(part: Part) -> tuple[int, str]:
    return len(part.entry.name), part.entry.name


def _array(entry: Entry, shape: tuple[int, ...]) -> Pixels:
    """Read an idx file or an array of NumPy as uint8 (N, *shape)."""
    is_array = arrays.shape(unpacking.head(entry, arrays.HEAD_BYTES))
    return arrays.read(entry, shape) if is_array else idx.read(entry, shape)
