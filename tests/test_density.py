"""How much of the data lies at a point, against sums that are written out."""

import math
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event

import numpy as np
import pytest

from vae_explorer.codecs import opening
from vae_explorer.space import atlas as atlases
from vae_explorer.space import density
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.density import Density
from vae_explorer.space.mixture import CHUNK


def random_atlas(n=50, latent_dim=6, low=-6.0, high=-2.0, seed=0):
    """n images with logvar between low and high."""
    rng = np.random.default_rng(seed)
    mu = rng.standard_normal((n, latent_dim)).astype(np.float16).astype(np.float32)
    logvar = rng.uniform(low, high, mu.shape).astype(np.float16).astype(np.float32)
    return Atlas(mu, logvar, np.ones(n, np.float32), np.zeros(n, np.uint8), np.arange(n, dtype=np.int32))


def direct(atlas, z, widen, without=None):
    """The log density of the mixture at one point, part by part, in Python's own floats."""
    logs = []
    for i, (mu, logvar) in enumerate(zip(atlas.mu.tolist(), atlas.logvar.tolist(), strict=True)):
        if i != without:
            variances = [widen * math.exp(each) for each in logvar]
            parts = zip(z, mu, variances, strict=True)
            logs.append(sum(-((x - m) ** 2) / (2 * v) - math.log(2 * math.pi * v) / 2 for x, m, v in parts))
    peak = max(logs)
    return peak + math.log(math.fsum(math.exp(each - peak) for each in logs) / len(logs))


def points(latent_dim, count, length=None):
    z = np.random.default_rng(7).standard_normal((count, latent_dim))
    return z if length is None else length * z / np.linalg.norm(z, axis=1, keepdims=True)


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
@pytest.mark.parametrize("length", [None, 0, 10])
def test_the_density_is_the_sum_of_the_widened_posteriors(latent_dim, length):
    atlas, z = random_atlas(latent_dim=latent_dim), points(latent_dim, 2 * CHUNK + 3, length)
    expected = [direct(atlas, point, 16) for point in z.tolist()]
    np.testing.assert_allclose(Density(atlas).log(z), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("widen", [1, 16])
def test_tiny_variances_lose_no_digits(widen):
    """σ of 5e-5 to 5e-4: at a distance of some σ from a mu, terms of 10⁹ cancel to some tens."""
    atlas = random_atlas(low=-20, high=-15)
    steps = 3 * np.exp(0.5 * atlas.logvar) * np.random.default_rng(1).standard_normal(atlas.mu.shape)
    z = np.concatenate([atlas.mu + steps, points(6, 5, 10)])
    expected = [direct(atlas, point, widen) for point in z.tolist()]
    np.testing.assert_allclose(Density(atlas, widen).log(z), expected, rtol=1e-9, atol=1e-5)


def test_a_point_alone_is_a_batch_of_one():
    alone, z = Density(random_atlas()), points(6, 3)
    assert alone.log(z[1]).tolist() == pytest.approx(alone.log(z)[1:2].tolist(), rel=1e-12)
    np.testing.assert_allclose(alone.gradient(z[1]), alone.gradient(z)[1:2], rtol=1e-9)
    assert alone.percentile(z[1]).shape == (1,)


def test_the_density_has_the_mass_of_one():
    density, line = Density(random_atlas(20, latent_dim=2)), np.linspace(-9, 9, 400)
    x, y = np.meshgrid(line, line)
    mass = np.exp(density.log(np.column_stack([x.ravel(), y.ravel()]))).sum() * (line[1] - line[0]) ** 2
    assert mass == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
@pytest.mark.parametrize("length", [None, 10])
def test_the_gradient_is_the_rise_over_a_small_step(latent_dim, length):
    atlas, z, h = random_atlas(latent_dim=latent_dim), points(latent_dim, CHUNK + 2, length), 1e-5
    expected = [
        [
            (direct(atlas, point + h * way, 16) - direct(atlas, point - h * way, 16)) / (2 * h)
            for way in np.eye(len(point))
        ]
        for point in z
    ]
    np.testing.assert_allclose(Density(atlas).gradient(z), expected, rtol=1e-4, atol=1e-4)


# ------------------------------------------------------------------------------------------------------- percentiles


def taught_atlas(n=50, components=70, **options):
    """n test images, and training images of another draw as the components."""
    learned = random_atlas(components, seed=1, **options)
    return replace(random_atlas(n, **options), train_mu=learned.mu, train_logvar=learned.logvar), learned


def shares(scores, others):
    return pytest.approx([100 * np.mean([other < score for other in others]) for score in scores], abs=1e-9)


def test_a_percentile_is_the_share_of_test_images_with_less_of_the_training_images_around_them():
    atlas, learned = taught_atlas(3 * CHUNK + 5)
    z = np.concatenate([points(6, 30), points(6, 10, 3), atlas.mu])
    expected = [direct(learned, point, 16) for point in z.tolist()]
    percentiles = Density(atlas).percentile(z)
    assert percentiles == shares(expected, expected[40:])
    assert len(set(percentiles)) > 20


def test_in_an_older_atlas_an_image_does_not_count_where_it_lies_itself_nor_for_what_is_compared():
    atlas = random_atlas(3 * CHUNK + 5)
    others = [direct(atlas, mu, 16, without=i) for i, mu in enumerate(atlas.mu.tolist())]
    z = np.concatenate([points(6, 30), points(6, 10, 3)])
    percentiles = Density(atlas).percentile(np.concatenate([z, atlas.mu]))
    assert percentiles == shares([direct(atlas, point, 16) for point in z.tolist()] + others, others)


def test_minus_zero_is_zero():
    older = random_atlas(30, latent_dim=2)
    older.mu[7] = -0.0, 1.5
    percents = Density(older).percentile([[-0.0, 1.5], [0.0, 1.5], [1e-9, 1.5]])
    assert percents[0] == percents[1] < percents[2]


def test_of_images_that_lie_at_one_point_all_but_one_count_there():
    atlas = random_atlas(30)
    atlas.mu[20:], atlas.logvar[20:] = atlas.mu[20], atlas.logvar[20]
    others = [direct(atlas, mu, 16, without=i) for i, mu in enumerate(atlas.mu.tolist())]
    assert Density(atlas).percentile(atlas.mu[[3, 20, 29]]) == shares([others[k] for k in (3, 20, 29)], others)


def test_the_reference_is_prepared_by_one_thread_without_a_wait():
    atlas, may = random_atlas(200), Event()
    mixture = Density(atlas)
    computed, mixture._log_leave_one_out = mixture._log_leave_one_out, lambda z: may.wait(20) and computed(z)
    thread = mixture.preparing()
    assert mixture.preparing() is thread and thread.is_alive(), "nobody waits for what it computes"
    may.set()
    thread.join(20)
    del mixture._log_leave_one_out
    assert mixture.preparing() is thread and not thread.is_alive()
    copied = pickle.loads(pickle.dumps(mixture))
    assert copied.percentile(atlas.mu[:1]) == mixture.percentile(atlas.mu[:1])


@pytest.mark.parametrize("atlas", [random_atlas(200), taught_atlas(200, 300)[0]], ids=["older", "newer"])
def test_the_images_of_the_atlas_have_each_percentile_once(atlas):
    found = np.sort([Density(atlas).percentile(mu)[0] for mu in atlas.mu[:20]])
    everywhere = np.sort(Density(atlas).percentile(atlas.mu))
    assert everywhere == pytest.approx(np.arange(0, 100, 0.5), abs=0.51)  # two alike in a batch may change places
    assert len(found) == 20 and found[0] < 20 and found[-1] > 80


def test_encoded_digits_and_draws_of_the_model_that_ships_read_alike():
    """A twentieth of each reads below 5 %, and the average is half way."""
    shipped = atlases.of(opening.load())
    density, draws = Density(shipped), shipped.sample(2000, np.random.default_rng(0))
    for z in (shipped.mu, draws):
        found = density.percentile(z)
        assert found.mean() == pytest.approx(50, abs=2) and 100 * (found < 5).mean() == pytest.approx(5, abs=1.5)


def test_there_is_nothing_far_away_and_most_in_the_middle_of_a_heap():
    atlas = random_atlas(500)
    assert Density(atlas).percentile([np.full(6, 10.0), np.zeros(6)]) == pytest.approx([0, 100], abs=2)


def test_of_very_many_digits_some_at_even_steps_stand_for_all(monkeypatch):
    monkeypatch.setattr(density, "WORK", 2_500)
    atlas, z = random_atlas(120), points(6, 30)
    others = [direct(atlas, atlas.mu[i].tolist(), 16, without=i) for i in range(0, 120, 6)]  # 20 of them, each in 120
    assert Density(atlas).percentile(z) == shares([direct(atlas, point, 16) for point in z.tolist()], others)
    atlas, learned = taught_atlas(120, 60)
    others = [direct(learned, mu, 16) for mu in atlas.mu[::3].tolist()]  # 40 of them, each in 60
    assert Density(atlas).percentile(z) == shares([direct(learned, point, 16) for point in z.tolist()], others)


def test_threads_that_ask_at_the_same_time_have_the_reference_computed_once(monkeypatch):
    atlas, _ = taught_atlas(150)
    expected, computed, log = Density(atlas).percentile(atlas.mu[:4]).tolist(), [], Density._log_leave_one_out

    def slow(self, z):
        computed.append(len(z))
        time.sleep(0.02)
        return log(self, z)

    monkeypatch.setattr(Density, "_log_leave_one_out", slow)
    asked, together = Density(atlas), Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(lambda _: together.wait() >= 0 and asked.percentile(atlas.mu[:4]).tolist(), range(8))]
    assert found == [expected] * 8
    assert sorted(computed) == [4] * 8 + [150]


# --------------------------------------------------------------------------------------------------------- strangers

HUGE = float(np.finfo(np.float16).max)


@pytest.mark.parametrize("logvar", [-HUGE, -1e4, 1e4, HUGE])
@pytest.mark.parametrize("scale", [1, 2e4])
def test_any_finite_atlas_gives_finite_numbers(logvar, scale):
    """Warnings are errors, so an overflow fails as well."""
    atlas = random_atlas()
    atlas = replace(atlas, mu=atlas.mu * scale, logvar=np.full_like(atlas.mu, logvar))
    atlas.logvar[::2] = -3
    density, z = Density(atlas), np.concatenate([points(6, 5), points(6, 5, 10), atlas.mu])
    assert np.isfinite(density.log(z)).all() and np.isfinite(density.gradient(z)).all()
    share = density.percentile(z)
    assert (share >= 0).all() and (share <= 100).all()


def test_a_single_digit_has_no_others_and_everywhere_is_more_than_that():
    assert Density(random_atlas(1)).percentile(points(6, 3, 10)).tolist() == [100] * 3
