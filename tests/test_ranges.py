"""What values the factors have in the data of a model, or in what its prior gives."""

import numpy as np
from factories import MadeUp, made_up_codec

from vae_explorer.space import measures, ranges
from vae_explorer.space.space import Space


def test_ranges_are_of_the_decoded_means_of_the_atlas(model):
    space = Space.open(model(6))
    found = space.ranges
    assert found is space.ranges and "digits" in found.source
    assert np.array_equal(found.points, space.atlas.mu)
    some = measures.measure(space.codec.decode(found.points[:5]))
    assert np.allclose(found.measured[:5], some)
    low, median, high = np.percentile(found.measured, (5, 50, 95), axis=0)
    assert np.allclose([found.low, found.median, found.high], [low, median, high])


def test_without_an_atlas_they_are_of_the_same_draws_each_time(bare):
    one, other = (Space.open(bare).ranges for _ in range(2))
    assert "N(0, I)" in one.source and np.array_equal(one.measured, other.measured)


def test_a_decoder_that_always_gives_the_same_has_ranges_of_no_width():
    class Blank(MadeUp):
        def decode(self, points):
            return np.full((len(points), *self.shape), -1.0, np.float32)

    found = ranges.of(made_up_codec(parts=Blank), None)
    assert (found.low == found.high).all() and (found.sd == 1).all()


def test_of_large_pictures_some_at_even_steps_are_measured():
    codec = made_up_codec((1, 256, 256))
    found = ranges.of(codec, None)
    assert ranges.FEW <= len(found.points) <= codec.at_once < ranges.DRAWS
    np.testing.assert_array_equal(found.points[1], ranges.usual(3, None)[ranges.DRAWS // len(found.points)])
