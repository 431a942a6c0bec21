"""Read tables of images as Kaggle has them: a line of text for each image, its label and its pixels row by row.

The label comes first, or where the first line names it. Knows nothing of which files there are.
"""

import math
import re
import warnings
from collections.abc import Iterator
from itertools import chain, islice

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
LABELS = {"label", "labels", "class", "target", "y", "digit", "character"}  # what a column of labels is called


def columns(head: bytes) -> tuple[int, int | None] | None:
    """Count the columns in the first line of a table, and say which holds the labels, None for none of them.

    head: how the file begins. None for what is no such table.
    """
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
    named = [place for place, field in enumerate(fields) if field in LABELS]
    return len(fields), named[0] if named else None if _is_square(len(fields)) else 0


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
        if found is None or found[0] != wanted + 1 or found[1] is None:
            what = f"a label and {wanted} pixels in each line"
            raise unusable(entry, what, f"{found[0]} columns" if found else "another text")
        has_names = bool(re.search(r"[a-z]", first, re.IGNORECASE))
        rows = _numbers(entry, lines if has_names else chain([first], lines), separator(first))
    if rows.shape[1] != wanted + 1:
        raise unusable(entry, f"{wanted + 1} numbers in each line", f"{rows.shape[1]} in some")
    return np.delete(rows, found[1], 1).reshape(-1, *item), rows[:, found[1]].copy()


def _numbers(entry: Entry, lines: Iterator[str], parted: str) -> Pixels:
    """Read lines of numbers from 0 to 255: (N, columns)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # it would read 0.5 as 0, and an empty table as one
            rows: Pixels = np.loadtxt(islice(lines, idx.MAX_IMAGES), np.uint8, delimiter=parted, ndmin=2)
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
