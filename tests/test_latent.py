"""Which points a picture decodes."""

import math
from itertools import pairwise

import numpy as np
import pytest

from vae_explorer.space import latent


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_a_picture_of_strips_changes_one_coordinate_and_no_other(latent_dim):
    z = np.arange(latent_dim) / 10
    for dim in range(latent_dim):
        points = latent.strip(z, dim, [-3, 0, 3])
        assert points.shape == (3, latent_dim)
        assert points[:, dim].tolist() == [-3, 0, 3]
        assert (np.delete(points, dim, axis=1) == np.delete(z, dim)).all()


def test_a_picture_of_strips_leaves_its_origin_as_it_was():
    z = np.zeros(3)
    latent.strip(z, 1, [5.0])
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


def test_a_straight_way_never_leads_beyond_its_ends_by_rounding():
    ends = np.array([10.0, -10.0, 0.1]), np.array([10.0, -10.0, 0.3])
    points = np.array([latent.lerp(*ends, t) for t in np.linspace(0, 1, 5001)])
    assert (points[:, 0] == 10).all() and (points[:, 1] == -10).all()
    assert points[:, 2].min() >= 0.1 and points[:, 2].max() <= 0.3


# ----------------------------------------------------------------------------------------------------------- an arc


def angle(a, b):
    return np.arctan2(np.linalg.norm(a - b * (a @ b) / (b @ b)), a @ b / np.linalg.norm(b))


@pytest.mark.parametrize("latent_dim", [2, 3, 6, 20])
def test_an_arc_turns_evenly_in_the_plane_of_its_ends_and_its_length_changes_evenly(latent_dim):
    a, b = np.random.default_rng(latent_dim).standard_normal((2, latent_dim)) * [[1], [3]]
    whole = angle(a, b)
    for t in (0.0, 0.1, 0.5, 0.9, 1.0):
        point = latent.slerp(a, b, t)
        assert np.linalg.norm(point) == pytest.approx((1 - t) * np.linalg.norm(a) + t * np.linalg.norm(b))
        assert angle(point, a) == pytest.approx(t * whole, abs=1e-7)
        assert angle(point, b) == pytest.approx((1 - t) * whole, abs=1e-7)
    assert (latent.slerp(a, b, 0) == a).all() and (latent.slerp(a, b, 1) == b).all()


def test_an_arc_between_equally_long_ends_is_shoemakers():
    a, b = np.array([2.0, 0, 0]), np.array([1.0, 1.0, np.sqrt(2)])  # 60° apart
    weights = np.sin(np.radians([45, 15])) / np.sin(np.radians(60))
    np.testing.assert_allclose(latent.slerp(a, b, 0.25), weights @ [a, b])


@pytest.mark.parametrize(
    ("a", "b"),
    [([1.0, 2], [3.0, 6]), ([0.0, 0], [3.0, 6]), ([3.0, 6], [0.0, 0]), ([0.0, 0], [0.0, 0]), ([-2.0], [3.0])],
    ids=["one direction", "from 0", "to 0", "0", "one dimension"],
)
def test_where_there_is_no_arc_the_way_is_straight(a, b):
    for t in (0, 0.3, 1):
        assert latent.slerp(a, b, t) == pytest.approx(latent.lerp(a, b, t), abs=1e-12)


@pytest.mark.parametrize("aside", [0, 1e-15, 1e-6])
def test_between_opposite_directions_the_arc_is_one_of_the_many_and_the_same_on_the_way_back(aside):
    a = np.array([3.0, -1, 2])
    b = -2 * a + aside * np.array([1.0, 3, 0])
    points = np.array([latent.slerp(a, b, t) for t in np.linspace(0, 1, 21)])
    lengths = np.linalg.norm(points, axis=1)
    assert lengths == pytest.approx(np.linspace(lengths[0], lengths[-1], 21), rel=1e-6)
    turns = [angle(one, other) for one, other in pairwise(points)]
    assert turns == pytest.approx([np.pi / 20] * 20, abs=1e-6)
    back = np.array([latent.slerp(b, a, t) for t in np.linspace(1, 0, 21)])
    np.testing.assert_allclose(back, points, atol=1e-6)


def test_an_analogy_takes_the_difference_to_another_place():
    assert latent.analogy([3, 1], [2, 1], [-1, 5]).tolist() == [0, 5]


# ---------------------------------------------------------------------------------------------------------- planes


@pytest.fixture(params=[2, 3, 6, 20], ids="D={}".format)
def plane(request):
    """A plane in a random place, at random angles to the axes."""
    rng = np.random.default_rng(request.param)
    axes, _ = np.linalg.qr(rng.standard_normal((request.param, 2)))
    return latent.Plane(rng.standard_normal(request.param), axes.T)


def test_what_is_lifted_projects_to_where_it_came_from_and_is_as_far_off(plane):
    xy = np.random.default_rng(1).standard_normal((5, 2))
    z = np.random.default_rng(2).standard_normal(len(plane.origin))
    points = plane.lift(xy, z)
    np.testing.assert_allclose(plane.project(points), xy, atol=1e-12)
    moves = points - z  # along the plane only
    np.testing.assert_allclose(moves, moves @ plane.axes.T @ plane.axes, atol=1e-12)
    assert [plane.off(point) for point in points] == pytest.approx([plane.off(z)] * 5, abs=1e-12)
    np.testing.assert_array_equal(plane.lift(plane.project(z), z), z[None])


def test_off_the_plane_is_the_least_distance_to_any_of_its_points(plane):
    z = np.random.default_rng(3).standard_normal(len(plane.origin))
    shares, *_ = np.linalg.lstsq(plane.axes.T, z - plane.origin, rcond=None)
    least = np.linalg.norm(plane.origin + shares @ plane.axes - z)
    assert plane.off(z) == pytest.approx(least, abs=1e-12) and (least > 0.1 or len(z) == 2)
    np.testing.assert_allclose(plane.project(z), [shares], atol=1e-12)


def test_the_plane_of_two_dimensions_moves_these_and_no_other():
    plane = latent.Plane.of_dims(4, (3, 1))
    assert plane.project([1, 2, 3, 4]).tolist() == [[4, 2]]
    assert plane.lift([[8, 9]], [1, 2, 3, 4]).tolist() == [[1, 9, 3, 8]]
    assert plane.off([3, 2, 4, 4]) == 5
    with pytest.raises(ValueError, match="two dimensions, not 2 twice"):
        latent.Plane.of_dims(4, (2, 2))


@pytest.mark.parametrize("n", [1, 2, 15])
def test_quantiles_part_the_normal_distribution_evenly(n):
    values = latent.quantiles(n)
    below = [(1 + math.erf(value / math.sqrt(2))) / 2 for value in values]
    assert below == pytest.approx((np.arange(n) + 0.5) / n, abs=1e-12)


def test_the_grid_of_a_plane_goes_row_by_row_from_the_top_as_far_off_it_as_z():
    plane, z = latent.Plane.of_dims(3, (2, 0)), (0.5, -1.0, 0.25)
    points = plane.grid([-2, 0, 1], z)
    expected = [(y, -1.0, x) for y in (1, 0, -2) for x in (-2, 0, 1)]
    np.testing.assert_allclose(points, expected, atol=1e-12)


A, B = np.array([2.0, -1, 0.5]), np.array([-1.0, 1.5, 2])  # not equally long


@pytest.mark.parametrize("kind", [latent.straight, latent.arc])
@pytest.mark.parametrize("count", [2, 3, 24])
def test_a_way_begins_at_a_and_ends_at_b(kind, count):
    points = kind(A, B, count)
    assert points.shape == (count, 3) and points.dtype == float
    assert (points[0] == A).all() and (points[-1] == B).all()


def test_a_straight_way_goes_on_by_the_same_step():
    np.testing.assert_allclose(np.diff(latent.straight(A, B, 7), axis=0), [(B - A) / 6] * 6)


def test_an_arc_keeps_the_length_where_both_ends_have_it():
    points = latent.arc([3, 0, 0], [0, 0, 3], 7)
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 3)
    np.testing.assert_allclose(np.linalg.norm(np.diff(points, axis=0), axis=1), 6 * np.sin(np.pi / 24))
