"""Strokes by hand: where their ink lies, how thick it is, and how a drawing is made as large as MNIST's digits."""

import numpy as np
import pytest

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import CENTRE, EDGE, PEN, Stroke, coverage, drawn, fitted
from vae_explorer.images import BOX

BLACK = np.zeros((28, 28), np.uint8)
SLANTED = Stroke(((3.0, 4.0), (9.0, 6.0), (5.0, 11.0)))


def supersampled(stroke, n=16):
    """The coverage of a stroke, from n × n points in each pixel: an independent way, exact for hard edges."""
    at = (np.arange(28 * n) + 0.5) / n
    near = np.full((28 * n, 28 * n), np.inf)
    for (ax, ay), (bx, by) in zip(stroke.points[:-1], stroke.points[1:], strict=True):
        for t in np.linspace(0, 1, 200):
            near = np.minimum(near, np.hypot(at - (ax + t * (bx - ax)), at[:, None] - (ay + t * (by - ay))))
    return np.clip((stroke.radius - near) / EDGE + 0.5, 0, 1).reshape(28, n, 28, n).mean((1, 3))


def centre_of_mass(levels):
    mass, at = levels.astype(float), np.arange(28) + 0.5
    return np.array([mass.sum(0) @ at, mass.sum(1) @ at]) / mass.sum()


def test_a_stroke_covers_what_many_points_in_each_pixel_say():
    assert (
        abs(coverage(SLANTED, (28, 28)) - supersampled(SLANTED)).max() < 0.12
    )  # the middle of a pixel stands for all of it


def test_a_line_is_as_thick_as_its_radius_says():
    across = coverage(Stroke(((14.0, 2.0), (14.0, 26.0)), radius=2.0), (28, 28))[14]
    assert across.sum() == pytest.approx(4.0, abs=0.05)


def test_a_single_point_is_a_dot():
    dot = drawn([Stroke(((10.0, 8.0),))], BLACK)
    assert dot[7:9, 9:11].min() > 230 and not dot[:, 14:].any()


def test_an_enlarged_picture_has_the_same_strokes():
    large = drawn([SLANTED], np.zeros((280, 280), np.uint8), scale=10.0)
    small = large.reshape(28, 10, 28, 10).mean((1, 3))
    assert abs(small - drawn([SLANTED], BLACK)).max() < 0.12 * 255


def test_the_eraser_takes_away_only_what_was_drawn_before():
    line = Stroke(((4.0, 14.0), (24.0, 14.0)))
    hole = Stroke(((14.0, 14.0),), radius=3.0, erases=True)
    assert not drawn([line, hole], BLACK)[13:15, 13:15].any()
    assert drawn([hole, line], BLACK)[13:15, 13:15].min() == 255


def test_a_small_drawing_becomes_as_large_as_mnists_digits_with_lines_as_thick():
    small = [Stroke(((2.0, 2.0), (7.0, 2.0), (4.0, 9.0)))]
    levels = drawn(fitted(small), BLACK)
    rows, columns = np.flatnonzero((levels > 127).any(1)), np.flatnonzero((levels > 127).any(0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == pytest.approx(BOX - EDGE, abs=1)
    assert abs(centre_of_mass(levels) - CENTRE).max() < 0.1
    assert {each.radius for each in fitted(small)} == {PEN}


def test_what_was_erased_counts_neither_for_the_size_nor_for_the_place():
    kept = Stroke(((4.0, 4.0), (4.0, 14.0)))
    slip = Stroke(((20.0, 20.0), (26.0, 26.0)))
    gone = Stroke(((19.0, 19.0), (27.0, 27.0)), radius=4.0, erases=True)
    assert abs(drawn(fitted([kept, slip, gone]), BLACK).astype(int) - drawn(fitted([kept]), BLACK)).max() <= 1


def test_each_step_can_be_left_out():
    [placed] = fitted([SLANTED], size=False)
    assert np.ptp(np.array(placed.points), axis=0) == pytest.approx(np.ptp(np.array(SLANTED.points), axis=0))
    assert fitted([SLANTED], size=False, centre=False) == (SLANTED,)
    [large] = fitted([SLANTED], centre=False)
    assert np.array(large.points).min(0) + np.array(large.points).max(0) == pytest.approx([2 * CENTRE] * 2)


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        (Stroke(((5.0, 5.0),)),),
        (Stroke(((5.0, 5.0), (5.0, 5.0))),),
        (Stroke(((5.0, 5.0),), erases=True),),
        (Stroke(((-90.0, 5.0), (300.0, 5.0))),),
    ],
)
def test_any_strokes_give_a_picture(strokes):
    levels = Drawing(strokes=strokes).levels
    assert levels.shape == (28, 28) and levels.any() == any(not each.erases for each in strokes)


def test_strokes_over_a_picture_stay_where_they_are():
    brought = np.arange(784, dtype=np.uint8).reshape(28, 28)
    on_it = Drawing(brought.tobytes(), (SLANTED,))
    assert (on_it.levels == drawn([SLANTED], brought)).all()
    assert (Drawing.of(brought).levels == brought).all()
    assert Drawing().empty and not on_it.empty and not Drawing.of(brought).empty
