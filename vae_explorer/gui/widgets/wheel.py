"""The wheel, and two fingers on a touchpad: each notch that they turn is one event, <<WheelUp>> and its like.

A gesture belongs to what it began on, until it rests: a list that scrolls brings sliders under the pointer, which
nobody means to move. A widget takes the wheel by binding one of the EVENTS, itself or its class. Knows Tk only.
"""

import sys
import tkinter as tk
from contextlib import suppress
from math import inf, trunc

EVENTS = "<<WheelUp>>", "<<WheelDown>>", "<<WheelLeft>>", "<<WheelRight>>"
REST_MS = 500  # between two notches of one gesture, at most; Chromium waits as long
NOTCH = 120  # the delta of a notch, by which finer wheels count in parts
TOUCHED = 30  # pixels of a touchpad that are a notch
_BUTTONS = {4: (0, 1), 5: (0, -1), 6: (-1, 0), 7: (1, 0)}  # on X11 before Tk 8.7: how far right and up
_SHIFT = 0x1  # of an event's state: the wheel turns sideways


class Wheel:
    """Hears the wheel wherever the pointer is in the windows of a program."""

    def __init__(self, root: tk.Misc) -> None:
        self._root, self._tk = root, root.tk
        self._target = ""  # of the last gesture; nothing where it began on nothing that takes the wheel
        self._at = -inf  # when its last notch came, in ms of the X server's clock or its like
        self._due = [0.0, 0.0]  # parts of notches, right and up
        for sequence in ("<MouseWheel>", "<Button>", "<TouchpadScroll>"):
            with suppress(tk.TclError):  # no Tk before 9 knows a touchpad
                root.bind_all(sequence, self._hear)

    def _hear(self, event: "tk.Event[tk.Misc]") -> None:
        turned = notches(event)
        if not any(turned):
            return  # a click
        if not 0 <= event.time - self._at <= REST_MS or (self._target and not self._seen(self._target)):
            self._target, self._due = self._taker(str(event.widget)), [0.0, 0.0]
        self._at = event.time
        for axis, (forth, back) in enumerate((("<<WheelRight>>", "<<WheelLeft>>"), ("<<WheelUp>>", "<<WheelDown>>"))):
            self._due[axis] += turned[axis]
            whole = trunc(self._due[axis])
            self._due[axis] -= whole
            for _ in range(abs(whole)):
                self._generate(forth if whole > 0 else back, event)

    def _generate(self, name: str, event: "tk.Event[tk.Misc]") -> None:
        """Make one event of a notch, as if the pointer were still over the target."""
        if self._target:
            left, top = (int(self._tk.call("winfo", what, self._target)) for what in ("rootx", "rooty"))
            place = "-x", event.x_root - left, "-y", event.y_root - top, "-state", event.state
            self._tk.call("event", "generate", self._target, name, *place)

    def _seen(self, path: str) -> bool:
        call, truth = self._tk.call, self._tk.getboolean
        return truth(call("winfo", "exists", path)) and truth(call("winfo", "viewable", path))

    def _taker(self, path: str) -> str:
        """The innermost of a widget and those around it that takes the wheel."""
        call = self._tk.call
        while path:
            tags = path, call("winfo", "class", path)
            if any(call("bind", tag, name) for tag in tags for name in EVENTS):
                return path
            path = "" if str(call("winfo", "toplevel", path)) == path else str(call("winfo", "parent", path))
        return ""


def notches(event: "tk.Event[tk.Misc]") -> tuple[float, float]:
    """Tell how far right and how far up an event turns, in notches; (0, 0) of a click."""
    right, up = _BUTTONS.get(event.num, (0.0, 0.0))
    if event.type == tk.EventType.MouseWheel:
        up = _ups(event.delta)
    elif event.type != tk.EventType.Button:  # a touchpad packs both ways into one number: tk::PreciseScrollDeltas
        return _signed(event.delta >> 16) / -TOUCHED, _signed(event.delta) / TOUCHED
    return (-up, 0.0) if up and int(event.state) & _SHIFT else (right, up)


def _ups(delta: int) -> float:
    if sys.platform == "darwin" and tk.TkVersion < 8.7:  # where delta is a speed
        return (delta > 0) - (delta < 0)
    return delta / NOTCH


def _signed(number: int) -> int:
    """Read the last 16 bits."""
    return ((number & 0xFFFF) ^ 0x8000) - 0x8000
