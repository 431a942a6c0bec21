"""Ways from a to b, and places along them."""

import numpy as np
import pytest

from vae_explorer.space import paths
from vae_explorer.space.latent import arc

A, B = np.array([2.0, -1, 0.5]), np.array([-1.0, 1.5, 2])  # not equally long
BENT = np.array([[0.0, 0], [3, 4], [3, 5]])  # two steps, the second of which is shorter


@pytest.mark.parametrize(
    ("share", "point"), [(0, (0, 0)), (0.25, (1.5, 2)), (0.5, (3, 4)), (0.75, (3, 4.5)), (1, (3, 5))]
)
def test_a_share_of_a_way_is_a_share_of_its_steps(share, point):
    np.testing.assert_allclose(paths.along(BENT, share), point)
    assert paths.share_of(BENT, point) == pytest.approx(share)


def test_the_ends_of_a_way_are_reached_exactly():
    way = arc(A, B, 24)
    np.testing.assert_array_equal(paths.along(way, 0.0), A)
    np.testing.assert_array_equal(paths.along(way, 1.0), B)
    assert (paths.share_of(way, A), paths.share_of(way, B)) == (0, 1)


def test_a_point_beside_a_way_or_beyond_its_end_is_not_on_it():
    assert paths.share_of(BENT, (1.5, 2.01)) is None
    assert paths.share_of(BENT, (3, 5.01)) is None
    assert paths.share_of(BENT, (3, 5 + 1e-9)) == 1


def test_a_way_that_stays_where_it_is_has_its_point_at_its_start():
    assert paths.share_of([A] * 4, A) == 0 and paths.share_of([A] * 4, B) is None
    np.testing.assert_array_equal(paths.along([A] * 4, 0.4), A)
