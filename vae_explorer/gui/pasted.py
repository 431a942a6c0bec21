"""What is on X11's clipboard, told by a program of its own: a picture, or else text.

Whoever owns the clipboard is asked for it, and may be slow, silent or endless. Tk waits for it inside of whatever asks;
so it is not the window that does. This program may be ended at any time. Knows Tk's selections, as they are in
Tk 8.6's tkUnixSelect.c; what they are called is in the Inter-Client Communication Conventions Manual, section 2.
"""

import re
import sys
import tkinter as tk
from contextlib import suppress

MAX_BYTES = 20_000_000  # of a picture, as of one in a file

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif")  # the first of these that is offered
TEXTS = ("UTF8_STRING", "STRING")
TOO_LARGE = "it is too large for that; save it, and open the file"
MAX_MEMORY = 1 << 30  # bytes; Tk takes whatever comes
MAX_TEXT = 10_000_000  # characters, more than `session.points` reads


def main() -> None:
    """Write what there is to stdout: "picture" or "text", a line feed, and its bytes, none where there is nothing.

    Of an error the last line on stderr is the reason.
    """
    _limit_memory()
    kind, data = _found(tk.Tk())
    sys.stdout.buffer.write(kind + b"\n" + data)


def _found(root: tk.Tk) -> tuple[bytes, bytes]:
    root.withdraw()
    offered: tuple[str, ...] = ()
    with suppress(tk.TclError):  # where nobody owns it
        offered = root.tk.splitlist(_get(root, "TARGETS"))
    for name in PICTURES:
        if name in offered:
            return b"picture", _picture(root, name)
    for name in TEXTS:
        with suppress(tk.TclError):
            return b"text", _get(root, name)[:MAX_TEXT].encode(errors="replace")
    return b"text", b""


def _picture(root: tk.Tk, name: str) -> bytes:
    try:
        numbers = _get(root, name)
    except tk.TclError:  # of more than 400 kB, where its owner sends it in one piece
        sys.exit(TOO_LARGE)
    if len(numbers) > len("0xff ") * MAX_BYTES:
        sys.exit(TOO_LARGE)
    return _bytes(numbers)


def _get(root: tk.Tk, kind: str) -> str:
    return str(root.tk.call("selection", "get", "-selection", "CLIPBOARD", "-type", kind))


def _bytes(numbers: str) -> bytes:
    """Turn Tk's list of hexadecimal numbers, such as "0x89 0x50 0xa", into bytes."""
    return bytes.fromhex(re.sub(r"0x(?=.( |$))", "0", numbers).replace("0x", ""))


def _limit_memory() -> None:
    """Let Tk end this program where more comes than any picture takes."""
    with suppress(ImportError):
        import resource

        for limit, most in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CORE, 0)):
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
