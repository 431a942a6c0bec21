"""The border between grey levels and [-1, 1]."""

import numpy as np
import pytest

from vae_explorer.images import sheet, to_pixels, to_unit, unit_images

LEVELS = np.arange(256, dtype=np.uint8)


def test_all_256_grey_levels_survive_the_round_trip():
    np.testing.assert_array_equal(to_pixels(to_unit(LEVELS)), LEVELS)


def test_black_is_minus_one_white_is_one_and_the_shape_is_kept():
    x = to_unit(LEVELS.reshape(4, 8, 8))
    assert x.dtype == np.float32 and x.shape == (4, 8, 8)
    assert (x.min(), x.max()) == (-1, 1)
    np.testing.assert_allclose(x.ravel(), LEVELS / 127.5 - 1, atol=1e-7)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize(
    ("value", "level"),
    [(-1, 0), (1, 255), (-1.5, 0), (1.5, 255), (np.inf, 255), (-np.inf, 0), (np.nan, 0), (0.994, 254), (-0.994, 1)],
)
def test_values_are_rounded_to_the_nearest_level_and_clipped(value, level, dtype):
    pixels = to_pixels(np.full((2, 3), value, dtype))
    assert pixels.dtype == np.uint8 and (pixels == level).all()


def test_a_value_beyond_float32_is_white_without_a_warning():
    assert to_pixels(np.array([1e300])) == 255


def test_the_input_is_left_as_it_was():
    x = np.array([[-2.0, 0.5, 2.0]], np.float32)
    before = x.copy()
    to_pixels(x)
    np.testing.assert_array_equal(x, before)


# ------------------------------------------------------------------------------------------- what somebody hands in

DIGITS = np.random.default_rng(0).integers(0, 256, (3, 1, 28, 28)).astype(np.uint8)


@pytest.mark.parametrize("shape", [(3, 1, 28, 28), (3, 28, 28)])
@pytest.mark.parametrize("kind", ["bytes", "float32", "float64", "list"])
def test_images_are_taken_as_the_model_has_them(shape, kind):
    unit = to_unit(DIGITS).reshape(shape)
    given = {"bytes": DIGITS.reshape(shape), "float32": unit, "float64": unit.astype(float), "list": unit.tolist()}[
        kind
    ]
    found = unit_images(given)
    assert found.dtype == np.float32 and found.shape == (3, 1, 28, 28)
    np.testing.assert_array_equal(found, to_unit(DIGITS))
    np.testing.assert_array_equal(unit_images(given[0])[0], found[0])


@pytest.mark.parametrize(
    "shape",
    [
        (),
        (784,),
        (3, 784),
        (28,),
        (28, 27),
        (27, 28),
        (28, 28, 3),
        (3, 28, 28, 1),
        (3, 3, 28, 28),
        (1, 3, 1, 28, 28),
        (0,),
    ],
)
def test_another_shape_is_refused(shape):
    for kind in (np.uint8, float):
        with pytest.raises(ValueError, match=r"the shape \(B, 1, 28, 28\), not \("):
            unit_images(np.zeros(shape, kind))


@pytest.mark.parametrize("value", [1.001, -1.001, 2, 255, np.nan, np.inf, -np.inf, 1e300])
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_a_single_value_outside_is_refused_with_the_way_in(value, kind):
    x = to_unit(DIGITS).astype(kind)
    with np.errstate(over="ignore"):
        x[1, 0, 3, 4] = value
    with pytest.raises(ValueError, match=r"lie in \[-1, 1\]; vae_explorer\.images\.to_unit scales"):
        unit_images(x)


def test_grey_levels_that_are_no_bytes_are_refused():
    for kind in (np.int64, np.int32, np.float32, np.uint16):
        with pytest.raises(ValueError, match="to_unit"):
            unit_images(DIGITS.astype(kind))


def spot(low, high, kind):
    """A digit as MNIST's are, most of it ground."""
    x = np.full((28, 28), low, kind)
    x[10:15, 8:20] = high
    return x


@pytest.mark.parametrize(
    "x", [spot(0, 1, float), spot(0, 0.5, np.float32), spot(0, 1, int), spot(0, 1, np.uint8), spot(0, 1, bool)]
)
def test_what_seems_to_lie_between_0_and_1_is_taken_with_a_warning(x):
    with pytest.warns(UserWarning, match=r"seem to lie in \[0, 1\].*2 \* x - 1"):
        assert unit_images(x).shape == (1, 1, 28, 28)


@pytest.mark.parametrize(
    "x",
    [
        spot(-1, 1, float),
        spot(0, 255, np.uint8),
        spot(0, 0, np.uint8),
        spot(0, 0, float),
        spot(1, 1, float),
        spot(0, -1, float),
    ],
)
def test_what_can_be_a_digit_in_its_range_is_taken_without_one(x):
    assert unit_images(x).shape == (1, 1, 28, 28)


def test_no_images_are_taken():
    assert (
        unit_images(np.empty((0, 1, 28, 28))).shape
        == unit_images(np.empty((0, 28, 28), np.uint8)).shape
        == (0, 1, 28, 28)
    )


@pytest.mark.parametrize("colours", [(), (3,)])
def test_on_a_sheet_images_lie_row_by_row(colours):
    images = np.random.default_rng(0).integers(0, 256, (6, 4, 5, *colours), np.uint8)
    made = sheet(images, 3)
    assert made.shape == (8, 15, *colours)
    np.testing.assert_array_equal(made[4:, 5:10], images[4])
