"""How a command line names a model."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from export_onnx import FOLDER
from factories import python

from vae_explorer import cli, models
from vae_explorer.errors import Failure
from vae_explorer.models import Telling, Weights
from vae_explorer.storage.checkpoint import CheckpointError

TOY = """
import numpy as np

def decode(z):
    return np.tanh(z[:, :1] + np.zeros((1, 120)))

decode.latent_dim = 2
"""


@dataclass(frozen=True)
class Options(Telling, Weights):
    """Those of a command."""


def read(*argv):
    seen = []
    assert cli.run(cli.Command("paint", ""), Options, lambda options: seen.append(options) or 0, argv) == 0
    return seen[0]


def opened(*argv):
    options = read(*argv)
    return models.opened(options.weights, options)


def test_without_a_word_it_is_the_model_that_ships():
    assert opened().source.ships


def test_a_file_is_told_what_it_does_not_say():
    decoder, encoder = str(FOLDER / "decoder.onnx"), str(FOLDER / "encoder.onnx")
    model = opened("--weights", decoder, "--encoder", encoder, "--pixels", "signed", "--shape", "10x12")
    assert model.encodes and model.source.told.output == "signed" and model.shape == (1, 10, 12)


def test_a_decoder_of_ones_own_is_one_by_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("toy_of_models.py").write_text(TOY)
    model = opened("--decoder", "toy_of_models:decode", "--shape", "1x10x12", "--pixels", "tanh")
    assert model.shape == (1, 10, 12) and model.decode([9, 0])[0, 0, 0, 0] == pytest.approx(0.76, abs=0.01)  # tanh(1)


@pytest.mark.parametrize(
    "argv", [("--weights", "some.pt"), ("--encoder", "some.onnx"), ("--hidden", "relu")], ids=" ".join
)
def test_two_models_at_once_are_refused(argv):
    with pytest.raises(Failure, match="is of no use beside it"):
        opened("--decoder", "toy:decode", *argv)


@pytest.mark.parametrize(
    "argv", [("--encoder", "some.onnx"), ("--hidden", "tanh"), ("--pixels", "tanh"), ("--shape", "8x8")], ids=" ".join
)
def test_what_says_nothing_of_this_models_file_is_refused(argv):
    with pytest.raises(CheckpointError, match="leave"):
        opened(*argv)
    if argv[0] == "--hidden":
        with pytest.raises(CheckpointError, match="leave"):
            opened("--weights", str(FOLDER / "decoder.onnx"), *argv)


@pytest.mark.parametrize("text", ["28", "2x28x28", "7x28", "28x257", "1x1x28x28", "axb", "", "9" * 5000 + "x3"])
def test_a_shape_that_is_none_is_refused(text, capsys):
    with pytest.raises(SystemExit):
        read("--shape", text)
    told = capsys.readouterr().err
    assert "is no shape, as 28x28 and 3x32x32 are" in told or "sides of 8 to 256 pixels" in told


def test_the_words_are_read_before_numpy_is_imported():
    done = python("import sys; from vae_explorer.gui import command, options; print('numpy' in sys.modules)")
    assert done.stdout == "False\n", done.stderr


def test_what_is_told_is_typed_again_as_it_was():
    words = "--encoder", "encoder.onnx", "--pixels", "tanh", "--shape", "1x10x12"
    assert read("--weights", "decoder.onnx", *words).typed == words and read().typed == ()
