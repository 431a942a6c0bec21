"""The colours of the two themes: text that can be read, states that can be told apart."""

from tkinter import font, ttk

import pytest
from conftest import plain_window

from vae_explorer.gui import theme
from vae_explorer.gui.theme import PALETTES


def luminance(colour):
    """Relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_can_be_read_on_every_ground_that_it_stands_on(name):
    palette = PALETTES[name]
    for ground in (palette.surface, palette.raised):
        for text in (palette.text, palette.muted, palette.error):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(palette.on_accent, palette.accent) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_the_thumb_and_the_focus_stand_out_from_what_is_around_them(name):
    palette = PALETTES[name]
    assert contrast(palette.accent, palette.surface) >= 3
    assert contrast(palette.muted, palette.border) >= 3
    assert contrast(palette.accent, palette.border) >= 3


@pytest.mark.parametrize("name", PALETTES)
def test_a_theme_gives_its_colours_to_the_window_and_its_widgets(display, name):
    with plain_window(display, name=name) as plain:
        palette, root = plain.theme.colours, plain.root
        style = ttk.Style(root)
        assert palette is PALETTES[name] and root["background"] == palette.surface
        assert style.lookup("TLabel", "foreground") == palette.text
        assert style.lookup("Muted.TLabel", "foreground") == palette.muted
        assert style.lookup("TButton", "foreground", ["disabled"]) == palette.muted
        assert style.lookup("TEntry", "fieldbackground") == palette.raised
        assert {f"{name}-thumb-rest", f"{name}-thumb-accent"} <= {*root.image_names()}


def combobox(plain, row):
    """A combobox with its list open."""
    box = ttk.Combobox(plain.root, values=["one", "two"], state="readonly")
    box.grid(row=row)
    plain.hand.pump()
    plain.hand.click(box)
    plain.hand.until(lambda: "popdown" in plain.focus)
    return box


def test_the_list_of_a_combobox_has_the_colours_of_the_theme_that_is_in_use_now(plain):
    for row, name in enumerate(("light", "dark", "light"), start=2):
        theme.apply(plain.root, name, 1.0)
        box, palette = combobox(plain, row), PALETTES[name]
        listed = f"{box}.popdown.f.l"
        seen = [
            str(plain.root.tk.call(listed, "cget", f"-{each}"))
            for each in ("background", "foreground", "selectbackground", "selectforeground")
        ]
        assert seen == [palette.raised, palette.text, palette.accent, palette.on_accent], name
        plain.hand.key("Escape")
        box.destroy()


def arrow(display, scale):
    """How many pixels wide the arrow of a combobox is."""
    with plain_window(display, scale=scale) as plain:
        box = combobox(plain, 2)
        plain.hand.key("Escape")
        y = box.winfo_height() // 2
        found = [x for x in range(box.winfo_width()) if "arrow" in box.identify(x, y)]
        box.destroy()
        return len(found)


def test_the_arrow_of_a_combobox_grows_with_the_scale(display):
    small, large = arrow(display, 1.0), arrow(display, 2.0)
    assert small >= 10 and large == pytest.approx(2 * small, abs=2)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_rows_of_a_list_are_higher_than_their_text_and_the_chosen_one_has_the_accent(display, scale):
    with plain_window(display, name="dark", scale=scale) as plain:
        tree = ttk.Treeview(plain.root, columns=("a",), show="")
        tree.grid()
        tree.insert("", "end", iid="0", values=("one",))
        plain.hand.pump()
        height = tree.bbox("0")[3]
        line = font.nametofont(theme.FONT, plain.root).metrics("linespace")
        assert height == line + 8 * scale
        style = ttk.Style(plain.root)
        assert style.lookup("Treeview", "background", ["selected"]) == PALETTES["dark"].accent
        assert style.lookup("Treeview", "fieldbackground") == PALETTES["dark"].raised
