"""Ctrl+M measures; the panel shows, takes out, copies and saves, and nothing measured is lost."""

import csv

import pytest

from vae_explorer.gui.panels import dialogs
from vae_explorer.gui.panels.measurements import NAME

PANEL = f".{NAME}"


@pytest.fixture
def opened(window):
    """A window in which two places were measured, with the panel open."""
    made = window(6)
    made.hand.key("ctrl+m")
    made.app.go(made.session.space.class_mean(3))
    made.hand.key("ctrl+m")
    made.app.run(made.app.desk.actions["measurements"])
    made.hand.until(lambda: made.hand.pump() or str(made.root.tk.call("focus")).startswith(PANEL))
    yield made
    made.hand.key("Escape")


def panel(opened):
    return opened.root.nametowidget(PANEL)


def test_each_row_is_shown_and_the_newest_is_chosen(opened):
    table = panel(opened).table
    assert [table.item(row, "text").strip() for row in table.get_children()] == ["1", "2"]
    assert table.selection() == ("1",) and len(opened.session.state.measured) == 2
    assert opened.said.startswith("Row 2 of Edit → Measurements…: a 4, slant ")


def test_each_row_shows_what_is_decoded_there(opened):
    table = panel(opened).table
    shown = [opened.root.tk.call(table.item(row, "image")[0], "data") for row in table.get_children()]
    assert len(set(shown)) == 2 and all(len({*each}) > 1 for each in shown)


def test_delete_takes_a_row_out_and_undo_brings_it_back(opened):
    rows = opened.session.state.measured
    opened.hand.key("Delete")
    assert opened.session.state.measured == rows[:1] and len(panel(opened).table.get_children()) == 1
    opened.hand.key("ctrl+z")
    assert opened.session.state.measured == rows and len(panel(opened).table.get_children()) == 2


def test_return_goes_to_the_place_of_a_row(opened):
    opened.hand.key("Up", "Return")
    assert opened.z == opened.session.state.measured[0].z


def test_a_double_click_goes_to_the_place_of_a_row_and_none_beside_the_rows_does(opened):
    table, rows, z = panel(opened).table, opened.session.state.measured, opened.z
    left, top, _, height = table.bbox("0")
    x = table.winfo_rootx() + left + 60
    opened.hand.key("Up")
    for y in (top - height / 2, top + 4.5 * height):  # the head of a column, and below the last row
        for _ in range(2):
            opened.hand.do("mousemove", x, round(table.winfo_rooty() + y), "click", 1)
        assert opened.z == z
    for _ in range(2):
        opened.hand.do("mousemove", x, round(table.winfo_rooty() + top + height / 2), "click", 1)
    assert opened.z == rows[0].z


def test_ctrl_m_adds_a_row_while_the_panel_has_the_keys(opened):
    opened.hand.key("ctrl+m")
    assert len(opened.session.state.measured) == len(panel(opened).table.get_children()) == 3


def test_the_table_is_saved_as_csv_and_copied(opened, tmp_path, monkeypatch):
    path = tmp_path / "rows.csv"
    monkeypatch.setattr(dialogs, "ask_save_measurements", lambda *_: path)
    assert opened.session.untabled
    opened.hand.click(panel(opened).buttons["Save…"])
    with path.open(newline="") as file:
        head, *rows = csv.reader(file)
    assert len(rows) == 2 and [float(each) for each in rows[1][-6:]] == list(opened.session.state.measured[1].z)
    assert not opened.session.untabled and head[0] == "origin"
    opened.hand.click(panel(opened).buttons["Copy"])
    assert opened.root.clipboard_get().count("\t") > 40


@pytest.mark.parametrize("name", ["rows.txt", "none/rows.csv"])
def test_rows_that_cannot_be_saved_are_not_taken_for_saved(opened, tmp_path, monkeypatch, name):
    monkeypatch.setattr(dialogs, "ask_save_measurements", lambda *_: tmp_path / name)
    opened.dialog(".__tk__messagebox", lambda _path: opened.hand.key("Return"))
    opened.hand.click(panel(opened).buttons["Save…"])
    assert opened.session.untabled and not [*tmp_path.iterdir()]


def test_rows_that_no_file_has_are_asked_for(opened):
    asked = []

    def answer(_path):
        question = opened.root.nametowidget(".leaving")
        asked.append(question.title())
        question.cancel.invoke()

    opened.dialog(".leaving", answer)
    assert not opened.app.documents.may_leave() and asked == ["Unsaved measurements"]


def test_another_theme_leaves_the_panel_open(opened):
    before = panel(opened)
    opened.app.change(theme="dark")
    assert panel(opened) is not before and len(panel(opened).table.get_children()) == 2
    panel(opened).close()
