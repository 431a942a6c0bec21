"""The least move to another class, against a search of everything that is nearer."""

import numpy as np
import pytest
from test_classes import HUGE, MIXED, atlas

from vae_explorer.codecs import opening
from vae_explorer.space import atlas as atlases
from vae_explorer.space import change
from vae_explorer.space.change import lacks, least
from vae_explorer.space.classes import Classes

MANY = [*range(4)] * 12
SLACK = 0.005  # of the distance: the searches end a little before the least
SURELY = 1e-3  # nats: a point that much inside is of the class, whatever the margin at its boundary


def named(classes, z):
    """The labels of the likeliest classes at points: (B,)."""
    return np.array(classes.atlas.classes)[classes.log(z).argmax(1)]


def moves(classes, starts):
    """Every start with each other class that is likeliest at some of its digits, where the move leads and how far."""
    for z in starts:
        for label in classes.atlas.classes:
            if label != named(classes, z)[0] and label in named(
                classes, classes.atlas.mu[classes.atlas.label == label]
            ):
                found = least(classes, z, label)
                yield z, label, found, float(np.linalg.norm(found - z))


def starts(digits, number):
    return digits.mu[:: max(1, len(digits.mu) // number)][:number].astype(float)


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_the_class_is_likelier_there_than_all_others(latent_dim):
    classes = Classes(atlas(MANY, latent_dim, seed=1))
    for _, label, found, _ in moves(classes, starts(classes.atlas, 6)):
        assert found.shape == (latent_dim,) and named(classes, found)[0] == label


def nearer_ones(classes, z, label, far, ball):
    """How far from z, as a share of a move, the nearest point of the class is among points in a ball: 1 if none is."""
    length = np.linalg.norm(ball, axis=1)
    logs = classes.log((z + (1 - SLACK) * far * ball).clip(-10, 10))
    own = classes.atlas.classes.index(label)
    inside = logs[:, own] - np.delete(logs, own, 1).max(1) >= SURELY
    return length[inside].min(initial=1.0)


def test_in_one_dimension_no_point_of_the_class_is_nearer():
    """The oracle is a look at each point of a fine grid over all that the move spans, as below."""
    line = np.linspace(-1, 1, 801)[:, None]
    for seed in range(4):
        classes = Classes(atlas(MANY, 1, seed))
        for z, label, _, far in moves(classes, starts(classes.atlas, 8)):
            assert nearer_ones(classes, z, label, far, line) == 1


def test_in_two_dimensions_hardly_ever_a_point_of_the_class_is_nearer_and_never_much():
    turn, length = np.meshgrid(np.linspace(0, 2 * np.pi, 90, endpoint=False), np.linspace(0.02, 1, 50))
    disc, shares = (length * [np.cos(turn), np.sin(turn)]).reshape(2, -1).T, []
    for seed in range(6):
        classes = Classes(atlas(MANY, 2, seed))
        for z, label, _, far in moves(classes, starts(classes.atlas, 6)):
            shares.append(nearer_ones(classes, z, label, far, disc))
    assert len(shares) > 80 and min(shares) > 0.9 and np.mean(np.array(shares) == 1) > 0.98


def walked(classes, z, label, start, rng):
    """How far from z a walk at random comes to an end that takes whatever step leads nearer within the class."""
    best = start
    for size in 0.5 * 0.93 ** np.arange(70):
        tried = np.concatenate([best + size * rng.standard_normal((31, len(z))), [z + (best - z) * (1 - size)]])
        inside = tried[named(classes, tried) == label]
        best = min([best, *inside], key=lambda x: np.linalg.norm(x - z))
    return np.linalg.norm(best - z)


def test_in_the_model_that_ships_walks_from_the_nearest_digits_end_no_nearer():
    classes, rng = Classes(atlases.of(opening.load())), np.random.default_rng(0)
    for z, label, _, far in moves(classes, starts(classes.atlas, 1)):
        members = classes.atlas.mu[classes.atlas.members(label)].astype(float)
        members = members[named(classes, members) == label]
        nearest = members[np.square(members - z).sum(1).argsort()[:4]]
        assert far <= min(walked(classes, z, label, start, rng) for start in nearest) * (1 + SLACK)


def test_where_the_class_is_likeliest_already_nothing_moves():
    digits = atlas(MIXED)
    z = digits.class_mean(200).astype(float)
    assert least(Classes(digits), z, 200).tolist() == z.tolist()


def test_where_there_is_one_class_only_nothing_moves():
    assert least(Classes(atlas([4, 4])), np.ones(6), 4).tolist() == [1.0] * 6


def test_the_move_does_not_leave_the_space():
    digits = atlas(MANY, 2, seed=1)
    digits.mu[:] *= 8
    classes = Classes(digits)
    assert (abs(digits.mu) > 10).any()
    for _, label, found, _ in moves(classes, [np.array([10.0, -10.0]), np.array([-10.0, 0.0])]):
        assert (abs(found) <= 10).all() and named(classes, found)[0] == label


def test_a_class_that_is_likeliest_nowhere_and_one_that_is_not_there_are_named():
    digits = atlas([1, 1, 5, 5])
    digits.mu[2:], digits.logvar[2:] = digits.mu[:2], digits.logvar[:2]
    with pytest.raises(ValueError, match="on no way to its encoded images is this class"):
        least(Classes(digits), np.zeros(6), 5)
    with pytest.raises(ValueError, match="no image of the atlas has the label 9"):
        least(Classes(digits), np.zeros(6), 9)


def test_the_digits_of_a_class_are_tried_until_one_is_in_it(monkeypatch):
    """Of the class's digits, those near to z lie where another class is likelier."""
    monkeypatch.setattr(change, "NEAREST", 2)
    digits = atlas([1, 1, 1, 1, 5, 5, 5, 5, 5], 2)
    digits.mu[:4] = digits.mu[4:8] = [[0.1 * k, 0] for k in range(4)]
    digits.mu[8], digits.logvar[:] = (4, 0), -6
    assert named(Classes(digits), least(Classes(digits), np.array([-0.2, 0]), 5))[0] == 5


@pytest.mark.parametrize("logvar", [-HUGE, -1e4, 1e4, HUGE])
def test_a_strangers_spread_ends_in_the_class_or_in_a_reason(logvar):
    """Warnings are errors, so an overflow fails as well."""
    digits = atlas(MANY)
    digits.logvar[::3] = logvar
    classes, found = Classes(digits), 0
    for label in classes.atlas.classes:
        try:
            z = least(classes, np.zeros(6), label)
        except ValueError as error:
            assert "on no way to its encoded digits" in str(error)
        else:
            found += 1
            assert named(classes, z)[0] == label and (abs(z) <= 10).all()
    assert found


def test_what_a_change_needs_is_said():
    assert lacks(None) == "it needs atlas.npz, the encoded digits"
    assert lacks(Classes(atlas([4, 4]))) == "all encoded digits are of one class"
    assert lacks(Classes(atlas(MIXED))) == ""
