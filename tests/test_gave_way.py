"""The sentences on what could not be as it was asked for."""

import numpy as np

from vae_explorer.space import gave_way
from vae_explorer.space.ranges import Ranges

BEFORE = np.array([0.0, 12.0, 19.0, 2.5, 95.0])
HELD = frozenset({"slant", "width", "height", "thickness"})


def ranges():
    """Spread evenly to both sides: the 5th and the 95th percentile are nine tenths of the way."""
    spans = np.array([20.0, 6.0, 2.0, 1.0, 50.0])
    measured = BEFORE + np.linspace(-1, 1, 401)[:, None] * spans
    return Ranges(np.zeros((401, 1)), measured, "made up")


def asked(**goals):
    return np.array([goals.get(name, np.nan) for name in ("slant", "width", "height", "thickness", "mass")])


def reached(**values):
    return np.where(np.isnan(asked(**values)), BEFORE, asked(**values))


def short(goals, values, lost=0.0):
    return gave_way.short(BEFORE, goals, values, ranges(), lost, "MNIST")


def test_what_is_reached_to_nine_tenths_is_not_spoken_of():
    assert short(asked(slant=10, width=11), reached(slant=9.1, width=11.1)) == []
    assert len(short(asked(slant=10, width=11), reached(slant=8.9, width=11.2))) == 2


def test_at_the_limit_of_the_data_that_is_the_reason_on_either_side():
    assert short(asked(height=23), reached(height=20.8)) == ["Height is at MNIST’s limit of 20.8 px."]
    assert short(asked(height=14), reached(height=17.2)) == ["Height is at MNIST’s limit of 17.2 px."]
    assert short(asked(height=14), reached(height=20.8)) != ["Height is at MNIST’s limit of 20.8 px."]


def test_elsewhere_it_is_the_data_or_what_is_held():
    assert short(asked(slant=10), reached(slant=5), lost=4) == ["Slant stops at 5.0°: further on it leaves the data."]
    assert short(asked(slant=10), reached(slant=5)) == ["Slant stops at 5.0°: what is held allows no more."]


def test_what_was_held_and_moved_a_quarter_of_its_spread_gave_way():
    def moved(goals, values, held=HELD):
        return gave_way.moved(BEFORE, goals, values, ranges(), held)

    assert moved(asked(slant=5), reached(slant=5, width=13)) == ["Gave way: width 12.0 → 13.0 px."]
    assert moved(asked(slant=5), reached(slant=5, width=12.5, mass=150)) == []
    assert moved(asked(slant=5, width=14), reached(slant=5, width=13)) == []
    assert moved(asked(slant=5), reached(slant=5, mass=150), HELD | {"mass"}) == ["Gave way: mass 95 → 150 px."]
