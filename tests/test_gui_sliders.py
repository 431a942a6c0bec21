"""Sliders and typed values, moved by a real mouse and real keys."""

from itertools import pairwise
from tkinter import ttk

import numpy as np
import pytest
from conftest import middle

from vae_explorer.gui.looks.coordinates import format_value


def stroke(window, dim, *values):
    """Press a thumb, drag it through values without letting go."""
    window.hand.press(*window.thumb(dim))
    for value in values:
        window.hand.move(*window.thumb(dim, value))


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_there_is_a_slider_from_minus_3_to_3_and_an_entry_for_each_dimension(window, latent_dim):
    sliders = window(latent_dim).app.workspace.controls.sliders
    assert len(sliders.scales) == len(sliders.entries) == latent_dim
    assert {(float(each["from"]), float(each["to"])) for each in sliders.scales} == {(-3, 3)}


@pytest.mark.parametrize(("latent_dim", "size"), [(1, (960, 600)), (6, (1180, 760)), (20, (1920, 1080))])
def test_dragging_a_thumb_moves_its_z_and_the_digit_on_the_screen_at_every_stop(window, latent_dim, size):
    opened = window(latent_dim, size=size)
    dim, before = latent_dim // 2, opened.digit()
    opened.app.workspace.controls.sliders.scales[dim].focus_set()  # scrolls it into view
    opened.hand.pump()
    assert abs(before - opened.expected()).max() <= 1
    opened.hand.press(*opened.thumb(dim))
    for value in (1, 2.5, -1.5):
        opened.hand.move(*opened.thumb(dim, value))
        assert opened.z[dim] == pytest.approx(value, abs=0.05)
        assert [z for k, z in enumerate(opened.z) if k != dim] == [0] * (latent_dim - 1)
        shown = opened.digit()
        assert abs(shown - opened.expected()).max() <= 1
        assert abs(shown - before).max() > 20, "the digit did not move"
        assert opened.app.workspace.controls.sliders.entries[dim].get() == format_value(opened.z[dim])
    opened.hand.release()


def test_a_whole_drag_is_one_step_of_undo(window):
    opened = window()
    stroke(opened, 0, 0.5, 1, 2)
    opened.hand.release()
    there = opened.z
    stroke(opened, 1, -0.5, -1)
    opened.hand.release()
    opened.hand.key("ctrl+z")
    assert opened.z == there and there[0] > 1.9
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0) and not opened.session.can_undo


def test_undo_in_the_middle_of_a_drag_takes_the_drag_back(window):
    opened = window()
    stroke(opened, 0, 1, 2)
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)
    opened.hand.release()
    assert opened.z == (0, 0) and opened.session.can_redo


def test_a_drag_beyond_the_end_of_the_slider_stops_at_3(window):
    opened = window()
    opened.hand.press(*opened.thumb(0))
    opened.hand.move(opened.thumb(0, 3)[0] + 80, opened.thumb(0)[1])
    opened.hand.release()
    assert opened.z == (3, 0)


@pytest.mark.parametrize("value", [-2.7, 0.3, 2])
def test_a_click_beside_the_thumb_goes_there_at_once_as_one_step_of_undo(window, value):
    opened = window()
    opened.hand.press(*opened.thumb(0, value))
    there = opened.z[0]
    assert there == pytest.approx(value, abs=0.05)
    opened.hand.release()
    opened.hand.click(opened.app.workspace.controls.presets.buttons["class-4"])
    opened.hand.key("ctrl+z")
    assert opened.z[0] == there
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


def test_a_click_beside_the_thumb_can_go_on_as_a_drag(window):
    opened = window()
    opened.hand.press(*opened.thumb(0, 2))
    opened.hand.move(*opened.thumb(0, 1))
    assert opened.z[0] == pytest.approx(1, abs=0.05)
    opened.hand.release()
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0) and not opened.session.can_undo


@pytest.mark.parametrize("button", [2, 3])
@pytest.mark.parametrize("value", [0, 2])
def test_the_other_buttons_move_no_slider(window, button, value):
    opened = window()
    opened.hand.press(*opened.thumb(0, value), button)
    opened.hand.move(*opened.thumb(0, 1))
    opened.hand.release(button)
    assert opened.z == (0, 0) and not opened.session.can_undo


@pytest.mark.parametrize(
    ("keys", "value", "steps"),
    [
        ("Right", 0.1, 1),
        ("Left", -0.1, 1),
        ("shift+Right", 0.01, 1),
        ("shift+Left", -0.01, 1),
        ("Prior", 1, 1),
        ("Next", -1, 1),
        ("Right Right Right", 0.3, 3),
        ("Prior Prior Prior Prior", 3, 3),
        ("Next Next Next Next Right", -2.9, 4),
        ("End Left", 2.9, 2),
    ],
)
def test_a_key_in_a_slider_moves_it_by_its_step_and_is_one_step_of_undo(window, keys, value, steps):
    opened = window()
    opened.hand.click(opened.app.workspace.controls.sliders.scales[1])
    opened.hand.key(*keys.split())
    assert opened.z == (0, pytest.approx(value))
    assert abs(opened.digit() - opened.expected()).max() <= 1
    taken = 0
    while opened.session.can_undo:
        opened.hand.key("ctrl+z")
        taken += 1
    assert opened.z == (0, 0) and taken == steps


def test_a_key_let_go_in_the_middle_of_a_drag_does_not_cut_it_in_two(window):
    opened = window()
    stroke(opened, 0, 1)
    opened.hand.key("Shift_L")
    opened.hand.move(*opened.thumb(0, 2))
    opened.hand.release()
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)


def test_the_steps_of_a_key_do_not_pile_up_errors(window):
    opened = window(1)
    opened.hand.click(opened.app.workspace.controls.sliders.scales[0])
    opened.hand.do("key", "--repeat", 10, "--delay", 1, "Right")
    opened.hand.do("key", "--repeat", 10, "--delay", 1, "Left")
    assert opened.z == (0,)


def test_up_and_down_go_to_the_slider_above_and_below(window):
    opened = window(20)
    scales = opened.app.workspace.controls.sliders.scales
    opened.hand.click(scales[0])
    opened.hand.key("Down")
    assert opened.root.focus_get() is scales[1]
    opened.hand.key(*["Down"] * 30)
    assert opened.root.focus_get() is scales[19]
    opened.hand.key("Up")
    assert opened.root.focus_get() is scales[18] and set(opened.z) == {0}


def test_tab_goes_from_the_number_of_a_slider_to_the_slider_and_on_to_the_next_number(window):
    opened = window()
    sliders = opened.app.workspace.controls.sliders
    opened.hand.click(sliders.entries[0])
    opened.hand.key("Tab")
    assert opened.root.focus_get() is sliders.scales[0]
    opened.hand.key("Tab")
    assert opened.root.focus_get() is sliders.entries[1]


def test_of_hundreds_of_rows_only_those_in_sight_are_made(window):
    opened = window(256, size=(1180, 760))
    sliders = opened.app.workspace.controls.sliders
    height, seen = sliders.rows[0].winfo_height(), sliders.widget.winfo_height()
    assert seen // height <= len(sliders._made) <= seen // height + 3, "those in sight, in part too, and the last one"


def test_tab_goes_on_to_rows_that_were_not_made_yet_and_back_from_below_to_the_last_one(window):
    opened = window(20)
    sliders, walked = opened.app.workspace.controls.sliders, []
    assert len(sliders._made) < 10
    opened.hand.click(sliders.entries[0])
    for _ in range(12):
        opened.hand.key("Tab", "Tab")  # the second is there before a row can be drawn
        walked.append(opened.root.focus_get())
    assert walked == [sliders.entries[dim] for dim in range(1, 13)]
    assert sliders.widget.winfo_rooty() <= walked[-1].winfo_rooty() < opened.thumb(12)[1] + 20
    opened.app.workspace.controls.presets.buttons["class-0"].focus_set()
    opened.hand.key("shift+Tab")
    assert opened.root.focus_get() is sliders.scales[19]
    opened.hand.key("shift+Tab", "shift+Tab")
    assert opened.root.focus_get() is sliders.scales[18]


def test_a_row_that_is_made_later_shows_where_z_is_and_stands_in_the_order_that_was_chosen(window):
    opened = window(20, size=(1180, 760))
    order, sliders = by_kl(opened), opened.app.workspace.controls.sliders
    opened.session.commit(order="kl", z=tuple(k / 10 for k in range(20)))
    opened.hand.pump()
    later = order[18]
    assert later not in sliders._made
    opened.hand.do("mousemove", *middle(sliders.strips[order[1]].canvas), *["click", 5] * 60)
    assert later in sliders._made and sliders.entries[later].get() == format_value(later / 10)
    assert in_sight(opened) == order


def test_after_a_new_order_tab_goes_on_to_the_next_row_of_that_order_whether_it_was_made_or_not(window):
    opened = window(20)
    order, sliders = by_kl(opened), opened.app.workspace.controls.sliders
    dim = next(dim for dim in sliders._made if 10 < order.index(dim) < 18 and dim < 4)  # in sight now, and not then
    opened.hand.click(sliders.scales[dim])
    opened.session.commit(order="kl")
    opened.hand.pump()
    opened.hand.key("Tab")
    assert opened.root.focus_get() is sliders.entries[order[order.index(dim) + 1]]


@pytest.mark.parametrize("latent_dim", [2, 20])
def test_the_marks_of_the_axis_stand_over_the_thumbs_of_their_values(window, latent_dim):
    opened = window(latent_dim)
    marks = {each.cget("text"): each for each in opened.app.workspace.controls.sliders.axis.winfo_children()}
    assert [*marks] == ["−3", "0", "+3"]
    for text, value in (("−3", -3), ("0", 0), ("+3", 3)):
        x, y = opened.thumb(0, value)
        mark = marks[text]
        assert middle(mark)[0] == pytest.approx(x, abs=1), text
        assert mark.winfo_rooty() + mark.winfo_height() <= y


def test_home_in_a_slider_resets_it_and_home_in_an_entry_moves_the_cursor(window):
    opened = window(z=(1.0, 2.0))
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.click(entry)
    opened.hand.key("End", "Home")
    assert opened.z == (1, 2) and entry.index("insert") == 0
    opened.hand.click(opened.app.workspace.controls.sliders.scales[1])
    here = opened.z
    opened.hand.key("Home")
    assert opened.z == (1, 0)
    opened.hand.key("ctrl+z")
    assert opened.z == here


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("1.25", 1.25, "Return"),
        ("1.25", 1.25, "KP_Enter"),
        ("1.25", 1.25, "Tab"),
        ("1.25", 1.25, "another"),
        ("-2,5", -2.5, "Return"),
        ("−0.5", -0.5, "Return"),
        ("7.5", 7.5, "Return"),
        ("10", 10, "Return"),
        ("-10", -10, "Return"),
        (" +3 ", 3, "Return"),
    ],
)
def test_a_typed_number_is_taken_at_return_and_when_the_entry_is_left(window, text, value, end):
    opened = window()
    first, second = opened.app.workspace.controls.sliders.entries
    opened.hand.write(first, text)
    assert opened.z == (0, 0), "typing is not taken before it ends"
    opened.hand.click(second) if end == "another" else opened.hand.key(end)
    assert opened.z == (value, 0) and first.get() == format_value(value)
    assert abs(opened.digit() - opened.expected()).max() <= 1
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0) and first.get() == "0.00" and not opened.session.can_undo


@pytest.mark.parametrize("text", ["abc", "nan", "1e9", "", "10.001", "inf", "1 2", "--1", "1_0"])
def test_a_text_that_is_no_number_in_range_is_put_back_and_said(window, text):
    opened = window(z=(1.5, 0.0))
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.write(entry, text)
    opened.hand.key("Return")
    assert opened.z == (1.5, 0) and entry.get() == "+1.50" and not opened.session.can_undo
    assert opened.said.startswith("z0: ") and opened.said.endswith(".")
    assert (text or "empty") in opened.said


def test_a_long_text_that_was_pasted_is_told_in_one_short_line(window):
    opened = window()
    opened.hand.write(opened.app.workspace.controls.sliders.entries[0], "é\n" * 5000)
    opened.hand.key("Return")
    assert "\n" not in opened.said and len(opened.said) < 60 and opened.z == (0, 0)


def test_the_first_click_into_an_entry_selects_the_number_and_the_next_one_sets_the_cursor(window):
    opened = window(z=(1.5, 0.0))
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.click(entry)
    opened.hand.type("2")
    assert entry.get() == "2", "what is typed takes the place of the number"
    opened.hand.key("Escape")
    opened.hand.click(entry)
    assert not entry.selection_present() and entry.get() == "+1.50"


def test_after_return_the_next_number_is_typed_over_the_one_that_was_taken(window):
    opened = window()
    opened.hand.click(opened.app.workspace.controls.sliders.entries[0])
    for text, value in (("2", 2), ("-1.5", -1.5)):
        opened.hand.type(text)
        opened.hand.key("Return")
        opened.hand.pump()
        assert opened.z == (value, 0)


def test_escape_puts_the_number_back(window):
    opened = window(z=(1.5, 0.0))
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.write(entry, "9")
    opened.hand.key("Escape")
    assert entry.get() == "+1.50"
    opened.hand.click(opened.app.workspace.controls.sliders.entries[1])
    assert opened.z == (1.5, 0) and not opened.session.can_undo


def test_letters_and_digits_typed_into_an_entry_call_no_command(window):
    opened = window(z=(1.5, 0.0))
    opened.hand.write(opened.app.workspace.controls.sliders.entries[0], "4r")
    assert opened.z == (1.5, 0) and opened.app.workspace.controls.sliders.entries[0].get() == "4r"
    opened.hand.key("Escape")
    opened.hand.click(opened.app.workspace.picture.digit.widget)
    opened.hand.key("4")
    assert opened.z == opened.session.space.class_mean(4), "the key would call the preset elsewhere"


def test_looking_into_an_entry_does_not_round_the_value(window):
    opened = window(z=(1.23456, 0.0))
    opened.hand.click(opened.app.workspace.controls.sliders.entries[0])
    opened.hand.key("Return", "Tab")
    assert opened.z == (1.23456, 0) and not opened.session.can_undo


def test_a_value_beyond_the_slider_stays_while_another_moves(window):
    opened = window()
    opened.hand.write(opened.app.workspace.controls.sliders.entries[0], "7.5")
    opened.hand.key("Return")
    stroke(opened, 1, 1, 2)
    opened.hand.release()
    opened.hand.key("Left", "Prior")
    assert opened.z[0] == 7.5 and opened.app.workspace.controls.sliders.entries[0].get() == "+7.50"
    assert abs(opened.digit() - opened.expected()).max() <= 1
    opened.hand.key("Up", "Left")  # a key goes on from the true value
    assert opened.z[0] == pytest.approx(7.4)


def in_sight(opened):
    """The dimensions from top to bottom, as they stand on the screen."""
    rows = opened.app.workspace.controls.sliders.rows
    return sorted(range(len(rows)), key=lambda dim: rows[dim].winfo_rooty())


def by_kl(opened):
    """The dimensions by how much they tell, worked out from the definition of kl."""
    atlas = opened.session.space.atlas
    kl = ((atlas.mu**2 + np.exp(atlas.logvar) - 1 - atlas.logvar) / 2).mean(0)
    order = sorted(range(len(kl)), key=lambda dim: -kl[dim])
    assert order != sorted(order), "a test of the order needs dimensions that are not in it"
    return order


def test_the_sliders_stand_in_the_order_that_is_chosen_and_undo_takes_it_back(window):
    opened = window(6, size=(1180, 760))
    assert in_sight(opened) == [*range(6)]
    opened.hand.click(opened.app.workspace.controls.sliders.scales[0])
    opened.hand.key("Home", "shift+Tab", "shift+Tab")
    assert opened.root.focus_get() is opened.app.workspace.controls.faces.numbers.order
    opened.hand.key("Down")  # opens the list
    opened.hand.key("Down", "Return")
    assert opened.session.state.order == "kl" and in_sight(opened) == by_kl(opened)
    opened.hand.key("ctrl+z")
    assert opened.session.state.order == "number" and in_sight(opened) == [*range(6)]
    assert opened.app.workspace.controls.faces.numbers.order.get() == "Sorted by number"


def test_tab_and_the_arrows_follow_the_order_that_is_seen(window):
    opened = window(6, size=(1180, 760))
    sliders, order = opened.app.workspace.controls.sliders, by_kl(opened)
    opened.session.commit(order="kl")
    opened.hand.pump()
    opened.hand.click(sliders.entries[order[0]])
    for before, dim in pairwise(order):
        opened.hand.key("Tab")
        assert opened.root.focus_get() is sliders.scales[before]
        opened.hand.key("Tab")
        assert opened.root.focus_get() is sliders.entries[dim]
    opened.hand.key("Tab", *["Up"] * 3)
    assert opened.root.focus_get() is sliders.scales[order[2]]
    opened.hand.key(*["Down"] * 9)
    assert opened.root.focus_get() is sliders.scales[order[5]]


def test_a_new_order_leaves_the_focus_and_all_values_where_they_are(window):
    opened = window(6, size=(1180, 760), z=(0.5, -1.0, 0.25, 2.0, 0.0, 1.0))
    scale = opened.app.workspace.controls.sliders.scales[2]
    opened.hand.click(scale)
    opened.session.commit(order="kl")
    opened.hand.pump()
    assert opened.root.focus_get() is scale
    here = opened.z
    opened.hand.key("Right")
    assert opened.z == (*here[:2], pytest.approx(here[2] + 0.1), *here[3:])


def test_without_an_atlas_there_is_one_order_and_the_reason_is_told(window, bare):
    opened = window(weights=bare)
    order = opened.app.workspace.controls.faces.numbers.order
    assert order.instate(["disabled"]) and order.winfo_ismapped()
    opened.hand.click(order)
    opened.hand.key("Down")
    assert opened.session.state.order == "number"
    opened.hand.move(2, 2)
    opened.hand.move(*middle(order))
    opened.hand.until(lambda: "tooltip" in opened.root.children)
    tip = opened.root.children["tooltip"]
    assert "atlas.npz" in next(each for each in tip.winfo_children() if isinstance(each, ttk.Label)).cget("text")
    opened.hand.move(2, 2)


def test_a_single_slider_has_no_order(window):
    assert not window(1).app.workspace.controls.faces.numbers.order.winfo_ismapped()


def test_a_number_that_is_being_typed_stays_while_something_else_moves(window):
    opened = window(2)
    entry = opened.app.workspace.controls.sliders.entries[1]
    opened.hand.click(entry)
    opened.hand.type("2.2")
    opened.session.preview(z=(0.5, 0.75))
    opened.hand.pump()
    assert entry.get() == "2.2"
    opened.hand.type("5")
    opened.hand.key("Return")
    assert opened.z == (0.5, 2.25) and entry.get() == "+2.25"


def test_leaving_a_number_that_was_not_touched_leaves_what_moves_meanwhile(window):
    opened = window(2, z=(0.123456, 0.0))
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.click(entry)
    opened.session.preview(z=(0.654321, 0.0))  # no frame yet: the entry shows what was before
    opened.root.focus_set()
    opened.hand.pump()
    assert opened.z == (0.654321, 0.0) and entry.get() == "+0.65"


def test_a_number_that_is_typed_as_it_was_shows_what_has_moved_meanwhile_when_it_is_left(window):
    opened = window(2)
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.click(entry)
    opened.hand.type("9")
    opened.session.preview(z=(1.5, 0.0))
    opened.hand.pump()
    opened.hand.key("BackSpace")
    opened.hand.type("0.00")
    opened.root.focus_set()
    opened.hand.pump()
    assert opened.z == (1.5, 0.0) and entry.get() == "+1.50"


def test_escape_puts_the_value_back_as_it_is_now(window):
    opened = window(2)
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.click(entry)
    opened.hand.type("9")
    opened.session.preview(z=(1.5, 0.0))
    opened.hand.pump()
    opened.hand.key("Escape")
    assert entry.get() == "+1.50" and opened.z == (1.5, 0.0)


def test_a_number_that_was_left_is_not_selected_any_more(window):
    opened = window(2)
    entries = opened.app.workspace.controls.sliders.entries
    opened.hand.click(entries[0])
    assert entries[0].selection_present()
    opened.hand.key("Tab")
    assert not entries[0].selection_present()
