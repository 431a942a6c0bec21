"""The arithmetic of mixtures, against sums that are written out."""

import math

import numpy as np
import pytest

from vae_explorer.space.mixture import CHUNK, Mixture

SIZES = [7, 1, 12]
GROUPS = [range(7), range(7, 8), range(8, 20)]


def parts(latent_dim=3, seed=0):
    """mu and logvar of 20 components, and more points than fit into a chunk."""
    rng = np.random.default_rng(seed)
    mu, z = rng.standard_normal((20, latent_dim)), rng.standard_normal((CHUNK + 5, latent_dim))
    return mu, rng.uniform(-4, 0, mu.shape), z


def direct(mu, logvar, z, widen, rows):
    """The log of the sum of some densities at one point, in Python's own floats."""
    total = []
    for i in rows:
        variances = [widen * math.exp(each) for each in logvar[i].tolist()]
        terms = zip(z.tolist(), mu[i].tolist(), variances, strict=True)
        total.append(math.prod(math.exp(-((x - m) ** 2) / (2 * v)) / math.sqrt(2 * math.pi * v) for x, m, v in terms))
    return math.log(math.fsum(total))


@pytest.mark.parametrize("latent_dim", [1, 2, 6])
def test_each_group_has_a_sum_of_its_own(latent_dim):
    mu, logvar, z = parts(latent_dim)
    mixture = Mixture(mu, logvar, SIZES, widen=4)
    found = np.concatenate([mixture.log_sums(terms) for _, terms in mixture.terms(z)])
    expected = [[direct(mu, logvar, point, 4, rows) for rows in GROUPS] for point in z]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_what_is_left_are_the_densities_as_multiples_of_the_largest_in_their_group():
    mu, logvar, z = parts()
    mixture = Mixture(mu, logvar, SIZES)
    [(_, terms)] = mixture.terms(z[:4])
    logs = terms.copy()
    mixture.log_sums(terms)
    for rows in GROUPS:
        np.testing.assert_allclose(terms[:, rows], np.exp(logs[:, rows] - logs[:, rows].max(1, keepdims=True)))


def test_the_gradients_are_the_rise_over_a_small_step():
    mu, logvar, z = parts()
    mixture, h = Mixture(mu, logvar, SIZES, widen=4), 1e-6
    [(chunk, terms)] = mixture.terms(z[:4])
    mixture.log_sums(terms)
    expected = [
        [
            [
                (direct(mu, logvar, at + h * way, 4, rows) - direct(mu, logvar, at - h * way, 4, rows)) / (2 * h)
                for way in np.eye(3)
            ]
            for rows in GROUPS
        ]
        for at in z[:4]
    ]
    np.testing.assert_allclose(mixture.gradients(chunk, terms), expected, rtol=1e-5, atol=1e-6)
