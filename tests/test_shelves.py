"""Files of bookmarks: what is written comes back, and nothing else that a file may hold is taken for bookmarks."""

import csv
import io
import json
import math
import os
import sys

import numpy as np
import pytest

from vae_explorer.session import shelves
from vae_explorer.session.bookmarks import Bookmark, BookmarkError
from vae_explorer.session.points import Points
from vae_explorer.session.shelves import Shelf, dumps, loads, to_csv

WEIGHTS = "0123456789abcdef" * 4
SHELF = Shelf(WEIGHTS, 2, (Bookmark("a seven", (0.1 + 0.2, -2.5)), Bookmark('ß "7", =1+1', (-0.0, 5e-324))))


def told(**changes):
    """The JSON of a good file with some values changed; those that are `...` are left out."""
    good = {"schema": 1, "weights": WEIGHTS, "latent_dim": 2, "bookmarks": [{"name": "a", "z": [1, 2.5]}]} | changes
    return json.dumps({name: value for name, value in good.items() if value is not ...})


def one(**changes):
    return told(bookmarks=[{name: v for name, v in ({"name": "a", "z": [1, 2]} | changes).items() if v is not ...}])


@pytest.mark.parametrize(
    "shelf", [SHELF, Shelf(WEIGHTS, 6), Shelf(WEIGHTS, 1, (Bookmark("x" * 60, (sys.float_info.max,)),))]
)
def test_bookmarks_come_back_bit_for_bit(shelf):
    found = loads(dumps(shelf), shelf.latent_dim)
    assert found == shelf
    assert [math.copysign(1, value) for each in found.bookmarks for value in each.z] == [
        math.copysign(1, value) for each in shelf.bookmarks for value in each.z
    ]
    assert dumps(shelf).isascii() and dumps(shelf).count("\n") == (len(shelf.bookmarks) + 2 if shelf.bookmarks else 1)


def test_whole_numbers_become_floats_and_what_a_later_version_adds_is_passed_over():
    found = loads(told(made="2030", bookmarks=[{"name": "a", "z": [1, 2], "colour": "red"}]), 2)
    assert found == Shelf(WEIGHTS, 2, (Bookmark("a", (1.0, 2.0)),)) and type(found.bookmarks[0].z[0]) is float


def test_of_two_points_with_one_name_the_second_gets_a_number():
    rows = [{"name": name, "z": [k, 0]} for k, name in enumerate(["a", "a", "a 2", "a", "b"])]
    found = loads(told(bookmarks=rows), 2).bookmarks
    assert [each.name for each in found] == ["a", "a 2", "a 2 2", "a 3", "b"] and [each.z[0] for each in found] == [
        0, 1, 2, 3, 4,
    ]  # fmt: skip


NAMES = ["", " a", "a\n", "x" * 61, "\u202eabc", "\ud800", None, 3, ["a"], {"a": 1}, True]  # test_bookmarks has more
BAD = {
    "empty": ("", "it is not JSON"),
    "half": (told()[:-4], "it is not JSON"),
    "deep": ("[" * 100_000, "it is not JSON"),
    "a long number": (told().replace("2.5", "1" * 5000), "it is not JSON"),
    "a list": ("[]", "the file is no JSON object"),
    "null": ("null", "the file is no JSON object"),
    "no schema": (told(schema=...), "there is no schema"),
    "schema 2": (told(schema=2), "its schema is not 1: it was written by another version of this program"),
    "schema true": (told(schema=True), "its schema is not 1"),
    "schema text": (told(schema="1"), "its schema is not 1"),
    "no weights": (told(weights=...), "there is no weights"),
    "weights short": (told(weights="ab"), "weights is no sha256"),
    "weights null": (told(weights=None), "weights is no sha256"),
    "weights upper": (told(weights="A" * 64), "weights is no sha256"),
    "weights with a line end": (told(weights=WEIGHTS + "\n"), "weights is no sha256"),
    "no dimension": (told(latent_dim=...), "there is no latent_dim"),
    "3 dimensions": (told(latent_dim=3), "they are of a model with 3 latent dimensions, not 2"),
    "dimensions text": (told(latent_dim="2" * 9999), "they are of a model with .2{30}…2{29}. latent dimensions, not 2"),
    "dimensions float": (told(latent_dim=2.0), "latent_dim is no whole number from 1 to 256"),
    "no bookmarks": (told(bookmarks=...), "there is no bookmarks"),
    "bookmarks an object": (told(bookmarks={}), "bookmarks is no list"),
    "bookmarks null": (told(bookmarks=None), "bookmarks is no list"),
    "a bookmark a list": (told(bookmarks=[["a", [1, 2]]]), "a bookmark is no JSON object"),
    "too many": (told(bookmarks=[0] * 1001), "there are 1001 bookmarks; 1000 are the most"),
    "no name": (one(name=...), "there is no name"),
    "no z": (one(z=...), "there is no z"),
    "z text": (one(z="12"), "the z of a bookmark is no list of numbers"),
    "z of texts": (one(z=["1", "2"]), "the z of a bookmark is no list of numbers"),
    "z of truths": (one(z=[True, False]), "the z of a bookmark is no list of numbers"),
    "z null": (one(z=None), "the z of a bookmark is no list of numbers"),
    "z empty": (one(z=[]), "the z of 'a' is not one finite number or more"),
    "z NaN": (one(z=[math.nan, 1]), "the z of 'a' is not one finite number or more"),
    "z infinite": (one(z=[1, -math.inf]), "the z of 'a' is not one finite number or more"),
    "z beyond floats": (one(z=[10**400, 1]), "int too large to convert to float"),
    "z too short": (one(z=[1]), "the z of 'a' has 1 values, not 2"),
    "z too long": (one(z=[1] * 5000), "the z of 'a' has 5000 values, not 2"),
    **{f"name {name!r:.20}": (one(name=name), "a name (is no line of printable|has (0|61) char)") for name in NAMES},
}


@pytest.mark.parametrize(("text", "why"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_the_reason(text, why):
    with pytest.raises(BookmarkError, match=f"^The bookmarks cannot be read: {why}.*\\.$") as caught:
        loads(text, 2)
    assert len(str(caught.value)) < 200


def test_a_long_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(shelves, "MAX_TEXT", 100)
    with pytest.raises(BookmarkError, match="it is longer than 100 characters"):
        loads(" " * 101, 2)


def test_a_shelf_holds_bookmarks_of_one_space_with_names_of_their_own():
    a, b = Bookmark("a", (0.0, 0.0)), Bookmark("b", (0.0,))
    with pytest.raises(ValueError, match=r"^the z of 'b' has 1 values, not 2$"):
        Shelf(WEIGHTS, 2, (a, b))
    with pytest.raises(ValueError, match=r"^the name 'a' stands there twice$"):
        Shelf(WEIGHTS, 2, (a, a))
    with pytest.raises(ValueError, match=r"^there are 1001 bookmarks"):
        Shelf(WEIGHTS, 2, (a,) * 1001)


def test_the_most_bookmarks_of_the_most_dimensions_are_read():
    z = tuple(-math.pi * 10.0 ** -(k % 300) for k in range(256))
    shelf = Shelf(WEIGHTS, 256, tuple(Bookmark(f"{k:060d}", z) for k in range(1000)))
    assert loads(dumps(shelf), 256) == shelf


# ---------------------------------------------------------------------------------------------------------------- CSV


def test_csv_reads_back_with_any_name_and_every_bit():
    rows = list(csv.reader(io.StringIO(to_csv(SHELF.bookmarks), newline="")))
    assert rows[0] == ["name", "z0", "z1"] and [row[0] for row in rows[1:]] == [each.name for each in SHELF.bookmarks]
    assert [tuple(map(float, row[1:])) for row in rows[1:]] == [each.z for each in SHELF.bookmarks]
    assert to_csv([]) == '"name"\r\n'


@pytest.mark.parametrize("start", "=+-@＝＋－＠")
def test_no_name_is_a_formula_in_a_spreadsheet(start):
    text = to_csv([Bookmark(f'{start}1+1;"=2', (-1.0,))])
    assert text == f'"name","z0"\r\n"\'{start}1+1;""=2",-1.0\r\n'


# --------------------------------------------------------------------------------------------------------------- files


def test_a_file_of_bookmarks_is_read_back(tmp_path):
    for start in ("", "\ufeff"):
        (tmp_path / "a.json").write_text(start + dumps(SHELF), "utf-8")
        assert shelves.read(tmp_path / "a.json", 2) == SHELF


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_of_bookmarks_is_read_back_and_tells_no_weights(tmp_path, encoding):
    (tmp_path / "a.csv").write_text(to_csv(SHELF.bookmarks), encoding)
    assert shelves.read(tmp_path / "a.csv", 2) == Shelf("", 2, SHELF.bookmarks)


def test_points_without_names_are_called_after_their_file_and_numbered(tmp_path):
    np.save(tmp_path / "my points.npy", np.array([[1, 2], [3, 4], [1, 2]]))
    (tmp_path / "my points.txt").write_text("tensor([[1., 2.],\n        [3., 4.],\n        [1., 2.]])")
    for name in ("my points.npy", "my points.txt"):
        assert shelves.read(tmp_path / name, 2).bookmarks == (
            Bookmark("my points", (1.0, 2.0)), Bookmark("my points 2", (3.0, 4.0))
        )  # fmt: skip


def test_any_name_of_a_point_becomes_one_that_a_bookmark_may_have():
    names = ("x" * 100, "", " a\u202e\n", "\ud800", "a")
    found = Points(tuple((float(k),) for k in range(5)), names)
    called = [each.name for each in shelves.called(found, "\n")]
    assert called == ["x" * 30 + "…" + "x" * 29, "point", "a?", "?", "a"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe", "no numbers are in it"),
        (b"{", "“{” is no number; a point has 2 numbers"),
        (told()[:-4].encode(), "not JSON"),
        (told(schema=9).encode(), "another version"),
        (b"[]", "no numbers are in it"),
        (b"[1, 2, 3]", "3 numbers were read"),
        (b"\x93NUMPY", "its array cannot be read"),
        (b"\x89PNG\r\n", "is no number"),
    ],
)
def test_a_file_without_bookmarks_is_refused_with_its_name_and_the_reason(tmp_path, data, why):
    (tmp_path / "bad.json").write_bytes(data)
    with pytest.raises(BookmarkError, match=rf"^bad\.json: The bookmarks cannot be read: .*{why}"):
        shelves.read(tmp_path / "bad.json", 2)


def test_a_pipe_is_refused_instead_of_waited_for_and_a_missing_file_is_an_error(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(OSError, match=r"it is not a file: .*pipe\.json"):
        shelves.read(tmp_path / "pipe.json", 2)
    with pytest.raises(FileNotFoundError):
        shelves.read(tmp_path / "none.json", 2)


def test_a_bookmark_that_a_file_has_twice_is_read_once():
    assert len(loads(told(bookmarks=[{"name": "a", "z": [1, 0]}] * 3), 2).bookmarks) == 1


def test_one_point_under_two_names_stays_two_bookmarks_even_if_the_names_differ_by_a_number():
    shelf = Shelf("0" * 64, 2, (Bookmark("a 2", (1.0, 2.0)), Bookmark("a", (1.0, 2.0))))
    assert loads(dumps(shelf), 2) == shelf
