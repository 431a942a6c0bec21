"""Arithmetic with places: chosen by real keys, and what the screen shows of the result."""

import gc
import tkinter as tk
from tkinter import ttk

import numpy as np
import pytest

from vae_explorer.gui.panels import saving
from vae_explorer.gui.panels.saving import Answer
from vae_explorer.gui.views.arithmetic.view import ArithmeticView, result
from vae_explorer.session.analogy import example
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import State
from vae_explorer.space.space import MAX_ABS_Z


def arithmetic(opened, *terms):
    """Bring the arithmetic to the front, with these points as its terms; give its view."""
    if terms:
        opened.session.commit(terms=tuple(Bookmark(f"term {k}", z) for k, z in enumerate(terms)))
    opened.app.show_tab("arithmetic")
    opened.hand.pump()
    return opened.app.workspace.tabs.view("arithmetic")


def levels(opened, picture):
    """The grey levels (28, 28) that a picture shows on the screen."""
    shown = opened.look(picture)[..., 0].astype(int)
    zoom = len(shown) // 28
    squares = shown.reshape(28, zoom, 28, zoom)
    assert (np.ptp(squares, axis=(1, 3)) == 0).all()
    return squares[:, 0, :, 0]


def test_the_result_is_the_picture_of_a_minus_b_plus_c(window):
    opened = window(6)
    points = [tuple(each) for each in np.random.default_rng(3).normal(size=(3, 6)).tolist()]
    view = arithmetic(opened, *points)
    a, b, c = map(np.array, points)
    for picture, z in zip(view.sum.pictures, (a, b, c, a - b + c), strict=True):
        assert abs(levels(opened, picture) - opened.expected(z)).max() <= 1


def test_places_are_chosen_by_keys_and_undo_takes_them_back_from_the_screen(window):
    opened = window()
    view = arithmetic(opened)
    assert [each.get() for each in view.sum.choices] == ["choose…"] * 3
    for choice, key in zip(view.sum.choices, "714", strict=True):
        choice.focus_set()
        opened.hand.key(key)
    assert [term.name for term in opened.session.state.terms] == ["mean of 7", "mean of 1", "mean of 4"]
    opened.session.undo()
    opened.hand.pump()
    assert [each.get() for each in view.sum.choices] == ["mean of 7", "mean of 1", "choose…"]
    assert len({tuple(colour) for colour in opened.look(view.sum.pictures[3]).reshape(-1, 3)}) == 1


def test_an_example_is_one_click_and_one_step_of_undo(window, bare):
    opened = window(6)
    view = arithmetic(opened)
    opened.hand.click(view.buttons.buttons["example"])
    names = [choice.get() for choice in view.sum.choices]
    assert [name.split()[0] for name in names] == ["thick", "thin", "thin"] and result(opened.session.state)
    assert opened.session.state.terms == example(opened.session.space)
    opened.hand.key("ctrl+z")
    assert opened.session.state.terms == (None, None, None)
    without = arithmetic(window(weights=bare))
    assert without.buttons.buttons["example"].instate(["disabled"])
    assert without.outcome.cget("text").startswith("Choose A, B and C among your bookmarks.")


def test_the_sum_is_saved_from_its_tab_and_opened_again_comes_back(window, tmp_path, monkeypatch):
    opened = window()
    view = arithmetic(opened, (1.0, 2.0), (0.5, 0.5), (-1.0, 1.0))
    asked = []
    monkeypatch.setattr(saving, "ask", lambda *told: asked.append(told[-1]) or Answer(told[-1], tmp_path / "a.png", {}))
    opened.hand.click(view.buttons.buttons["save-sum"])
    opened.hand.until(lambda: not opened.app.work.running)
    opened.session.commit(terms=(None, None, None))
    opened.app.show_tab("map")
    opened.app.documents.open(tmp_path / "a.png")
    opened.hand.pump()
    assert asked == ["arithmetic"] and opened.app.workspace.tabs.selected == "arithmetic"
    assert [term.z for term in opened.session.state.terms] == [(1.0, 2.0), (0.5, 0.5), (-1.0, 1.0)]
    opened.app.documents.copy_view()
    assert "'c': (-1.0, 1.0)" in opened.root.clipboard_get() and "arithmetic.png" in opened.root.clipboard_get()


def test_going_to_the_result_is_one_step(window):
    opened = window()
    view = arithmetic(opened, (1.0, 2.0), (0.5, 0.5), (-1.0, 1.0))
    opened.hand.click(view.buttons.buttons["go-result"])
    assert opened.z == (-0.5, 2.5)
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


def test_the_result_as_a_path_leads_there_from_c(window):
    opened = window()
    view = arithmetic(opened, (1.0, 2.0), (0.5, 0.5), (-1.0, 1.0))
    view.buttons.buttons["result-path"].focus_set()
    opened.hand.key("Return")
    path = opened.session.state.path
    assert (path.start.z, path.end.z) == ((-1.0, 1.0), (-0.5, 2.5))
    assert opened.app.workspace.tabs.selected == "path"
    opened.hand.until(lambda: not opened.app.work.running)  # the geodesic is sought


def test_until_all_are_chosen_the_buttons_are_off_and_it_is_said_what_is_missing(window):
    opened = window()
    view = arithmetic(opened)
    buttons = [button for name, button in view.buttons.buttons.items() if name != "example"]
    assert all(each.instate(["disabled"]) for each in buttons) and "Choose A, B and C" in view.outcome.cget("text")
    view.sum.choices[1].focus_set()
    opened.hand.key("1")
    assert "Choose A and C first" in view.outcome.cget("text") and all(each.instate(["disabled"]) for each in buttons)
    opened.session.commit(terms=(Bookmark("a", (0.0, 0.0)),) * 3)
    opened.hand.pump()
    assert not any(each.instate(["disabled"]) for each in buttons)


def test_it_is_told_how_much_of_the_data_lies_at_the_result(window, bare):
    opened = window()
    inside = opened.session.space.class_mean(4)
    view = arithmetic(opened, inside, inside, inside)
    percent = opened.session.space.density.percentile(inside)[0]
    assert f"There: usual. {percent // 1:.0f} of 100" in view.outcome.cget("text")
    assert "There: never seen. None of" in arithmetic(opened, (9.0, 9.0), (0.0, 0.0), (0.0, 0.0)).outcome.cget("text")
    without = arithmetic(window(weights=bare), *[(0.0,) * 6] * 3)
    assert "atlas.npz" in without.outcome.cget("text")


def test_a_result_beyond_the_values_that_a_session_takes_is_the_nearest_of_those():
    a, b, c = (Bookmark("p", z) for z in ((9.0, 1.0), (-9.0, 1.0), (0.0, 1.0)))
    assert result(State((0.0, 0.0), terms=(a, b, c))) == (MAX_ABS_Z, 1.0)
    assert result(State((0.0, 0.0), terms=(a, None, c))) is None


def cut(widget):
    """The widgets in a widget that reach beyond what they stand in, or have less room than they need."""
    for child in widget.winfo_children():
        yield from cut(child)
        over = (
            min(child.winfo_x(), child.winfo_y()) < 0
            or child.winfo_x() + child.winfo_width() > widget.winfo_width()
            or child.winfo_y() + child.winfo_height() > widget.winfo_height()
        )
        small = child.winfo_width() < child.winfo_reqwidth() or child.winfo_height() < child.winfo_reqheight()
        if over or (small and not isinstance(child, ttk.Frame)):
            yield child


@pytest.mark.parametrize(
    ("width", "scale"),
    [(276, 1.0), (420, 1.0), (640, 1.0), (900, 1.0), (1500, 1.0), (560, 2.0), (900, 2.0), (1900, 2.0)],
)
def test_it_is_whole_at_every_width_and_in_a_row_where_there_is_room(window, scale, width):
    opened = window(scale=scale, size=(round(960 * scale), round(600 * scale)))
    opened.session.commit(terms=(Bookmark("a", (9.0, 9.0)), Bookmark("b", (0.0, 0.0)), Bookmark("c", (0.0, 0.0))))
    top = tk.Toplevel(opened.root)
    view = ArithmeticView(top, opened.app.desk)
    view.widget.pack(fill="both", expand=True)
    top.geometry(f"{width}x{round(440 * scale)}+0+0")
    opened.hand.until(top.winfo_viewable)
    view.show(opened.session.state)
    opened.hand.pump()
    flaws = [*cut(view.widget)]
    tops = {each.winfo_y() for each in view.sum.choices}
    sizes = [each.winfo_height() for each in view.sum.pictures]
    top.destroy()
    del view
    gc.collect()  # its callbacks and it hold each other
    assert flaws == []
    assert (len(tops) == 1) == (width >= 700 * scale), "in a row where there is room"
    assert sizes[3] > sizes[0] == sizes[1] == sizes[2]
