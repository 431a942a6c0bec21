"""Which class a point is of, against Bayes' rule written out."""

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, model_folder

from vae_explorer.errors import Cancelled
from vae_explorer.space import mixture
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.classes import Classes
from vae_explorer.space.mixture import CHUNK
from vae_explorer.space.space import Space

HUGE = float(np.finfo(np.float16).max)


def atlas(labels, latent_dim=6, seed=0):
    """An image for each label, those of a class about a middle of its own, and no training images."""
    rng = np.random.default_rng(seed)
    labels = np.array(labels, np.uint8)
    middles = rng.standard_normal((256, latent_dim))
    mu = (middles[labels] + 0.5 * rng.standard_normal((len(labels), latent_dim))).astype(np.float32)
    logvar = rng.uniform(-5, -3, mu.shape).astype(np.float32)
    return Atlas(mu, logvar, np.ones(len(mu), np.float32), labels, np.arange(len(mu), dtype=np.int32))


MIXED = [7, 3, 3, 200, 7, 3, 3, 200, 3, 3]  # six of class 3, two of 7 and of 200, in no order


def direct(digits, z):
    """The log of each class's density at one point, in Python's own floats."""
    logs = []
    for label in sorted(set(digits.label.tolist())):
        rows = np.flatnonzero(digits.label == label)
        parts = []
        for mu, logvar in zip(digits.mu[rows].tolist(), digits.logvar[rows].tolist(), strict=True):
            terms = zip(z, mu, [mixture.WIDEN * math.exp(each) for each in logvar], strict=True)
            parts.append(sum(-((x - m) ** 2) / (2 * v) - math.log(2 * math.pi * v) / 2 for x, m, v in terms))
        peak = max(parts)
        logs.append(peak + math.log(math.fsum(math.exp(each - peak) for each in parts) / len(rows)))
    return logs


def points(latent_dim, number=2 * CHUNK + 3, scale=1.5):
    return scale * np.random.default_rng(7).standard_normal((number, latent_dim))


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_a_class_is_the_mean_of_its_posteriors_however_many_it_has(latent_dim):
    digits, z = atlas(MIXED, latent_dim), points(latent_dim)
    expected = np.array([direct(digits, point) for point in z.tolist()])
    np.testing.assert_allclose(Classes(digits).log(z), expected, rtol=1e-9)
    odds = np.exp(expected - expected.max(1, keepdims=True))
    np.testing.assert_allclose(Classes(digits).shares(z), odds / odds.sum(1, keepdims=True), rtol=1e-7, atol=1e-12)


def test_the_shares_stand_in_the_order_of_the_labels_and_a_point_alone_is_a_batch_of_one():
    digits = atlas(MIXED)
    classes = Classes(digits)
    assert classes.atlas.classes == (3, 7, 200)
    for k, label in enumerate((3, 7, 200)):
        shares = classes.shares(digits.class_mean(label))
        assert shares.shape == (1, 3) and shares[0].argmax() == k and shares.sum() == pytest.approx(1)


@pytest.mark.parametrize("latent_dim", [1, 2, 20])
def test_the_gradient_is_the_rise_over_a_small_step(latent_dim):
    digits, z, h = atlas(MIXED, latent_dim), points(latent_dim, CHUNK + 2), 1e-5
    logs, gradients = Classes(digits).log_and_gradient(z)
    rises = [
        [np.subtract(direct(digits, at + h * way), direct(digits, at - h * way)) / (2 * h) for way in np.eye(len(at))]
        for at in z
    ]
    np.testing.assert_allclose(logs, Classes(digits).log(z), rtol=1e-12)
    np.testing.assert_allclose(gradients, np.swapaxes(rises, 1, 2), rtol=1e-4, atol=1e-4)


def test_of_one_class_everything_is_of_it():
    assert Classes(atlas([4, 4, 4])).shares(points(6, 5, 9)).tolist() == [[1.0]] * 5


def test_far_from_all_digits_there_is_still_a_class():
    shares = Classes(atlas(MIXED, 20)).shares(np.full((3, 20), [[-10], [0], [10]]))
    assert np.isfinite(shares).all() and shares.sum(1) == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("logvar", [-HUGE, -1e4, 1e4, HUGE])
@pytest.mark.parametrize("scale", [1, 2e4])
def test_any_finite_atlas_gives_finite_numbers(logvar, scale):
    """Warnings are errors, so an overflow fails as well."""
    digits = atlas(MIXED)
    digits.mu[:] *= scale
    digits.logvar[::2] = logvar
    classes, z = Classes(digits), np.concatenate([points(6, 20), digits.mu.clip(-10, 10)])
    logs, gradients = classes.log_and_gradient(z)
    assert np.isfinite(logs).all() and np.isfinite(gradients).all()
    assert classes.shares(z).sum(1) == pytest.approx(np.ones(len(z)))


@pytest.mark.parametrize("ask", ["log", "shares"])
def test_a_field_of_points_stops_soon_after_it_is_cancelled(ask):
    looks = count(1)
    with pytest.raises(Cancelled):
        getattr(Classes(atlas(MIXED)), ask)(points(6, 100 * CHUNK), lambda: next(looks) == 3)
    assert next(looks) == 4


def test_threads_that_ask_at_the_same_time_are_answered_alike():
    digits, z, together = atlas(MIXED), points(6), Barrier(8)
    expected, classes = Classes(digits).shares(z).tolist(), Classes(digits)
    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(lambda _: together.wait() >= 0 and classes.shares(z).tolist(), range(8))]
    assert found == [expected] * 8


def test_a_space_has_the_classes_of_its_atlas_and_opens_without_computing_them(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr("vae_explorer.space.classes.Mixture", lambda *args: made.append(args) or mixture.Mixture(*args))
    space = Space.open(model_folder(tmp_path / "model", 3, atlas=atlas_bytes(3, labels=4)))
    assert made == [] and space.classes.shares((0.0,) * 3).shape == (1, 4)
    space.classes.shares((1.0,) * 3)
    assert len(made) == 1
    assert Space.open(bare_folder(tmp_path / "bare")).classes is None
