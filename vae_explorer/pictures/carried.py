"""The text of a recipe in the file of a picture: where PNG, GIF, SVG and PDF have it. Knows bytes, no recipes.

The files are strangers', so no more of them is read than a recipe of ours can take. The chunks of a PNG are those of
its specification (third edition, section 5), the blocks of a GIF those of GIF89a (sections 15 to 24), the strings of a
PDF those of ISO 32000-1 (section 7.3.4.2). An SVG has Dublin Core's description, as matplotlib writes it.
"""

import html
import io
import os
import re
import struct
import zlib
from collections.abc import Callable
from typing import BinaryIO

KEY = "recipe"  # of the PNG's text
MAX_TEXT = 300_000  # characters; 256 dimensions take 6,000, a picture of 256 × 256 pixels in colour 262,000
MAX_CHUNKS = 10_000  # ours come before the pixels; a program that saves again may put them after

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = KEY.encode() + b"\0"
_DESCRIPTION = re.compile("<dc:description>({[^<]*)</dc:description>")
_KEYWORDS = re.compile(rb"/Keywords \(({[^\\()]*(?:\\.[^\\()]*)*)\)", re.DOTALL)


class OtherFormatError(ValueError):
    """A file that is no picture of the format that its name says."""


def of_png(file: BinaryIO) -> str | None:
    """Find the text of the recipe among the chunks of a PNG; None where there is none. Raises ValueError.

    Read by hand, not by Pillow, which unpacks whatever other texts and profiles a stranger's file has on the way
    and warns of sizes that do not matter here.
    """
    if file.read(len(_SIGNATURE)) != _SIGNATURE:
        raise OtherFormatError("it is not a PNG")
    for _ in range(MAX_CHUNKS):
        start = file.read(8)
        if len(start) < 8:  # also after IEND
            break
        length, kind = struct.unpack(">I4s", start)
        after = file.tell() + length + 4
        if kind in (b"tEXt", b"zTXt") and file.read(len(_HEAD)) == _HEAD:
            body = file.read(max(0, min(length - len(_HEAD), MAX_TEXT)))
            if file.read(4) != struct.pack(">I", zlib.crc32(kind + _HEAD + body)):
                raise ValueError("its recipe is damaged, or much longer than any of ours.")
            return (body if kind == b"tEXt" else _unpacked(body)).decode("latin-1")
        file.seek(after)
    return None


def of_gif(file: BinaryIO) -> str | None:
    """Find the text of the recipe among the comments of a GIF; None where there is none. Raises ValueError.

    Ours comes before the first picture. No more is read than it can take; Pillow would read the longest comment, and
    look through a file without pictures to its end.
    """
    head = io.BytesIO(file.read(2 * MAX_TEXT))
    start = head.read(13)
    if start[:6] not in (b"GIF87a", b"GIF89a"):
        raise OtherFormatError("it is not a GIF")
    if start[10:11] >= b"\x80":  # there is a table of colours
        head.seek(3 * 2 ** ((start[10] & 7) + 1), io.SEEK_CUR)
    while (kind := head.read(2))[:1] == b"!":
        body = b"".join(iter(lambda: head.read(int.from_bytes(head.read(1))), b""))
        if kind == b"!\xfe" and body.startswith(b"{"):
            return body.decode("latin-1")
    return None


def of_svg(file: BinaryIO) -> str | None:
    """Find the text of the recipe in the description of an SVG, which comes before the drawing; None for none."""
    head = file.read(2 * MAX_TEXT).decode("utf-8", "replace")
    if "<svg" not in head:
        raise OtherFormatError("it is not an SVG")
    found = _DESCRIPTION.search(head)
    return html.unescape(found[1]) if found else None


def of_pdf(file: BinaryIO) -> str | None:
    """Find the text of the recipe among what a PDF says of itself, which comes last; None where there is none."""
    if file.read(5) != b"%PDF-":
        raise OtherFormatError("it is not a PDF")
    file.seek(max(0, file.seek(0, os.SEEK_END) - 2 * MAX_TEXT))
    found = _KEYWORDS.search(file.read())
    return re.sub(rb"\\(.)", rb"\1", found[1]).decode("latin-1") if found else None


def _unpacked(body: bytes) -> bytes:
    """Unpack a zTXt, which some programs make of our text when they save again; no further than is read."""
    try:
        return zlib.decompressobj().decompress(body[1:], MAX_TEXT + 1)
    except zlib.error as error:
        raise ValueError("its recipe is damaged.") from error


FIND: dict[str, Callable[[BinaryIO], str | None]] = {".png": of_png, ".gif": of_gif, ".svg": of_svg, ".pdf": of_pdf}
