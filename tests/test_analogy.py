"""The example of arithmetic: what it chooses is what it says, and it comes out."""

import numpy as np

from vae_explorer.codecs import opening
from vae_explorer.session import analogy
from vae_explorer.space.space import Space


def ink(space, z):
    return float(space.codec.decode(z)[0].mean())


def test_the_example_of_the_model_that_ships_makes_a_thin_digit_thick_where_data_lie():
    space = Space(opening.load())
    a, b, c = analogy.example(space)
    result = np.array(a.z) - b.z + c.z
    assert a.name.replace("thick", "thin") == b.name and c.name.startswith("thin ") and c.name != b.name
    assert ink(space, a.z) > ink(space, b.z) and ink(space, result) > ink(space, c.z) + 0.1
    assert space.density.percentile(result)[0] > 25
    near = np.argsort(np.square(space.atlas.mu - result).sum(1))[:25]
    assert (space.atlas.label[near] == int(c.name.removeprefix("thin "))).mean() > 0.5, "it is still that digit"


def test_models_of_any_size_have_one_where_they_have_two_classes_and_an_atlas(model):
    for latent_dim, labels in ((1, 2), (3, 10), (2, 30)):
        space = Space(opening.load(model(latent_dim, labels=labels)))
        a, b, c = analogy.example(space)
        assert len({a.name, b.name, c.name}) == 3 and all(len(each.z) == latent_dim for each in (a, b, c))
    assert analogy.example(Space(opening.load(model(2, labels=1)))) is None
    assert analogy.example(Space(opening.load(model(3, atlas=False)))) is None


def test_names_as_long_as_they_may_be_still_name_places(model):
    names = tuple(f"{'a very long name' * 6} {k}" for k in range(10))
    assert all(len(each.name) <= 60 for each in analogy.example(Space(opening.load(model(2, names=names)))))
