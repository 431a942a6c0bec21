"""A command line names a point in one way: typed, by a class, by a picture, or drawn."""

import numpy as np
import pytest

from vae_explorer.errors import Failure
from vae_explorer.rendering import place
from vae_explorer.rendering.place import Place, PlaceOrPicture
from vae_explorer.space.space import Space


def test_each_way_gives_its_point(model):
    space = Space.open(model(2))
    assert place.of(space, Place()) == (0.0, 0.0) and place.of(space, Place(z="1,-2")) == (1.0, -2.0)
    assert place.of(space, Place(label="3")) == place.of(space, Place(z="3")) == space.class_mean(3)
    first = space.sample(np.random.default_rng(0))
    assert place.of(space, Place(sample=True)) == place.of(space, Place(seed=0)) == first
    assert place.of(space, Place(seed=1)) != first == place.of(space, Place(sample=True, seed=0))


def test_a_model_of_one_dimension_tells_a_class_from_a_number(model):
    space = Space.open(model(1, labels=2))
    assert place.of(space, Place(label="1")) == space.class_mean(1) and place.of(space, Place(z="1.0")) == (1.0,)


@pytest.mark.parametrize(
    ("options", "given"),
    [
        (Place(), ""), (Place(z=""), "--z"), (Place(label="3"), "--label"), (Place(sample=True, seed=3), "--sample"),
        (Place(seed=0), "--seed"), (PlaceOrPicture(image="a.png"), "--image"),
    ],
)  # fmt: skip
def test_the_way_that_was_taken_is_known(options, given):
    assert place.given(options) == given


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (Place(z="3", label="3"), "--z and --label name different points. Leave one of them out."),
        (Place(label="3", seed=1), "--label and --seed name"),
        (PlaceOrPicture(sample=True, seed=1, image="a.png"), "--sample and --image name"),
    ],
)
def test_two_ways_at_once_are_refused(options, why):
    with pytest.raises(Failure, match=f"^{why}"):
        place.given(options)
