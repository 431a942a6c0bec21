"""Figures at the width of a column: as wide as asked for, and all that is written is read and on the page."""

import itertools

import pytest
from matplotlib.text import Text
from test_dress import FIGURES

from vae_explorer.pictures.resize import MM, resize


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("mm", [60, 85, 120, 180])
def test_it_is_as_wide_as_asked_for_with_letters_of_six_points_on_the_page(name, mm):
    figure = FIGURES[name]()
    resize(figure, mm)
    figure.draw_without_rendering()
    assert figure.get_size_inches()[0] * MM == pytest.approx(mm)
    (width, height), box = figure.get_size_inches(), figure.get_tightbbox()
    assert min(box.x0, box.y0, width - box.x1, height - box.y1) >= -0.01, "all of it is on the page"
    assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= 6


@pytest.mark.parametrize("name", FIGURES)
def test_labels_of_a_scale_do_not_touch(name):
    figure = FIGURES[name]()
    resize(figure, 60)
    figure.draw_without_rendering()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            boxes = [
                label.get_window_extent() for label in axis.get_ticklabels() if label.get_text() and label.get_visible()
            ]
            assert not any(one.overlaps(other) for one, other in itertools.pairwise(boxes))


def test_a_picture_keeps_its_proportions():
    figure = FIGURES["strips"]()
    [axes] = figure.axes
    before = axes.get_window_extent()
    resize(figure, 85)
    figure.draw_without_rendering()
    after = axes.get_window_extent()
    assert after.width / after.height == pytest.approx(before.width / before.height, rel=0.02)


def test_without_a_width_nothing_changes():
    figure = FIGURES["bars"]()
    size = tuple(figure.get_size_inches())
    resize(figure, 0)
    assert tuple(figure.get_size_inches()) == size
