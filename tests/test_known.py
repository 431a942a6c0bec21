"""Where data sets lay is remembered by what they hold, and a broken memory is no trouble."""

from pathlib import Path

from vae_explorer.datasets import known

HASHES = {known.KEY: "a" * 64}


def test_a_place_that_was_named_is_remembered_whole_and_the_newest_counts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert known.place(HASHES) is None
    known.keep(None, HASHES)
    assert known.place(HASHES) is None and not known.path().exists()
    for name in ("old", "new"):
        known.keep(Path(name), HASHES)
    assert known.place(HASHES) == tmp_path / "new" and known.place({known.KEY: "b" * 64}) is None


def test_the_oldest_are_forgotten(monkeypatch):
    monkeypatch.setattr(known, "MOST", 2)
    for letter in "abc":
        known.keep(Path("/", letter), {known.KEY: letter})
    assert [known.place({known.KEY: letter}) for letter in "abc"] == [None, Path("/b"), Path("/c")]


def test_a_broken_file_is_as_none(tmp_path):
    known.keep(tmp_path, HASHES)
    for text in ("{", "[]", f'{{"{"a" * 64}": 3}}', f'{{"{"a" * 64}": ""}}'):
        known.path().write_text(text)
        assert known.place(HASHES) is None
    known.keep(tmp_path, HASHES)
    assert known.place(HASHES) == tmp_path and known.place({known.KEY: None}) is None
