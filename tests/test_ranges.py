"""What values the factors have in the data of a model, or in what its prior gives."""

import numpy as np

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
    found = ranges.of(lambda z: np.full((len(z), 1, 28, 28), -1.0, np.float32), 2, None)
    assert (found.low == found.high).all() and (found.sd == 1).all()
