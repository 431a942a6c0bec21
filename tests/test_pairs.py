"""Pictures over their reconstructions: tiles, differences and numbers, each at its place."""

import numpy as np
import pytest
from factories import digits
from test_figures import drawn

from vae_explorer.pictures import pairs
from vae_explorer.pictures.tiles import TILE

GREY, COLOUR = digits(30)[0], np.repeat(digits(30)[0][..., None], 3, -1)


@pytest.mark.parametrize("pictures", [GREY, COLOUR], ids=["grey", "colour"])
@pytest.mark.parametrize("n", [2, 12, 13, 30])
def test_each_picture_stands_over_its_reconstruction_their_difference_and_its_numbers(pictures, n):
    shown, other = pictures[:n], pictures[::-1][:n]
    numbers = {"recon, nats": np.arange(n) + 0.26, "kl, nats": np.arange(n) / 10}
    figure = drawn(pairs.pairs(shown, other, numbers))
    assert len(figure.axes) == 3 * -(-n // 12)
    k = 0
    for above, middle, below in zip(*[iter(figure.axes)] * 3, strict=True):
        places = [text for text in below.texts if text.get_text()[-1].isdigit()]
        few = len(places) // 2
        recon, kl = places[:few], places[few:]
        for column in range(few):
            left = column * 30
            one, two, more = (axis.images[0].get_array()[:28, left : left + 28] for axis in (above, middle, below))
            np.testing.assert_array_equal(one, shown[k])
            np.testing.assert_array_equal(two, other[k])
            expected = other[k].astype(int) - shown[k]
            np.testing.assert_array_equal(more, expected if pictures is GREY else (expected + 256) // 2)
            assert (recon[column].get_text(), kl[column].get_text()) == (f"{k + 0.26:.1f}", f"{k / 10:.1f}")
            assert recon[column].xy[0] == kl[column].xy[0] == left + 13.5
            k += 1
        for axis in (above, middle, below):
            dots = axis.get_window_extent().size * 144 / figure.dpi  # as many an inch as a PNG has
            assert dots == pytest.approx([(few * 30 - 2) * 3, TILE]), "three to each pixel"
    assert k == n


@pytest.mark.parametrize(("pictures", "key"), [(GREY, "blue: added ink"), (COLOUR, "grey: the same")])
def test_the_foot_says_what_the_colours_of_a_difference_mean(pictures, key):
    [foot] = pairs.pairs(pictures[:2], pictures[:2], {"kl, nats": np.zeros(2)}).texts
    assert foot.get_text().startswith(key)


def test_nothing_written_lies_over_anything_else_nor_outside():
    figure = pairs.pairs(GREY, GREY, {"recon, nats": np.full(30, 999.94), "kl, nats": np.full(30, 99.94)})
    drawn(figure)
    texts = [text for axis in figure.axes for text in (*axis.texts, *axis.get_yticklabels())] + figure.texts
    boxes = [text.get_window_extent() for text in texts]
    width, height = figure.get_size_inches() * figure.dpi
    for k, box in enumerate(boxes):
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, texts[k]
        assert not any(box.overlaps(other) for other in boxes[k + 1 :]), texts[k]
