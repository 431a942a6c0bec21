"""Fields of classes and density over a plane, and the wash that shows them."""

import numpy as np
import pytest
from factories import made_up, model_folder

from vae_explorer.errors import Cancelled
from vae_explorer.pictures.fields import wash
from vae_explorer.pictures.scatter import class_colours
from vae_explorer.space import field, places
from vae_explorer.space.field import Field
from vae_explorer.space.space import Space

Z = (0.2, -0.4, 0.7)
GROUND = np.full((4, 6, 3), 40, np.uint8)


def never():
    return False


@pytest.fixture(scope="module")
def space():
    """A space of three dimensions and three classes."""
    return made_up()


def over(space, plane, xy, z):
    """The field at one point of a plane."""
    return field.over(space, plane, [xy[0]], [xy[1]], z, never)


def small(label, percentile, share=0.9):
    """A field of three classes, labelled 4, 5 and 6, whose likeliest class is given by label, (R, C)."""
    label, percentile = np.array(label), np.array(percentile, np.float32)
    others = (1 - share) / 2
    log = np.log(np.where(label == np.array([4, 5, 6])[:, None, None], share, others)).astype(np.float32)
    return Field(log, (4, 5, 6), percentile)


# ------------------------------------------------------------------------------------------------------ what is where


@pytest.mark.parametrize("dims", [None, (0, 2)])
def test_where_z_is_a_field_says_what_is_said_of_z_itself(space, dims):
    plane = space.plane(dims)
    found = over(space, plane, plane.project(Z)[0], Z)
    shares = space.classes.shares(Z)[0]
    assert found.labelled.label[0, 0] == space.atlas.classes[shares.argmax()]
    assert found.labelled.share[0, 0] == pytest.approx(shares.max(), abs=1e-5)
    assert found.percentile[0, 0] == pytest.approx(space.density.percentile(Z)[0], abs=1e-4)


def test_the_first_row_is_the_uppermost_and_columns_go_to_the_right(space):
    plane = space.plane((0, 1))
    found = field.over(space, plane, [-0.5, 0, 0.5], [0.3, -0.3], Z, never)
    assert found.log.shape == (3, 2, 3) and found.percentile.shape == (2, 3)
    z = (0.5, 0.3, Z[2])
    np.testing.assert_allclose(found.log[:, 0, 2], space.classes.log(z)[0], atol=1e-4)
    assert found.percentile[0, 2] == pytest.approx(space.density.percentile(z)[0], abs=1e-4)


def test_a_field_is_another_off_the_plane_and_the_same_along_it(space):
    plane = space.plane((0, 1))
    here = over(space, plane, (0, 0), Z)
    np.testing.assert_allclose(over(space, plane, (0, 0), (-0.9, 0.1, Z[2])).log, here.log, atol=1e-5)
    assert abs(over(space, plane, (0, 0), (Z[0], Z[1], 0.1)).log - here.log).max() > 0.01


def test_beyond_what_a_session_reaches_the_field_is_that_of_the_point_it_would_go_to(space):
    plane = space.plane((0, 1))
    np.testing.assert_array_equal(over(space, plane, (30, -12), Z).log, over(space, plane, (10, -10), Z).log)


def test_a_field_is_empty_where_a_place_would_be_called_hardly_ever_met():
    found = small([[4] * 4], [[0, 0.99, 1, 50]])
    assert found.labelled.empty.tolist() == [[True, True, False, False]]
    assert [places.word(each) for each in found.percentile[0]] == ["never seen", "hardly ever", "at the edge", "usual"]


def test_an_enlarged_field_has_the_same_corners_and_is_straight_between_them():
    log = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
    found = Field(log, (0, 1), log[0]).enlarged((5, 4))
    assert found.log.shape == (2, 4, 5) and found.percentile.shape == (4, 5)
    np.testing.assert_allclose(found.log[:, [0, 0, -1, -1], [0, -1, 0, -1]], log[:, [0, 0, -1, -1], [0, -1, 0, -1]])
    np.testing.assert_allclose(found.percentile[0], [0, 0.5, 1, 1.5, 2])
    np.testing.assert_allclose(found.percentile[:, 0], [0, 1, 2, 3])


def test_a_tiled_field_repeats_each_point():
    found = small([[4, 5], [6, 4]], [[1, 2], [3, 4]]).labelled.tiled((3, 2))
    assert found.label.tolist() == [[4] * 3 + [5] * 3] * 2 + [[6] * 3 + [4] * 3] * 2
    assert found.percentile.shape == (4, 6) and found.percentile[3, 0] == 3


def test_a_field_that_nobody_wants_any_more_is_not_computed_to_its_end(space, monkeypatch):
    computed, percentile = [], space.density.percentile
    monkeypatch.setattr(space.density, "percentile", lambda z: computed.extend(z) or percentile(z))
    with pytest.raises(Cancelled):
        field.over(space, space.plane((0, 1)), *[np.linspace(-3, 3, 40)] * 2, Z, lambda: len(computed) > 100)
    assert 100 < len(computed) < 200


def test_without_an_atlas_there_is_no_field(tmp_path):
    space = Space.open(model_folder(tmp_path, atlas=None))
    with pytest.raises(ValueError, match="no atlas"):
        field.over(space, space.plane((0, 1)), [0], [0], (0, 0), never)


# ------------------------------------------------------------------------------------------------------ how it looks


def washed(found, *layers):
    return wash(found.labelled.tiled((3, 2)), layers, 1).over(GROUND).astype(int)


def test_no_layer_leaves_the_picture_as_it_is():
    assert (washed(small([[4, 5], [6, 4]], [[50, 50], [0, 50]])) == GROUND).all()


def test_where_a_class_is_likeliest_the_picture_turns_to_its_colour_and_more_so_the_likelier_it_is():
    towards = class_colours(np.array([6]))[0] - GROUND[0, 0].astype(int)
    turned = []
    for share in (0.5, 0.9):
        moved = washed(small([[6, 6], [6, 6]], np.full((2, 2), 50), share), "classes")[1, 1] - 40
        assert moved @ towards > 0.99 * np.linalg.norm(moved) * np.linalg.norm(towards)
        turned.append(np.linalg.norm(moved))
    assert 0 < 1.5 * turned[0] < turned[1] < 0.4 * np.linalg.norm(towards)  # faint in any case


def test_between_two_classes_is_a_line():
    picture = washed(small([[4, 5], [4, 5]], np.full((2, 2), 50)), "classes")
    levels = picture.sum(-1)
    assert (levels[:, 2] > levels[:, 1] + 100).all() and (levels[:, 3] == levels[:, 4]).all()


def test_where_no_data_lie_is_neither_colour_nor_line_but_slanting_lines():
    found = small([[4, 5], [4, 5]], [[0.5, 0.5], [0.5, 0.5]])
    picture = wash(found.labelled.tiled((30, 30)), ("classes",), 1).over(np.array((40, 40, 40)))
    levels = np.unique(picture.reshape(-1, 3), axis=0)
    assert len(levels) == 2 and (levels[0] == 40).all() and np.ptp(levels[1].astype(int)) < 10  # no colour
    lines = (picture[..., 0] != 40).astype(int)
    assert (lines[1:, :-1] == lines[:-1, 1:]).all() and 0.1 < lines.mean() < 0.2


def test_there_is_more_light_where_more_of_the_data_lie():
    picture = washed(small([[4, 4], [4, 4]], [[0, 30], [60, 99]]), "density")
    levels = picture[::2, ::3].sum(-1)
    assert levels[0, 0] == 120 and levels[0, 0] < levels[0, 1] < levels[1, 0] < levels[1, 1]


def test_a_wash_lies_over_a_picture_that_shows_through():
    made = wash(small([[4] * 6] * 4, np.full((4, 6), 99)).labelled, ("classes", "density"), 1)
    digits = np.zeros((4, 6, 3), np.uint8)
    digits[1:3, 2:4] = 255
    picture = made.over(digits).astype(int)
    assert (picture[1:3, 2:4] - picture[0, 0] > 90).all()


def test_a_class_is_densest_where_it_is_the_likeliest_and_data_lie():
    found = small([[4, 4, 5], [4, 5, 5]], [[50, 50, 50], [0, 50, 0]])
    found.log[:, 0, 1] += 2  # more of all classes lies there, and most where none is said to lie
    found.log[:, 1] += [5, 1, 5]
    assert found.middles == {4: (0, 1), 5: (1, 1)}
