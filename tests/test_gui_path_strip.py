"""Digits, bars and mark of a way, as the screen shows them."""

import numpy as np
import pytest
from conftest import send
from PIL import ImageGrab

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.views.path.strip import GAP, MARK, Sizes, WayStrip
from vae_explorer.pictures.tiles import DrawnWay

COUNT = 4
TILES = np.random.default_rng(0).integers(0, 256, (COUNT, 28, 28), np.uint8)
STEPS, PLACES = np.array([1.0, 4, 2]), np.array([0.0, 50, 100, 25])
SIZES = Sizes(28, 28, 21, 2)


@pytest.fixture
def picked():
    return []


@pytest.fixture
def strip(plain, picked):
    made = WayStrip(plain.root, plain.theme, COUNT, Look("pixels", "gray"), lambda *told: picked.append(told))
    made.widget.grid(sticky="ew")
    plain.root.columnconfigure(0, weight=1)
    made.show(DrawnWay(TILES, STEPS, PLACES), SIZES, 4.0)
    plain.hand.pump()
    return made


def shown(strip):
    strip.widget.update()
    left, top = strip.widget.winfo_rootx(), strip.widget.winfo_rooty()
    box = left, top, left + strip.widget.winfo_width(), top + strip.widget.winfo_height()
    return np.asarray(ImageGrab.grab(box).convert("RGB"))


def heights(pixels, colour, middles):
    """How many pixels of a colour stand over each place."""
    is_it = (pixels == [int(colour[k : k + 2], 16) for k in (1, 3, 5)]).all(axis=2)
    return [int(is_it[:, x].sum()) for x in middles]


def test_the_digits_stand_beside_each_other_as_they_are(strip):
    pixels = shown(strip)
    np.testing.assert_array_equal(pixels[MARK : MARK + 28, : COUNT * 28, 0], np.hstack(TILES))
    assert strip.widget.winfo_height() == MARK + 28 + 2 * (GAP + 21)


def test_a_smooth_or_larger_digit_is_still_that_digit(plain, strip):
    smooth = WayStrip(plain.root, plain.theme, COUNT, Look("smooth", "gray"), lambda *_: None)
    spots = np.zeros((COUNT, 28, 28), np.uint8)
    for k, spot in enumerate(spots):
        spot[4 + 6 * k : 8 + 6 * k, 10:14] = 255
    for each in (strip, smooth):
        each.widget.grid(sticky="ew")
        each.show(DrawnWay(spots, STEPS, None), Sizes(40.5, 40, 8, 1), 4.0)
        plain.hand.pump()
        levels = shown(each)[MARK : MARK + 40, : COUNT * 40 + 2, 0]
        for k in range(COUNT):
            assert levels[round((6 + 6 * k) * 40.5 / 28), round((k + 12 / 28) * 40.5)] > 240
            assert levels[round((6 + 6 * k) * 40.5 / 28), round((k + 22 / 28) * 40.5)] < 15


def test_bars_are_as_high_as_the_change_between_two_and_the_data_at_each(plain, strip):
    pixels, colours = shown(strip)[MARK + 28 :], plain.theme.colours
    assert heights(pixels, colours.accent, [28, 56, 84]) == [5, 20, 10]
    assert heights(pixels, colours.muted, [14, 42, 70, 98]) == [0, 10, 20, 5]


def test_without_data_there_is_one_row_of_bars(plain, strip):
    strip.show(DrawnWay(TILES, STEPS, None), Sizes(28, 28, 21, 1), 4.0)
    plain.hand.pump()
    assert strip.widget.winfo_height() == MARK + 28 + GAP + 21
    assert heights(shown(strip), plain.theme.colours.muted, [14, 42, 70, 98]) == [0, 0, 0, 0]


def test_ways_without_any_change_have_no_bars(plain, strip):
    strip.show(DrawnWay(TILES, np.zeros(3), PLACES), SIZES, 0.0)
    assert heights(shown(strip), plain.theme.colours.accent, [28, 56, 84]) == [0, 0, 0]


def test_words_stand_where_a_way_is_not_known(strip):
    strip.show(None, SIZES, 4.0, "searching…")
    [item] = [each for each in strip.widget.find_all() if strip.widget.type(each) == "text"]
    assert strip.widget.itemcget(item, "text") == "searching…"
    assert not (shown(strip)[MARK : MARK + 28, :112, 0] == np.hstack(TILES)).mean() > 0.5
    strip.show(DrawnWay(TILES, STEPS, PLACES), SIZES, 4.0)
    np.testing.assert_array_equal(shown(strip)[MARK : MARK + 28, :112, 0], np.hstack(TILES))


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_the_mark_points_to_a_share_of_the_steps(plain, strip, share):
    strip.mark(share, True)
    x = round(14 + share * 3 * 28)
    others = [each for each in (14, 56, 98) if each != x]
    head, accent = shown(strip)[: MARK - 1], plain.theme.colours.accent
    assert heights(head, accent, [x])[0] > 4 and heights(head, accent, others) == [0, 0]
    strip.mark(share, False)
    assert heights(shown(strip)[:MARK], accent, [x]) == [0]
    strip.mark(None, True)
    assert heights(shown(strip)[:MARK], accent, [x]) == [0]


def test_a_click_is_told_as_the_digit_under_it_and_a_drag_as_the_place(plain, strip, picked):
    left, top = strip.widget.winfo_rootx(), strip.widget.winfo_rooty() + 20
    plain.hand.press(left + 60, top)
    plain.hand.move(left + 14 + 21, top)
    plain.hand.move(left + 300, top)
    plain.hand.release()
    send("mousemove", 2, 2)
    assert picked[0] == (pytest.approx(2 / 3), False)
    assert picked[1:] == [(0.25, True), (1.0, True)]
