"""How the widgets of ttk look on the screen."""

import math
from tkinter import ttk

import numpy as np
import pytest
from conftest import plain_window
from PIL import ImageGrab

from vae_explorer.gui.looks import shapes, styles
from vae_explorer.gui.looks.theme import PALETTES


def rgb(colour):
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def look(plain, widget):
    """The pixels that the screen shows of a widget, (h, w, 3)."""
    plain.hand.pump()
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return np.asarray(
        ImageGrab.grab((left, top, left + widget.winfo_width(), top + widget.winfo_height())).convert("RGB")
    )


def pixels(shown, colour):
    """Where a colour stands, (h, w)."""
    return (shown == rgb(colour)).all(axis=2)


@pytest.mark.parametrize("radius", [1, 3, 8])
def test_a_rounded_rectangle_lacks_the_corners_of_its_circles(radius):
    rows = shapes.rounded(20, 30, radius, "#ffffff", "#000000")
    grey = np.array([[int(colour[1:3], 16) for colour in row] for row in rows])
    assert grey.shape == (30, 20) and grey[15, 10] == grey[0, 10] == grey[15, 0] == 255
    assert (grey == grey[::-1]).all() and (grey == grey[:, ::-1]).all() and grey[0, 0] < 255
    assert grey.sum() / 255 == pytest.approx(20 * 30 - (4 - math.pi) * radius**2, abs=1)


def test_of_two_colours_that_are_mixed_each_has_its_share():
    assert shapes.blend("#102030", "#ffffff", 1) == "#102030"
    assert shapes.blend("#102030", "#f0e0d0", 0) == "#f0e0d0"
    assert shapes.blend("#000064", "#640000", 0.25) == "#4b0019"


@pytest.fixture(params=["light", "dark"])
def tabs(display, request):
    """A plain window with three tabs; gives it, the notebook, and where each tab is, from left to right."""
    with plain_window(display, name=request.param) as plain:
        book = ttk.Notebook(plain.root, width=400, height=100)
        for text in ("One", "Two", "Three"):
            book.add(ttk.Frame(book), text=text)
        book.grid(row=2)
        plain.hand.until(book.winfo_viewable)
        plain.hand.pump()
        at = [book.tk.call(book, "identify", "tab", x, 20) for x in range(400)]
        yield plain, book, [(at.index(k), len(at) - at[::-1].index(k)) for k in range(3)]


def test_the_tab_in_front_stands_on_a_line_and_the_others_on_none(tabs):
    plain, book, places = tabs
    book.select(1)
    accent = pixels(look(plain, book), plain.theme.colours.accent)
    (left, right), rows = places[1], np.flatnonzero(accent.any(axis=1))
    assert accent[:, left:right].sum() == accent.sum() == len(rows) * (right - left) and len(rows) == 2


def test_a_tab_with_the_focus_has_a_ring(tabs):
    plain, book, places = tabs
    before = pixels(look(plain, book), plain.theme.colours.accent)
    book.focus_set()
    accent = pixels(look(plain, book), plain.theme.colours.accent)
    (left, right), rows = places[0], np.flatnonzero(accent.any(axis=1))
    assert accent[rows[0], left:right].all() and accent[rows[-1], left:right].all(), "above and below"
    assert accent[rows[0] : rows[-1], left].all() and accent[rows[0] : rows[-1], right - 1].all(), "on both sides"
    assert not before[rows[0], left:right].any()
    assert not accent[:, right:].any()


@pytest.mark.parametrize("value", [0, 37, 100])
def test_a_progress_bar_is_a_flat_groove_of_which_its_share_is_filled(plain, value):
    bar = ttk.Progressbar(plain.root, length=200, maximum=100, value=value)
    bar.grid(row=2)
    plain.hand.until(bar.winfo_viewable)
    shown, palette = look(plain, bar), plain.theme.colours
    filled, groove = pixels(shown, palette.accent), pixels(shown, palette.border)
    assert (filled | groove).all() and shown.shape[:2] == (8, 200)
    assert filled.sum(axis=1).tolist() == pytest.approx([2 * value] * 8, abs=2)


@pytest.mark.parametrize("kind", [ttk.Checkbutton, ttk.Radiobutton])
def test_what_is_on_is_filled_with_the_accent(plain, kind):
    switch = kind(plain.root, text="Switch")
    switch.grid(row=2)
    plain.hand.until(switch.winfo_viewable)
    counts = []
    for state in ("!alternate !selected", "selected"):
        switch.state(state.split())
        counts.append(pixels(look(plain, switch), plain.theme.colours.accent).sum())
    assert counts[0] == 0 and counts[1] > 40 and switch.winfo_height() >= 24


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("kind", ["TMenubutton", "Vertical.TScrollbar", "Horizontal.TScrollbar", "TCombobox"])
def test_an_arrow_stands_out_from_its_ground(display, name, kind):
    from test_gui_theme import contrast

    with plain_window(display, name=name) as plain:
        arrow, ground = (ttk.Style(plain.root).lookup(kind, option) for option in ("arrowcolor", "background"))
        assert contrast(arrow, ground) >= 3


def combobox(plain, row):
    """A combobox with its list open."""
    box = ttk.Combobox(plain.root, values=["one", "two"], state="readonly")
    box.grid(row=row)
    plain.hand.pump()
    plain.hand.click(box)
    plain.hand.until(lambda: "popdown" in plain.focus)
    return box


def test_the_list_of_a_combobox_has_the_colours_of_the_theme_that_is_in_use_now(plain):
    for row, name in enumerate(("light", "dark", "light"), start=2):
        styles.apply(plain.root, name, 1.0)
        box, palette = combobox(plain, row), PALETTES[name]
        listed = f"{box}.popdown.f.l"
        seen = [
            str(plain.root.tk.call(listed, "cget", f"-{each}"))
            for each in ("background", "foreground", "selectbackground", "selectforeground")
        ]
        assert seen == [palette.raised, palette.text, palette.accent, palette.on_accent], name
        plain.hand.key("Escape")
        box.destroy()


def test_a_chosen_value_stands_on_its_ground_and_one_that_cannot_be_chosen_on_that_of_the_window(plain):
    box, palette = combobox(plain, 2), PALETTES["light"]
    plain.hand.key("Return")
    plain.hand.until(lambda: "popdown" not in plain.focus)
    box.set("one")
    box.selection_range(0, "end")  # as after a choice
    seen = look(plain, box)
    within = seen[6:-6, 6:40]
    assert not pixels(within, palette.accent).any() and pixels(within, palette.raised).mean() > 0.5
    box.state(["disabled"])
    assert pixels(look(plain, box)[6:-6, 6:40], palette.surface).mean() > 0.5
    box.destroy()


def arrow(display, scale):
    """How many pixels wide the arrow of a combobox is."""
    with plain_window(display, scale=scale) as plain:
        box = combobox(plain, 2)
        plain.hand.key("Escape")
        y = box.winfo_height() // 2
        found = [x for x in range(box.winfo_width()) if "arrow" in box.identify(x, y)]
        box.destroy()
        return len(found)


def test_the_arrow_of_a_combobox_grows_with_the_scale(display):
    small, large = arrow(display, 1.0), arrow(display, 2.0)
    assert small >= 10 and large == pytest.approx(2 * small, abs=2)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_chosen_row_of_a_list_has_the_accent(display, scale):
    with plain_window(display, name="dark", scale=scale) as plain:
        style = ttk.Style(plain.root)
        assert style.lookup("Treeview", "background", ["selected"]) == PALETTES["dark"].accent
        assert style.lookup("Treeview", "fieldbackground") == PALETTES["dark"].raised
