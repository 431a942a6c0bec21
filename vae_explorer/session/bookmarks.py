"""Named points of latent space, and the names that they get. Knows numbers and text, no models and no files."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass

from vae_explorer.errors import Failure

MAX_NAME = 60  # characters
MAX_COUNT = 1000


class BookmarkError(Failure):
    """Bookmarks that cannot be read or kept; the text says why."""


@dataclass(frozen=True)
class Bookmark:
    """A point and its name: z, D finite floats; name, one line of 1 to 60 printable characters, no space around it.

    Raises ValueError for anything else, so that what is written can be read.
    """

    name: str
    z: tuple[float, ...]

    def __post_init__(self) -> None:
        name = self.name
        if not isinstance(name, str) or not name.isprintable() or name != name.strip():
            raise ValueError("a name is no line of printable characters without spaces around it")
        if not 1 <= len(name) <= MAX_NAME:
            raise ValueError(f"a name has {len(name)} characters; it may have 1 to {MAX_NAME}")
        if not self.z or not all(isinstance(value, float) and math.isfinite(value) for value in self.z):
            raise ValueError(f"the z of {name!r} is not one finite number or more")


def unique_name(name: str, taken: Container[str]) -> str:
    """Give a name that is not taken: the name itself, else with the first free number from 2 after it."""
    number, free = 2, name
    while free in taken:
        free = _numbered(name, number)
        number += 1
    return free


def _numbered(name: str, number: int) -> str:
    end = f" {number}"
    return name[: MAX_NAME - len(end)].rstrip() + end


def _is_called(name: str, wish: str) -> bool:
    """Whether a name is what a bookmark got that was to have another name: that name, or with a number after it."""
    start, _, number = name.rpartition(" ")
    return name == wish or (wish.startswith(start) and number.isdecimal() and name == _numbered(wish, int(number)))


def joined(kept: Sequence[Bookmark], more: Sequence[Bookmark]) -> tuple[Bookmark, ...]:
    """Add bookmarks to others, under names that are not taken. One that is there already, under its name or the one
    that it was given when it was added, is not added again.

    Raises BookmarkError when there would be too many.
    """
    names = {each.name: each for each in kept}
    for each in more:
        if not any(there.z == each.z and _is_called(there.name, each.name) for there in names.values()):
            name = unique_name(each.name, names)
            names[name] = Bookmark(name, each.z)
    if len(names) > MAX_COUNT:
        raise BookmarkError(f"There would be {len(names)} bookmarks; {MAX_COUNT} are the most.")
    return tuple(names.values())
