"""Shapes that ttk has no element for, as pictures of Tk's: thumbs, rings, the line under a tab. Knows pixels only."""

import tkinter as tk
from functools import cache

Rows = list[list[str]]  # the colours of a picture, #rrggbb, from top to bottom
FINE = 4  # samples on a side of a pixel, where an edge is smoothed


def picture(root: tk.Misc, name: str, rows: Rows) -> str:
    """Make a picture of Tk's own, which lives as long as the window; give its name."""
    root.tk.call("image", "create", "photo", name, "-width", len(rows[0]), "-height", len(rows))
    root.tk.call(name, "put", rows)
    return name


def lined(line: int, ground: str, colour: str, ring: bool) -> Rows:
    """A square with a line at its bottom, or around it, to be stretched between its edges."""
    edge, inner = [colour] * (3 * line), [colour if ring else ground] * line
    row = [*inner, *[ground] * line, *inner]
    return [edge if ring else row] * line + [row] * line + [edge] * line


def rounded(width: int, height: int, radius: int, fill: str, ground: str) -> Rows:
    """Draw a rectangle whose corners are quarters of a circle, and smooth: of the ground as much as is seen of it."""
    return [[blend(fill, ground, _covered(x, y, width, height, radius)) for x in range(width)] for y in range(height)]


@cache  # the thumbs are of two sizes, and a start draws five of them
def _covered(x: int, y: int, width: int, height: int, radius: int) -> float:
    """Give the part of a pixel that lies within a rectangle with such corners."""
    if radius <= x < width - radius or radius <= y < height - radius:
        return 1.0
    hits = 0
    steps = [(k + 0.5) / FINE for k in range(FINE)]
    for dx in steps:
        for dy in steps:
            right = max(radius - (x + dx), x + dx - (width - radius), 0)
            down = max(radius - (y + dy), y + dy - (height - radius), 0)
            hits += right**2 + down**2 <= radius**2
    return hits / FINE**2


def ring(width: int, height: int, radius: int, edge: int, colour: str, ground: str) -> Rows:
    """Draw the edge of such a rectangle."""
    edge = max(1, edge)
    rows = rounded(width, height, radius, colour, ground)
    inner = rounded(width - 2 * edge, height - 2 * edge, max(1, radius - edge), ground, colour)
    for y, row in enumerate(inner, edge):
        rows[y][edge : edge + len(row)] = row
    return rows


@cache
def blend(over: str, under: str, share: float) -> str:
    """Mix two colours, #rrggbb; share is how much of the first, 0 to 1."""
    parts = ((int(over[k : k + 2], 16), int(under[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)
