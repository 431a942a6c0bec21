"""Buttons by mouse and keyboard, and what they say under the pointer."""

import pytest

from vae_explorer.gui.views.buttons import ROWS, Buttons
from vae_explorer.session.action import Action


def test_a_button_says_what_it_does_and_by_which_key_or_why_it_cannot(window):
    opened = window()
    buttons = opened.app.workspace.controls.commands.buttons
    assert opened.tooltip(buttons["random"]) == f"{opened.app.desk.actions['random'].description}\nKey: R"
    assert opened.tooltip(buttons["undo"]) == f"{opened.app.desk.actions['undo'].description}\nOff: nothing to undo"
    assert opened.said == "", "the status line does not say it again"


def test_a_button_of_an_action_of_which_nothing_is_told_says_its_label(plain, desk):
    action = Action("wink", "Wink at them", "Go", "", lambda _app: None)
    buttons = Buttons(plain.root, desk(), [action], 1)
    assert buttons._explain(action) == "Wink at them"


def test_a_button_of_what_cannot_run_says_why(window):
    opened = window()
    told = opened.tooltip(opened.app.workspace.controls.commands.buttons["undo"])
    assert "\nOff: " in told


@pytest.mark.parametrize("key", ["space", "Return"])
def test_a_button_with_the_focus_is_pressed_by_space_and_return(window, key):
    opened = window()
    opened.app.workspace.controls.presets.buttons["class-6"].focus_set()
    opened.hand.key(key)
    assert opened.z == opened.session.space.class_mean(6)
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0) and not opened.session.can_undo


def test_letting_go_beside_a_button_does_not_press_it(window):
    opened = window()
    button = opened.app.workspace.controls.presets.buttons["class-6"]
    opened.hand.press(button.winfo_rootx() + 6, button.winfo_rooty() + 6)
    assert button.instate(["pressed"])
    opened.hand.move(2, 2)
    opened.hand.release()
    assert opened.z == (0, 0)


def test_there_is_a_button_for_each_class_that_the_atlas_has(window, model):
    opened = window(weights=model(2, labels=3))
    assert [*opened.app.workspace.controls.presets.buttons] == ["class-0", "class-1", "class-2"]
    opened.hand.key("7")
    assert opened.z == (0, 0)


def test_long_labels_stand_in_fewer_columns_than_short_ones(window, model):
    def columns(names):
        return window(
            weights=model(2, names=names, labels=len(names))
        ).app.workspace.controls.presets.widget.grid_size()[0]

    assert columns(tuple("abcdefghij")) == 10
    assert 2 <= columns(tuple(f"long name {k}" for k in range(10))) <= 5
    assert columns(tuple(f"{k} is a name longer than the column that it stands in" for k in range(10))) >= 2


@pytest.mark.parametrize(("count", "width", "rows"), [(10, 300, 2), (250, 300, ROWS), (250, 40, ROWS)])
def test_buttons_beyond_the_last_row_are_left_to_the_menu(plain, desk, count, width, rows):
    actions = [Action(f"a{k}", f"Action {k}", "Go", "", lambda _app: None, short=str(k)) for k in range(count)]
    made = Buttons(plain.root, desk(), actions, 5, width)
    made.update()
    columns, shown = made.widget.grid_size()
    assert shown == rows and len(made.buttons) == min(count, rows * columns) == len(made.widget.winfo_children())
    made.widget.destroy()
