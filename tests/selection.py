"""A program that owns the clipboard of X11 as others than Tk's do: a browser gives bytes, of which Tk can give none.

`python selection.py KIND FILE [HOW]` offers a file's bytes as KIND, such as image/png, until somebody else owns the
clipboard. HOW: "whole" in one piece, "pieces" by the protocol for large ones (INCR), "silent" never. The messages are
those of the Inter-Client Communication Conventions Manual, sections 2.2 to 2.7; the structures those of Xlib.h.
"""

import sys
from contextlib import contextmanager
from ctypes import CDLL, POINTER, Structure, Union, byref, c_char_p, c_int, c_long, c_ulong, c_void_p, cast
from pathlib import Path
from subprocess import PIPE, Popen

PIECE = 60_000  # bytes
PROPERTY_NOTIFY, SELECTION_CLEAR, SELECTION_REQUEST, SELECTION_NOTIFY = 28, 29, 30, 31
PROPERTY_CHANGE_MASK, DELETED = 1 << 22, 1
ATOM = 4


class _Any(Structure):
    _fields_ = [("type", c_int), ("serial", c_ulong), ("sent", c_int), ("display", c_void_p), ("window", c_ulong)]


class _Request(Structure):
    _fields_ = [*_Any._fields_, ("requestor", c_ulong), ("selection", c_ulong), ("target", c_ulong),
                ("property", c_ulong), ("time", c_ulong)]  # fmt: skip


class _Notify(Structure):
    _fields_ = [*_Any._fields_[:4], ("requestor", c_ulong), ("selection", c_ulong), ("target", c_ulong),
                ("property", c_ulong), ("time", c_ulong)]  # fmt: skip


class _Property(Structure):
    _fields_ = [*_Any._fields_, ("atom", c_ulong), ("time", c_ulong), ("state", c_int)]


class _Event(Union):
    _fields_ = [
        ("any", _Any),
        ("request", _Request),
        ("notify", _Notify),
        ("property", _Property),
        ("pad", c_long * 24),
    ]


class Owner:
    """One window that owns the clipboard."""

    def __init__(self, kind: str, data: bytes, how: str) -> None:
        self._x = x = CDLL("libX11.so.6")
        x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = c_void_p, [c_char_p]
        x.XInternAtom.restype, x.XInternAtom.argtypes = c_ulong, [c_void_p, c_char_p, c_int]
        x.XDefaultRootWindow.restype, x.XDefaultRootWindow.argtypes = c_ulong, [c_void_p]
        x.XCreateSimpleWindow.restype = c_ulong
        x.XCreateSimpleWindow.argtypes = [c_void_p, c_ulong, *[c_int] * 5, c_ulong, c_ulong]
        x.XSetSelectionOwner.argtypes = [c_void_p, c_ulong, c_ulong, c_ulong]
        x.XChangeProperty.argtypes = [c_void_p, c_ulong, c_ulong, c_ulong, c_int, c_int, c_void_p, c_int]
        x.XSendEvent.argtypes = [c_void_p, c_ulong, c_int, c_long, POINTER(_Event)]
        x.XNextEvent.argtypes = [c_void_p, POINTER(_Event)]
        x.XSelectInput.argtypes = [c_void_p, c_ulong, c_long]
        x.XSync.argtypes = [c_void_p, c_int]
        self._display = x.XOpenDisplay(None)
        root = x.XDefaultRootWindow(self._display)
        self._window = x.XCreateSimpleWindow(self._display, root, 0, 0, 1, 1, 0, 0, 0)
        self._kind, self._data, self._how = self._atom(kind), data, how
        self._left: bytes | None = None  # what is still to be sent in pieces
        x.XSetSelectionOwner(self._display, self._atom("CLIPBOARD"), self._window, 0)
        x.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))

    def serve(self) -> None:
        """Answer until somebody else owns the clipboard."""
        event = _Event()
        while True:
            self._x.XNextEvent(self._display, byref(event))
            if event.any.type == SELECTION_CLEAR:
                return
            if event.any.type == SELECTION_REQUEST and self._how != "silent":
                self._answer(event.request)
            elif event.any.type == PROPERTY_NOTIFY and event.property.state == DELETED and self._left is not None:
                piece, self._left = self._left[:PIECE], self._left[PIECE:] or (b"" if self._left else None)
                self._put(event.property.window, event.property.atom, self._kind, 8, piece)

    def _answer(self, asked: _Request) -> None:
        window, to = asked.requestor, asked.property
        if asked.target == self._atom("TARGETS"):
            self._put(window, to, ATOM, 32, bytes(c_ulong(asked.target)) + bytes(c_ulong(self._kind)))
        elif asked.target != self._kind:
            to = 0
        elif self._how == "pieces":
            self._left = self._data
            self._x.XSelectInput(self._display, window, PROPERTY_CHANGE_MASK)
            self._put(window, to, self._atom("INCR"), 32, bytes(c_ulong(len(self._data))))
        else:
            self._put(window, to, self._kind, 8, self._data)
        told = _Event(notify=_Notify(SELECTION_NOTIFY, 0, 1, self._display, window, asked.selection, asked.target, to,
                                     asked.time))  # fmt: skip
        self._x.XSendEvent(self._display, window, 0, 0, byref(told))
        self._x.XSync(self._display, 0)

    def _put(self, window: int, to: int, kind: int, bits: int, data: bytes) -> None:
        count = len(data) // (8 if bits == 32 else 1)  # Xlib takes 32 bits as longs
        self._x.XChangeProperty(self._display, window, to, kind, bits, 0, cast(c_char_p(data), c_void_p), count)
        self._x.XSync(self._display, 0)


@contextmanager
def owned(kind: str, path: Path, how: str = "whole"):
    """Let another program own the clipboard meanwhile."""
    with Popen([sys.executable, __file__, kind, str(path), how], stdout=PIPE) as process:
        try:
            assert process.stdout.readline() == b"ready\n"
            yield
        finally:
            process.kill()


if __name__ == "__main__":
    owner = Owner(sys.argv[1], Path(sys.argv[2]).read_bytes(), sys.argv[3])
    print("ready", flush=True)
    owner.serve()
