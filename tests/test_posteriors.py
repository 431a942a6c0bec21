"""The posterior of a picture: rows of mu and sigma beside the prior."""

import numpy as np
import pytest
from factories import digits
from test_figures import drawn

from vae_explorer.pictures import posteriors


@pytest.mark.parametrize("rows", [1, 2, 6, 24])
@pytest.mark.parametrize("draws", [0, 1, 12])
def test_each_row_has_mu_one_and_two_sigmas_and_its_kl(rows, draws):
    mu, std = np.linspace(-4, 2, rows), np.linspace(0.1, 1, rows)
    names = [f"z{k} a name of 20 letters" for k in range(rows)]
    figure = drawn(
        posteriors.posterior(digits(2 + draws)[0], ("picture", "at mu", "draws"), mu, std, std, names, "told")
    )
    axis = figure.axes[-1]
    two, one = (each.get_segments() for each in axis.collections)
    for k in range(rows):
        np.testing.assert_allclose(two[k][:, 0], mu[k] + np.array([-2, 2]) * std[k])
        np.testing.assert_allclose(one[k][:, 0], mu[k] + np.array([-1, 1]) * std[k])
    assert [text.get_text() for text in axis.texts] == [*(f"{each:.1f}" for each in std), "kl, nats"]
    assert axis.get_xlim()[0] <= -4.2, "all of it is seen"
    assert len(figure.axes) == 3 + bool(draws)
