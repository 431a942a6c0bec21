"""A label that leaves out the middle of its text where there is no room for all of it."""

import numpy as np
import pytest
from PIL import ImageGrab

from vae_explorer.gui.widgets.shortened import Shortened

LONG = "Saved /a/long/way/to/a/picture.png"


@pytest.fixture
def label(plain):
    """The label in a place whose width the test sets."""
    made = Shortened(plain.root)
    made.place(x=20, y=200, width=300)
    plain.hand.pump()
    return made


def test_what_has_room_is_shown_whole(plain, label):
    label.write("Saved it")
    plain.hand.pump()
    assert label.cget("text") == label.whole == "Saved it" and not label.cut


def test_what_has_none_loses_its_middle_and_gets_it_back(plain, label):
    label.write(LONG)
    for width in (80, 1000, 120):
        label.place_configure(width=width)
        plain.hand.until(lambda width=width: label.winfo_width() == width)
        plain.hand.pump()
        seen = label.cget("text")
        assert label.cut is (width < 1000) and (seen == LONG) is (width == 1000)
        assert width == 1000 or (seen.startswith("S") and seen.endswith("g") and "…" in seen)


def ink(plain, label, width):
    """How many pixels are not as the background, when the label is so wide."""
    label.place_configure(width=width)
    plain.hand.until(lambda: label.winfo_width() == width)
    plain.hand.pump()
    left, top = label.winfo_rootx(), label.winfo_rooty()
    shown = np.asarray(ImageGrab.grab((left, top, left + width, top + label.winfo_height())).convert("L")).astype(int)
    return (abs(shown - shown[0, 0]) > 8).sum()


def test_no_letter_is_cut_at_the_edge(plain, label):
    for width in range(70, 90):
        label.write("M" * 40)
        seen = ink(plain, label, width)
        label.write(label.cget("text"))
        assert seen == ink(plain, label, 300), width
