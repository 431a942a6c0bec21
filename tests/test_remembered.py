"""Small files in which something is remembered: what was written comes back, and all else is nothing."""

import pytest

from vae_explorer import remembered


def test_what_was_written_comes_back_also_into_a_new_folder(tmp_path):
    path = tmp_path / "new" / "kept.json"
    remembered.write(path, {"a": [1, "ü"], "b": None})
    assert remembered.read(path) == {"a": [1, "ü"], "b": None}
    assert path.read_bytes() == remembered.written({"a": [1, "ü"], "b": None})


@pytest.mark.parametrize("text", ["", "[1]", "{", "[" * 100_000, "\0", '{"a": "' + "b" * remembered.MAX_BYTES + '"}'])
def test_what_is_no_object_or_too_large_is_nothing(tmp_path, text):
    (tmp_path / "kept.json").write_text(text)
    assert remembered.read(tmp_path / "kept.json") == {}


def test_what_cannot_be_read_or_written_is_only_forgotten(tmp_path):
    (tmp_path / "file").write_text("")
    remembered.write(tmp_path / "file" / "kept.json", {"a": 1})
    assert remembered.read(tmp_path / "file" / "kept.json") == {} == remembered.read(tmp_path)
