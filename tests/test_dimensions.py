"""What dimensions are called, and how that is written and read."""

import pytest

from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import MAX

NAMES = ((1, "wide"), (4, "leans right"))


def test_a_dimension_has_its_number_and_its_name():
    assert [dimensions.title(dim, NAMES) for dim in (0, 1, 4)] == ["z0", "z1 wide", "z4 leans right"]
    assert [dimensions.short(dim, NAMES) for dim in (0, 1, 4)] == ["z0", "wide", "leans right"]
    assert dimensions.title(12) == dimensions.short(12) == "z12"
    assert dimensions.axes((4, 1), NAMES) == ("z4 leans right", "z1 wide")
    assert all("principal" in each for each in dimensions.axes(None, NAMES))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("tall", "tall"),
        ("  much \t taller\n ", "much taller"),
        ("a=b, c", "a=b, c"),
        ("\x1b[31mred\u202e", "?[31mred?"),
        ("$x_1$ \\frac", "$x_1$ \\frac"),
    ],
)
def test_a_name_is_one_line_that_can_be_shown(typed, kept):
    assert dimensions.renamed(NAMES, 2, typed) == (NAMES[0], (2, kept), NAMES[1])
    assert dimensions.renamed(((2, "x"), NAMES[1]), 2, typed) == ((2, kept), NAMES[1])


def test_a_name_is_short_and_an_empty_one_takes_it_away():
    [(_, name)] = dimensions.renamed((), 0, "x" * 1000)
    assert len(name) == MAX
    assert dimensions.renamed(NAMES, 1, "  ") == NAMES[1:] and dimensions.renamed((), 1, "") == ()


def test_what_is_written_can_be_read():
    for names in ((), NAMES, ((0, "a=b"), (255, "ünïcode ✓"))):
        assert dimensions.read(dimensions.written(names)) == names
        assert dimensions.are_written(dimensions.written(names), 256)
    assert dimensions.read(["z4 = leans right", "1=wide"]) == NAMES


@pytest.mark.parametrize(
    "value",
    [
        None, "1=a", ["1=a"], (1,), ("a",), ("x=a",), ("6=a",), ("-1=a",), ("1=",), ("1= a",), ("2=b", "1=a"),
        ("1=a", "1=b"), ("1=" + "x" * 25,), ("1=a\n",), ("9" * 5000 + "=a",),
    ],
)  # fmt: skip
def test_what_a_file_has_instead_is_no_list_of_names(value):
    assert not dimensions.are_written(value, 6)


def test_as_many_names_as_a_file_can_hold_are_read_at_once():
    many = [f"{dim}=a" for dim in range(60_000)]  # took minutes when each name was put among those before
    assert dimensions.written(dimensions.read(reversed(many))) == tuple(many)
