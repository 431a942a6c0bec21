"""The names of dimensions, kept from one start to the next."""

import json

import pytest

from vae_explorer.remembered import MAX_BYTES
from vae_explorer.session import names
from vae_explorer.session.names import MAX_MODELS

ONE, OTHER = "1" * 64, "2" * 64
NAMES = ((1, "wide"), (4, "leans right"))


@pytest.fixture(autouse=True)
def _folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_each_model_has_its_own_names():
    assert names.read(ONE, 6) == ()
    names.write(ONE, NAMES)
    names.write(OTHER, ((0, "other"),))
    assert names.read(ONE, 6) == NAMES and names.read(OTHER, 6) == ((0, "other"),)
    names.write(ONE, ())
    assert names.read(ONE, 6) == () and names.read(OTHER, 6) == ((0, "other"),)


@pytest.mark.parametrize("text", ["", "[", "[]", '{"1": 3}', "[" * 100_000, '"x"', "\0", json.dumps({ONE: "1=a"})])
def test_a_broken_file_costs_only_the_names(text):
    names.path().parent.mkdir(parents=True)
    names.path().write_text(text)
    assert names.read(ONE, 6) == ()
    names.write(ONE, NAMES)
    assert names.read(ONE, 6) == NAMES


@pytest.mark.parametrize("kept", [["9=a"], ["1"], [1], [["1=a"]], {"1": "a"}, ["1=a\u202e"], None])
def test_names_that_cannot_be_are_none(kept):
    names.path().parent.mkdir(parents=True)
    names.path().write_text(json.dumps({ONE: kept}))
    assert names.read(ONE, 6) == ()


def test_a_folder_that_cannot_be_written_only_forgets_them():
    names.path().parent.write_text("a file")
    names.write(ONE, NAMES)
    assert names.read(ONE, 6) == ()


def test_the_oldest_models_are_forgotten():
    kept = {str(k): ["0=a"] for k in range(MAX_MODELS)}
    names.path().parent.mkdir(parents=True)
    names.path().write_text(json.dumps(kept))
    names.write(ONE, NAMES)
    assert names.read("0", 6) == () and names.read("1", 6) == ((0, "a"),) and names.read(ONE, 6) == NAMES


def test_the_oldest_models_are_forgotten_where_the_file_grows_too_large():
    every = tuple((dim, "é" * 24) for dim in range(256))
    for k in range(30):
        names.write(str(k), every)
    assert names.read("29", 256) == names.read("15", 256) == every and names.read("0", 256) == ()
    assert names.path().stat().st_size <= MAX_BYTES
