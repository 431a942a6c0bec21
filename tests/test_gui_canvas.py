"""The embedded canvas: what stands in its buffer and on the screen."""

import numpy as np
import pytest

from vae_explorer.gui.views.canvas import changed, enlarge, lookup_table, smooth
from vae_explorer.images import SIDE

RAMP = (np.arange(SIDE * SIDE) % 256).astype(np.uint8).reshape(SIDE, SIDE)


@pytest.mark.parametrize("scale", [1, 2, 17, 36])
def test_enlarging_makes_each_level_an_opaque_grey_square(scale):
    shown = enlarge(RAMP, scale, lookup_table("gray")).view(np.uint8).reshape(SIDE * scale, SIDE * scale, 4)
    expected = np.kron(RAMP, np.ones((scale, scale), np.uint8))
    assert (shown[..., :3] == expected[..., None]).all() and (shown[..., 3] == 255).all()


@pytest.mark.parametrize("shape", [(20, 36), (36, 20), (5, 8)])
def test_a_smooth_picture_that_is_no_square_is_smooth_alike_in_both_directions(shape):
    levels = RAMP.ravel()[: shape[0] * shape[1]].reshape(shape)
    shown = smooth(levels, 3, lookup_table("gray"))
    assert shown.shape == (3 * shape[0], 3 * shape[1])
    np.testing.assert_array_equal(shown.T, smooth(levels.T, 3, lookup_table("gray")))
    np.testing.assert_array_equal(shown[1::3, 1::3], enlarge(levels, 1, lookup_table("gray")))  # at the middles


@pytest.mark.parametrize("enlarged", [enlarge, smooth])
def test_the_channels_of_a_picture_in_colour_are_enlarged_as_grey_levels_are(enlarged):
    grey, colours = lookup_table("gray"), np.stack([RAMP, RAMP[::-1], RAMP.T], -1)
    shown = enlarged(colours, 3, lookup_table("viridis")).view(np.uint8).reshape(3 * SIDE, 3 * SIDE, 4)
    for k in range(3):
        alone = enlarged(np.ascontiguousarray(colours[..., k]), 3, grey).view(np.uint8).reshape(3 * SIDE, 3 * SIDE, 4)
        np.testing.assert_array_equal(shown[..., k], alone[..., 0])
    assert (shown[..., 3] == 255).all()


def test_a_pixel_has_changed_where_any_of_its_channels_has():
    before = np.zeros((9, 7, 3), np.uint8)
    after = before.copy()
    after[2, 3, 1] = after[4, 5, 2] = 1
    assert changed(before, after) == (slice(2, 5), slice(3, 6))


@pytest.mark.parametrize("size", [(640, 480), (701, 533), (960, 600), (1180, 760), (1920, 1080)])
def test_every_grey_level_is_on_the_screen_as_it_is(window, size):
    opened = window(size=size)
    opened.app.workspace.picture.digit.show(RAMP)
    opened.hand.pump()
    assert (opened.digit() == RAMP).all()


def test_a_full_draw_of_the_figure_keeps_the_digit(window):
    opened = window()
    opened.app.workspace.picture.digit.show(RAMP)
    opened.app.workspace.picture.digit.canvas.draw()
    opened.hand.pump()
    assert (opened.digit() == RAMP).all()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_around_the_digit_is_the_surface_of_the_theme(window, theme):
    from vae_explorer.gui.looks.theme import PALETTES

    opened = window(theme=theme)
    shown = opened.look(opened.app.workspace.picture.digit.widget)
    wanted = [int(PALETTES[theme].surface[k : k + 2], 16) for k in (1, 3, 5)]
    frame = np.concatenate([shown[:10].reshape(-1, 3), shown[-10:].reshape(-1, 3), shown[:, :10].reshape(-1, 3)])
    assert abs(frame.astype(int) - wanted).max() <= 1


def test_what_is_shown_before_there_is_a_place_for_it_is_shown_with_it(display, model):
    from conftest import Hand

    from vae_explorer.gui.options import Options
    from vae_explorer.gui.window import shell
    from vae_explorer.settings import Settings

    opened = shell.build(Options(weights=model(2), size=(960, 600), scale=1.0), Settings())
    try:
        opened.workspace.picture.digit.show(RAMP)
        assert opened.workspace.picture.digit.frames == 0 and not opened.workspace.picture.digit.ready
        Hand(opened.root).until(lambda: opened.workspace.picture.digit.ready)
    finally:
        opened.close()
    assert display


def test_the_canvas_takes_no_focus_so_that_the_space_bar_plays_from_the_start(window):
    opened = window(6)
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert opened.root.focus_get() is opened.root
    for button in (2, 3):
        opened.hand.click(opened.app.workspace.picture.digit.widget, button)
        assert opened.root.focus_get() is opened.root
    opened.hand.key("space")
    assert opened.app.workspace.tabs.selected == "path"


def test_a_dialog_keeps_the_focus_when_the_canvas_is_made_anew(window):
    opened = window()
    opened.app.panels.show_keys()
    opened.hand.pump()
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert str(opened.root.tk.call("focus")).startswith(".keys")
    opened.hand.key("Escape")
    assert "keys" not in opened.root.children


def test_a_canvas_that_goes_before_it_has_drawn_leaves_nothing_waiting(window):
    opened = window()
    for theme in ("dark", "light", "dark"):
        opened.app.workspace.picture.digit.canvas.draw_idle()
        opened.app.change(theme=theme)
        opened.hand.until(lambda: opened.app.workspace.ready)
    bound = [opened.root.bind(sequence) for sequence in ("<MouseWheel>", "<Destroy>")]
    assert not any("scroll_event" in each or "filter_destroy" in each for each in bound)
