"""Tables of labels and pixels: with a first line of names or without, and nothing else taken for one."""

import gzip
import re
from pathlib import Path

import numpy as np
import pytest
from factories import digits

from vae_explorer.datasets import idx, listing, tables
from vae_explorer.datasets.listing import DataError

ITEM = (28, 28)
IMAGES, LABELS = digits(7)
ROWS: list[list[int]] = np.column_stack([LABELS, IMAGES.reshape(7, -1)]).tolist()
NAMES = ["label", *(f"pixel{k}" for k in range(784))]


def text(rows: list[list[int]] = ROWS, names: list[str] = NAMES, parted: str = ",", end: str = "\n") -> bytes:
    lines = [parted.join(map(str, line)) for line in ([names] if names else []) + rows]
    return (end.join(lines) + end).encode()


def read(folder: Path, content: bytes) -> tuple[np.ndarray, np.ndarray]:
    (folder / "a.csv").write_bytes(content)
    return tables.read(listing.alone(folder / "a.csv"), ITEM)


LAST = [[*row[1:], row[0]] for row in ROWS]
GOOD = {
    "as Kaggle's": text(),
    "without names": text(names=[]),
    "of Windows": b"\xef\xbb\xbf" + text(end="\r\n"),
    "without names, of Windows": b"\xef\xbb\xbf" + text(names=[], end="\r\n"),
    "semicolons": text(parted=";"),
    "tabs": text(parted="\t"),
    "spaces": text(parted=", "),
    "packed": gzip.compress(text()),
    "without the last end of a line": text().rstrip(),
    "blank lines": text().replace(b"\n", b"\n\n"),
    "label last": text(LAST, [*NAMES[1:], "class"]),
    "lines counted": text([[k, *row] for k, row in enumerate(ROWS)], ["", *NAMES]),
    "lines counted, label last": text([[k, *row] for k, row in enumerate(LAST)], ["Unnamed: 0", *NAMES[1:], "y"]),
    "names in quotes": text(names=[f'"{name}"' for name in NAMES]),
    "numbers in quotes": re.sub(rb"\b", b'"', text(names=[])),
    "whole numbers as floats": text(names=[]).replace(b",", b".0,"),
    "rows and columns": text(names=["label", *(f"{r}x{c}" for r in range(28) for c in range(28))]),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_a_table_reads_as_images_and_labels(tmp_path, content):
    images, labels = read(tmp_path, content)
    np.testing.assert_array_equal(images, IMAGES)
    np.testing.assert_array_equal(labels, LABELS)
    assert images.dtype == labels.dtype == np.uint8


BAD = {
    "a cut line": (text()[:-20], "another table|785 numbers"),
    "floats": (text(names=[]).replace(b",0,", b",0.5,"), "expected whole numbers from 0 to 255"),
    "too large": (text().replace(b",0,", b",256,"), "expected whole numbers from 0 to 255"),
    "words": (text().replace(b",0,", b",zero,"), "expected whole numbers from 0 to 255"),
    "names only": (text([]), "expected whole numbers"),
    "without labels": (
        text([row[1:] for row in ROWS], NAMES[1:]),
        "expected a label and 784 pixels in each line, found 784",
    ),
    "of another size": (text([row[:257] for row in ROWS], NAMES[:257]), "found 256 pixels"),
    "prose": (b"Dear reader,\nthis is no table.\n", "found another text"),
    "a line without an end": (b"1," * (2 << 20), "expected lines of 1 MB at most, found a longer one"),
    "bytes": (bytes(range(256)) * 100, "found another text"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD)
def test_what_is_no_such_table_is_told_of(tmp_path, content, said):
    with pytest.raises(DataError, match=rf"a\.csv cannot be used: .*({said})"):
        read(tmp_path, content)


def test_a_table_of_too_many_lines_is_left_there(tmp_path, monkeypatch):
    monkeypatch.setattr(idx, "MAX_IMAGES", 3)
    with pytest.raises(DataError, match="expected 3 images at most, found more"):
        read(tmp_path, text())


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (text(), (784, 0, 0)),
        (text(names=[]), (784, 0, 0)),
        (text(LAST, [*NAMES[1:], "class"]), (784, 784, 0)),
        (text([row[1:] for row in ROWS], NAMES[1:]), (784, None, 0)),
        (text([row[1:] for row in ROWS], []), (784, None, 0)),
        (b"a,b,c\n1,2,3\n", None),
        (b"1," * 70_000, None),
        (b"\xff" * 100 + b"\n", None),
        (b"", None),
    ],
    ids=["names", "none", "label last", "no label", "no label, no names", "narrow", "endless", "bytes", "empty"],
)
def test_the_head_of_a_table_tells_its_columns_and_where_the_label_is(head, found):
    assert tables.columns(head[: tables.HEAD_BYTES]) == found
