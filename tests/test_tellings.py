"""What was told of files, kept from one start to the next."""

import json
from pathlib import Path

import pytest

from vae_explorer.session import tellings
from vae_explorer.session.tellings import MAX_FILES
from vae_explorer.storage.told import Told

TOLD = Told(hidden="tanh", output="signed", shape=(1, 8, 9), encoder=Path("/models/e.onnx").resolve())


@pytest.fixture(autouse=True)
def _folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_each_file_has_what_was_told_of_it(tmp_path, model):
    one, other = tmp_path / "one.pt", tmp_path / "other.onnx"
    assert tellings.read(one) == Told()
    tellings.write(one, TOLD)
    tellings.write(other, Told(output="tanh"))
    assert tellings.read(one) == TOLD and tellings.read(other) == Told(output="tanh")
    tellings.write(one, Told())
    assert tellings.read(one) == Told()
    tellings.write(model(2), TOLD)
    assert tellings.read(model(2) / "decoder_weights.pt") == TOLD and tellings.read(None) == Told()


def test_one_of_several_models_in_a_file_is_another(tmp_path):
    file = tmp_path / "two.pt"
    file.touch()
    tellings.write(tmp_path / "two.pt#ema", TOLD)
    assert tellings.read(tmp_path / "two.pt#ema") == TOLD
    assert tellings.read(file) == tellings.read(tmp_path / "two.pt#raw") == Told()


BROKEN = [
    "",
    "[",
    "[]",
    "[1]",
    '"x"',
    '{"hidden": "swish"}',
    '{"output": 3}',
    '{"shape": 5}',
    '{"shape": [1, 2]}',
    '{"encoder": 7}',
]


@pytest.mark.parametrize("kept", BROKEN)
def test_what_is_broken_costs_only_what_was_told(tmp_path, kept):
    file = tmp_path / "one.pt"
    tellings.path().parent.mkdir(parents=True)
    tellings.path().write_text(f"{{{json.dumps(str(file))}: {kept}}}")
    assert tellings.read(file) == Told()
    tellings.write(file, TOLD)
    assert tellings.read(file) == TOLD


def test_the_oldest_files_are_forgotten(tmp_path):
    for k in range(MAX_FILES + 1):
        tellings.write(tmp_path / f"{k}.pt", TOLD)
    assert tellings.read(tmp_path / "0.pt") == Told() and tellings.read(tmp_path / "1.pt") == TOLD
