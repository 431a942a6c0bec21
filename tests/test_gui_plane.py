"""The plane of digits: what it shows, and going there by a real mouse and real keys."""

from dataclasses import replace

import numpy as np
import pytest

from vae_explorer.gui.widgets.tiles import tile_of
from vae_explorer.space import latent
from vae_explorer.storage.checkpoint import shipped

EVEN = np.linspace(-3, 3, 12)


def plane(opened, **changes):
    """Bring the plane to the front; give its view."""
    opened.session.commit(plane=replace(opened.session.state.plane, **changes))
    opened.app.show_tab("plane")
    opened.hand.pump()
    return opened.app.workspace.tabs.view("plane")


def spot(view, column, row):
    """Where on the screen the middle of a tile is."""
    left, top, right, bottom = view.tiles.box((column, row))
    return view.tiles.widget.winfo_rootx() + (left + right) // 2, view.tiles.widget.winfo_rooty() + (top + bottom) // 2


def click(opened, view, column, row):
    opened.hand.move(*spot(view, column, row))
    opened.hand.do("click", 1)


def marked(view):
    """The tile that has a line around it, None when none has."""
    canvas = view.tiles.widget
    if canvas.itemcget(view.tiles._mark, "state") == "hidden":
        return None
    left, top, right, bottom = canvas.coords(view.tiles._mark)
    return view.tiles.at(int(left + right) // 2, int(top + bottom) // 2)


@pytest.fixture
def decoded(monkeypatch):
    """A function that gives the list of how many points a window's model decodes at once from now on."""

    def watch(opened):
        sizes, codec = [], opened.session.space.codec
        decode = codec.decode
        monkeypatch.setattr(codec, "decode", lambda z: sizes.append(len(np.atleast_2d(z))) or decode(z))
        return sizes

    return watch


def test_it_opens_on_the_two_dimensions_that_tell_most(window):
    opened = window(weights=shipped())
    view = plane(opened)
    names = tuple(box.get() for box in view.axes.boxes)
    kl = opened.session.space.atlas.kl_per_dim
    assert names == tuple(f"z{dim}" for dim in sorted(np.argsort(kl)[-2:])) == ("z3", "z4")
    assert not opened.session.can_undo


@pytest.mark.parametrize("latent_dim", [2, 6, 20])
def test_each_tile_shows_what_its_place_decodes_to_and_the_axes_grow_to_the_right_and_upwards(window, latent_dim):
    opened = window(latent_dim)
    opened.session.commit(z=tuple(0.1 * dim for dim in range(latent_dim)))
    view = plane(opened, dims=(1, 0), count=3)
    shown = opened.look(view.tiles.widget)[..., 0]
    z = np.array(opened.z)
    for column, x in enumerate((-3, 0, 3)):
        for row, y in enumerate((-3, 0, 3)):
            z[[1, 0]] = x, y
            left, top, right, _ = view.tiles.box((column, row))
            middles = ((np.arange(1, 27) + 0.5) * (right - left) / 28).astype(int)  # beside the line around the mark
            expected = np.rint((opened.session.space.codec.decode(z)[0, 0, 1:27, 1:27] + 1) * 127.5)
            assert abs(shown[np.ix_(top + middles, left + middles)] - expected).max() <= 1


def test_a_click_on_a_tile_goes_there_as_one_step_and_leaves_the_other_dimensions(window):
    opened = window(6)
    opened.session.commit(z=(0.5,) * 6)
    view = plane(opened, dims=(4, 2), count=12)
    click(opened, view, 10, 3)
    assert opened.z == pytest.approx((0.5, 0.5, EVEN[3], 0.5, EVEN[10], 0.5))
    assert marked(view) == (10, 3)
    opened.hand.key("ctrl+z")
    assert opened.z == (0.5,) * 6


def test_a_click_beside_the_tiles_does_nothing(window):
    opened = window()
    view = plane(opened)
    opened.hand.move(view.tiles.widget.winfo_rootx() + 2, spot(view, 0, 0)[1])
    opened.hand.do("click", 1)
    assert opened.z == (0, 0)


def test_a_drag_goes_from_tile_to_tile_and_is_one_step(window):
    opened = window()
    view = plane(opened)
    opened.hand.press(*spot(view, 6, 6))
    seen = []
    for tile in ((7, 6), (8, 7), (9, 7)):
        opened.hand.move(*spot(view, *tile))
        seen.append(opened.z)
    opened.hand.move(spot(view, 11, 0)[0] + 500, spot(view, 11, 0)[1])  # beyond the rim: the tile at it
    opened.hand.release()
    np.testing.assert_allclose(seen, [(EVEN[7], EVEN[6]), (EVEN[8], EVEN[7]), (EVEN[9], EVEN[7])])
    assert opened.z == pytest.approx((3, -3))
    opened.session.commit(z=(1.0, 1.0))
    opened.hand.key("ctrl+z")
    assert opened.z == pytest.approx((3, -3)), "where it was let go it had come to rest"
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


def test_moving_in_the_plane_moves_only_the_mark_and_moving_off_it_decodes_again(window, decoded):
    opened = window(6)
    for dims in ((0, 1), None):
        view = plane(opened, dims=dims)
        sizes = decoded(opened)
        click(opened, view, 2, 9)
        assert marked(view) == (2, 9) and 144 not in sizes
        flat = opened.session.space.plane(dims)
        opened.session.commit(z=tuple(opened.z + np.linalg.svd(flat.axes)[2][-1]))  # at a right angle
        opened.hand.pump()
        assert sizes.count(144) == 1 and marked(view) == (2, 9)


def test_the_principal_plane_keeps_what_is_off_it(window):
    opened = window(6)
    opened.session.commit(z=(1.0, -1.0, 0.5, 2.0, 0.0, -0.5))
    principal = opened.session.space.atlas.principal_plane
    off = principal.off(opened.z)
    click(opened, plane(opened, dims=None, count=12), 4, 7)
    assert principal.project(opened.z)[0] == pytest.approx(EVEN[[4, 7]])
    assert principal.off(opened.z) == pytest.approx(off) and off > 0.1


def test_a_place_beyond_the_tiles_has_no_mark(window):
    opened = window()
    view = plane(opened)
    assert marked(view) is not None
    opened.session.commit(z=(4.0, 0.0))
    opened.hand.pump()
    assert marked(view) is None


def test_the_arrows_go_from_tile_to_tile_and_stop_at_the_rim(window):
    opened = window()
    view = plane(opened)
    click(opened, view, 10, 1)
    opened.hand.key("Right", "Up")
    assert opened.z == pytest.approx((EVEN[11], EVEN[2]))
    opened.hand.key("Right", "Down", "Down", "Down", "Left")
    assert opened.z == pytest.approx((EVEN[10], EVEN[0]))
    opened.hand.key("ctrl+z")
    assert opened.z == pytest.approx((EVEN[11], EVEN[0]))


def test_it_is_seen_that_the_tiles_have_the_focus(window):
    opened = window()
    view = plane(opened)
    before = opened.look(view.tiles.widget)
    view.tiles.widget.focus_set()
    opened.hand.pump()
    ring = (opened.look(view.tiles.widget) != before).any(2)
    assert (
        np.flatnonzero(ring.any(0)).min() < view.tiles._left
        and np.flatnonzero(ring.any(0)).max() >= view.tiles.box((11, 0))[2]
    )


def choose(opened, box, *keys):
    """Open the list of a combobox by its key and choose in it by keys."""
    box.focus_set()
    opened.hand.key("Down")
    opened.hand.key(*keys, "Return")


def test_the_controls_choose_axes_number_and_spacing_by_keys(window):
    opened = window(6)
    view = plane(opened, dims=(0, 1))
    choose(opened, view.axes.boxes[0], "ctrl+End")
    assert opened.session.state.plane.dims == (5, 1)
    choose(opened, view.axes.boxes[1], "ctrl+End")
    assert opened.session.state.plane.dims == (1, 5), "the same one twice: they change places"
    choose(opened, view.axes.boxes[0], "ctrl+Home")
    assert opened.session.state.plane.dims is None
    choose(opened, view.count, "Down")
    choose(opened, view.spacing, "Down")
    assert opened.session.state.plane.count == 16 and opened.session.state.plane.quantiles
    click(opened, view, 15, 0)
    x = opened.session.space.atlas.principal_plane.project(opened.z)[0]
    assert x == pytest.approx(latent.quantiles(16)[[15, 0]])
    opened.hand.key("ctrl+z", "ctrl+z", "ctrl+z")
    assert (view.count.get(), view.spacing.get(), view.axes.boxes[0].get()) == ("12 × 12", "even steps", "principal")


def test_without_an_atlas_the_principal_axes_are_not_offered(window, bare):
    opened = window(weights=bare)
    view = plane(opened)
    assert view.axes.boxes[0].cget("values") == tuple(f"z{dim}" for dim in range(6))
    click(opened, view, 0, 11)
    assert opened.z[:2] == pytest.approx((-3, 3))


def test_one_dimension_has_no_plane_and_it_is_said(window):
    opened = window(1)
    view = plane(opened)
    assert view.tiles is None
    assert [each.cget("text") for each in view.widget.winfo_children()] == [
        "A plane needs two dimensions; this model has one."
    ]


def test_the_status_line_tells_the_place_of_the_tile_under_the_pointer(window):
    opened = window()
    view = plane(opened, count=2)
    opened.hand.move(*spot(view, 1, 0))
    assert opened.said == "z0 +3.00, z1 −3.00"
    opened.hand.move(2, 2)
    assert opened.said == ""


def test_a_point_lies_on_the_tile_whose_values_are_nearest():
    values = np.array([-2.0, -1.0, 1.0, 2.0])
    draw = np.random.default_rng(0).uniform(-2.49, 2.49, (200, 2))
    for xy in draw:
        assert tile_of(xy, values) == tuple(abs(values - xy[:, None]).argmin(1))
    assert tile_of(np.array([2.6, 0.0]), values) is None and tile_of(np.array([0.0, -2.6]), values) is None
