"""What can be asked of a model: planes, means and draws, the names of its classes, and what is missing and why."""

import math
import threading

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, made_up, model_folder, vivid_folder

from vae_explorer.codecs import opening
from vae_explorer.pictures import make
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space import atlas
from vae_explorer.space.latent import Plane
from vae_explorer.space.space import Space
from vae_explorer.storage.checkpoint import ATLAS


@pytest.fixture
def opened(tmp_path):
    """Open a model of D dimensions, with an atlas."""

    def opened(latent_dim=2, data=None):
        folder = tmp_path / f"{latent_dim}-{len(list(tmp_path.iterdir()))}"
        return Space.open(model_folder(folder, latent_dim, atlas=data or atlas_bytes(latent_dim)))

    return opened


@pytest.fixture
def bare(tmp_path):
    """The space of a decoder with nothing beside it."""
    return Space.open(bare_folder(tmp_path / "bare"))


def far_atlas(mu, labels=(0,)):
    """The bytes of an atlas whose images all lie at one point, a σ of 0.01 about it."""
    n = len(labels)
    mean, logvar = np.tile(np.float32(mu), (n, 1)), np.full((n, len(mu)), 2 * math.log(0.01), np.float32)
    index = np.arange(n, dtype=np.int32)
    return atlas.dumps(atlas.Atlas(mean, logvar, np.ones(n, np.float32), np.array(labels, np.uint8), index))


def test_a_draw_is_from_the_aggregated_posterior_where_there_is_an_atlas(opened):
    space, generator = opened(data=far_atlas((4, -3))), np.random.default_rng(1)
    draws = np.array([space.sample(generator) for _ in range(50)])
    np.testing.assert_allclose(draws, np.tile([4, -3], (50, 1)), atol=0.1)
    assert len(np.unique(draws[:, 0])) == 50


def test_a_draw_is_from_the_prior_where_there_is_none(bare):
    generator = np.random.default_rng(0)
    draws = np.array([bare.sample(generator) for _ in range(4000)])
    np.testing.assert_allclose(draws.mean(0), 0, atol=0.06)
    np.testing.assert_allclose(draws.std(0), 1, atol=0.05)


def test_what_lies_further_out_than_a_space_reaches_is_brought_to_its_end(opened):
    space = opened(data=far_atlas((40, -3)))
    for z in (space.sample(np.random.default_rng(1)), space.class_mean(0)):
        assert z == (10.0, pytest.approx(-3, abs=0.1)) and space.checked(z) == z


def test_a_class_mean_is_that_of_the_atlas(opened):
    space = opened(data=far_atlas((1, 2), labels=(4,)))
    assert space.class_mean(4) == (1.0, 2.0) and space.class_names == {4: "4"}
    with pytest.raises(ValueError, match="no image of the atlas has the label 5"):
        space.class_mean(5)


def test_class_names_are_those_of_model_json_as_far_as_they_go(tmp_path):
    folder = vivid_folder(tmp_path, atlas=far_atlas((0, 0), (1, 2, 9)), data={"class_names": ["shirt", "coat", "bag"]})
    assert Space.open(folder).class_names == {1: "coat", 2: "bag", 9: "9"}


def test_the_likeliest_class_has_its_name_and_its_share(bare):
    space = Space.open()
    for label in (4, 9):
        name, share = space.likeliest(space.class_mean(label))
        assert name == str(label) and share == space.classes.shares(space.class_mean(label)).max() > 0.5
    assert bare.likeliest((0.0,) * bare.latent_dim) is None


def test_a_bare_decoder_says_what_is_missing(bare):
    assert bare.atlas is None and bare.density is None and bare.class_names == {}
    assert bare.missing[ATLAS] == "there is none beside the decoder"
    with pytest.raises(ValueError, match="no atlas"):
        bare.class_mean(1)
    with pytest.raises(ValueError, match="no atlas"):
        bare.plane(None)


@pytest.mark.parametrize("data", [b"no archive", atlas_bytes(3), atlas_bytes(2)[:-100]], ids=["text", "other D", "cut"])
def test_a_damaged_atlas_is_left_out_with_its_reason_and_all_else_works(opened, data):
    space = opened(data=data)
    assert space.atlas is None and space.missing[ATLAS].startswith("atlas.npz ")
    assert len(space.sample(np.random.default_rng(0))) == 2
    assert ATLAS not in space.codec.source.missing  # which is not the space's to change


def test_the_planes_are_of_two_dimensions_or_of_the_principal_axes(opened):
    space = opened(6)
    plane = space.plane((4, 1))
    assert (plane.project([0, 1, 0, 0, 4, 0]) == [[4, 1]]).all()
    plane = space.plane(None)
    assert isinstance(plane, Plane) and np.allclose(plane.origin, space.atlas.mu.mean(0), atol=1e-6)
    with pytest.raises(ValueError, match="one latent dimension"):
        opened(1).plane(None)


def answers(space):
    """What a space says of itself, of all kinds."""
    z = np.linspace(-1, 1, 7 * space.latent_dim).reshape(7, space.latent_dim)
    generator = np.random.default_rng(3)
    return (
        space.codec.decode(z), space.density.percentile(z), space.density.log(z), space.sample(generator),
        space.plane(None).project(z), [*map(space.class_mean, space.class_names)], space.atlas.kl_per_dim,
    )  # fmt: skip


def test_two_spaces_of_different_d_answer_two_threads_at_a_time_as_they_answer_one(opened):
    spaces = [opened(2), opened(6)]
    alone = [answers(opened(2)), answers(opened(6))]
    found, start = [], threading.Barrier(4)

    def ask(k):
        start.wait()
        for _ in range(5):
            found.append((k, answers(spaces[k])))

    threads = [threading.Thread(target=ask, args=(k,)) for k in (0, 1, 0, 1)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 20
    for k, told in found:
        for one, other in zip(told, alone[k], strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("picture", ["map", "plane", "traverse", "digit"])
def test_the_atlas_is_read_once_a_space_and_never_for_a_picture_of_it(tmp_path, monkeypatch, picture):
    model = opening.load(model_folder(tmp_path / "model", 3, atlas=atlas_bytes(3)))
    times, loads = [], atlas.loads
    monkeypatch.setattr(atlas, "loads", lambda *args: times.append(args) or loads(*args))
    space = Space(model)
    assert len(times) == 1
    made = Recipe((0.0, 1.0, 0.5), model.source.sha256, picture=picture)
    for k in range(2):
        make.save(space, made, tmp_path / f"{k}.png")
    assert len(times) == 1
    make.save(model, made, tmp_path / "2.png")
    assert len(times) == 2
    assert (tmp_path / "0.png").read_bytes() == (tmp_path / "2.png").read_bytes()


def test_all_but_the_reference_of_the_density_is_computed_when_a_space_is_opened(opened, monkeypatch):
    space = opened(3)
    monkeypatch.setattr(np.linalg, "svd", None)
    monkeypatch.setattr(np, "percentile", None)
    assert space.plane(None).axes.shape == (2, 3) and space.atlas.percentiles.shape == (2, 3)
    assert len(space.atlas.dims_by_kl) == 3


def test_why_a_file_is_missing_can_be_gone_on_from(tmp_path):
    folder = vivid_folder(tmp_path / "model", atlas=b"no atlas")
    why = Space.open(folder).missing["atlas.npz"]
    assert why.startswith("atlas.npz cannot be read") and not why.endswith(".")


def test_digits_are_called_pictures_where_the_model_is_not_known_to_be_of_any():
    text = "A digit unlike MNIST's digits: “Your digit”, of 100 digits, is the digit's"
    assert Space.open().worded(text) == text
    changed = "A picture unlike MNIST's digits: “Your picture”, of 100 pictures, is the picture's"
    assert made_up((1, 28, 28)).worded(text) == made_up((3, 8, 8)).worded(text) == changed
