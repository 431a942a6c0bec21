"""The digit, beside it the drawing that it was made of, and below it the column of answers."""

import numpy as np
import pytest

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.gui.looks.theme import PALETTES
from vae_explorer.gui.views.beside import signed_colours
from vae_explorer.session import subject
from vae_explorer.settings import Settings


def ink():
    """A picture with a bar in it."""
    levels = np.zeros((28, 28), np.uint8)
    levels[6:22, 11:17] = 255
    return levels


def draw(opened, levels=None):
    """Bring a drawing to the session, as the pad does."""
    drawing = Drawing.of(ink() if levels is None else levels)
    opened.session.commit(**subject.drawn(opened.session.space, drawing))
    opened.hand.pump()


def box(widget):
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return left, top, left + widget.winfo_width(), top + widget.winfo_height()


@pytest.mark.parametrize("size", [(960, 600), (1180, 760), (1900, 1000)], ids=str)
def test_what_is_told_of_the_digit_stands_right_below_it(window, size):
    opened = window(size=size)
    shown = opened.app.workspace.picture
    digit, ink, column = box(shown.digit.widget), box(shown.ink.widget), box(shown.answers.widget)
    assert abs((digit[2] - digit[0]) - (digit[3] - digit[1])) <= 1, "it is a square"
    assert 0 <= ink[1] - digit[3] <= 8 and ink[3] - ink[1] <= 24 and 0 <= column[1] - ink[3] <= 8
    assert box(shown.saving.widget)[3] <= box(shown.widget)[3]


def test_where_the_window_is_low_the_digit_leaves_the_column_some_room(window):
    opened = window(size=(1100, 480))
    shown = opened.app.workspace.picture
    column, digit = shown.answers.widget, shown.digit.widget
    assert column.winfo_height() >= opened.app.desk.theme.px(72) and digit.winfo_height() >= 5 * 28


@pytest.mark.parametrize(("size", "right"), [((960, 600), False), ((1180, 760), False), ((1700, 1000), True)], ids=str)
def test_a_drawing_stands_beside_the_digit_with_their_difference(window, size, right):
    opened = window(6, size=size)
    shown = opened.app.workspace.picture
    alone = box(shown.digit.widget)
    draw(opened)
    opened.hand.until(shown.beside.widget.winfo_ismapped)
    digit, beside, whole = box(shown.digit.widget), box(shown.beside.widget), box(shown.widget)
    if right:
        assert beside[0] >= digit[2] and digit[2] - digit[0] < alone[2] - alone[0]
    else:
        assert beside[1] >= digit[3] and digit == alone
    assert whole[0] <= beside[0] and beside[2] <= whole[2], "it is seen whole"
    assert digit[2] - digit[0] >= 224 + 2 * 16 and shown._models.winfo_ismapped()
    assert box(shown.answers.widget)[1] >= max(digit[3], beside[3] if not right else 0)


def test_without_a_drawing_the_digit_has_the_width_for_itself_again(window):
    opened = window(6, size=(1700, 1000))
    shown = opened.app.workspace.picture
    alone = box(shown.digit.widget)
    draw(opened)
    opened.hand.until(lambda: box(shown.digit.widget) != alone)
    opened.session.undo()
    opened.hand.until(lambda: box(shown.digit.widget) == alone)
    assert not shown.beside.widget.winfo_ismapped() and not shown._models.winfo_ismapped()


def pixel(opened, widget, column, row, side):
    """The colour in the middle of a pixel of a picture of 28 pixels on `side` pixels of the screen."""
    shown, edge = opened.look(widget), 0
    edge = (shown.shape[1] - side) // 2
    return tuple(shown[edge + int((row + 0.5) * side / 28), edge + int((column + 0.5) * side / 28)].tolist())


def test_the_drawing_is_shown_as_it_is_and_more_ink_in_another_colour_than_less(window):
    opened = window(6)
    draw(opened)
    shown = opened.app.workspace.picture
    opened.hand.until(shown.beside.widget.winfo_ismapped)
    (yours, _), (difference, _) = shown.beside._cells
    assert pixel(opened, yours, 13, 13, 56) == (255, 255, 255) and pixel(opened, yours, 2, 2, 56) == (0, 0, 0)
    [models] = opened.session.space.codec.pixels(opened.session.state.z)
    table = signed_colours(PALETTES["light"])
    for column, row in ((13, 13), (2, 2), (20, 20)):
        signed = int(models[row, column]) - int(ink()[row, column])
        assert pixel(opened, difference, column, row, 56) == tuple(table[signed + 255].tolist())


def test_the_colours_of_a_difference_begin_at_the_ground_and_end_at_two_of_the_theme():
    for palette in PALETTES.values():
        table = signed_colours(palette)
        ends = [bytes(table[k].tolist()).hex() for k in (0, 255, 510)]
        assert [f"#{each}" for each in ends] == [palette.error, palette.surface, palette.accent]


def test_the_drawing_stays_beside_the_digit_while_a_slider_moves_and_goes_with_a_jump(window):
    opened = window(6)
    draw(opened)
    shown = opened.app.workspace.picture
    opened.session.preview(z=(1.0,) * 6)
    opened.hand.pump()
    assert shown.compared and shown.beside.widget.winfo_ismapped()
    opened.app.go((0.0,) * 6)
    opened.hand.pump()
    assert not shown.compared and not shown.beside.widget.winfo_ismapped()


def test_another_theme_shows_the_drawing_again(window):
    opened = window(6, settings=Settings(motion=False))
    draw(opened)
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.until(opened.app.workspace.picture.beside.widget.winfo_ismapped)
