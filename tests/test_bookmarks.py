"""Bookmarks are names for points: which names there may be, and which they get beside others."""

import math

import pytest

from vae_explorer.session.bookmarks import Bookmark, BookmarkError, joined, unique_name


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("a", (), "a"), ("a", ("b",), "a"), ("a", ("a",), "a 2"), ("a", ("a", "a 2", "a 4"), "a 3"),
        ("x" * 60, ("x" * 60,), "x" * 58 + " 2"), ("x" * 57 + " yz", ("x" * 57 + " yz",), "x" * 57 + " 2"),
    ],
)  # fmt: skip
def test_a_name_is_made_unique_and_stays_a_name(name, taken, expected):
    assert unique_name(name, taken) == expected
    Bookmark(expected, (0.0,))


NAMES = [
    "",
    " a",
    "a ",
    "a\nb",
    "a\tb",
    "\0",
    "x" * 61,
    "\u202eabc",
    "\ud800",
    "\u2028",
    None,
    3,
    ["a"],
    {"a": 1},
    True,
]


@pytest.mark.parametrize("name", NAMES)
def test_a_bookmark_with_a_bad_name_is_refused(name):
    with pytest.raises(ValueError, match=r"^a name "):
        Bookmark(name, (0.0,))


@pytest.mark.parametrize("z", [(), (math.nan,), (math.inf,), (1,), ("1",)])
def test_a_bookmark_with_a_bad_point_is_refused(z):
    with pytest.raises(ValueError, match=r"^the z of 'a' is not"):
        Bookmark("a", z)


def test_joined_bookmarks_get_free_names_and_none_is_added_twice():
    a, b, other = Bookmark("a", (1.0,)), Bookmark("b", (2.0,)), Bookmark("a", (3.0,))
    assert joined((a,), (b, a, other)) == (a, b, Bookmark("a 2", (3.0,)))
    assert joined((), (a, b)) == (a, b) and joined((a,), ()) == (a,)


@pytest.mark.parametrize("name", ["a", "a 2", "x" * 60, "x" * 57 + " yz"])
def test_a_bookmark_that_got_another_name_when_it_was_added_is_not_added_again(name):
    kept, more = (Bookmark(name, (1.0,)),), (Bookmark(name, (3.0,)), Bookmark("b", (4.0,)))
    once = joined(kept, more)
    assert len(once) == 3 and joined(once, more) == once == joined(joined(once, more), more)
    without_first = (once[1], once[2])  # whose name is free now
    assert joined(without_first, more) == without_first


def test_another_name_or_another_place_is_another_bookmark():
    kept = (Bookmark("a", (1.0,)), Bookmark("a 2", (2.0,)))
    for more in (Bookmark("b", (1.0,)), Bookmark("a", (3.0,)), Bookmark("a2", (2.0,)), Bookmark("a 2", (1.0,))):
        assert len(joined(kept, (more,))) == 3, more


def test_joining_to_more_than_a_thousand_bookmarks_is_refused():
    many = tuple(Bookmark(f"{k}", (float(k),)) for k in range(1000))
    assert len(joined(many[:500], many[500:])) == 1000
    with pytest.raises(BookmarkError, match="1001 bookmarks; 1000 are the most"):
        joined(many, (Bookmark("one more", (0.5,)),))
