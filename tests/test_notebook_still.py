"""The explorer as a picture: where it stands, and what it shows there."""

import io

import numpy as np
import pytest
from PIL import Image

from vae_explorer.notebook.still import Still
from vae_explorer.space.space import Space


@pytest.fixture(scope="module")
def space(model):
    return Space.open(model(3))


def shown(still):
    with Image.open(io.BytesIO(still._repr_png_())) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def test_where_it_stands_is_read_and_set_as_any_row_of_numbers(space):
    still = Still(space, (1, 0.5, -2))
    assert still.z == (1.0, 0.5, -2.0)
    for z in ([0, 1, 2], np.array([0.0, 1, 2]), np.array([[0, 1, 2]], np.float32)):
        still.z = z
        assert still.z == (0.0, 1.0, 2.0)


@pytest.mark.parametrize("z", [(1, 2), (1, 2, 3, 4), (1, 2, np.nan), (1, 2, 11), ("a", "b", "c"), 0])
def test_what_is_no_point_of_the_space_is_refused_and_nothing_moves(space, z):
    still = Still(space, (0, 0, 0))
    with pytest.raises(ValueError):
        still.z = z
    assert still.z == (0, 0, 0)
    with pytest.raises(ValueError):
        Still(space, z)


def test_its_picture_is_of_where_it_stands(space):
    still = Still(space, (0, 0, 0))
    before = shown(still)
    still.z = (0, 2.5, 0)
    after = shown(still)
    assert before.shape == after.shape and (before != after).any()
    assert repr(still) == "Explorer at z = (0.00, 2.50, 0.00)"
