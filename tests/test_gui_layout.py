"""The window is whole at every size, scale and number of dimensions, and keys reach all of it in reading order."""

import os
import tkinter as tk
from tkinter import font, ttk

import factories
import numpy as np
import pytest
from conftest import STILL, Window, screen
from test_gui_picture import draw

from vae_explorer.gui.looks import theme
from vae_explorer.gui.looks.theme import FIXED, FONT
from vae_explorer.gui.options import Options
from vae_explorer.gui.room import LEAST
from vae_explorer.gui.views.answers.column import PARTS
from vae_explorer.gui.views.tab import TABS
from vae_explorer.gui.widgets.spare import Spare
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.settings import Settings

SCREENS = [((960, 600), 1.0), ((1180, 760), 1.0), ((1440, 900), 1.5), ((1920, 1080), 1.0), ((3840, 2160), 2.0)]
TARGET = 24  # pixels of the design: WCAG 2.2, 2.5.8
CLOTHES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
LETTERS = tuple(chr(ord("A") + k) for k in range(26))
FITTING = ttk.Frame | ttk.PanedWindow | ttk.Notebook | tk.Canvas  # what stands in them must fit
CONTROLS = ttk.Scale | ttk.Entry | ttk.Button  # a Combobox is an Entry


@pytest.fixture(scope="session")
def large_screen(display):
    """A screen on which all sizes fit; to the end, because Tk never lets go of a screen and ends with it."""
    with screen((3900, 2200)) as name:
        os.environ["DISPLAY"] = display  # the others stay on theirs
        yield name


@pytest.fixture
def large(large_screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", large_screen)
    return large_screen


@pytest.fixture
def show(large, model):
    """A function that opens the window at a size and a scale; closed after the test."""
    windows = []

    def open_window(weights=6, size=(960, 600), scale=1.0, settings=STILL, **options):
        weights = model(weights) if isinstance(weights, int) else weights
        windows.append(Window(Options(weights=weights, size=size, scale=scale, seed=0, **options), settings))
        assert (windows[-1].root.winfo_width(), windows[-1].root.winfo_height()) == size
        return windows[-1]

    yield open_window
    for each in windows:
        each.close()
    assert large


def widgets(widget):
    """All that can be seen in a widget, the widget itself left out."""
    for child in widget.winfo_children():
        if child.winfo_class() != "Menu" and child.winfo_ismapped():
            yield child
            yield from widgets(child)


def box(widget):
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return left, top, left + widget.winfo_width(), top + widget.winfo_height()


def inside(widget, outer, scrolls=False):
    """Whether a widget lies in another one; only from left to right where it scrolls."""
    (left, top, right, bottom), (x0, y0, x1, y1) = box(widget), box(outer)
    return x0 <= left and right <= x1 and (scrolls or (y0 <= top and bottom <= y1))


def is_cut(widget):
    return widget.winfo_reqwidth() > widget.winfo_width() or widget.winfo_reqheight() > widget.winfo_height()


def scrolled(opened):
    """The columns of the window that scroll."""
    workspace = opened.app.workspace
    return workspace.controls.sliders.widget, workspace.picture.answers.widget


def flaws(opened, *parts):
    """All that is not seen whole, or is too small to be hit, in words; in some parts of the window, or all."""
    root, target = opened.root, round(TARGET * opened.app.desk.theme.scale)
    inners = [area.inner for area in scrolled(opened)]
    for each in [each for part in parts or (root,) for each in widgets(part)]:
        if isinstance(each, ttk.Notebook):
            yield from cut_tabs(each, 2 * opened.app.desk.theme.px(8))
        scrolls = any(str(each).startswith(str(inner)) for inner in inners)
        if not inside(each, each.master, each in inners) or not inside(each, root, scrolls):
            yield f"{each} is beyond what it stands in"
        if is_cut(each) and not isinstance(each, FITTING):
            text = each.cget("text") if isinstance(each, ttk.Label | ttk.Button) else ""
            yield f"{each} “{text}” is cut"
        if isinstance(each, CONTROLS) and min(each.winfo_width(), each.winfo_height()) < target:
            yield f"{each} is hard to hit"


def cut_tabs(book, padding):
    """The tabs that are narrower than their words and the space beside them, in words."""
    measure = font.nametofont(FONT, book).measure
    at = [book.tk.call(book, "identify", "tab", x, 15) for x in range(book.winfo_width())]
    for k in range(book.index("end")):
        if at.count(k) < measure(book.tab(k, "text")) + padding:
            yield f"the tab “{book.tab(k, 'text')}” is cut"


def digit_side(opened):
    left, _, right, _ = digit_box(opened)
    return right - left


def digit_box(opened):
    """The rectangle of the digit's canvas outside of which it has the colour of the window."""
    shown = opened.look(opened.app.workspace.picture.digit.widget)
    digit = (shown != shown[0, 0]).any(axis=2)
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


@pytest.mark.parametrize(("size", "scale"), SCREENS, ids=str)
@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_the_window_is_whole_at_every_size_and_scale(show, latent_dim, size, scale):
    opened = show(latent_dim, size, scale)
    assert [*flaws(opened)] == []
    assert opened.app.workspace.controls.presets.widget.grid_size() == (10, 1)
    scrolls = opened.app.workspace.controls.sliders.widget._bar.winfo_ismapped()
    small = size[1] == 600 * scale
    assert scrolls == (latent_dim == 20 or (latent_dim == 6 and small)), "it scrolls where it must, and only there"
    left, top, right, bottom = digit_box(opened)
    assert right - left == bottom - top >= 8 * 28 * scale and (right - left) % 28 == 0
    width, height = (
        opened.app.workspace.picture.digit.widget.winfo_width(),
        opened.app.workspace.picture.digit.widget.winfo_height(),
    )
    assert abs(left - (width - right)) <= 1 and abs(top - (height - bottom)) <= 1, "it stands in the middle"
    assert min(left, top) >= round(16 * scale)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("latent_dim", [1, 2, 20])
def test_every_tab_is_whole_in_the_smallest_window_that_has_room_for_them(show, latent_dim, tab):
    assert [*flaws(show(latent_dim, settings=Settings(motion=False, tab=tab)))] == []


@pytest.mark.parametrize("drawn", [False, True], ids=["a place", "a drawing"])
@pytest.mark.parametrize(("size", "scale"), [((960, 600), 1.0), ((1440, 900), 1.5), ((1920, 1080), 1.0)], ids=str)
@pytest.mark.parametrize("latent_dim", [1, 6, 256])
def test_the_column_is_whole_with_all_its_parts_open(show, latent_dim, size, scale, drawn):
    opened = show(latent_dim, size, scale, Settings(motion=False, unfolded=tuple(PARTS)))
    if drawn:
        draw(opened)
        opened.hand.until(opened.app.workspace.picture.beside.widget.winfo_ismapped)
    assert [*flaws(opened, opened.app.workspace.picture.widget)] == []
    assert digit_side(opened) >= 8 * 28 * scale
    area = opened.app.workspace.picture.answers.widget
    assert area._bar.winfo_ismapped() and area.winfo_height() >= 72 * scale


def test_the_tests_have_the_font_that_their_sizes_are_for(show):
    opened = show()
    for name, family in ((FONT, "DejaVu Sans"), (FIXED, "DejaVu Sans Mono")):
        assert font.nametofont(name, opened.root).actual()["family"] == family


@pytest.mark.parametrize("points", [8, 9])
@pytest.mark.parametrize("latent_dim", [2, 6])
def test_the_window_is_whole_with_another_font(show, monkeypatch, latent_dim, points):
    """One whose lines are lower stands for it: no height of a control may be that of its text."""
    monkeypatch.setattr(theme, "FONT_POINTS", points)
    assert [*flaws(show(latent_dim, (1440, 900), 1.5))] == []


def test_in_the_smallest_window_the_sliders_and_the_digit_are_whole_and_the_tabs_are_missed_in_words(show):
    opened = show(6, LEAST)
    views = opened.app.workspace
    assert [*flaws(opened, views.controls.widget, views.picture.widget, opened.app.desk.status.widget)] == []
    assert digit_side(opened) >= 5 * 28 and opened.app.desk.theme.scale == 1.0
    narrow = "Too narrow for the tabs: 956 pixels are needed"
    assert opened.said == narrow
    opened.root.geometry("956x480")
    opened.hand.until(lambda: not inside_is_cut(opened), "the tabs have no place")
    opened.hand.until(lambda: not opened.said, "what was said stays")
    opened.root.geometry("955x480")
    opened.hand.until(lambda: opened.said == narrow, "nothing is said")


def inside_is_cut(opened):
    return opened.app.workspace.panes.widget.winfo_width() < opened.app.workspace.panes.needed


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
@pytest.mark.parametrize(
    ("size", "wanted", "scale"),
    [
        ((1180, 760), 2.0, 1180 / 960),
        ((1280, 960), 2.0, 1280 / 960),
        ((1024, 548), 1.0, 548 / 600),
        ((1022, 514), 1.0, 514 / 600),
        ((800, 514), 1.0, 800 / 960),
        ((768, 480), 1.25, 0.8),
    ],
    ids=str,
)
def test_where_there_is_too_little_room_for_a_scale_all_is_shown_smaller_and_that_is_said(
    show, latent_dim, size, wanted, scale
):
    opened = show(latent_dim, size, wanted)
    assert opened.app.desk.theme.scale == pytest.approx(scale)
    assert [*flaws(opened)] == []
    assert opened.said == f"There is no room for --scale {wanted:g}: all is shown {scale:.2f} times as large as usual"


@pytest.mark.parametrize(("size", "scale"), [((960, 600), 1.0), ((1440, 900), 1.5)], ids=str)
def test_the_window_is_whole_when_what_is_off_says_why(show, bare, size, scale):
    assert [*flaws(show(bare, size, scale))] == []


@pytest.mark.parametrize("names", [CLOTHES, LETTERS], ids=["clothes", "letters"])
def test_the_window_is_whole_with_classes_of_other_names(show, model, names):
    opened = show(model(6, names=names, labels=len(names)))
    assert [*flaws(opened)] == []
    assert tuple(each.cget("text") for each in opened.app.workspace.controls.presets.buttons.values()) == names


def test_the_window_is_whole_when_the_weights_have_a_very_long_name(show, tmp_path):
    path = tmp_path / f"{'long' * 60}.pt"
    path.write_bytes((factories.vivid_folder(tmp_path / "m") / "decoder_weights.pt").read_bytes())
    assert [*flaws(show(path))] == []


@pytest.mark.parametrize("latent_dim", [6, 20])
def test_both_themes_lay_the_window_out_alike(show, latent_dim):
    opened = show(latent_dim, (1180, 760))

    def places():
        return [(each.winfo_class(), *box(each)) for each in widgets(opened.root)]

    light = places()
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.picture.digit.ready)
    assert places() == light and [*flaws(opened)] == []


@pytest.mark.parametrize("x", [-500, 0, 300, 900, 5000])
@pytest.mark.parametrize("k", [0, 1])
def test_a_divider_stops_where_something_would_be_cut(show, k, x):
    opened = show()
    panes = opened.app.workspace.panes.widget
    opened.hand.press(panes.winfo_rootx() + panes.sashpos(k) + 2, panes.winfo_rooty() + 200)
    opened.hand.move(max(0, panes.winfo_rootx() + x), panes.winfo_rooty() + 200)
    opened.hand.release()
    assert digit_side(opened) >= 8 * 28 and [*flaws(opened)] == []


@pytest.mark.parametrize("shares", [(0.001, 0.002), (0.001, 0.999), (0.5, 0.6), (0.998, 0.999)], ids=str)
def test_dividers_that_were_left_in_another_window_leave_all_columns_room_in_this_one(show, shares):
    opened = show(settings=Settings(motion=False, shares=shares))
    assert digit_side(opened) >= 8 * 28 and [*flaws(opened)] == []


def test_a_text_is_wrapped_to_the_width_that_the_divider_gives_it(show, bare):
    heights = []
    for shares in ((0.2, 0.5), (0.6, 0.8)):
        opened = show(bare, (1920, 1080), settings=Settings(motion=False, shares=shares))
        column = opened.app.workspace.controls.widget
        labels = [each for each in widgets(column) if isinstance(each, Wrapped) and not isinstance(each.master, Spare)]
        texts = [each for each in labels if each.cget("text").endswith(".")]
        heights.append([each.winfo_height() for each in texts])
        assert [*flaws(opened)] == []
    assert len(heights[0]) == 1 and all(low < high for high, low in zip(*heights, strict=True))


@pytest.mark.parametrize("latent_dim", [2, 6, 20])
@pytest.mark.parametrize("tab", TABS)
def test_tab_reaches_every_control_in_reading_order_and_scrolls_it_into_view(show, latent_dim, tab):
    opened = show(latent_dim, settings=Settings(motion=False, tab=tab))
    walk = []
    opened.hand.key("4", "Tab")  # so that undo and reset can be reached
    while (focused := opened.root.focus_get()) not in walk:
        assert inside(focused, opened.root)
        for area in scrolled(opened):
            assert not str(focused).startswith(str(area)) or inside(focused, area), f"{focused} is out of sight"
        assert not walk or follows(opened, focused, walk[-1]), f"{focused} after {walk[-1]}"
        walk.append(focused)
        opened.hand.key("Tab")
    assert focused is walk[0], "after the last comes the first"
    wanted = {each for each in widgets(opened.root) if isinstance(each, CONTROLS) and not each.instate(["disabled"])}
    aside = {each for each in wanted if str(each.cget("takefocus")) == "0"}  # the keys do the same elsewhere
    assert set(walk) >= wanted - aside and opened.app.workspace.tabs.widget in walk
    assert not aside & {each for each in wanted if str(each).startswith(str(opened.app.workspace.controls.widget))}


def part(opened, widget):
    """Which part of the window a widget stands in: the three columns and what is below them, as one reads them."""
    views = opened.app.workspace
    parts = [*views.panes.columns, views.shelf.widget, opened.app.desk.status.widget]
    return next(k for k, each in enumerate(parts) if f"{widget}.".startswith(f"{each}."))


def follows(opened, widget, before):
    """Whether one reads a widget after another: in a later part, in the tab, further right in its row, or below."""
    if part(opened, widget) != part(opened, before) or str(widget).startswith(f"{before}."):
        return part(opened, widget) >= part(opened, before)
    (left, top, _, bottom), (_, y0, x1, y1) = box(widget), box(before)
    same_row = abs((top + bottom) - (y0 + y1)) < min(bottom - top, y1 - y0)
    return left >= x1 if same_row else top >= y0


def test_what_is_missed_would_be_told(show):
    opened = show()
    button = next(each for each in widgets(opened.root) if isinstance(each, ttk.Button))
    button.place(x=-5, y=0, width=10, height=10)
    opened.hand.pump()
    opened.app.workspace.tabs.widget.add(ttk.Frame(opened.root), text="word " * 100)
    opened.hand.pump()
    told = " ".join(flaws(opened))
    assert all(word in told for word in ("is beyond what it stands in", "is cut", "is hard to hit", "word ” is cut"))


@pytest.mark.parametrize("size", [(1366, 768), (1180, 760)], ids=str)
def test_a_first_bookmark_leaves_all_six_sliders_in_sight(show, size):
    opened = show(6, size)
    assert not opened.app.workspace.controls.sliders.widget._bar.winfo_ismapped()
    opened.session.bookmark()
    opened.hand.pump()
    assert opened.app.workspace.shelf.thumbnails.canvas.winfo_ismapped()
    assert not opened.app.workspace.controls.sliders.widget._bar.winfo_ismapped() and [*flaws(opened)] == []


@pytest.mark.parametrize("size", [(800, 600), (840, 600), (900, 640)], ids=str)
def test_where_ten_presets_are_too_many_for_a_row_they_stand_in_two_of_five(show, size):
    columns, rows = show(6, size).app.workspace.controls.presets.widget.grid_size()
    assert (columns, rows) in ((10, 1), (5, 2))


def test_where_there_is_room_it_is_said_from_where_random_draws(show, bare):
    for weights, size, seen in ((6, (1180, 760), True), (6, (960, 600), False), (bare, (1180, 900), True)):
        opened = show(weights, size)
        label = opened.app.workspace.controls._note.label
        assert label.winfo_ismapped() == seen and [*flaws(opened)] == []
        assert label.cget("text").startswith("Random: from the ") and "seed 0." in label.cget("text")


def test_one_long_name_of_a_class_leaves_the_others_and_the_sliders_their_place(show, model):
    opened = show(model(6, names=(*CLOTHES[:9], "Ankle boot with a very long name here")), (1180, 760))
    left = opened.app.workspace.controls
    buttons = left.presets.buttons.values()
    assert len({each.winfo_y() for each in buttons}) <= 4 and "…" in str([each["text"] for each in buttons])
    assert left.sliders.widget.winfo_height() > 3 * left.sliders.rows[0].winfo_height()
