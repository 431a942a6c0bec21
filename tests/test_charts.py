"""Bars and curves: what stands where, and that nothing sticks out."""

import numpy as np
import pytest
from test_figures import drawn

from vae_explorer.pictures import charts
from vae_explorer.pictures.inks import ACCENT, RULE
from vae_explorer.storage.history import TERMS

EPOCHS = np.arange(1.0, 31)
LOSSES = {"loss": 80 + 60 / EPOCHS, "recon": 66 + 55 / EPOCHS, "kl": 14 + 5 / EPOCHS}


@pytest.mark.parametrize("count", [1, 2, 6, 20, 256])
def test_there_is_a_bar_for_each_value_in_order_and_a_pale_one_where_it_is_not_strong(count):
    values = np.linspace(3, 0, count)
    names = [f"z{k}" for k in range(count)]
    axis = drawn(charts.bars(values, names, [k % 2 == 0 for k in range(count)], "kl, nats", "told")).axes[0]
    assert [bar.get_height() for bar in axis.patches] == values.tolist()
    from matplotlib.colors import to_rgba

    assert [bar.get_facecolor() for bar in axis.patches[:2]] == [to_rgba(each) for each in (ACCENT, RULE)][:count]
    shown = [tick.get_text() for tick in axis.get_xticklabels()]
    assert shown == names[:: -(-count // charts.NAMED)]
    assert len(axis.texts) == (count if count <= charts.TOLD else 0)


def test_each_curve_has_its_name_at_its_end_and_its_own_stroke():
    axis = drawn(charts.curves(EPOCHS, LOSSES, ("epoch", "nats a picture"), mark=7)).axes[0]
    assert {text.get_text() for text in axis.texts} == {"loss", "recon", "kl"}
    assert len({line.get_linestyle() for line in axis.lines[:3]}) == 3, "told apart in grey"
    assert axis.get_ylim()[0] == 0 and axis.lines[3].get_xdata() == [7, 7]
    heights = sorted(text.xy[1] for text in axis.texts)
    assert np.diff(heights).min() >= charts.APART - 1e-9


def test_no_two_of_the_terms_of_a_training_look_alike():
    figure = charts.curves(
        np.arange(3.0), {name: 10.0 * k + np.arange(3.0) for k, name in enumerate(TERMS)}, ("epoch", "nats")
    )
    [axis] = drawn(figure).axes
    assert len({(line.get_color(), str(line._unscaled_dash_pattern)) for line in axis.lines}) == len(TERMS) == 6


def test_curves_that_end_in_the_same_place_are_named_one_above_the_other_and_gaps_are_left_out():
    lines = {
        "a": np.array([1.0, 2.0]),
        "b": np.array([3.0, 2.0]),
        "c": np.array([np.nan, 2.0]),
        "none": np.full(2, np.nan),
    }
    axis = drawn(charts.curves(np.array([0.0, 1.0]), lines, ("x", "y"))).axes[0]
    assert [text.get_text() for text in axis.texts] == ["a", "b", "c"] and len(axis.lines) == 3
    assert axis.lines[2].get_xdata().tolist() == [1.0]
    assert np.diff([text.xy[1] for text in axis.texts]).min() >= charts.APART - 1e-9
