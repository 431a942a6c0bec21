"""A picture in the shape of a model's: whole, in the middle, with the colour of its rim beside it."""

import numpy as np
import pytest

from vae_explorer.datasets.fitting import fitted

RED = np.full((20, 40, 3), (200, 30, 10), np.uint8)


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 28, 28), (3, 8, 256), (1, 256, 8)])
def test_a_picture_becomes_one_of_the_shape(shape):
    channels, h, w = shape
    assert fitted(RED, shape).shape == ((h, w, 3) if channels == 3 else (h, w))
    assert fitted(RED[..., 0], shape).shape == fitted(RED, shape).shape
    assert fitted(np.zeros((1, 1000), np.uint8), shape).shape[:2] == (h, w)


def test_a_picture_is_whole_and_in_the_middle():
    picture = RED.copy()
    picture[5:15, 10:30] = 255
    found = fitted(picture, (3, 40, 40))
    np.testing.assert_array_equal(found[10:30], picture)
    assert (found[:10] == RED[0, 0]).all() and (found[30:] == RED[0, 0]).all()


def test_colours_become_their_brightness_and_grey_stays_grey():
    assert abs(int(fitted(RED, (1, 10, 20))[0, 0]) - (0.299 * 200 + 0.587 * 30 + 0.114 * 10)) <= 1
    assert (fitted(RED[..., 0], (3, 10, 20)) == 200).all()
