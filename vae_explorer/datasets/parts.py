"""What a file is to a data set: images, labels or a table, seen from its first bytes; and by its name, of which half.

The name is split into words; those that say neither what a file holds nor of which half it is are what the files of one
data set have in common. Opens nothing further than a head.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from vae_explorer.datasets import arrays, idx, tables, unpacking
from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.datasets.split import TEST, TRAIN

IMAGES, LABELS, TABLE, UNLABELLED = "images", "labels", "table", "table without labels"
VALIDATION = "validation"  # stands for the test half where there is none
HEAD_BYTES = 512
MAX_HEADS = 2000  # files that are looked into
HALVES = {
    TRAIN: {"trn"},
    TEST: {"tst", "t10k", "eval", "evaluation", "holdout"},
    VALIDATION: {"valid", "validation", "val", "dev"},
}
LONGER = {TRAIN: "train", TEST: "test"}  # as words begin or end, too: training, xtest
OF_IMAGES = {"images", "image", "imgs", "img", "x", "pixels"}
OF_LABELS = {"labels", "label", "targets", "target", "y"}
PACKING = {"idx", "ubyte", "byte", "int", "gz", "bin", "dat", "csv", "txt", "npy", "npz", "zip", "arr", "copy", "data"}
_WORDS = re.compile(r"t10k|[a-z]+|[0-9]+", re.IGNORECASE)
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|\(\d+\)")  # where a word begins in xTrain, and what browsers add


@dataclass(frozen=True)
class Part:
    """A file of a data set. holds: IMAGES, LABELS, TABLE or UNLABELLED. count: of images, 0 where its head does not
    tell. half: TRAIN, TEST, VALIDATION, or "" where its name does not tell. called: the other words of its name, each
    folder's in a tuple of their own."""

    entry: Entry
    holds: str
    count: int
    half: str
    called: tuple[tuple[str, ...], ...]


def of(entries: Iterable[Entry]) -> Iterator[Part]:
    """Look into files, and give those that are part of a data set; what cannot be read is none."""
    for entry, _ in zip(entries, range(MAX_HEADS), strict=False):
        try:
            head = unpacking.head(entry, HEAD_BYTES)
            if b"\0" not in head and head.count(b",") + head.count(b";") + head.count(b"\t") > 20:
                head = unpacking.head(entry, tables.HEAD_BYTES)
        except DataError:
            continue
        if found := _held(head):
            yield Part(entry, *found, half(entry.name), called(entry.name))


@lru_cache(10_000)  # folders of a great many pictures
def half(name: str) -> str:
    """Tell of which half a file is by its name, or else by those of the folders it is in; "" where none tells."""
    for part in reversed(name.split("/")):
        found = {each for word in _words(part) if (each := _half_of(word))}
        if len(found) == 1:
            return found.pop()
    return ""


def called(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of a name, by folders, that the files of one data set have in common."""
    *folders, last = ([word for word in _words(part) if not _is_role(word)] for part in name.split("/"))
    return *map(tuple, folders), tuple(word for word in last if not word.isdigit())


def _words(part: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(_HUMPS.sub(" ", part))]


def _half_of(word: str) -> str:
    """The half that a word tells of, or ""."""
    for each, words in HALVES.items():
        longer = LONGER.get(each)
        if word in words or (longer and (word.startswith(longer) or word.endswith(longer))):
            return each
    return ""


def _is_role(word: str) -> bool:
    return word in OF_IMAGES | OF_LABELS | PACKING or bool(_half_of(word))


def _held(head: bytes) -> tuple[str, int] | None:
    """Tell from its head what a file holds and of how many images; None for nothing of a data set."""
    if shape := idx.shape(head) or arrays.shape(head):
        count, *item = shape
        return (IMAGES if math.prod(item) >= tables.FEWEST else LABELS), count
    if found := tables.columns(head):
        return (UNLABELLED if found.label is None else TABLE), 0
    return None
