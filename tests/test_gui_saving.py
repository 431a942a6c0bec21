"""The dialog in which one says where, as what and how large to save a picture."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import plain_window

from vae_explorer.gui.panels import saving
from vae_explorer.gui.panels.saving import Answer
from vae_explorer.pictures.kinds import KINDS

FORMATS = ("PNG", "SVG", "PDF")
PAPER = {"theme": "light", "mm": 0.0}
WHY_NOT = {"plane": "one dimension has no plane"}
BROWSER = ".saving.__tk_filedialog"


def why_not(picture):
    return WHY_NOT.get(picture, "")


@pytest.fixture
def dialog(plain, tmp_path):
    """The dialog, begun in a folder of the test; the test closes it."""
    opened = saving.Dialog(plain.root, plain.theme, tmp_path, KINDS, why_not, "digit")
    plain.hand.until(lambda: plain.hand.pump() or plain.focus == str(opened.entry))
    return opened


def test_return_takes_what_is_proposed(plain, dialog, tmp_path):
    plain.hand.key("Return")
    assert dialog.result == Answer("digit", tmp_path / "digit.png", {"side": 560})
    assert plain.tops == [] and plain.focus == str(plain.entry)


def test_the_name_that_is_proposed_is_what_the_kind_is_called(plain, tmp_path):
    kinds = {**KINDS, "digit": replace(KINDS["digit"], title="Picture")}
    opened = saving.Dialog(plain.root, plain.theme, tmp_path, kinds, why_not, "digit")
    assert (opened.what.get(), opened.name.get()) == ("Picture", "picture.png")
    opened.destroy()


def test_typing_replaces_the_name_but_not_its_suffix(plain, dialog, tmp_path):
    plain.hand.type("three")
    plain.hand.key("Delete")  # nothing is selected any more: this takes the point
    assert dialog.name.get() == "threepng"
    plain.hand.key("Return")
    assert dialog.result == Answer("digit", tmp_path / "threepng.png", {"side": 560})


@pytest.mark.parametrize(
    ("name", "expected", "kind"),
    [("a.svg", "a.svg", "SVG"), ("a.PDF", "a.PDF", "PDF"), ("a.b", "a.b.png", "PNG"), (" a ", "a.png", "PNG")],
)
def test_a_typed_suffix_chooses_the_format_and_others_are_part_of_the_name(
    plain, dialog, tmp_path, name, expected, kind
):
    plain.hand.write(dialog.entry, name)
    assert dialog.format.get() == kind
    plain.hand.key("Return")
    assert dialog.result == Answer("digit", tmp_path / expected, {"side": 560})


def test_a_chosen_format_changes_the_suffix(plain, dialog, tmp_path):
    plain.hand.key("Tab", "Tab", "Down")  # opens the list
    plain.hand.until(lambda: "popdown" in plain.focus)
    plain.hand.key("Down", "Return")
    assert dialog.format.get() == "SVG" and dialog.name.get() == "digit.svg"
    dialog.name.set("digit.jpeg")  # of a kind that there is not
    choose_format(dialog, "SVG")
    assert dialog.name.get() == "digit.svg"
    plain.hand.key("Return")
    assert dialog.result == Answer("digit", tmp_path / "digit.svg", {"side": 560})


def choose(dialog, label):
    """Choose what to save, as its list does."""
    dialog.what.set(label)
    dialog.whats.event_generate("<<ComboboxSelected>>")
    dialog.update()


def test_what_is_saved_can_be_chosen_by_keys_and_gives_the_name(plain, dialog, tmp_path):
    dialog.whats.focus_set()
    plain.hand.key("Down")  # opens the list
    plain.hand.until(lambda: "popdown" in plain.focus)
    plain.hand.key("Down", "Down", "Return")
    name = [*KINDS][2]
    assert (dialog.name.get(), dialog.description.get()) == (f"{name}.png", KINDS[name].description)
    plain.hand.key("Return")
    assert dialog.result == Answer(name, tmp_path / f"{name}.png", PAPER)


def test_a_name_that_was_typed_stays_when_something_else_is_chosen(plain, dialog):
    plain.hand.write(dialog.entry, "mine.svg")
    choose(dialog, "Path")
    assert (dialog.name.get(), dialog.format.get()) == ("mine.svg", "SVG")
    plain.hand.key("Escape")


def test_each_kind_offers_its_formats_and_a_size_where_there_is_one(plain, dialog):
    def offered():
        side = dialog.fields["side"]
        return dialog.formats["values"], side.text.get(), side.widget.instate(["!disabled"])

    assert offered() == (FORMATS, "560", True)
    choose(dialog, "Path")
    assert offered() == ((*FORMATS, "GIF", "CSV"), "", False)
    plain.hand.write(dialog.entry, "way.gif")
    assert offered() == ((*FORMATS, "GIF", "CSV"), "280", True)
    assert dialog.fields["side"].widget["values"] == ("280", "560", "1120")
    plain.hand.write(dialog.fields["side"].widget, "1121")
    plain.hand.key("Return")
    assert dialog.said.get() == "Pixels a side: this is no whole number from 16 to 1120."
    choose(dialog, "Map")  # which is never a GIF
    assert offered() == ((*FORMATS, "CSV"), "", False) and dialog.name.get() == "way.png"
    plain.hand.key("Escape")


def test_the_numbers_behind_a_picture_are_saved_where_there_are_such(plain, dialog, tmp_path):
    choose(dialog, "Map")
    choose_format(dialog, "CSV")
    assert dialog.name.get() == "map.csv"
    choose(dialog, "Digit")  # which has none
    assert (dialog.name.get(), dialog.format.get()) == ("digit.png", "PNG")
    choose(dialog, "Traverse")
    plain.hand.write(dialog.entry, "numbers.csv")
    assert dialog.format.get() == "CSV"
    plain.hand.key("Return")
    assert dialog.result == Answer("traverse", tmp_path / "numbers.csv", {})


def choose_format(dialog, label):
    dialog.format.set(label)
    dialog.formats.event_generate("<<ComboboxSelected>>")
    dialog.update()


def test_a_ground_and_a_width_can_be_chosen_of_what_has_something_around_it(plain, dialog, tmp_path):
    def offered():
        return [(name, each.text.get()) for name, each in dialog.fields.items() if each.widget.instate(["!disabled"])]

    assert offered() == [("side", "560")]
    choose(dialog, "Map")
    assert offered() == [("theme", "light"), ("mm", "as it comes")]
    dialog.fields["theme"].widget.focus_set()
    plain.hand.key("Down")  # opens the list
    plain.hand.until(lambda: "popdown" in plain.focus)
    plain.hand.key("Down", "Return")
    plain.hand.write(dialog.fields["mm"].widget, "85")
    choose(dialog, "Plane"), choose(dialog, "Traverse")
    assert offered() == [("theme", "dark"), ("mm", "85")], "what is chosen stays for another picture"
    choose_format(dialog, "CSV")
    assert offered() == []
    choose_format(dialog, "PDF")
    assert offered() == [("theme", "light"), ("mm", "as it comes")]
    for wrong in ("39", "601", "wide", "nan", "-85", "٨٥"):
        dialog.fields["mm"].text.set(wrong)
        dialog.entry.focus_force()
        plain.hand.key("Return")
        assert dialog.said.get() == "Millimetres across: this is no number from 40 to 600, or 0."
        assert plain.focus == str(dialog.fields["mm"].widget)
    plain.hand.type("178")  # over what was wrong
    plain.hand.key("Return")
    assert dialog.result == Answer("traverse", tmp_path / "traverse.pdf", {"theme": "light", "mm": 178.0})


def test_what_cannot_be_saved_says_why_and_is_not(plain, dialog):
    choose(dialog, "Plane")
    assert dialog.description.get() == "Not now: one dimension has no plane" and dialog.save.instate(["disabled"])
    dialog.entry.focus_force()
    plain.hand.key("Return")
    assert dialog.result is None and plain.tops == [".saving"]
    choose(dialog, "Digit")
    assert dialog.save.instate(["!disabled"])
    plain.hand.key("Return")
    assert dialog.result.picture == "digit"


@pytest.mark.parametrize(("typed", "side"), [("16", 16), ("4480", 4480), (" 100 ", 100)])
def test_a_typed_size_is_taken(plain, dialog, typed, side):
    plain.hand.write(dialog.fields["side"].widget, typed)
    plain.hand.key("Return")
    assert dialog.result.options == {"side": side}


@pytest.mark.parametrize("typed", ["15", "4481", "", "12.5", "-56", "1e3", "many", "²", "9" * 5000])
def test_a_size_that_cannot_be_is_refused_in_a_sentence(plain, dialog, typed):
    dialog.fields["side"].text.set(typed) if len(typed) > 9 else plain.hand.write(dialog.fields["side"].widget, typed)
    plain.hand.key("Return")
    assert dialog.said.get() == "Pixels a side: this is no whole number from 16 to 4480."
    assert plain.tops == [".saving"] and plain.focus == str(dialog.fields["side"].widget)
    plain.hand.type("56")  # over what was wrong
    assert dialog.said.get() == ""
    plain.hand.key("Return")
    assert dialog.result.options == {"side": 56}


def test_a_file_that_is_there_is_replaced_only_when_asked_twice(plain, dialog, tmp_path):
    (tmp_path / "digit.png").write_text("old")
    plain.hand.click(dialog.save)
    assert dialog.said.get() == "digit.png is there already. Replace overwrites it."
    assert dialog.save.cget("text") == "Replace" and dialog.result is None
    plain.hand.click(dialog.save)
    assert dialog.result == Answer("digit", tmp_path / "digit.png", {"side": 560})
    assert (tmp_path / "digit.png").read_text() == "old"  # the dialog itself writes nothing


def test_after_a_change_the_warning_begins_anew(plain, dialog, tmp_path):
    for name in ("digit.png", "digits.png"):
        (tmp_path / name).write_text("old")
    plain.hand.key("Return")
    plain.hand.write(dialog.entry, "digits.png")
    assert dialog.save.cget("text") == "Save"
    plain.hand.key("Return")
    assert dialog.result is None and dialog.said.get().startswith("digits.png is there")
    plain.hand.key("Escape")
    assert dialog.result is None


def test_a_name_that_cannot_be_is_refused_and_says_why(plain, dialog, tmp_path):
    (tmp_path / "folder.png").mkdir()
    told = {
        "": "Give the picture a name.",
        "folder/": "Give the picture a name.",
        "folder.png": "folder.png is a folder; choose another name.",
        "name.jpg": "name.jpg: pictures are saved as .png, .svg, .pdf; choose one of these.",
        "name.gif": "name.gif: pictures are saved as .png, .svg, .pdf; choose one of these.",
        "none/a.png": f"There is no folder {tmp_path / 'none'}.",
        "x" * 300: "No file can have this name (File name too long).",
        "a\0b": "No file can have this name",
    }
    for name, expected in told.items():
        dialog.name.set(name)
        plain.hand.key("Return")
        assert dialog.said.get().startswith(expected) and plain.focus == str(dialog.entry), name
    plain.hand.key("Escape")


def test_a_name_with_a_folder_goes_there(plain, dialog, tmp_path):
    (tmp_path / "sub").mkdir()
    plain.hand.write(dialog.entry, "sub/a.svg")
    assert dialog.where.get() == f"in {tmp_path / 'sub'}"
    plain.hand.key("Return")
    assert dialog.result.path == tmp_path / "sub" / "a.svg"


@pytest.mark.parametrize("how", ["escape", "button", "return on the button"])
def test_cancelling_gives_nothing_and_the_focus_back(plain, dialog, how):
    if how == "escape":
        plain.hand.key("Escape")
    elif how == "button":
        plain.hand.click(dialog.cancel)
    else:
        dialog.cancel.focus_set()
        plain.hand.key("Return")
    assert dialog.result is None and plain.tops == [] and plain.focus == str(plain.entry)


def test_tab_goes_through_all_controls_in_the_order_in_which_they_stand(plain, dialog):
    seen = []
    for _ in range(7):
        seen.append(plain.focus)
        plain.hand.key("Tab")
    sides = dialog.fields["side"].widget
    order = [dialog.entry, dialog.browse, dialog.formats, sides, dialog.cancel, dialog.save, dialog.whats]
    assert seen == [str(each) for each in order] and plain.focus == seen[0]
    plain.hand.key("Escape")


def test_the_window_under_it_takes_no_clicks(plain, dialog):
    clicks = []
    plain.button.configure(command=lambda: clicks.append(1))
    plain.hand.click(plain.button)
    assert clicks == [] and plain.tops == [str(dialog)]
    plain.hand.key("Escape")
    plain.hand.click(plain.button)
    assert clicks == [1]


def test_everything_is_seen_whole_with_a_long_folder_and_at_twice_the_size(display, tmp_path):
    with plain_window(display, "1900x1200+20+40", "dark", 2.0) as plain:
        folder = tmp_path / ("a" * 100) / ("b" * 100)
        opened = saving.Dialog(plain.root, plain.theme, folder, KINDS, why_not, "digit")
        plain.hand.until(opened.winfo_viewable)
        plain.hand.pump()
        assert opened.winfo_width() <= plain.root.winfo_width()
        for each in (
            opened.whats,
            opened.entry,
            opened.browse,
            opened.formats,
            opened.fields["side"].widget,
            opened.cancel,
            opened.save,
        ):
            assert each.winfo_width() >= each.winfo_reqwidth()
            assert each.winfo_rooty() + each.winfo_height() <= opened.winfo_rooty() + opened.winfo_height()
        plain.hand.key("Escape")


def ask(plain, answer, folder: Path):
    """Call answer(the dialog) while `saving.ask` waits; give what that returns."""

    def wait():
        dialog = plain.root.children.get("saving")
        if dialog is None or plain.focus != str(dialog.entry):
            plain.root.after(20, wait)
        else:
            answer(dialog)

    plain.root.after(20, wait)
    return saving.ask(plain.root, plain.theme, folder, KINDS, why_not, "digit")


def test_ask_waits_for_the_answer_and_gives_it(plain, tmp_path):
    taken = Answer("digit", tmp_path / "digit.png", {"side": 560})
    assert ask(plain, lambda _: plain.hand.key("Return"), tmp_path) == taken
    assert ask(plain, lambda _: plain.hand.key("Escape"), tmp_path) is None


def test_a_file_can_be_looked_for_and_is_not_warned_of_twice(plain, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "other.svg").write_text("old")
    names = []

    def typed():
        if plain.focus.startswith(BROWSER):
            plain.hand.key("ctrl+slash")
            plain.hand.type(str(tmp_path / "sub" / "other.svg"))
            plain.hand.key("Return")
        else:
            plain.root.after(20, typed)

    def answer(dialog):
        plain.root.after(20, typed)
        plain.hand.click(dialog.browse)
        plain.hand.until(lambda: plain.focus == str(dialog.entry))
        names.append((dialog.name.get(), dialog.format.get(), dialog.where.get()))
        plain.hand.key("Return")
        assert dialog.said.get().startswith("other.svg is there already")
        plain.hand.key("Return")

    assert ask(plain, answer, tmp_path) == Answer("digit", tmp_path / "sub" / "other.svg", {"side": 560})
    assert names == [("other.svg", "SVG", f"in {tmp_path / 'sub'}")]
