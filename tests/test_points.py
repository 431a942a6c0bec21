"""Points as people have them in text: typed, printed by Python, NumPy and torch, and rows of our own tables."""

import csv
import io
import json

import numpy as np
import pytest
import torch

from vae_explorer.session import measurements, points, shelves
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.measurements import Measurement
from vae_explorer.session.points import BETWEEN, DECIMAL

Z = (1.5, -0.25)
MANY = tuple(np.random.default_rng(0).normal(size=256).tolist())


def one(text, latent_dim=2):
    found = points.read(text, latent_dim)
    return found.one


def why_not(text, latent_dim=2):
    with pytest.raises(ValueError) as caught:
        points.read(text, latent_dim)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "1.5 -0.25", "1.5, -0.25", "1.5,-0.25", "1.5; -0.25", "1.5\t-0.25", "1.5\n-0.25\n", " 1.5 ,−0.25, ",
        "+1.5 -.25", "15e-1,-2.5E-1", "\ufeff1.5 -0.25", "1.5\u00a0-0.25", "[1.5, -0.25]",
        "(1.5, -0.25)", "[[[1.5, -0.25]]]", "[[1.5], [-0.25]]",
        "z = [1.5, -0.25]", "mu: (1.5, -0.25)", "{'mu': [1.5, -0.25]}", "z0=1.5, z1=-0.25",
        "z1: -0.25\nz0: 1.5", "{'z0': 1.5, 'z1': -0.25}", '{"z0": 1.5, "z1": -0.25}', "dict(z0=1.5, z1=-0.25)",
        "[1.5 -0.25]", "[1.5; -0.25]", "1,5; -0,25", "1,5 -0,25", "1,5, -0,25", "1,5\t−0,25", "z0=1,5; z1=-0,25",
        "Out[12]: array([ 1.5 , -0.25])",
    ],
)  # fmt: skip
def test_a_point_is_read_in_any_of_these_forms(text):
    assert one(text) == Z


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
@pytest.mark.parametrize("print_", [str, repr])
@pytest.mark.parametrize("shape", [(2,), (1, 2), (1, 2, 1, 1)])
def test_what_numpy_prints_is_read(dtype, print_, shape):
    assert one(print_(np.array(Z, dtype).reshape(shape))) == Z


@pytest.mark.parametrize("print_", [str, repr])
def test_what_numpy_prints_of_many_numbers_and_many_rows_is_read(print_):
    with np.printoptions(threshold=10_000, floatmode="unique"):
        assert one(print_(np.array(MANY)), 256) == MANY
        found = points.read(print_(np.array(MANY).reshape(64, 4)), 4)
    assert found.points == tuple(map(tuple, np.array(MANY).reshape(64, 4).tolist())) and not any(found.names)


def test_numbers_of_numpy_and_torch_in_lists_and_dicts_are_read():
    for text in (repr([*np.array(Z)]), repr(tuple(np.float32(Z))), repr([*torch.tensor(Z)])):
        assert one(text) == Z
    assert points.read(repr([[*np.array(Z)]] * 3), 2).points == (Z,) * 3
    assert one(repr({f"z{dim}": value for dim, value in enumerate(np.array(Z))})) == Z


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("shape", [(2,), (1, 2), (1, 2, 1, 1)])
def test_what_torch_prints_is_read(dtype, shape):
    z = torch.tensor(Z, dtype=dtype).reshape(shape)
    graded = (z.clone().requires_grad_() * 1, z.clone().requires_grad_(), torch.nn.Parameter(z.clone()))
    for each in (z, *graded, z.tolist(), z.numpy() if dtype != torch.bfloat16 else z):
        assert one(repr(each)) == one(str(each)) == Z and points.read(repr(each), 2).names == ("",)
    assert one(repr(z).replace(")", ", device='cuda:0', grad_fn=<AddmmBackward0>)")) == Z


def test_what_torch_prints_of_many_numbers_and_of_small_ones_is_read():
    torch.set_printoptions(precision=17, threshold=10_000)
    try:
        assert one(repr(torch.tensor(MANY, dtype=torch.float64)), 256) == pytest.approx(MANY, abs=1e-15)
    finally:
        torch.set_printoptions(profile="default")
    assert one(repr(torch.tensor([1e-5, -2e3]))) == (1e-5, -2e3)


def test_rows_are_points():
    rows = ((1.0, 2.0), (3.0, -4.0), (5.0, 6.0))
    texts = ["1 2\n3 -4\n\n5 6", "1,2\n3,-4\n5,6\n", "[1 2; 3 -4; 5 6]", "1\t2\n3\t−4\n5\t6", "1;2\n3;-4\n5;6"]
    texts += [repr(rows), str(np.array(rows)), repr(torch.tensor(rows)), repr(rows)[1:-1]]
    for text in texts:
        found = points.read(text, 2)
        assert found.points == rows and found.names == ("", "", "")
        with pytest.raises(ValueError, match=r"^3 points were read, and one is needed$"):
            _ = found.one


def test_points_may_have_names():
    found = points.read(json.dumps({"a 7": [1, 2], "b": [3, 4]}), 2)
    assert found.names == ("a 7", "b") and found.points == ((1, 2), (3, 4))
    assert points.read(repr({"a": np.array(Z), "b": torch.tensor(Z)}), 2).names == ("a", "b")
    for text in ("a seven\t1.5\t-0.25", "a seven,1.5,-0.25", "a seven;1,5;-0,25"):
        found = points.read(text, 2)
        assert found.names == ("a seven",) and found.one == Z


# ------------------------------------------------------------------------------------------------------- our own tables

SHELF = (Bookmark('a "7", =1', Z), Bookmark("=1+1", (0.1 + 0.2, 5e-324)))
ROW = Measurement("your digit", Z, (4.21, 11.3, 19.0, 2.5, 95.0), 38.0, 1, 30.25, 14.5, "9", 91.2, 45.0)


@pytest.mark.parametrize("spoilt", [str, lambda text: "\ufeff" + text, lambda text: text.replace('"name"', "name")])
def test_a_table_of_bookmarks_comes_back_with_every_name_and_bit(spoilt):
    found = points.read(spoilt(shelves.to_csv(SHELF)), 2)
    assert tuple(map(Bookmark, found.names, found.points)) == SHELF


def test_a_row_of_a_table_of_bookmarks_is_read_alone():
    _, *rows = shelves.to_csv(SHELF).splitlines()
    assert [points.read(row, 2).points for row in rows] == [(each.z,) for each in SHELF]
    assert [points.read(row, 2).names for row in rows] == [(each.name,) for each in SHELF]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_table_of_measurements_is_read_with_what_the_rows_are_of(separator):
    found = points.read(measurements.to_csv([ROW, ROW], separator), 2)
    assert found.points == (Z, Z) and found.names == ("your digit",) * 2


def test_a_table_that_a_spreadsheet_wrote_with_decimal_commas_is_read():
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([["name", "z0", "z1"], ["a", "1,5", "-0,25"], ["b", "2", "3"]])
    found = points.read(text.getvalue(), 2)
    assert found.points == (Z, (2.0, 3.0)) and found.names == ("a", "b")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,z0,z1,z2\na,1,2,3", "a table with 3 numbers in a row was read"),
        ("name,z0,z1\na,1", "a row of the table is not as long as its head"),
        ("name,z0,z1\na,1,", "no numbers are in it"),
        ("name,z0,z1\na,1,b", "“b” is no number"),
        ("name,z0,z1\n", "no points are in it"),
        ("name,z1,z0\na,1,2", "a table with 2 numbers in a row was read"),
        ('name,z0,z1\n"a,1,2', "a row of the table is not as long as its head"),
    ],
)
def test_a_table_that_is_none_of_this_model_is_refused_with_the_reason(text, why):
    assert why_not(text) == f"{why}; a point has 2 numbers"


# -------------------------------------------------------------------------------------------------------------- commas


@pytest.mark.parametrize(
    ("text", "latent_dim", "read", "commas"),
    [
        ("1,5, -0,3", 2, [(1.5, -0.3)], DECIMAL),
        ("1,5, -0,3", 4, [(1, 5, 0, 3)], BETWEEN),
        ("1,5; -0,3", 2, [(1.5, -0.3)], DECIMAL),
        ("1,5", 1, [(1.5,)], DECIMAL),
        ("1,5", 2, [(1, 5)], ""),
        ("1,5\n-0,3", 2, [(1, 5), (0, 3)], BETWEEN),
        ("1,5; 2,5; 3,5", 3, [(1.5, 2.5, 3.5)], DECIMAL),
        ("1,5; 2,5; 3,5", 2, [(1, 5), (2, 5), (3, 5)], BETWEEN),
        ("1.5, -0.3", 2, [(1.5, -0.3)], ""),
        ("1, 2; 3, 4", 2, [(1, 2), (3, 4)], ""),
        ("[[1,5],[2,5]]", 2, [(1, 5), (2, 5)], ""),
    ],
)
def test_the_number_of_numbers_tells_what_commas_are_and_it_is_said_where_they_could_be_either(
    text, latent_dim, read, commas
):
    found = points.read(text, latent_dim)
    assert [*found.points] == read and found.commas == commas


# ------------------------------------------------------------------------------------------------------------ no point


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no numbers are in it"),
        ("[]", "no numbers are in it"),
        ("hello", "“hello” is no number"),
        ("[1, 2] is mine", "“is mine” is no number"),
        ("__import__('os').abort()", "“__import__” is no number"),
        ("print(1, 2)", "“print” is no number"),
        ("1_0, 2", "“1_0” is no number"),
        ("1 2j", "“2j” is no number"),
        ("[True, False]", "“True” is no number"),
        ("1", "1 number was read (1)"),
        ("1,5; -0,3; 2", "3 numbers were read (1.5, -0.3, 2)"),
        ("1 2 3 4 5 6", "6 numbers were read (1, 2, 3, 4…)"),
        ("[[1, 2, 3], [4, 5, 6]]", "2 rows of 3 numbers were read"),
        ("[[1, 2], [4, 5, 6]]", "2 rows of 2 to 3 numbers were read"),
        ("nan, 1, 2", "3 numbers were read (nan, 1, 2)"),
        ("1,,2", "a number is missing between two commas"),
        ("[1, 2", "a bracket is not closed, or not opened"),
        ("[1, 2]]", "a bracket is not closed, or not opened"),
        ("[1 2 ... 3]", "“...” is in it, where numbers were left out when it was printed"),
        ("z0=1", "z0 was read"),
        ("z0=1, z1=2, z2=3", "z0, z1, z2 were read"),
        ("z0=1, z1=2, z0=3", "z0, z1, z0 were read"),
        ("x: z0=1, z1=2", "z0, z1 were read"),
        *((text, "NaN or infinity is in it, and there is no such place") for text in ("nan 1", "-inf, 1", "1 1e999")),
    ],
)
def test_what_is_no_point_is_told_with_what_was_understood_and_what_is_needed(text, why):
    assert why_not(text) == f"{why}; a point has 2 numbers"


def test_a_text_of_one_dimension_says_so():
    assert why_not("1 2", 1).endswith("a point has 1 number") and one("[-1.5]", 1) == (-1.5,)
    assert points.read("1\n2", 1).points == ((1.0,), (2.0,))


def test_there_are_bounds():
    assert "more than 2,000 numbers are in it" in why_not("1 2\n" * 1001)
    assert "it has 1,001 points; 1,000 are the most" in why_not("name,z0,z1\n" + "a,1,2\n" * 1001)
    assert "it is longer than 560,000 characters" in why_not(" " * 560_001)
    assert len(why_not("x" * 560_000)) < 120


def test_as_many_points_of_as_many_numbers_as_there_may_be_are_read():
    rows = np.tile(MANY, (points.MAX_COUNT, 1)).tolist()
    assert points.read(repr(rows), 256).points == (MANY,) * points.MAX_COUNT
