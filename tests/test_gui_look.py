"""How digits are enlarged and coloured: against NumPy's own repeat and mean, and matplotlib's colours."""

import numpy as np
import pytest
from matplotlib import colormaps

from vae_explorer.gui.looks.look import Look

LEVELS = np.random.default_rng(0).integers(0, 256, (28, 56), np.uint8)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_enlarged_by_a_whole_number_each_level_is_an_even_square(times):
    shown = Look("pixels", "gray").picture(LEVELS, (56 * times, 28 * times))
    np.testing.assert_array_equal(shown, LEVELS.repeat(times, 0).repeat(times, 1))


@pytest.mark.parametrize("look", ["pixels", "smooth"])
def test_made_smaller_a_pixel_is_the_mean_of_what_it_covers(look):
    even = LEVELS.reshape(14, 2, 28, 2).mean((1, 3)).repeat(2, 0).repeat(2, 1).astype(np.uint8)
    shown = Look(look, "gray").picture(even, (28, 14))
    np.testing.assert_allclose(shown, even[::2, ::2], atol=1 if look == "pixels" else 40)


@pytest.mark.parametrize("size", [(61, 31), (100, 50), (81, 41)])
def test_enlarged_by_a_broken_number_levels_stay_as_they_are_and_their_squares_differ_by_one_pixel(size):
    shown = Look("pixels", "gray").picture(np.arange(28 * 56, dtype=np.uint16).astype(np.uint8).reshape(28, 56), size)
    assert shown.shape == size[::-1]
    columns = np.flatnonzero(np.diff(shown[0].astype(int)))
    widths = np.diff([-1, *columns, size[0] - 1])
    assert len(widths) == 56 and np.ptp(widths) <= 1


def test_smooth_has_levels_between_those_of_the_digit():
    two = np.repeat(np.array([[0, 255]], np.uint8), 28, axis=0).repeat(14, axis=1)
    shown = Look("smooth", "gray").picture(two, (84, 84))
    assert len(np.unique(shown)) > 3 and shown[:, 0].max() == 0 and shown[:, -1].min() == 255


@pytest.mark.parametrize("colours", ["viridis", "magma"])
def test_levels_have_the_colours_of_matplotlibs_map(colours):
    shown = Look("pixels", colours).picture(LEVELS, (56, 28))
    np.testing.assert_allclose(shown, colormaps[colours](LEVELS)[..., :3] * 255, atol=0.5)


def test_greys_need_no_colours():
    shown = Look("pixels", "gray_r").picture(LEVELS, (56, 28))
    np.testing.assert_array_equal(shown, 255 - LEVELS)


@pytest.mark.parametrize("look", ["pixels", "smooth"])
@pytest.mark.parametrize("size", [(28, 14), (112, 56), (61, 31)])
def test_each_channel_of_a_picture_in_colour_is_resized_as_grey_levels_are_whatever_the_colours(look, size):
    channels = [LEVELS, 255 - LEVELS, LEVELS[::-1]]
    shown = Look(look, "viridis").picture(np.stack(channels, -1), size)
    np.testing.assert_array_equal(shown, np.stack([Look(look, "gray").picture(each, size) for each in channels], -1))


@pytest.mark.parametrize(("colours", "level"), [("gray", 0x1F), ("gray_r", 255 - 0x1F)])
def test_the_grey_level_nearest_to_a_colour_looks_like_it(colours, level):
    look = Look("pixels", colours)
    assert look.nearest("#1f1f1f", in_colour=False) == level
    np.testing.assert_array_equal(look.nearest("#1f2023", in_colour=True), (0x1F, 0x20, 0x23))
