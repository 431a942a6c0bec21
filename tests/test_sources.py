"""Where random points come from."""

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, model_folder

from vae_explorer.space import sources
from vae_explorer.space.sources import SOURCES, About, lacks, sample
from vae_explorer.space.space import Space, point


@pytest.fixture
def space(tmp_path):
    return Space.open(model_folder(tmp_path / "model", 3, atlas=atlas_bytes(3)))


@pytest.fixture
def bare(tmp_path):
    return Space.open(bare_folder(tmp_path / "bare", 3))


def draws(name, space, about, number=2000, seed=0):
    generator = np.random.default_rng(seed)
    return np.array([sample(name, space, generator, about) for _ in range(number)])


DRAWN = [
    (-1.276957, -0.328217, -0.5147, 1.723114, 1.603125, -0.946196),
    (0.217983, -0.73417, -0.037128, -1.528469, -1.326424, 1.09998),
]
HERE = About((1.0, -2.0, 0.5), 7, 0.4)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_gives_points_of_the_space_that_are_the_seeds(space, name):
    found = draws(name, space, HERE, 20)
    assert found.shape == (20, 3) and len(np.unique(found, axis=0)) == 20
    assert (found == draws(name, space, HERE, 20)).all() and (found != draws(name, space, HERE, 20, seed=1)).any()
    assert all(space.checked(tuple(each)) for each in found)


def test_the_first_source_draws_what_random_always_drew():
    """The numbers are those of the version before there were sources, of the model that ships."""
    shipped, generator = Space.open(), np.random.default_rng(7)
    assert next(iter(SOURCES)) == "posterior"
    found = [sample("posterior", shipped, generator, About((0.0,) * 6)) for _ in range(2)]
    np.testing.assert_allclose(found, DRAWN, atol=1e-6)
    generator = np.random.default_rng(7)
    assert [shipped.sample(generator) for _ in range(2)] == found


def test_draws_of_a_class_have_the_moments_of_its_posteriors(space):
    members = space.atlas.mu[space.atlas.label == 7].astype(float)
    found = draws("class", space, HERE)
    np.testing.assert_allclose(found.mean(0), members.mean(0), atol=0.05)
    np.testing.assert_allclose(found.var(0), members.var(0) + np.exp(-3), rtol=0.15)


def test_the_prior_is_drawn_from_with_an_atlas_and_without(space, bare):
    for each in (space, bare):
        found = draws("prior", each, HERE, 4000)
        np.testing.assert_allclose(found.mean(0), 0, atol=0.06)
        np.testing.assert_allclose(found.std(0), 1, atol=0.05)


@pytest.mark.parametrize("latent_dim", [1, 2, 20])
def test_around_here_every_part_of_the_ball_is_as_likely(latent_dim):
    """Of a ball evenly filled, half the radius holds 2^-D."""
    about = About((0.3,) * latent_dim, radius=2.0)
    found = draws("around", None, about, 4000) - about.z
    length = np.linalg.norm(found, axis=1)
    assert length.max() <= 2.0 + 1e-9
    assert (length <= 1.0).mean() == pytest.approx(2.0**-latent_dim, abs=0.03)
    np.testing.assert_allclose(found.mean(0), 0, atol=0.1)


def test_around_the_end_of_a_space_draws_stay_in_it():
    found = draws("around", None, About((10.0, -10.0), radius=3.0), 200)
    assert abs(found).max() == 10 and (found == [10, -10]).any(0).all()


@pytest.mark.parametrize("radius", [0.0, -1.0, float("nan"), float("inf"), 20.1])
def test_a_radius_that_is_none_is_refused(radius):
    with pytest.raises(ValueError, match="a radius must be more than 0 and at most 20"):
        draws("around", None, About((0.0,), radius=radius), 1)


def test_what_cannot_be_drawn_says_why(space, bare):
    assert [lacks(name, space) for name in SOURCES] == [""] * len(SOURCES)
    assert [name for name in SOURCES if "atlas.npz" in lacks(name, bare)] == ["posterior", "class"]
    for about, reason in ((About(HERE.z), "no class is chosen"), (About(HERE.z, 11), "has the label 11")):
        with pytest.raises(ValueError, match=reason):
            draws("class", space, about, 1)
    with pytest.raises(ValueError, match="there is no atlas"):
        draws("class", bare, HERE, 1)


def test_without_an_atlas_the_prior_stands_for_the_posterior(bare):
    assert draws("posterior", bare, HERE, 5).tolist() == draws("prior", bare, HERE, 5).tolist()


def test_a_draw_of_the_prior_is_the_generators_own(space):
    expected = point(np.random.default_rng(5).standard_normal(3))
    assert sample("prior", space, np.random.default_rng(5), HERE) == expected


def test_each_source_has_a_title_and_a_sentence_of_its_own():
    rows = [*SOURCES.values()]
    assert len({row.title for row in rows}) == len({row.about for row in rows}) == len(rows)
    assert all(row.about[0].isupper() and not row.about.endswith(".") for row in rows) and sources.WHY.endswith(".")
