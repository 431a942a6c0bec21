"""The model against torch's own layers and distributions."""

import math

import pytest
import torch
from factories import vae
from torch.distributions import Normal, kl_divergence

from vae_explorer.model import Posterior, decode_folded, loss_terms, reparameterize
from vae_explorer.storage.shapes import DECODER_SHAPES, ENCODER_SHAPES

DIMS = [1, 2, 6, 20]


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(0)


@pytest.fixture
def posterior(generator):
    return Posterior(torch.randn(5, 3, generator=generator), 3 * torch.randn(5, 3, generator=generator))


def images(generator, n=5):
    return 2 * torch.rand(n, 1, 28, 28, generator=generator) - 1


def test_kl_is_that_of_torch_distributions(generator, posterior):
    x = images(generator)
    kl = loss_terms(x, x, posterior).kl
    expected = kl_divergence(Normal(posterior.mu, torch.exp(posterior.logvar / 2)), Normal(0, 1))
    torch.testing.assert_close(kl, expected, rtol=1e-4, atol=1e-5)


def test_recon_is_minus_the_log_likelihood_of_a_gaussian_of_variance_half_less_its_constant(generator, posterior):
    x, x_hat = images(generator), images(generator)
    recon = loss_terms(x, x_hat, posterior).recon
    log_prob = Normal(x_hat, math.sqrt(0.5)).log_prob(x).flatten(1).sum(1)
    torch.testing.assert_close(recon, -log_prob - 392 * math.log(math.pi), rtol=1e-5, atol=1e-3)


def test_images_of_different_shapes_are_refused_rather_than_broadcast(generator, posterior):
    with pytest.raises(ValueError, match=r"x is \(5, 1, 28, 28\) but x_hat is \(1, 1, 28, 28\)"):
        loss_terms(images(generator), images(generator, 1), posterior)


def test_without_noise_a_draw_is_the_mean_and_with_unit_noise_one_sigma_off(posterior):
    zero = torch.zeros(5, 3)
    assert torch.equal(reparameterize(posterior, zero), posterior.mu)
    sigma = torch.exp(posterior.logvar / 2)
    torch.testing.assert_close(reparameterize(posterior, zero + 1) - posterior.mu, sigma, rtol=1e-4, atol=1e-5)


def test_many_draws_at_once_have_the_moments_of_the_posterior_and_carry_gradients(generator):
    mu, logvar = torch.tensor([[1.0, -2.0]], requires_grad=True), torch.tensor([[0.5, -1.0]], requires_grad=True)
    draws = reparameterize(Posterior(mu, logvar), torch.randn(20_000, 1, 2, generator=generator))
    torch.testing.assert_close(draws.mean(0), mu, atol=0.04, rtol=0)
    torch.testing.assert_close(draws.var(0), logvar.exp(), atol=0.06, rtol=0)
    draws.sum().backward()
    assert mu.grad.tolist() == [[20_000, 20_000]] and logvar.grad.abs().min() > 0


@pytest.mark.parametrize("dim", DIMS)
def test_the_state_dicts_have_the_keys_and_shapes_that_the_files_promise(dim):
    model = vae(dim)
    for part, shapes in ((model.decoder, DECODER_SHAPES), (model.encoder, ENCODER_SHAPES)):
        expected = {key: tuple(dim if n == "D" else n for n in shape) for key, shape in shapes.items()}
        assert {key: tuple(value.shape) for key, value in part.state_dict().items()} == expected


@pytest.mark.parametrize("dim", DIMS)
def test_a_batch_goes_through_the_model_and_comes_back_as_images_in_range(dim, generator):
    x = images(generator)
    x_hat, posterior = vae(dim)(x, torch.randn(5, dim, generator=generator))
    assert x_hat.shape == x.shape and x_hat.abs().max() <= 1
    assert posterior.mu.shape == posterior.logvar.shape == (5, dim)


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("dim", DIMS)
def test_the_folded_decoder_gives_the_images_and_gradients_of_the_plain_one(dim, batch, generator):
    decoder = vae(dim).decoder
    z = (3 * torch.randn(batch, dim, generator=generator)).requires_grad_()
    weight = torch.randn(batch, 1, 28, 28, generator=generator)
    leaves = [z, *decoder.parameters()]
    plain, folded = decoder(z), decode_folded(decoder, z)
    torch.testing.assert_close(folded, plain, rtol=0, atol=1e-5)
    expected = torch.autograd.grad((plain * weight).sum(), leaves)
    for leaf, got, want in zip(leaves, torch.autograd.grad((folded * weight).sum(), leaves), expected, strict=True):
        scale = float(want.abs().max())
        torch.testing.assert_close(got, want, rtol=0, atol=1e-5 * scale, msg=f"gradient of {tuple(leaf.shape)}")
