"""An example of arithmetic that comes out: a thick digit less a thin one, added to a thin one of another class.

Knows the space; no window. The difference of two means is an attribute vector (White 2016, Sampling Generative
Networks, section 4).
"""

from itertools import permutations

import numpy as np

from vae_explorer.codecs.codec import Codec
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Points, analogy
from vae_explorer.space.space import Space, point

MAX_CLASSES = 10  # that are tried
MAX_NAME = 20  # characters of a class's name
NEIGHBOURS = 25  # encoded digits by which the class at a point is told
FEW = 20  # digits of a class that are decoded at least
SHARE = 0.1  # of a class's digits: those with the least ink are its thin ones, those with the most its thick ones


def example(space: Space) -> tuple[Bookmark, Bookmark, Bookmark] | None:
    """Give A, B and C; None without an atlas of two classes.

    Of all pairs of classes, the one whose A − B + C has the most digits of C's class around it; where several have as
    many, the one with the highest density there.
    """
    digits, density = space.atlas, space.density
    if digits is None or density is None or len(space.class_names) < 2:
        return None
    labels = [*space.class_names][:MAX_CLASSES]
    thin, thick = _extremes(space.codec, digits, labels)
    pairs = [*permutations(range(len(labels)), 2)]
    given = np.array([analogy(thick[of], thin[of], thin[to]) for of, to in pairs])
    shares = [_share(digits, z, labels[to]) for z, (_, to) in zip(given, pairs, strict=True)]
    of, to = pairs[max(zip(shares, density.log(given), range(len(pairs)), strict=True))[2]]
    much, little = ("thick", "thin") if space.like_mnist else ("light", "dark")
    found = (much, of, thick), (little, of, thin), (little, to, thin)
    names = [space.class_names[label][:MAX_NAME].strip() for label in labels]
    a, b, c = (Bookmark(f"{word} {names[k]}", point(means[k])) for word, k, means in found)
    return a, b, c


def _share(digits: Atlas, z: Points, label: int) -> float:
    """The share of the encoded digits nearest to z, (D,), that are of a class."""
    return float((digits.label[digits.neighbours(z, NEIGHBOURS)] == label).mean())


def _extremes(codec: Codec, digits: Atlas, labels: list[int]) -> tuple[Points, Points]:
    """The mean of each class's thin digits, (C, D), and of its thick ones, by their ink as they are decoded."""
    thin, thick = [], []
    most = FEW if codec.slow else max(FEW, codec.at_once // len(labels))
    for label in labels:
        mu = digits.mu[digits.label == label].astype(float)
        mu = mu[:: -(-len(mu) // most)]  # where pictures are large, or decoded slowly, some at even steps
        ordered = mu[np.argsort(codec.decode(mu).mean((1, 2, 3)))]
        count = max(1, round(SHARE * len(mu)))
        thin.append(ordered[:count].mean(0))
        thick.append(ordered[-count:].mean(0))
    return np.array(thin), np.array(thick)
