"""The border between grey levels and [-1, 1]."""

import numpy as np
import pytest

from vae_explorer.images import to_pixels, to_unit

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
