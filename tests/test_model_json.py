"""What a model.json says is believed only where it is what it should be; else the decoder opens alone."""

import json

import pytest
from factories import model_folder, vae

from vae_explorer import files
from vae_explorer.storage import writing
from vae_explorer.storage.checkpoint import ATLAS, ENCODER, INFO, read


@pytest.fixture
def folder(tmp_path):
    return model_folder(tmp_path / "model")


def test_every_text_in_model_json_is_short_and_printable(tmp_path):
    odd = "\x1b[2J\u202e\ud800" + "x" * 100_000
    told = {"data": {"name": odd, "class_names": [odd, "coat"]}, odd: {odd: [[odd]]}, "test": {"loss": 1}}
    model = vae()
    files.write(writing.contents(tmp_path, model.decoder.state_dict(), model.encoder.state_dict(), told))
    info = read(tmp_path).info
    shown = "?[2J??" + "x" * 94 + "…" + "x" * 99
    assert info["data"] == {"name": shown, "class_names": [shown, "coat"]} and info[shown] == {shown: [[shown]]}


BROKEN = {
    "empty": "",
    "cut": '{"schema": 1, ',
    "a list": "[1, 2]",
    "a number": "3",
    "null": "null",
    "no schema": "{}",
    "another schema": '{"schema": 2}',
    "a schema that is no number": '{"schema": "' + "1" * 5000 + '"}',
    "no files": '{"schema": 1}',
    "files that are a list": '{"schema": 1, "files": ["a"]}',
    "files that are text": '{"schema": 1, "files": "decoder_weights.pt"}',
    "a hash that is no text": '{"schema": 1, "files": {"decoder_weights.pt": 7}}',
    "deep": "[" * 200_000 + "]" * 200_000,
    "another likelihood": '{"schema": 1, "files": {}, "likelihood": "laplace"}',
    "a likelihood that is a list": '{"schema": 1, "files": {}, "likelihood": ["gaussian"]}',
    "a long number": '{"schema": ' + "9" * 10_000 + "}",
    "not UTF-8": b'\xff\xfe{"\xff',
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_with_a_broken_model_json_the_decoder_opens_alone(folder, text):
    (folder / INFO).write_bytes(text if isinstance(text, bytes) else text.encode())
    found = read(folder)
    assert found.latent_dim == 2 and found.encoder is None and found.atlas is None and found.info == {}
    assert set(found.missing) == {INFO, ENCODER, ATLAS} and all(len(why) < 200 for why in found.missing.values())
    reasons = "cannot be read", "of schema 2", "of schema '111", "of another model", "its likelihood is"
    assert any(why in found.missing[INFO] for why in reasons)


ODD = {
    "data that are text": {"data": "mnist"},
    "a name that is a list": {"data": {"name": []}},
    "class names that are numbers": {"data": {"class_names": [1, 2]}},
    "options that are a list": {"options": []},
    "a beta that is text": {"options": {"beta": "1"}},
    "a beta that is a truth": {"options": {"beta": True}},
    "a beta below 0": {"options": {"beta": -5}},
    "a beta beyond all": {"options": {"beta": 1e308}},
    "a test that is a number": {"test": 84.0},
    "a loss that is text": {"test": {"loss": "84"}},
    "a loss that is not finite": {"test": {"loss": float("nan")}},
    "a loss beyond all": {"test": {"loss": 10**400}},
}


@pytest.mark.parametrize("told", ODD.values(), ids=ODD)
def test_a_model_json_that_tells_odd_things_is_not_believed(folder, told):
    info = json.loads((folder / INFO).read_text())
    (folder / INFO).write_text(json.dumps(info | told))
    found = read(folder)
    assert not found.info and found.encoder is None
    assert found.missing[INFO] == "it cannot be read (TypeError)"


def test_a_model_json_of_more_than_a_megabyte_is_not_read(folder):
    info = json.loads((folder / INFO).read_text())
    (folder / INFO).write_text(json.dumps(info | {"x": "y" * (1 << 20)}))
    assert read(folder).missing[INFO].startswith("it cannot be read")
