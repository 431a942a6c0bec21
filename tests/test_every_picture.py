"""Every kind of picture of models of other shapes and other numbers of dimensions: made, of a sane size, and made again
from its own recipe as the same bytes."""

import numpy as np
import pytest
from factories import made_up
from PIL import Image

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import make
from vae_explorer.pictures.recipe import Recipe, made_by

SHAPES, DIMS = [(1, 8, 8), (3, 20, 36), (3, 256, 240), (1, 8, 256)], [1, 2, 20]
SMALL, LARGE = 80, 2000  # pixels of a picture's longer side, at least and at most


@pytest.fixture(scope="module", params=[(s, d) for s in SHAPES for d in DIMS], ids=lambda each: f"{each[0]}-{each[1]}")
def space(request):
    return made_up(*request.param)


def recipes(space):
    """A recipe of each kind that this model has, small."""
    points = np.random.default_rng(0).normal(size=(4, space.latent_dim)).round(2)
    z, a, b, c = (tuple(map(float, each)) for each in points)
    kinds = {
        "digit": {},
        "traverse": {"n": 3, "dims": tuple(range(min(3, space.latent_dim)))},
        "map": {},
        "path": {"start": a, "end": b, "n": 3},
        "arithmetic": {"a": a, "b": b, "c": c},
        "reconstruct": {"image": Drawing.of(space.codec.pixels(a)[0]).text},
    }
    kinds |= {"samples": {"n": 5}, "card": {"dim": space.latent_dim - 1}, "kl": {}}
    kinds["posterior"] = {"image": kinds["reconstruct"]["image"], "n": 2}
    if space.latent_dim > 1:
        kinds["plane"] = {"n": 3}
    if not space.no_factors:
        kinds["edit"] = {"width": 1.0}
    return [Recipe(z, space.codec.source.sha256, picture=kind, options=options) for kind, options in kinds.items()]


def test_every_kind_is_made_in_a_sane_size_and_again_from_its_recipe(space, tmp_path):
    for made in recipes(space):
        path, again = tmp_path / f"{made.picture}.png", tmp_path / "again.png"
        make.save(space, made, path)
        with Image.open(path) as picture:
            assert SMALL < max(picture.size) < LARGE, made.picture
        assert made_by(path) == made
        make.save(space, made_by(path), again)
        assert path.read_bytes() == again.read_bytes(), made.picture


def test_several_pictures_and_what_became_of_them_are_of_a_sane_size(space, tmp_path):
    shown = [Drawing.of(each).text for each in space.codec.pixels(np.zeros((2, space.latent_dim)))]
    options = {"image": tuple(shown) if len(shown[0]) < 100_000 else shown[0]}
    made = Recipe((0.0,) * space.latent_dim, space.codec.source.sha256, picture="reconstruct", options=options)
    make.save(space, made, tmp_path / "pairs.png")
    with Image.open(tmp_path / "pairs.png") as picture:
        assert SMALL < max(picture.size) < LARGE and made_by(tmp_path / "pairs.png") == made


def test_a_path_moves_and_moves_again(space, tmp_path):
    path, again = tmp_path / "path.gif", tmp_path / "again.gif"
    [made] = [each for each in recipes(space) if each.picture == "path"]
    options = {**made.options, "way": "straight"}
    make.save(space, Recipe(made.z, made.weights, picture="path", options=options), path)
    with Image.open(path) as picture:
        assert max(picture.size) == 280 and picture.n_frames == 4
    make.save(space, made_by(path), again)
    assert path.read_bytes() == again.read_bytes()


def test_many_large_pictures_on_a_sheet_are_as_small_as_digits(tmp_path):
    space = made_up((3, 256, 256), 20)
    make.save(space, Recipe((0.5,) * 20, space.codec.source.sha256, picture="traverse"), tmp_path / "traverse.png")
    with Image.open(tmp_path / "traverse.png") as picture:
        assert picture.width < 13 * 84 + 400 and picture.height < 20 * 104 + 100


def test_a_picture_of_another_size_is_not_reconstructed():
    space = made_up((3, 20, 36))
    made = Recipe((0.0,) * 3, space.codec.source.sha256, picture="reconstruct", options={"image": Drawing.of(
        np.zeros((28, 28), np.uint8)).text})  # fmt: skip
    with pytest.raises(make.PictureError, match="28 × 28 pixels in grey, this model's are 36 × 20 pixels in colour"):
        make.figure(space, made)
