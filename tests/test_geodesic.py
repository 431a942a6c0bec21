"""The way of least change, with decoders whose shortest ways are known."""

import numpy as np
import pytest
from factories import vivid_folder

from vae_explorer.codecs import opening
from vae_explorer.errors import Cancelled
from vae_explorer.space import geodesic
from vae_explorer.space.latent import arc, straight

COUNT = 24


class Affine:
    """Pictures of four pixels that are an affine map of z, (D,): their shortest ways are straight and even."""

    at_once = 3  # so that a way is measured in parts

    def __init__(self, latent_dim):
        self.matrix = np.random.default_rng(latent_dim).standard_normal((latent_dim, 4))

    def decode(self, z):
        return np.asarray(z) @ self.matrix + 1

    def vjp(self, z):
        return self.decode(z), lambda gradient: gradient @ self.matrix.T


class Polar:
    """z is the logarithm of a length, and an angle; the picture is the point there of a plane. The shortest ways are
    lines in that plane, and so curves in z."""

    at_once = 3  # so that a way is measured in parts

    def decode(self, z):
        length, angle = np.exp(np.asarray(z, float).T[0]), np.asarray(z, float).T[1]
        return np.stack([length * np.cos(angle), length * np.sin(angle)], 1)

    def vjp(self, z):
        x = self.decode(z)
        turned = np.stack([-x[:, 1], x[:, 0]], 1)
        return x, lambda gradient: np.stack([(x * gradient).sum(1), (turned * gradient).sum(1)], 1)


class Sphere:
    """The picture is z's direction: all that counts of a way is its shadow on the unit sphere, at best an arc."""

    at_once = 3  # so that a way is measured in parts

    def decode(self, z):
        z = np.asarray(z, float)
        return z / np.linalg.norm(z, axis=1, keepdims=True)

    def vjp(self, z):
        x = self.decode(z)

        def pull(gradient):
            across = gradient - x * (x * gradient).sum(1, keepdims=True)
            return across / np.linalg.norm(z, axis=1, keepdims=True)

        return x, pull


@pytest.fixture(scope="module")
def vivid(tmp_path_factory):
    return opening.load(vivid_folder(tmp_path_factory.mktemp("model"), 3))


A, B = np.array([2.0, -1, 0.5]), np.array([-1.0, 1.5, 2])  # not equally long


# ------------------------------------------------------------------------------------------------------------- speed


def test_speed_is_the_difference_of_the_pictures_over_all_pixels(vivid):
    points = straight(A, B, 5)
    x_hat = vivid.decode(points)[:, 0].astype(float)
    expected = [np.sqrt(((x_hat[k + 1] - x_hat[k]) ** 2).sum()) for k in range(4)]
    assert geodesic.speed(vivid, points) == pytest.approx(expected) and min(expected) > 0.1
    assert geodesic.energy(vivid, points) == pytest.approx(sum(each**2 for each in expected))


# ---------------------------------------------------------------------------------------------------------- geodesic


@pytest.mark.parametrize("latent_dim", [1, 2, 3, 4])
def test_the_geodesic_of_an_affine_decoder_is_straight_and_even(latent_dim):
    a, b = np.random.default_rng(1).standard_normal((2, latent_dim))
    np.testing.assert_allclose(geodesic.geodesic(Affine(latent_dim), a, b, COUNT), straight(a, b, COUNT), atol=1e-6)


@pytest.mark.parametrize("count", [3, 10, COUNT])
def test_the_geodesic_of_a_decoder_from_polar_coordinates_is_a_line_in_the_picture(count):
    a, b = np.array([0.0, 0]), np.array([0.5, 1.5])
    ends = Polar().decode([a, b])
    found = Polar().decode(geodesic.geodesic(Polar(), a, b, count))
    np.testing.assert_allclose(found, np.linspace(*ends, count), atol=0.02)
    unsought = Polar().decode(straight(a, b, count))
    assert abs(unsought - np.linspace(*ends, count)).max() > 0.1


def test_the_geodesic_of_a_decoder_onto_a_sphere_is_an_arc_at_an_even_pace():
    found = Sphere().decode(geodesic.geodesic(Sphere(), A, B, COUNT))
    a, b = Sphere().decode([A, B])
    normal = np.cross(a, b) / np.linalg.norm(np.cross(a, b))
    assert abs(found @ normal).max() < 1e-3  # a great circle
    steps = np.arccos((found[1:] * found[:-1]).sum(1))
    assert steps == pytest.approx([np.arccos(a @ b) / (COUNT - 1)] * (COUNT - 1), rel=0.02)


def test_the_gradient_is_the_rise_of_the_energy_over_a_small_step():
    path = straight(A, B, 6) + np.random.default_rng(0).standard_normal((6, 3)) / 5
    gradient, h = geodesic._decoded(Sphere(), path).gradient, 1e-6
    assert (gradient[[0, -1]] == 0).all()  # the ends are fixed
    for k in range(1, 5):
        for dim in range(3):
            step = np.zeros_like(path)
            step[k, dim] = h
            rise = (geodesic.energy(Sphere(), path + step) - geodesic.energy(Sphere(), path - step)) / (2 * h)
            assert gradient[k, dim] == pytest.approx(rise, abs=1e-6)


def searched(decoder, points):
    """The paths that the search goes through, from one that is given."""
    return list(geodesic._ever_shorter(decoder, geodesic._decoded(decoder, points)))


def test_a_step_of_the_search_decodes_each_path_that_it_tries_once(vivid, monkeypatch):
    decode, tried = vivid.decode, []
    monkeypatch.setattr(vivid, "decode", lambda z: tried.append(np.asarray(z).tobytes()) or decode(z))
    steps = []
    geodesic.geodesic(vivid, 2 * A, 2 * B, COUNT, progress=steps.append)
    assert len(steps) > 5 and len(tried) == len({*tried})
    assert len(tried) < 1.5 * len(steps), "most steps take the first length that is tried"


def test_every_step_of_the_search_lowers_the_energy_and_keeps_the_ends(vivid):
    a, b = 2 * A, 2 * B
    found = [path.points for path in searched(vivid, straight(a, b, COUNT))]
    energies = [geodesic.energy(vivid, path) for path in found]
    assert len(found) > 5 and (np.diff(energies) < 0).all()
    assert all((path[0] == a).all() and (path[-1] == b).all() for path in found)


@pytest.mark.parametrize("seed", range(5))
def test_the_geodesic_is_shorter_than_both_other_ways(vivid, seed):
    a, b = 2 * np.random.default_rng(seed).standard_normal((2, 3))
    others = [geodesic.energy(vivid, kind(a, b, COUNT)) for kind in (straight, arc)]
    assert geodesic.energy(vivid, geodesic.geodesic(vivid, a, b, COUNT)) < 0.99 * min(others)


def test_no_random_bend_is_shorter(vivid):
    """It is a minimum: a smooth bend of any small size needs more energy, or saves next to none."""
    found, rng = geodesic.geodesic(vivid, 2 * A, 2 * B, COUNT), np.random.default_rng(0)
    least = geodesic.energy(vivid, found)
    waves = np.sin(np.outer(np.linspace(0, np.pi, COUNT), [1, 2, 3, 4]))
    for size in (0.01, 0.1, 0.3):
        for _ in range(20):
            assert geodesic.energy(vivid, found + size * waves @ rng.standard_normal((4, 3))) > (1 - 1e-4) * least


def test_where_the_decoder_keeps_distances_the_first_step_of_the_search_is_the_last():
    decoder = Affine(3)
    decoder.matrix = np.linalg.qr(decoder.matrix.T)[0].T
    bent = straight(A, B, COUNT)
    bent[1:-1] += np.random.default_rng(0).standard_normal((COUNT - 2, 3))
    found = searched(decoder, bent)
    assert len(found) == 2
    np.testing.assert_allclose(found[-1].points, straight(A, B, COUNT), atol=1e-9)


def test_the_search_begins_with_the_arc_where_that_is_the_shorter():
    shares = []
    found = geodesic.geodesic(Sphere(), A, 2 * np.roll(A, 1), COUNT, progress=shares.append)
    np.testing.assert_array_equal(found, arc(A, 2 * np.roll(A, 1), COUNT))
    assert shares == [0, 1]  # an arc is the best there is


def test_the_search_is_the_same_each_time(vivid):
    one, other = (geodesic.geodesic(vivid, A, B, COUNT) for _ in range(2))
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("count", [1, 2])
def test_a_way_without_points_between_its_ends_is_as_it_is(vivid, count):
    np.testing.assert_array_equal(geodesic.geodesic(vivid, A, B, count), straight(A, B, count))


def test_a_way_to_where_one_is_stays_there(vivid):
    np.testing.assert_allclose(geodesic.geodesic(vivid, A, A, 5), [A] * 5)


# ----------------------------------------------------------------------------------------------- progress and cancel


def test_the_progress_rises_from_0_to_1(vivid):
    shares = []
    geodesic.geodesic(vivid, 2 * A, 2 * B, COUNT, progress=shares.append)
    assert shares[0] == 0 and shares[-1] == 1 and (np.diff(shares) >= 0).all() and len(set(shares)) > 5


@pytest.mark.parametrize("steps", [0, 3])
def test_the_search_ends_once_it_is_cancelled(vivid, steps):
    shares = []
    with pytest.raises(Cancelled):
        geodesic.geodesic(vivid, 2 * A, 2 * B, COUNT, cancelled=lambda: len(shares) == steps, progress=shares.append)
    assert len(shares) == steps
