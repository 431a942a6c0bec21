"""Which points a picture decodes."""

import numpy as np
import pytest

from vae_explorer import latent


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_a_traversal_changes_one_coordinate_and_no_other(latent_dim):
    z = np.arange(latent_dim) / 10
    for dim in range(latent_dim):
        points = latent.traverse(z, dim, [-3, 0, 3])
        assert points.shape == (3, latent_dim)
        assert points[:, dim].tolist() == [-3, 0, 3]
        assert (np.delete(points, dim, axis=1) == np.delete(z, dim)).all()


def test_a_traversal_leaves_its_origin_as_it_was():
    z = np.zeros(3)
    latent.traverse(z, 1, [5.0])
    assert z.tolist() == [0, 0, 0]


def test_a_grid_runs_row_by_row_from_the_top():
    points = latent.grid([9, 9, 9], (2, 0), across=[1, 2, 3], down=[5, 4])
    assert points.tolist() == [[5, 9, 1], [5, 9, 2], [5, 9, 3], [4, 9, 1], [4, 9, 2], [4, 9, 3]]


def test_a_grid_over_one_dimension_twice_is_refused():
    with pytest.raises(ValueError, match="two dimensions, not 1 twice"):
        latent.grid([0, 0], (1, 1), [0], [0])


def test_a_straight_way_begins_and_ends_exactly_and_is_even():
    a, b = np.array([0.1, -2.0, 3.0]), np.array([0.7, 5.0, 3.0])
    assert (latent.lerp(a, b, 0) == a).all() and (latent.lerp(a, b, 1) == b).all()
    assert latent.lerp(a, b, 0.25) == pytest.approx(a + (b - a) / 4)
