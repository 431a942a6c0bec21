"""Whether a place is real, in words that cannot be read as their opposite."""

import math

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, model_folder

from vae_explorer.space import places
from vae_explorer.space.places import WORDS, inner, place, quantile, radius, word
from vae_explorer.space.space import Space


@pytest.fixture
def opened(tmp_path):
    def opened(latent_dim=2):
        return Space.open(model_folder(tmp_path / str(latent_dim), latent_dim, atlas=atlas_bytes(latent_dim)))

    return opened


class Fixed:
    """A space whose density has the same percentile everywhere."""

    def __init__(self, percent):
        self.density, self.percent = self, percent

    def percentile(self, _z):
        return np.array([self.percent])


def test_each_word_holds_from_its_percentile_to_the_next():
    percents = (100, 10, 9.99, 1, 0.99, 0.1, 0.09, 0)
    assert [word(each) for each in percents] == [name for _, name in WORDS for _ in range(2)]
    assert [least for least, _ in WORDS] == sorted({least for least, _ in WORDS}, reverse=True) and WORDS[-1][0] == 0


@pytest.mark.parametrize(
    ("percent", "sentence"),
    [
        (100, "100 of 100 encoded digits lie in emptier places than this."),
        (99.98, "99 of 100 encoded digits lie in emptier places than this."),
        (45.0, "45 of 100 encoded digits lie in emptier places than this."),
        (1.99, "1 of 100 encoded digits lies in emptier places than this."),
        (0.98, "Fewer than 1 of 100 encoded digits lie in emptier places than this."),
        (0, "None of the encoded digits lies in emptier places than this."),
    ],
)
def test_a_place_says_how_many_of_the_digits_lie_in_emptier_ones(percent, sentence):
    found = place(Fixed(percent), (0.0,))
    assert (found.sentence, found.percent, found.word) == (sentence, percent, word(percent))


@pytest.mark.parametrize("latent_dim", [1, 2, 20])
def test_where_the_digits_are_is_usual_and_far_away_nothing_was_ever_seen(opened, latent_dim):
    space = opened(latent_dim)
    row = int(space.density.log(space.atlas.mu).argmax())
    assert place(space, tuple(space.atlas.mu[row].tolist())).word == "usual"
    far = place(space, (10.0,) * latent_dim)
    assert (far.word, far.percent) == ("never seen", 0.0)


def test_without_an_atlas_a_place_says_what_is_missing(tmp_path):
    found = place(Space.open(bare_folder(tmp_path / "bare")), (0.0, 0.0))
    assert found.percent is None and found.word == "not known" and "without atlas.npz" in found.sentence


# --------------------------------------------------------------------------------------------------------- the radius


@pytest.mark.parametrize("dim", [1, 2, 3, 6, 20, 256])
def test_the_share_that_lies_nearer_is_that_of_draws(dim):
    lengths = np.linalg.norm(np.random.default_rng(dim).standard_normal((40_000, dim)), axis=1)
    for length in np.quantile(lengths, [0.01, 0.3, 0.5, 0.9, 0.999]):
        assert inner(float(length), dim) == pytest.approx((lengths <= length).mean(), abs=0.01)
    assert inner(0, dim) == 0 and inner(100, dim) == 1


def test_the_share_of_one_and_of_two_dimensions_is_that_of_the_books():
    assert inner(1.959964, 1) == pytest.approx(0.95, abs=1e-6)
    assert inner(1.5, 2) == pytest.approx(1 - math.exp(-1.125), rel=1e-12)


@pytest.mark.parametrize("dim", [1, 2, 5, 20, 256])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_quantile_is_where_the_share_lies_nearer(dim, share):
    assert inner(quantile(share, dim), dim) == pytest.approx(share, abs=1e-9)


def test_a_radius_says_whether_the_prior_has_its_draws_there():
    """The quantiles of the chi distribution with six degrees of freedom: √1.635 and √12.592."""
    found = [radius([length, 0, 0, 0, 0, 0]) for length in (0.5, 2.0, 5.0)]
    assert [(each.low, each.high) for each in found] == [
        (pytest.approx(1.279, abs=1e-3), pytest.approx(3.549, abs=1e-3))
    ] * 3
    assert [each.length for each in found] == [0.5, 2.0, 5.0]
    texts = "nearer to it than", "as far from it as", "further from it than"
    for each, text in zip(found, texts, strict=True):
        assert f"{each.length:.1f} from the middle, {text} most draws from the prior" in each.sentence
        assert each.sentence.endswith("of 100 in 6 dimensions, 90 lie 1.3 to 3.5 from it.")


def test_in_many_dimensions_the_middle_itself_is_a_place_where_hardly_any_draw_lies():
    assert "nearer to it than most draws" in radius(np.zeros(20)).sentence and radius(np.zeros(20)).inner == 0
    assert "in 1 dimension," in radius([0.3]).sentence


def test_no_word_is_lost_between_the_thresholds():
    assert {word(percent) for percent in np.linspace(0, 100, 5001)} == {name for _, name in places.WORDS}
