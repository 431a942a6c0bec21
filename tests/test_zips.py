"""Zip archives of strangers: what is read is what zipfile reads, in memory that no directory decides."""

import io
import re
import struct
import tracemalloc
import zipfile

import pytest
from factories import archive, members

from vae_explorer.storage import zips
from vae_explorer.storage.zips import ZipError

GOOD = {"a/one": b"first", "a/two": b"", "three": bytes(range(256)) * 20}


def read(data, name, most=1 << 20):
    with zips.opened(data) as file:
        return zips.member(file, name, most)


def changed(data, place, value):
    """An archive in whose directory a field of each member is another: place is its offset, value its bytes."""
    made = bytearray(data)
    for start in (each.start() for each in re.finditer(b"PK\1\2", data)):
        made[start + place : start + place + len(value)] = value
    return bytes(made)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_member_is_read_as_zipfile_reads_it(packing):
    data = archive(GOOD, packing)
    assert {name: read(data, name) for name in GOOD} == members(data) == GOOD


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_flipped_byte_is_found_by_the_crc(packing):
    data = archive({"one": bytes(5000)}, packing)
    with pytest.raises(zipfile.BadZipFile, match="CRC"):
        read(changed(data, 16, b"\1\2\3\4"), "one")


@pytest.mark.parametrize("said", [0, 1, 1000, 1 << 20])
def test_a_member_larger_than_its_directory_says_is_not_unpacked(said):
    data = changed(archive({"one": bytes(64 << 20)}, zipfile.ZIP_DEFLATED), 24, struct.pack("<L", said))
    tracemalloc.start()
    try:
        with pytest.raises(zipfile.BadZipFile, match="CRC"):
            read(data, "one")
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (archive({"one": bytes(11)}), "a member larger than 10 bytes"),
        (changed(archive({"one": b"1"}), 8, b"\1"), "with a password"),
        (archive({"one": b"1"}, zipfile.ZIP_LZMA), "packed in an unusual way"),
        (archive({str(n): b"" for n in range(1001)}), "more than 1000 members"),
    ],
    ids=["large", "password", "LZMA", "1,001 members"],
)
def test_a_member_that_is_not_read_is_refused_with_the_reason(data, why):
    with pytest.raises(ZipError, match=f"^it is a zip archive .*{why}"):
        read(data, "one", 10)


def test_a_thousand_members_are_read():
    assert len(zips.opened(archive({str(n): b"" for n in range(1000)})).namelist()) == 1000


def test_a_directory_of_long_extra_fields_which_takes_zipfile_seconds_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in "abcde":
            info = zipfile.ZipInfo(name)
            info.extra = struct.pack("<HH", 0x9999, 0) * 16_000
            file.writestr(info, b"")
    with pytest.raises(ZipError, match="a directory of more than 256 KB"):
        zips.opened(buffer.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK\1\2", archive(GOOD)[:-1]])
def test_bytes_that_are_no_archive_are_left_to_zipfile_to_refuse(data):
    with pytest.raises(zipfile.BadZipFile):
        zips.opened(data)
