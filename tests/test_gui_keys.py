"""The window of all keys, and how shortcuts are written."""

import pytest
from test_gui_tooltip import plain_window

from vae_explorer.actions import Action
from vae_explorer.gui import keys


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


@pytest.fixture
def plain(display):
    with plain_window(display) as window:
        yield window


def show(plain):
    keys.show(plain.root, plain.theme, ACTIONS)
    plain.hand.until(lambda: plain.hand.pump() or plain.focus.startswith(".keys"))
    return plain.root.children["keys"]


def test_shortcuts_are_listed_by_menu_and_digits_on_one_line():
    told = keys.groups(ACTIONS)
    assert told[:-1] == [
        ("File", [("Ctrl+S", "Save picture…"), ("Ctrl+Q", "Quit")]),
        ("Edit", [("Ctrl+Z", "Undo")]),
        ("Go", [("Esc", "Stop"), ("0 to 2", "Mean of class T-shirt to Ankle boot")]),
    ]
    assert told[-1][0] == "In a slider"


def test_two_digits_have_a_line_each():
    two = [action("One", "Go", "1"), action("Two", "Go", "2")]
    assert keys.groups(two)[0] == ("Go", [("1", "One"), ("2", "Two")])


@pytest.mark.parametrize(
    ("shortcut", "linux", "mac"),
    [("Ctrl+S", "Ctrl+S", "⌘S"), ("Ctrl+Shift+Z", "Ctrl+Shift+Z", "⇧⌘Z"), ("Home", "Home", "Home"), ("", "", "")],
)
def test_a_shortcut_is_written_as_the_system_does(shortcut, linux, mac):
    assert (keys.shown(shortcut, "linux"), keys.shown(shortcut, "darwin")) == (linux, mac)


def test_the_window_has_every_key_and_scrolls_to_the_last(plain):
    page = show(plain)
    text = page.text.get("1.0", "end")
    for shortcut, told in [line for _, lines in keys.groups(ACTIONS) for line in lines]:
        assert f"{shortcut}\t{told}\n" in text
    plain.root.geometry("500x300")
    page.geometry("500x300")
    plain.hand.until(lambda: page.text.yview()[1] < 1)
    plain.hand.key("Next")
    assert page.text.yview()[0] > 0
    plain.hand.key("End")
    assert page.text.yview()[1] == 1
    plain.hand.key("Home")
    assert page.text.yview()[0] == 0
    plain.hand.key("Down")
    assert page.text.yview()[0] > 0
    plain.hand.key("Escape")


@pytest.mark.parametrize("key", ["Escape", "Return"])
def test_a_key_closes_it_and_the_focus_goes_back(plain, key):
    show(plain)
    plain.hand.key(key)
    assert plain.tops == [] and plain.focus == str(plain.entry)


def test_its_button_is_reached_by_tab_and_closes_it(plain):
    page = show(plain)
    plain.hand.key("Tab")
    assert plain.focus == str(page.button)
    plain.hand.key("space")
    assert plain.tops == [] and plain.focus == str(plain.entry)


def test_when_the_widget_that_had_the_focus_is_gone_the_window_takes_it(plain):
    show(plain)
    plain.entry.destroy()
    plain.hand.key("Escape")
    assert plain.focus == "."


def test_there_is_only_one_and_asking_again_brings_it_to_the_front(plain):
    page = show(plain)
    plain.root.lift()
    plain.button.focus_set()
    plain.hand.pump()
    assert show(plain) is page and plain.focus == str(page.text)
    plain.hand.click(page.button)
    assert plain.tops == []
