"""Chains of Linear layers against torch, and the guess of what follows the last of them."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from factories import TORCH_OUTPUTS
from torch import nn
from torch.nn import functional

from vae_explorer.codecs.activations import ACTIVATIONS
from vae_explorer.codecs.chain import CHUNK, ChainDecoder, ChainEncoder, guessed
from vae_explorer.storage import chain, told

SHAPE = 3, 9, 8


def layers(*sizes, seed=0):
    """Linear layers of torch of these sizes, larger than at birth, so that pixels reach black and white."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        made = [nn.Linear(a, b) for a, b in pairwise(sizes)]
    for each in made:
        each.weight.data *= 2
    return made


def arrays(linear):
    return tuple((each.weight.detach().numpy(), each.bias.detach().numpy()) for each in linear)


def through(linear, hidden, x):
    for each in linear:
        x = getattr(functional, hidden)(each(x))
    return x


def decoded(linear, hidden, output, z):
    return TORCH_OUTPUTS[output](linear[-1](through(linear[:-1], hidden, z))).reshape(-1, *SHAPE)


def test_the_tables_name_the_same():
    assert set(ACTIVATIONS) == set(told.HIDDEN) and set(TORCH_OUTPUTS) == set(told.OUTPUT)


@pytest.mark.parametrize("sizes", [(4, 216), (4, 30, 216), (1, 20, 40, 216), (256, 300, 216)], ids=str)
@pytest.mark.parametrize("batch", [0, 1, CHUNK + 1])
def test_images_are_those_of_torch(sizes, batch):
    linear = layers(*sizes)
    z = 3 * np.random.default_rng(0).standard_normal((batch, sizes[0])).astype(np.float32)
    ours = ChainDecoder(arrays(linear), SHAPE, "relu", "sigmoid")
    assert ours.latent_dim == sizes[0] and ours.shape == SHAPE
    x_hat = ours.decode(z)
    assert x_hat.shape == (batch, *SHAPE) and x_hat.dtype == np.float32
    with torch.no_grad():
        np.testing.assert_allclose(x_hat, decoded(linear, "relu", "sigmoid", torch.from_numpy(z)), rtol=0, atol=1e-5)


@pytest.mark.parametrize("hidden", told.HIDDEN)
@pytest.mark.parametrize("output", told.OUTPUT)
def test_images_and_gradients_are_those_of_torch_for_every_activation(hidden, output):
    linear = layers(5, 30, 40, 216)
    z = torch.from_numpy(np.random.default_rng(1).standard_normal((7, 5)).astype(np.float32)).requires_grad_()
    gradient = np.random.default_rng(2).standard_normal((7, *SHAPE)).astype(np.float32)
    x_hat = decoded(linear, hidden, output, z)
    expected = torch.autograd.grad(x_hat, z, torch.from_numpy(gradient))[0].numpy()
    ours = ChainDecoder(arrays(linear), SHAPE, hidden, output)
    points = z.detach().numpy()
    found = ours.decode(points)
    np.testing.assert_allclose(found, x_hat.detach().numpy(), rtol=0, atol=2e-6)
    pulled = ours.pull(points, found, gradient)
    assert pulled.dtype == np.float32 and found.dtype == np.float32
    np.testing.assert_allclose(pulled, expected, rtol=1e-4, atol=2e-5)


@pytest.mark.parametrize("name", told.HIDDEN)
def test_an_activation_neither_overflows_nor_changes_what_it_is_given(name):
    a = np.array([-1e30, -1e6, -100, 0, 100, 1e6, 1e30], np.float32)
    given = a.copy()
    value, slope = ACTIVATIONS[name].value(a), ACTIVATIONS[name].slope(a)
    assert np.isfinite(value).all() and np.isfinite(slope).all()
    np.testing.assert_array_equal(a, given)


@pytest.mark.parametrize("output", told.OUTPUT)
@pytest.mark.parametrize("trunk", [(), (30,), (30, 20)], ids=str)
def test_posteriors_are_those_of_torch(output, trunk):
    *linear, mean = layers(216, *trunk, 4)
    (other,) = layers(mean.in_features, 4, seed=1)
    images = np.random.default_rng(3).uniform(-1, 1, (6, *SHAPE)).astype(np.float32)
    x = torch.from_numpy(images).flatten(1)
    with torch.no_grad():
        features = through(linear, "relu", x if output in ("tanh", "signed") else (x + 1) / 2)
        mu, logvar = mean(features), other(features)
    weights = chain.ChainEncoder(arrays(linear), *arrays([mean, other]))
    found = ChainEncoder(weights, "relu", output).encode(images)
    for ours, theirs in zip(found, (mu, logvar), strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-4, atol=1e-5)


def trained(output, epochs=30):
    """A small VAE of four kinds of pictures with a dark ground, trained with one output: decoder and encoder."""
    squashed = TORCH_OUTPUTS[output]
    inside = squashed if output not in ("linear", "signed") else (lambda a: 2 * a - 1 if output == "linear" else a)
    draw = np.random.default_rng(0)
    x = np.full((800, *SHAPE), -1, np.float32)
    for image, top, left in zip(x, draw.integers(0, 6, 800), draw.integers(0, 5, 800), strict=True):
        image[:, top : top + 3, left : left + 3] = draw.uniform(0, 1)
    x = torch.from_numpy(x).flatten(1)
    given = x if output in ("tanh", "signed") else (x + 1) / 2
    trunk, heads, decoder = layers(216, 64), layers(64, 3, seed=1) + layers(64, 3, seed=2), layers(3, 64, 216, seed=3)
    parameters = [p for each in (*trunk, *heads, *decoder) for p in each.parameters()]
    optimizer = torch.optim.Adam(parameters, 3e-3)
    eps = torch.Generator().manual_seed(0)
    for _ in range(epochs):
        for batch, target in zip(given.split(50), x.split(50), strict=True):
            features = through(trunk, "relu", batch)
            mu, logvar = (each(features) for each in heads)
            z = mu + torch.exp(logvar / 2) * torch.randn(mu.shape, generator=eps)
            a = decoder[-1](through(decoder[:-1], "relu", z))
            kl = 0.5 * (mu**2 + logvar.exp() - 1 - logvar).sum()
            optimizer.zero_grad()
            (((inside(a) - target) ** 2).sum() + kl).backward()
            optimizer.step()
    return arrays(decoder), chain.ChainEncoder(arrays(trunk), *arrays(heads))


@pytest.mark.parametrize("output", ["sigmoid", "tanh", "linear", "signed"])
def test_the_output_is_guessed_from_what_comes_out_and_from_what_the_encoder_takes_back(output):
    decoder, encoder = trained(output)
    assert guessed(decoder, encoder, "relu") == output


@pytest.mark.parametrize(("size", "output"), [(1.5, "tanh"), (6, "sigmoid")])
def test_without_an_encoder_the_size_of_the_numbers_tells(size, output):
    weight = np.zeros((216, 2), np.float32)
    bias = np.where(np.arange(216) < 180, -size, size).astype(np.float32)
    assert guessed([(weight, bias)], None, "relu") == output


@pytest.mark.parametrize("widths", [(2, 400, 784), (20, 400, 784), (16, 64, 128, 784), (32, 256, 3072)])
def test_what_no_training_has_moved_is_followed_by_a_sigmoid(widths):
    born = [(weight / 2, bias) for weight, bias in arrays(layers(*widths))]
    assert guessed(born, None, "relu") == "sigmoid"
