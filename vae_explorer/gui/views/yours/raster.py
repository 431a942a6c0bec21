"""A drawing in as many pixels as the pad has on the screen. Draws only what is new of it. Knows arrays; no window."""

from dataclasses import replace

import numpy as np

from vae_explorer.datasets import strokes
from vae_explorer.datasets.drawing import SHAPE, Drawing
from vae_explorer.datasets.strokes import EDGE, Stroke
from vae_explorer.images import Pixels

Box = tuple[int, int, int, int]  # left, top, right, bottom


class Raster:
    """levels: what is drawn, as grey levels (side, side)."""

    def __init__(self, side: int) -> None:
        self.levels: Pixels = np.zeros((side, side), np.uint8)
        self._drawing = Drawing()

    def draw(self, drawing: Drawing) -> list[Box]:
        """Draw what a drawing has more than the one before, or all of it; give the parts that were drawn on."""
        more, self._drawing = added(self._drawing, drawing), drawing
        if more is not None:
            return [self._stroke(each) for each in more]
        side = len(self.levels)
        at = (2 * np.arange(side) + 1) * SHAPE[-1] // (2 * side)  # each level an even square
        self.levels = drawing.below[at[:, None], at]
        for each in drawing.strokes:
            self._stroke(each)
        return [(0, 0, side, side)]

    def _stroke(self, stroke: Stroke) -> Box:
        side = len(self.levels)
        scale = side / SHAPE[-1]
        points = np.array(stroke.points)
        reach = (stroke.radius + EDGE / 2) * scale + 1
        low = np.clip(points.min(0) * scale - reach, 0, side).astype(int)
        high = np.clip(points.max(0) * scale + reach, 0, side).astype(int)
        (left, top), (right, bottom) = low.tolist(), high.tolist()
        part = self.levels[top:bottom, left:right]
        there = replace(stroke, points=tuple((x, y) for x, y in (points - low / scale).tolist()))
        part[...] = strokes.drawn([there], part, scale)
        return left, top, right, bottom


def added(before: Drawing, after: Drawing) -> list[Stroke] | None:
    """Give the strokes that a drawing has more than another, the last of which may have grown; None where they differ
    in another way."""
    count = len(before.strokes)
    if before.ground != after.ground or count > len(after.strokes):
        return None
    if after.strokes[:count] == before.strokes:
        return [*after.strokes[count:]]
    last, longer = before.strokes[-1], after.strokes[count - 1]
    begun = longer.points[: len(last.points)]
    if after.strokes[: count - 1] != before.strokes[:-1] or replace(longer, points=begun) != last:
        return None
    return [replace(longer, points=longer.points[len(begun) - 1 :]), *after.strokes[count:]]
