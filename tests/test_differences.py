"""Central differences against the gradient that torch finds."""

import numpy as np
import pytest
import torch

from vae_explorer.codecs.differences import CHUNK, pull


@pytest.mark.parametrize(("batch", "latent_dim"), [(0, 3), (1, 1), (1, CHUNK + 1), (5, 7)])
def test_the_gradient_is_that_of_torch(batch, latent_dim):
    draw = np.random.default_rng(0)
    weight = draw.normal(0, 1 / latent_dim, (latent_dim, 2 * 9)).astype(np.float32)
    points, gradient = (draw.normal(size=shape).astype(np.float32) for shape in ((batch, latent_dim), (batch, 2, 9, 1)))
    z = torch.from_numpy(points).requires_grad_()
    torch.tanh(z @ torch.from_numpy(weight)).backward(torch.from_numpy(gradient.reshape(batch, 18)))
    found = pull(lambda p: np.tanh(p @ weight).reshape(len(p), 2, 9, 1), points, gradient)
    assert found.dtype == np.float32 and found == pytest.approx(z.grad.numpy(), abs=2e-4)
