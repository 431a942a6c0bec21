"""Small pictures side by side, pixel by pixel."""

import numpy as np
import pytest

from vae_explorer.gui.looks.cells import in_cells
from vae_explorer.gui.looks.look import Look

GROUND = "#102030"


@pytest.mark.parametrize("colours", ["gray", "viridis"])
@pytest.mark.parametrize(
    ("shape", "box"), [((7, 7), (3, 3, 14, 14)), ((7, 14), (6, 3, 7, 14)), ((14, 7), (3, 6, 14, 7))]
)
def test_each_picture_is_as_large_as_fits_in_the_middle_of_its_place(shape, box, colours):
    """A side of 14 in a place of 20; box: top, left, height and width of the picture there."""
    levels = np.stack([np.full(shape, level, np.uint8) for level in (0, 100, 255)])
    look, (top, left, height, width) = Look("pixels", colours), box
    made = in_cells(look, levels, 20, 14, GROUND)
    assert made.shape == (20, 60, 3)
    for k, level in enumerate((0, 100, 255)):
        cell = made[:, 20 * k : 20 * (k + 1)]
        inner = np.zeros((20, 20), bool)
        inner[top : top + height, left : left + width] = True
        assert {"#" + bytes(pixel).hex() for pixel in cell[inner]} == {look.colour(level)}
        assert {"#" + bytes(pixel).hex() for pixel in cell[~inner]} == {GROUND}
