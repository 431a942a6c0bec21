"""Factors of drawn shapes, whose slant, extents and lines are known."""

import numpy as np
import pytest

from vae_explorer.space import factors, measures
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.space import Space


def named(x):
    return dict(zip(FACTORS, measures.measure(x)[0], strict=True))


def bar(slant=0.0, width=4.0, height=16.0, shape=(28, 28), fine=8):
    """A bar of white on black, drawn at a finer grid: (1, 1, H, W) in [-1, 1]."""
    h, w = shape
    y, x = (np.arange(n * fine) + 0.5 for n in (h, w))
    y, x = y[:, None] / fine - h / 2, x / fine - w / 2
    inside = (abs(y) < height / 2) & (abs(x + y * np.tan(np.radians(slant))) < width / 2)
    return 2 * inside.reshape(h, fine, w, fine).mean((1, 3))[None, None] - 1


@pytest.mark.parametrize("slant", [-30.0, -10.0, 0.0, 15.0, 35.0])
def test_what_leans_to_the_right_has_a_slant_above_0(slant):
    assert named(bar(slant))["slant"] == pytest.approx(slant, abs=0.5)


@pytest.mark.parametrize("slant", [-25.0, 0.0, 25.0])
def test_width_and_height_are_those_of_the_bar_set_upright(slant):
    measured = named(bar(slant, 6, 18))
    assert measured["width"] == pytest.approx(6, rel=0.1) and measured["height"] == pytest.approx(18, rel=0.06)
    assert measured["mass"] == pytest.approx(6 * 18, rel=0.02)


def test_a_thin_line_is_as_thick_as_it_was_drawn():
    assert named(bar(0, 2, 20))["thickness"] == pytest.approx(2, rel=0.2)
    assert named(bar(0, 4, 20))["thickness"] == pytest.approx(4, rel=0.25)
    assert measures.length(bar(0, 2, 20)) == pytest.approx(20, rel=0.2)


def test_holes_are_counted_and_an_open_bay_is_none():
    ring, eight, bay = (np.full((1, 1, 28, 28), -1.0) for _ in range(3))
    ring[..., 6:20, 6:20], ring[..., 9:17, 9:17] = 1, -1
    eight[..., 3:25, 8:20] = 1
    eight[..., 6:12, 11:17] = eight[..., 16:22, 11:17] = -1
    bay[..., 6:20, 6:20], bay[..., 9:17, 9:28] = 1, -1
    assert measures.holes(np.concatenate([ring, eight, bay])).tolist() == [1, 2, 0]


@pytest.mark.parametrize("shape", [(8, 8), (20, 36), (64, 32)])
@pytest.mark.parametrize("level", [-1.0, -0.95, 0.0, 1.0])
def test_plain_pictures_of_any_shape_give_finite_values(shape, level):
    measured = measures.measure(np.full((3, 1, *shape), level))
    assert measured.shape == (3, 5) and np.isfinite(measured).all()
    assert (measured == 0).all() == (level < -0.9)
    assert measures.measure(np.empty((0, 1, *shape))).shape == (0, 5)


def test_what_is_decoded_at_many_points_is_measured_a_part_at_a_time():
    shipped, asked = Space.open(), []
    points = shipped.atlas.mu[: 2 * measures.CHUNK + 1].astype(float)

    def decode(z):
        asked.append(len(z))
        return shipped.codec.decode(z)

    np.testing.assert_allclose(measures.decoded(decode, points), measures.measure(shipped.codec.decode(points)), 1e-6)
    assert asked == [measures.CHUNK, measures.CHUNK, 1]


def test_each_picture_is_measured_as_if_it_were_alone():
    x = np.random.default_rng(0).uniform(-1, 1, (20, 1, 28, 28))
    x[7] = -1
    alone = np.concatenate([measures.measure(each[None]) for each in x])
    assert np.allclose(measures.measure(x), alone)


def test_nothing_jumps_while_z_moves():
    """A threshold in pixels would jump by a quarter of a standard deviation and more."""
    space, draw = Space.open(), np.random.default_rng(0)
    for z in space.atlas.mu[::500].astype(float):
        way = z + np.linspace(0, 0.1, 101)[:, None] * draw.standard_normal(space.latent_dim) / 3
        steps = np.diff(measures.measure(space.codec.decode(way)), axis=0) / space.ranges.sd
        assert abs(steps).max() < 0.02


def test_what_is_not_a_number_is_black():
    x = bar(10)
    x[..., :3, :] = np.nan
    assert np.array_equal(measures.measure(x), measures.measure(bar(10)))
    assert measures.holes(x) == 0 and measures.length(x) == measures.length(bar(10))


def test_what_is_too_faint_to_be_seen_does_not_lean():
    assert named(bar(20))["slant"] > 10 and (measures.measure(np.minimum(bar(20), -0.9)) == 0).all()


def test_the_haze_around_a_decoded_digit_is_no_ink():
    hazy = np.maximum(bar(10), -0.8)
    clear, with_haze = named(bar(10)), named(hazy)
    for name in ("height", "thickness", "mass"):
        assert with_haze[name] == pytest.approx(clear[name], rel=0.02)


def test_values_are_written_with_their_units():
    assert factors.written("slant", -4.21) == "−4.2°" and factors.written("slant", 9.96, signed=True) == "+10.0°"
    assert factors.written("width", 11.3) == "11.3 px" and factors.written("slant", -0.01) == "0.0°"
