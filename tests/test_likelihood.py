"""p(x|z) in NumPy: against torch's distributions, against `model`, and its slopes against differences."""

import typing

import numpy as np
import pytest
import torch
from torch.distributions import Bernoulli, Normal

from vae_explorer.codecs.likelihood import EDGE, LIKELIHOODS
from vae_explorer.model import LIKELIHOODS as IN_TORCH
from vae_explorer.storage import model_json
from vae_explorer.training.options import Options


def pictures(seed, count=4, numbers=50):
    return np.random.default_rng(seed).uniform(-0.98, 0.98, (count, numbers)).astype(np.float32)


def test_every_room_knows_the_same_likelihoods():
    of_training = typing.get_args(typing.get_type_hints(Options)["likelihood"])
    assert set(LIKELIHOODS) == set(IN_TORCH) == set(model_json.LIKELIHOODS) == set(of_training)
    assert model_json.LIKELIHOODS[0] == Options.likelihood


def test_the_gaussian_is_torchs_of_variance_half():
    found, x_hat, x = LIKELIHOODS["gaussian"], pictures(0), pictures(1)
    expected = -Normal(torch.from_numpy(x_hat), 0.5**0.5).log_prob(torch.from_numpy(x)).sum(1)
    np.testing.assert_allclose(found.recon(x_hat, x) + 50 * found.constant, expected, rtol=1e-5)


def test_bernoulli_is_torchs():
    found, x_hat, x = LIKELIHOODS["bernoulli"], pictures(0), np.sign(pictures(1))
    expected = -Bernoulli(torch.from_numpy((x_hat + 1) / 2)).log_prob(torch.from_numpy((x + 1) / 2)).sum(1)
    np.testing.assert_allclose(found.recon(x_hat, x) + 50 * found.constant, expected, rtol=1e-5)


@pytest.mark.parametrize("name", LIKELIHOODS)
def test_recon_is_that_of_torch_and_takes_one_picture_for_all(name):
    x_hat, x = pictures(0), pictures(1)
    a = torch.from_numpy(np.arctanh(x_hat))
    np.testing.assert_allclose(
        LIKELIHOODS[name].recon(x_hat, x), IN_TORCH[name].recon(torch.from_numpy(x), a).numpy(), rtol=1e-5
    )
    one = np.broadcast_to(x[0], x.shape)
    np.testing.assert_allclose(LIKELIHOODS[name].recon(x_hat, x[0]), LIKELIHOODS[name].recon(x_hat, one))


@pytest.mark.parametrize("name", LIKELIHOODS)
def test_the_slope_is_that_of_recon_and_the_information_its_mean_square_over_pictures(name):
    found, x_hat, x = LIKELIHOODS[name], pictures(0, 1).astype(float), pictures(1, 1).astype(float)
    steps = 1e-6 * np.eye(50)
    differences = (found.recon(x_hat + steps, x[0]) - found.recon(x_hat - steps, x[0])) / 2e-6
    np.testing.assert_allclose(found.slope(x_hat, x)[0], differences, rtol=1e-4, atol=1e-6)
    draw = np.random.default_rng(2)
    if name == "gaussian":
        drawn = x_hat + 0.5**0.5 * draw.standard_normal((100_000, 50))
    else:
        drawn = np.where(draw.random((100_000, 50)) < (x_hat + 1) / 2, 1.0, -1.0)
    squares = np.square(found.slope(np.broadcast_to(x_hat, drawn.shape), drawn)).mean(0)
    np.testing.assert_allclose(found.information(x_hat)[0], squares, rtol=0.15)


def test_a_pixel_that_a_decoder_is_sure_of_and_that_is_wrong_costs_what_float32_can_tell():
    found = LIKELIHOODS["bernoulli"]
    sure = np.array([[1.0, -1.0], [EDGE, -EDGE]], np.float32)
    assert found.recon(sure, np.float32([-1, 1])) == pytest.approx([2 * 25 * np.log(2)] * 2)
    assert found.recon(sure, np.float32([1, -1])) == pytest.approx([0, 0], abs=1e-6)
    assert np.isfinite(found.slope(sure, np.float32([-1, 1]))).all() and np.isfinite(found.information(sure)).all()
    assert np.isnan(found.recon(np.full((1, 2), np.nan, np.float32), np.float32([1, 1]))).all()
