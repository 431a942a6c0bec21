"""What a page knows of a model: its arrays, as they are read again, and what cannot break out of it."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, model_folder
from packed import array

import vae_explorer as vx
from vae_explorer.page import packing
from vae_explorer.page.packing import PageError
from vae_explorer.space import atlas
from vae_explorer.space.space import Space

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--",
    "&lt;",
    "\u2028\u2029",
    '"\\',
    "\u202e",
    "\ud800",
    "x" * 10_000,
]


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return Space.open(model_folder(tmp_path_factory.mktemp("model"), atlas=atlas_bytes()))


def stepped(told):
    """Numbers in steps: (N, D)."""
    return array(told).reshape(len(told["steps"]), -1).T * told["steps"]


def test_weights_are_read_as_they_were_to_half_precision_and_few_of_them_as_they_were(space):
    data, weights = json.loads(packing.packed(space)), space.codec.source.decoder
    packed = data["decoder"]["weights"]
    assert data["decoder"]["kind"] == "conv" and packed.keys() == weights.keys()
    for key, told in packed.items():
        assert array(told) == pytest.approx(
            weights[key].ravel(), *((2**-11, 2**-24) if told["type"] == "f2" else (0, 0))
        )
    assert packed["deconv_stack.2.weight"]["type"] == "f4" and packed["linear.weight"]["type"] == "f2"


def test_the_atlas_stands_by_classes(space):
    data = json.loads(packing.packed(space))
    atlas, classes = space.atlas, data["atlas"]["classes"]
    assert [(each["label"], each["name"]) for each in classes] == list(space.class_names.items())
    assert [each["count"] for each in classes] == np.unique(atlas.label, return_counts=True)[1].tolist()
    mu = stepped(data["atlas"]["mu"])
    ends = np.cumsum([each["count"] for each in classes])
    for part, each in zip(np.split(mu, ends), classes, strict=False):
        assert part.mean(0) == pytest.approx(each["mean"], abs=packing.WIDEST)


def test_mu_is_rounded_by_how_wide_its_posteriors_are_and_no_further_than_one_could_see():
    rng = np.random.default_rng(0)
    logvar = np.log([0.01**2, 0.1**2, 1]) + 0.1 * rng.standard_normal((50, 3))
    mu = rng.standard_normal((50, 3)) * [1, 50, 1]
    known = packing._Posteriors.of(mu, logvar)
    assert known.mu_steps == pytest.approx([0.01 * packing.MU_STEP, 0.1 * packing.MU_STEP, packing.WIDEST], rel=0.05)
    assert (abs(known.mu - mu) <= known.mu_steps / 2 + 1e-9).all()
    assert stepped(known.told()["mu"]) == pytest.approx(known.mu)


def test_what_lies_very_far_out_is_told_in_coarser_steps_that_have_room():
    mu = np.array([[0.0, 40_000.0], [1.0, -7.0]])
    known = packing._Posteriors.of(mu, np.full((2, 2), -9.0))
    assert known.mu_steps[1] == 40_000 / packing.FARTHEST
    assert (abs(stepped(known.told()["mu"]) - mu) <= known.mu_steps).all()


def test_an_atlas_of_an_older_version_has_no_density(tmp_path):
    whole = atlas.loads(atlas_bytes(), 2)
    old = atlas.dumps(replace(whole, train_mu=None, train_logvar=None))
    known = json.loads(packing.packed(Space.open(model_folder(tmp_path, atlas=old))))
    assert known["atlas"]["density"] is None and known["atlas"]["classes"]


@pytest.mark.parametrize("value", [math.nan, 10**400, "12", True, {"type": "f2", "planes": ["AA"]}, None])
def test_what_was_not_measured_in_numbers_is_not_said(value):
    whole = {"images": 10, "loss": 30.5, "recon": 20.5, "kl": 10.0}
    assert packing._measured(whole | {"more": value}) == whole and packing._measured(whole | {"kl": value}) == {}


def test_no_name_is_anything_to_html(space):
    text = packing.packed(space, bookmarks=[(name, space.class_mean(0)) for name in HOSTILE], names={0: HOSTILE[0]})
    assert text.isascii() and not set(text) & set("<>&")
    data = json.loads(text)
    assert [each["name"] for each in data["bookmarks"]] == HOSTILE and data["names"]["0"] == HOSTILE[0]


def test_a_model_of_which_the_page_cannot_compute_the_networks_is_refused_with_the_reason():
    codec = vx.open(lambda z: np.zeros((len(z), 28, 28)), latent_dim=2)
    with pytest.raises(PageError, match="ONNX"):
        packing.packed(Space(codec))


def test_what_a_model_lacks_is_said(tmp_path):
    data = json.loads(packing.packed(Space.open(bare_folder(tmp_path))))
    assert data["encoder"] is None and data["atlas"] is None and data["missing"]["atlas"]
