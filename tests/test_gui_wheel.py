"""The wheel: what a gesture belongs to, by a real wheel, and how Tk tells of wheels and touchpads elsewhere."""

import tkinter as tk
from types import SimpleNamespace

import pytest
from conftest import middle

from vae_explorer.gui.widgets import wheel
from vae_explorer.gui.widgets.wheel import notches

UP, DOWN, LEFT, RIGHT = 4, 5, 6, 7  # as X11 numbers them


def turn(opened, button, times=1):
    opened.hand.do(*["click", button] * times)


def column(opened):
    return opened.app.workspace.controls.sliders.widget


def scrolled(opened):
    return column(opened).seen[0]


def over(opened):
    """The class of the widget under the pointer."""
    return opened.root.winfo_containing(*opened.root.winfo_pointerxy()).winfo_class()


def test_a_wheel_that_scrolls_the_sliders_moves_none_that_comes_under_the_pointer(window):
    opened = window(20)
    opened.hand.move(*middle(opened.app.workspace.controls.sliders.entries[1]))
    x, y = opened.thumb(1, 0.5)
    opened.hand.move(x, y - 20)
    assert over(opened) == "Canvas", "the strip above a slider"
    met = set()
    for _ in range(25):
        turn(opened, DOWN)
        met.add(over(opened))
    assert "TScale" in met and scrolled(opened) > 300
    assert opened.z == (0,) * 20 and not opened.session.can_undo


def test_a_wheel_that_begins_on_a_slider_moves_it_and_scrolls_nothing_wherever_the_pointer_goes(window):
    opened = window(20)
    opened.hand.move(*opened.thumb(0))
    turn(opened, UP, 3)
    assert opened.z[0] == pytest.approx(0.3)
    opened.hand.move(*middle(opened.app.workspace.controls.sliders.entries[1]))
    turn(opened, UP)
    assert opened.z[0] == pytest.approx(0.4) and scrolled(opened) == 0


def test_after_a_rest_the_wheel_belongs_to_what_is_under_the_pointer(window):
    opened = window(20)
    opened.hand.move(*middle(opened.app.workspace.controls.sliders.entries[1]))
    turn(opened, DOWN)
    opened.hand.rest()
    x, y = middle(opened.app.workspace.controls.sliders.scales[2])
    opened.hand.move(x, y)
    turn(opened, UP)
    assert opened.z[2] == pytest.approx(0.1)


def test_the_wheel_turns_sideways_with_shift_or_by_its_own_buttons(window):
    opened = window()
    opened.hand.move(*opened.thumb(0))
    turn(opened, RIGHT, 3)
    turn(opened, LEFT)
    assert opened.z[0] == pytest.approx(0.2)
    opened.hand.do("keydown", "shift")
    try:
        turn(opened, UP)
    finally:
        opened.hand.do("keyup", "shift")
    assert opened.z[0] == pytest.approx(0.1), "up is left, as in all programs"


def test_each_notch_on_a_slider_is_a_step_of_undo(window):
    opened = window()
    opened.hand.move(*opened.thumb(0))
    turn(opened, UP, 2)
    opened.hand.key("ctrl+z")
    assert opened.z[0] == pytest.approx(0.1)


def test_a_wheel_over_what_takes_none_moves_nothing_that_the_pointer_comes_to(window):
    opened = window()
    opened.hand.move(*middle(opened.app.desk.status.widget))
    turn(opened, UP)
    opened.hand.move(*opened.thumb(0))
    turn(opened, UP)
    assert opened.z == (0, 0)


def test_a_gesture_whose_list_has_gone_begins_anew(window):
    opened = window(20)
    order = opened.app.workspace.controls.faces.numbers.order
    order.focus_set()
    opened.hand.key("Down")
    popdown = str(order.tk.call("ttk::combobox::PopdownWindow", order))
    left, top = (int(order.tk.call("winfo", what, popdown)) for what in ("rootx", "rooty"))
    opened.hand.move(left + 20, top + 20)
    turn(opened, DOWN)
    opened.hand.key("Escape")
    opened.hand.move(*opened.thumb(0))
    turn(opened, UP)
    assert opened.z[0] == pytest.approx(0.1)


def test_the_wheel_scrolls_pages_and_lists_over_them_and_over_their_scrollbars(window):
    opened = window()
    opened.app.panels.show_palette()
    opened.hand.pump()
    palette = opened.root.children["palette"]
    opened.hand.move(*middle(palette.list))
    turn(opened, DOWN)
    there = palette.list.yview()[0]
    assert there > 0
    bar = next(each for each in palette.body.winfo_children() if each.winfo_class() == "TScrollbar")
    opened.hand.rest()
    opened.hand.move(*middle(bar))
    turn(opened, UP)
    assert palette.list.yview()[0] < there
    opened.hand.key("Escape")
    opened.app.panels.show_keys()
    opened.hand.pump()
    page = opened.root.children["keys"]
    opened.hand.rest()
    opened.hand.move(*middle(page.text))
    turn(opened, DOWN, 2)
    assert page.text.yview()[0] > 0
    opened.hand.key("Escape")


def test_a_fine_wheel_moves_when_its_parts_are_a_notch(window):
    opened = window()
    scale = opened.app.workspace.controls.sliders.scales[0]
    for _ in range(7):
        scale.event_generate("<MouseWheel>", delta=40)
    assert opened.z[0] == pytest.approx(0.2)
    for _ in range(2):
        scale.event_generate("<MouseWheel>", delta=-60)
    assert opened.z[0] == pytest.approx(0.2), "a third is still due"
    scale.event_generate("<MouseWheel>", delta=-120)
    assert opened.z[0] == pytest.approx(0.1)


def event(kind, num="??", delta=0, state=0):
    return SimpleNamespace(type=kind, num=num, delta=delta, state=state)


BUTTON, WHEEL, TOUCHPAD = tk.EventType.Button, tk.EventType.MouseWheel, "39"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (event(BUTTON, 1), (0, 0)),
        (event(BUTTON, 4), (0, 1)),
        (event(BUTTON, 5), (0, -1)),
        (event(BUTTON, 6), (-1, 0)),
        (event(BUTTON, 7), (1, 0)),
        (event(BUTTON, 5, state=1), (1, 0)),
        (event(WHEEL, delta=120), (0, 1)),
        (event(WHEEL, delta=-60), (0, -0.5)),
        (event(WHEEL, delta=120, state=1), (-1, 0)),
        (event(WHEEL, delta=120, state=1 | 4), (-1, 0)),
        (event(TOUCHPAD, delta=30), (0, 1)),
        (event(TOUCHPAD, delta=0xFFFF & -60), (0, -2)),
        (event(TOUCHPAD, delta=(15 << 16)), (-0.5, 0)),
        (event(TOUCHPAD, delta=(-15 << 16) | 30), (0.5, 1)),
    ],
)
def test_what_tk_tells_of_wheels_and_touchpads_is_read_as_notches(told, expected):
    assert notches(told) == expected


@pytest.mark.parametrize("delta", [1, 7, -3])
def test_on_an_older_tk_of_macos_a_delta_is_a_speed(monkeypatch, delta):
    monkeypatch.setattr(wheel.sys, "platform", "darwin")
    monkeypatch.setattr(wheel.tk, "TkVersion", 8.6)
    assert notches(event(WHEEL, delta=delta)) == (0, 1 if delta > 0 else -1)
