"""The atlas of a model that had none: what is written beside its weights, and what is never touched there."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from factories import atlas_bytes, bare_folder, model_folder, vivid_folder

from vae_explorer import files
from vae_explorer.codecs import opening
from vae_explorer.errors import Failure
from vae_explorer.space.space import Space
from vae_explorer.storage import annex, checkpoint
from vae_explorer.storage.checkpoint import ATLAS, DECODER, INFO
from vae_explorer.storage.source import Source

DATA = {"name": "spots (not MNIST)", "class_names": [*"abcdefghij"], "sha256": {"a": "0" * 64}}
TEST = {"loss": 12.5}


def given(folder: Path, data: dict = DATA) -> Space:
    """The space of a model that was given an atlas beside its weights."""
    source = opening.load(folder).source
    files.write(annex.contents(source, atlas_bytes(), data, TEST))
    return Space.open(folder)


def test_bare_weights_get_an_atlas_with_names_of_classes_which_is_theirs_alone(tmp_path):
    folder = bare_folder(tmp_path / "bare")
    annex.check(opening.load(folder).source, overwrite=False)
    space = given(folder)
    assert space.atlas is not None and space.class_names[2] == "c"
    assert space.codec.source.info["data"] == DATA and space.codec.source.info["test"] == TEST
    other = bare_folder(tmp_path / "other", 3)
    (folder / DECODER).write_bytes((other / DECODER).read_bytes())
    assert Space.open(folder).atlas is None


def test_what_model_json_says_of_the_same_model_stays(tmp_path):
    folder = vivid_folder(tmp_path, data=DATA, options={"beta": 2.5}, test={"loss": 7.0})
    before = json.loads((folder / INFO).read_bytes())
    space = given(folder)
    after = json.loads((folder / INFO).read_bytes())
    assert space.atlas is not None and space.encodes
    assert after == before | {"identity": space.codec.source.sha256, "files": after["files"]}
    assert after["files"] == before["files"] | {ATLAS: files.sha256(atlas_bytes())}


def test_other_data_than_those_that_it_learned_from_are_refused(tmp_path):
    folder = vivid_folder(tmp_path, data=DATA)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(Failure, match=r"learned from other data than spots \(not MNIST\).*a folder of its own"):
        given(folder, DATA | {"sha256": {"a": "1" * 64}})
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_model_json_of_another_model_or_a_damaged_one_stays(tmp_path):
    bare = bare_folder(tmp_path / "bare")
    for content, why in (
        ((model_folder(tmp_path / "other", 3) / INFO).read_bytes(), "of another model"),
        (b"{", "read"),
    ):
        (bare / INFO).write_bytes(content)
        with pytest.raises(Failure, match=rf"model\.json is there, and of that: .*{why}.*a folder of their own"):
            annex.check(opening.load(bare).source, overwrite=True)


def test_an_atlas_is_replaced_only_where_that_is_asked_for(tmp_path):
    folder = model_folder(tmp_path, atlas=atlas_bytes())
    source = opening.load(folder).source
    with pytest.raises(Failure, match=r"atlas\.npz is there already\. Replace it with --overwrite"):
        annex.check(source, overwrite=False)
    annex.check(source, overwrite=True)


def test_code_has_no_folder_and_some_folders_are_closed(tmp_path, monkeypatch):
    with pytest.raises(Failure, match="mine:decode is code, so there is no folder"):
        annex.check(Source(called="mine:decode", sha256="0" * 64), overwrite=False)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Failure, match="Nothing can be written to"):
        annex.check(opening.load(bare_folder(tmp_path)).source, overwrite=False)


def test_a_file_of_any_other_kind_has_what_was_written_beside_it(tmp_path):
    path = tmp_path / "own.bin"
    path.write_bytes(b"weights")
    source = Source(path=path, sha256=files.sha256(b"weights told otherwise"))
    files.write(annex.contents(source, atlas_bytes(), DATA, TEST))
    info, found, missing = checkpoint.beside(path, files.sha256(b"weights"))
    assert (info["data"], info["identity"], found, missing) == (DATA, source.sha256, atlas_bytes(), {})
    assert annex.matched(replace(source, info=info, atlas=found)).atlas == found
    assert annex.matched(Source(path=path, sha256="0" * 64, info=info, atlas=found)).atlas is None
    assert checkpoint.beside(path, files.sha256(b"others"))[1] is None


def test_the_same_file_read_in_another_way_is_another_model_without_the_atlas(tmp_path):
    folder = bare_folder(tmp_path)
    given(folder)
    told = json.loads((folder / INFO).read_bytes())
    (folder / INFO).write_text(json.dumps(told | {"identity": "0" * 64}))
    space = Space.open(folder)
    assert space.atlas is None and space.missing[ATLAS] == "it is of this file read in another way"
