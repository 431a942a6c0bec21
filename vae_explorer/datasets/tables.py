"""Read tables of images as Kaggle has them: a line of text for each image, its label and its pixels row by row.

The label comes first, or where the first line names it. Knows nothing of which files there are.
"""

import math
import re
import warnings
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from vae_explorer import plain
from vae_explorer.datasets import idx, unpacking
from vae_explorer.datasets.listing import Entry
from vae_explorer.datasets.unpacking import unusable
from vae_explorer.images import Pixels

HEAD_BYTES = 1 << 16  # the names of MNIST's pixels have up to 12 KB
MAX_LINE_BYTES = 1 << 20
FEWEST = 64  # pixels of an image
SEPARATORS = ",;\t"
COUNTING = {"", "unnamed: 0", "index", "id"}  # what a column that counts the lines is called
WHOLE = re.compile(r"\.0*(?![0-9eE])")  # what pandas writes behind whole numbers in a column of floats
LABELS = {"label", "labels", "class", "target", "y", "digit", "character"}  # what a column of labels is called


class Columns(NamedTuple):
    """The columns of a table: how many are pixels, which one holds the labels, if any, and which come first that count
    the lines, as pandas writes them."""

    pixels: int
    label: int | None
    counting: int


def columns(head: bytes) -> Columns | None:
    """Tell the columns of a table from its first line; None for what is no table of images. head: how it begins."""
    line, _, more = head.partition(b"\n")
    if not more and len(head) >= HEAD_BYTES:
        return None
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    fields = [field.strip().strip("\"'").lower() for field in text.split(separator(text))]
    if len(fields) < FEWEST or not all(re.fullmatch(r"[\w .:×-]*", field) for field in fields):
        return None
    counting = int(fields[0] in COUNTING)
    named = [place for place, field in enumerate(fields) if field in LABELS]
    first = None if _is_square(len(fields) - counting) else counting
    label = named[0] if named else first
    return Columns(len(fields) - counting - (label is not None), label, counting)


def separator(text: str) -> str:
    """What parts the columns of a line."""
    return max(SEPARATORS, key=text.count)


def read(entry: Entry, item: tuple[int, ...]) -> tuple[Pixels, Pixels]:
    """Read a table as images, uint8 (N, *item), and labels (N,). Raises DataError."""
    with unpacking.pieces(entry) as pieces:
        lines = _lines(entry, pieces)
        first = next(lines, "")
        found = columns(first.encode() + b"\n")
        wanted = math.prod(item)
        if found is None or found.pixels != wanted or found.label is None:
            what = f"a label and {wanted} pixels in each line"
            raise unusable(entry, what, f"{found.pixels} pixels" if found else "another text")
        has_names = bool(re.search(r"[a-z]", first, re.IGNORECASE))
        pixels = [k for k in range(found.counting, found.counting + wanted + 1) if k != found.label]
        rows = _numbers(entry, lines if has_names else chain([first], lines), separator(first), [found.label, *pixels])
    return rows[:, 1:].reshape(-1, *item), rows[:, 0].copy()


def _numbers(entry: Entry, lines: Iterator[str], parted: str, chosen: list[int]) -> Pixels:
    """Read some columns of lines of numbers from 0 to 255: (N, columns)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # it would read 0.5 as 0, and an empty table as one
            some = (WHOLE.sub("", line) if "." in line else line for line in islice(lines, idx.MAX_IMAGES))
            rows: Pixels = np.loadtxt(some, np.uint8, delimiter=parted, usecols=chosen, ndmin=2, quotechar='"')
    except (ValueError, Warning) as error:
        raise unusable(entry, "whole numbers from 0 to 255", f"another table ({plain.reason(error)})") from error
    if next(lines, ""):
        raise unusable(entry, f"{idx.MAX_IMAGES} images at most", "more")
    return rows


def _lines(entry: Entry, pieces: Iterator[bytes]) -> Iterator[str]:
    """The lines of a text, without a mark of its byte order. Raises DataError for a line without an end."""
    rest, encoding = b"", "utf-8-sig"
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode(encoding, "replace")
            encoding = "utf-8"
        if len(rest) > MAX_LINE_BYTES:
            raise unusable(entry, f"lines of {MAX_LINE_BYTES >> 20} MB at most", "a longer one")
    if rest.strip():
        yield rest.decode(encoding, "replace")


def _is_square(count: int) -> bool:
    return math.isqrt(count) ** 2 == count
