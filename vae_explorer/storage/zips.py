"""Zip archives from strangers, read in bounded time and memory whatever their directories say.

The format is that of PKWARE's APPNOTE.TXT, section 4.3. Knows nothing of what is in the archives.
"""

import io
import re
import struct
import zipfile
from itertools import islice
from typing import IO

MAX_MEMBERS = 1000  # a file of weights has a dozen
MAX_DIRECTORY_BYTES = 256 << 10  # of names, extra fields and comments, which zipfile takes apart in quadratic time

_ENTRY = re.compile(b"PK\x01\x02")  # how each entry of a directory starts
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # zipfile unpacks the others without bound


class ZipError(ValueError):
    """An archive larger than is ever needed, or packed in a way that is not read; the text begins "it is"."""


def opened(data: bytes) -> zipfile.ZipFile:
    """Open an archive to read. Raises ZipError for a directory that is too large, else whatever zipfile does.

    zipfile makes an object of each entry before it can be asked how many there are. There are no more than places in
    the data that look like one.
    """
    places = [each.start() for each in islice(_ENTRY.finditer(data), MAX_MEMBERS + 1)]
    if len(places) > MAX_MEMBERS:
        raise ZipError(f"it is a zip archive of more than {MAX_MEMBERS} members")
    heads = (data[place + 28 : place + 34] for place in places)
    if sum(sum(struct.unpack("<3H", head)) for head in heads if len(head) == 6) > MAX_DIRECTORY_BYTES:
        raise ZipError(f"it is a zip archive with a directory of more than {MAX_DIRECTORY_BYTES >> 10} KB")
    return zipfile.ZipFile(io.BytesIO(data))


def member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Read a member of at most so many bytes, and check its CRC. Raises ZipError, else whatever zipfile does.

    It is unpacked as far as its directory says and no further: what it says may be a lie.
    """
    size = archive.getinfo(name).file_size
    if size > most:
        raise ZipError(f"it is a zip archive with a member larger than {most} bytes")
    with stream(archive, name) as file:
        return file.read(size + 1)  # with no number zipfile unpacks all that there is


def stream(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a member to be read piece by piece. Raises ZipError, else whatever zipfile does, also while it is read.

    It may hold more than its directory says: whoever reads it has to stop.
    """
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise ZipError("it is a zip archive with a password")
    if info.compress_type not in _METHODS:
        raise ZipError("it is a zip archive that is packed in an unusual way")
    return archive.open(info)
