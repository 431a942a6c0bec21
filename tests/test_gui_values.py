"""Values as texts: what is shown, and what can be typed. The entry itself is tested with its slider."""

import numpy as np
import pytest

from vae_explorer.gui.looks.coordinates import format_value, parse_value


def test_numbers_on_screen_have_a_sign_a_true_minus_and_two_decimals():
    values = [0, -0.0, 0.004, -0.004, 1, -1, 0.126, -10, 7.5]
    told = ["0.00", "0.00", "0.00", "0.00", "+1.00", "−1.00", "+0.13", "−10.00", "+7.50"]
    assert [format_value(value) for value in values] == told


@pytest.mark.parametrize("value", [*np.linspace(-10, 10, 81)])
def test_what_is_shown_can_be_typed(value):
    assert parse_value(format_value(value)) == pytest.approx(value, abs=0.00501)


@pytest.mark.parametrize("text", ["", "-", "1,2,3", "0x10", "10.01", "-10.01", "nan", "-inf", "1e400", "one", "1_0"])
def test_no_other_text_is_a_number(text):
    with pytest.raises(ValueError):
        parse_value(text)
