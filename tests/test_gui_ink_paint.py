"""The ink of a stroke, as arrays."""

import numpy as np
import pytest

from vae_explorer.datasets.strokes import Stroke, coverage
from vae_explorer.gui.views.canvas import enlarge, lookup_table
from vae_explorer.gui.views.ink.paint import Paint

SHAPE = 20, 36
RADIUS = 2.0
WHITE, BLUE = "#ffffff", "#1f5fbf"
LINE = (5.0, 5.0), (15.0, 8.0), (30.5, 19.0)


def painted(*points, ink=WHITE, shape=SHAPE):
    paint = Paint(shape, RADIUS, ink, BLUE)
    for point in points:
        paint.add(point)
    return paint


def seen(paint, levels, scale):
    """What is seen of grey levels under the ink, as RGBA."""
    words = enlarge(levels, scale, lookup_table("gray"))
    return paint.over(words, 0, 0, scale).view(np.uint8).reshape(*words.shape, 4)


def test_what_is_painted_point_by_point_is_what_the_whole_line_covers():
    np.testing.assert_allclose(painted(*LINE).mask, coverage(Stroke(LINE, RADIUS), SHAPE), atol=1e-5)


def test_each_point_tells_which_part_it_has_changed():
    paint = painted(LINE[0])
    for point in LINE[1:]:
        before = paint.mask.copy()
        where = paint.add(point)
        changed = paint.mask != before
        assert changed[where].any() and changed.sum() == changed[where].sum()
    assert (paint.mask[paint.box] > 0).sum() == (paint.mask > 0).sum() and paint.last == LINE[-1]


@pytest.mark.parametrize("point", [(0.0, 0.0), (36.0, 20.0), (36.0, 0.0)])
def test_ink_at_the_rim_stays_in_the_picture(point):
    paint = painted(point)
    assert 0 < paint.mask.sum() < np.pi * (RADIUS + 1) ** 2
    assert (seen(paint, np.zeros(SHAPE, np.uint8), 3) != (0, 0, 0, 255)).any()


def test_the_digit_is_seen_through_the_ink_and_a_line_of_its_own_colour_is_around_it():
    levels, scale = np.full((20, 20), 100, np.uint8), 10
    shown = seen(painted((10.0, 10.0), shape=(20, 20)), levels, scale)
    assert tuple(shown[0, 0]) == (100, 100, 100, 255), "beside it nothing changes"
    assert 100 < shown[100, 100, 0] < 255, "the ink is a tint"
    assert tuple(shown[100, round(100 + RADIUS * scale)]) == (0x1F, 0x5F, 0xBF, 255)
    darker = seen(painted((10.0, 10.0), ink="#000000", shape=(20, 20)), levels, scale)
    assert darker[100, 100, 0] < 100


def test_ink_of_no_strength_is_not_seen():
    paint, levels = painted(*LINE), np.full(SHAPE, 77, np.uint8)
    paint.strength = 0.0
    assert (seen(paint, levels, 4) == (77, 77, 77, 255)).all()


def test_a_part_shows_what_the_whole_does_at_every_scale():
    paint, levels = painted(*LINE), np.arange(720, dtype=np.uint16).reshape(SHAPE).astype(np.uint8)
    for scale in (4, 7, 1):
        whole = seen(paint, levels, scale)
        words = enlarge(levels[3:9, 2:20], scale, lookup_table("gray"))
        part = paint.over(words, 3 * scale, 2 * scale, scale).view(np.uint8).reshape(*words.shape, 4)
        np.testing.assert_array_equal(part, whole[3 * scale : 9 * scale, 2 * scale : 20 * scale])


def test_what_is_painted_after_it_was_enlarged_is_enlarged_too():
    early, late, levels = painted(*LINE), painted(LINE[0]), np.zeros(SHAPE, np.uint8)
    seen(late, levels, 5)
    for point in LINE[1:]:
        late.add(point)
    assert abs(seen(early, levels, 5).astype(int) - seen(late, levels, 5)).max() <= 1
