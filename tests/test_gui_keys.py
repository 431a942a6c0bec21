"""The window of all keys."""

import pytest

from vae_explorer.gui.panels import keys
from vae_explorer.session.action import Action


def action(label, menu, shortcut):
    return Action(label, label, menu, shortcut, run=lambda _app: None)


ACTIONS = [
    action("Save picture…", "File", "Ctrl+S"),
    action("Train a model", "Model", ""),
    action("Undo", "Edit", "Ctrl+Z"),
    action("Quit", "File", "Ctrl+Q"),
    action("Stop", "Go", "Escape"),
    *(action(f"Mean of class {name}", "Go", str(k)) for k, name in enumerate(("T-shirt", "Pullover", "Ankle boot"))),
]


def show(plain):
    keys.show(plain.root, plain.theme, ACTIONS, str)
    plain.hand.until(lambda: plain.hand.pump() or plain.focus.startswith(".keys"))
    return plain.root.children["keys"]


def test_shortcuts_are_listed_by_menu_and_digits_on_one_line():
    told = keys.groups(ACTIONS)
    assert told[: -len(keys.WHERE)] == [
        ("File", [("Ctrl+S", "Save picture…"), ("Ctrl+Q", "Quit")]),
        ("Edit", [("Ctrl+Z", "Undo")]),
        ("Go", [("Esc", "Stop"), ("0 to 2", "Mean of class T-shirt to Ankle boot")]),
    ]
    assert dict(told[-len(keys.WHERE) :]) == keys.WHERE


def test_two_digits_have_a_line_each():
    two = [action("One", "Go", "1"), action("Two", "Go", "2")]
    assert keys.groups(two)[0] == ("Go", [("1", "One"), ("2", "Two")])


def test_the_window_has_every_key(plain):
    page = show(plain)
    text = page.text.get("1.0", "end")
    for shortcut, told in [line for _, lines in keys.groups(ACTIONS) for line in lines]:
        assert f"{shortcut}\t{told}\n" in text
    plain.hand.key("Escape")


def test_there_is_only_one(plain):
    page = show(plain)
    assert show(plain) is page
    plain.hand.click(page.button)
    assert plain.tops == []


MOVES = {  # what is told in a slider, and where its keys move a slider from 0.5
    "← →": {"Left": 0.4, "Right": 0.6},
    "Shift+← →": {"shift+Left": 0.49, "shift+Right": 0.51},
    "PgUp PgDn": {"Prior": 1.5, "Next": -0.5},
    "Home": {"Home": 0},
    "End": {"End": 3},
}


def test_the_keys_in_a_slider_move_it_as_is_told(window):
    opened = window(z=(0.5, 0.5))
    scales, told = opened.app.workspace.controls.sliders.scales, dict(keys.SLIDER_KEYS)
    scales[1].focus_set()
    opened.hand.pump()
    for line, moves in MOVES.items():
        for key, value in moves.items():
            opened.hand.key(key)
            assert opened.z == pytest.approx((0.5, value)), key
            assert f"{round(abs(value - 0.5), 2):g} " in told[line] or f"to {value:g}" in told[line]
            opened.session.commit(z=(0.5, 0.5))


def test_the_keys_go_from_a_slider_to_another_and_to_its_number_as_is_told(window):
    opened = window()
    sliders, told = opened.app.workspace.controls.sliders, dict(keys.SLIDER_KEYS)
    before, last, number = str(sliders.scales[0]), str(sliders.scales[1]), str(sliders.entries[0])
    sliders.scales[0].focus_set()
    for key, widget in (("Down", last), ("Up", before), ("shift+Tab", number), ("Tab", before)):
        opened.hand.key(key)
        assert str(opened.root.tk.call("focus")) == widget, key
    assert told.keys() == {*MOVES, "↑ ↓", "Wheel", "Shift+Tab", "Return", "Return there", "F2", "L"}
