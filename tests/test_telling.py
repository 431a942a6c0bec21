"""How closely a dimension goes with a factor, against ranks counted by hand and lines fitted by NumPy."""

import numpy as np
import pytest

from vae_explorer.space import telling
from vae_explorer.space.telling import FEW


def data(count=300, latent_dim=4, seed=0):
    """Points, and three factors: of the first dimension alone, of two dimensions, and noise in whole numbers."""
    draw = np.random.default_rng(seed)
    z = draw.normal(size=(count, latent_dim))
    noise = draw.normal(size=(count, 3))
    factors = [np.exp(z[:, 0]) + 0.1 * noise[:, 0], 3 - z[:, 1] + z[:, 2] + noise[:, 1], np.rint(noise[:, 2])]
    return z, np.stack(factors, 1)


def rank(values):
    """The mean place of each value among all, counted."""
    return np.array([np.mean([np.sum(values < each), np.sum(values <= each) - 1]) for each in values])


def test_the_rank_correlation_is_that_of_ranks_that_were_counted():
    z, factors = data()
    expected = [[np.corrcoef(rank(dim), rank(factor))[0, 1] for factor in factors.T] for dim in z.T]
    np.testing.assert_allclose(telling.of(z, factors).rank, expected, atol=1e-12)


def test_r2_is_that_of_a_fitted_line():
    z, factors = data()
    found = telling.of(z, factors).r2
    for i, dim in enumerate(z.T):
        for k, factor in enumerate(factors.T):
            rest = factor - np.polyval(np.polyfit(dim, factor, 1), dim)
            assert found[i, k] == pytest.approx(1 - rest.var() / factor.var(), abs=1e-9)


def test_a_curve_that_only_rises_has_the_rank_correlation_1():
    z = np.linspace(-3, 3, 100)[:, None]
    found = telling.of(z, np.exp(3 * z))
    assert found.rank[0, 0] == pytest.approx(1) and found.r2[0, 0] < 0.5


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e6])
def test_what_never_changes_goes_with_nothing(constant):
    z, factors = data()
    z[:, 1] = constant
    factors[:, 2] = constant
    found = telling.of(z, factors)
    assert not found.rank[1].any() and not found.r2[1].any() and not found.r2[:, 2].any()
    assert np.isfinite(found.rank).all() and found.r2[0, 0] > 0.3


def test_pictures_without_factors_are_left_out():
    z, factors = data()
    broken, far = factors.copy(), z.copy()
    broken[::7, 1], far[::7] = np.nan, 10
    kept = np.arange(len(z)) % 7 > 0
    np.testing.assert_array_equal(telling.of(far, broken).rank, telling.of(z[kept], factors[kept]).rank)


@pytest.mark.parametrize("count", [0, 1, 2, FEW - 1])
def test_of_few_pictures_nothing_is_told(count):
    z, factors = data(FEW)
    assert telling.of(z, factors).r2.any()
    assert telling.of(z[:count], factors[:count]).r2.tolist() == [[0, 0, 0]] * 4


@pytest.mark.parametrize(
    ("r2", "alone", "named"),
    [
        ([0.05, 0.7, 0.3], True, [1]),
        ([0.05, 0.7, 0.36], False, [1, 2]),
        ([0.55, 0.01, 0.02], False, [0]),
        ([0.09, 0.0, 0.05], False, []),
        ([0.2, 0.3, 0.4, 0.5, 0.1], False, [3, 2, 1]),
        ([0.9], True, [0]),
    ],
)
def test_one_factor_stands_alone_only_where_the_next_is_far_behind(r2, alone, named):
    assert telling.alone(np.array(r2)) == alone
    assert telling.named(np.array(r2)) == named
