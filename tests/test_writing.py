"""The files of a model as they are written: belonging together, plain, finite, no larger than they must be."""

import json

import pytest
import torch
from factories import decoder_state, model_folder, vae

from vae_explorer import files
from vae_explorer.storage import model_json, writing
from vae_explorer.storage.checkpoint import ATLAS, DECODER, ENCODER, INFO, CheckpointError

ALL = {ENCODER, ATLAS, DECODER, INFO}


@pytest.fixture
def folder(tmp_path):
    return model_folder(tmp_path / "model")


def test_model_json_comes_last_and_has_the_hashes_of_the_others(folder):
    contents = writing.contents(folder, decoder_state(), vae().encoder.state_dict(), {"seed": 7}, b"points")
    assert {path.name for path in contents} == ALL and list(contents)[-1] == folder / INFO
    info = json.loads(contents[folder / INFO])
    assert info["schema"] == model_json.SCHEMA and info["seed"] == 7
    assert info["files"] == {name: files.sha256(contents[folder / name]) for name in ALL - {INFO}}


def test_written_weights_open_in_torch_as_plain_float32(folder):
    for name in (DECODER, ENCODER):
        state = torch.load(folder / name, weights_only=True)
        assert type(state) is dict and {value.dtype for value in state.values()} == {torch.float32}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_not_finite_are_never_written(tmp_path, value):
    encoder = vae().encoder.state_dict()
    encoder["fc_mu.bias"][1] = value
    with pytest.raises(CheckpointError, match=r"fc_mu\.bias is not finite"):
        writing.contents(tmp_path, decoder_state(), encoder, {})
    with pytest.raises(ValueError, match="JSON"):
        writing.contents(tmp_path, decoder_state(), decoder_state(), {"loss": value})


def test_of_a_tensor_that_is_a_view_only_its_own_values_are_written():
    assert len(writing.dumps({"a": torch.zeros(1_000_000)[:3]})) < 4000
