"""The arithmetic of pan and zoom, by numbers worked out by hand."""

import numpy as np
import pytest

from vae_explorer.gui.views.map.viewport import MAX_ZOOM, MIN_ZOOM, Viewport, parted, ticks

VIEW = Viewport(np.array([-2.0, -1.0]), np.array([2.0, 1.0]), (400, 300), np.array([0.5, 0.25]))  # 100 pixels a unit


def test_points_stand_where_the_scale_of_each_axis_puts_them_and_up_is_up():
    assert VIEW.scale.tolist() == [100, 150]
    np.testing.assert_allclose(
        VIEW.to_pixels([(0.5, 0.25), (1.5, 0.25), (0.5, 1.25)]), [(200, 150), (300, 150), (200, 0)]
    )
    np.testing.assert_allclose(VIEW.to_plane([(200, 150), (400, 0)]), [(0.5, 0.25), (2.5, 1.25)])


def test_all_points_but_the_furthest_fit_in_at_first():
    xy = np.random.default_rng(0).normal((3, -1), (2, 0.5), (5000, 2))
    xy[0] = 1000, 1000
    view = Viewport.around(xy, (500, 300))
    pixels = view.to_pixels(xy)
    inside = ((pixels > 0) & (pixels < (500, 300))).all(1)
    assert 4980 <= inside.sum() < 5000 and np.ptp(pixels[inside], axis=0).max() > 400


@pytest.mark.parametrize(
    ("size", "filled"), [((400, 400), 1), ((400, 700), 1), ((400, 1200), 2 / 3), ((900, 300), 2 / 3)]
)
def test_the_points_fill_a_picture_of_any_shape_but_no_axis_is_stretched_more_than_twice(size, filled):
    view = Viewport.around(np.random.default_rng(0).uniform(-1, 1, (5000, 2)), size)
    edges = np.abs(view.to_pixels(view.high) - view.to_pixels(view.low))
    assert (edges <= np.array(size) + 1e-6).all() and view.scale.max() <= 2.001 * view.scale.min()
    assert edges.prod() / np.prod(size) == pytest.approx(filled, rel=0.02)


def test_one_point_alone_has_a_view():
    view = Viewport.around(np.array([[1.0, 2.0]]), (200, 100))
    np.testing.assert_allclose(view.to_pixels((1, 2)), (100, 50))
    assert np.isfinite(view.scale).all()


def test_a_pan_moves_the_picture_with_the_hand():
    before, after = VIEW.to_pixels((1, 1)), VIEW.panned(30, -20).to_pixels((1, 1))
    np.testing.assert_allclose(after - before, (30, -20))


def test_a_pan_never_leaves_the_points():
    far = VIEW.panned(-1e6, 1e6)
    np.testing.assert_allclose(far.centre, (2, 1))


def test_a_zoom_keeps_what_is_under_the_pointer():
    near = VIEW.zoomed(2.5, (90, 260))
    assert near.scale == pytest.approx([250, 375])
    np.testing.assert_allclose(near.to_plane((90, 260)), VIEW.to_plane((90, 260)))


@pytest.mark.parametrize(("factor", "bound"), [(1e9, MAX_ZOOM), (1e-9, MIN_ZOOM)])
def test_a_zoom_has_bounds_at_which_it_moves_nothing(factor, bound):
    end = VIEW.zoomed(factor, (200, 150))
    assert end.zoom == bound
    np.testing.assert_allclose(end.zoomed(factor, (90, 200)).centre, end.centre)


def test_the_whole_is_the_first_view_again():
    xy = np.random.default_rng(0).normal(size=(100, 2))
    first = Viewport.around(xy, (500, 300))
    again = first.zoomed(3, (1, 2)).panned(5, 5).whole()
    np.testing.assert_allclose(again.to_pixels(xy), first.to_pixels(xy))


def test_another_size_shows_the_same_middle():
    large = VIEW.resized((800, 600))
    assert large.scale.tolist() == [200, 300]
    np.testing.assert_allclose(large.to_plane((400, 300)), (0.5, 0.25))


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (-2.1, 2.1, 5, ["−2", "−1", "0", "1", "2"]),
        (-2.1, 2.1, 4, ["−2", "0", "2"]),
        (0.07, 0.42, 4, ["0.1", "0.2", "0.3", "0.4"]),
        (-0.013, 0.012, 3, ["−0.01", "0.00", "0.01"]),
        (-900, 1100, 2, ["0", "1000"]),
    ],
)
def test_ticks_are_round(low, high, most, expected):
    found = ticks(low, high, most)
    assert [text for _, text in found] == expected
    np.testing.assert_allclose([value for value, _ in found], [float(text.replace("−", "-")) for text in expected])


def test_boxes_that_overlap_are_parted_and_others_stay():
    places = [(50, 50), (55, 52), (50, 50), (200, 200)]
    sizes = np.array([(30, 20), (40, 20), (30, 20), (30, 20)], float)
    found = parted(places, sizes)
    for a in range(4):
        for b in range(a):
            assert (abs(found[a] - found[b]) >= (sizes[a] + sizes[b]) / 2 - 1).any()
    np.testing.assert_allclose(found[3], (200, 200), atol=0.01)
    assert abs(found[:3] - (52, 51)).max() < 45
