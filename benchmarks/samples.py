"""How good a model's pictures are, by `judge`: whether reconstructions of test digits show the same digit, and how many
samples from the prior and from the aggregated posterior are clearly digits.

The test digits only measure: the judge learned from training images, and the bars are round numbers. Without MNIST on
this machine, the samples alone are judged.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from benchmarks import judge
from vae_explorer.datasets import mnist
from vae_explorer.datasets.split import Split
from vae_explorer.images import Pixels, from_pixels
from vae_explorer.space.latent import Points
from vae_explorer.space.space import Space

IMAGES = 10_000  # test digits, at even steps
ROUNDS = 10  # seeds, from 0 on
SAMPLES = 2000  # of each source with each seed
BARS = 0.5, 0.8, 0.9  # probabilities of the judge's likeliest digit from which on it is confident
GOAL = 0.9  # of reconstructions that show the digit

Draw = Callable[[int, np.random.Generator], Points]


def report(weights: Path | None = None) -> str:
    """Judge a model, the one that ships unless another is named."""
    space = Space.open(weights)
    lines = ["pictures by the judge; confident: the share whose likeliest digit has at least that probability"]
    try:
        test = mnist.load(offline=True).test
    except mnist.DataError as error:
        lines.append(f"  reconstructions were not judged: {error}")
    else:
        rows = np.arange(min(IMAGES, len(test.images))) * len(test.images) // min(IMAGES, len(test.images))
        lines += _reconstructions(space, Split(test.images[rows], test.labels[rows]))
    sources: dict[str, Draw] = {"the prior N(0, I)": lambda n, draw: draw.standard_normal((n, space.latent_dim))}
    if space.atlas is not None:
        sources["the aggregated posterior of test digits"] = space.atlas.sample
    return "\n".join([*lines, *_samples(space, sources)])


def _reconstructions(space: Space, test: Split) -> list[str]:
    """Judge test digits and what is decoded of their mu, side by side."""
    mu = np.concatenate([
        space.codec.encode(from_pixels(part, space.shape))[0] for part in np.array_split(test.images, 20)
    ])  # fmt: skip
    lines = []
    pictures = {"test digits": test.images, "their reconstructions, decode(mu)": space.codec.pixels(mu)}
    for title, each in pictures.items():
        chances = judge.chances(each)
        right = chances.argmax(1) == test.labels
        lines += [
            f"  {len(each)} {title}: {right.mean():.4f} ± {_error(right):.4f} named right",
            f"    confident: {_told(_confident(chances))}",
        ]
    return [*lines, f"  named right of reconstructions must be at least {GOAL:g}"]


def _samples(space: Space, sources: Mapping[str, Draw]) -> list[str]:
    lines = []
    for title, draw in sources.items():
        shares = []
        for seed in range(ROUNDS):
            z = draw(SAMPLES, np.random.default_rng(seed))
            shares.append(_confident(judge.chances(space.codec.pixels(z))))
        apart = np.std(shares, 0, ddof=1)
        lines += [
            f"  {ROUNDS} × {SAMPLES} samples from {title}, seeds 0 to {ROUNDS - 1}",
            f"    confident: {_told(np.mean(shares, 0))}; ± {apart.max():.3f} from seed to seed at most",
        ]
    return lines


def _confident(chances: Points) -> Points:
    """The share whose likeliest digit reaches each bar."""
    return np.asarray((chances.max(1)[:, None] >= BARS).mean(0))


def _told(shares: Points) -> str:
    return ", ".join(f"{share:.3f} at {bar:g}" for share, bar in zip(shares, BARS, strict=True))


def _error(right: Pixels) -> float:
    """The standard error of a share."""
    return float(right.std() / len(right) ** 0.5)
