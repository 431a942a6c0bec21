"""What a file of weights holds, through the one function that opens models: chosen by name, checked, and told."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from factories import decoder_state, model_folder, python, saved, vae
from torch import nn

from vae_explorer.storage import checkpoint
from vae_explorer.storage.chain import ChainEncoder
from vae_explorer.storage.checkpoint import ATLAS, ENCODER, INFO, CheckpointError, SeveralModelsError
from vae_explorer.storage.told import Told


def chain(*sizes):
    """The state dict of Linear layers."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(*(nn.Linear(a, b) for a, b in pairwise(sizes))).state_dict()


def written(path, tree):
    path.write_bytes(saved(tree))
    return path


@pytest.fixture
def twins(tmp_path):
    return written(tmp_path / "vae.ckpt", {"state_dict": decoder_state(3), "ema": decoder_state(3, seed=1)})


def test_several_models_that_differ_are_named_with_the_way_to_choose_one(twins):
    with pytest.raises(
        SeveralModelsError, match=r"state_dict, ema\. Name one of them, as in '.*vae\.ckpt#ema'"
    ) as caught:
        checkpoint.read(twins)
    assert caught.value.path == twins and caught.value.names == ("state_dict", "ema")


def test_one_of_several_models_is_chosen_by_name_and_is_known_by_it(twins):
    by_path = checkpoint.read(twins.with_name("vae.ckpt#ema"))
    by_word = checkpoint.read(twins, told=Told(name="ema"))
    other = checkpoint.read(twins, told=Told(name="state_dict"))
    np.testing.assert_array_equal(by_path.decoder["linear.bias"], decoder_state(3, seed=1)["linear.bias"])
    assert by_path.path == by_word.path == twins.with_name("vae.ckpt#ema")
    assert by_path.sha256 == by_word.sha256 != other.sha256
    assert by_path.opened == "Taken from “ema” in the file."


def test_a_name_that_no_model_in_the_file_has_is_refused_with_those_there_are(twins, tmp_path):
    with pytest.raises(CheckpointError, match="no model that is called 'best': there are state_dict, ema"):
        checkpoint.read(twins.with_name("vae.ckpt#best"))
    one = written(tmp_path / "one.pt", {"model": decoder_state(3)})
    with pytest.raises(CheckpointError, match="called 'best': there is one, which needs no name"):
        checkpoint.read(one.with_name("one.pt#best"))
    assert checkpoint.read(one.with_name("one.pt#model")).path == one


def test_the_encoder_of_a_whole_vae_is_used_and_what_lies_beside_it_is_not(tmp_path):
    model_folder(tmp_path, 3, seed=5)
    found = checkpoint.read(written(tmp_path / "vae.pt", vae(3).state_dict()))
    np.testing.assert_array_equal(found.encoder["fc_mu.bias"], vae(3).state_dict()["encoder.fc_mu.bias"])
    assert (
        found.missing.keys() == {INFO, ATLAS} and found.opened == "Taken from “decoder” in the file, with its encoder."
    )


def test_a_decoder_of_linear_layers_does_without_an_encoder_and_says_why(tmp_path):
    found = checkpoint.read(written(tmp_path / "vae.pt", chain(4, 30, 784)))
    assert found.latent_dim == 4 and found.shape == (1, 28, 28)
    assert found.encoder is None and found.missing[ENCODER] == "there is none in the file"


def test_a_whole_vae_of_linear_layers_has_its_encoder(tmp_path):
    layers = {"a": chain(784, 30), "mu": chain(30, 4), "logvar": chain(30, 4), "b": chain(4, 30), "c": chain(30, 784)}
    tree = {f"{name}.{key}": value for name, state in layers.items() for key, value in state.items()}
    found = checkpoint.read(written(tmp_path / "vae.pt", tree))
    assert isinstance(found.encoder, ChainEncoder) and ENCODER not in found.missing


SHAPES = {784: (1, 28, 28), 64 * 64 * 3: (3, 64, 64), 64: (1, 8, 8), 256 * 256: (1, 256, 256)}


@pytest.mark.parametrize(("pixels", "shape"), SHAPES.items())
def test_pixels_are_a_square_in_grey_or_in_colour(tmp_path, pixels, shape):
    assert checkpoint.read(written(tmp_path / "vae.pt", chain(2, pixels))).shape == shape


def test_other_shapes_have_to_be_told(tmp_path):
    path = written(tmp_path / "frey.pt", chain(2, 560))
    assert checkpoint.read(path, told=Told(shape=(1, 28, 20))).shape == (1, 28, 20)
    with pytest.raises(
        CheckpointError,
        match=r"560 numbers, which cannot be shown as a square .* Say their shape with --shape, .*columns\.$",
    ):
        checkpoint.read(path)
    with pytest.raises(CheckpointError, match="560 numbers, which cannot be shown as 1×28×28"):
        checkpoint.read(path, told=Told(shape=(1, 28, 28)))


@pytest.mark.parametrize(("value", "why"), [(float("nan"), "not finite"), (1e9, "beyond ±1,000,000")])
def test_numbers_that_no_training_gives_are_refused_in_a_chain_too(tmp_path, value, why):
    with pytest.raises(CheckpointError, match=rf"its 1 holds values.* {why}"):
        checkpoint.read(written(tmp_path / "vae.pt", chain(2, 9, 64) | {"1.bias": torch.full((64,), value)}))


def test_a_plain_file_is_read_without_what_only_others_need(tmp_path):
    code = """
import sys
from pathlib import Path
from vae_explorer.storage import checkpoint
checkpoint.read(Path(sys.argv[1]))
names = "containers", "search", "networks", "layers", "linear", "safetensors", "legacy", "gzips", "npy"
print([name for name in names if f"vae_explorer.storage.{name}" in sys.modules])
"""
    assert python(code, model_folder(tmp_path)).stdout == "[]\n"
