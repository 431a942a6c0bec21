"""Ink on what a model decodes: z follows the brush, and stays where the data are."""

import numpy as np
import pytest
from factories import made_up

from vae_explorer.datasets.strokes import Stroke, coverage
from vae_explorer.errors import Cancelled
from vae_explorer.space import inking
from vae_explorer.space.inking import Inking
from vae_explorer.space.space import Space

WHITE, BLACK = (np.full((28, 28), level) for level in (1.0, -1.0))


@pytest.fixture(scope="module")
def shipped():
    return Space.open()


def brush(x, y):
    """What a dab at (x, y), in pixels, covers: (H, W)."""
    return coverage(Stroke(((x, y),), 2.2), (28, 28)).astype(float)


def open_four(space):
    """A point that decodes to an open 4, and the gap between its upper ends."""
    return np.array(space.class_mean(4)), brush(14.5, 8.0)


def test_white_ink_makes_white_and_black_ink_black(shipped):
    z, gap = open_four(shipped)
    ink = Inking(shipped, z)
    closed = ink.settle(WHITE, gap, z[None])[0]
    assert ink.gone(WHITE, gap, closed) > 0.5
    one, middle = np.array(shipped.class_mean(1)), brush(14, 14)
    erased = Inking(shipped, one).settle(BLACK, middle, one[None])[0]
    assert Inking(shipped, one).gone(BLACK, middle, erased) > 0.5
    assert (shipped.density.percentile([closed, erased]) > 1).all()


def test_each_frame_brings_z_nearer_to_the_paint(shipped):
    z, gap = open_four(shipped)
    ink, at = Inking(shipped, z), z
    for _ in range(10):
        at = ink.follow(WHITE, gap, at)
    assert ink.gone(WHITE, gap, ink.follow(WHITE, gap, z)) > 0.2
    assert ink.gone(WHITE, gap, at) > 0.5
    again = ink.follow(WHITE, gap, at)
    assert np.abs(again - at).max() < 0.1  # it has come to rest


def test_no_ink_moves_little(shipped):
    z, _ = open_four(shipped)
    nothing = np.zeros((28, 28))
    still = Inking(shipped, z).settle(WHITE, nothing, z[None])[0]
    assert np.square(shipped.codec.decode(still) - shipped.codec.decode(z)).mean() < 0.2**2
    assert Inking(shipped, z).gone(WHITE, nothing, still) == 1


def test_what_is_held_stays(shipped):
    z, gap = open_four(shipped)
    moved = Inking(shipped, z, frozenset({"z0", "z3", "slant"})).settle(WHITE, gap, z[None])[0]
    assert (moved[[0, 3]] == z[[0, 3]]).all() and (moved[[1, 2, 4, 5]] != z[[1, 2, 4, 5]]).all()
    every = frozenset(f"z{dim}" for dim in range(6))
    assert (Inking(shipped, z, every).settle(WHITE, gap, z[None])[0] == z).all()


def test_other_answers_are_good_and_look_different(shipped):
    z, gap = open_four(shipped)
    ink = Inking(shipped, z)
    first = ink.settle(WHITE, gap, z[None])[0]
    found = inking.alternatives(ink, WHITE, gap, first)
    assert 2 <= len(found) <= 3 and (found[0] == first).all()
    pictures = shipped.codec.decode(found)
    for k, one in enumerate(pictures):
        assert all(np.sqrt(np.square(one - other).mean()) > 0.1 for other in pictures[:k])
    assert all(ink.gone(WHITE, gap, each) >= 0.5 for each in found)
    with pytest.raises(Cancelled):
        inking.alternatives(ink, WHITE, gap, first, lambda: True)


def test_other_answers_that_change_least_elsewhere_come_first(shipped):
    for label in (0, 3, 9):
        z, dab = np.array(shipped.class_mean(label)), brush(14.5, 8.0)
        ink = Inking(shipped, z)
        _, *others = inking.alternatives(ink, BLACK, dab, ink.settle(BLACK, dab, z[None])[0])
        changed = np.square((shipped.codec.decode(others)[:, 0] - ink.x_hat) * np.sqrt(1 - dab)).sum((1, 2))
        assert len(changed) == 2 and changed[0] <= changed[1]


def test_a_search_for_others_ends_soon_after_it_is_cancelled(shipped):
    z, gap = open_four(shipped)
    ink, settled = Inking(shipped, z), []
    settle = ink.settle
    ink.settle = lambda *given: settled.append(0) or settle(*given)
    with pytest.raises(Cancelled):
        inking.alternatives(ink, WHITE, gap, z, lambda: len(settled) == 2)
    assert len(settled) == 2


@pytest.mark.parametrize("level", [-1.0, 1.0])
def test_a_decoder_that_draws_nothing_moves_nothing(model, level):
    space = Space.open(model(6, atlas=False))
    space.codec.decode = lambda points: np.full((len(np.atleast_2d(points)), 1, 28, 28), level, np.float32)
    z, dab = np.full(6, 0.5), brush(10, 10)
    ink = Inking(space, z)
    for paint in (WHITE, BLACK):
        rest = ink.settle(paint, dab, z[None])[0]
        assert rest == pytest.approx(z) and len(inking.alternatives(ink, paint, dab, rest)) == 1
    assert ink.gone(WHITE, dab, z) == (1 if level > 0 else 0)


def test_what_is_kept_near_the_data_is_said(shipped, model):
    assert shipped.no_data == ""
    assert Space.open(model(2, atlas=False)).no_data == "Nothing keeps it near the data: there is no atlas.npz."


@pytest.mark.parametrize("latent_dim", [1, 2, 20, 256])
def test_any_model_takes_ink_also_one_without_an_atlas(model, latent_dim, monkeypatch):
    monkeypatch.setattr(inking, "RESTING", 2)  # more takes long where there are many dimensions
    for atlas in (True, False):
        space = Space.open(model(latent_dim, atlas=atlas))
        z = np.full(latent_dim, 0.5)
        ink, dab = Inking(space, z), brush(10, 10)
        rest = ink.settle(WHITE, dab, z[None])[0]
        assert ink.error(WHITE, dab, rest[None])[0] <= ink.error(WHITE, dab, z[None])[0] + 1e-6
        assert np.isfinite(rest).all() and (abs(rest) <= 10).all()
        assert 1 <= len(inking.alternatives(ink, WHITE, dab, rest)) <= 3


def test_pictures_in_colour_take_none():
    with pytest.raises(ValueError, match="colour"):
        Inking(made_up((3, 28, 28)), np.zeros(3))
