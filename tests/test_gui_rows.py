"""Rows of a plane that come one after the other."""

import numpy as np
import pytest

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.views.rows import Rows

GREY = Look("pixels", "gray")


@pytest.mark.parametrize("colours", [(), (3,)])
def test_rows_that_have_come_stand_in_their_places_and_the_others_are_ground(colours):
    rows, digits = Rows(GREY, "#f4f4f4"), np.arange(6, dtype=np.uint8).reshape(6, *[1] * (2 + len(colours)))
    digits = np.broadcast_to(digits, (6, 4, 5, *colours))
    found = rows.take(3, [2, 0], digits)
    assert found.shape == (9, 4, 5, *colours)
    assert [int(each.max()) for each in found] == [3, 4, 5, 0xF4, 0xF4, 0xF4, 0, 1, 2]


def test_what_there_was_stays_until_its_row_comes_unless_there_are_more_or_less():
    rows = Rows(GREY, "#f4f4f4")
    rows.take(2, [0, 1], np.full((4, 1, 1), 7, np.uint8))
    assert rows.take(2, [1], np.full((2, 1, 1), 8, np.uint8)).ravel().tolist() == [7, 7, 8, 8]
    assert rows.take(3, [1], np.full((3, 1, 1), 9, np.uint8)).ravel().tolist() == [244] * 3 + [9] * 3 + [244] * 3
