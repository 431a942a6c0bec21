"""A data set of pictures in files, in a folder for each class: which they are, and of which class and half.

The halves are those of the folders, or else parted by a hash of each picture's name, so that a picture that is added
moves no other. Opens no file.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from vae_explorer import plain
from vae_explorer.datasets import parts, photos
from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.datasets.parts import VALIDATION
from vae_explorer.datasets.pictures import Pictures
from vae_explorer.datasets.sets import Found, folder_name
from vae_explorer.datasets.split import TEST, TRAIN

MAX_CLASSES = 256  # a label is a byte
ONE_IN = 6  # of the pictures is for testing, about as of MNIST's


@dataclass(frozen=True)
class Picture:
    """A picture's file. folders: those it lies in, the class first. half: TRAIN, TEST, VALIDATION, or "" for none."""

    entry: Entry
    folders: tuple[str, ...]
    half: str

    @cached_property
    def order(self) -> int:
        """A number that its name makes and no other, whatever else there is; the same on every system."""
        name = unicodedata.normalize("NFC", "/".join((*self.folders, self.entry.name.rpartition("/")[2])))
        return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest())


def found(entries: Iterable[Entry], place: Path, say: Callable[[str], None]) -> Found | None:
    """Find the classes and halves of the pictures among some files; None where these are not in folders of classes.

    A picture above the folders of the classes is of none, and is left out. say: is told of pictures that cannot be
    read, when they are. Raises DataError for more classes than a label can tell.
    """
    pictures = _of_classes(_halved([_picture(each) for each in entries if is_picture(each)]))
    labels = _labels({each.folders[0] for each in pictures}, place)
    halves = defaultdict(list)
    for each, half in _parted(sorted(pictures, key=lambda picture: picture.order)):
        halves[half].append((each.entry, labels[each.folders[0]]))
    if len(halves) < 2:
        return None
    names = {label: plain.line(name) for name, label in labels.items()}
    called = tuple(names.get(label, str(label)) for label in range(max(names) + 1))
    read = {half: Pictures(tuple(some), say) for half, some in halves.items()}
    return Found(place, folder_name(place), read, class_names=called)


def is_picture(entry: Entry) -> bool:
    """Whether a file is a picture by the end of its name."""
    return entry.name.lower().endswith(photos.SUFFIXES)


def _picture(entry: Entry) -> Picture:
    """A picture with the half that the topmost of its folders tells; folders that say the same tell no class."""
    folders = entry.name.split("/")[:-1]
    half = next((told for each in folders if (told := parts.half(each))), "")
    return Picture(entry, tuple(folders), half)


def _halved(pictures: list[Picture]) -> list[Picture]:
    """The pictures of two halves, where folders part all that have a class into these; else all, of no half.

    So a class may well be called train, as long as none is called test.
    """
    halves = {each.half for each in pictures}
    test = TEST if TEST in halves else VALIDATION
    if not {TRAIN, test} <= halves:
        return [replace(each, half="") for each in pictures]
    inside = [replace(each, folders=_below(each)) for each in pictures if each.half in (TRAIN, test)]
    classed = [each for each in _of_classes(inside) if each.folders]
    tests = [replace(each, half=TEST) for each in classed if each.half == test]
    trained = [each for each in classed if each.half == TRAIN]
    return trained + tests if tests else [replace(each, half="") for each in trained]


def _below(picture: Picture) -> tuple[str, ...]:
    return tuple(each for each in picture.folders if parts.half(each) != picture.half)


def _of_classes(pictures: list[Picture]) -> list[Picture]:
    """The pictures that have a class, without the folders above those of the classes."""
    folders = [each.folders for each in pictures if each.folders]
    common = 0
    for names in zip(*folders, strict=False):
        if len({*names}) > 1:
            break
        common += 1
    if all(len(each) == common for each in folders):  # a single class
        common -= 1
    inside = [replace(each, folders=each.folders[max(0, common) :]) for each in pictures]
    return [each for each in inside if each.folders]


def _labels(names: set[str], place: Path) -> dict[str, int]:
    """The label of each class: its number where all are called by numbers, else its place in their order."""
    if len(names) > MAX_CLASSES:
        raise DataError(f"{place} has {len(names):,} folders of pictures; {MAX_CLASSES} classes are the most.")
    if all(re.fullmatch("[0-9]{1,3}", name) and int(name) < MAX_CLASSES for name in names):
        numbers = {name: int(name) for name in names}
        if len({*numbers.values()}) == len(names):
            return numbers
    return {name: label for label, name in enumerate(sorted(names, key=_natural))}


def _natural(name: str) -> tuple[list[str | int], str]:
    """By what names are put in order: 2 before 10."""
    return [int(part) if part.isdecimal() else part.lower() for part in re.split("([0-9]+)", name)], name


def _parted(pictures: list[Picture]) -> list[tuple[Picture, str]]:
    """Each picture with its half, in their order: where they have none, about one in six of each class is for testing,
    and one of two."""
    if any(each.half for each in pictures):
        return [(each, each.half) for each in pictures]
    classes = defaultdict(list)
    for each in pictures:
        classes[each.folders[0]].append(each)
    drawn = {id(each): half for some in classes.values() for each, half in zip(some, _draw(some), strict=True)}
    return [(each, drawn[id(each)]) for each in pictures]


def _draw(pictures: list[Picture]) -> list[str]:
    """The half of each picture of a class, in the order of their numbers."""
    drawn = [TEST if each.order % ONE_IN == 0 else TRAIN for each in pictures]
    if len(drawn) > 1 and TEST not in drawn:
        drawn[0] = TEST
    if TRAIN not in drawn:
        drawn[-1] = TRAIN
    return drawn
