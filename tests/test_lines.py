"""Lines of paper in masks that are drawn here."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from vae_explorer.datasets.lines import ruled

SIZE = 200


def drawn(*strokes: tuple[tuple[float, float, float, float], int]) -> np.ndarray:
    image = Image.new("1", (SIZE, SIZE))
    for ends, width in strokes:
        ImageDraw.Draw(image).line(ends, fill=1, width=width)
    return np.asarray(image)


STROKE = (100, 40, 100, 160), 14


@pytest.mark.parametrize("rise", [-50, -20, 0, 7, 50])
@pytest.mark.parametrize("width", [1, 3])
@pytest.mark.parametrize("upright", [False, True])
def test_a_line_through_the_picture_is_found_and_the_stroke_that_it_crosses_is_not(rise, width, upright):
    line, stroke = drawn(((0, 100 - rise / 2, SIZE, 100 + rise / 2), width)), drawn(STROKE)
    found = ruled((line | stroke).T if upright else line | stroke)
    found = found.T if upright else found
    assert not (found & stroke).sum() > 3 and (found & line & ~stroke).sum() > 0.97 * (line & ~stroke).sum()


def test_many_lines_are_found_at_once():
    lines = drawn(*(((0, y, SIZE, y + 6), 2) for y in range(10, 190, 20)))
    assert ruled(lines).sum() > 0.97 * lines.sum()


def test_strokes_are_no_lines_though_they_are_thin_and_straight():
    for strokes in ([((20, 60, 170, 60), 3)], [((60, 5, 120, 195), 3)], [((10, 40, 190, 40), 20)], [STROKE]):
        assert not ruled(drawn(*strokes)).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (19, 19), (30, 3)])
def test_nothing_is_found_in_what_is_too_small_to_tell(shape):
    assert not ruled(np.ones(shape, bool)).any()
