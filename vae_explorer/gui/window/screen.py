"""What Tk and the X server tell of the screen: the part that panels leave free, and what stands around a window.

Tk on Windows and macOS knows the largest window that the screen has room for. On X11 it knows the whole screen only;
the part without panels stands in the property _NET_WORKAREA of the root window (Extended Window Manager Hints), where
the window manager keeps it. Tk reads no properties and `xprop` is on few machines, so the library of X is asked, which
is there wherever Tk is.
"""

import ctypes
import re
import tkinter as tk

from vae_explorer.gui.room import Area, Frame


def area(root: tk.Tk) -> Area:
    """Give the part of the screen without panels, as far as the system tells it, else the whole screen."""
    if not is_x11(root):
        return Area(0, 0, *root.maxsize())
    whole = Area(0, 0, root.winfo_screenwidth(), root.winfo_screenheight())
    return next(iter(work_areas(root.winfo_screen())), whole)


def frame(root: tk.Tk) -> Frame:
    """Give what stands around the window: the menu, and what a window manager has added, once it is on the screen."""
    if not is_x11(root):
        return Frame(0, 0, 0, 0)  # Tk's largest window leaves room for them
    if not root.winfo_ismapped():
        return Frame(0, menu_height(root), 0, 0)
    x, y = (int(part) for part in re.findall(r"[+](-?\d+)", root.geometry()))  # of all; winfo_x is of the inner
    side = max(0, root.winfo_rootx() - x)
    return Frame(side, max(menu_height(root), root.winfo_rooty() - y), side, side)


def menu_height(root: tk.Tk) -> int:
    """Give the height of the menu bar, which on X11 is a clone of the menu above what Tk calls the window."""
    if not is_x11(root) or not root["menu"]:
        return 0
    return int(root.tk.call("winfo", "reqheight", f".#{root['menu'].removeprefix('.')}"))


def is_x11(root: tk.Misc) -> bool:
    """Whether a window is on an X server, as on Linux."""
    return str(root.tk.call("tk", "windowingsystem")) == "x11"


def work_areas(display: str) -> list[Area]:
    """Give the part without panels of each desktop, that in use first; [] where no window manager says so."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:  # a Tk that was linked in another way
        return []
    x11.XOpenDisplay.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    if not connection:
        return []
    try:
        numbers = _cardinals(x11, connection, b"_NET_WORKAREA")
        current = next(iter(_cardinals(x11, connection, b"_NET_CURRENT_DESKTOP")), 0)
    finally:
        x11.XCloseDisplay(connection)
    areas = [Area(*numbers[k : k + 4]) for k in range(0, len(numbers) - 3, 4)]
    return [each for each in areas[current:] + areas[:current] if each.width > 0 and each.height > 0]


def _cardinals(x11: ctypes.CDLL, connection: ctypes.c_void_p, name: bytes) -> list[int]:
    """Read a property of the root window that is a list of numbers; [] where there is none."""
    x11.XInternAtom.restype = x11.XDefaultRootWindow.restype = ctypes.c_ulong
    atom = ctypes.c_ulong(x11.XInternAtom(connection, name, False))
    window = ctypes.c_ulong(x11.XDefaultRootWindow(connection))
    kind, width, count, after = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
    data = ctypes.POINTER(ctypes.c_ulong)()  # Xlib gives numbers of 32 bits as longs
    first, most, cardinal = ctypes.c_long(0), ctypes.c_long(1 << 10), ctypes.c_ulong(6)  # XA_CARDINAL
    x11.XGetWindowProperty(
        connection, window, atom, first, most, False, cardinal,
        *map(ctypes.byref, (kind, width, count, after, data)),
    )  # fmt: skip
    numbers = data[: count.value] if data and width.value == 32 else []
    if data:
        x11.XFree(data)
    return numbers
