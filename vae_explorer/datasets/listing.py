"""The files in which a data set may lie: those of a folder and of the folders in it, or of a zip archive.

Bounded whatever there is: links in circles, a million files, pipes. Knows nothing of what the files hold.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from vae_explorer import files, plain
from vae_explorer.errors import Failure
from vae_explorer.storage import zips

MAX_DEPTH = 6  # folders below the one that is named
MAX_FILES = 300_000
MAX_ARCHIVE_BYTES = 1 << 30  # all of EMNIST has 560 MB
CHUNK_BYTES = 1 << 20
ZIP_MAGIC = b"PK\x03\x04"
HIDDEN = (".", "__MACOSX")  # so begin the names of what systems put beside a person's files


class DataError(Failure):
    """No usable data; the text names the folder or file, what was expected and what was found."""


@dataclass(frozen=True)
class Entry:
    """A file. path: how it is called, in an archive as if that were a folder. name: the same from the listed place on,
    with "/" between its parts. open: gives its bytes; raises OSError, and of an archive whatever zipfile does."""

    path: Path
    name: str
    open: Callable[[], IO[bytes]]


def alone(path: Path) -> Entry:
    """Give the entry of a file by its path."""
    return Entry(path, path.name, partial(files.opened, path))


def of(place: Path, depth: int = MAX_DEPTH) -> list[Entry]:
    """List the files of a folder, those nearest to it first, or of a zip archive; any other file alone.

    depth: how many folders below it are entered one in another. Raises DataError where there is nothing, where it
    cannot be read, or where it is too much.
    """
    try:
        if place.is_dir():
            return [*_walked(place, depth)]
        entry = alone(place)
        with entry.open() as file:
            packed = file.read(len(ZIP_MAGIC)) == ZIP_MAGIC
    except OSError as error:
        raise DataError(f"{place} cannot be read: {error.strerror}.") from error
    return zipped(entry, MAX_ARCHIVE_BYTES)[0] if packed else [entry]


def zipped(entry: Entry, most: int) -> tuple[list[Entry], int]:
    """List the files in a zip archive of so many bytes at most, by their names, and give how many it has.

    It is kept in memory until nobody has an entry of it any more. Raises DataError for one that is damaged or larger.
    """
    try:
        with entry.open() as file:
            data = b"".join(islice(iter(partial(file.read, CHUNK_BYTES), b""), most // CHUNK_BYTES + 2))
        if len(data) > most:
            raise DataError(
                f"{entry.path} is larger than {MAX_ARCHIVE_BYTES >> 30} GB. Unpack it, and name the folder."
            )
        archive = zips.opened(data)
        names = sorted(name for name in archive.namelist() if not name.endswith("/"))
    except DataError:
        raise
    except Exception as error:  # zipfile raises anything
        why = plain.reason(error)
        what_next = "Replace it by a good copy, or unpack it and name the folder."
        raise DataError(f"{entry.path} cannot be read: {why}. {what_next}") from error
    entries = [
        Entry(Path(f"{entry.path}/{plain.line(name)}"), f"{entry.name}/{name}", partial(zips.stream, archive, name))
        for name in names
        if not _is_hidden(name)
    ]
    return entries, len(data)


def _walked(place: Path, most: int) -> Iterator[Entry]:
    """The files below a folder, level by level and there by their names; each folder once, however links lead to it."""
    waiting, seen, count = deque([(place, "", 0)]), {_identity(place)}, 0
    while waiting:
        folder, above, depth = waiting.popleft()
        for each in _inside(folder, place):
            count += 1
            if count > MAX_FILES:
                raise DataError(
                    f"{place} has more than {MAX_FILES:,} files and folders in it. Name the folder of the data alone."
                )
            path, name = folder / each.name, f"{above}{each.name}"
            if _is_hidden(each.name):
                continue
            if _is(each.is_dir):
                if depth < most and (identity := _identity(path)) not in seen:
                    seen.add(identity)
                    waiting.append((path, f"{name}/", depth + 1))
            elif _is(each.is_file):
                yield Entry(path, name, partial(files.opened, path))


def _inside(folder: Path, place: Path) -> list["os.DirEntry[str]"]:
    """What is in a folder, in order, and a little more than the most; nothing of one below the place that is closed."""
    try:
        with os.scandir(folder) as found:
            return sorted((each for each, _ in zip(found, range(MAX_FILES + 1), strict=False)), key=_by_name)
    except OSError:
        if folder == place:
            raise
        return []


def _by_name(each: "os.DirEntry[str]") -> str:
    return each.name


def _identity(folder: Path) -> tuple[int, int]:
    found = folder.stat()
    return found.st_dev, found.st_ino


def _is(kind: Callable[[], bool]) -> bool:
    """What an entry of a folder says of its kind; nothing of a link that leads to itself."""
    try:
        return kind()
    except OSError:
        return False


def _is_hidden(name: str) -> bool:
    return any(part.startswith(HIDDEN) for part in name.split("/"))
