"""What a step in one dimension does to each factor, on pictures whose factors are known."""

import numpy as np
import pytest
from factories import made_up

from vae_explorer.space import effects, measures
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.latent import Values

NAMES = [*FACTORS]
SD = np.array([10.0, 4.0, 2.0, 0.5, 30.0])


def changed(**by: float) -> Values:
    return np.array([by.get(name, 0.0) for name in NAMES])


@pytest.mark.parametrize("dim", [0, 1, 2])
def test_the_changes_are_those_from_here_to_one_further(dim):
    codec, z = made_up().codec, np.array([0.3, -0.7, 1.1])
    further = z + np.eye(3)[dim]
    expected = measures.measure(codec.decode(further)) - measures.measure(codec.decode(z))
    np.testing.assert_allclose(effects.of(codec, z, dim), expected[0])
    assert abs(expected).max() > 0.1 and z.tolist() == [0.3, -0.7, 1.1]


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ({"slant": 9.0, "width": 0.8}, "leans 9"),
        ({"slant": -9.0}, "further left"),
        ({"width": -0.8}, "narrower"),
        ({"height": 0.5, "mass": -20.0}, "has 20 px less ink, is 0.5 px taller"),
        ({"thickness": -0.2}, "thinner"),
        ({"slant": 0.99, "width": 0.39, "height": 0.19, "mass": 2.9}, effects.NOTHING),
        ({"slant": 1.0}, "further right"),
        ({"slant": np.nan, "width": np.nan}, effects.NOTHING),
        ({}, effects.NOTHING),
    ],
)
def test_what_is_seen_is_told_in_words_and_the_rest_is_not(by, said):
    assert said in effects.told(changed(**by), SD)


def test_what_changes_most_beside_its_spread_comes_first():
    told = effects.told(changed(mass=60.0, slant=5.0, width=-8.1), SD)
    assert [told.index(word) for word in ("narrower", "ink", "right")] == sorted(
        map(told.index, ("narrower", "ink", "right"))
    )
    assert told.count(",") == 2


def test_what_is_written_as_0_is_not_told():
    assert "taller" in effects.told(changed(height=1.0), np.ones(5))
    assert effects.told(changed(), np.ones(5)) == effects.NOTHING
    assert effects.told(changed(height=0.04), 0.1 * np.ones(5)) == effects.NOTHING
