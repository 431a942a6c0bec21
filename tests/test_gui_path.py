"""The path between two places: chosen, shown three times, played, with real keys and a real mouse."""

from dataclasses import replace
from itertools import combinations
from tkinter import ttk

import numpy as np
import pytest
from conftest import STILL, middle
from factories import atlas_bytes, vivid_folder

from vae_explorer.gui.views.path import ends, player
from vae_explorer.gui.views.path.ends import CHOOSE
from vae_explorer.gui.views.path.foot import PAUSE, PLAY
from vae_explorer.gui.views.path.search import TITLE
from vae_explorer.gui.views.path.view import SEARCHING, STOPPED
from vae_explorer.gui.views.path.ways import COUNT
from vae_explorer.gui.widgets.places import PlaceChoice
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import Path
from vae_explorer.settings import Settings
from vae_explorer.space import geodesic, latent, paths
from vae_explorer.storage.checkpoint import shipped

TAB = Settings(motion=False, tab="path")


def points(latent_dim):
    """Two places that are not equally far out, so that no two of the ways are the same."""
    draw = np.random.default_rng(latent_dim).normal(0, 1, (2, latent_dim))
    return tuple(draw[0].tolist()), tuple((2 * draw[1]).tolist())


def path_of(latent_dim, way="straight"):
    start, end = points(latent_dim)
    return Path(Bookmark("one place", start), Bookmark("another", end), way)


@pytest.fixture
def show(window):
    """A function that opens the tab, on a path unless None is given, and waits until all ways are found."""

    def opened(latent_dim=2, path=..., **options):
        options.setdefault("settings", TAB)
        made = window(latent_dim, **options)
        path = path_of(latent_dim) if path is ... else path
        if path is not None:
            made.session.commit(path=path)
            made.hand.until(lambda: view(made)._points.get("geodesic") is not None, "no way was found")
            made.hand.pump()
        return made

    return opened


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(player, "WHOLE_MS", 300)


def view(opened):
    return opened.app.workspace.tabs.view("path")


def way(opened, kind="straight"):
    """The points of a way, computed anew."""
    a, b = opened.session.state.path.start.z, opened.session.state.path.end.z
    return paths.find(kind, opened.session.space.codec, a, b, COUNT)


def tile(opened, kind, k, inside=0.5):
    """Where on the screen a digit of a way is."""
    strip = view(opened).ways.strips[kind]
    x = strip.widget.winfo_rootx() + (k + inside) * strip.sizes.wide
    return x, strip.widget.winfo_rooty() + 8 + strip.sizes.high / 2


def focus(opened):
    view(opened).scrubber.widget.focus_set()
    opened.hand.pump()


def marks(opened):
    """The share of the steps at which the mark of each way stands; None for one without."""
    found = {}
    for kind, strip in view(opened).ways.strips.items():
        hidden = strip.widget.itemcget(strip._mark, "state") == "hidden"
        tip = strip.widget.coords(strip._mark)[4]
        found[kind] = None if hidden else (tip / strip.sizes.wide - 0.5) / (COUNT - 1)
    return found


def button(opened, text):
    return next(
        each
        for frame in view(opened).widget.winfo_children()
        for each in frame.winfo_children()
        if isinstance(each, ttk.Button) and text in each.cget("text")
    )


# ------------------------------------------------------------------------------------------------------- the ends


def emptiest(opened):
    """The two classes between which, in the middle of the arc, least of the data lies."""

    def data_between(pair):
        a, b = (opened.session.space.class_mean(label) for label in pair)
        return opened.session.space.density.log(latent.arc(a, b, 3)[1])[0]

    return min(combinations(opened.session.space.class_names, 2), key=data_between)


def test_without_ends_it_says_what_to_do_and_offers_the_two_classes_between_which_least_lies(show):
    opened = show(path=None)
    first, last = emptiest(opened)
    texts = [each.cget("text") for each in view(opened).ends.empty.winfo_children()]
    assert texts[0].startswith(CHOOSE) and texts[1] == f"Try {first} → {last}"
    assert not view(opened).foot.play.winfo_ismapped() and view(opened).ends.swap.instate(["disabled"])
    opened.hand.click(button(opened, "Try"))
    path = opened.session.state.path
    assert (path.start.z, path.end.z) == (opened.session.space.class_mean(first), opened.session.space.class_mean(last))
    assert view(opened).foot.play.winfo_ismapped() and not view(opened).ends.empty.winfo_ismapped()
    opened.hand.until(lambda: view(opened)._points["geodesic"] is not None)
    opened.hand.key("ctrl+z")
    assert opened.session.state.path == Path() and view(opened).ends.empty.winfo_ismapped()


def test_without_atlas_it_says_how_to_get_places(show, bare):
    opened = show(6, None, weights=bare)
    texts = " ".join(each.cget("text") for each in view(opened).ends.empty.winfo_children())
    assert "press B" in texts and "atlas.npz" in texts and "Try" not in texts
    opened.session.commit(path=path_of(6))
    opened.hand.until(lambda: view(opened)._points.get("geodesic") is not None)
    assert all(strip.sizes.rows == 1 for strip in view(opened).ways.strips.values()), "no bars of data"


def test_what_the_model_that_ships_offers_shows_that_the_ways_differ(show):
    opened = show(6, None, weights=shipped())
    assert button(opened, "Try").cget("text") == "Try 0 → 7"
    opened.hand.click(button(opened, "Try"))
    opened.hand.until(lambda: view(opened)._points["geodesic"] is not None)
    least = {kind: opened.session.space.density.percentile(way(opened, kind)).min() for kind in paths.WAYS}
    assert least["arc"] < 5 < 15 < least["straight"] < 30
    largest = {kind: geodesic.speed(opened.session.space.codec, way(opened, kind)).max() for kind in paths.WAYS}
    assert largest["geodesic"] < largest["straight"] < largest["arc"]


def test_a_model_of_few_classes_offers_two_of_them_by_name(show, model):
    names = "bag", "coat", "boot"
    opened = show(2, None, weights=model(2, labels=3, names=names))
    first, last = emptiest(opened)
    assert button(opened, "Try").cget("text") == f"Try {names[first]} → {names[last]}"


def test_the_places_that_are_chosen_become_the_ends(show, monkeypatch):
    chosen = []

    class Known(PlaceChoice):
        def __init__(self, parent, session, choose, *rest):
            chosen.append(choose)
            super().__init__(parent, session, choose, *rest)

    monkeypatch.setattr(ends, "PlaceChoice", Known)
    opened = show(path=None)
    start, end = Bookmark("a", (1.0, 0.0)), Bookmark("b", (1.0, 0.0))
    for choose, place in zip(chosen, (start, end), strict=True):
        choose(place)
    assert opened.session.state.path == Path(start, end)
    opened.hand.until(lambda: view(opened)._points.get("geodesic") is not None)
    opened.session.undo()
    assert opened.session.state.path == Path(start), "each is a step of undo"
    opened.hand.pump()


def test_one_end_alone_is_no_path_yet(show):
    opened = show(path=None)
    opened.session.commit(path=Path(start=Bookmark("a", (1.0, 0.0))))
    opened.hand.pump()
    assert view(opened).ends.empty.winfo_ismapped() and not opened.app.work.running
    focus(opened)
    view(opened).play_or_pause()
    assert opened.said == CHOOSE


def test_the_ends_are_swapped_without_another_search(show, monkeypatch):
    opened = show()
    path = opened.session.state.path
    before = view(opened)._points["geodesic"]
    monkeypatch.setitem(paths.WAYS, "geodesic", replace(paths.WAYS["geodesic"], find=None))
    opened.hand.click(view(opened).ends.swap)
    assert opened.session.state.path == Path(path.end, path.start)
    np.testing.assert_array_equal(view(opened)._points["geodesic"], before[::-1])
    opened.hand.key("ctrl+z")
    assert opened.session.state.path == path


# ------------------------------------------------------------------------------------------------------- the ways


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_each_way_is_shown_as_it_is(show, latent_dim):
    opened = show(latent_dim)
    for kind in paths.WAYS:
        expected = way(opened, kind)
        shown = view(opened).ways._shown[kind]
        levels = np.rint((opened.session.space.codec.decode(expected)[:, 0] + 1) * 127.5)
        np.testing.assert_allclose(shown.tiles, levels, atol=1)
        np.testing.assert_allclose(shown.steps, geodesic.speed(opened.session.space.codec, expected), rtol=1e-5)
        np.testing.assert_array_equal(shown.places, opened.session.space.density.percentile(expected))
        assert view(opened).ways._largest[kind].cget("text") == f"steps up to {max(shown.steps):.2f}"
    if latent_dim == 1:
        np.testing.assert_array_equal(view(opened)._points["straight"], view(opened)._points["arc"])


def test_the_bars_of_all_ways_have_one_scale(show):
    opened = show(6)
    most = max(each.steps.max() for each in view(opened).ways._shown.values())
    accent = [int(opened.app.desk.theme.colours.accent[k : k + 2], 16) for k in (1, 3, 5)]
    for kind, strip in view(opened).ways.strips.items():
        pixels = opened.look(strip.widget)[8 + strip.sizes.high :]
        steps = view(opened).ways._shown[kind].steps
        for k, step in enumerate(steps):
            high = (pixels[:, round((k + 1) * strip.sizes.wide)] == accent).all(axis=1).sum()
            assert high == pytest.approx(step / most * (strip.sizes.bar - 1), abs=0.51)


def test_the_same_place_twice_is_no_trouble(show):
    place = Bookmark("a", (1.0, 0.5))
    opened = show(path=Path(place, place))
    assert view(opened).foot.play.instate(["disabled"])
    opened.hand.press(*tile(opened, "arc", 7))
    opened.hand.release()
    assert opened.z == pytest.approx(place.z) and opened.session.state.path.way == "arc"
    focus(opened)
    opened.hand.key("space")
    assert "same place" in opened.said


def test_an_arc_that_leaves_the_space_is_shown_along_its_edge(show):
    opened = show(path=Path(Bookmark("a", (10.0, 10.0)), Bookmark("b", (-10.0, 10.0))))
    opened.hand.press(*tile(opened, "arc", 5))
    opened.hand.release()
    assert opened.z == pytest.approx((0, 10))


def test_a_title_chooses_its_way_at_the_same_step(show):
    opened = show()
    opened.hand.click(view(opened).ways.titles["arc"])
    assert opened.session.state.path.way == "arc" and opened.z == (0, 0), "z is on no way"
    opened.hand.press(*tile(opened, "arc", 4))
    opened.hand.release()
    assert opened.z == pytest.approx(tuple(way(opened, "arc")[4]))
    opened.hand.click(view(opened).ways.titles["geodesic"])
    assert opened.z == pytest.approx(tuple(way(opened, "geodesic")[4]))
    opened.hand.key("ctrl+z")
    assert opened.session.state.path.way == "arc" and view(opened).ways.chosen.get() == "arc"
    assert opened.z == pytest.approx(tuple(way(opened, "arc")[4]))


def test_a_click_on_a_digit_goes_to_it_and_chooses_its_way_as_one_step_of_undo(show):
    opened = show()
    opened.hand.press(*tile(opened, "geodesic", 7, 0.2))
    assert opened.z == pytest.approx(tuple(way(opened, "geodesic")[7]))
    opened.hand.release()
    assert opened.session.state.path.way == "geodesic"
    assert marks(opened) == pytest.approx(dict.fromkeys(paths.WAYS, 0.7))
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0) and opened.session.state.path.way == "straight"
    assert marks(opened) == dict.fromkeys(paths.WAYS) and view(opened).scrubber.widget.get() == 0


def test_a_drag_along_the_digits_follows_the_way_as_one_step_of_undo(show):
    opened = show()
    opened.hand.press(*tile(opened, "straight", 2))
    opened.hand.move(*tile(opened, "straight", 5))
    opened.hand.move(*tile(opened, "straight", 6, 1.0))
    z = paths.along(way(opened), 0.65)
    step = np.linalg.norm(np.diff(way(opened), axis=0)[0])
    assert np.linalg.norm(opened.z - z) < 0.05 * step
    assert paths.share_of(way(opened), opened.z) == pytest.approx(view(opened).scrubber.widget.get())
    opened.hand.release()
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


def test_the_mark_is_where_z_is_whoever_has_moved_it(show):
    opened = show()
    opened.session.commit(z=tuple(paths.along(way(opened), 0.3).tolist()))
    opened.hand.pump()
    assert marks(opened)["straight"] == pytest.approx(0.3) and view(opened).scrubber.widget.get() == pytest.approx(0.3)
    opened.session.commit(z=(5.0, -5.0))
    opened.hand.pump()
    assert marks(opened)["straight"] is None


def test_the_thumb_is_hollow_while_z_is_beside_the_way_and_says_how_far(show):
    opened = show()
    scrubber, points = view(opened).scrubber, way(opened)
    aside = np.array([points[-1] - points[0]])[0][::-1] * (1, -1)
    opened.session.commit(z=tuple((paths.along(points, 0.4) + 0.5 * aside / np.linalg.norm(aside)).tolist()))
    opened.hand.pump()
    assert scrubber.widget.get() == pytest.approx(0.4) and scrubber.widget.instate(["alternate"])
    hollow = opened.look(scrubber.widget)
    assert "0.50 off" in opened.tooltip(scrubber.widget)
    opened.session.commit(z=tuple(paths.along(points, 0.4).tolist()))
    opened.hand.pump()
    assert not scrubber.widget.instate(["alternate"]) and (opened.look(scrubber.widget) != hollow).any()
    assert "off" not in opened.tooltip(scrubber.widget)


# ----------------------------------------------------------------------------------------------------- the search


@pytest.fixture
def endless(monkeypatch):
    """The search for the geodesic has no end but that of being cancelled."""

    def search(_codec, _a, _b, _count, cancelled, _tell):
        while not cancelled():
            pass

    true, count = paths.WAYS["geodesic"], []
    monkeypatch.setitem(paths.WAYS, "geodesic", replace(true, find=lambda *given: count.append(1) or search(*given)))
    yield count, lambda: monkeypatch.setitem(paths.WAYS, "geodesic", true)


def words(opened):
    canvas = view(opened).ways.strips["geodesic"].widget
    return [canvas.itemcget(each, "text") for each in canvas.find_all() if canvas.type(each) == "text"]


def test_while_it_is_searched_for_the_others_are_there_and_esc_stops_it(show, endless):
    opened, (_, search_again) = show(path=None), endless
    opened.session.commit(path=path_of(2))
    opened.hand.pump()
    assert words(opened) == [SEARCHING] and opened.app.work.current("search").title == TITLE.format("geodesic")
    assert view(opened).foot.play.instate(["!disabled"])
    opened.hand.click(view(opened).ways.titles["geodesic"])
    assert view(opened).foot.play.instate(["disabled"]) and "not found yet" in view(opened).why_not()
    opened.hand.key("Escape")
    opened.hand.until(lambda: words(opened) == [STOPPED])
    search_again()
    opened.hand.press(*tile(opened, "geodesic", 5))
    opened.hand.release()
    opened.hand.until(lambda: words(opened) == [])
    assert view(opened).foot.play.instate(["!disabled"])


def test_nothing_is_searched_for_behind_another_tab(show, endless):
    count, _ = endless
    opened = show(path=None, settings=STILL)
    opened.session.commit(path=path_of(2))  # brings it to the front
    opened.hand.until(lambda: count)
    opened.app.show_tab("map")
    opened.hand.until(lambda: not opened.app.work.running)
    opened.app.show_tab("path")
    opened.hand.until(lambda: len(count) == 2)
    opened.app.stop()
    opened.hand.until(lambda: words(opened) == [STOPPED])


@pytest.mark.usefixtures("endless")
def test_a_window_that_is_built_anew_or_closed_during_the_search_leaves_nothing(show):
    opened = show(path=None)
    opened.session.commit(path=path_of(2))
    opened.hand.pump()
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready and words(opened) == [SEARCHING])
    opened.app.show_tab("map")
    opened.hand.until(lambda: not opened.app.work.running)


# ------------------------------------------------------------------------------------------------------ the player


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", paths.WAYS)
def test_space_plays_the_chosen_way_to_its_end_exactly_as_one_step_of_undo(show, kind):
    opened = show(path=path_of(2, kind))
    seen, texts = [], []  # also where a busy machine has played it all before the key's event returns
    opened.session.listen(lambda state: (seen.append(state.z), texts.append(view(opened).foot.play.cget("text"))))
    focus(opened)
    opened.hand.key("space")
    opened.hand.until(lambda: opened.z == points(2)[1] and view(opened).foot.play.cget("text") == PLAY)
    assert PAUSE in texts and len({*seen}) > 3
    assert all(paths.share_of(way(opened, kind), z) is not None for z in seen[1:]), "it never left the way"
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


def test_the_button_plays_from_where_one_is_and_pauses_there(show):
    opened = show()
    opened.hand.press(*tile(opened, "straight", 5))
    opened.hand.release()
    opened.hand.click(view(opened).foot.play)
    opened.hand.until(lambda: paths.share_of(way(opened), opened.z) > 0.51)
    opened.hand.click(view(opened).foot.play)
    here = opened.z
    opened.hand.pump()
    assert opened.z == here and view(opened).foot.play.cget("text") == PLAY
    assert 0.51 < paths.share_of(way(opened), here) < 1
    opened.hand.key("ctrl+z")
    assert opened.z == pytest.approx(tuple(way(opened)[5]))


@pytest.mark.usefixtures("quick")
def test_a_loop_goes_there_and_back_until_it_is_stopped(show):
    opened, shares = show(), []
    opened.session.listen(lambda state: shares.append(paths.share_of(way(opened), state.z)))
    opened.hand.click(view(opened).foot.loop)
    focus(opened)
    opened.hand.key("space")
    opened.hand.until(lambda: len(shares) > 60)
    opened.hand.key("Escape")
    moves = np.diff(shares[1:])
    assert (moves > 0).any() and (moves < 0).any() and not view(opened)._player.playing
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


def test_loop_is_remembered_over_a_change_of_theme_and_to_the_next_start(show):
    opened = show()
    opened.hand.click(view(opened).foot.loop)
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert view(opened).foot.loop.instate(["selected"]) and view(opened)._player.loop and opened.app.settings.loop
    opened.hand.click(view(opened).foot.loop)
    assert not view(opened)._player.loop and not opened.app.settings.loop
    opened.hand.until(lambda: not opened.app.work.running)


def playing(opened):
    focus(opened)
    opened.hand.key("space")
    opened.hand.until(lambda: opened.z != points(2)[0])
    assert view(opened)._player.playing


def test_a_hand_elsewhere_takes_over(show):
    opened = show()
    playing(opened)
    opened.hand.press(*opened.thumb(0, 2.0))
    opened.hand.release()
    here = opened.z
    opened.hand.pump()
    assert not view(opened)._player.playing and opened.z == here and view(opened).foot.play.cget("text") == PLAY


@pytest.mark.parametrize(
    "leave",
    [
        lambda opened: opened.app.show_tab("map"),
        lambda opened: opened.hand.key("Escape"),
        lambda opened: opened.session.commit(path=Path()),
        lambda opened: opened.hand.press(*tile(opened, "straight", 9)) or opened.hand.release(),
        lambda opened: opened.hand.press(*middle(view(opened).scrubber.widget)) or opened.hand.release(),
    ],
    ids=["another tab", "Esc", "no path", "a digit", "the slider"],
)
def test_it_stops_and_what_was_played_can_be_undone(show, leave):
    opened = show()
    playing(opened)
    leave(opened)
    opened.hand.pump()
    assert not view(opened)._player.playing and not opened.app.desk.motion.moving
    while opened.session.can_undo:
        opened.session.undo()
    assert opened.z == (0, 0)


def test_another_model_ends_it(show, tmp_path):
    opened = show()
    playing(opened)
    opened.app.documents.open(vivid_folder(tmp_path, 2, atlas_bytes(2)))
    opened.hand.until(lambda: opened.app.session is not opened.session)
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert (
        not opened.app.desk.motion.moving
        and opened.app.session.state.z == (0, 0)
        and view(opened).ends.empty.winfo_ismapped()
    )


def test_a_window_that_is_closed_while_it_plays_leaves_nothing_waiting(show):
    opened = show()
    playing(opened)
    opened.app.close()


def test_what_plays_goes_on_along_the_way_that_is_chosen_meanwhile(show):
    opened = show()
    playing(opened)
    opened.hand.click(view(opened).ways.titles["arc"])
    opened.hand.until(lambda: paths.share_of(way(opened, "arc"), opened.z))
    assert view(opened)._player.playing
    opened.hand.key("Escape", "ctrl+z")
    assert opened.z == (0, 0) and opened.session.state.path.way == "straight", "all of it is one step"


# ------------------------------------------------------------------------------------------- slider, keys, layout


def test_the_slider_stands_under_its_digit_and_goes_where_it_is_clicked(show):
    opened = show()
    scale = view(opened).scrubber.widget
    x, _ = tile(opened, "straight", 3)
    opened.hand.press(x, middle(scale)[1])
    assert paths.share_of(way(opened), opened.z) == pytest.approx(0.3, abs=0.01)
    x, _ = tile(opened, "straight", 8)
    opened.hand.move(x, middle(scale)[1])
    assert paths.share_of(way(opened), opened.z) == pytest.approx(0.8, abs=0.01)
    opened.hand.release()
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


@pytest.mark.parametrize(
    ("keys", "share"),
    [
        (["Right"], 0.1),
        (["Right", "Right", "Left"], 0.1),
        (["shift+Right"], 0.01),
        (["End"], 1),
        (["End", "Right"], 1),
        (["End", "Home"], 0),
    ],
    ids=str,
)
def test_keys_move_along_the_way(show, keys, share):
    opened = show()
    focus(opened)
    opened.hand.key(*keys)
    assert paths.share_of(way(opened), opened.z) == pytest.approx(share)
    assert opened.session.can_undo and opened.session.state == opened.session._resting


def test_save_asks_for_the_path(show, monkeypatch):
    opened, asked = show(), []
    monkeypatch.setattr(opened.app.documents, "save_picture", asked.append)
    opened.hand.click(view(opened).foot.save)
    assert asked == ["path"]


def test_tab_reaches_everything_in_reading_order(show):
    opened = show()
    made, walk = view(opened), []
    made.ends.start.focus_set()
    while not walk or opened.root.focus_get() is not walk[0]:
        walk.append(opened.root.focus_get())
        opened.hand.key("Tab")
    expected = [made.ends.end, made.ends.swap, *made.ways.titles.values(), made.scrubber.widget]
    assert walk[1:9] == [*expected, made.foot.play, made.foot.loop]
    assert walk[9] is made.foot.save


@pytest.mark.parametrize(("size", "scale"), [((960, 600), 1.0), ((1180, 760), 1.0), ((1900, 1200), 1.5)], ids=str)
@pytest.mark.parametrize("path", [None, ...], ids=["empty", "a path"])
def test_all_of_it_is_seen(show, size, scale, path):
    opened = show(path=path, size=size, scale=scale)
    made = view(opened).widget
    bottom, right = made.winfo_rooty() + made.winfo_height(), made.winfo_rootx() + made.winfo_width()

    def seen(widget):
        for each in widget.winfo_children():
            if each.winfo_ismapped():
                assert each.winfo_rooty() + each.winfo_height() <= bottom, each
                assert each.winfo_rootx() + each.winfo_width() <= right, each
                if isinstance(each, ttk.Label | ttk.Button):
                    assert each.winfo_width() >= each.winfo_reqwidth(), each
                    assert each.winfo_height() >= each.winfo_reqheight(), each
                seen(each)

    seen(made)
    if path is not None:
        assert view(opened).ways.strips["straight"].sizes.wide >= 24 * scale
