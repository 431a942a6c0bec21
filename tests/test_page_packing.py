"""What a page knows of a model: its arrays, as they are read again, and what cannot break out of it."""

import base64
import json
import zlib

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, model_folder

import vae_explorer as vx
from vae_explorer.page import packing
from vae_explorer.page.packing import Body, PageError
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


def array(data, told):
    body = zlib.decompress(base64.b64decode(data["body"]), -15)
    return np.frombuffer(body, "<" + told["type"], told["count"], told["at"]).astype(float) * told.get("step", 1)


def test_weights_are_read_as_they_were_to_half_precision_and_few_of_them_as_they_were(space):
    data, weights = json.loads(packing.packed(space)), space.codec.source.decoder
    packed = data["decoder"]["weights"]
    assert data["decoder"]["kind"] == "conv" and packed.keys() == weights.keys()
    for key, told in packed.items():
        assert array(data, told) == pytest.approx(
            weights[key].ravel(), *((2**-11, 2**-24) if told["type"] == "f2" else (0, 0))
        )
    assert packed["deconv_stack.2.weight"]["type"] == "f4" and packed["linear.weight"]["type"] == "f2"


@pytest.mark.parametrize("factor", [1e6, 1e-9])
def test_weights_beyond_half_precision_stay_as_they_are(factor):
    body = Body()
    values = np.linspace(1, 2, 1000, dtype=np.float32) * np.float32(factor)
    told = body.floats(values)
    assert told["type"] == "f4" and (array({"body": body.text}, told) == values).all()


def test_numbers_in_steps_are_half_a_step_off_at_most_also_where_they_reach_far():
    for reach in (1.0, 1000.0):
        body, values = Body(), np.random.default_rng(0).uniform(-reach, reach, (50, 3))
        told = body.steps(values, 0.06)
        found = array({"body": body.text}, told).reshape(3, 50).T
        assert abs(found - values).max() <= told["step"] / 2 + 1e-9
        assert told["step"] == pytest.approx(max(0.06, abs(values).max() / 127))


def test_the_atlas_stands_by_classes(space):
    data = json.loads(packing.packed(space))
    atlas, classes = space.atlas, data["atlas"]["classes"]
    assert [(each["label"], each["name"]) for each in classes] == list(space.class_names.items())
    assert [each["count"] for each in classes] == np.unique(atlas.label, return_counts=True)[1].tolist()
    mu = array(data, data["atlas"]["mu"]).reshape(space.latent_dim, -1).T
    ends = np.cumsum([each["count"] for each in classes])
    for part, each in zip(np.split(mu, ends), classes, strict=False):
        assert part.mean(0) == pytest.approx(each["mean"], abs=packing.MU_STEP)


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
    assert data["encoder"] is None and data["atlas"] is None
    assert "encoder_weights.pt" in data["missing"]["encoder"] and data["missing"]["atlas"]
