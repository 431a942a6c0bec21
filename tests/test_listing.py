"""What lies in a folder or an archive: all of it that a data set may be in, and no more than can be waited for."""

import os
import zipfile
from pathlib import Path

import pytest
from factories import archive

from vae_explorer.datasets import listing
from vae_explorer.datasets.listing import DataError


def names(place: Path, **options: int) -> list[str]:
    return [entry.name for entry in listing.of(place, **options)]


def content(entry: listing.Entry) -> bytes:
    with entry.open() as file:
        return file.read()


def written(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_files_of_a_folder_come_level_by_level_and_by_their_names(tmp_path):
    for name in ("b", "a/z", "a/y", "c/d/e"):
        written(tmp_path / name, name.encode())
    assert names(tmp_path) == ["b", "a/y", "a/z", "c/d/e"]
    entry = listing.of(tmp_path)[1]
    assert entry.path == tmp_path / "a" / "y" and content(entry) == b"a/y"
    assert names(tmp_path, depth=1) == ["b", "a/y", "a/z"] and names(tmp_path / "b") == ["b"]


def test_what_systems_put_beside_a_persons_files_is_passed_over(tmp_path):
    for name in (".DS_Store", "__MACOSX/a", "a/._b", "a/b"):
        written(tmp_path / name)
    assert names(tmp_path) == ["a/b"]
    written(tmp_path / "x.zip", archive({"__MACOSX/._a": b"", "a": b"", ".b/c": b""}))
    assert names(tmp_path / "x.zip") == ["x.zip/a"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes")
def test_links_are_followed_and_circles_pipes_and_closed_folders_hold_nobody_up(tmp_path):
    written(tmp_path / "real" / "a")
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "round").symlink_to(tmp_path / "set")
    (tmp_path / "set" / "self").symlink_to("self")
    os.mkfifo(tmp_path / "set" / "pipe")
    assert names(tmp_path / "set") == ["link/a"]


def test_neither_depth_nor_number_is_without_end(tmp_path, monkeypatch):
    written(tmp_path / "deep" / "/".join("abcdefg") / "h")
    written(tmp_path / "deep" / "/".join("abcdef") / "g.txt")
    assert names(tmp_path / "deep") == ["a/b/c/d/e/f/g.txt"]
    monkeypatch.setattr(listing, "MAX_FILES", 3)
    for k in range(4):
        written(tmp_path / "many" / str(k))
    with pytest.raises(DataError, match="has more than 3 files and folders in it"):
        listing.of(tmp_path / "many")


def test_a_zip_archive_is_a_folder_known_by_its_bytes_whose_names_lead_nowhere(tmp_path):
    path = written(tmp_path / "data", archive({"b/": b"", "b/c": b"2", "../a": b"1", "/etc/passwd": b"3"}))
    found = {entry.name: (entry.path, content(entry)) for entry in listing.of(path)}
    assert found == {
        "data/b/c": (path / "b" / "c", b"2"),
        "data//etc/passwd": (Path(f"{path}/etc/passwd"), b"3"),
    }


def test_an_archive_that_cannot_be_read_is_told_of(tmp_path, monkeypatch):
    def refused(content: bytes, said: str) -> None:
        with pytest.raises(DataError, match=rf"a\.zip .*{said}.*name the folder\.$"):
            listing.of(written(tmp_path / "a.zip", content))

    refused(b"PK\x03\x04", "BadZipFile: File is not a zip file")
    refused(archive({str(k): b"" for k in range(1001)}), "it is a zip archive of more than 1000 members")
    monkeypatch.setattr(listing, "MAX_ARCHIVE_BYTES", 100)
    refused(archive({"a": bytes(100)}), "is larger than 0 GB")


def test_a_member_that_is_encrypted_or_oddly_packed_is_refused_when_it_is_opened(tmp_path):
    path = written(tmp_path / "a.zip", archive({"a": b"1"}, zipfile.ZIP_LZMA))
    with pytest.raises(ValueError, match="packed in an unusual way"):
        listing.of(path)[0].open()
