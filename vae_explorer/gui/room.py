"""Where the window stands on its screen, and what gives way where there is too little room. Arithmetic: knows no Tk.

The menu, the shelf and the status line never give way. What does, from first to last:

1. the window, which is as large as it was last, or USUAL, only where the screen has that much room for it;
2. the size of text and controls: to where all columns have their place if it can be read then, else to the usual one;
3. the sliders, which scroll, and the pictures, which shrink;
4. the tabs on the right. The status line says that they are missing, and how wide the window must be.
"""

from typing import NamedTuple

USUAL = 1180, 760  # pixels of the design
WHOLE = 960, 600  # pixels of the design: smaller, something has no place
LEAST = 640, 480  # pixels of the design: smaller, there is no place for the digit
READABLE = 0.8  # a scale: of text of 8 points

Size = tuple[int, int]


class Area(NamedTuple):
    """A rectangle of the screen, in pixels from its left and its top."""

    x: int
    y: int
    width: int
    height: int


class Frame(NamedTuple):
    """How many pixels a window manager, and the menu at the top, add on each side of what is in the window."""

    left: int
    top: int
    right: int
    bottom: int


def inner(area: Area, frame: Frame) -> Area:
    """Give what is left of the part of the screen without panels for that which is in the window."""
    return Area(
        area.x + frame.left,
        area.y + frame.top,
        max(1, area.width - frame.left - frame.right),
        max(1, area.height - frame.top - frame.bottom),
    )


def scaled(size: Size, scale: float) -> Size:
    """Turn pixels of the design into pixels of the screen."""
    return round(size[0] * scale), round(size[1] * scale)


def fits(size: Size, room: Size) -> bool:
    """Whether a size is no larger than the room for it."""
    return size[0] <= room[0] and size[1] <= room[1]


def within(size: Size, room: Size) -> Size:
    """Give a size, or as much of it as there is room for."""
    return min(size[0], room[0]), min(size[1], room[1])


def scale_for(wanted: float, room: Size) -> float:
    """Give the scale that is wanted, or the largest in which the whole window has room.

    Where that is too small to read, 1 at most: LEAST is defined for it.
    """
    whole = min(room[0] / WHOLE[0], room[1] / WHOLE[1])
    return min(wanted, whole if whole >= READABLE else 1.0)


def moved(place: Area, room: Area) -> Area:
    """Move a window, as little as needed, so that all that is in it lies where there is room; never to the left or
    above of that."""
    x = max(room.x, min(place.x, room.x + room.width - place.width))
    y = max(room.y, min(place.y, room.y + room.height - place.height))
    return place._replace(x=x, y=y)
