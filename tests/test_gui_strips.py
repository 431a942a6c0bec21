"""The strips over the sliders: each tile is what its slider would give, lies over its thumb, and can be clicked."""

import numpy as np
import pytest
from conftest import middle

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.views.sliders.strips import VALUES, Strips
from vae_explorer.settings import Settings

POINT = (0.5, -1.0, 0.25, 2.0, 0.0, 1.0)


def strip(opened, dim):
    return opened.app.workspace.controls.sliders.strips[dim].canvas


def tile(opened, dim, k):
    """The middle of a tile on the screen."""
    canvas = strip(opened, dim)
    x, y = canvas.winfo_rootx() + canvas.winfo_width() * (k + 0.5) / 11, canvas.winfo_rooty()
    return x, y + canvas.winfo_width() / 22


def colour(opened, name):
    text = getattr(opened.app.desk.theme.colours, name)
    return [int(text[k : k + 2], 16) for k in (1, 3, 5)]


def columns(pixels, colour):
    """Where a colour is found from left to right: the middle, the first and the last column."""
    found = np.flatnonzero((pixels == colour).all(2).any(0))
    return (found[0] + found[-1]) / 2, found[0], found[-1]


def wanted(opened, dim):
    """The tiles of a strip that is seen: what the model decodes there, as its digits are shown."""
    width = strip(opened, dim).winfo_width()
    made = Strips(opened.session.space.codec, opened.app.desk.look).around(opened.z, [dim], width)[0]
    return made if made.ndim == 3 else made[..., None].repeat(3, 2)


def is_right(opened, dim):
    """Whether a strip on the screen shows what is wanted; its frame around one tile aside."""
    opened.hand.pump()
    tiles = wanted(opened, dim)
    return ((opened.look(strip(opened, dim))[: len(tiles)] == tiles).all(2).mean()) > 0.95


@pytest.fixture
def drawn(window):
    """The strips of a model of 6 dimensions, and a function that decodes a point to grey levels (28, 28)."""
    codec = window(6).session.space.codec
    return Strips(codec, Look("pixels", "gray")), lambda z: np.rint((codec.decode(z)[0, 0] + 1) * 127.5)


def test_each_tile_is_the_picture_at_its_value_with_the_other_values_as_they_are(drawn):
    made, decode = drawn
    strips = made.around(POINT, [4, 1], 11 * 28)
    assert strips.shape == (2, 28, 11 * 28)
    for row, dim in enumerate((4, 1)):
        for k, value in enumerate((-3, -2.4, -1.8, -1.2, -0.6, 0, 0.6, 1.2, 1.8, 2.4, 3)):
            z = [*POINT[:dim], value, *POINT[dim + 1 :]]
            assert abs(strips[row, :, 28 * k : 28 * (k + 1)] - decode(z)).max() <= 1


@pytest.mark.parametrize("times", [2, 3])
def test_a_strip_of_many_pixels_has_even_squares(drawn, times):
    small, large = (drawn[0].around(POINT, [2], 11 * 28 * each)[0] for each in (1, times))
    assert (large == small.repeat(times, 0).repeat(times, 1)).all()


@pytest.mark.parametrize("look", ["pixels", "smooth"])
@pytest.mark.parametrize("colours", ["gray", "gray_r", "viridis"])
def test_the_strips_have_the_colours_and_the_look_of_the_digit(window, look, colours):
    opened = window(2, Settings(motion=False, look=look, colours=colours), size=(1920, 1080))
    assert is_right(opened, 0) and is_right(opened, 1)
    made = Strips(opened.session.space.codec, Look("pixels", "gray"))
    one = made.around(opened.z, [0], strip(opened, 0).winfo_width())[0]
    assert ((one[..., None] == wanted(opened, 0)).mean() > 0.99) == (look == "pixels" and colours == "gray")


@pytest.mark.parametrize(("size", "scale"), [((960, 600), 1), ((1180, 760), 1), ((1180, 760), 1.5), ((1920, 1080), 2)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_thumb_stands_exactly_under_the_tile_of_its_value(window, size, scale, theme):
    opened = window(2, Settings(motion=False, theme=theme), size=size, scale=float(scale))
    scales = opened.app.workspace.controls.sliders.scales
    for k, value in enumerate(VALUES):
        opened.session.commit(z=(0.0, float(value)))
        opened.hand.pump()
        left = scales[1].winfo_rootx() - strip(opened, 1).winfo_rootx()
        top = opened.look(scales[1])[: round(4 * scale)]  # where the thumb is, and no groove
        thumb = columns(top, colour(opened, "muted"))[0] + left
        frame = columns(opened.look(strip(opened, 1)), colour(opened, "accent"))[0]
        assert thumb == pytest.approx((k + 0.5) * strip(opened, 1).winfo_width() / 11 - 0.5, abs=1)
        assert thumb == pytest.approx(frame, abs=1)


def test_a_strip_is_as_wide_as_its_slider_and_half_a_tile_more_on_each_side(window):
    opened = window(6, size=(1180, 760))
    canvas, (left, right) = strip(opened, 3), (opened.thumb(3, value)[0] for value in (-3, 3))
    half = canvas.winfo_width() / 22
    assert left - canvas.winfo_rootx() == pytest.approx(half, abs=1)
    assert canvas.winfo_rootx() + canvas.winfo_width() - right == pytest.approx(half, abs=1)


def test_moving_a_slider_moves_the_strips_of_the_others_and_leaves_its_own_alone(window, monkeypatch):
    opened = window(6, size=(1180, 760))
    decoded, codec = [], opened.session.space.codec
    decode = codec.decode
    monkeypatch.setattr(codec, "decode", lambda z: decoded.append(np.atleast_2d(z)) or decode(z))
    before = [opened.look(strip(opened, dim)) for dim in (0, 3)]
    opened.session.preview(z=(0.0, 0.0, 0.0, 0.2, 0.0, 0.0))  # still in the tile of 0, so that its frame stays
    opened.hand.pump()
    after = [opened.look(strip(opened, dim)) for dim in (0, 3)]
    assert (before[0] != after[0]).any() and (before[1] == after[1]).all()
    assert sum(map(len, decoded)) == 5 * 11 + 1, "five strips and the digit"
    assert all((each[:, 3] == 0.2).all() for each in decoded)
    assert all(is_right(opened, dim) for dim in range(6))


@pytest.mark.parametrize("k", [0, 4, 10])
def test_a_click_on_a_tile_goes_to_its_value_as_one_step_of_undo(window, k):
    opened = window(6, size=(1180, 760), z=POINT)
    opened.hand.do("mousemove", *map(round, tile(opened, 2, k)), "click", 1)
    assert opened.z == (*POINT[:2], pytest.approx(-3 + 0.6 * k), *POINT[3:])
    assert opened.root.focus_get() is opened.app.workspace.controls.sliders.scales[2], "its keys go on from there"
    opened.hand.key("ctrl+z")
    assert opened.z == POINT and not opened.session.can_undo


def test_a_drag_across_tiles_goes_from_tile_to_tile_and_is_one_step_of_undo(window):
    opened, seen = window(2), []
    opened.session.listen(lambda state: seen.append(state.z[1]))
    seen.clear()
    opened.hand.press(*tile(opened, 1, 6))
    for k in np.linspace(6, 9, 13):
        opened.hand.move(*tile(opened, 1, k))
    assert [*dict.fromkeys(seen)] == pytest.approx([0.6, 1.2, 1.8, 2.4])
    x, y = tile(opened, 1, 10)
    opened.hand.move(x + 200, y)
    assert opened.z == (0, 3), "beyond the strip it is the last tile"
    opened.hand.release()
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0) and not opened.session.can_undo


def test_only_the_strips_in_view_are_decoded_and_the_others_when_they_are_scrolled_to(window, monkeypatch):
    opened = window(20)
    decoded, codec = [], opened.session.space.codec
    decode = codec.decode
    monkeypatch.setattr(codec, "decode", lambda z: decoded.append(len(np.atleast_2d(z))) or decode(z))
    opened.session.commit(z=(0.5,) * 20)
    opened.hand.pump()
    assert sum(decoded) < 10 * 11 and is_right(opened, 0)
    opened.hand.do("mousemove", *middle(strip(opened, 1)), *["click", 5] * 60)
    assert opened.z == (0.5,) * 20, "the wheel scrolls over a strip"
    assert is_right(opened, 19) and is_right(opened, 18)


def test_the_strips_fit_when_the_window_is_resized(window):
    opened = window(2)
    width = strip(opened, 0).winfo_width()
    opened.root.geometry("1500x900")
    opened.hand.until(lambda: strip(opened, 0).winfo_width() > width)
    opened.hand.pump()
    assert is_right(opened, 0) and is_right(opened, 1)


def test_the_band_lies_where_90_percent_of_the_data_lie(window):
    opened = window(2, size=(1180, 760))
    mu, canvas = np.sort(opened.session.space.atlas.mu[:, 1]), strip(opened, 1)
    low, high = np.interp([5, 95], np.linspace(0, 100, len(mu)), mu)
    band = opened.look(canvas)[round(canvas.winfo_width() / 11) :]
    _, first, last = columns(band, colour(opened, "outline"))
    left, right = (opened.thumb(1, float(value))[0] - canvas.winfo_rootx() for value in (low, high))
    assert first == pytest.approx(left, abs=1.5) and last == pytest.approx(right, abs=1.5)


def test_a_value_beyond_the_strip_has_no_tile(window):
    opened = window(2, z=(7.5, 3.0))
    shown = [(opened.look(strip(opened, dim)) == colour(opened, "accent")).all(2).any() for dim in (0, 1)]
    assert shown == [False, True]


def test_without_an_atlas_there_is_no_band_and_no_place_for_one(window, bare):
    opened, told = window(weights=bare, size=(1180, 760)), window(6, size=(1180, 760))
    canvas = strip(opened, 0)
    assert not (opened.look(canvas) == colour(opened, "outline")).all(2).any()
    assert canvas.winfo_height() <= canvas.winfo_width() / 11 + 4
    rows = [each.app.workspace.controls.sliders.rows[0] for each in (opened, told)]
    assert rows[0].winfo_height() + 4 < rows[1].winfo_height()
