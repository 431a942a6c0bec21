"""What is handed about as a value survives being copied and pickled, as a notebook or a pool of processes does it."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest
from factories import atlas_bytes, model_folder

from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.shelves import Shelf
from vae_explorer.session.state import Path, Plane, State
from vae_explorer.settings import Settings
from vae_explorer.space.space import Space
from vae_explorer.storage import checkpoint

WAYS = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),
    "the oldest pickle": lambda value: pickle.loads(pickle.dumps(value, 0)),
    "replace": replace,
}
A, B = Bookmark("a", (1.0, -0.0)), Bookmark("b", (0.1 + 0.2, 2.0))
WEIGHTS = "0123456789abcdef" * 4
VALUES = {
    "a recipe": Recipe(A.z, WEIGHTS),
    "a recipe with options": Recipe(A.z, WEIGHTS, 7, "1.0", "path", {"a": A.z, "b": B.z, "kind": "straight", "n": 5}),
    "a bookmark": A,
    "a shelf": Shelf(WEIGHTS, 2, (A, B)),
    # What it holds is one thing, since a set of texts is shown in another order after a copy.
    "a state": State(A.z, (A, B), plane=Plane(None, 3), path=Path(A, B), terms=(A, None, B), held=frozenset({"slant"})),
    "settings": Settings(theme="dark", recent=("a", "b")),
}


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return Space.open(model_folder(tmp_path_factory.mktemp("model"), atlas=atlas_bytes()))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_copy_is_equal_and_as_frozen_and_hashable_as_the_original(value, way):
    found = WAYS[way](value)
    assert found == value and repr(found) == repr(value) and hash(found) == hash(value) and type(found) is type(value)
    with pytest.raises(FrozenInstanceError):
        setattr(found, fields(found)[0].name, None)


@pytest.mark.parametrize("way", WAYS)
def test_the_options_of_a_copied_recipe_are_frozen_too(way):
    made = VALUES["a recipe with options"]
    found = WAYS[way](made)
    assert list(found.options.items()) == list(made.options.items())
    with pytest.raises(TypeError):
        found.options["n"] = 6


@pytest.mark.parametrize("way", WAYS)
def test_a_copied_checkpoint_and_a_copied_atlas_have_the_same_arrays(space, way):
    original = space.codec.source
    source, atlas = WAYS[way](original), WAYS[way](space.atlas)
    for key, array in original.decoder.items():
        np.testing.assert_array_equal(source.decoder[key], array)
    assert (source.path, source.sha256, source.info) == (original.path, original.sha256, original.info)
    for each in fields(atlas):
        np.testing.assert_array_equal(getattr(atlas, each.name), getattr(space.atlas, each.name))


def test_two_readings_of_one_model_are_compared_and_hashed_without_a_look_at_their_arrays(space):
    again = checkpoint.read(space.codec.source.path)
    assert again != space.codec.source and len({again, space.codec.source}) == 2
    other = Space.open(again.path).atlas
    assert other != space.atlas and len({other, space.atlas}) == 2


@pytest.mark.parametrize("way", ["copy", "deepcopy", "pickle"])
def test_a_copied_space_gives_the_same_answers(space, way):
    found, z = WAYS[way](space), (0.5, -1.0)
    np.testing.assert_array_equal(found.codec.decode(z), space.codec.decode(z))
    np.testing.assert_array_equal(found.density.percentile(z), space.density.percentile(z))
    assert found.class_mean(3) == space.class_mean(3) and found.class_names == space.class_names
