"""The card of a dimension, on made-up models and on the one that ships."""

from dataclasses import replace

import numpy as np
import pytest
from factories import made_up

from vae_explorer.codecs import opening
from vae_explorer.space import cards, measures, telling
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.space import Space

NAMES = [*FACTORS]


@pytest.fixture(scope="module")
def shipped():
    return Space.open()


def numbers(**by):
    return np.array([by.get(name, 0.0) for name in NAMES])


@pytest.mark.parametrize("dim", range(6))
def test_the_numbers_are_those_of_the_decoded_means(shipped, dim):
    card, atlas = cards.of(shipped, dim), shipped.atlas
    measured = measures.measure(shipped.codec.decode(atlas.mu))
    expected = telling.of(atlas.mu, measured)
    np.testing.assert_allclose(card.rank, expected.rank[dim], atol=1e-6)
    np.testing.assert_allclose(card.r2, expected.r2[dim], atol=1e-6)
    assert card.nats == pytest.approx(atlas.kl_per_dim[dim]) and card.dim == dim


def test_no_dimension_of_the_shipped_model_is_one_factor(shipped):
    """As the measurements that the handles were designed by have it."""
    assert not any(telling.alone(cards.of(shipped, dim).r2) for dim in range(6))
    assert "slant" in cards.of(shipped, 4).sentence and "width" in cards.of(shipped, 3).sentence


def test_the_ends_are_the_outer_percentiles_and_the_digits_furthest_out(shipped):
    card, mu = cards.of(shipped, 4), shipped.atlas.mu.astype(float)
    assert [card.low.value, card.high.value] == pytest.approx(np.percentile(mu[:, 4], [1, 99]))
    others = np.arange(6) != 4
    for end in (card.low, card.high):
        assert end.z[4] == end.value
        np.testing.assert_allclose(end.z[others], mu.mean(0)[others])
    assert mu[list(card.low.rows), 4].tolist() == sorted(mu[:, 4])[: cards.DIGITS]
    assert mu[list(card.high.rows), 4].tolist() == sorted(mu[:, 4], reverse=True)[: cards.DIGITS]


def test_the_classes_at_an_end_are_two_thirds_of_its_digits(shipped):
    atlas = shipped.atlas
    for dim in range(6):
        card, order = cards.of(shipped, dim), np.argsort(atlas.mu[:, dim], kind="stable")
        for end, rows in ((card.low, order[:250]), (card.high, order[::-1][:250])):
            counts = np.bincount(atlas.label[rows], minlength=10)
            assert sorted(counts)[-2:] == sorted(counts[list(end.mostly)]) if len(end.mostly) == 2 else True
            assert (counts[list(end.mostly)].sum() * 3 >= 500) == bool(end.mostly)
    assert cards.of(shipped, 0).high.mostly == (5,)


@pytest.mark.parametrize(
    ("nats", "rank", "r2", "said"),
    [
        (
            2.0,
            {"slant": 0.9, "width": -0.3},
            {"slant": 0.8, "width": 0.2},
            "Changes slant and little else: higher leans further right.",
        ),
        (None, {"width": -0.7}, {"width": 0.5}, "Goes with width in part: higher is narrower."),
        (
            2.0,
            {"width": 0.7, "slant": -0.5},
            {"width": 0.5, "slant": 0.4},
            "Mixes width and slant: higher is wider and leans further left.",
        ),
        (2.0, {"height": 0.3}, {"height": 0.09}, "Goes with none of slant, width, height, thickness and mass."),
        (0.049, {"slant": 0.9}, {"slant": 0.9}, "Tells hardly anything about a picture."),
        (0.0, {}, {}, "Tells hardly anything about a picture."),
    ],
)
def test_the_sentence(nats, rank, r2, said):
    assert cards.sentence(nats, numbers(**rank), numbers(**r2)) == said


def test_classes_that_lie_apart_are_told_where_both_ends_are_clear(shipped):
    said = [cards.of(shipped, dim).sentence for dim in range(6)]
    assert said[0].endswith("right. Separates 2 and 4 from 5.") and said[1].endswith("Separates 6 and 2 from 7 and 4.")
    assert "Separates" not in said[5], "of the highest in z5, 47 % are of class 6 and 18 % of class 5"


@pytest.mark.parametrize("latent_dim", [1, 2, 20, 256])
def test_a_model_without_an_atlas_is_told_by_draws_from_the_prior(model, latent_dim):
    space = Space.open(model(latent_dim, atlas=False))
    card = cards.of(space, latent_dim - 1)
    assert card.nats is None and "N(0, I)" in card.source
    assert not card.low.rows and not card.high.mostly
    assert -2.8 < card.low.value < -1.9 and 1.9 < card.high.value < 2.8
    assert np.isfinite(card.r2).all() and card.sentence == cards.of(space, latent_dim - 1).sentence


def test_of_few_digits_it_is_not_told_what_they_mostly_are(model):
    card = cards.of(Space.open(model(2, labels=3)), 1)
    assert len(card.low.rows) == cards.DIGITS and not card.low.mostly


@pytest.mark.parametrize(("labels", "told"), [(1, False), (2, True), (3, False)])
def test_what_most_digits_are_anyway_is_not_told_of_an_end(shipped, labels, told):
    """Digits of which the lowest are of class 0, and the next of class 1; of three classes these two are most."""
    atlas = shipped.atlas
    order = np.argsort(atlas.mu[:, 2], kind="stable")
    label = np.empty(len(order), np.uint8)
    label[order] = (np.arange(len(order)) // 125 if labels == 3 else np.arange(len(order)) // 2500) % labels
    space = Space.open()
    space.atlas = replace(atlas, label=label)
    assert cards.of(space, 2).low.mostly == ((0,) if told else ())


@pytest.mark.parametrize("shape", [(3, 8, 8), (1, 8, 8), (1, 20, 36), (1, 256, 250)])
def test_pictures_of_any_shape_have_a_card_and_those_in_colour_no_factors(shape):
    space = made_up(shape)
    card = cards.of(space, 2)
    assert (len(card.rank), len(card.r2)) == ((0, 0) if space.in_colour else (5, 5))
    assert space.in_colour == (card.sentence == "No factors are measured: its pictures are in colour.")
    assert card.low.value < card.high.value and len(card.low.rows) == cards.DIGITS


def test_a_decoder_without_change_goes_with_nothing(model):
    space = Space.open(model(2))
    weights = {name: np.zeros_like(each) for name, each in space.codec.source.decoder.items()}
    blank = Space(opening.of(replace(space.codec.source, decoder=weights)))
    card = cards.of(blank, 0)
    assert not card.r2.any() and card.sentence.startswith("Goes with none")
