"""Numbers beside a picture: as short as they can be, and never alike where the values are not."""

import pytest

from vae_explorer.pictures.ticks import apart, ticks, told_apart


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ((-3.0, 0.0, 3.0), ["−3.0", "0", "+3.0"]),
        ((-0.25, 0.0, 0.25), ["−0.25", "0", "+0.25"]),
        ((-0.004, -0.002, 0.0, 0.002, 0.004), ["−0.004", "−0.002", "0", "+0.002", "+0.004"]),
        ((1e-9, 2e-9), ["0", "0"]),
        ((1.0, 1.0), ["+1.0", "+1.0"]),
    ],
)
def test_they_have_as_many_decimals_as_it_takes_up_to_six(values, texts):
    assert ticks(values) == texts


def test_they_are_rounded_where_that_tells_them_apart():
    assert told_apart([0.67, 0.43, 0.21], 1) == ["+0.7", "+0.4", "+0.2"]
    assert told_apart([0.67, 0.66], 1) == ["+0.67", "+0.66"]


@pytest.mark.parametrize(
    ("count", "wide", "step"),
    [(20, 9, 1), (20, 11, 2), (6, 11, 2), (7, 11, 2), (7, 25, 3), (13, 45, 6), (1, 5, 1), (0, 5, 1), (3, 100, 3)],
)
def test_as_many_labels_stay_as_have_room_and_the_last_one_if_that_costs_few(count, wide, step):
    assert apart([(10 * k, 10 * k + wide) for k in range(count)]) == step
