"""A picture in which not all can be read is told from one in which it can, and is not made."""

from vae_explorer.pictures.rc import Figure, own_settings

import pytest
from factories import made_up
from test_dress import FIGURES

from vae_explorer.pictures import make
from vae_explorer.pictures.crowding import crowded
from vae_explorer.pictures.make import PictureError
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.resize import resize


@own_settings()
def written(*texts):
    """A Figure of 200 by 100 pixels with texts at places, in pixels."""
    figure = Figure((2, 1), dpi=100)
    for x, y, text in texts:
        figure.text(x / 200, y / 100, text, size=8)
    return figure


def test_texts_that_meet_and_those_that_leave_the_page_are_found():
    assert not crowded(written((10, 10, "one"), (10, 60, "other")))
    assert not crowded(written((10, 10, "one"), (60, 10, "other")))
    assert crowded(written((10, 10, "one"), (15, 12, "other")))
    assert crowded(written((190, 10, "one of them"))) and crowded(written((10, 97, "one")))
    assert not crowded(written((10, 10, "one"), (15, 12, " ")))


@own_settings()
def test_a_scale_counts_only_where_it_is_drawn_and_as_far_as_it_goes():
    figure = Figure((4, 3), layout="constrained")
    axis = figure.subplots()
    axis.set(xticks=[0, 5, 10, 5000], yticks=[0, 10])
    axis.set(xlim=(0, 10), ylim=(0, 10))
    figure.draw_without_rendering()
    assert not crowded(figure)
    axis.set_xticks([0, 0.1])
    figure.draw_without_rendering()
    assert crowded(figure)
    axis.set_axis_off()
    assert not crowded(figure)


@pytest.mark.parametrize("name", FIGURES)
def test_no_picture_is_crowded_as_it_comes_nor_in_a_page(name):
    for mm in (0, 180):
        figure = FIGURES[name]()
        resize(figure, mm)
        figure.draw_without_rendering()
        assert not crowded(figure), mm


def test_a_picture_whose_words_have_no_room_is_refused_with_what_to_do():
    space = made_up((1, 20, 36), 3)
    for mm in (0, 180, 40):
        options = {"n": 41, "mm": mm}
        made = Recipe((0.5,) * 3, space.codec.source.sha256, picture="traverse", options=options)
        if mm == 40:
            with pytest.raises(PictureError, match=r"40 mm have no room for its words; choose more\."):
                make.figure(space, made)
        else:
            make.figure(space, made)
