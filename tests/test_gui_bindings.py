"""The table of class bindings against the Tk that is there, and what it changes, by real keys and a real mouse."""

import tkinter as tk
from collections import Counter

import pytest
from conftest import middle

from vae_explorer.gui.views.tab import TABS
from vae_explorer.gui.widgets import bindings
from vae_explorer.gui.widgets.bindings import KEPT, REMOVED, ROWS
from vae_explorer.gui.widgets.shortcuts import sequences
from vae_explorer.gui.window.menu import _ENTRYS_OWN
from vae_explorer.session.actions import ACTIONS
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.offered import tab_actions
from vae_explorer.session.state import Path

CLASSES = sorted({name for row in ROWS for name in row.classes.split()})
NOTHING = "# nothing"


def listed(name):
    """What the table has of a class: {sequence: what becomes of it}."""
    return {seq: row.becomes for row in ROWS if name in row.classes.split() for seq in row.sequences.split()}


def bound(root, name):
    return {str(seq): str(root.tk.call("bind", name, seq)) for seq in root.tk.splitlist(root.tk.call("bind", name))}


@pytest.fixture
def fresh(display):
    """Tk as it comes."""
    root = tk.Tk()
    yield root
    root.destroy()
    assert display


@pytest.mark.parametrize("name", CLASSES)
def test_the_table_has_each_binding_of_a_class_once_and_applied_twice_it_is_true(fresh, name):
    before = bound(fresh, name)
    rows = Counter(seq for row in ROWS if name in row.classes.split() for seq in row.sequences.split())
    assert before.keys() <= rows.keys(), "a new Tk binds more: give it a row"
    assert set(rows.values()) == {1}
    for _ in range(2):
        bindings.apply(fresh)
    after, wanted = bound(fresh, name), listed(name)
    for seq, script in before.items():
        becomes = wanted[seq]
        assert after.get(seq) == {KEPT: script, REMOVED: None}.get(becomes, becomes), seq
    assert all(after[seq] == script for seq, script in wanted.items() if script not in (KEPT, REMOVED))


def classes(tk_, path="."):
    """The classes of all widgets in a window."""
    yield str(tk_.call("winfo", "class", path))
    for child in tk_.splitlist(tk_.call("winfo", "children", path)):
        yield from classes(tk_, str(child))


def test_the_table_has_every_class_that_the_window_and_its_dialogs_use(window):
    opened = window(6)
    opened.app.workspace.controls.faces.numbers.order.focus_set()
    opened.hand.key("Down", "Escape")  # makes the list
    opened.app.panels.show_keys()
    opened.app.panels.show_palette()
    opened.hand.pump()
    used = set(classes(opened.root.tk))
    for name in ("palette", "keys"):
        opened.root.children[name].close()
    assert {"ComboboxPopdown", "Listbox", "Treeview", "Text", "TScale", "TNotebook"} <= used
    assert {name for name in used if bound(opened.root, name)} <= {*CLASSES}


def hits(tk_, name, shortcut):
    """The scripts of a class that a shortcut runs: those of its key with no more modifiers than it has."""
    *modifiers, key = shortcut.strip("<>").replace("Key-", "").split("-")
    for sequence, script in bound_of(tk_, name):
        *needed, other = sequence.strip("<>").replace("Key-", "").split("-")
        if other == key and {*needed} <= {*modifiers}:
            yield script


def bound_of(tk_, name):
    """Each physical sequence of a class, with its script."""
    for seq in tk_.splitlist(tk_.call("bind", name)):
        script = str(tk_.call("bind", name, seq))
        for each in tk_.splitlist(tk_.call("event", "info", seq)) if str(seq).startswith("<<") else (seq,):
            yield str(each), script


@pytest.mark.parametrize("name", ["TScale", "TEntry", "TCombobox", "TNotebook", "Canvas", "TButton", "all"])
def test_no_shortcut_is_also_something_to_what_has_the_focus(fresh, name):
    bindings.apply(fresh)
    for action in (*ACTIONS, *tab_actions(TABS)):
        if action.shortcut.replace("Shift+", "") in (*_ENTRYS_OWN, "Space"):
            continue  # `menu` leaves these to entries and buttons
        for shortcut in sequences(action.shortcut) if action.shortcut else ():
            assert {*hits(fresh.tk, name, shortcut)} <= {NOTHING}, (action.shortcut, name)


LETTERS = "abdefhknpwyt"  # Emacs' keys, which Tk binds on X11


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_with_control_moves_no_slider(window, letter):
    opened = window(z=(0.5, 0.5))
    opened.app.workspace.controls.sliders.scales[0].focus_set()
    opened.hand.pump()
    opened.hand.key(f"ctrl+{letter}")
    opened.hand.key("Escape")  # the palette
    assert opened.z == (0.5, 0.5) and not opened.session.can_undo


def test_letters_with_control_do_not_move_along_a_path(window):
    opened = window(6)
    four, nine = (Bookmark(str(k), opened.session.space.class_mean(k)) for k in (4, 9))
    opened.session.commit(path=Path(four, nine), z=four.z)
    opened.app.show_tab("path")
    opened.hand.pump()
    scrubber = opened.app.workspace.tabs.path.scrubber.widget
    scrubber.focus_set()
    opened.hand.pump()
    opened.hand.key(*(f"ctrl+{letter}" for letter in LETTERS if letter != "p"), "Down", "Next")
    assert opened.z == four.z and scrubber.get() == 0
    opened.hand.key("Right")
    assert scrubber.get() == pytest.approx(0.1)


def beside_the_tabs(opened):
    tabs = opened.app.workspace.tabs.widget
    return tabs.winfo_rootx() + tabs.winfo_width() - 10, tabs.winfo_rooty() + 15


def beside(get):
    return lambda opened: middle(get(opened))


GROUND = {
    "a title": beside(lambda opened: opened.app.workspace.controls.widget.grid_slaves(row=2)[0]),
    "the nats of a slider": lambda opened: (
        opened.app.workspace.controls.sliders.rows[0].winfo_rootx() + 5,
        opened.app.workspace.controls.sliders.rows[0].winfo_rooty() + 22,
    ),
    "the axis": beside(lambda opened: opened.app.workspace.controls.sliders.axis),
    "the digit": beside(lambda opened: opened.app.workspace.picture.digit.widget),
    "the status line": beside(lambda opened: opened.app.desk.status.widget),
    "the empty shelf": beside(lambda opened: opened.app.workspace.shelf.widget),
    "beside the tabs": beside_the_tabs,
}


@pytest.mark.parametrize("where", GROUND)
def test_after_a_click_on_empty_ground_home_resets_all_and_not_the_slider_that_was_moved(window, where):
    opened = window(z=(1.0, 2.0))
    opened.hand.press(*opened.thumb(0, 1.5))
    opened.hand.release()
    opened.hand.do("mousemove", *GROUND[where](opened), "click", 1)
    assert opened.root.focus_get() is opened.root
    opened.hand.key("Home")
    assert opened.z == (0, 0)


def test_a_click_on_the_ground_of_a_dialog_leaves_the_focus_in_its_entry(window):
    opened = window()
    opened.hand.key("ctrl+p")
    palette = opened.root.children["palette"]
    opened.hand.do("mousemove", palette.winfo_rootx() + 6, palette.winfo_rooty() + 6, "click", 1)
    opened.hand.type("rand")
    assert palette.entry.get() == "rand"
    opened.hand.key("Escape")


@pytest.mark.parametrize("button", [4, 5])
def test_the_wheel_over_a_closed_list_changes_nothing(window, button):
    opened = window(6)
    opened.app.show_tab("plane")
    opened.hand.pump()
    before = opened.session.state
    plane = opened.app.workspace.tabs.view("plane")
    for box in (plane.count, plane.spacing, *plane.axes.boxes, opened.app.workspace.controls.faces.numbers.order):
        opened.hand.click(box, button)
    assert opened.session.state == before


@pytest.mark.parametrize("lock", [(), ("Caps_Lock",)])
def test_ctrl_a_selects_the_whole_of_an_entry_with_caps_lock_too(window, lock):
    opened = window()
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.write(entry, "1.25")
    opened.hand.key("Home", *lock, "ctrl+a", *lock)
    assert entry.selection_get() == "1.25"
    opened.hand.key("Escape")


def test_the_keypad_moves_a_slider_and_the_cursor_of_an_entry(window):
    opened = window()
    sliders = opened.app.workspace.controls.sliders
    sliders.scales[0].focus_set()
    opened.hand.pump()
    for key, value in (("KP_Right", 0.1), ("shift+KP_Left", 0.09), ("KP_Prior", 1.09), ("KP_Home", 0), ("KP_End", 3)):
        opened.hand.key(key)
        assert opened.z == (pytest.approx(value), 0), key
    opened.hand.key("KP_Down")
    assert opened.root.focus_get() is sliders.scales[1]
    opened.hand.write(sliders.entries[0], "12")
    opened.hand.key("KP_Left", "KP_Left", "KP_Delete", "KP_Enter")
    assert opened.z == (2, 0)


@pytest.mark.parametrize("key", ["Return", "KP_Enter"])
def test_both_keys_of_return_press_a_button(window, key):
    opened = window()
    opened.app.workspace.controls.presets.buttons["class-3"].focus_set()
    opened.hand.pump()
    opened.hand.key(key)
    assert opened.z == opened.session.space.class_mean(3)
