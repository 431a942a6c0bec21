"""Chains of Linear layers in the page, in a real browser, against those in NumPy."""

import json
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from browser import shown
from factories import saved

from vae_explorer.codecs.activations import ACTIVATIONS
from vae_explorer.codecs.chain import ChainDecoder, ChainEncoder
from vae_explorer.codecs.output import OUTPUTS
from vae_explorer.page import joined, made, packing
from vae_explorer.space.space import Space
from vae_explorer.storage import chain
from vae_explorer.storage.told import Told

START = "globalThis.explorer = { openModel, unpacked };"
DECODED = """async ([data, zs]) => {
  const model = explorer.openModel(await explorer.unpacked(JSON.parse(data)));
  return zs.map((z) => Array.from(model.decode(z)));
}"""
ENCODED = """async ([data, xs]) => {
  const { encoder } = explorer.openModel(await explorer.unpacked(JSON.parse(data)));
  return xs.map((x) => Object.values(encoder.encode(x)).map((part) => Array.from(part)));
}"""
LEVEL = 1 / 127.5
SHAPE = 3, 9, 8


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    """A page that has the numbers of the explorer, and shows nothing."""
    path = tmp_path_factory.mktemp("page") / "numbers.html"
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><script type="module">{joined.script()}{START}</script>', "utf-8"
    )
    with shown(chromium, path) as opened:
        yield opened


def layers(*sizes, seed=0):
    """Weights (out, in) and biases of which the numbers in between stay about as large as z."""
    rng = np.random.default_rng(seed)
    sizes = [(out, given) for given, out in pairwise(sizes)]
    return tuple(
        (rng.normal(0, (2 / given) ** 0.5, (out, given)).astype(np.float32), rng.normal(0, 0.3, out).astype(np.float32))
        for out, given in sizes
    )


def told(decoder, encoder, hidden, output):
    """What the JSON has of a model of Linear layers."""
    source = SimpleNamespace(decoder=decoder, encoder=encoder, told=Told(hidden=hidden, output=output))
    known = {"latent_dim": decoder[0][0].shape[1], "shape": SHAPE, "decoder": packing._decoder(source)}
    return json.dumps(known | {"encoder": packing._encoder(source) if encoder else None})


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_pictures_are_within_a_grey_level_whatever_follows_a_layer(page, hidden, output):
    decoder = layers(5, 30, 40, 216)
    z = np.random.default_rng(1).standard_normal((7, 5)).astype(np.float32)
    found = page.evaluate(DECODED, [told(decoder, None, hidden, output), z.tolist()])
    ours = ChainDecoder(decoder, SHAPE, hidden, output).decode(z).reshape(7, -1)
    assert ours.std() > 0.1 and abs(np.array(found) - ours).max() < LEVEL


@pytest.mark.parametrize("sizes", [(1, 216), (2, 40, 216), (256, 300, 216)], ids=str)
def test_a_chain_may_be_of_any_length_and_width(page, sizes):
    z = np.random.default_rng(2).standard_normal((20, sizes[0])).astype(np.float32)
    decoder = layers(*sizes)
    found = page.evaluate(DECODED, [told(decoder, None, "relu", "sigmoid"), z.tolist()])
    ours = ChainDecoder(decoder, SHAPE, "relu", "sigmoid").decode(z).reshape(20, -1)
    assert abs(np.array(found) - ours).max() < LEVEL


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_an_activation_neither_overflows_nor_is_no_number(page, hidden):
    decoder = tuple((weight * 1e4, bias) for weight, bias in layers(2, 20, 20, 216))
    z = np.array([[10, -10], [-10, -10], [0, 0]], np.float32)
    found = np.array(page.evaluate(DECODED, [told(decoder, None, hidden, "tanh"), z.tolist()]), float)
    ours = ChainDecoder(decoder, SHAPE, hidden, "tanh").decode(z).reshape(3, -1)
    assert np.isfinite(found).all() and (abs(found - ours) < LEVEL).mean() > 0.99


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("trunk", [(), (30, 20)], ids=str)
def test_posteriors_are_those_of_the_codec(page, output, trunk):
    *linear, mean = layers(216, *trunk, 4)
    [other] = layers(mean[0].shape[1], 4, seed=1)
    encoder = chain.ChainEncoder(tuple(linear), mean, other)
    images = np.random.default_rng(3).uniform(-1, 1, (6, *SHAPE)).astype(np.float32)
    found = page.evaluate(ENCODED, [told(layers(4, 216), encoder, "elu", output), images.reshape(6, -1).tolist()])
    ours = ChainEncoder(encoder, "elu", output).encode(images)
    assert abs(np.array(found).transpose(1, 0, 2) - np.array(ours)).max() < 2e-3


def test_a_file_of_linear_layers_becomes_a_page_as_it_was_opened(chromium, tmp_path):
    [first, last] = layers(3, 50, 784)
    weights = {
        "decoder.0.weight": first[0],
        "decoder.0.bias": first[1],
        "decoder.2.weight": last[0],
        "decoder.2.bias": last[1],
    }
    (tmp_path / "mine.pt").write_bytes(saved({key: torch.from_numpy(value) for key, value in weights.items()}))
    space = Space.open(tmp_path / "mine.pt")
    (tmp_path / "mine.html").write_bytes(made.page(space))
    assert packing.usual_title(space) == "Latent space of mine.pt"
    z = np.random.default_rng(4).standard_normal((20, 3))
    with shown(chromium, tmp_path / "mine.html") as opened:
        found = opened.evaluate("zs => zs.map((z) => Array.from(explorer.decode(z)))", z.tolist())
    assert abs(np.array(found) - space.codec.decode(z).reshape(20, -1)).max() < LEVEL
