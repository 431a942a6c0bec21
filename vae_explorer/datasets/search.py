"""Which data set lies in a place, in whatever layout: told by what the files hold, and by their names only which half.

A place may also be FOLDER/NAME where a folder or an archive has several: NAME, or a word of it, then says which.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from vae_explorer import plain, streams
from vae_explorer.datasets import class_folders, listing, parts, sets, unpacking
from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.datasets.parts import IMAGES, LABELS, TABLE, UNLABELLED, Part
from vae_explorer.datasets.sets import Found
from vae_explorer.datasets.split import TEST, TRAIN
from vae_explorer.storage import formats

LOOKED_FOR = (
    "files as MNIST's, arrays of NumPy, tables (.csv), a zip archive of such, or a folder of pictures for each class"
)
ARCHIVES = (".npz", ".zip")
MAX_ARCHIVES = 20  # of a folder, into which is looked
FEW = 4  # files of which is told what they are
NEAR = 2  # folders below a place in which FOLDER/NAME looks for a name


def found(place: Path, source: str = "", say: Callable[[str], None] = streams.tell) -> Found:
    """Find the data set of a place, as `every` does. Raises DataError also for several."""
    there = every(place, source, say)
    if len(there) == 1:
        return there[0]
    names, example = plain.some(each.name for each in there), plain.line(str(place / there[0].name))
    raise DataError(f"{place}{source} has several data sets: {names}. Name one of them, as in {example}.")


def every(place: Path, source: str = "", say: Callable[[str], None] = streams.tell) -> list[Found]:
    """Find the data sets of a place. source: who named it, in brackets, for the error. say: is told of what is left out
    when one is read. Raises DataError for none."""
    if not place.exists():
        return [_named(place, source)]
    entries = listing.of(place)
    seen, there = _whole(entries, place, say)
    if not there:
        what = _told(place, entries, seen)
        raise DataError(f"{place}{source} has no data set: looked for {LOOKED_FOR}; found {what}.")
    return there


def _named(place: Path, source: str) -> Found:
    """Find one of several data sets in the place above by its name, or a word of it."""
    there = _near(place.parent)
    words = {word for part in parts.called(place.name) for word in part}
    fitting = [each for each in there if words and words <= each.words]
    exact = [each for each in fitting if each.name.lower() == place.name.lower() or words == each.words]
    if len(exact or fitting) == 1:
        return (exact or fitting)[0]
    names = plain.some(each.name for each in fitting or there)
    hint = f" {place.parent} has {names}: name one of them in its place." if there[1:] else ""
    what = "a link that leads nowhere" if place.is_symlink() else "no such folder or file"
    raise DataError(f"{place}{source} has no data set: found {what}.{hint}")


def _near(place: Path) -> list[Found]:
    """The data sets that are whole in a place, or near below it; none where it cannot be searched."""
    try:
        return _whole(listing.of(place, NEAR), place)[1]
    except DataError:
        return []


def _whole(
    entries: list[Entry], place: Path, say: Callable[[str], None] = streams.tell
) -> tuple[list[Part], list[Found]]:
    """The parts among some files, and the data sets that are whole; archives are opened where there is none."""
    seen: list[Part] = []
    for some in (entries, _unpacked(entries)):
        pictures, others = _apart(some)
        seen += parts.of(others)
        if there := sets.complete(seen, place):
            return seen, there
        if pictured := class_folders.found(pictures, place, say):
            return seen, [pictured]
    return seen, []


def _apart(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Part files into pictures, by their names, and others."""
    pictures: list[Entry] = []
    others: list[Entry] = []
    for each in entries:
        (pictures if class_folders.is_picture(each) else others).append(each)
    return pictures, others


def _unpacked(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The files in the archives among some files, as long as these take no more memory together than one may."""
    archives, left = [each for each in entries if each.name.lower().endswith(ARCHIVES)], listing.MAX_ARCHIVE_BYTES
    for each in archives[:MAX_ARCHIVES]:
        inside, size = listing.zipped(each, left)
        left -= size
        yield from inside


def _told(place: Path, entries: list[Entry], seen: list[Part]) -> str:
    """Say in a few words what is there in place of a data set."""
    names = plain.some(part.entry.name for part in seen)
    if bare := [part.entry.name for part in seen if part.holds == UNLABELLED]:
        return f"no labels in {plain.some(bare)}, as in Kaggle's Digit Recognizer, so that no model is measured by it"
    if seen and not any(part.half for part in seen):
        return f"{names}, of which neither a name with “train” or “test” in it nor the count of images tells the half"
    if seen:
        return f"{names}, and no {' and no '.join(_lacks(seen)) or 'two halves whose names belong together'}"
    if pictures := _apart(entries)[0]:
        return f"pictures ({len(pictures):,}), but no two in folders of classes; put those of each into one of its name"
    others = [*map(_kind, entries[:FEW]), *_lost(place)]
    more = f" … ({len(entries)} in all)" if len(entries) > FEW else ""
    return f"none of them, but {', '.join(others)}{more}" if others else "none of them"


def _lost(place: Path) -> list[str]:
    """The links in a folder that lead nowhere."""
    inside = islice(place.iterdir(), parts.MAX_HEADS) if place.is_dir() else ()
    return [
        f"{plain.line(each.name)} (a link that leads nowhere)"
        for each in inside
        if each.is_symlink() and not each.exists()
    ]


def _lacks(seen: list[Part]) -> list[str]:
    has = {(part.half, part.holds) for part in seen}
    halves = {TRAIN: "training", TEST: "test"}
    return [
        f"{title} {what}"
        for half, title in halves.items()
        for what in (IMAGES, LABELS)
        if (half, what) not in has and (half, TABLE) not in has
    ]


def _kind(entry: Entry) -> str:
    """The name of a file that is no part of a data set, with what it is or why it cannot be read."""
    name = plain.line(entry.name, plain.MAX_QUOTED)
    try:
        kind = formats.described(unpacking.head(entry, formats.HEAD_BYTES)).partition(",")[0]  # the rest is advice
    except DataError as error:
        kind = str(error).rpartition(", found ")[2].removeprefix(f"{entry.path} ").partition(". ")[0]
    return f"{name} ({kind})" if kind else name
