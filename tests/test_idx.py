"""Good and bad idx files, packed and not: what is read, and what the error has to say."""

import gzip
import hashlib
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from factories import digits, idx_file

from vae_explorer.datasets import idx, listing
from vae_explorer.datasets.listing import DataError
from vae_explorer.storage import gzips

ITEM = (28, 28)
ARRAY, LABELS = digits(7)
IMAGES = idx_file(ARRAY)
PACKED = gzip.compress(IMAGES, mtime=0)
WRONG_CRC = PACKED[:-8] + bytes([PACKED[-8] ^ 1]) + PACKED[-7:]


def header(count: int) -> bytes:
    return struct.pack(">4I", 2051, count, 28, 28)


def read(path: Path, item: tuple[int, ...]) -> np.ndarray:
    return idx.read(listing.alone(path), item)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [IMAGES, PACKED], ids=["plain", "packed"])
@pytest.mark.parametrize("name", ["images", "images.gz"])
def test_whether_a_file_is_packed_is_seen_from_its_bytes_and_not_from_its_name(tmp_path, name, content):
    array = read(written(tmp_path / name, content), ITEM)
    np.testing.assert_array_equal(array, ARRAY)
    assert array.dtype == np.uint8 and idx.digest(array) == hashlib.sha256(IMAGES).hexdigest()


def qmnist(*rows: list[int]) -> bytes:
    """The bytes of a file of QMNIST's labels: eight integers an image, a label first."""
    return struct.pack(">3I", 0xC02, len(rows), 8) + np.array(rows, ">i4").tobytes()


def test_the_labels_of_qmnist_are_the_first_of_eight_integers(tmp_path):
    path = written(tmp_path / "labels", gzip.compress(qmnist([7, 1, *range(6)], [0, 99999, *range(6)])))
    labels = read(path, ())
    assert labels.tolist() == [7, 0] and labels.dtype == np.uint8
    with pytest.raises(DataError, match="expected labels from 0 to 255, found labels from -1 to 3"):
        read(written(path, qmnist([3] * 8, [-1] * 8)), ())
    with pytest.raises(DataError, match=r"expected 44 bytes .*, found 43"):
        read(written(path, qmnist([3] * 8)[:-1]), ())


def test_images_may_have_channels_and_any_size(tmp_path):
    colour = np.arange(2 * 5 * 4 * 3).reshape(2, 5, 4, 3).astype(np.uint8)
    path = written(tmp_path / "images", idx_file(colour))
    np.testing.assert_array_equal(read(path, (5, 4, 3)), colour)
    assert idx.shape(path.read_bytes()) == (2, 5, 4, 3) and idx.shape(b"\0\0\x08") == idx.shape(b"other") == ()


def test_labels_are_one_number_each(tmp_path):
    array = read(written(tmp_path / "labels", idx_file(LABELS)), ())
    assert array.tolist() == LABELS.tolist()


BAD = {
    "empty": (b"", r"expected an idx file of 28×28 images \(magic number 2051\), found an empty file"),
    "web page": (b"\n<!DOCTYPE html><title>404</title>", "found a web page"),
    "packed web page": (gzip.compress(b"<html>not here</html>"), "found a web page"),
    "text": (b"Please log in.", "found text"),
    "git lfs": (b"version https://git-lfs.github.com/spec/v1\noid", "found a Git LFS pointer"),
    "labels": (idx_file(LABELS), r"found the magic number 2049, of 7 bytes\. Write bytes: \(255 \* x\)"),
    "floats": (struct.pack(">4I", 0xD03, 7, 28, 28) + bytes(28 * 28 * 28), "magic number 3331, of 7×28×28 floats"),
    "flat images": (struct.pack(">3I", 0x802, 7, 784) + bytes(7 * 784), "the magic number 2050, of 7×784 bytes"),
    "no idx file": (b"\0\0\x08\x09" + bytes(100), "found an idx file"),
    "anything": (bytes(range(1, 50)), "found bytes that start with 01 02 03 04"),
    "other bytes": (b"PK\x03\x04\0\0" + bytes(50), "found a zip archive"),
    "half a header": (IMAGES[:10], "expected .* with a header of 16 bytes, found 10 bytes in all"),
    "other size": (idx_file(np.zeros((7, 32, 32))), "expected .*28×28.*, found 32×32 pixels"),
    "transposed size": (
        idx_file(np.zeros((7, 16, 49))),
        "found 16×49 pixels. Pictures in files, in a folder for each class, are scaled",
    ),
    "no images": (idx_file(np.zeros((0, 28, 28))), "expected .* a count from 1 to 1000000, found the count 0"),
    "absurd count": (header(2**32 - 1), "found the count 4294967295"),
    "count too high": (header(8) + IMAGES[16:], "expected 6288 bytes .*, found 5504"),
    "short": (IMAGES[:-1], "expected 5504 bytes .*, found 5503"),
    "one byte more": (IMAGES + b"\0", "expected 5504 bytes .*, found more"),
    "count too low": (header(6) + IMAGES[16:], "expected 4720 bytes .*, found more"),
    "cut gzip": (PACKED[:-20], "expected a whole file, found one that is cut short"),
    "gzip without its end": (PACKED[:-3], "expected a whole file, found one that is cut short"),
    "gzip of three bytes": (PACKED[:3], "expected a whole file, found one that is cut short"),
    "wrong crc": (WRONG_CRC, "expected a whole file, found a damaged one .*incorrect data check"),
    "damaged gzip": (PACKED[:10] + b"\xff" * 50 + PACKED[60:], "found a damaged one"),
    "bytes after gzip": (PACKED + b"junk", "found a damaged one"),
    "two gzips": (PACKED + PACKED, "found more"),
}


@pytest.mark.parametrize("name", ["images", "images.gz"])
@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_named_with_what_was_expected_and_found(tmp_path, name, content, said):
    path = written(tmp_path / name, content)
    with pytest.raises(DataError, match=said) as caught:
        read(path, ITEM)
    assert str(caught.value).startswith(f"{path} cannot be used: expected ")


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (IMAGES, r"an idx file of labels \(magic number 2049\), found the magic number 2051"),
        (struct.pack(">2I", 2049, 2**32 - 1), "found the count 4294967295"),
        (idx_file(LABELS)[:-1], "expected 15 bytes .*, found 14"),
    ],
    ids=["images", "absurd count", "short"],
)
def test_bad_labels_are_named_with_what_was_expected_and_found(tmp_path, labels, said):
    path = written(tmp_path / "labels", labels)
    with pytest.raises(DataError, match=said) as caught:
        read(path, ())
    assert str(caught.value).startswith(f"{path} cannot be used: ")


@pytest.mark.parametrize("fault", ["one byte more", "gzip without its end", "wrong crc", "bytes after gzip"])
def test_the_end_is_checked_where_a_chunk_ends_with_the_last_image(tmp_path, monkeypatch, fault):
    content, said = BAD[fault]
    monkeypatch.setattr(gzips, "CHUNK_BYTES", len(IMAGES))
    with pytest.raises(DataError, match=said):
        read(written(tmp_path / "images", content), ITEM)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that none can read")
def test_a_file_that_the_system_cannot_read_is_named_with_its_reason(tmp_path):
    (tmp_path / "labels").symlink_to("/proc/self/mem")
    with pytest.raises(DataError, match="labels cannot be read: Input/output error"):
        read(tmp_path / "labels", ())


def bomb(start: bytes, megabytes: int = 64) -> bytes:
    """Pack a start and so many megabytes of zeros, a thousandth of that in size."""
    packer = zlib.compressobj(9, wbits=31)
    content = packer.compress(start)
    for _ in range(megabytes):
        content += packer.compress(bytes(1 << 20))
    return content + packer.flush()


def peak_of(work: Callable[[], object], said: str) -> int:
    """Give the bytes that are allocated at most while a piece of work fails with a DataError that says so."""
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=said):
            work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_gzip_bomb_is_dropped_a_chunk_beyond_what_its_header_says(tmp_path):
    path = written(tmp_path / "images", bomb(header(7)))
    assert peak_of(lambda: read(path, ITEM), "expected 5504 bytes .*, found more") < 8 << 20


def test_nothing_is_allocated_on_the_word_of_a_header(tmp_path):
    path = written(tmp_path / "images", header(idx.MAX_IMAGES))
    assert peak_of(lambda: read(path, ITEM), "expected 784000016 bytes .*, found 16") < 8 << 20
