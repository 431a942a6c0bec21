"""gzip from strangers, unpacked piece by piece, so that whoever reads can end where a bomb begins.

The format is that of RFC 1952. Knows nothing of what is in it.
"""

import zlib
from collections.abc import Iterator
from typing import IO

MAGIC = b"\x1f\x8b"
CHUNK_BYTES = 1 << 16
SLACK_BYTES = 1 << 20  # a gzip file is no longer than what it unpacks to and so much; those of noise are 0.03 % longer


class _Packed:
    """A file that is read on only while it is not much longer than what came of it.

    out: the bytes that came of it so far.
    """

    def __init__(self, file: IO[bytes], read: int) -> None:
        self._file, self._read, self.out = file, read, 0

    def more(self) -> bytes:
        """Read a piece of 64 KB at most, b"" at the end. Raises zlib.error."""
        chunk = self._file.read(CHUNK_BYTES)
        self._read += len(chunk)
        if self._read > self.out + SLACK_BYTES:
            raise zlib.error("it is much longer than what it unpacks to")
        return chunk


def unpacked(file: IO[bytes], packed: bytes) -> Iterator[bytes]:
    """Unpack gzip (RFC 1952): its members one after another, each with its CRC, to the zeros that may follow them.

    packed: the first bytes of the file, which were read already. The pieces are of 64 KB at most. Python's own reader
    takes the name in a header byte by byte, and an empty member like any other: 50 MB of either take it a minute.
    Raises EOFError where the file is cut short, zlib.error, OSError.
    """
    rest = _Packed(file, len(packed))
    while packed:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while not member.eof:
            packed = packed or rest.more()
            if not packed:
                raise EOFError
            piece = member.decompress(packed, CHUNK_BYTES)
            packed = member.unconsumed_tail
            rest.out += len(piece)
            if piece:
                yield piece
        packed = member.unused_data.lstrip(b"\0")
        while not packed and (chunk := rest.more()):
            packed = chunk.lstrip(b"\0")
