"""Decoding in steps: what comes of them is what comes of one, and none takes more points than it may."""

import numpy as np
import pytest
from factories import made_up_codec

from vae_explorer.gui.desk import steps
from vae_explorer.gui.desk.steps import Pace, in_one, taken
from vae_explorer.jobs import Job

POINTS = np.random.default_rng(0).normal(size=(23, 3))


def all_taken(some):
    """What comes of some steps, and how many there were."""
    for count in range(1, 100):
        if (made := taken(some, Job(""))) is not None:
            return made[0], count
    raise AssertionError("they never end")


def test_what_is_decoded_in_steps_is_what_is_decoded_at_once_in_fewer_and_fewer(monkeypatch):
    codec = made_up_codec()
    monkeypatch.setattr(steps, "STEP_S", 1000)  # however busy the machine is
    pace = Pace(codec)
    pixels, count = all_taken(pace.decoded(codec.pixels, POINTS))
    np.testing.assert_array_equal(pixels, codec.pixels(POINTS))
    assert count == 5  # 1, 2, 4, 8 and 8 points
    assert all_taken(pace.decoded(codec.decode, POINTS))[1] == 1  # it has learned that there is time for more


def test_where_steps_take_long_each_has_fewer_points(monkeypatch):
    codec, sizes = made_up_codec(), []
    pace = Pace(codec)
    all_taken(pace.decoded(codec.pixels, POINTS))
    monkeypatch.setattr(steps, "STEP_S", 0)
    all_taken(pace.decoded(lambda points: sizes.append(len(points)) or codec.pixels(points), np.tile(POINTS, (3, 1))))
    assert sizes[-1] < sizes[0] and sizes == sorted(sizes, reverse=True) and sum(sizes) == 69


def test_a_step_takes_no_more_points_than_their_pictures_may_take_of_the_memory(monkeypatch):
    codec, sizes = made_up_codec((3, 256, 256)), []
    pixels = codec.pixels
    monkeypatch.setattr(type(codec), "at_once", 2)
    all_taken(Pace(codec).decoded(lambda points: sizes.append(len(points)) or pixels(points), POINTS[:6]))
    assert max(sizes) <= 2 and sum(sizes) == 6


def test_what_is_made_in_one_step_is_given_by_the_first():
    assert all_taken(in_one(lambda: "made")) == ("made", 1)


def test_what_fails_in_a_step_is_raised():
    with pytest.raises(ValueError, match="no such point"):
        taken(in_one(lambda: (_ for _ in ()).throw(ValueError("no such point"))), Job(""))
