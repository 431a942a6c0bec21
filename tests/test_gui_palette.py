"""The command palette by mouse and keyboard, and what matches best."""

from dataclasses import replace

import pytest
from conftest import plain_window

from vae_explorer.gui.panels import palette
from vae_explorer.session.action import Action


def action(label, menu="Go", shortcut=""):
    return Action(label, label, menu, shortcut, run=lambda _app: None)


ACTIONS = [
    action("Save picture…", "File", "Ctrl+S"),
    action("Undo", "Edit", "Ctrl+Z"),
    action("Redo", "Edit", "Ctrl+Shift+Z"),
    replace(action("Random", "Go", "R"), description="Go somewhere"),
    action("Show as picture", "View"),
    *(action(f"Mean of class {label}", "Go", str(label)) for label in range(10)),
]
WHY_NOT = {"Redo": "nothing to redo"}


class Opened:
    """The palette over a plain window, and what it ran: (label, windows open then, focus then)."""

    def __init__(self, plain):
        self.plain, self.hand, self.ran = plain, plain.hand, []
        palette.Palette(plain.root, plain.theme, ACTIONS, lambda each: WHY_NOT.get(each.label, ""), self.run)
        self.hand.until(lambda: self.hand.pump() or plain.focus == str(self.panel.entry))

    @property
    def panel(self):
        return self.plain.root.children["palette"]

    def run(self, each):
        self.ran.append((each.label, self.plain.tops, self.plain.focus))

    @property
    def chosen(self):
        return self.panel.list.item(self.panel.list.selection()[0], "values")

    def row(self, k):
        """Where on the screen the middle of a row is."""
        tree = self.panel.list
        left, top, width, height = tree.bbox(str(k))
        return tree.winfo_rootx() + left + width // 2, tree.winfo_rooty() + top + height // 2


@pytest.fixture
def opened(plain):
    return Opened(plain)


def labels(typed, actions=ACTIONS):
    return [each.label for each in palette.matches(typed, actions)]


def test_with_nothing_typed_all_actions_are_listed_in_their_order():
    assert labels("") == labels("  ") == [each.label for each in ACTIONS]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("undo", ["Undo"]),
        ("PICTURE save", ["Save picture…"]),
        ("class 3", ["Mean of class 3"]),
        ("3 mean", ["Mean of class 3"]),
        ("edit", ["Undo", "Redo"]),
        ("spic", ["Show as picture", "Save picture…"]),
        ("pict", ["Save picture…", "Show as picture"]),
        ("zq", []),
    ],
)
def test_words_in_any_order_and_letters_with_gaps_match(typed, expected):
    assert labels(typed) == expected


def test_the_better_match_is_first_whatever_the_order_of_the_table():
    actions = [action(label) for label in ("r-x-e-x-d", "Bored", "Not red", "Red dot")]
    for order in (actions, actions[::-1]):
        assert labels("red", order) == ["Red dot", "Not red", "Bored", "r-x-e-x-d"]


def test_of_letters_with_gaps_the_shortest_stretch_counts():
    assert palette.shortest("ab", "a---b a-b") == 3
    assert palette.shortest("ab", "b a") is None


def test_return_runs_the_best_match_when_the_palette_is_gone_and_the_focus_is_back(opened):
    opened.hand.type("rand")
    assert opened.chosen == ("Go", "Random", "R")
    opened.hand.key("Return")
    assert opened.ran == [("Random", [], str(opened.plain.entry))]


def test_escape_runs_nothing_and_gives_the_focus_back(opened):
    opened.hand.type("rand")
    opened.hand.key("Escape")
    assert (opened.ran, opened.plain.tops, opened.plain.focus) == ([], [], str(opened.plain.entry))
    opened.hand.type("5")
    assert opened.plain.entry.get() == "5"


def test_what_cannot_run_is_grey_says_why_and_stays_open_when_asked_for(opened):
    opened.hand.type("redo")
    assert opened.chosen == ("Edit", "Redo — nothing to redo", "Ctrl+Shift+Z")
    assert opened.panel.list.item("0", "tags") == ("off",)
    opened.hand.key("Return")
    assert opened.ran == [] and opened.panel._help.get() == "Redo: nothing to redo."
    opened.hand.do("mousemove", *opened.row(0), "click", 1)
    assert opened.ran == [] and opened.plain.tops == [".palette"]
    opened.hand.key("Escape")


def test_of_the_chosen_action_is_told_what_it_does_and_which_keys_do_what(opened):
    assert opened.panel._help.get() == palette.HELP
    opened.hand.type("rand")
    assert opened.panel._help.get() == f"Go somewhere.\n{palette.HELP}"
    opened.hand.key("Escape")


def test_arrows_and_pages_move_within_the_list_and_keep_the_chosen_in_sight(opened):
    moves = [("Down", 1), ("Up", 0), ("Up", 0), ("Next", 11), ("Next", 14), ("Down", 14), ("Prior", 3)]
    for key, place in moves:
        opened.hand.key(key)
        assert opened.panel.list.selection() == (str(place),), key
        assert opened.panel.list.bbox(str(place)), "it is out of sight"
    opened.hand.key("Return")
    assert [ran[0] for ran in opened.ran] == [ACTIONS[3].label]


def test_a_click_runs_the_row_under_it(opened):
    opened.hand.do("mousemove", *opened.row(1), "click", 1)
    assert opened.ran == [("Undo", [], str(opened.plain.entry))]


def test_a_press_that_is_let_go_on_another_row_runs_nothing_and_typing_goes_on(opened):
    opened.hand.press(*opened.row(0))
    opened.hand.move(*opened.row(3))
    opened.hand.release()
    opened.hand.type("u")
    assert opened.ran == [] and opened.panel.entry.get() == "u"
    opened.hand.key("Escape")


def test_when_nothing_matches_it_says_so_and_return_does_nothing(opened):
    opened.hand.type("zq")
    assert opened.panel._help.get() == "No command matches “zq”."
    opened.hand.key("Down", "Return")
    assert opened.ran == [] and opened.plain.tops == [".palette"]
    opened.hand.key("Escape")


def test_the_window_under_it_takes_no_clicks(opened):
    clicks = []
    opened.plain.button.configure(command=lambda: clicks.append(1))
    opened.hand.type("un")
    opened.hand.click(opened.plain.button)
    assert clicks == [] and opened.plain.tops == [".palette"] and opened.panel.entry.get() == "un"
    opened.hand.key("Escape")
    opened.hand.click(opened.plain.button)
    assert clicks == [1]


def test_it_is_no_larger_than_a_small_window(display):
    with plain_window(display, "420x260+20+40") as plain:
        opened = Opened(plain)
        panel = opened.panel
        assert (panel.winfo_width(), panel.winfo_height()) == (420, 260)
        for column in ("menu", "label", "keys"):
            left, _, width, _ = panel.list.bbox("2", column)
            assert left + width <= panel.list.winfo_width()
        opened.hand.key("Next", "Next")
        assert panel.list.bbox("14")
        opened.hand.key("Escape")


def test_a_text_is_cut_to_its_width_with_an_ellipsis():
    assert palette.cut("abcdef", 6, len) == "abcdef"
    assert palette.cut("abcdef", 5, len) == "abcd…"
    assert palette.cut("abc  def", 6, len) == "abc…"
