"""Strips of digits: a row for each dimension, with what it is at z."""

import io

import numpy as np
import pytest
from factories import digits
from PIL import Image
from test_figures import drawn

from vae_explorer.pictures import strips


def traverse(rows, columns=5, kl=True):
    images, _ = digits(rows * columns)
    values = np.linspace(-2, 2, columns).tolist()
    z = np.linspace(-1.5, 2.5, rows).tolist()
    nats = [0.25 * dim for dim in range(rows)] if kl else None
    return images, drawn(strips.traverse(images, values, range(rows), z, nats)).axes[0]


@pytest.mark.parametrize("rows", [1, 2, 6, 20, 120])
def test_a_picture_of_strips_has_a_row_of_tiles_for_each_dimension(rows):
    images, axis = traverse(rows)
    sheet = axis.images[0].get_array()
    assert sheet.shape == (rows * 34 - 6, 140)
    for row in range(rows):
        strip = sheet[34 * row : 34 * row + 28].reshape(28, 5, 28).transpose(1, 0, 2)
        np.testing.assert_array_equal(strip, images[5 * row : 5 * row + 5])
    assert [tick.get_text() for tick in axis.get_yticklabels()] == [f"z{dim}" for dim in range(rows)]
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["−2.0", "−1.0", "0", "+1.0", "+2.0"]


def test_a_picture_of_strips_tells_value_and_kl_of_each_row_at_its_height():
    _, axis = traverse(3)
    told = {(text.get_text(), round(text.get_position()[1])) for text in axis.texts}
    assert told == {
        ("value", -5), ("−1.50", 14), ("+0.50", 48), ("+2.50", 82),
        ("kl, nats", -5), ("0.0", 14), ("0.2", 48), ("0.5", 82),
    }  # fmt: skip
    assert [text.get_text() for text in traverse(2, kl=False)[1].texts] == ["value", "−1.50", "+2.50"]


def test_the_mark_of_a_strip_stands_under_the_value_of_z_if_it_is_on_the_row():
    _, axis = traverse(3)  # z = -1.5, 0.5, 2.5 on tiles of -2 … 2
    x, y = axis.lines[0].get_data()
    np.testing.assert_allclose(x, [13.5 + 14, 69.5 + 14, np.nan])
    assert [28 <= place % 34 < 34 for place in y] == [True] * 3


def test_values_between_tenths_are_told_with_two_decimals():
    axis = drawn(strips.traverse(digits(3)[0], [-1.25, 0.0, 1.25], [0], [0.0], None)).axes[0]
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["−1.25", "0", "+1.25"]


def test_rows_of_strips_may_be_some_of_the_dimensions():
    images, _ = digits(4)
    axis = drawn(strips.traverse(images, [-1.0, 1.0], (5, 2), [9e9, 0, 0.25, 0, 0, -1e300], [0] * 5 + [7])).axes[0]
    assert [tick.get_text() for tick in axis.get_yticklabels()] == ["z5", "z2"]
    assert [text.get_text() for text in axis.texts] == ["value", "−1e+300", "+0.25", "kl, nats", "7.0", "0.0"]


def test_each_pixel_of_a_digit_is_three_by_three_in_a_saved_strip():
    _, axis = traverse(1)
    buffer = io.BytesIO()
    axis.figure.savefig(buffer, format="png", dpi=144)
    with Image.open(buffer) as picture:
        found = np.asarray(picture.convert("L"))
    sheet = axis.images[0].get_array().repeat(3, 0).repeat(3, 1)[:84]
    np.testing.assert_allclose(found[45 : 45 + 84, 63 : 63 + sheet.shape[1]], sheet, atol=1)  # matplotlib truncates
