"""The colours of the two themes: text that can be read, states that can be told apart."""

from tkinter import ttk
from types import SimpleNamespace

import pytest
from conftest import plain_window

from vae_explorer.gui.looks import theme
from vae_explorer.gui.looks.theme import PALETTES


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


@pytest.mark.parametrize(("dots", "scale"), [(72, 1), (96, 1), (100, 1), (120, 1.25), (144, 1.5), (192, 2), (999, 4)])
def test_the_scale_of_a_screen_is_whole_quarters(dots, scale):
    assert theme.screen_scale(SimpleNamespace(winfo_fpixels=lambda _inch: dots)) == scale
