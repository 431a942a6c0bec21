"""The window on made-up models whose images are no squares, or in colour: all that shows digits shows them so."""

import numpy as np
import pytest
from factories import made_up, made_up_codec
from PIL import Image
from test_gui_strips import around

from vae_explorer.codecs import opening
from vae_explorer.gui.looks.look import Look
from vae_explorer.images import fitted
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import Path
from vae_explorer.space import geodesic

WIDE, HIGH, COLOUR = (1, 20, 36), (1, 36, 20), (3, 24, 16)
SHAPES = pytest.mark.parametrize("shape", [WIDE, HIGH, COLOUR], ids="{0[0]}x{0[1]}x{0[2]}".format)
A, B, C = Bookmark("a", (1.0, 0.0, -1.0)), Bookmark("b", (-1.0, 1.0, 0.5)), Bookmark("c", (0.25, 0.25, 1.0))
GREY = Look("pixels", "gray")


@pytest.fixture
def show(window, monkeypatch):
    """A function that opens the window on a made-up model, at a tab and with changes of its state."""

    def show(shape, tab="map", size=(1280, 800), theme=None, **changes):
        monkeypatch.setattr(opening, "opened", lambda *_, **__: made_up_codec(shape))
        opened = window(size=size, theme=theme, z=(0.5, -0.7, 0.3))
        opened.session.commit(**changes)
        opened.hand.pump()
        opened.app.workspace.tabs.select(tab)
        opened.hand.pump()
        return opened

    return show


@SHAPES
def test_the_digit_is_as_large_as_its_column_with_even_squares_and_its_place_right_below(show, shape):
    opened = show(shape)
    assert abs(opened.digit() - opened.expected()).max() <= 1
    _, h, w = shape
    widget, around = opened.app.workspace.picture.digit.widget, 2 * 16
    scale = (widget.winfo_width() - around) // w
    assert scale > 5 and 0 <= widget.winfo_height() - around - h * scale <= h


@SHAPES
def test_the_tiles_of_a_strip_are_digits(shape):
    space = made_up(shape)
    _, h, w = shape
    z = (0.5, -0.7, 0.3)
    strips = around(space.codec, GREY, z, [2, 0], 11 * w)
    assert strips.shape[:3] == (2, h, 11 * w)
    np.testing.assert_array_equal(strips[0][:, :w], space.codec.pixels((*z[:2], -3))[0])
    np.testing.assert_array_equal(strips[1][:, -w:], space.codec.pixels((3, *z[1:]))[0])


@SHAPES
def test_a_strip_is_as_high_as_its_tiles_and_the_tile_at_the_thumb_is_framed(show, shape):
    opened = show(shape)
    _, h, w = shape
    strip = opened.app.workspace.controls.sliders.strips[0]
    width = strip.canvas.winfo_width()
    assert strip._photo.image.height() == round(width / 11 * h / w) < strip.canvas.winfo_height()
    left, top, right, bottom = strip.canvas.coords(strip._frame)
    assert (right - left) / (bottom - top) == pytest.approx(w / h, rel=0.15)


@SHAPES
def test_a_plane_shows_the_digit_of_each_place(show, shape):
    opened = show(shape, "plane")
    _, h, w = shape
    view = opened.app.workspace.tabs.view("plane")
    shown = opened.look(view.tiles.widget)
    for column, row in ((0, 11), (11, 0)):
        z = (view._values[column], view._values[row], 0.3)
        left, top, right, bottom = view.tiles.box((column, row))
        rows, columns = ((np.arange(n) + 0.5) * side / n for n, side in ((h, bottom - top), (w, right - left)))
        expected = rgb(GREY.picture(opened.session.space.codec.pixels(z)[0], (right - left, bottom - top)))
        inner = np.ix_(rows.astype(int)[1:-1], columns.astype(int)[1:-1])
        assert abs(shown[top:bottom, left:right].astype(int) - expected)[inner].mean() < 1
        assert (right - left) / (bottom - top) == pytest.approx(w / h, rel=0.03)


@SHAPES
def test_every_way_of_a_path_is_a_strip_of_digits(show, shape):
    opened = show(shape, "path", path=Path(A, B))
    view = opened.app.workspace.tabs.view("path")
    opened.hand.until(lambda: view._points.get("geodesic") is not None, "no way was found")
    opened.hand.pump()
    pixels = opened.session.space.codec.pixels
    assert geodesic.energy(opened.session.space.codec, view._points["geodesic"]) > 0
    for kind, strip in view.ways.strips.items():
        wide, high = round(11 * strip.sizes.wide), strip.sizes.high
        assert wide / 11 / high == pytest.approx(shape[2] / shape[1], rel=0.05)
        expected = rgb(GREY.picture(np.hstack(pixels(view._points[kind])), (wide, high)))
        np.testing.assert_array_equal(opened.look(strip.widget)[8 : 8 + high, :wide], expected)


@SHAPES
def test_an_arithmetic_has_even_squares(show, shape):
    opened, h = show(shape, "arithmetic", terms=(A, B, C)), shape[1]
    view = opened.app.workspace.tabs.view("arithmetic")
    terms = np.array([A.z, B.z, C.z])
    for label, z in zip(view.sum.pictures, [*terms, terms[0] - terms[1] + terms[2]], strict=True):
        shown = opened.look(label)
        zoom = len(shown) // h
        assert zoom > 1
        expected = rgb(opened.session.space.codec.pixels(z)[0]).repeat(zoom, 0).repeat(zoom, 1)
        np.testing.assert_array_equal(shown, expected)


@SHAPES
def test_a_place_that_is_not_chosen_is_an_empty_digit(show, shape):
    opened = show(shape, "arithmetic")
    _, h, w = shape
    label = opened.app.workspace.tabs.view("arithmetic").sum.pictures[0]
    assert label.winfo_width() * h == label.winfo_height() * w > 0
    assert len({tuple(colour) for colour in opened.look(label).reshape(-1, 3)}) == 1


@SHAPES
def test_the_digit_beside_the_pointer_on_the_map_has_whole_pixels_for_each_of_its_own(show, shape):
    opened = show(shape)
    _, h, w = shape
    canvas = opened.app.workspace.tabs.view("map").widget
    opened.hand.move(canvas.winfo_rootx() + 100, canvas.winfo_rooty() + 150)
    left, top = (at - start + 16 for at, start in zip(opened.root.winfo_pointerxy(), origin(opened), strict=True))
    times = 2 if max(h, w) > 24 else 3
    high, wide = times * h, times * w
    shown = opened.look()[top : top + high, left : left + wide].reshape(h, times, w, times, 3)
    assert (np.ptp(shown, axis=(1, 3)) == 0).all() and np.ptp(shown) > 200
    assert (opened.look()[top - 1, left : left + wide] == (0xA9, 0xAB, 0xB0)).all()  # the edge around it
    assert (opened.look()[top + high, left : left + wide] == (0xA9, 0xAB, 0xB0)).all()


def rgb(pixels):
    """Pixels as the screen has them, (h, w, 3)."""
    return pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)


def origin(opened):
    return opened.root.winfo_rootx(), opened.root.winfo_rooty()


@SHAPES
def test_a_bookmark_has_its_digit_in_the_middle_of_a_square(show, shape):
    opened = show(shape, bookmarks=(A, B))
    thumbnails = opened.app.workspace.shelf.thumbnails
    width, height = fitted(shape[1:], (40, 40))
    assert min(width, height) == round(40 * min(shape[1:]) / max(shape[1:])) and max(width, height) == 40
    left, top = thumbnails.cell(1)[0] + 16 + (40 - width) // 2, 4 + (40 - height) // 2
    shown = opened.look(thumbnails.canvas)
    expected = GREY.picture(opened.session.space.codec.pixels(B.z)[0], (width, height))
    np.testing.assert_array_equal(shown[top : top + height, left : left + width], rgb(expected))
    surface = bytes.fromhex(opened.app.desk.theme.colours.surface[1:])
    beside = shown[top - 1, left : left + width] if height < width else shown[top : top + height, left - 1]
    assert (beside == tuple(surface)).all()


@pytest.mark.parametrize("shape", [WIDE, HIGH])
@pytest.mark.parametrize(("picture", "name"), [("digit", "a.png"), ("path", "a.gif"), ("plane", "a.svg")])
def test_pictures_are_saved_from_the_window(show, tmp_path, shape, picture, name):
    opened = show(shape, "path", path=Path(A, B))
    view = opened.app.workspace.tabs.view("path")
    opened.hand.until(lambda: view._points.get("geodesic") is not None)
    opened.app.documents.save_to(tmp_path / name, picture=picture)
    opened.hand.until(lambda: (tmp_path / name).exists() and opened.said.startswith("Saved "))
    if name != "a.svg":
        with Image.open(tmp_path / name) as saved:
            side = {"a.png": 560, "a.gif": 280}[name]
            assert saved.size == fitted(shape[1:], (side, side))


@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 64, 48)], ids="{0[0]}x{0[1]}x{0[2]}".format)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_few_pixels_are_large_even_squares(show, shape, theme):
    opened = show(shape, theme=theme)
    assert abs(opened.digit() - opened.expected()).max() <= 1
    left, top, scale = opened.app.workspace.picture.digit.place
    assert scale == int(scale) > 2 and min(left, top) >= 16


@pytest.mark.parametrize("channels", [1, 3])
def test_a_picture_that_has_no_room_is_made_small_and_its_pixels_are_means(show, channels):
    opened = show((channels, 256, 256), size=(960, 600))
    digit = opened.app.workspace.picture.digit
    left, top, scale = digit.place
    assert scale < 1
    high = wide = round(256 * scale)
    shown = opened.look(digit.widget)[top : top + high, left : left + wide].astype(int)
    assert high + 32 == digit.widget.winfo_height() or wide + 32 == digit.widget.winfo_width()
    [levels] = opened.session.space.codec.pixels(opened.z)
    expected = np.asarray(Image.fromarray(levels).resize((wide, high), Image.Resampling.BOX))
    np.testing.assert_array_equal(shown, rgb(expected))


def test_a_small_picture_follows_a_slider_as_a_large_one_does(show):
    opened = show((3, 256, 256), size=(960, 600))
    before = opened.look(opened.app.workspace.picture.digit.widget)
    opened.session.preview(z=(2.0, 0.0, 0.0))
    opened.hand.pump()
    assert (opened.look(opened.app.workspace.picture.digit.widget) != before).mean() > 0.3


@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 256, 256)], ids="{0[0]}x{0[1]}x{0[2]}".format)
def test_an_arithmetic_has_room_for_small_and_large_pictures(show, shape):
    opened = show(shape, "arithmetic", terms=(A, B, C))
    view = opened.app.workspace.tabs.view("arithmetic")
    sides = [label.winfo_height() for label in view.sum.pictures]
    assert 50 < sides[0] == sides[1] == sides[2] < sides[3] < 400
    assert view.widget.winfo_reqheight() <= view.widget.winfo_height()


def test_colours_of_grey_levels_do_not_change_a_picture_in_colour(show):
    opened = show((3, 24, 16))
    before = opened.digit()
    opened.app.change(colours="viridis")
    opened.hand.pump()
    np.testing.assert_array_equal(opened.digit(), before)
