"""The strips over the sliders: each tile is what its slider would give, lies over its thumb, and can be clicked."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from conftest import middle

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.views.sliders.row import TRAVEL
from vae_explorer.gui.views.sliders.strips import VALUES, laid, tile_points
from vae_explorer.session import subject
from vae_explorer.session.subject import Subject
from vae_explorer.settings import Settings
from vae_explorer.space import latent, places
from vae_explorer.space.posterior import Posterior

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


def tiles(opened, dim):
    """The tiles of a strip as they are seen."""
    seen = opened.look(strip(opened, dim))
    return seen[: round(seen.shape[1] / 11)]


def below(opened, dim):
    """What is seen under the tiles of a strip."""
    return opened.look(strip(opened, dim))[len(tiles(opened, dim)) :]


def around(codec, look, z, dims, width):
    """The strips of some dimensions at z, (len(dims), their height, width), and 3 where in colour."""
    return laid(look, codec.pixels(np.concatenate([tile_points(z, dim) for dim in dims])), width, "#f4f4f2")


def wanted(opened, dim):
    """The tiles of a strip that is seen: what the model decodes there, as its digits are shown."""
    width = strip(opened, dim).winfo_width()
    made = around(opened.session.space.codec, opened.app.desk.look, opened.z, [dim], width)[0]
    return made if made.ndim == 3 else made[..., None].repeat(3, 2)


def is_right(opened, dim):
    """Whether a strip on the screen shows what is wanted; its frame around one tile aside."""
    opened.hand.pump()
    tiles = wanted(opened, dim)
    return ((opened.look(strip(opened, dim))[: len(tiles)] == tiles).all(2).mean()) > 0.95


@pytest.fixture
def drawn(window):
    """Functions that give strips of a model of 6 dimensions, and decode a point to grey levels (28, 28)."""
    codec = window(6).session.space.codec
    return partial(around, codec, Look("pixels", "gray")), lambda z: np.rint((codec.decode(z)[0, 0] + 1) * 127.5)


def test_each_tile_is_the_picture_at_its_value_with_the_other_values_as_they_are(drawn):
    made, decode = drawn
    strips = made(POINT, [4, 1], 11 * 28)
    assert strips.shape == (2, 28, 11 * 28)
    for row, dim in enumerate((4, 1)):
        for k, value in enumerate((-3, -2.4, -1.8, -1.2, -0.6, 0, 0.6, 1.2, 1.8, 2.4, 3)):
            z = [*POINT[:dim], value, *POINT[dim + 1 :]]
            assert abs(strips[row, :, 28 * k : 28 * (k + 1)] - decode(z)).max() <= 1


@pytest.mark.parametrize("times", [2, 3])
def test_a_strip_of_many_pixels_has_even_squares(drawn, times):
    small, large = (drawn[0](POINT, [2], 11 * 28 * each)[0] for each in (1, times))
    assert (large == small.repeat(times, 0).repeat(times, 1)).all()


@pytest.mark.parametrize("look", ["pixels", "smooth"])
@pytest.mark.parametrize("colours", ["gray", "gray_r", "viridis"])
def test_the_strips_have_the_colours_and_the_look_of_the_digit(window, look, colours):
    opened = window(2, Settings(motion=False, look=look, colours=colours), size=(1920, 1080))
    assert is_right(opened, 0) and is_right(opened, 1)
    grey = Look("pixels", "gray")
    [one] = around(opened.session.space.codec, grey, opened.z, [0], strip(opened, 0).winfo_width())
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
        frame = columns(tiles(opened, 1), colour(opened, "accent"))[0]
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
    before = [tiles(opened, dim) for dim in (0, 3)]
    opened.session.preview(z=(0.0, 0.0, 0.0, 0.2, 0.0, 0.0))  # still in the tile of 0, so that its frame stays
    opened.hand.pump()
    after = [tiles(opened, dim) for dim in (0, 3)]
    assert (before[0] != after[0]).any() and (before[1] == after[1]).all()
    assert sum(map(len, decoded)) == 5 * 11 + 2, "five strips, the digit, and what the encoder is asked about"
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
    told(opened, mu=9, std=0.1)
    _, first, last = columns(below(opened, 1), colour(opened, "outline"))
    left, right = (opened.thumb(1, float(value))[0] - canvas.winfo_rootx() for value in (low, high))
    assert first == pytest.approx(left, abs=1.5) and last == pytest.approx(right, abs=1.5)


def told(opened, mu, std):
    """Let the encoder say the same of every picture in each dimension, and the window show it."""
    dims = opened.session.space.latent_dim
    given = Posterior(np.full(dims, float(mu)), np.full(dims, 2 * np.log(std)))
    opened.session.subject = lambda state: Subject(opened.session.space.codec.decode(state.z), False, given)
    opened.session.preview(z=(*opened.z[:-1], opened.z[-1] + 0.01))
    opened.hand.pump()


def spans(opened, dim):
    """Of the encoder's mark under a strip: the first and the last column of its tick, its thick and its thin line."""
    marked = (below(opened, dim) == colour(opened, "accent")).all(2)
    heights = marked.sum(0)
    found = [np.flatnonzero(heights >= least) for least in (7, 3, 1)]
    return [(int(each[0]), int(each[-1])) if len(each) else None for each in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mu", "std"), [(0.4, 0.3), (-1.5, 0.5), (2, 0.1)])
def test_the_mark_shows_mean_one_sigma_and_two_on_the_scale_of_the_slider(window, theme, mu, std):
    opened = window(2, Settings(motion=False, theme=theme), size=(1180, 760))
    told(opened, mu, std)
    tick, thick, thin = spans(opened, 0)
    left = strip(opened, 0).winfo_rootx()
    assert np.mean(tick) + 0.5 == pytest.approx(opened.thumb(0, mu)[0] - left, abs=1) and tick[1] == tick[0] + 1
    for (first, last), sigmas in ((thick, 1), (thin, 2)):
        low, high = (opened.thumb(0, mu + k * std)[0] - left for k in (-sigmas, sigmas))
        assert first == pytest.approx(low, abs=1.5) and last + 1 == pytest.approx(high, abs=1.5)


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_the_mark_is_where_the_encoder_puts_what_is_decoded_at_z(window, latent_dim):
    opened = window(latent_dim, size=(1180, 760))
    opened.session.commit(z=(0.7,) * latent_dim)
    opened.hand.pump()
    mu, _ = opened.session.space.codec.encode(opened.session.space.codec.decode(opened.z))
    for dim in (0, min(1, latent_dim - 1)):
        tick, _, _ = spans(opened, dim)
        wanted = opened.thumb(dim, float(mu[0, dim]))[0] - strip(opened, dim).winfo_rootx()
        assert np.mean(tick) + 0.5 == pytest.approx(wanted, abs=1)


@pytest.mark.parametrize(("mu", "edge"), [(9.0, -1), (-9.0, 0)])
def test_a_mean_beyond_the_strip_is_an_arrowhead_at_its_edge(window, mu, edge):
    opened = window(2, size=(1180, 760))
    told(opened, mu, 0.1)
    marked = np.flatnonzero((below(opened, 0) == colour(opened, "accent")).all(2).any(0))
    tip = strip(opened, 0).winfo_width() - 1 if edge else 0
    assert abs(marked[edge] - tip) <= 1 and np.ptp(marked) < 6


def test_a_spread_beyond_both_edges_ends_there_in_arrowheads(window):
    opened = window(2, size=(1180, 760))
    told(opened, 0, 5)
    heights = (below(opened, 0) == colour(opened, "accent")).all(2).sum(0)
    assert heights[0] >= 1 and heights[-1] >= 1 and heights[4] > heights[8] and heights[-5] > heights[-9]


def test_an_encoder_whose_numbers_are_immense_leaves_the_window_whole(window):
    opened = window(2)
    told(opened, -1e6, np.exp(40))
    heights = (below(opened, 0) == colour(opened, "accent")).all(2).sum(0)
    assert (heights[10:-10] > 0).all(), "it is so wide that its thick line goes from edge to edge"
    told(opened, 1e6, np.exp(-10))
    assert not (below(opened, 0)[:, :-10] == colour(opened, "accent")).all(2).any()


def test_the_mark_of_a_drawing_is_where_the_encoder_puts_the_drawing(window):
    opened = window(2, size=(1180, 760))
    drawing = Drawing(strokes=(Stroke(((8.0, 8.0), (20.0, 20.0)), 1.0),))
    opened.session.commit(**subject.drawn(opened.session.space, drawing))
    mu, z = opened.z, (2.0, -2.0)
    opened.session.commit(z=z)
    opened.hand.pump()
    for dim in (0, 1):
        tick = spans(opened, dim)[0]
        assert np.mean(tick) + 0.5 == pytest.approx(
            opened.thumb(dim, mu[dim])[0] - strip(opened, dim).winfo_rootx(), abs=1
        )


def test_under_the_tiles_the_numbers_of_the_mark_and_the_band_are_told(window):
    opened = window(2, size=(1180, 760))
    told(opened, 0.4123, 0.1234)
    canvas = strip(opened, 1)
    opened.hand.move(canvas.winfo_rootx() + 40, canvas.winfo_rooty() + canvas.winfo_height() - 3)
    opened.hand.until(lambda: "tooltip" in opened.root.children)
    text = str(next(iter(opened.root.children["tooltip"].children.values())).cget("text"))
    opened.hand.move(2, 2)
    assert text.startswith("The encoder puts this picture at z1 = +0.41 ± 0.12") and "90 % of the encoded" in text


def test_without_an_encoder_there_is_no_mark(window, bare):
    opened = window(weights=bare, size=(1180, 760))
    assert not (below(opened, 0) == colour(opened, "accent")).all(2).any()


def test_a_value_beyond_the_strip_has_no_tile(window):
    opened = window(2, z=(7.5, 3.0))
    shown = [(tiles(opened, dim) == colour(opened, "accent")).all(2).any() for dim in (0, 1)]
    assert shown == [False, True]


def test_without_an_atlas_there_is_no_band_and_no_place_for_one(window, bare):
    opened, told = window(weights=bare, size=(1180, 760)), window(6, size=(1180, 760))
    canvas = strip(opened, 0)
    assert not (opened.look(canvas) == colour(opened, "outline")).all(2).any()
    assert canvas.winfo_height() <= canvas.winfo_width() / 11 + 4
    rows = [each.app.workspace.controls.sliders.rows[0] for each in (opened, told)]
    assert rows[0].winfo_height() + 4 < rows[1].winfo_height()


# ------------------------------------------------------------------------------------------------------ shading


SHADED = Settings(motion=False, shade=True)


def words(opened, dim):
    """The word for the place of each tile of a strip, from the definition."""
    points = latent.strip(opened.z, dim, VALUES)
    return [places.place(opened.session.space, point).word for point in points]


def contrast(opened, dim):
    """How far apart the darkest and the brightest grey of each tile of a strip are, as they are seen."""
    seen = tiles(opened, dim).astype(int)
    width = seen.shape[1]
    each = [seen[3:-3, round(k * width / 11) + 3 : round((k + 1) * width / 11) - 3] for k in range(11)]
    return np.array([np.ptp(tile) for tile in each])


def settled(opened):
    opened.hand.until(lambda: opened.app.workspace.controls.sliders.strips[0]._percents is not None, "never shaded")
    opened.hand.pump()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colours", ["gray", "viridis"])
def test_a_tile_is_the_paler_the_fewer_data_lie_there(window, theme, colours):
    z = (0.5, -1.0, 0.25, 2.0, 0.0, 1.0)
    plain = window(6, Settings(motion=False, theme=theme, colours=colours), size=(1180, 760), z=z)
    before = [contrast(plain, dim) for dim in range(6)]
    told = [words(plain, dim) for dim in range(6)]
    plain.close()
    opened = window(6, replace(SHADED, theme=theme, colours=colours), size=(1180, 760), z=z)
    settled(opened)
    kept = {"usual": 1, "at the edge": 1 - 90 / 256, "hardly ever": 1 - 150 / 256, "never seen": 1 - 205 / 256}
    assert len({word for each in told for word in each}) >= 3, "a test of shades needs places of several kinds"
    for dim in range(6):
        expected = before[dim] * [kept[word] for word in told[dim]]
        framed = TRAVEL.nearest(z[dim])
        apart = abs(contrast(opened, dim) - expected)
        assert np.delete(apart, framed).max() <= 3


def test_shading_is_switched_by_a_command_at_once_and_remembered(window):
    opened = window(2, size=(1180, 760), z=(2.5, -2.5))
    before = tiles(opened, 0)
    for on in (True, False):
        opened.hand.key("ctrl+p")
        opened.hand.type("shade strips")
        opened.hand.key("Return")
        assert opened.app.settings.shade == on
        opened.hand.until(lambda on=on: (tiles(opened, 0) != before).any() == on)


def test_while_a_slider_moves_the_other_strips_are_shaded_as_it_goes(window):
    opened = window(2, SHADED, size=(1180, 760))
    settled(opened)
    for value in (0.0, 2.0, -3.0):
        opened.session.preview(z=(value, 0.0))
        opened.hand.pump()
        shown = opened.app.workspace.controls.sliders.strips[1]._percents
        assert [places.word(each) for each in shown] == words(opened, 1)


def test_a_shaded_tile_says_how_much_of_the_data_lies_there(window):
    opened = window(2, SHADED, size=(1180, 760))
    settled(opened)
    opened.hand.move(*tile(opened, 0, 0))
    opened.hand.until(lambda: "tooltip" in opened.root.children)
    text = str(next(iter(opened.root.children["tooltip"].children.values())).cget("text"))
    opened.hand.move(2, 2)
    assert text.split("\n")[1].startswith(words(opened, 0)[0].capitalize()) and text.endswith(
        "emptier places than this."
    )


@pytest.mark.parametrize("latent_dim", [1, 20])
def test_strips_of_other_models_are_shaded_where_they_are_seen(window, latent_dim):
    opened = window(latent_dim, SHADED)
    settled(opened)
    assert [places.word(each) for each in opened.app.workspace.controls.sliders.strips[0]._percents] == words(opened, 0)


def test_without_an_atlas_nothing_is_shaded(window, bare):
    opened = window(weights=bare, settings=SHADED)
    assert is_right(opened, 0) and opened.app.workspace.controls.sliders.strips[0]._percents is None


def test_tiles_much_taller_than_wide_stand_apart_on_the_ground():
    grey = Look("pixels", "gray")
    tall = np.full((11, 60, 6), 200, np.uint8)
    [made] = laid(grey, tall, 220, "#1f2023")
    assert made.shape == (60, 220)  # three times as high as a place is wide
    columns = made.reshape(60, 11, 20)
    assert (
        (columns[:, :, 7:13] == 200).all() and (columns[:, :, :7] == 0x20).all() and (columns[:, :, 13:] == 0x20).all()
    )
    [made] = laid(grey, tall[..., None].repeat(3, 3), 220, "#1f2023")
    assert (made[:, :7] == (0x1F, 0x20, 0x23)).all() and (made[:, 7:13] == 200).all()
