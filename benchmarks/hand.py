"""A hand of its own process: real X events at an even rate, through the server's XTEST extension.

`python -m benchmarks.hand RATE key Right Left …` or `… move X,Y X,Y …` with the first mouse button held. It
prints when it sent its first and its last event, seconds of the monotonic clock. xdotool cannot keep a rate.
"""

import ctypes
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

BEFORE_S, AFTER_S = 0.05, 0.3  # around the events: what starts and ends does not compete with the window


def main(rate: float, kind: str, words: list[str]) -> None:
    """Send one event for each word, each seen by the server before the next."""
    x11, xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XStringToKeysym.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    acts = list(_keys(x11, xtst, display, words) if kind == "key" else _moves(xtst, display, words))
    start, sent = time.monotonic() + BEFORE_S, []
    for k, act in enumerate(acts):
        time.sleep(max(0.0, start + k / rate - time.monotonic()))
        act()
        x11.XSync(display, 0)
        sent.append(time.monotonic())
    time.sleep(AFTER_S)
    if kind == "move":
        xtst.XTestFakeButtonEvent(display, 1, 0, 0)
    x11.XSync(display, 0)
    print(sent[0], sent[-1])


def _keys(
    x11: ctypes.CDLL, xtst: ctypes.CDLL, display: ctypes.c_void_p, names: list[str]
) -> Iterator[Callable[[], None]]:
    for name in names:
        code = x11.XKeysymToKeycode(display, ctypes.c_ulong(x11.XStringToKeysym(name.encode())))

        def press(code: int = code) -> None:
            xtst.XTestFakeKeyEvent(display, code, 1, 0)
            xtst.XTestFakeKeyEvent(display, code, 0, 0)

        yield press


def _moves(xtst: ctypes.CDLL, display: ctypes.c_void_p, places: list[str]) -> Iterator[Callable[[], object]]:
    for k, place in enumerate(places):
        x, y = map(int, place.split(","))
        if k == 0:  # the button goes down where the drag begins
            xtst.XTestFakeMotionEvent(display, -1, x, y, 0)
            xtst.XTestFakeButtonEvent(display, 1, 1, 0)
        yield partial(xtst.XTestFakeMotionEvent, display, -1, x, y, 0)


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2], sys.argv[3:])
