"""What can be chosen of each kind of picture: nothing else passes, whatever JSON may hold."""

import base64
import math

import numpy as np
import pytest
from factories import made_up

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures.choice import FILE, MAX_PICTURES
from vae_explorer.pictures.kinds import KINDS, checked, complete, worded
from vae_explorer.pictures.rows import data, places, ways
from vae_explorer.pictures.usual import PAPER
from vae_explorer.space.factors import FACTORS

ENDS = {"start": [0, 0.5, -1], "end": [1, 1, 1]}
LEVELS = base64.b64encode(bytes(range(196)) * 4).decode()  # of 28 × 28


def needed(picture, latent_dim=3):
    """The choices without which there is no such picture, points and pictures."""
    choices = {name: choice for name, choice in KINDS[picture].choices.items() if choice.default is ...}
    return {name: LEVELS if choice.metavar == FILE else [0.5] * latent_dim for name, choice in choices.items()}


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 256])
@pytest.mark.parametrize("picture", KINDS)
def test_the_defaults_can_be_chosen_of_every_model_that_has_the_picture(picture, latent_dim):
    given = needed(picture, latent_dim)
    if (picture, latent_dim) == ("plane", 1):
        with pytest.raises(ValueError, match=r"^plane cannot be of 1 latent dimension$"):
            checked(picture, given, latent_dim)
        return
    plain = checked(picture, given, latent_dim)
    full = complete(picture, plain, latent_dim)
    assert full.keys() == KINDS[picture].choices.keys() and checked(picture, full, latent_dim) == full


def test_a_map_is_of_the_plane_of_most_spread_where_there_are_more_than_two_dimensions():
    assert [complete("map", {}, latent_dim)["dims"] for latent_dim in (1, 2, 3)] == [(0,), (0, 1), "principal"]


def test_the_same_choices_stand_in_the_same_order():
    one, other = checked("map", {"dims": [0]}, 3), checked("traverse", {"span": 1, "dims": [0], "n": 3}, 3)
    assert list(one) == ["dims"] and list(other) == ["dims", "n", "span"]


def test_what_was_chosen_stays_and_lists_become_tuples():
    plain = checked("path", ENDS | {"way": "geodesic"}, 3)
    assert plain == {"start": (0, 0.5, -1), "end": (1, 1, 1), "way": "geodesic"}
    assert complete("path", plain, 3) == plain | {
        "n": 11, "side": 280, "look": "pixels", "colours": "gray", "ms": 80, "theme": "light", "mm": 0.0,
    }  # fmt: skip


GOOD = [
    ("traverse", {"mm": 85, "theme": "dark"}), ("map", {"mm": 40.0, "ground": "light"}), ("kl", {"mm": 0}),
    ("samples", {"label": 3, "seed": 2**63 - 1}), ("card", {"dim": 2}), ("traverse", {"order": "kl", "centre": "z"}),
    ("digit", {"side": 16}), ("digit", {"side": 4480, "look": "smooth", "colours": "magma"}),
    ("traverse", {"dims": [2]}), ("traverse", {"dims": [2, 0, 1], "n": 2, "span": 1e-9}), ("traverse", {"span": 10}),
    ("map", {"dims": "principal"}), ("map", {"dims": [2]}), ("map", {"dims": (2, 0)}),
    ("plane", {"dims": [0, 2], "n": 60, "span": 10.0}), ("plane", {"dims": "principal"}),
    ("path", ENDS | {"n": 120, "way": "all", "ms": 20}), ("path", {"start": [10, -10, 0], "end": (0.0, 0.0, 0.0)}),
]  # fmt: skip


@pytest.mark.parametrize(("picture", "options"), GOOD)
def test_what_is_within_the_bounds_can_be_chosen(picture, options):
    checked(picture, options, 3)


JUNK = [None, True, False, "", "3", [], {}, [[1]], {"n": 1}, math.nan, math.inf, -1, 10**400, "[0, 1]", [None], [True]]
FINE = [*((name, "-1") for name in FACTORS), ("lock", "[]"), ("names", "[]"), ("label", "-1"), ("image", "''")]
BAD = [
    ("map", {"mm": 39}), ("map", {"mm": 601}), ("map", {"mm": -1}), ("map", {"theme": "pink"}),
    ("map", {"ground": "transparent"}), ("card", {"dim": 3}), ("samples", {"label": 256}), ("samples", {"n": 401}),
    ("digit", {"side": 15}), ("digit", {"side": 4481}), ("digit", {"side": 280.0}), ("digit", {"look": "rough"}),
    ("digit", {"colours": "jet"}), ("digit", {"colours": ["gray"]}),
    ("traverse", {"dims": [3]}), ("traverse", {"dims": [-1]}), ("traverse", {"dims": [1, 1]}),
    ("traverse", {"dims": [0.0]}), ("traverse", {"dims": "principal"}), ("traverse", {"dims": [0, 1, 2, 0]}),
    ("traverse", {"n": 1}), ("traverse", {"n": 42}), ("traverse", {"n": 10**9}), ("traverse", {"span": 0}),
    ("traverse", {"span": -3}), ("traverse", {"span": 10.5}), ("traverse", {"span": -0.0}),
    ("map", {"dims": [0, 1, 2]}), ("map", {"dims": "Principal"}), ("map", {"dims": [0, 3]}),
    ("plane", {"spacing": "odd"}), ("map", {"names": ["3=a"]}), ("plane", {"names": ["1=b", "0=a"]}),
    ("plane", {"dims": [0]}), ("plane", {"dims": [0, 0]}), ("plane", {"n": 61}),
    ("path", ENDS | {"way": "long"}), ("path", ENDS | {"n": 121}), ("path", ENDS | {"ms": 19}),
    ("path", ENDS | {"side": 1121}), ("path", ENDS | {"start": [0, 0]}), ("path", ENDS | {"end": [0, 0, 10.1]}),
    ("path", ENDS | {"end": [0, 0, math.nan]}), ("path", ENDS | {"end": [0, 0, "1"]}),
    ("path", ENDS | {"end": [0, 0, True]}),
    *(("reconstruct", {"image": text})
      for text in (LEVELS[4:], LEVELS + "AAAA", f" {LEVELS}", LEVELS.replace("A", "-"), "é" + LEVELS[1:], "A" * 10**6)),
    *((picture, needed(picture) | {name: value})
      for picture in KINDS for name in KINDS[picture].choices for value in JUNK if (name, repr(value)) not in FINE),
]  # fmt: skip


@pytest.mark.parametrize(("picture", "options"), BAD, ids=lambda value: repr(value)[:60])
def test_what_is_out_of_bounds_or_of_another_type_is_refused_by_name(picture, options):
    with pytest.raises(ValueError, match=rf"^({'|'.join(KINDS[picture].choices)}) .{{0,400}}is no "):
        checked(picture, options, 3)


def test_no_choice_of_a_kind_is_called_as_one_of_all_pictures():
    for rows in (places.ROWS, ways.ROWS, data.ROWS):
        assert not [name for name, kind in rows.items() if kind.choices.keys() & PAPER.keys()]


@pytest.mark.parametrize("name", ["", "z", "Side", "__class__", "x" * 10_000])
def test_an_option_that_there_is_not_is_refused(name):
    with pytest.raises(ValueError, match=r"^there is no option '.{0,40}' of digit$"):
        checked("digit", {name: 1}, 3)


def test_an_arithmetic_has_three_points_and_nothing_else():
    terms = dict(zip("abc", (*ENDS.values(), [9, 9, 9]), strict=True))
    assert checked("arithmetic", terms, 3) == {"a": (0, 0.5, -1), "b": (1, 1, 1), "c": (9, 9, 9)}
    with pytest.raises(ValueError, match=r"^the option 'c' of arithmetic is missing$"):
        checked("arithmetic", {name: terms[name] for name in "ab"}, 3)
    with pytest.raises(ValueError, match=r"^there is no option 'n' of arithmetic$"):
        checked("arithmetic", terms | {"n": 3}, 3)


def test_pictures_to_reconstruct_are_one_or_several_of_which_a_recipe_has_room_for():
    assert checked("reconstruct", {"image": [LEVELS] * MAX_PICTURES}, 3) == {"image": (LEVELS,) * MAX_PICTURES}
    large = Drawing.of(np.zeros((256, 256, 3), np.uint8)).text
    assert checked("reconstruct", {"image": large}, 3) == {"image": large}
    for several in ([LEVELS] * (MAX_PICTURES + 1), [large, large], [LEVELS, ""], [[LEVELS]], [LEVELS, 3]):
        with pytest.raises(ValueError, match=r"^image .{0,400}is no text of a picture's grey levels"):
            checked("reconstruct", {"image": several}, 3)
    with pytest.raises(ValueError, match=r"^image .{0,400}is no "):
        checked("posterior", {"image": [LEVELS, LEVELS]}, 3)


def test_a_picture_to_reconstruct_is_needed_and_is_text():
    assert checked("reconstruct", {"image": LEVELS}, 3) == {"image": LEVELS}
    with pytest.raises(ValueError, match=r"^the option 'image' of reconstruct is missing$"):
        checked("reconstruct", {}, 3)


@pytest.mark.parametrize("lost", ["start", "end"])
def test_a_path_without_an_end_is_refused(lost):
    with pytest.raises(ValueError, match=f"^the option '{lost}' of path is missing$"):
        checked("path", {name: value for name, value in ENDS.items() if name != lost}, 3)


def test_there_is_no_principal_plane_of_one_dimension():
    with pytest.raises(
        ValueError, match=r"^dims principal is no map: neither 'principal' nor one or two of the dimensions 0 to 0$"
    ):
        checked("map", {"dims": "principal"}, 1)


def test_a_choice_of_one_name_is_typed_alike_for_every_kind_of_picture():
    """The command has one option for it."""
    ways_to_read = {}
    for kind in KINDS.values():
        for name, choice in kind.choices.items():
            ways_to_read.setdefault(name, set()).add((choice.read, choice.names and tuple(choice.names())))
    assert [name for name, found in ways_to_read.items() if len(found) > 1] == []


@pytest.mark.parametrize("picture", KINDS)
def test_a_kind_says_what_it_is_in_a_line_of_a_terminal_without_its_full_stop(picture):
    kind = KINDS[picture]
    assert kind.title.lower() == picture, "the same word on the screen and in the command"
    assert kind.description[0].isupper() and kind.description[-1] != "." and len(f"  {'':10}  {kind.description}") <= 80


def test_a_digit_is_called_a_picture_of_a_model_that_has_none():
    assert worded(made_up())["digit"].title == "Picture" and worded(made_up()).keys() == KINDS.keys()


@pytest.mark.parametrize("picture", KINDS)
def test_an_example_chooses_what_is_needed_and_names_a_point_only_where_there_is_one(picture):
    kind = KINDS[picture]
    for example in kind.examples:
        flags = {word[2:] for word in example.split() if word.startswith("--")}
        assert flags - {"z", "label", "image", "seed", "sample", "out", "format", "weights"} <= kind.choices.keys()
        assert kind.around_z or not (flags - kind.choices.keys()) & {"z", "label", "sample"}
        assert {name for name, each in kind.choices.items() if each.default is ...} <= flags
