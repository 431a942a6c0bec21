"""An example of arithmetic that comes out: a thick digit less a thin one, added to a thin one of another class.

Knows the space; no window. The difference of two means is an attribute vector (White 2016, Sampling Generative
Networks, section 4).
"""

from itertools import permutations

import numpy as np

from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.codec import Codec
from vae_explorer.space.latent import Points, analogy
from vae_explorer.space.space import Space, point

MOST = 10  # classes that are tried
AROUND = 25  # digits
SHARE = 0.1  # of a class's digits, that its thick and its thin ones are


def example(space: Space) -> tuple[Bookmark, Bookmark, Bookmark] | None:
    """Give A, B and C, so that A − B + C lies among digits of C's class, as far as there are such, and of those where
    most data lies; None without an atlas of two classes."""
    digits, density = space.atlas, space.density
    if digits is None or density is None or len(space.class_names) < 2:
        return None
    labels = [*space.class_names][:MOST]
    thin, thick = _extremes(space.codec, digits, labels)
    pairs = [*permutations(range(len(labels)), 2)]
    given = np.array([analogy(thick[of], thin[of], thin[to]) for of, to in pairs])
    kin = [_share(digits, z, labels[to]) for z, (_, to) in zip(given, pairs, strict=True)]
    of, to = pairs[max(zip(kin, density.log(given), range(len(pairs)), strict=True))[2]]
    found = ("thick", of, thick), ("thin", of, thin), ("thin", to, thin)
    names = [space.class_names[label][:20].strip() for label in labels]
    a, b, c = (Bookmark(f"{word} {names[k]}", point(means[k])) for word, k, means in found)
    return a, b, c


def _share(digits: Atlas, z: Points, label: int) -> float:
    """How many of the encoded digits around z, (D,), are of a class, as a share."""
    near = np.square(digits.mu - z).sum(1).argsort()[:AROUND]
    return float((digits.label[near] == label).mean())


def _extremes(codec: Codec, digits: Atlas, labels: list[int]) -> tuple[Points, Points]:
    """The mean of the tenth of each class's digits with the least ink as decoded, and of that with the most: (C, D)."""
    thin, thick = [], []
    for label in labels:
        mu = digits.mu[digits.label == label].astype(float)
        ordered = mu[np.argsort(codec.decode(mu).mean((1, 2, 3)))]
        count = max(1, round(SHARE * len(mu)))
        thin.append(ordered[:count].mean(0))
        thick.append(ordered[-count:].mean(0))
    return np.array(thin), np.array(thick)
