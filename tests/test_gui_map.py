"""The map as a hand and an eye meet it: what stands on the screen, and what clicks, drags, the wheel and keys do."""

import itertools
import tkinter as tk

import numpy as np
import pytest
from PIL import ImageGrab

from vae_explorer.gui.views.map.cloud import Cloud
from vae_explorer.gui.views.map.viewport import Viewport
from vae_explorer.pictures import scatter
from vae_explorer.settings import Settings


class Map:
    """The map of a window, by places of its plane."""

    def __init__(self, window):
        self.window, self.view = window, window.app.workspace.tabs.view("map")
        self.chart, self.session, self.hand = self.view.chart, window.session, window.hand
        self.canvas = self.chart.canvas
        self.hand.pump()

    def at(self, xy):
        """The pixel of the screen of a place of the plane."""
        x, y = self.chart.view.to_pixels(xy)
        return round(self.canvas.winfo_rootx() + x), round(self.canvas.winfo_rooty() + y)

    def click(self, xy, *more):
        self.hand.do("mousemove", *self.at(xy), "click", *more, 1)

    def drag(self, start, end):
        """Drag by steps from one place to another; where they are on the screen is asked once."""
        (x, y), (u, v) = self.at(start), self.at(end)
        self.hand.press(x, y)
        for share in (0.2, 0.6, 1):
            self.hand.move(x + share * (u - x), y + share * (v - y))

    def picture(self):
        """The pixels of the plane, (h, w, 3), less the line of the focus."""
        return self.window.look(self.canvas).astype(int)

    @property
    def tolerance(self):
        return 1 / self.chart.view.scale.min()  # a pixel

    @property
    def place(self):
        return self.chart.plane.project(self.window.z)[0]

    def off(self):
        """The part of z off the plane, (D,)."""
        axes = self.chart.plane.axes
        away = np.array(self.window.z) - self.chart.plane.origin
        return away - axes.T @ (axes @ away)


@pytest.fixture
def opened(window):
    """A function that opens the map of a model of D dimensions."""

    def open_map(latent_dim=2, **options):
        settings = options.pop("settings", Settings(motion=False))
        return Map(window(latent_dim, settings=settings, **options))

    return open_map


Z6 = (0.1, -0.2, 0.5, 0.3, -0.4, 0.2)


# ---------------------------------------------------------------------------------------------------- what is seen


def test_each_digit_is_a_dot_of_the_colour_of_its_class(opened):
    seen = opened(2, z=(0.9, -1.2))
    seen.session.commit(map_dims=(0, 1))
    seen.hand.pump()
    atlas, picture = seen.session.space.atlas, seen.picture()
    pixels = seen.chart.view.to_pixels(atlas.mu)
    apart = [np.sort(np.hypot(*(pixels - each).T))[1] > 12 for each in pixels]
    found = 0
    for (x, y), label in zip(pixels[apart], atlas.label[apart], strict=True):
        if 4 < x < picture.shape[1] - 4 and 4 < y < picture.shape[0] - 4:
            found += (picture[int(y), int(x)] == scatter.CLASS_COLOURS[label]).all()
    assert found >= 0.8 * sum(apart) > 8  # the others lie under names


def test_a_dot_of_z1_lies_higher_when_z1_is_larger(opened):
    seen = opened(2)
    seen.session.commit(map_dims=(0, 1))
    seen.hand.pump()
    assert seen.at((0, 1))[1] < seen.at((0, 0))[1] and seen.at((1, 0))[0] > seen.at((0, 0))[0]


@pytest.mark.parametrize("dims", [None, (0, 1)])
def test_the_names_of_the_classes_stand_apart(opened, dims):
    seen = opened(2)
    seen.session.commit(map_dims=dims)
    seen.hand.pump()
    canvas = seen.canvas
    texts = [item for item in canvas.find_all() if canvas.type(item) == "text"]
    assert sorted(canvas.itemcget(item, "text") for item in texts) == [str(k) for k in range(10)]
    boxes = [canvas.bbox(item) for item in texts]
    for (a, b, c, d), (e, f, g, h) in itertools.combinations(boxes, 2):
        assert c <= e or g <= a or d <= f or h <= b


def test_a_class_has_the_name_that_the_model_gives_it(window, model):
    names = tuple(f"class {k}" for k in range(10))
    seen = Map(window(weights=model(2, names=names)))
    texts = {seen.canvas.itemcget(each, "text") for each in seen.canvas.find_all() if seen.canvas.type(each) == "text"}
    assert texts == set(names)


def ring_is_at(seen, xy):
    x, y = (round(n) for n in seen.chart.view.to_pixels(xy))
    square = seen.picture()[y - 12 : y + 13, x - 12 : x + 13]
    return (square[12, [3, 21]] == 255).all() and (square[[3, 21], 12] == 255).all()


def test_a_ring_stands_where_z_is_and_follows_it(opened):
    seen = opened(2, z=(0.3, 0.2))
    seen.session.commit(map_dims=(0, 1))
    seen.hand.pump()
    assert ring_is_at(seen, (0.3, 0.2)) and not ring_is_at(seen, (-0.4, 0.6))
    seen.session.preview(z=(-0.4, 0.6))
    seen.hand.pump()
    assert ring_is_at(seen, (-0.4, 0.6)) and not ring_is_at(seen, (0.3, 0.2))


def test_the_picture_is_not_drawn_again_when_z_moves(opened, monkeypatch):
    seen, drawn = opened(6), []
    monkeypatch.setattr(Cloud, "draw", lambda *_args: drawn.append(1))
    for k in range(5):
        seen.session.preview(z=(k / 10,) * 6)
        seen.hand.pump()
    assert not drawn
    seen.session.commit(map_dims=(1, 2))
    seen.hand.pump()
    assert len(drawn) == 1


@pytest.mark.parametrize("move", [(13, -7), (-40, 25), (0, 9), (-300, 400)])
def test_a_pan_shows_what_a_fresh_picture_would(plain, move):
    draw = np.random.default_rng(0)
    xy, labels = draw.normal(size=(400, 2)), draw.integers(0, 3, 400).astype(np.uint8)
    names = {label: str(label) for label in range(3)}
    shown = []
    for fresh in (False, True):
        canvas = tk.Canvas(plain.root, width=260, height=220, highlightthickness=0)
        canvas.grid()
        plain.hand.pump()
        cloud, view = Cloud(canvas, plain.theme, labels, names), Viewport.around(xy, (260, 220)).zoomed(3, (9, 9))
        if not fresh:
            cloud.draw(xy, view)
        cloud.draw(xy, view.panned(*move))
        plain.hand.pump()
        left, top = canvas.winfo_rootx(), canvas.winfo_rooty()
        shown.append(np.asarray(ImageGrab.grab((left, top, left + 260, top + 220)).convert("RGB")))
        canvas.destroy()
    assert len(np.unique(shown[0].reshape(-1, 3), axis=0)) > 5
    np.testing.assert_array_equal(*shown)


def test_without_an_atlas_it_says_what_is_missing(window, bare):
    opened = window(weights=bare)
    opened.app.show_tab("map")
    view = opened.app.workspace.tabs.view("map")
    (label,) = view.widget.winfo_children()
    assert "needs atlas.npz, the encoded digits: there is none beside the decoder" in label.cget("text")
    opened.session.commit(z=(1.0,) * 6)
    opened.hand.pump()
    assert view.chart is None and label.winfo_ismapped()


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_it_is_whole_in_the_smallest_window(opened, latent_dim):
    seen = opened(latent_dim, z=(3.0,) * latent_dim, size=(960, 600))
    seen.hand.pump()
    frame = seen.view.widget
    right, bottom = frame.winfo_rootx() + frame.winfo_width(), frame.winfo_rooty() + frame.winfo_height()

    def whole(widget):
        assert widget.winfo_width() >= widget.winfo_reqwidth() and widget.winfo_height() >= widget.winfo_reqheight()
        assert widget.winfo_rootx() + widget.winfo_width() <= right
        assert widget.winfo_rooty() + widget.winfo_height() <= bottom

    lines = frame.winfo_children()[1:]
    for widget in (each for line in lines for each in line.winfo_children()):
        whole(widget)
    assert seen.canvas.winfo_height() > 250


# -------------------------------------------------------------------------------------------- what the mouse does


@pytest.mark.parametrize("dims", [None, (4, 1)])
def test_a_click_goes_there_and_keeps_what_is_off_the_plane(opened, dims):
    seen = opened(6, z=Z6)
    seen.session.commit(map_dims=dims)
    seen.hand.pump()
    off = seen.off()
    assert np.linalg.norm(off) > 0.1
    seen.click((-0.45, 0.6))
    np.testing.assert_allclose(seen.place, (-0.45, 0.6), atol=seen.tolerance)
    np.testing.assert_allclose(seen.off(), off, atol=1e-9)
    assert seen.canvas is seen.window.root.focus_get()
    seen.session.undo()
    assert seen.window.z == Z6


def test_dragging_the_ring_moves_z_live_as_one_step(opened):
    seen = opened(6, z=Z6)
    off, start = seen.off(), seen.place
    seen.drag(start, (0.5, -0.5))
    np.testing.assert_allclose(seen.place, (0.5, -0.5), atol=2 * seen.tolerance)
    assert seen.window.z != Z6
    seen.hand.release()
    np.testing.assert_allclose(seen.off(), off, atol=1e-9)
    dragged = seen.window.z
    seen.hand.key("Right")
    assert seen.window.z != dragged
    seen.session.undo()
    assert seen.window.z == dragged
    seen.session.undo()
    assert seen.window.z == Z6 and not seen.session.can_undo


def test_dragging_anywhere_else_pans_and_moves_nothing_else(opened):
    seen = opened(6, z=Z6)
    away = np.add(seen.place, 0.5)
    before = seen.at((0, 0))
    seen.drag(away, away - (0.3, 0.2))
    seen.hand.release()
    after = seen.at((0, 0))
    moved = np.array([-0.3, 0.2]) * seen.chart.view.scale
    np.testing.assert_allclose(np.subtract(after, before), moved, atol=2)
    assert seen.window.z == Z6 and not seen.session.can_undo
    assert ring_is_at(seen, seen.place)


def test_a_hand_that_trembles_still_clicks(opened):
    seen = opened(2, z=(0.0, 0.0))
    x, y = seen.at((0.6, 0.6))
    before = seen.chart.view.centre
    seen.hand.press(x, y)
    seen.hand.move(x + 2, y - 1)
    seen.hand.release()
    np.testing.assert_allclose(seen.place, (0.6, 0.6), atol=seen.tolerance)
    np.testing.assert_array_equal(seen.chart.view.centre, before)


def test_a_drag_right_after_a_click_is_no_double_click(opened):
    seen = opened(2, z=(0.0, 0.0))
    seen.click((0.5, 0.5))
    seen.drag((0.5, 0.5), (-0.4, 0.3))
    seen.hand.release()
    np.testing.assert_allclose(seen.place, (-0.4, 0.3), atol=2 * seen.tolerance)


def test_a_pan_right_after_a_click_is_no_double_click(opened):
    seen = opened(2, z=(0.0, 0.0), settings=Settings(motion=True))
    view = seen.chart.view
    x, y = seen.at((0.5, 0.5))
    seen.hand.do("mousemove", x, y, "click", 1, "mousedown", 1)
    seen.hand.move(x + 30, y)
    seen.hand.release()
    assert seen.chart.view.centre[0] == pytest.approx(view.centre[0] - 30 / view.scale[0])
    seen.hand.until(lambda: not seen.window.app.desk.motion.moving)
    np.testing.assert_allclose(seen.place, (0.5, 0.5), atol=seen.tolerance)


@pytest.mark.parametrize("delay", [1, 60])
@pytest.mark.parametrize("motion", [False, True])
def test_a_double_click_shows_the_whole_again_and_leaves_z_alone(opened, motion, delay):
    seen = opened(6, z=Z6, settings=Settings(motion=motion))
    first = seen.chart.view.to_pixels([(0, 0), (1, 1)])
    x, y = seen.at((0.5, 0.5))
    seen.hand.do("mousemove", x, y, "click", 4, "click", 4)
    assert abs(seen.chart.view.to_pixels([(0, 0), (1, 1)]) - first).max() > 5
    seen.hand.do("click", "--repeat", 2, "--delay", delay, 1)
    assert seen.window.z == Z6 and not seen.session.can_undo
    np.testing.assert_allclose(seen.chart.view.to_pixels([(0, 0), (1, 1)]), first)
    seen.hand.pump()
    assert seen.window.z == Z6 and not seen.window.app.desk.motion.moving


def test_a_double_click_before_the_first_frame_of_a_transition_moves_nothing(opened, monkeypatch):
    seen = opened(6, z=Z6, settings=Settings(motion=True))
    with monkeypatch.context() as clock:
        clock.setattr("vae_explorer.gui.desk.motion.time.monotonic", lambda: 5.0)
        seen.hand.do("mousemove", *seen.at((0.5, 0.5)), "click", "--repeat", 2, "--delay", 1, 1)
        assert not seen.window.app.desk.motion.moving
    seen.hand.pump()
    assert seen.window.z == Z6 and not seen.session.can_undo


def test_the_wheel_zooms_around_the_pointer_within_bounds(opened):
    seen = opened(2)
    spot, scale = seen.at((0.4, -0.3)), seen.chart.view.scale[0]
    corner = seen.canvas.winfo_rootx(), seen.canvas.winfo_rooty()
    place = seen.chart.view.to_plane(np.subtract(spot, corner))
    seen.hand.do("mousemove", *spot, "click", 4)
    assert seen.chart.view.scale[0] > 1.1 * scale and abs(np.subtract(seen.at(place), spot)).max() <= 1
    seen.hand.do("click", "--repeat", 40, "--delay", 1, 4)
    assert seen.chart.view.scale[0] < 100 * scale and abs(np.subtract(seen.at(place), spot)).max() <= 1
    seen.hand.do("click", "--repeat", 60, "--delay", 1, 5)
    assert scale / 4 < seen.chart.view.scale[0] < scale
    middle = seen.chart.view.to_pixels(np.median(seen.session.space.atlas.mu @ seen.chart.plane.axes.T, 0))
    assert (middle > 0).all() and (middle < (seen.canvas.winfo_width(), seen.canvas.winfo_height())).all()


def test_shift_and_a_click_go_to_the_nearest_digit_in_all_dimensions(opened):
    seen = opened(6, z=Z6)
    seen.hand.do("keydown", "shift")
    try:
        seen.click((0.3, 0.4))
    finally:
        seen.hand.do("keyup", "shift")
    aim = seen.chart.plane.origin + seen.chart.plane.axes.T @ (0.3, 0.4)
    seen_off = np.array(Z6) - seen.chart.plane.origin
    aim += seen_off - seen.chart.plane.axes.T @ (seen.chart.plane.axes @ seen_off)
    distances = [np.linalg.norm(mu - aim) for mu in seen.session.space.atlas.mu]
    np.testing.assert_allclose(seen.window.z, seen.session.space.atlas.mu[int(np.argmin(distances))], atol=1e-6)


def glimpse(seen):
    """The picture (56, 56) beside the pointer."""
    x, y = seen.window.root.winfo_pointerxy()
    left, top = x - seen.canvas.winfo_rootx() + 16, y - seen.canvas.winfo_rooty() + 16
    return seen.picture()[top : top + 56, left : left + 56]


def test_the_digit_under_the_pointer_shows_beside_it_until_it_leaves(opened):
    seen = opened(6, z=Z6)
    for place in ((-0.6, 0.4), (-0.2, 0.7)):
        seen.hand.move(*seen.at(place))
        z = np.array(Z6) + (seen.chart.plane.axes.T @ (np.array(place) - seen.place))
        expected = np.rint((seen.session.space.codec.decode(z)[0, 0] + 1) * 127.5).repeat(2, 0).repeat(2, 1)
        found = glimpse(seen)
        assert abs(found[..., 0] - expected).mean() < 3  # a pixel of the screen is a small step in z
        assert expected.std() > 20
    assert seen.window.z == Z6
    seen.hand.move(5, 5)
    kinds = [
        seen.canvas.type(each) for each in seen.canvas.find_all() if seen.canvas.itemcget(each, "state") == "hidden"
    ]
    assert sorted({*kinds} - {"line"}) == ["image", "rectangle"]  # lines are those of ways that are not there


def test_the_digit_under_the_pointer_changes_when_z_moves_off_the_plane(opened):
    seen = opened(6, z=Z6)
    seen.hand.move(*seen.at((-0.6, 0.4)))
    before = glimpse(seen)
    direction = np.linalg.svd(seen.chart.plane.axes)[2][-1]
    seen.session.commit(z=tuple(np.array(Z6) + 2 * direction))
    seen.hand.pump()
    assert abs(glimpse(seen) - before).mean() > 5


def test_beyond_the_bounds_z_stays_within_them(opened):
    seen = opened(2, z=(9.95, 9.0))
    seen.session.commit(map_dims=(0, 1))
    seen.hand.pump()
    seen.canvas.focus_force()
    seen.hand.key("Right", "Right")
    assert seen.window.z == (10.0, 9.0)


# ---------------------------------------------------------------------------------------------- what the keys do


def test_arrows_move_z_in_the_plane_and_shift_moves_it_finely(opened):
    seen = opened(6, z=Z6)
    off, start = seen.off(), seen.place
    seen.canvas.focus_force()
    seen.hand.key("Right", "Right", "Up", "shift+Left", "shift+Down")
    np.testing.assert_allclose(seen.place - start, (0.19, 0.09), atol=1e-9)
    np.testing.assert_allclose(seen.off(), off, atol=1e-9)
    seen.session.undo()
    np.testing.assert_allclose(seen.place - start, (0.19, 0.1), atol=1e-9)


def test_plus_and_minus_zoom_around_z(opened):
    seen = opened(2, z=(0.4, 0.2))
    seen.canvas.focus_force()
    spot, scale = seen.at(seen.place), seen.chart.view.scale[0]
    seen.hand.key("plus", "equal")
    assert seen.chart.view.scale[0] > 1.4 * scale and abs(np.subtract(seen.at(seen.place), spot)).max() <= 1
    seen.hand.key("minus", "minus", "minus")
    assert seen.chart.view.scale[0] < scale


def test_return_goes_to_the_nearest_digit(opened):
    seen = opened(6, z=Z6)
    seen.canvas.focus_force()
    seen.hand.key("Return")
    distances = [np.linalg.norm(mu - Z6) for mu in seen.session.space.atlas.mu]
    np.testing.assert_allclose(seen.window.z, seen.session.space.atlas.mu[int(np.argmin(distances))], atol=1e-6)


def test_the_button_shows_the_whole_again(opened):
    seen = opened(2)
    before = seen.at((1, 1))
    seen.canvas.focus_force()
    seen.hand.key("plus")
    assert seen.at((1, 1)) != before
    seen.hand.click(seen.view.fit)
    assert seen.at((1, 1)) == before


def test_tab_leads_through_the_map_and_the_focus_is_seen(opened):
    seen = opened(6)
    seen.hand.move(5, 5)
    before = seen.picture()
    seen.canvas.focus_force()
    seen.hand.pump()
    assert abs(seen.picture()[0] - before[0]).sum(-1).min() > 60
    order = []
    for _ in range(4):
        seen.hand.key("Tab")
        order.append(seen.window.root.focus_get())
    assert order == [*seen.view.axes.boxes, seen.view.layers.widget, seen.view.fit]


# --------------------------------------------------------------------------------------------------- which plane


def test_two_dimensions_are_chosen_by_keys_and_undone(opened):
    seen = opened(6, z=Z6)
    first, second = seen.view.axes.boxes
    assert (first.get(), second.get()) == ("principal", "–")
    first.focus_force()
    seen.hand.key("Down")
    seen.hand.key("Down", "Return")
    assert seen.session.state.map_dims == (0, 1) and (first.get(), second.get()) == ("z0", "z1")
    np.testing.assert_allclose(seen.place, Z6[:2])
    seen.session.undo()
    seen.hand.pump()
    assert (first.get(), second.get()) == ("principal", "–")
    np.testing.assert_allclose(seen.chart.plane.axes, seen.session.space.atlas.principal_plane.axes)


def test_each_plane_keeps_the_view_that_it_had(opened):
    seen = opened(6)
    seen.canvas.focus_force()
    seen.hand.key("plus", "plus")
    before = seen.at((0.2, 0.3))
    seen.session.commit(map_dims=(2, 3))
    seen.hand.pump()
    assert seen.chart.view.zoom == 1
    seen.session.undo()
    seen.hand.pump()
    assert seen.at((0.2, 0.3)) == before


def test_how_far_z_is_off_the_plane_is_told_live(opened):
    seen = opened(6, z=(3.0, 4.0, 0.6, 0.0, 0.8, 0.0))
    seen.session.commit(map_dims=(0, 1))
    seen.hand.pump()
    texts = [
        each.cget("text") for each in seen.view.axes.widget.master.winfo_children() if each.winfo_class() == "TLabel"
    ]
    assert texts == ["1.00 off plane"]
    seen.session.preview(z=(3.0, 4.0, 0.6, 0.0, 0.0, 0.0))
    seen.hand.pump()
    (label,) = (each for each in seen.view.axes.widget.master.winfo_children() if each.winfo_class() == "TLabel")
    assert label.cget("text") == "0.60 off plane"


def test_nothing_is_drawn_for_what_the_map_does_not_show_or_behind_another_tab(opened, monkeypatch):
    seen, drawn = opened(2), []
    monkeypatch.setattr(Cloud, "draw", lambda *_args: drawn.append(1))
    seen.session.commit(order="kl")
    seen.hand.pump()
    seen.window.app.show_tab("plane")
    seen.session.commit(z=(1.0, 1.0))
    seen.hand.pump()
    assert not drawn
    seen.session.commit(map_dims=(0, 1))  # brings it to the front
    seen.hand.pump()
    assert drawn and seen.view.axes.boxes[0].get() == "z0"


def test_a_larger_window_shows_the_same_middle(opened):
    seen = opened(2, size=(960, 600))
    seen.canvas.focus_force()
    seen.hand.key("plus", "plus")
    middle, scale = seen.chart.view.centre, seen.chart.view.scale[0]
    seen.window.root.geometry("1500x1000")
    seen.hand.until(lambda: seen.canvas.winfo_height() > 700)
    seen.hand.pump()
    np.testing.assert_array_equal(seen.chart.view.centre, middle)
    assert seen.chart.view.scale[0] > scale and ring_is_at(seen, seen.place)


# ----------------------------------------------------------------------------------------------- one dimension


def test_one_dimension_has_a_lane_for_each_class(opened):
    seen = opened(1, z=(-9.0,))
    seen.hand.move(5, 5)
    atlas, picture = seen.session.space.atlas, seen.picture()
    lane = picture.shape[0] / 10
    for label in range(10):
        rows = picture[round(label * lane) + 1 : round((label + 1) * lane) - 1, 60:-8]
        found = 60 + np.flatnonzero((rows == scatter.CLASS_COLOURS[label]).all(-1).any(0))
        mu = np.array([(x, 0) for x in atlas.mu[atlas.label == label, 0]])
        expected = seen.chart.view.to_pixels(mu)[:, 0]
        expected = expected[(expected > 60) & (expected < picture.shape[1] - 8)]
        for x in expected:
            assert abs(found - x).min() < 9, "a digit has no bar"
        for x in found:
            assert abs(expected - x).min() < 9, "a bar has no digit"


def test_one_dimension_is_moved_by_clicks_drags_and_keys(opened):
    seen = opened(1, z=(0.0,))
    seen.click((0.5, 0))
    assert seen.window.z[0] == pytest.approx(0.5, abs=seen.tolerance)
    seen.drag((0.5, 0), (-0.4, 0))
    seen.hand.release()
    assert seen.window.z[0] == pytest.approx(-0.4, abs=2 * seen.tolerance)
    before = seen.window.z[0]
    seen.hand.key("Up", "Right")
    assert seen.window.z[0] == pytest.approx(before + 0.1)
    x = round(seen.chart.view.to_pixels((seen.window.z[0], 0))[0])
    assert (seen.picture()[20:-20, x] == 255).all()
    assert seen.view.axes is None


def test_the_rulers_of_the_smallest_window_have_several_values(window):
    opened = window(6)
    rulers = opened.app.workspace.tabs.view("map").chart.widget.winfo_children()
    texts = [
        [each.itemcget(item, "text") for item in each.find_all() if each.type(item) == "text"]
        for each in rulers
        if each is not opened.app.workspace.tabs.view("map").chart.canvas
    ]
    assert len(texts) == 2 and all(len(each) >= 3 for each in texts), "the name of the axis, and at least two values"
