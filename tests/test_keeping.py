"""What keeps a point near the data and in its class: 0 where it began, and slopes against small steps."""

import numpy as np
import pytest

from vae_explorer.space import least_squares
from vae_explorer.space.keeping import CLASS, LEAVING, Dense, SameClass
from vae_explorer.space.space import Space


@pytest.fixture(scope="module")
def space():
    """The model that ships."""
    return Space.open()


@pytest.fixture(scope="module")
def points(space):
    """Where digits are, and a little off: (40, D)."""
    digits = space.atlas.mu[::125].astype(float)
    return digits + 0.3 * np.random.default_rng(0).standard_normal(digits.shape)


def test_where_it_began_and_where_the_data_are_denser_nothing_is_lost(space, points):
    order = points[space.density.log(points).argsort()]
    dense = Dense(space.density, order[20])
    assert dense.residuals(order[20:]).max() == pytest.approx(0, abs=1e-9)
    lost = space.density.log(order[20]) - space.density.log(order[:20])
    assert dense.residuals(order[:20])[:, 0] == pytest.approx(LEAVING * lost)
    assert not dense.slopes(order[21:]).any()


def test_the_class_is_kept_with_a_margin_and_behind_it_nothing_goes_on(space, points):
    way = points[0] + np.linspace(0, 1, 400)[:, None] * (points[-1] - points[0])  # to another class
    logs, same = space.classes.log(way), SameClass(space.classes, points[0])
    own = logs[0].argmax()
    leads = logs[:, own] - np.delete(logs, own, 1).max(1)
    assert ((leads < 0) & (leads > -0.5)).any() and ((leads > 0) & (leads < 0.5)).any()
    r = same.residuals(way)[:, 0]
    assert (np.isinf(r) == (leads < 0)).all() and np.isinf(r).any() and not r[0]
    assert r[leads >= 0] == pytest.approx(CLASS * np.maximum(0.5 - leads[leads >= 0], 0))


@pytest.mark.parametrize("kind", ["dense", "class"])
def test_the_slopes_are_the_rise_over_a_small_step(space, points, kind):
    found = 0
    for z in points:
        term = Dense(space.density, z) if kind == "dense" else SameClass(space.classes, z)
        near = z + 0.02 * np.random.default_rng(1).standard_normal((20, len(z)))
        r = term.residuals(near)
        near = near[(r > 0.002).all(1) & np.isfinite(r).all(1)]
        if not len(near):
            continue
        with np.errstate(invalid="ignore"):  # a step to another class
            rise = least_squares.slopes(term.residuals, near, 1e-5)
        smooth = np.isfinite(rise).all((1, 2))
        assert term.slopes(near)[smooth] == pytest.approx(rise[smooth], rel=1e-3, abs=1e-4)
        found += int(smooth.sum())
    assert found > 5
