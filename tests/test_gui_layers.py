"""Layers of the map and the plane: how they are switched, what each shows, and what is computed beside the window."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from vae_explorer.gui.views.map.marks import SIGMAS
from vae_explorer.gui.views.path.search import Search
from vae_explorer.pictures.scatter import BACKGROUND, class_colours
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.layers import AT_FIRST, LAYERS
from vae_explorer.session.state import Path
from vae_explorer.settings import Settings
from vae_explorer.space import field, paths

Z6 = (0.1, -0.2, 0.5, 0.3, -0.4, 0.2)


class Seen:
    """A window with the map, or another tab, in front."""

    def __init__(self, window, tab):
        self.window, self.hand, self.session, self.desk = window, window.hand, window.session, window.app.desk
        tabs = window.app.workspace.tabs
        self.view = tabs.view(tab)
        self.button = self.view.layers
        shaded = tabs.view("map").dressing, tabs.view("plane").tint
        self.painters = [each._painter for each in shaded if each is not None]
        self.rest()

    @property
    def chart(self):
        return self.view.chart

    def rest(self):
        """Let all be drawn, and all that is sought or computed be found."""
        self.hand.pump()
        self.hand.until(
            lambda: not self.desk.work.running and not any(each._starting.waiting for each in self.painters)
        )
        self.hand.pump()

    def commit(self, **changes):
        self.session.commit(**changes)
        self.rest()

    def switch(self, *names):
        for name in names:
            self.desk.layers.switch(name)
        self.rest()

    def picture(self):
        """The pixels of the map, (h, w, 3), inside the line of the focus."""
        return self.window.look(self.view.chart.canvas).astype(int)[3:-3, 3:-3]

    def tiles(self):
        """The pixels of the plane's tiles, (h, w, 3)."""
        tiles, shown = self.view.tiles, self.window.look(self.view.tiles.widget).astype(int)
        left, top, *_ = tiles.box((0, tiles._count - 1))
        _, _, right, bottom = tiles.box((tiles._count - 1, 0))
        return shown[top:bottom, left:right]

    def pixels(self, z):
        return self.chart.view.to_pixels(self.chart.plane.project(z)[0])

    def coords(self, line):
        """Where a line leads, (N, 2) in pixels; None where it is hidden."""
        canvas, item = self.chart.canvas, line.items[1]
        hidden = canvas.itemcget(item, "state") == "hidden"
        return None if hidden else np.array(canvas.coords(item)).reshape(-1, 2)


@pytest.fixture
def opened(window):
    """A function that opens a window on a model of D dimensions, with some layers on."""

    def open_tab(latent_dim=6, layers=AT_FIRST, tab="map", **options):
        layers = tuple(name for name in LAYERS if name in layers)
        return Seen(window(latent_dim, settings=Settings(motion=False, tab=tab, layers=layers), **options), tab)

    return open_tab


def a_path(space):
    return Path(*(Bookmark(str(label), space.class_mean(label)) for label in (0, 7)))


# ------------------------------------------------------------------------------------------------------ the button


def choose(seen, k, key="space"):
    """Choose the layer in a line of the menu, with the keys."""
    seen.button.widget.focus_set()
    seen.hand.key(key)
    seen.hand.key(*["Down"] * (k + 1), "Return")
    seen.rest()


def test_with_the_keys_a_layer_is_switched_and_remembered(opened):
    seen = opened()
    assert seen.window.app.settings.layers == AT_FIRST == ("points", "bookmarks", "ways", "posterior")
    before = seen.picture()
    choose(seen, 2)
    assert seen.window.app.settings.layers == ("points", "classes", "bookmarks", "ways", "posterior")
    assert (seen.picture() != before).any()
    choose(seen, 2, "Return")
    assert seen.window.app.settings.layers == AT_FIRST
    assert (seen.picture() == before).all()


def test_a_command_switches_a_layer_where_it_can_be_seen(opened):
    seen = opened()
    app = seen.window.app
    named, tabs = app.desk.actions, app.workspace.tabs
    for tab, layer, front in (("path", "classes", "map"), ("plane", "density", "plane"), ("plane", "ways", "map")):
        before = layer in app.settings.layers
        app.show_tab(tab)
        app.run(named[f"layer-{layer}"])
        assert tabs.selected == front
        assert (layer in app.settings.layers) != before == (not named[f"layer-{layer}"].checked(app.settings))
        seen.rest()


def test_what_is_switched_on_the_map_is_switched_on_the_plane_and_stays_with_another_theme(opened):
    seen = opened()
    seen.switch("classes")
    plane = seen.window.app.workspace.tabs.view("plane").layers
    assert [plane.menu.entrycget(k, "label") for k in range(2)] == [LAYERS["density"], LAYERS["classes"]]
    assert [each.get() for each in plane._on.values()] == [False, True]
    seen.window.app.change(theme="dark")
    seen.hand.until(lambda: seen.window.app.workspace.ready)
    again = Seen(seen.window, "map")
    assert again.button._on["classes"].get() and again.chart._ground._underlay is not None
    again.switch("classes")


def test_the_button_says_that_a_field_is_a_slice(opened):
    seen = opened()
    assert "slice through where you are" in seen.window.tooltip(seen.button.widget)


# ------------------------------------------------------------------------------------------------------ marks


def test_without_the_points_there_are_no_dots_and_no_names(opened):
    seen = opened(layers=())

    def coloured():
        return [(seen.picture() == each).all(-1).sum() for each in class_colours(np.arange(10))]

    assert coloured() == [0] * 10
    seen.switch("points")
    assert min(coloured()) > 20


def test_bookmarks_stand_at_their_places_with_their_names(opened):
    seen = opened(layers=("bookmarks",), z=Z6)
    there = seen.session.space.class_mean(3)
    seen.commit(bookmarks=(Bookmark("a place", there), Bookmark("a place with a long name", Z6)))
    x, y = seen.pixels(there).round().astype(int) - 3
    assert (seen.picture()[y - 2 : y + 3, x - 2 : x + 3] == 255).all()
    canvas = seen.chart.canvas
    words = {canvas.itemcget(each, "text") for each in canvas.find_all() if canvas.type(each) == "text"}
    assert {"a place", "a place with…"} <= words
    seen.commit(bookmarks=())
    assert not (seen.picture()[y - 2 : y + 3, x - 2 : x + 3] == 255).all()


def test_a_thousand_bookmarks_are_no_carpet_and_have_no_names(opened):
    seen = opened(layers=("bookmarks",))
    items = len(seen.chart.canvas.find_all())
    draw = np.random.default_rng(0)
    seen.commit(bookmarks=tuple(Bookmark(str(k), tuple(draw.normal(size=6).tolist())) for k in range(1000)))
    canvas = seen.chart.canvas
    assert 0 < len(canvas.find_all()) - items <= 600
    assert sum(canvas.type(each) == "text" and canvas.itemcget(each, "text") == "" for each in canvas.find_all()) == 200


def test_the_ways_of_the_path_are_three_lines_the_geodesic_once_it_is_found(opened, monkeypatch):
    seen = opened(layers=("ways",))
    lines = seen.chart.ways.lines
    assert [seen.coords(line) for line in lines.values()] == [None] * 3
    with monkeypatch.context() as patch:
        patch.setattr(Search, "find", lambda *_given: None)
        seen.commit(path=a_path(seen.session.space))  # which brings its tab to the front
        seen.window.app.show_tab("map")
        seen.rest()
    path = seen.session.state.path
    assert seen.coords(lines["geodesic"]) is None
    for name in ("straight", "arc"):
        points = paths.find(name, seen.session.space.codec, path.start.z, path.end.z, 41)
        expected = seen.chart.view.to_pixels(seen.chart.plane.project(points))
        np.testing.assert_allclose(seen.coords(lines[name]), expected, atol=0.5)
    dashes = {seen.chart.canvas.itemcget(line.items[1], "dash") for line in lines.values()}
    assert len(dashes) == 3
    seen.window.app.show_tab("path")
    seen.rest()
    seen.window.app.show_tab("map")
    seen.rest()
    ends = seen.coords(lines["geodesic"])[[0, -1]]
    np.testing.assert_allclose(ends, [seen.pixels(path.start.z), seen.pixels(path.end.z)], atol=0.5)
    seen.switch("ways")
    assert [seen.coords(line) for line in lines.values()] == [None] * 3


def test_the_ellipse_is_that_of_the_posterior_as_the_plane_sees_it(opened):
    seen = opened(layers=("posterior",), z=Z6)
    posterior = seen.session.subject(seen.session.state).posterior
    plane, view = seen.chart.plane, seen.chart.view
    covariance = plane.axes @ np.diag(np.exp(posterior.logvar)) @ plane.axes.T
    for sigma, line in zip(SIGMAS, seen.chart.spread.rounds, strict=True):
        away = view.to_plane(seen.coords(line)) - plane.project(posterior.mu)
        distances = np.sqrt(np.einsum("ni,ij,nj->n", away, np.linalg.inv(covariance), away))
        np.testing.assert_allclose(distances, sigma, rtol=1e-3)
    before = seen.coords(seen.chart.spread.rounds[0])
    seen.commit(z=(1.0, 1.0, -1.0, 0.5, 0.5, 1.0))
    assert abs(seen.coords(seen.chart.spread.rounds[0]) - before).max() > 3
    seen.switch("posterior")
    assert seen.coords(seen.chart.spread.rounds[0]) is None


def test_of_one_dimension_the_ellipse_is_an_interval_and_there_is_no_field(opened):
    seen = opened(1, layers=LAYERS, z=(0.2,))
    posterior = seen.session.subject(seen.session.state).posterior
    for sigma, line in zip(SIGMAS, seen.chart.spread.rounds, strict=True):
        coords = seen.coords(line)
        assert np.ptp(coords[:, 1]) < 1e-6 and coords[0, 1] < 20
        ends = [coords[:, 0].min(), coords[:, 0].max()]
        expected = [seen.pixels(posterior.mu + way * sigma * posterior.std)[0] for way in (-1, 1)]
        np.testing.assert_allclose(ends, expected, atol=0.5)
    states = [seen.button.menu.entrycget(k, "state") for k in range(len(LAYERS))]
    assert states == ["normal", "disabled", "disabled", "normal", "normal", "normal"]
    assert "one dimension" in seen.button.menu.entrycget(1, "label")


def test_without_an_encoder_the_entry_says_so(opened, model, tmp_path):
    for file in model(2).iterdir():
        if "encoder" not in file.name:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    seen = opened(weights=tmp_path)
    last = len(LAYERS) - 1
    assert seen.button.menu.entrycget(last, "state") == "disabled"
    assert "no encoder" in seen.button.menu.entrycget(last, "label")
    assert seen.coords(seen.chart.spread.rounds[0]) is None


def test_digits_that_are_pointed_at_elsewhere_are_ringed(opened):
    seen = opened(layers=())
    rows = 3, 40, 7
    seen.desk.pointed.point(rows)
    seen.rest()
    for row, line in zip(rows, seen.chart.rings.lines, strict=True):
        np.testing.assert_allclose(
            seen.coords(line)[:-1].mean(0), seen.pixels(seen.session.space.atlas.mu[row]), atol=0.5
        )
    seen.desk.pointed.point((5,))
    assert [seen.coords(line) is None for line in seen.chart.rings.lines] == [False, True, True]
    seen.desk.pointed.point(())
    assert [seen.coords(line) is None for line in seen.chart.rings.lines] == [True] * 3


def test_marks_follow_the_view_and_stay_under_the_ring(opened):
    seen = opened(z=Z6)
    there = seen.session.space.class_mean(3)
    seen.commit(bookmarks=(Bookmark("a place", there),))
    seen.hand.do(
        "mousemove", *[n + 150 for n in (seen.chart.canvas.winfo_rootx(), seen.chart.canvas.winfo_rooty())], "click", 4
    )
    seen.rest()
    canvas, [(square, *_)] = seen.chart.canvas, seen.chart.bookmarks._items
    box = np.array(canvas.coords(square))
    np.testing.assert_allclose((box[:2] + box[2:]) / 2, seen.pixels(there), atol=0.6)
    order = canvas.find_all()
    marks = [square, *seen.chart.spread.rounds[0].items, *seen.chart.ways.lines["arc"].items]
    assert max(map(order.index, marks)) < order.index(seen.chart._ground.mark)


# ------------------------------------------------------------------------------------------------------ fields


def class_there(seen, z):
    """The label of the likeliest class at z, or None where hardly any data lie."""
    space = seen.session.space
    if space.density.percentile(z)[0] < field.EMPTY:
        return None
    return space.atlas.classes[space.classes.log(z)[0].argmax()]


@pytest.mark.parametrize("latent_dim", [2, 6, 20])
def test_on_the_map_a_place_has_the_colour_of_the_class_that_is_likeliest_there(opened, latent_dim):
    seen = opened(latent_dim, layers=("classes",), z=(0.1,) * latent_dim)
    picture, view = seen.picture(), seen.chart.view
    right = wrong = 0
    for x in range(20, view.size[0] - 20, 9):
        for y in range(20, view.size[1] - 20, 9):
            z = seen.chart.plane.lift([view.to_plane((x + 0.5, y + 0.5))], seen.session.state.z)[0]
            label, moved = class_there(seen, z), picture[y - 3, x - 3] - BACKGROUND
            if label is None or abs(moved).max() < 3:
                continue
            towards = class_colours(np.array([label]))[0] - np.array(BACKGROUND)
            alike = moved @ towards / np.linalg.norm(moved) / np.linalg.norm(towards)
            right, wrong = right + (alike > 0.97), wrong + (alike <= 0.97)
    assert wrong < 0.15 * right and (right > 100 or latent_dim == 20)  # lines and names are not of a class's colour


def test_the_field_is_computed_anew_off_the_plane_and_not_along_it(opened, monkeypatch):
    seen, computed = opened(layers=("classes", "density"), z=Z6), []
    over = field.over
    monkeypatch.setattr(field, "over", lambda *given: computed.append(threading.current_thread()) or over(*given))
    before = seen.chart._ground._underlay
    axes = seen.chart.plane.axes
    seen.commit(z=tuple(np.array(Z6) + 0.3 * axes[0]))
    assert not computed and seen.chart._ground._underlay is before
    aside = np.linalg.svd(axes)[2][-1]
    seen.commit(z=tuple(np.array(Z6) + 0.8 * aside))
    assert len(computed) == 1 and computed[0] is not threading.main_thread()
    assert (seen.chart._ground._underlay.pixels != before.pixels).any()


def test_a_field_is_computed_only_while_its_layer_is_on_and_its_tab_in_front(opened, monkeypatch):
    seen, computed = opened(z=Z6), []
    over = field.over
    monkeypatch.setattr(field, "over", lambda *given: computed.append(1) or over(*given))
    seen.commit(z=(0.5,) * 6)
    assert not computed
    seen.window.app.show_tab("arithmetic")
    seen.switch("density")
    seen.commit(z=(0.7, -0.1) * 3)
    assert not computed
    seen.window.app.show_tab("map")
    seen.rest()
    assert len(computed) == 1
    seen.window.app.show_tab("plane")
    seen.rest()
    assert len(computed) == 2
    seen.window.app.show_tab("arithmetic")
    seen.commit(z=(0.2, -0.4) * 3)
    assert len(computed) == 2


def test_a_field_that_is_computed_does_not_flicker_in_the_status_line(opened, monkeypatch):
    seen, shown, going, over = opened(), [], threading.Event(), field.over
    monkeypatch.setattr(field, "over", lambda *given: going.wait(20) and over(*given))
    show = seen.desk.status.show_jobs
    monkeypatch.setattr(seen.desk.status, "show_jobs", lambda jobs: shown.append(jobs) or show(jobs))
    seen.desk.layers.switch("classes")
    seen.hand.until(lambda: seen.desk.work.current("field") is not None)
    seen.hand.pump()
    going.set()
    seen.rest()
    assert {*shown} == {()}
    assert seen.chart._ground._underlay is not None


@pytest.mark.parametrize("tab", ["map", "plane"])
def test_while_a_field_is_computed_the_hand_moves_on_and_the_newest_comes_next(opened, monkeypatch, tab):
    seen, asked, going, over = opened(layers=("density",), z=Z6, tab=tab), [], threading.Event(), field.over
    monkeypatch.setattr(field, "over", lambda *given: asked.append(given[4][0]) or (going.wait(20) and over(*given)))
    for k in range(1, 6):
        seen.session.preview(z=(k / 10 + 0.5, -k / 10, 0, k / 10, 0, k / 10))
        seen.hand.pump()
        seen.hand.until(lambda: asked and not any(each._starting.waiting for each in seen.painters))
    assert asked == [0.6]
    going.set()
    seen.rest()
    assert asked == [0.6, 1.0]


@pytest.mark.parametrize("tab", ["map", "plane"])
def test_the_field_of_another_plane_is_gone_at_once(opened, monkeypatch, tab):
    seen, going, over = opened(layers=("density",), tab=tab, z=Z6), threading.Event(), field.over
    monkeypatch.setattr(field, "over", lambda *given: going.wait(20) and over(*given))

    def laid():
        return seen.view.tiles._wash if tab == "plane" else seen.chart._ground._underlay

    assert laid() is not None
    seen.session.commit(map_dims=(1, 2), plane=replace(seen.session.state.plane, dims=(1, 2)))
    seen.hand.pump()  # which brings the tab of the plane to the front
    seen.window.app.show_tab(tab)
    seen.hand.pump()
    assert laid() is None
    going.set()
    seen.rest()
    assert laid() is not None


def test_a_pan_takes_the_field_along(opened):
    seen = opened(layers=("classes", "density"))
    before, canvas = seen.picture(), seen.chart.canvas
    x, y = canvas.winfo_rootx() + 60, canvas.winfo_rooty() + 60
    seen.hand.press(x, y)
    seen.hand.move(x + 20, y + 10)
    seen.hand.move(x + 37, y + 21)
    moved = seen.chart._ground._underlay.part(seen.chart.view, (0, 0), seen.chart.view.size)
    assert (moved[21:, 37:] == seen.chart._ground._underlay.pixels[:-21, :-37]).all()
    seen.hand.release()
    seen.rest()
    assert (seen.picture()[60:, 60:] != before[60:, 60:]).any()


def test_on_the_plane_each_tile_is_tinted_as_its_own_digit_is(opened):
    seen = opened(2, layers=(), tab="plane")
    before = seen.tiles()
    seen.switch("classes")
    after, n = seen.tiles(), seen.session.state.plane.count
    side = before.shape[0] // n
    kinds = set()
    for column in range(n):
        for row in range(n):
            z = seen.view._point((column, row))
            there = (
                slice((n - 1 - row) * side + 1, (n - row) * side - 1),
                slice(column * side + 1, (column + 1) * side - 1),
            )
            dark, now = before[there][..., 0], after[there]
            place = np.unravel_index(dark.argmin(), dark.shape)
            label, tint = class_there(seen, z), now[place] - before[there][place]
            kinds.add(label)
            if label is not None and abs(tint).max() > 8:
                towards = class_colours(np.array([label]))[0] - before[there][place]
                assert tint @ towards > 0.95 * np.linalg.norm(tint) * np.linalg.norm(towards)
    assert None in kinds and len(kinds) > 3
    seen.switch("classes")
    assert (seen.tiles() == before).all()


def test_the_tiles_are_tinted_again_when_their_number_or_their_size_changes(opened):
    seen = opened(6, layers=("density",), tab="plane", z=Z6)
    seen.commit(plane=replace(seen.session.state.plane, count=8))
    tiles = seen.view.tiles
    assert tiles._wash.cover.shape == tiles._whole[::-1]
    seen.window.root.geometry("1100x700")
    seen.hand.until(lambda: seen.window.root.winfo_width() == 1100)
    seen.rest()
    assert tiles._wash.cover.shape == tiles._whole[::-1]


def test_without_an_atlas_the_plane_says_why_it_has_no_layers(window, model):
    seen = Seen(
        window(weights=model(6, atlas=False), settings=Settings(motion=False, tab="plane", layers=("classes",))),
        "plane",
    )
    assert [seen.button.menu.entrycget(k, "state") for k in range(2)] == ["disabled"] * 2
    assert "atlas.npz" in seen.button.menu.entrycget(0, "label")
    assert seen.view.tiles._wash is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_all_layers_on_the_smallest_window_of_three_columns_has_room(opened, theme):
    seen = opened(layers=LAYERS, theme=theme)
    line = seen.button.widget.master
    for each in (seen.button.widget, seen.view.fit):
        assert each.winfo_width() >= each.winfo_reqwidth() and each.winfo_height() >= each.winfo_reqheight()
        assert each.winfo_x() + each.winfo_width() <= line.winfo_width()
    assert seen.chart.canvas.winfo_height() >= 200
