"""The shape of an image is the Space's: all pictures of a made-up model whose images are no squares of 28 pixels.

The model is `factories.made_up`; its images show an upright F, so that a picture that is turned or torn is seen.
"""

import numpy as np
import pytest
from factories import made_up
from PIL import Image

from vae_explorer.images import fitted, sheet
from vae_explorer.pictures import make
from vae_explorer.pictures.recipe import Recipe, made_by
from vae_explorer.pictures.tiles import mosaic
from vae_explorer.space import geodesic, latent, paths
from vae_explorer.space.paths import WAYS

SHAPES = [(1, 20, 36), (1, 36, 20), (1, 8, 12), (1, 64, 96), (3, 20, 36), (3, 96, 64), (3, 8, 8)]
Z, A, B, C = (0.5, -0.7, 0.25), (1.0, 0.0, -1.0), (-1.0, 1.0, 0.5), (0.25, 0.25, 1.0)
PICTURES = {
    "digit": {},
    "traverse": {"n": 5},
    "map": {},
    "plane": {"n": 4, "span": 2.0},
    "path": {"start": A, "end": B, "n": 4},
    "arithmetic": {"a": A, "b": B, "c": C},
    "samples": {"n": 6, "source": "prior"},
    "card": {"dim": 2},
}


@pytest.fixture(params=SHAPES, ids="{0[0]}x{0[1]}x{0[2]}".format)
def space(request):
    return made_up(request.param)


def recipe(space, picture, **options):
    return Recipe(Z, space.codec.source.sha256, picture=picture, options=PICTURES[picture] | options)


def shown(figure):
    """The levels on each axes of a figure that shows digits, from its top; their pixels are squares."""
    figure.draw_without_rendering()
    found = []
    for axis in [axis for axis in figure.axes if axis.images]:
        levels = np.asarray(axis.images[0].get_array())
        box = axis.get_window_extent()
        assert box.width / levels.shape[1] == pytest.approx(box.height / levels.shape[0], rel=1e-6)
        found.append(levels)
    return found


def pixels(space, path):
    """The levels of a saved picture, (h, w), or in colour (h, w, 3)."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB" if space.in_colour else "L"))


def saved(space, tmp_path, picture, suffix=".png", **options):
    path = tmp_path / f"{picture}{suffix}"
    make.save(space, recipe(space, picture, **options), path)
    return path


def test_a_space_tells_the_shape_of_its_images(space):
    assert space.shape == space.codec.shape == space.codec.decode(Z).shape[1:]
    c, h, w = space.shape
    assert space.codec.pixels([Z, A]).shape == ((2, h, w, 3) if c == 3 else (2, h, w))
    mu, _ = space.codec.encode(space.codec.decode(Z))
    np.testing.assert_allclose(mu[0], Z, atol=1e-3)


def test_a_sheet_has_each_image_in_its_place():
    images = np.arange(6 * 2 * 3, dtype=np.uint8).reshape(6, 2, 3)
    np.testing.assert_array_equal(sheet(images, 2), mosaic(images, 2, gap=0))
    assert sheet(images, 6).shape == (2, 18) and sheet(images, 1).shape == (12, 3)


@pytest.mark.parametrize(
    ("shape", "room", "size"),
    [
        ((28, 28), (100, 60), (60, 60)),
        ((20, 36), (360, 360), (360, 200)),
        ((36, 20), (360, 360), (200, 360)),
        ((20, 36), (360, 100), (180, 100)),
        ((1, 1000), (50, 50), (50, 1)),
        ((1000, 1), (0, 0), (1, 1)),
    ],
)
def test_an_image_is_fitted_into_a_room_with_its_proportions(shape, room, size):
    assert fitted(shape, room) == size


def test_a_digit_is_saved_with_its_proportions_its_longer_side_as_asked(space, tmp_path):
    _, h, w = space.shape
    found = pixels(space, saved(space, tmp_path, "digit", side=10 * max(h, w)))
    assert found.shape[:2] == (10 * h, 10 * w)
    np.testing.assert_array_equal(found[5::10, 5::10], space.codec.pixels(Z)[0])
    assert max(pixels(space, saved(space, tmp_path, "digit", side=333, look="smooth")).shape[:2]) == 333


def test_a_digit_that_is_saved_smaller_than_it_is_keeps_a_share_of_every_pixel(tmp_path):
    space = made_up((1, 64, 96))
    small = pixels(space, saved(space, tmp_path, "digit", side=48))
    means = space.codec.decode(Z)[0, 0].reshape(32, 2, 48, 2).mean((1, 3))
    assert small.shape == (32, 48)
    np.testing.assert_allclose(small, (means + 1) * 127.5, atol=0.51)


def test_a_digit_is_a_figure_of_its_own(space):
    [levels] = shown(make.figure(space, recipe(space, "digit")))
    np.testing.assert_array_equal(levels, space.codec.pixels(Z)[0])


def test_strips_are_a_row_of_digits_for_each_dimension(space):
    _, h, w = space.shape
    [levels] = shown(make.figure(space, recipe(space, "traverse")))
    assert levels.shape[1] == 5 * w
    gap, dots = (len(levels) - 3 * h) // 2, max(1, 84 // max(h, w))
    assert 18 <= gap * dots < 18 + dots  # room for the mark of z, 8 points high
    for dim in range(3):
        row = levels[dim * (h + gap) :][:h]
        expected = space.codec.pixels(latent.strip(Z, dim, np.linspace(-3, 3, 5)))
        np.testing.assert_array_equal(row, np.hstack(expected))


def test_a_plane_has_a_digit_at_each_place(space):
    _, h, w = space.shape
    [levels] = shown(make.figure(space, recipe(space, "plane")))
    assert levels.shape[:2] == (4 * h, 4 * w)
    corner = space.codec.pixels((2.0, -2.0, Z[2]))[0]  # on the right at the bottom
    np.testing.assert_array_equal(levels[-h:, -w:], corner)


@pytest.mark.parametrize("shape", [(1, 12, 36), (1, 36, 20), (1, 36, 12)])
def test_the_names_of_a_planes_axes_lie_inside_the_picture(shape):
    figure = make.figure(made_up(shape), recipe(made_up(shape), "plane"))
    figure.draw_without_rendering()
    box, whole = figure.axes[0].get_tightbbox(), figure.bbox
    assert whole.x0 + 1 < box.x0 and whole.y0 + 1 < box.y0 and box.x1 < whole.x1 and box.y1 < whole.y1


def test_all_ways_of_a_path_are_shown(space):
    rows = shown(make.figure(space, recipe(space, "path")))
    ways = [paths.find(way, space.codec, A, B, 4) for way in WAYS]
    for levels, points in zip(rows, ways, strict=True):
        np.testing.assert_array_equal(levels, np.hstack(space.codec.pixels(points)))
    assert geodesic.energy(space.codec, ways[2]) < min(geodesic.energy(space.codec, way) for way in ways[:2])


@pytest.mark.parametrize("way", WAYS)
def test_a_way_moves_in_a_gif(space, tmp_path, way):
    _, h, w = space.shape
    with Image.open(saved(space, tmp_path, "path", ".gif", way=way, side=6 * max(h, w))) as picture:
        assert picture.size == (6 * w, 6 * h) and picture.n_frames == 6
        levels = np.asarray(picture.convert("RGB" if space.in_colour else "L"))[3::6, 3::6]
    np.testing.assert_allclose(levels, space.codec.pixels(A)[0], atol=40 if space.in_colour else 0)
    assert np.abs(levels.astype(int) - space.codec.pixels(A)[0]).mean() < 4  # of 256 colours in place of all


def test_an_arithmetic_has_four_digits(space):
    terms = np.array([A, B, C, latent.analogy(A, B, C)])
    for levels, expected in zip(shown(make.figure(space, recipe(space, "arithmetic"))), terms, strict=True):
        np.testing.assert_array_equal(levels, space.codec.pixels(expected)[0])


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_every_picture_is_saved_in_every_format_with_its_recipe(tmp_path, picture, suffix):
    space = made_up()
    path = saved(space, tmp_path, picture, suffix)
    assert path.stat().st_size > 1000
    if suffix == ".png":
        assert made_by(path) == recipe(space, picture)


def test_a_vector_picture_of_a_digit_has_its_proportions(tmp_path):
    text = saved(made_up(), tmp_path, "digit", ".svg", side=360).read_text()
    assert 'width="270pt" height="150pt"' in text  # 360 and 200 pixels of 96 an inch
    assert b"/MediaBox [ 0 0 270 150 ]" in saved(made_up(), tmp_path, "digit", ".pdf", side=360).read_bytes()


def test_a_pixel_of_a_digit_has_the_same_number_of_dots_everywhere_in_a_png(space, tmp_path):
    _, h, w = space.shape
    dots = max(1, 84 // max(h, w))
    picture = pixels(space, saved(space, tmp_path, "path", way="straight"))
    expected = np.hstack(space.codec.pixels(latent.straight(A, B, 4))).repeat(dots, 0).repeat(dots, 1)
    top, left = round(0.3125 * 144), round(1.1875 * 144)
    np.testing.assert_allclose(picture[top : top + dots * h, left : left + 4 * dots * w], expected, atol=1)
