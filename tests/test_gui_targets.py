"""No control is too small to be hit, whatever the font and the scale."""

from functools import partial
from tkinter import font, ttk

import pytest
from conftest import plain_window

from vae_explorer.gui.looks import styles, targets
from vae_explorer.gui.looks.theme import FIXED, FONT, PALETTES

SCALES = [0.5, 0.83, 1.0, 1.25, 1.5, 2.0, 4.0]
SMALL, LARGE = 2, 30  # points: of a font that no control is measured for
CONTROLS = {
    "TButton": ttk.Button,
    "TMenubutton": ttk.Menubutton,
    "TCheckbutton": ttk.Checkbutton,
    "TRadiobutton": ttk.Radiobutton,
    "TEntry": ttk.Entry,
    "TCombobox": ttk.Combobox,
    "TSpinbox": ttk.Spinbox,
    "Toolbutton": partial(ttk.Checkbutton, style="Toolbutton"),
    "Horizontal.TScale": ttk.Scale,
}


def set_fonts(plain, points):
    for name in (FONT, FIXED, "TkTextFont"):
        font.nametofont(name, plain.root).configure(size=points)


def tab_height(plain):
    """How high the tabs of a notebook are: the rows in which there is one, in the middle of the first."""
    book = ttk.Notebook(plain.root, width=200, height=20)
    book.add(ttk.Frame(book), text="")
    book.grid()
    plain.hand.until(book.winfo_viewable)
    plain.hand.pump()
    found = [y for y in range(book.winfo_height()) if book.tk.call(book, "identify", "tab", 5, y) == 0]
    return len(found)


def test_there_is_a_test_for_every_kind_of_control():
    assert {*CONTROLS, "TNotebook.Tab"} == {*targets.KINDS, "Horizontal.TScale"}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("points", [SMALL, 10])
def test_no_control_is_smaller_than_a_target_with_any_font(display, scale, points):
    with plain_window(display, scale=scale) as plain:
        set_fonts(plain, points)
        least = round(24 * scale)
        sizes = {kind: make(plain.root) for kind, make in CONTROLS.items()}
        small = {
            kind: (made.winfo_reqwidth(), made.winfo_reqheight())
            for kind, made in sizes.items()
            if min(made.winfo_reqwidth(), made.winfo_reqheight()) < least
        }
        assert small == {}
        assert tab_height(plain) >= least


@pytest.mark.parametrize("kind", [kind for name, kind in CONTROLS.items() if name != "Horizontal.TScale"])
def test_a_control_grows_with_its_text(plain, kind):
    control = kind(plain.root)
    set_fonts(plain, LARGE)
    plain.hand.pump()
    line = font.nametofont(FONT, plain.root).metrics("linespace")
    assert control.winfo_reqheight() >= line > 24


def test_a_theme_that_is_applied_again_leaves_every_control_as_it_was(plain):
    style, height = ttk.Style(plain.root), plain.entry.winfo_reqheight()
    for name in PALETTES:
        styles.apply(plain.root, name, 1.0)
        first = {kind: style.layout(kind) for kind in targets.KINDS}
        styles.apply(plain.root, name, 1.0)
        assert {kind: style.layout(kind) for kind in targets.KINDS} == first
        assert plain.entry.winfo_reqheight() == height


@pytest.mark.parametrize("points", [SMALL, 10, LARGE])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_rows_of_a_list_are_higher_than_their_text_and_than_a_target(display, scale, points):
    with plain_window(display, scale=scale) as plain:
        set_fonts(plain, points)
        targets.apply(ttk.Style(plain.root), plain.theme)
        tree = ttk.Treeview(plain.root, columns=("a",), show="")
        tree.grid()
        tree.insert("", "end", iid="0", values=("one",))
        plain.hand.pump()
        line = font.nametofont(FONT, plain.root).metrics("linespace")
        assert tree.bbox("0")[3] == max(24 * scale, line + 8 * scale)
