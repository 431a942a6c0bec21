"""The two directions of a plane: what each choice leads to, and what is told where there is no atlas."""

import pytest

from vae_explorer.gui.widgets.axes import Axes, chosen
from vae_explorer.settings import Settings


@pytest.mark.parametrize(
    ("dims", "place", "dim", "expected"),
    [
        (None, 0, 3, (3, 0)), (None, 0, 0, (0, 1)), (None, 1, 0, (1, 0)), (None, 1, 4, (0, 4)),
        ((0, 1), 0, 1, (1, 0)), ((0, 1), 1, 0, (1, 0)), ((0, 1), 1, 2, (0, 2)), ((0, 1), 1, 1, (0, 1)),
        ((0, 1), 0, None, None), (None, 0, None, None),
    ],
)  # fmt: skip
def test_no_choice_gives_the_same_dimension_twice(dims, place, dim, expected):
    assert chosen(dims, place, dim) == expected


@pytest.fixture
def axes(window):
    """The lists of the plane's tab, and all that they tell."""
    told = []

    def build(**options):
        opened = window(6, Settings(motion=False, tab="plane"), **options)
        made = Axes(opened.root, opened.session, opened.app.desk.theme, told.append)
        return made, told, opened

    return build


def pick(box, text):
    box.set(text)
    box.event_generate("<<ComboboxSelected>>")


def test_what_is_chosen_is_told_and_shown_also_where_the_lists_have_changed_places(axes):
    made, told, _ = axes()
    made.show(None, ())
    assert [box.get() for box in made.boxes] == ["principal", "–"]
    for box, text in ((0, "z2"), (1, "z5"), (0, "z5"), (0, "principal"), (0, "principal")):
        pick(made.boxes[box], text)
    assert told == [(2, 0), (2, 5), (5, 2), None, None]
    assert [box.get() for box in made.boxes] == ["principal", "–"]
    made.widget.destroy()


def test_without_an_atlas_there_are_no_principal_axes_to_choose(axes, bare):
    made, *_ = axes(weights=bare)
    assert "principal" not in made.boxes[0].cget("values") and len(made.boxes[0].cget("values")) == 6
    made.widget.destroy()
