"""The row of bookmarks: by mouse and by keys, and every change a step of undo."""

import numpy as np
import pytest
from conftest import middle, send

from vae_explorer.gui.views.shelf.view import EMPTY
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.settings import Settings

Z = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)]


def kept(opened):
    return [each.name for each in opened.session.state.bookmarks]


def marked(opened, *names):
    """Bookmark a place for each name, and give the shelf when it shows them."""
    opened.session.commit(bookmarks=tuple(Bookmark(name, Z[k % 4]) for k, name in enumerate(names)))
    opened.hand.pump()
    return opened.app.workspace.shelf


def at(shelf, k):
    """The middle of a bookmark on the screen."""
    left, right = shelf.thumbnails.cell(k)
    canvas = shelf.thumbnails.canvas
    return canvas.winfo_rootx() + (left + right) // 2, canvas.winfo_rooty() + 20


def click(opened, shelf, k, *more):
    opened.hand.do("mousemove", *at(shelf, k), "click", *more, "1")


def focus(opened, shelf):
    shelf.thumbnails.canvas.focus_set()
    opened.hand.pump()


def texts(shelf):
    canvas = shelf.thumbnails.canvas
    return [canvas.itemcget(each, "text") for each in canvas.find_all() if canvas.type(each) == "text"]


# ------------------------------------------------------------------------------------------------------ what is seen


def test_without_bookmarks_one_line_says_how_to_make_one(window):
    opened = window()
    shelf = opened.app.workspace.shelf
    assert shelf._empty.winfo_ismapped() and shelf._empty.cget("text") == EMPTY and shelf.widget.winfo_height() <= 40
    assert not shelf.thumbnails.canvas.winfo_ismapped()
    opened.hand.key("b")
    assert not shelf._empty.winfo_ismapped() and shelf.thumbnails.canvas.winfo_ismapped()
    assert shelf.widget.winfo_height() <= 72
    opened.hand.key("ctrl+z")
    assert shelf._empty.winfo_ismapped() and not shelf.thumbnails.canvas.winfo_ismapped()


@pytest.mark.parametrize(("look", "colours"), [("pixels", "gray"), ("pixels", "gray_r"), ("smooth", "magma")])
def test_each_bookmark_is_the_digit_that_its_z_decodes_to(window, look, colours):
    opened = window(2, Settings(motion=False, look=look, colours=colours))
    shelf = marked(opened, "a", "b", "c")
    shown = opened.look(shelf.thumbnails.canvas).astype(int)
    for k in range(3):
        x_hat = opened.session.space.codec.decode(Z[k])[0, 0]
        left = 72 * k + 16
        tile = shown[4:44, left : left + 40]
        values = {"gray": x_hat, "gray_r": -x_hat}.get(colours, x_hat)
        columns = ((np.arange(40) + 0.5) * 28 / 40).astype(int)[None]
        expected = values[columns.T, columns]
        likeness = np.corrcoef(tile.sum(2).ravel(), expected.ravel())[0, 1]
        assert likeness > (0.99 if look == "pixels" else 0.8), k
    assert texts(shelf) == ["a", "b", "c"]


def test_the_place_where_one_is_stands_out(window):
    opened = window()
    shelf = marked(opened, "a", "b")
    canvas, accent = shelf.thumbnails.canvas, opened.app.desk.theme.colours.accent

    def lit():
        names = [each for each in canvas.find_all() if canvas.type(each) == "text"]
        return [canvas.itemcget(each, "text") for each in names if canvas.itemcget(each, "fill") == accent]

    assert lit() == []
    opened.session.commit(z=Z[1])
    opened.hand.pump()
    assert lit() == ["b"]


def test_a_name_too_long_is_cut_and_stands_whole_in_the_tooltip(window):
    opened = window()
    shelf = marked(opened, "a name that is far too long for its place", "b")
    assert "…" in texts(shelf)[0]
    opened.hand.move(*at(shelf, 0))
    opened.hand.until(lambda: int(opened.root.tk.call("winfo", "exists", ".tooltip")))
    [label] = opened.root.nametowidget(".tooltip").winfo_children()
    assert label.cget("text").startswith("a name that is far too long for its place\n")
    opened.hand.move(*at(shelf, 1))
    opened.hand.until(lambda: not int(opened.root.tk.call("winfo", "exists", ".tooltip")))
    opened.hand.until(lambda: int(opened.root.tk.call("winfo", "exists", ".tooltip")))
    assert opened.root.nametowidget(".tooltip").winfo_children()[0].cget("text").startswith("b\n")
    opened.hand.move(2, 2)


# --------------------------------------------------------------------------------------------------------------- go


def test_a_click_goes_there_as_one_step(window):
    opened = window()
    shelf = marked(opened, "a", "b", "c")
    click(opened, shelf, 2)
    assert opened.z == Z[2]
    click(opened, shelf, 0)
    assert opened.z == Z[0]
    opened.hand.key("ctrl+z")
    assert opened.z == Z[2]


def test_the_plus_bookmarks_this_place_and_greys_out_where_one_is(window):
    opened = window(z=(0.5, 0.5))
    button = opened.app.workspace.shelf.adding.buttons["bookmark"]
    assert min(button.winfo_width(), button.winfo_height()) >= 24
    opened.hand.click(button)
    assert [each.z for each in opened.session.state.bookmarks] == [(0.5, 0.5)] and button.instate(["disabled"])
    opened.hand.click(button)
    assert len(opened.session.state.bookmarks) == 1


def test_the_plus_stays_where_it_is_so_that_a_second_click_goes_to_no_bookmark(window):
    opened = window(z=(0.5, 0.5))
    button = opened.app.workspace.shelf.adding.buttons["bookmark"]
    left = middle(button)[0]
    for k in range(3):
        opened.session.commit(z=(0.5, k / 10))
        opened.hand.pump()
        opened.hand.do("mousemove", left, middle(button)[1], "click", "1")
        assert opened.z == (0.5, k / 10)
    assert len(kept(opened)) == 3


def test_a_move_while_the_keys_go_to_a_dialog_of_tks_own_shows(window):
    opened = window()
    shelf = marked(opened, "a", "b")
    focus(opened, shelf)
    opened.root.tk.eval("toplevel .__tk_dialog; focus -force .__tk_dialog")
    opened.hand.until(lambda: str(opened.root.tk.call("focus")) == ".__tk_dialog")
    shelf.show(opened.session.state)
    opened.root.tk.eval("destroy .__tk_dialog")
    opened.hand.pump()


def test_tab_reaches_it_and_the_keys_go(window):
    opened = window()
    shelf = marked(opened, "a", "b", "c")
    opened.app.workspace.shelf.thumbnails.canvas.tk_focusPrev().focus_set()
    opened.hand.key("Tab")
    assert opened.root.focus_get() is shelf.thumbnails.canvas
    for key, k in (("Right", 1), ("Right", 2), ("Right", 2), ("Left", 1), ("End", 2), ("Home", 0)):
        opened.hand.key(key)
        assert shelf.at == k and opened.z == (0, 0), "to look around moves nothing"
    opened.hand.key("Right", "Return")
    assert opened.z == Z[1]
    opened.hand.key("Right", "space")
    assert opened.z == Z[2]


def test_the_bookmark_with_the_focus_has_a_ring_while_the_row_has_it(window):
    opened = window()
    shelf = marked(opened, "a", "b")
    canvas = shelf.thumbnails.canvas

    def rings():
        return [each for each in canvas.find_all() if canvas.type(each) == "rectangle"]

    assert rings() == []
    focus(opened, shelf)
    opened.hand.key("Right")
    assert len(rings()) == 1 and canvas.bbox(rings()[0])[0] > 72
    opened.root.focus_set()
    opened.hand.pump()
    assert rings() == []


# ------------------------------------------------------------------------------------------------------------- change


def test_delete_takes_one_away_and_undo_brings_it_back(window):
    opened = window()
    shelf = marked(opened, "a", "b", "c")
    click(opened, shelf, 1)
    opened.hand.key("Delete")
    assert kept(opened) == ["a", "c"]
    opened.hand.key("ctrl+z")
    assert kept(opened) == ["a", "b", "c"]
    opened.hand.key("End", "Delete", "Delete", "Delete")
    assert kept(opened) == [] and opened.root.focus_get() is not None
    opened.hand.key("ctrl+z")
    assert kept(opened) == ["a"] and texts(shelf) == ["a"]


@pytest.mark.parametrize("how", ["F2", "double click"])
def test_a_name_is_changed_in_its_place(window, how):
    opened = window()
    shelf = marked(opened, "a", "b", "c")
    if how == "F2":
        focus(opened, shelf)
        opened.hand.key("Right", "F2")
    else:
        click(opened, shelf, 1, "--repeat", 2)
    assert isinstance(opened.root.focus_get(), type(shelf.naming.entry)), "the entry has the keys"
    opened.hand.type("best ")  # B and the digits are keys of the window elsewhere
    opened.hand.type("1")
    opened.hand.key("Return")
    assert kept(opened) == ["a", "best 1", "c"]
    assert opened.root.focus_get() is shelf.thumbnails.canvas and shelf.naming.entry is None
    opened.hand.key("ctrl+z")
    assert kept(opened) == ["a", "b", "c"]


def test_escape_and_going_elsewhere_leave_the_name(window):
    opened = window()
    shelf = marked(opened, "a", "b")
    focus(opened, shelf)
    for leave in (
        lambda: opened.hand.key("Escape"),
        lambda: opened.hand.click(opened.app.workspace.picture.digit.widget),
    ):
        opened.hand.key("F2")
        opened.hand.type("other")
        leave()
        assert kept(opened) == ["a", "b"] and shelf.naming.entry is None
        focus(opened, shelf)


def test_a_taken_name_gets_a_number_and_one_that_cannot_be_is_told(window):
    opened = window()
    shelf = marked(opened, "a", "b")
    focus(opened, shelf)
    opened.hand.key("Right", "F2")
    opened.hand.type("a")
    opened.hand.key("Return")
    assert kept(opened) == ["a", "a 2"]
    for text, why in (("", "0 characters"), ("x" * 61, "61 characters")):
        opened.hand.key("F2", "ctrl+slash", "BackSpace")
        opened.hand.type(text) if text else None
        opened.hand.key("Return")
        assert why in opened.said and shelf.naming.entry is not None
        opened.hand.key("Escape")
    assert kept(opened) == ["a", "a 2"]


def test_the_menu_of_a_bookmark_does_the_same(window):
    opened = window()
    shelf = marked(opened, "a", "b", "c")
    opened.hand.do("mousemove", *at(shelf, 1), "click", 3)
    opened.hand.until(shelf._menu.winfo_ismapped)
    opened.hand.key("Down", "Return")
    opened.hand.until(lambda: not shelf._menu.winfo_ismapped())
    assert opened.z == Z[1]
    focus(opened, shelf)
    opened.hand.key("Right", "shift+F10")
    opened.hand.until(shelf._menu.winfo_ismapped)
    opened.hand.key("Down", "Down", "Down", "Return")  # the last: Delete
    opened.hand.until(lambda: kept(opened) == ["a", "b"])
    opened.hand.key("Home", "Menu")
    opened.hand.until(shelf._menu.winfo_ismapped)
    opened.hand.key("Escape")
    opened.hand.until(lambda: not shelf._menu.winfo_ismapped())
    assert kept(opened) == ["a", "b"]


def drag(opened, start, end):
    (x0, y0), (x1, _) = start, end
    opened.hand.press(x0, y0)
    for share in (0.3, 0.7, 1):
        opened.hand.move(x0 + share * (x1 - x0), y0)
    opened.hand.release()


@pytest.mark.parametrize(
    ("dragged", "over", "aside", "expected"),
    [(0, 2, 20, "bcad"), (3, 0, -20, "dabc"), (1, 1, 20, "abcd"), (2, 1, -20, "acbd"), (0, 3, 20, "bcda")],
)
def test_a_drag_puts_a_bookmark_elsewhere_and_goes_nowhere(window, dragged, over, aside, expected):
    opened = window()
    shelf = marked(opened, *"abcd")
    x, y = at(shelf, over)
    drag(opened, at(shelf, dragged), (x + aside, y))
    assert "".join(kept(opened)) == expected and opened.z == (0, 0)
    assert shelf.thumbnails.canvas.find_withtag("mark") == ()
    if expected != "abcd":
        opened.hand.key("ctrl+z")
        assert "".join(kept(opened)) == "abcd"


def test_shift_and_an_arrow_put_a_bookmark_elsewhere(window):
    opened = window()
    shelf = marked(opened, *"abc")
    focus(opened, shelf)
    for keys, expected in (
        ("shift+Right", "bac"),
        ("shift+Right", "bca"),
        ("shift+Right", "bca"),
        ("shift+Left", "bac"),
    ):
        opened.hand.key(keys)
        assert "".join(kept(opened)) == expected and kept(opened)[shelf.at] == "a"


# --------------------------------------------------------------------------------------------------------------- many


def test_many_scroll_by_wheel_keys_and_buttons(window):
    opened = window()
    names = [f"n{k}" for k in range(40)]
    shelf = marked(opened, *names)
    room = len(texts(shelf))
    assert 5 < room < 15 and texts(shelf) == names[:room] and shelf.back.instate(["disabled"])
    assert shelf.widget.winfo_width() <= opened.root.winfo_width()
    assert shelf.adding.widget.winfo_rootx() + shelf.adding.widget.winfo_width() <= opened.root.winfo_rootx() + 960
    opened.hand.do("mousemove", *middle(shelf.thumbnails.canvas), "click", "5", "click", "5")
    assert texts(shelf)[0] == "n2"
    opened.hand.do("click", "4")
    assert texts(shelf)[0] == "n1"
    opened.hand.click(shelf.on)
    assert texts(shelf)[0] == "n4" and shelf.back.instate(["!disabled"])
    focus(opened, shelf)
    opened.hand.key("End")
    assert texts(shelf) == names[-room:] and shelf.on.instate(["disabled"])
    opened.hand.key("Home")
    assert texts(shelf)[0] == "n0"


def test_a_new_one_is_scrolled_to_and_a_wider_window_shows_more(window):
    opened = window()
    shelf = marked(opened, *(f"n{k}" for k in range(30)))
    opened.session.commit(z=(0.25, 0.25))
    opened.hand.key("b")
    assert shelf.at == 30 and shelf.thumbnails.last == 31
    before = len(texts(shelf))
    opened.root.geometry("1500x700")
    opened.hand.until(lambda: opened.root.winfo_width() == 1500)
    opened.hand.pump()
    assert len(texts(shelf)) > before + 5


def test_it_only_decodes_when_the_bookmarks_change(window, monkeypatch):
    opened = window()
    shelf = marked(opened, "a", "b")
    decoded, decode = [], opened.session.space.codec.decode
    monkeypatch.setattr(opened.session.space.codec, "decode", lambda z: decoded.append(np.shape(z)) or decode(z))
    opened.session.preview(z=(0.5, 0.5))
    shelf.show(opened.session.state)
    assert (2, 2) not in decoded
    marked(opened, "c", "b")
    assert (2, 2) not in decoded, "a name is no digit"
    opened.session.commit(bookmarks=(Bookmark("d", (2.0, 2.0)),))
    opened.hand.pump()
    assert (1, 2) in decoded


@pytest.mark.parametrize("latent_dim", [1, 20])
def test_it_shows_models_of_any_dimension_at_any_scale(window, latent_dim):
    opened = window(latent_dim, size=(1920, 1200), scale=2.0)
    opened.hand.key("b")
    shelf = opened.app.workspace.shelf
    assert len(texts(shelf)) == 1 and shelf.widget.winfo_height() <= 2 * 72


# ------------------------------------------------------------------------------------- faster than the next frame


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["b", "F2"], ["a", "b", "near 8"]),
        (["b", "Delete"], ["a", "b"]),
        (["b", "shift+Left"], ["a", "near 8", "b"]),
        (["b", "Home", "Delete"], ["b", "near 8"]),
        (["ctrl+z", "F2"], []),
    ],
)
def test_keys_that_come_before_the_next_frame_work_on_the_bookmarks_as_they_are(window, keys, expected):
    opened = window(z=(0.5, 0.5))
    shelf = marked(opened, "a", "b")
    focus(opened, shelf)
    send("key", "--delay", 1, *keys)
    opened.hand.pump()
    assert kept(opened) == expected
    if shelf.naming.entry is not None:
        assert shelf.naming.entry.get() == "near 8" and opened.root.focus_get() is shelf.naming.entry
        opened.hand.key("Escape")
