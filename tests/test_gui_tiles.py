"""A square of digits on a canvas: its pixels, and which tile is where."""

import tkinter as tk

import numpy as np
import pytest

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.widgets.tiles import Tiles

AXES = ("−3", "z0", "+3"), ("−3", "z1", "+3")


@pytest.fixture
def tiles(plain):
    """A function that makes tiles with a colormap in a place of some size."""

    def make(colours="gray", look="pixels", size=(400, 300)):
        frame = tk.Frame(plain.root, width=size[0], height=size[1])
        frame.place(x=0, y=0)
        frame.pack_propagate(False)
        made = Tiles(frame, plain.theme, Look(look, colours))
        made.widget.pack(fill="both", expand=True)
        plain.hand.pump()
        return made

    return make


def colour(made, tile):
    """The colour in the middle of a tile, as Tk has it."""
    left, top, right, bottom = made.box(tile)
    x, y = (left + right) // 2 - made._left, (top + bottom) // 2 - made._top
    return made.widget.tk.call(str(made._photo), "get", x, y)


def digits(*rows, shape=(28, 28)):
    """Digits of one grey level each."""
    return np.array(rows, np.uint8).reshape(-1, 1, 1) * np.ones(shape, np.uint8)


@pytest.mark.parametrize(
    ("colours", "white"), [("gray", (255, 255, 255)), ("gray_r", (0, 0, 0)), ("viridis", (253, 231, 37))]
)
def test_the_first_row_of_the_sheet_is_the_uppermost_and_levels_have_their_colours(tiles, colours, white):
    made = tiles(colours)
    made.show(digits([255, 0], [0, 0]), AXES)
    assert colour(made, (0, 1)) == white
    assert colour(made, (0, 0)) == colour(made, (1, 0)) == colour(made, (1, 1)) != white


def test_a_new_number_of_tiles_and_a_new_size_leave_nothing_of_the_old(tiles):
    made = tiles()
    made.show(digits([255] * 3, [255] * 3, [255] * 3), AXES)
    made.show(digits([0, 0], [0, 0]), AXES)
    assert {colour(made, (column, row)) for column in range(2) for row in range(2)} == {(0, 0, 0)}
    before = made.box((1, 1))
    made.widget.master.configure(width=200)
    made.widget.master.update()
    assert made.box((1, 1))[2] < before[2] and colour(made, (1, 1)) == (0, 0, 0)
    assert made._photo.tk.call("image", "width", str(made._photo)) == made.box((1, 1))[2] - made.box((0, 1))[0]


@pytest.mark.parametrize("count", [2, 7, 30])
def test_every_tile_is_found_where_it_is_drawn(tiles, count):
    made = tiles()
    made.show(digits(*([0] * count for _ in range(count))), AXES)
    for tile in ((0, 0), (count - 1, 0), (0, count - 1), (count // 2, 1)):
        left, top, right, bottom = made.box(tile)
        assert [made.at(*corner) for corner in ((left, top), (right - 1, bottom - 1))] == [tile, tile]
    left, top, *_ = made.box((0, count - 1))
    assert made.at(left - 1, top) is None and made.at(left, top - 1) is None
    assert made.nearest(left - 50, top - 50) == (0, count - 1)


@pytest.mark.parametrize("shape", [(20, 36), (36, 20)])
@pytest.mark.parametrize("size", [(400, 300), (200, 300)])
def test_digits_that_are_no_squares_keep_their_proportions_and_are_found_where_they_are_drawn(tiles, shape, size):
    made = tiles(size=size)
    made.show(digits([0, 0, 0], [0, 255, 0], [0, 0, 0], shape=shape), AXES)
    left, top, right, bottom = made.box((1, 1))
    assert (right - left) / (bottom - top) == pytest.approx(shape[1] / shape[0], rel=0.03)
    assert made.at(left, top) == made.at(right - 1, bottom - 1) == (1, 1)
    assert made.at(left - 1, top) == (0, 1) and made.at(left, bottom) == (1, 0)
    assert colour(made, (1, 1)) == (255, 255, 255) and colour(made, (0, 1)) == colour(made, (1, 0)) == (0, 0, 0)
    left, top, right, bottom = *made.box((0, 2))[:2], *made.box((2, 0))[2:]
    assert min(left, top) >= 0 and right <= size[0] and bottom <= size[1]
    assert right - left > 0.75 * size[0] - 30 or bottom - top > 0.75 * size[1] - 30


def test_the_names_of_the_axes_do_not_lie_on_the_tiles(tiles):
    made = tiles()
    made.show(digits([0, 0], [0, 0]), AXES)
    canvas = made.widget
    told = {canvas.itemcget(item, "text") for item in made._names}
    assert told == {"−3", "z0", "+3", "z1"}
    left, bottom = made.box((0, 0))[0], made.box((0, 0))[3]
    for item in made._names:
        x0, y0, x1, y1 = canvas.bbox(item)
        assert x1 <= left or y0 >= bottom
        assert x0 >= 0 and y1 <= canvas.winfo_height()
