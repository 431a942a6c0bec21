"""The ink of one stroke: how much of each pixel it covers, and how that is seen over the digit. Knows arrays; no model,
no window."""

import numpy as np

from vae_explorer.datasets.strokes import EDGE, PEN, Point, Points, Stroke, coverage
from vae_explorer.gui.views.canvas import Rectangle, Words, sizes
from vae_explorer.images import DIGIT, Floats, Shape

# Pixels of the picture, from the middle of a stroke to where it covers half: for the digit's ink as for a line of
# MNIST's training digits, as of the pad's pen; for the ground, enough to cover such a line.
RADII = {True: PEN, False: 2.2}
TINT = 0.3  # of the ink's colour, so that what the model makes of it is seen through it
LINE = 1.0  # pixels of the screen, from the middle of the line around the ink to its edge


def radius(ink: bool, shape: Shape) -> float:
    """How far a stroke reaches in pictures of a shape, (C, H, W): in large ones as far in proportion."""
    return RADII[ink] * max(1.0, max(shape[1:]) / max(DIGIT))


class Paint:
    """mask: how much of each pixel is painted, (H, W) in [0, 1]. strength: how much of the ink is seen, 1 at first."""

    def __init__(self, shape: tuple[int, int], radius: float, ink: str, line: str) -> None:
        """shape: (H, W) of the picture. radius: of the brush, in its pixels. ink, line: the colours of the ink and of
        the line around it, #rrggbb."""
        self.mask: Floats = np.zeros(shape, np.float32)
        self.strength = 1.0
        self._radius = radius
        self._points: list[Point] = []
        self._ink, self._line = _colour(ink), _colour(line)
        self._scale, self._cover = 1.0, self.mask  # the same, enlarged

    @property
    def last(self) -> Point:
        """Where the brush has come to, (x, y) in pixels of the picture."""
        return self._points[-1]

    def add(self, point: Point) -> Rectangle:
        """Paint on to a point, (x, y) in pixels of the picture; give the part of the picture that changes."""
        piece = [*self._points[-1:], point]
        self._points.append(point)
        if self._cover is not self.mask:
            self._draw(piece, self._cover, self._scale)
        return self._draw(piece, self.mask, 1)

    @property
    def box(self) -> Rectangle:
        """The part of the picture that is painted."""
        return self._around(np.array(self._points), self.mask.shape, 1)

    def over(self, words: Words, top: int, left: int, scale: float) -> Words:
        """Give what is seen of a part of the digit with the ink over it: what is covered is tinted, with a line around
        it. As `canvas.Veil`."""
        if scale != self._scale:
            self._enlarge(scale)
        height, width = words.shape
        cover = self._cover[top : top + height, left : left + width]
        seen = words.copy().view(np.uint8).reshape(height, width, 4)
        for where, colour, share in (
            (cover > 0.5, self._ink, TINT),
            (np.abs(cover - 0.5) < LINE / (EDGE * scale), self._line, 1.0),  # it falls from 1 to 0 over EDGE
        ):
            seen[where] = np.rint(seen[where] + self.strength * share * (colour - seen[where]))
        there: Words = seen.view(np.uint32)[..., 0]
        return there

    def _enlarge(self, scale: float) -> None:
        """Paint all again, so many times as large."""
        height, width = self.mask.shape
        wide, high = sizes((width, height), scale)
        self._scale, self._cover = scale, np.zeros((high, wide), np.float32)
        self._draw(self._points, self._cover, scale)

    def _draw(self, points: list[Point], cover: Floats, scale: float) -> Rectangle:
        """Cover what lies along points, in a picture enlarged `scale` times; give the part that changes."""
        line = np.array(points)
        where = self._around(line, cover.shape, scale)
        rows, columns = where
        moved = line - np.array([columns.start, rows.start]) / scale
        piece = Stroke(tuple((x, y) for x, y in moved.tolist()), self._radius)
        cover[where] = np.maximum(cover[where], coverage(piece, cover[where].shape, scale))
        return where

    def _around(self, points: Points, shape: tuple[int, ...], scale: float) -> Rectangle:
        """The rows and columns of a picture, enlarged `scale` times, that ink along points, (n, 2), can reach."""
        reach = self._radius + EDGE / 2
        low = np.floor((points.min(0) - reach) * scale).astype(int).tolist()
        high = np.ceil((points.max(0) + reach) * scale).astype(int).tolist()
        across, down = (slice(max(0, a), min(most, b)) for a, b, most in zip(low, high, shape[::-1], strict=True))
        return down, across


def _colour(text: str) -> Floats:
    """#rrggbb as RGBA, (4,) of 0 to 255."""
    return np.frombuffer(bytes.fromhex(text[1:] + "ff"), np.uint8).astype(np.float32)
