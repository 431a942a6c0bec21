"""The column that scrolls: by wheel, by focus, and not at all when it fits."""

import tkinter as tk
from tkinter import ttk

import pytest
from conftest import Hand

from vae_explorer.gui.widgets import bindings
from vae_explorer.gui.widgets.scrolled import Scrolled

ROWS = 30


@pytest.fixture
def column(display):
    """A column of entries in a window of its own, the hand on it, and where it is scrolled to."""
    root = tk.Tk()
    bindings.apply(root)
    root.geometry("200x200+50+50")
    ttk.Label(root, text="Beside").pack(side="bottom", fill="x")
    area = Scrolled(root, "#ffffff")
    area.pack(fill="both", expand=True)
    entries = [ttk.Entry(area.inner) for _ in range(ROWS)]
    for each in entries:
        each.pack(fill="x")
    hand = Hand(root)
    hand.do("mousemove", 2, 2)
    hand.until(lambda: area._bar.winfo_ismapped() and area._canvas.winfo_height() > 100)
    root.focus_force()
    hand.pump()
    yield area, entries, hand
    hand.do("mousemove", 2, 2)
    root.destroy()
    assert display


def seen(area, widget):
    top = widget.winfo_rooty() - area._canvas.winfo_rooty()
    return top >= 0 and top + widget.winfo_height() <= area._canvas.winfo_height()


def test_a_scrollbar_is_there_only_when_the_column_is_higher_than_its_place(column):
    area, entries, hand = column
    for each in entries[3:]:
        each.pack_forget()
    hand.until(lambda: not area._bar.winfo_ismapped())
    assert area._canvas.yview()[0] == 0
    for each in entries[3:]:
        each.pack(fill="x")
    hand.until(area._bar.winfo_ismapped)


def test_the_wheel_scrolls_over_the_column_and_nowhere_else(column):
    area, entries, hand = column
    hand.do("mousemove", entries[2].winfo_rootx() + 5, entries[2].winfo_rooty() + 5, "click", 5, "click", 5)
    assert area._canvas.yview()[0] > 0
    hand.do("click", 4, "click", 4, "click", 4)
    assert area._canvas.yview()[0] == 0
    beside = next(each for each in area.winfo_toplevel().winfo_children() if each.winfo_class() == "TLabel")
    hand.rest()
    hand.click(beside, 5)
    assert area._canvas.yview()[0] == 0


def test_the_wheel_leaves_a_column_that_fits_where_it_is(column):
    area, entries, hand = column
    for each in entries[3:]:
        each.pack_forget()
    hand.until(lambda: not area._bar.winfo_ismapped())
    hand.do("mousemove", entries[1].winfo_rootx() + 5, entries[1].winfo_rooty() + 5, "click", 5)
    assert area._canvas.yview()[0] == 0


def test_what_takes_the_focus_is_scrolled_into_view_downwards_and_upwards(column):
    area, entries, hand = column
    assert not seen(area, entries[-1])
    for each in (*entries[::7], entries[-1], *entries[::-7], entries[0]):
        each.focus_set()
        hand.pump()
        assert seen(area, each)


def test_dragging_the_scrollbar_scrolls(column):
    area, _, hand = column
    bar = area._bar
    hand.press(bar.winfo_rootx() + bar.winfo_width() // 2, bar.winfo_rooty() + 30)
    hand.move(bar.winfo_rootx() + 5, bar.winfo_rooty() + bar.winfo_height())
    hand.release()
    assert area._canvas.yview()[1] == 1


def test_the_column_is_as_wide_as_its_place(column):
    area, _, hand = column
    area.winfo_toplevel().geometry("400x200")
    hand.until(lambda: area.inner.winfo_width() == area._canvas.winfo_width() > 350)


def test_the_column_is_as_wide_without_its_scrollbar_as_with_it(column):
    area, entries, hand = column
    width = area.inner.winfo_width()
    for each in entries[3:]:
        each.pack_forget()
    hand.until(lambda: not area._bar.winfo_ismapped())
    area.winfo_toplevel().geometry("230x200")  # Tk gives the place of what has gone to others at the next resize only
    hand.until(lambda: area.winfo_width() == 230)
    hand.pump()
    assert area.inner.winfo_width() == width + 30


def test_it_tells_what_is_seen_whenever_that_has_changed(column):
    area, entries, hand = column
    told = []
    area.bind("<<Scrolled>>", lambda _event: told.append(area.seen))
    hand.do("mousemove", entries[2].winfo_rootx() + 5, entries[2].winfo_rooty() + 5, "click", 5)
    assert told and told[-1][0] > 0 and told[-1][1] - told[-1][0] == area._canvas.winfo_height()
    top = area._canvas.winfo_rooty() - area.inner.winfo_rooty()
    assert told[-1][0] == top
    area.winfo_toplevel().geometry("200x150")
    hand.until(lambda: told[-1][1] - told[-1][0] < 150)


def test_what_takes_the_focus_is_seen_with_all_that_stands_in_its_part(column):
    area, entries, hand = column
    part = ttk.Frame(area.inner)
    rows = [ttk.Label(part, text="above"), ttk.Entry(part), ttk.Entry(part), ttk.Label(part, text="below")]
    for each in rows:
        each.pack()
    part.pack(before=entries[15])
    for away in (0, 1):  # it is scrolled to from above and from below
        rows[1 + away].focus_set()
        hand.pump()
        area._canvas.yview_moveto(away)
        hand.pump()
        assert not seen(area, rows[1])
        rows[2 - away].focus_set()
        hand.pump()
        assert all(seen(area, each) for each in rows)


def test_what_is_seen_already_is_not_scrolled_when_the_focus_comes_to_it_from_outside(column):
    area, entries, hand = column
    area._canvas.yview_moveto(0.5)
    hand.pump()
    shown = area.seen
    next(each for each in reversed(entries) if seen(area, each)).focus_set()
    hand.pump()
    assert area.seen == shown


def test_of_two_columns_each_follows_the_focus_and_one_that_goes_leaves_the_other_its_own(column):
    area, entries, hand = column
    root = area.winfo_toplevel()
    other = Scrolled(root, "#ffffff")
    other.pack(fill="both", expand=True)
    ttk.Entry(other.inner).pack()
    hand.pump()
    entries[-1].focus_set()
    hand.until(lambda: seen(area, entries[-1]), "the first hears of the focus no more")
    other.destroy()
    entries[0].focus_set()
    hand.until(lambda: seen(area, entries[0]), "the first went deaf with the second")
