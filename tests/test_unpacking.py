"""The bytes of a data set's file: gzip of any make, and never more of them than there is use for."""

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest
from factories import digits, idx_file

from vae_explorer.datasets import listing, unpacking
from vae_explorer.datasets.listing import DataError
from vae_explorer.storage import gzips

IMAGES = idx_file(digits(7)[0])
PACKED = gzip.compress(IMAGES, mtime=0)


def whole(path: Path) -> bytes:
    with unpacking.pieces(listing.alone(path)) as pieces:
        return b"".join(pieces)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


PARTS = gzip.compress(IMAGES[:99]) + gzip.compress(IMAGES[99:]) + bytes(9)


@pytest.mark.parametrize("content", [IMAGES, PACKED, PARTS], ids=["plain", "packed", "in two members"])
@pytest.mark.parametrize("chunk", [7, 100, 1 << 20])
def test_chunks_of_any_size_and_members_in_a_row_give_the_same_images(tmp_path, monkeypatch, content, chunk):
    monkeypatch.setattr(gzips, "CHUNK_BYTES", chunk)
    assert whole(written(tmp_path / "images", content)) == IMAGES


EMPTY = gzip.compress(b"", mtime=0)
LONG = {
    "a name of 50 MB": b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * (50 << 20) + b"\0" + PACKED[10:],
    "a name without an end": b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * (50 << 20),
    "a million empty members": EMPTY * 1_000_000 + PACKED,
    "empty blocks": PACKED[:10] + b"\0\0\0\xff\xff" * 10_000_000,
    "zeros behind it": PACKED + bytes(50 << 20),
}


@pytest.mark.parametrize("content", LONG.values(), ids=LONG)
def test_a_gzip_file_that_is_much_longer_than_its_content_is_refused_before_it_is_read(tmp_path, monkeypatch, content):
    path, files = written(tmp_path / "images", content), []

    class Counting(io.FileIO):
        taken = 0

        def read(self, size=-1):
            data = super().read(size)
            self.taken += len(data)
            return data

    monkeypatch.setattr(listing.files, "opened", lambda path: files.append(Counting(path)) or files[0])
    with pytest.raises(DataError, match=r"found a damaged one \(it is much longer than what it unpacks to"):
        whole(path)
    assert files[0].closed and files[0].taken < 2 << 20


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path, make):
    make(tmp_path / "images")
    with pytest.raises(DataError, match=r"images cannot be read: (it is not a file|Is a directory)\."):
        whole(tmp_path / "images")


def test_a_head_is_no_longer_than_what_is_asked_for_and_may_be_shorter(tmp_path):
    entry = listing.alone(written(tmp_path / "images", PACKED))
    assert unpacking.head(entry, 4) == IMAGES[:4] and unpacking.head(entry, 1 << 20) == IMAGES


def test_a_damaged_member_of_an_archive_is_told_of(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("images", IMAGES)
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[60] ^= 255
    [entry] = listing.of(written(tmp_path / "a.zip", bytes(content)))
    with pytest.raises(DataError, match=r"a\.zip/images cannot be used: expected a whole file, found a damaged one"):
        unpacking.head(entry, 1 << 20)
