"""The bookmarks of one model in a file: as JSON to keep, as CSV for other programs; and points that others wrote. Knows
text, no models.

A file of bookmarks may come from a stranger, so nothing in it is believed unread.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vae_explorer import files, plain
from vae_explorer.plain import quoted
from vae_explorer.session import point_files
from vae_explorer.session.bookmarks import MAX_COUNT, MAX_NAME, Bookmark, BookmarkError, unique_name
from vae_explorer.session.points import Points
from vae_explorer.storage.shapes import MAX_LATENT_DIM

SCHEMA = 1
MAX_TEXT = 8 << 20  # characters; 1,000 points of 256 dimensions take 6 million


@dataclass(frozen=True)
class Shelf:
    """The bookmarks of one model: weights, its sha256, "" where it is not known; latent_dim, how many numbers each z
    has; no name twice.

    Raises ValueError for anything else.
    """

    weights: str
    latent_dim: int
    bookmarks: tuple[Bookmark, ...] = ()

    def __post_init__(self) -> None:
        if not (isinstance(self.weights, str) and re.fullmatch("([0-9a-f]{64})?", self.weights)):
            raise ValueError("weights is no sha256")
        if type(self.latent_dim) is not int or not 1 <= self.latent_dim <= MAX_LATENT_DIM:
            raise ValueError(f"latent_dim is no whole number from 1 to {MAX_LATENT_DIM}")
        if len(self.bookmarks) > MAX_COUNT:
            raise ValueError(f"there are {len(self.bookmarks)} bookmarks; {MAX_COUNT} are the most")
        taken: set[str] = set()
        for each in self.bookmarks:
            if len(each.z) != self.latent_dim:
                raise ValueError(f"the z of {each.name!r} has {len(each.z)} values, not {self.latent_dim}")
            if each.name in taken:
                raise ValueError(f"the name {each.name!r} stands there twice")
            taken.add(each.name)


def dumps(shelf: Shelf) -> str:
    """Give the bookmarks as JSON in ASCII, one to a line; their floats read back bit for bit."""
    rows = ",\n  ".join(json.dumps({"name": each.name, "z": each.z}) for each in shelf.bookmarks)
    head = f'"schema": {SCHEMA}, "weights": "{shelf.weights}", "latent_dim": {shelf.latent_dim}'
    return f'{{{head}, "bookmarks": [\n  {rows}\n]}}\n' if rows else f'{{{head}, "bookmarks": []}}\n'


def loads(text: str, latent_dim: int) -> Shelf:
    """Read what `dumps` gave, for a model of D dimensions; a name that stands there twice gets a number.

    The weights may be of another model with as many dimensions, in which the points mean something else: the caller
    looks for that and says so. Raises BookmarkError.
    """
    try:
        if len(text) > MAX_TEXT:
            raise ValueError(f"it is longer than {MAX_TEXT} characters")
        fields = _object(_json(text), "the file")
        if fields["schema"] != SCHEMA or type(fields["schema"]) is not int:
            raise ValueError(f"its schema is not {SCHEMA}: it was written by another version of this program")
        if fields["latent_dim"] != latent_dim:
            of = quoted(fields["latent_dim"])
            raise ValueError(f"they are of a model with {of} latent dimensions, not {latent_dim}")
        return Shelf(fields["weights"], fields["latent_dim"], _bookmarks(fields["bookmarks"]))
    except KeyError as error:
        raise BookmarkError(f"The bookmarks cannot be read: there is no {error.args[0]}.") from error
    except (ValueError, OverflowError) as error:
        raise BookmarkError(f"The bookmarks cannot be read: {error}.") from error


def read(path: Path, latent_dim: int) -> Shelf:
    """Read the file of what `dumps` or `to_csv` gave, or of points in any form that `point_files` reads, for a model of
    D dimensions. Points without a name are called after the file. Raises BookmarkError, OSError.
    """
    with files.opened(path) as file:
        data = file.read(MAX_TEXT + 1)
    try:
        if b'"schema"' in data:  # which is the first word of ours
            return loads(data.decode("utf-8-sig", "replace"), latent_dim)
        return Shelf("", latent_dim, called(point_files.loads(data, latent_dim), path.stem))
    except BookmarkError as error:
        raise BookmarkError(f"{path.name}: {error}") from error
    except ValueError as error:
        raise BookmarkError(f"{path.name}: The bookmarks cannot be read: {error}.") from error


def called(found: Points, name: str) -> tuple[Bookmark, ...]:
    """Make bookmarks of points, under their names; those without one are called `name`, and with a number from 2 on."""
    usual = plain.line(name, MAX_NAME).strip() or "point"
    names = [plain.line(each, MAX_NAME).strip() or usual for each in found.names]
    return _unique(map(Bookmark, names, found.points))


def to_csv(bookmarks: Sequence[Bookmark]) -> str:
    """Give the bookmarks as CSV (RFC 4180): name, z0, z1, … with a head.

    Names stand in quotes, as `plain.cell` makes them fit for a spreadsheet.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["name", *(f"z{dim}" for dim in range(len(bookmarks[0].z) if bookmarks else 0))])
    for each in bookmarks:
        writer.writerow([plain.cell(each.name), *each.z])
    return text.getvalue()


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no JSON object")
    return value


def _bookmarks(value: object) -> tuple[Bookmark, ...]:
    """Read the list of bookmarks, no more than there may be: each name once, and each bookmark."""
    if not isinstance(value, list):
        raise ValueError("bookmarks is no list")
    if len(value) > MAX_COUNT:  # before the names are compared with each other
        raise ValueError(f"there are {len(value)} bookmarks; {MAX_COUNT} are the most")
    return _unique(map(_bookmark, value))


def _bookmark(value: object) -> Bookmark:
    fields = _object(value, "a bookmark")
    z = fields["z"]
    if not isinstance(z, list) or not all(type(number) in (int, float) for number in z):
        raise ValueError("the z of a bookmark is no list of numbers")
    return Bookmark(fields["name"], tuple(map(float, z)))


def _unique(bookmarks: Iterable[Bookmark]) -> tuple[Bookmark, ...]:
    """Give each bookmark once, and those of one name numbers."""
    named: dict[str, Bookmark] = {}
    for each in dict.fromkeys(bookmarks):
        name = unique_name(each.name, named)
        named[name] = Bookmark(name, each.z)
    return tuple(named.values())
