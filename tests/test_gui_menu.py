"""The menu bar and the shortcuts, by real mouse and keys."""

import sys

import pytest
from conftest import send

from vae_explorer.gui.widgets.shortcuts import sequences
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import Path
from vae_explorer.settings import Settings


def menus(opened):
    """The menus of the bar by title, each as {label: (accelerator, state)} as it opens; lines are left out."""
    bar = opened.root.nametowidget(opened.root["menu"])
    found = {}
    for k in range(bar.index("end") + 1):
        menu = bar.nametowidget(bar.entrycget(k, "menu"))
        menu.tk.call(*menu.tk.splitlist(menu["postcommand"]))
        rows = [n for n in range(menu.index("end") + 1) if menu.type(n) != "separator"]
        found[bar.entrycget(k, "label")] = {
            menu.entrycget(n, "label"): (menu.entrycget(n, "accelerator"), menu.entrycget(n, "state")) for n in rows
        }
    return found


def test_the_menus_list_every_action_with_its_shortcut(window):
    opened = window()
    listed = {(menu, label): keys for menu, rows in menus(opened).items() for label, (keys, _) in rows.items()}
    actions = opened.app.actions
    expected = {(each.menu, each.label): each.shortcut.replace("Escape", "Esc") for each in actions}
    assert listed == expected | {("File", "Open recent"): ""}
    assert [*menus(opened)] == ["File", "Edit", "Go", "View", "Model", "Help"]


def groups(opened, title):
    """The labels of a menu between its lines."""
    menu = opened.root.nametowidget(opened.app.menu.bar.entrycget(title, "menu"))
    found = [[]]
    for n in range(menu.index("end") + 1):
        if menu.type(n) == "separator":
            found.append([])
        else:
            found[-1].append(menu.entrycget(n, "label"))
    return found


def test_a_line_parts_the_groups_of_a_menu(window):
    opened = window()
    actions = opened.app.actions
    group = {each.label: (each.menu, each.group) for each in actions} | {"Open recent": ("File", "open")}
    for title in menus(opened):
        listed = groups(opened, title)
        assert all(len({group[label] for label in each}) == 1 for each in listed), title
        assert len({group[each[0]] for each in listed}) == len(listed), "no group is in two places"
    assert groups(opened, "File")[0][-1] == "Open recent" and groups(opened, "File")[-1] == ["Quit"]
    assert len(groups(opened, "View")) >= 5 and len(groups(opened, "Go")) >= 3


@pytest.mark.skipif(sys.platform == "darwin", reason="on macOS Tk writes it in signs")
def test_a_menu_writes_a_shortcut_as_the_rest_of_the_window_does(window):
    opened = window()
    listed = menus(opened)
    assert all(listed[each.menu][each.label][0] == each.keys for each in opened.app.actions)


DRAWN = "Clear the pad", "Back to your digit", "Refine mu and sigma"
DATA = "A test digit", "Test digit by number or class…", "Fetch MNIST…"  # which this model does not know


def test_a_menu_greys_out_what_cannot_run_now(window):
    opened = window()

    def greyed():
        return {label for rows in menus(opened).values() for label, (_, state) in rows.items() if state == "disabled"}

    assert greyed() == {"Undo", "Redo", "Reset", "Save bookmarks…", "Save measurements…", *DRAWN, *DATA}
    opened.hand.key("4")
    assert greyed() == {"Redo", "Save bookmarks…", "Save measurements…", *DRAWN, *DATA}
    opened.hand.key("ctrl+z", "b", "ctrl+m")
    assert greyed() == {"Redo", "Reset", "Bookmark this place", *DRAWN, *DATA}


def test_without_an_atlas_the_presets_are_grey_in_the_menu(window, bare):
    rows = menus(window(weights=bare))["Go"]
    means = {f"Mean of class {k}" for k in range(10)}
    sources = {"Random from: Aggregated posterior", "Random from: A class"}
    off = means | sources | {"Reset", *DATA[:2]}
    assert {label for label, (_, state) in rows.items() if state == "disabled"} == off


def open_menu(opened, title):
    """Click on a menu of the bar, which on X11 is a clone of the menu, above the window."""
    bar = f".#{opened.root['menu'].removeprefix('.')}"
    labels = [*menus(opened)]
    x = next(x for x in range(0, 500, 4) if opened.root.tk.call(bar, "index", f"@{x},5") == labels.index(title))
    left, top = (opened.root.tk.call("winfo", name, bar) for name in ("rootx", "rooty"))
    opened.hand.do("mousemove", left + x + 8, top + 10, "click", 1)
    opened.hand.until(lambda: opened.root.tk.call("grab", "current"))
    opened.hand.pump()


def test_the_menus_work_by_mouse_and_arrow_keys(window):
    opened = window()
    opened.hand.key("4")
    there = opened.z
    open_menu(opened, "Edit")
    opened.hand.key("Return")  # the first that can run is chosen already
    assert opened.z == (0, 0)
    open_menu(opened, "Edit")
    opened.hand.key("Return")  # undo is grey and passed over
    assert opened.z == there
    open_menu(opened, "Go")
    opened.hand.key("Up", "Return")
    assert opened.z == opened.session.space.class_mean(9)
    open_menu(opened, "Go")
    opened.hand.key("Escape", "Escape")
    assert opened.z == opened.session.space.class_mean(9)


def test_shortcuts_work_with_caps_lock_on(window):
    opened = window()
    opened.hand.key("Caps_Lock")
    try:
        opened.hand.key("r")
        there = opened.z
        assert any(there)
        opened.hand.key("ctrl+z")
        assert not any(opened.z)
        opened.hand.key("ctrl+shift+z")
        assert opened.z == there
    finally:
        opened.hand.key("Caps_Lock")


def test_the_digits_of_the_keypad_are_digits(window):
    opened = window()
    opened.hand.key("KP_7")
    assert opened.z == opened.session.space.class_mean(7)


def test_a_key_with_control_is_not_the_key_alone(window):
    opened = window()
    opened.hand.key("ctrl+r", "ctrl+4", "alt+r", "ctrl+Home")
    assert opened.z == (0, 0) and not opened.session.can_undo


def test_a_shortcut_whose_action_cannot_run_does_nothing(window):
    opened = window()
    opened.hand.key("ctrl+z", "ctrl+shift+z", "Home")
    assert opened.z == (0, 0) and not opened.session.can_undo and not opened.session.can_redo


def test_a_shortcut_is_shown_as_people_write_it_and_bound_as_tk_does():
    assert sequences("Ctrl+Z") == ("<Control-Key-z>", "<Control-Key-Z>")
    assert sequences("Ctrl+Shift+Z") == ("<Control-Shift-Key-Z>", "<Control-Shift-Key-z>")
    assert sequences("R") == ("<Key-r>", "<Key-R>")
    assert sequences("4") == ("<Key-4>", "<Key-KP_4>")
    assert sequences("Home") == ("<Home>",)


def test_a_path_of_any_length_makes_a_menu_that_fits_the_screen(window):
    opened = window(settings=Settings(motion=False, recent=("/" + "x/" * 2000, "/a\n\u202eb")))
    menu = opened.root.nametowidget(opened.root["menu"]).winfo_children()[0]
    listed = opened.root.nametowidget(menu.entrycget("Open recent", "menu"))
    listed.tk.call(listed["postcommand"])
    labels = [listed.entrycget(k, "label") for k in (1, 2)]  # after the model that is open
    assert len(labels[0]) < 120 and labels[1] == "/a ?b (gone)"


def test_a_recent_model_that_is_gone_is_told_before_it_is_chosen(window, model, tmp_path):
    there, gone, named = str(model(6)), str(tmp_path / "gone.pt"), str(tmp_path / "two.pt#ema")
    (tmp_path / "two.pt").touch()
    opened = window(settings=Settings(motion=False, recent=(there, gone, named)))
    menu = opened.root.nametowidget(opened.app.menu.bar.entrycget("File", "menu"))
    listed = opened.root.nametowidget(menu.entrycget("Open recent", "menu"))
    listed.tk.call(*listed.tk.splitlist(listed["postcommand"]))
    rows = [(listed.entrycget(k, "label"), listed.entrycget(k, "state")) for k in range(listed.index("end") + 1)]
    own = str(opened.session.space.codec.source.path.resolve())
    assert rows == [(own, "normal"), (there, "normal"), (f"{gone} (gone)", "disabled"), (named, "normal")]


def test_the_space_bar_plays_the_path_but_presses_a_button_that_has_the_focus(window):
    opened = window(6)
    four, nine = (Bookmark(str(k), opened.session.space.class_mean(k)) for k in (4, 9))
    opened.session.commit(path=Path(four, nine))
    opened.app.show_tab("map")
    opened.hand.pump()
    opened.hand.key("space")
    assert opened.app.workspace.tabs.selected == "path" and opened.app.desk.motion.moving
    opened.hand.key("space")
    assert not opened.app.desk.motion.moving
    opened.app.workspace.controls.presets.buttons["class-3"].focus_set()
    opened.hand.pump()
    opened.hand.key("space")
    assert opened.z == opened.session.space.class_mean(3) and not opened.app.desk.motion.moving


@pytest.mark.parametrize("key", ["r", "4", "ctrl+s", "F1"])
def test_a_key_that_comes_before_the_palette_is_on_the_screen_runs_nothing_in_the_window_under_it(window, key):
    opened = window()
    send("key", "--delay", 1, "ctrl+p", key)
    opened.hand.until(lambda: str(opened.root.tk.call("focus")).startswith(".palette"))
    assert opened.z == (0, 0) and {"saving", "keys"}.isdisjoint(opened.root.children)
    opened.hand.key("Escape")


@pytest.mark.parametrize("key", ["Tab", "shift+Tab", "Down"])
def test_the_palette_has_the_keys_though_one_before_it_was_on_the_screen_moved_the_focus(window, key):
    opened = window()
    opened.app.workspace.controls.sliders.scales[0].focus_set()
    opened.hand.pump()
    send("key", "--delay", 1, "ctrl+p", key)
    opened.hand.until(lambda: opened.root.tk.call("grab", "current"))
    opened.hand.pump()
    assert str(opened.root.tk.call("focus")).startswith(".palette")
    opened.hand.key("Escape")
