"""Digits are those that the shipped model makes, which are always at hand, and MNIST's training images where they are.

The judge of the benchmarks, which has no part in preparing, says what a picture shows.
"""

import os
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks import judge, paper, preparing
from vae_explorer.codecs import opening
from vae_explorer.datasets import mnist
from vae_explorer.datasets.photos import Photo, PhotoError
from vae_explorer.datasets.prepare import Steps, prepare
from vae_explorer.gui.views.yours.steps import OF_PHOTO
from vae_explorer.images import Floats, Pixels
from vae_explorer.space.space import Space

REAL = os.environ.get(mnist.VARIABLE) and Path(os.environ[mnist.VARIABLE]).resolve()
STEPS = [each.name for each in fields(Steps)]
OFF = Steps(light=False, alone=False, strokes=False, fit=False, centre=False)


@pytest.fixture(scope="module")
def digits() -> Pixels:
    """Ten digits, 0 to 9, (10, 28, 28): the class means of the model that ships, decoded."""
    space = Space.open()
    return space.codec.pixels([space.class_mean(label) for label in range(10)])


def seven(side: int = 300, width: int = 30, ink: int = 0, ground: int = 255) -> Image.Image:
    """A seven of straight strokes in the middle of a square."""
    image = Image.new("L", (side, side), ground)
    points = [(0.3, 0.25), (0.7, 0.25), (0.45, 0.75)]
    ImageDraw.Draw(image).line([(x * side, y * side) for x, y in points], fill=ink, width=width, joint="curve")
    return image


def photo(image: Image.Image) -> Photo:
    return Photo(np.asarray(image, np.float32) / 255)


def box(picture: Pixels) -> tuple[int, int]:
    """The height and width of what is not black."""
    return tuple(int(np.ptp(np.flatnonzero(picture.max(axis) > 20))) + 1 for axis in (1, 0))  # type: ignore[return-value]


def mean_place(picture: Pixels) -> list[float]:
    return [float(np.average(np.arange(28), weights=picture.sum(1 - axis))) for axis in (0, 1)]


def away(a: Pixels, b: Pixels) -> float:
    """How far two pictures are apart, but for a pixel: the mean difference, as a share of the ink of the second."""
    moved = [np.roll(a, (y, x), (0, 1)).astype(float) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return float(min(np.abs(each - b).sum() for each in moved) / b.sum())


@pytest.mark.skipif(not REAL, reason=f"needs MNIST itself, in the folder that {mnist.VARIABLE} names")
def test_a_hundred_digits_pasted_in_any_size_on_plain_ground_are_encoded_where_they_were():
    train = mnist.load(REAL).train
    images = train.images[-judge.HELD_BACK :: judge.HELD_BACK // 100]
    found, _ = preparing.prepared(preparing.pasted(images, np.random.default_rng(1)))
    rms = preparing.apart(opening.load(), found, images)
    assert np.median(rms) <= 0.16 and np.percentile(rms, 95) <= 0.40
    assert np.mean(judge.names(found) == judge.names(images)) >= 0.97


def test_a_hundred_digits_of_the_model_are_named_as_before_and_encoded_near_where_they_were():
    """They always are at hand. As they are decoded, they fit into no 20×20 pixels, so they come to lie a little off."""
    space = Space.open()
    assert space.atlas is not None
    images = space.codec.pixels(space.atlas.mu[::50])
    found, _ = preparing.prepared(preparing.pasted(images, np.random.default_rng(1)))
    rms = preparing.apart(space.codec, found, images)
    assert len(images) == 100 and np.median(rms) <= 0.25 and np.percentile(rms, 95) <= 0.60
    assert np.mean(judge.names(found) == judge.names(images)) >= 0.97


@pytest.mark.parametrize("kind", paper.KINDS)
def test_photos_of_paper_show_their_digit(digits, kind):
    rng = np.random.default_rng(2)
    pictures = [prepare(preparing.photos.from_image(paper.photo(each, kind, rng))).picture for each in digits]
    assert np.sum(judge.names(np.array(pictures)) == np.arange(10)) >= 9


def test_a_digit_of_mnists_form_stays_as_it_is():
    digit = prepare(photo(seven())).picture
    again = prepare(Photo(digit.astype(np.float32) / 255)).picture
    assert away(again, digit) < 0.05


@pytest.mark.parametrize(("side", "width"), [(60, 6), (301, 30), (1000, 99)])
def test_a_digit_is_light_fits_into_twenty_pixels_and_has_its_mean_place_in_the_middle(side, width):
    picture = prepare(photo(seven(side, width))).picture
    assert picture.shape == (28, 28) and picture.dtype == np.uint8 and picture.max() == 255
    assert max(box(picture)) in (20, 21) and np.abs(np.subtract(mean_place(picture), 14)).max() <= 0.51


def test_dark_on_light_and_light_on_dark_give_the_same():
    dark, light = (prepare(photo(seven(ink=ink, ground=255 - ink))).picture for ink in (0, 255))
    assert np.abs(dark.astype(int) - light).max() <= 1


@pytest.mark.parametrize(("ink", "ground"), [(100, 200), (200, 100), (120, 130), (0, 10)])
def test_ink_of_any_level_becomes_white(ink, ground):
    assert away(prepare(photo(seven(ink=ink, ground=ground))).picture, prepare(photo(seven())).picture) < 0.02


def test_where_the_digit_stands_makes_no_difference():
    middle = prepare(photo(seven())).picture
    for place in [(0, 0), (300, 20), (123, 250)]:
        sheet = Image.new("L", (600, 550), 255)
        sheet.paste(seven(), place)
        assert away(prepare(photo(sheet)).picture, middle) < 0.05


def lined(image: Image.Image) -> None:
    for y in range(20, 300, 40):
        ImageDraw.Draw(image).line([0, y, 300, y + 5], fill=90, width=2)


def specked(image: Image.Image) -> None:
    for x, y in [(20, 30), (280, 150), (100, 280), (150, 150)]:
        ImageDraw.Draw(image).ellipse([x - 3, y - 3, x + 3, y + 3], fill=0)


def framed(image: Image.Image) -> None:
    ImageDraw.Draw(image).rectangle([20, 20, 280, 280], outline=0, width=4)


def bordered(image: Image.Image) -> None:
    ImageDraw.Draw(image).rectangle([0, 0, 299, 299], outline=30, width=25)


def shaded(image: Image.Image) -> None:
    dark = image.point(lambda level: round(level * 0.6))
    mask = Image.new("1", image.size)
    ImageDraw.Draw(mask).polygon([(150, 0), (190, 300), (300, 300), (300, 0)], fill=1)
    image.paste(dark, mask=mask)


def tabled(image: Image.Image) -> None:
    sheet = Image.new("L", (300, 300), 60)
    sheet.paste(image.resize((200, 200)).rotate(8, fillcolor=60), (50, 40))
    image.paste(sheet)


TROUBLES = lined, specked, framed, bordered, shaded


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_is_not_the_digit_is_wiped_out(trouble):
    image = seven()
    trouble(image)
    assert away(prepare(photo(image)).picture, prepare(photo(seven())).picture) < 0.12


def test_a_sheet_on_a_dark_table_shows_its_digit():
    image = seven()
    tabled(image)
    assert judge.names(prepare(photo(image)).picture[None]) == [7]


def test_noise_is_wiped_out():
    levels = photo(seven()).levels * 0.6 + np.random.default_rng(0).normal(0.2, 0.06, (300, 300)).astype(np.float32)
    assert away(prepare(Photo(levels.clip(0, 1))).picture, prepare(photo(seven())).picture) < 0.15


def test_a_small_digit_in_a_large_photo_is_looked_at_closely():
    sheet = Image.new("L", (1000, 800), 255)
    sheet.paste(seven(90, 9), (700, 100))
    assert away(prepare(photo(sheet)).picture, prepare(photo(seven())).picture) < 0.08


@pytest.mark.parametrize(("width", "least", "most"), [(3, 1.3, 3), (75, 3, 5.6)])
def test_very_thin_and_very_thick_strokes_become_usual_ones(width, least, most):
    thickness = []
    for strokes in (False, True):
        levels = prepare(photo(seven(width=width)), Steps(strokes=strokes)).picture / 255
        steps = np.hypot(*np.gradient(np.pad(levels, 1)))
        thickness.append(2 * levels.sum() / steps.sum())
    assert not least < thickness[0] < most or abs(thickness[0] - 2.4) > abs(thickness[1] - 2.4)
    assert least < thickness[1] < most


# Steps


def test_the_window_shows_every_step_in_the_order_in_which_they_are_done():
    assert [*OF_PHOTO] == STEPS


def test_each_step_that_was_done_is_shown_and_the_last_is_the_picture():
    done = prepare(photo(seven()))
    assert [*done.shown] == STEPS and (done.shown["centre"] == done.picture).all()
    assert {levels.dtype for levels in done.shown.values()} == {np.dtype(np.uint8)}
    assert [*prepare(photo(seven()), OFF).shown] == ["ink"]


def test_without_fitting_the_whole_photo_is_scaled_with_its_proportions_kept():
    sheet = Image.new("L", (560, 280), 255)
    ImageDraw.Draw(sheet).rectangle([0, 0, 139, 139], fill=0)
    picture = prepare(photo(sheet), OFF).picture
    assert box(picture) == (7, 7) and (picture[7:14, :7] > 200).all()


def test_without_centring_the_digit_lies_in_the_middle_of_the_box():
    picture = prepare(photo(seven()), Steps(centre=False)).picture
    rows = np.flatnonzero(picture.max(1) > 20)
    assert (rows[0], rows[-1]) in ((4, 23), (4, 24), (3, 23)) and abs(mean_place(picture)[0] - 14) > 1


def test_ink_that_is_said_to_be_dark_or_light_is_not_looked_for():
    half = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(half).ellipse([60, 60, 140, 140], fill=0)
    ImageDraw.Draw(half).ellipse([90, 90, 110, 110], fill=255)
    dark, light = (prepare(photo(half), Steps(ink=ink)).picture for ink in ("dark", "light"))
    assert box(dark) == box(light) == (20, 20) and dark[14, 14] == 0 and light[14, 14] == 255
    with pytest.raises(PhotoError):
        prepare(photo(seven()), replace(OFF, ink="light"))


def test_without_even_light_a_shadow_stays():
    image = seven()
    shaded(image)
    plain, even = (prepare(photo(image), Steps(light=light, alone=False)).picture for light in (False, True))
    assert away(plain, prepare(photo(seven())).picture) > 0.5 > away(even, prepare(photo(seven())).picture)


# What shows no digit

NOTHING = {
    "one pixel": np.full((1, 1), 0.5),
    "one grey": np.full((300, 200), 0.3),
    "black": np.zeros((50, 50)),
    "white": np.ones((50, 50)),
    "a row of one grey": np.full((1, 1000), 0.5),
    "noise": np.random.default_rng(0).random((300, 300)),
    "faint noise": np.random.default_rng(0).normal(0.5, 0.01, (300, 300)),
    "a gradient": np.linspace(0.2, 0.8, 300 * 200).reshape(300, 200),
}


@pytest.mark.parametrize("levels", NOTHING.values(), ids=NOTHING.keys())
def test_a_picture_of_nothing_is_told_of(levels):
    with pytest.raises(PhotoError, match=r"No ink is found in this picture: .* Choose one"):
        prepare(Photo(levels.astype(np.float32)))


def strange() -> list[Floats]:
    rng = np.random.default_rng(3)
    shapes = [(1, 1000), (1000, 1), (2, 2), (3, 3), (1, 2), (28, 28), (5, 400)]
    checks = np.indices((200, 200)).sum(0) // 20 % 2
    return [
        *(rng.random(shape) for shape in shapes),
        checks,
        np.eye(50),
        np.eye(300),
        np.arange(200)[None].repeat(200, 0) > 99,
    ]


@pytest.mark.parametrize("steps", [Steps(), OFF, *(replace(Steps(), **{name: False}) for name in STEPS[1:])])
def test_any_picture_is_prepared_or_told_of(steps):
    for levels in strange():
        try:
            picture = prepare(Photo(levels.astype(np.float32)), steps).picture
        except PhotoError:
            continue
        assert picture.shape == (28, 28) and picture.any()
