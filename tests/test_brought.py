"""The photos that digits were made of: what comes of one, and which are kept."""

import numpy as np
import pytest
from factories import made_up, vivid_folder
from PIL import Image

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.photos import PhotoError, from_image
from vae_explorer.datasets.prepare import Steps
from vae_explorer.session.photos import MOST, Photos, brought
from vae_explorer.space.space import Space


@pytest.fixture(scope="module")
def spaces(tmp_path_factory):
    """A function that opens a model that learned from data of some name."""
    return lambda name: Space.open(vivid_folder(tmp_path_factory.mktemp("model"), data={"name": name}))


def photo(left=90):
    """A stroke on paper."""
    levels = np.full((120, 160), 240, np.uint8)
    levels[20:100, left : left + 9] = 10
    return from_image(Image.fromarray(levels))


def test_a_photo_is_made_like_mnist_for_a_model_of_mnist_and_only_made_small_for_others(spaces):
    digit, other = (brought(spaces(name), photo()) for name in ("mnist", "fashion"))
    assert digit.steps == Steps() and digit.drawing == Drawing.of(digit.prepared.picture)
    picture = digit.drawing.levels
    assert picture[0].max() == 0 and picture[14, 14] > 200, "light ink on black, in the middle"
    assert other.steps != Steps() and not (other.steps.fit or other.steps.centre or other.steps.alone)
    across = other.drawing.levels.max(0)
    assert across.argmax() in (15, 16, 17) and across[:14].max() < 30, "light on dark, and where it was"


def test_the_steps_can_be_chosen(spaces):
    space = spaces("mnist")
    dark = brought(space, photo(), Steps(fit=False, centre=False))
    assert dark.steps == Steps(fit=False, centre=False) and dark.drawing != brought(space, photo()).drawing


def test_a_picture_of_nothing_is_refused(spaces):
    with pytest.raises(PhotoError):
        brought(spaces("mnist"), from_image(Image.new("L", (50, 50), 128)))


def test_the_last_eight_are_kept_by_what_came_of_them_and_the_newest_of_two_that_are_alike(spaces):
    space, kept = spaces("mnist"), Photos()
    as_it_is, places = Steps(fit=False, centre=False), range(20, 20 + 12 * (MOST + 1), 12)
    several = [brought(space, photo(left), as_it_is) for left in places]
    assert len({each.drawing.ground for each in several}) == MOST + 1
    for each in several[:MOST]:
        kept.keep(each)
    again = brought(space, photo(20), as_it_is)
    kept.keep(again)
    kept.keep(several[MOST])
    assert kept.of(several[0].drawing) is again and kept.of(several[1].drawing) is None
    assert [kept.of(each.drawing) for each in several[2:]] == several[2:]
    assert kept.of(Drawing()) is None


def test_a_photo_for_a_model_of_other_pictures_is_fitted_with_its_colours():
    colours = np.random.default_rng(0).integers(0, 256, (72, 72, 3), np.uint8)
    image = from_image(Image.fromarray(colours))
    assert brought(made_up((3, 36, 36)), image).drawing.levels.shape == (36, 36, 3)
    np.testing.assert_array_equal(brought(made_up((3, 72, 72)), image).drawing.levels, colours)
    assert brought(made_up((1, 36, 20)), image).drawing.levels.shape == (36, 20)
