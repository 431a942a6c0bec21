"""A codec measured in torch gives the figures of the same network in torch."""

import numpy as np
import pytest
import torch
from factories import digits, made_up_codec, model_folder, vae

from vae_explorer import metrics
from vae_explorer.as_torch import AsTorch, Batches
from vae_explorer.codecs import opening


def test_the_figures_are_those_of_the_same_network(tmp_path):
    x = Batches(digits(40)[0], (1, 28, 28))
    found = metrics.evaluate(AsTorch(opening.load(model_folder(tmp_path, 3))), x, 2.0)
    expected = metrics.evaluate(vae(3), x, 2.0)
    for name, value in vars(expected).items():
        assert getattr(found, name) == pytest.approx(value, rel=1e-5), name


def test_pictures_may_have_any_shape_and_points_that_are_not_finite_give_none():
    model = made_up_codec((3, 10, 12))
    x = Batches(model.pixels(np.zeros((7, 3))), model.shape)
    assert len(x) == 7 and x[2:5].shape == (3, 3, 10, 12)
    told: list[float] = []
    found = metrics.evaluate(AsTorch(model), x, 1.0, 4, told.append)
    assert found.images == 7 and np.isfinite(found.loss) and found.mse < 1e-3 and told == [4 / 7, 1]
    a = AsTorch(model).preactivation(torch.tensor([[0, 1, 2], [0, torch.inf, 0]]))
    assert a.shape == (2, 3, 10, 12) and torch.isnan(a).all()


def test_what_float32_takes_for_one_has_a_preactivation_that_is_finite():
    model = made_up_codec((1, 8, 8))
    for far in (-1e4, 1e4):
        a = AsTorch(model).preactivation(torch.full((1, model.latent_dim), far))
        assert torch.isfinite(a).all() and a.abs().max() == pytest.approx(8.664, abs=0.001)
