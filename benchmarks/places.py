"""Whether a place is real, of which class it is, and what would change that: how right the answers are, and how fast.

The test digits that are not in the atlas only measure the answers; nothing is chosen by them. Without MNIST on this
machine, draws from the aggregated posterior take their place for the times.
"""

import time
from collections import Counter
from statistics import quantiles

import numpy as np

from benchmarks import unseen
from benchmarks.ratios import rounds, spread
from vae_explorer.datasets import mnist
from vae_explorer.images import Pixels
from vae_explorer.space import change, places
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.classes import Classes
from vae_explorer.space.density import Density
from vae_explorer.space.latent import Points
from vae_explorer.space.space import Space

ROUNDS = 9
CHANGES = 300  # digits that are changed into each other class
FIELD = 2000  # points
SIDE = 3.0  # the cube reaches from -SIDE to SIDE
BINS = 10
SEEDS = 10
LOW = 5  # percent


def report() -> str:
    """Lay out what is right of the unseen test digits, and then the times."""
    space = Space.open()
    assert space.atlas is not None and space.classes is not None
    z = space.atlas.sample(FIELD, np.random.default_rng(1)).astype(float)
    lines = []
    try:
        seen = unseen.digits(space)
    except mnist.DataError as error:
        lines.append(f"The answers on unseen test digits were not measured: {error}")
    else:
        z = seen.mu
        lines += [
            _real(space, space.atlas, z),
            _scored(space.density, space.atlas, z),
            _named(space.classes, z, seen.label),
        ]
    return "\n".join([*lines, _times(space.classes, z), _changed(space.classes, z)])


def _real(space: Space, atlas: Atlas, z: Points) -> str:
    """How well the density tells unseen digits from two kinds of noise, and which words it gives to each."""
    assert space.density is not None
    generator = np.random.default_rng(0)
    points = {
        "unseen test digits": z,
        "the aggregated posterior": atlas.sample(len(z), generator),
        "the prior N(0, I)": generator.standard_normal(z.shape),
        f"the cube [−{SIDE:g}, {SIDE:g}]^{z.shape[1]}": generator.uniform(-SIDE, SIDE, z.shape),
    }
    logs = {name: space.density.log(each) for name, each in points.items()}
    digits, _, prior, cube = logs
    lines = [
        f"{len(z):,} test digits that are not in the atlas",
        f"  AUC against {cube}: {_auc(logs[digits], logs[cube]):.3f}, must be at least 0.97",
        f"  AUC against {prior}: {_auc(logs[digits], logs[prior]):.3f}; 0.5 were an aggregated posterior like it",
    ]
    for name, each in points.items():
        words = Counter(places.word(float(percent)) for percent in space.density.percentile(each))
        shares = ", ".join(f"{word} {words[word] / len(each):.1%}" for _, word in places.WORDS)
        lines.append(f"  {name:<26} {shares}")
    return "\n".join(lines)


def _scored(density: Density, atlas: Atlas, z: Points) -> str:
    """What the gauge tells of encoded digits, and of draws of as many points with each of ten seeds."""
    count = len(atlas.mu)
    fixed = {"test digits of the atlas": atlas.mu.astype(float), "other test digits": z}
    drawn = {
        "the aggregated posterior": lambda draw: atlas.sample(count, draw),
        "the prior N(0, I)": lambda draw: draw.standard_normal((count, atlas.mu.shape[1])),
    }
    lines = [f"  percentile of the density, and share below {LOW} %; ± from seed to seed, of {SEEDS} × {count:,} draws"]
    for name, points in fixed.items():
        percent, low = _percents(density, points)
        lines.append(f"    {name:<26} {percent:.1f}, {low:.1f} %")
    for name, draw in drawn.items():
        each = [_percents(density, draw(np.random.default_rng(seed))) for seed in range(SEEDS)]
        (percent, low), (apart, low_apart) = np.mean(each, 0), np.std(each, 0, ddof=1)
        lines.append(f"    {name:<26} {percent:.1f} ± {apart:.1f}, {low:.1f} ± {low_apart:.1f} %")
    return "\n".join(lines)


def _percents(density: Density, points: Points) -> tuple[float, float]:
    percents = density.percentile(points)
    return float(percents.mean()), 100 * float((percents < LOW).mean())


def _auc(scores: Points, others: Points) -> float:
    """How often a score is higher than another, and half as often as they are equal (Mann and Whitney 1947)."""
    ordered = np.sort(others)
    below, up_to = (np.searchsorted(ordered, scores, side=side) for side in ("left", "right"))
    return float((below + up_to).mean() / 2 / len(others))


def _named(classes: Classes, z: Points, labels: Pixels) -> str:
    shares = classes.shares(z)
    right = np.array(classes.atlas.classes)[shares.argmax(1)] == labels
    return (
        f"  of the right class: {right.mean():.1%}, must be at least 92.5%\n"
        f"  expected calibration error over {BINS} bins: {_calibration(shares.max(1), right):.3f}, must be at most 0.03"
    )


def _calibration(confidence: Points, right: np.ndarray) -> float:
    """The mean difference between how sure one is and how often that is right (Guo et al. 2017)."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs((right[bins == k] - confidence[bins == k]).sum()) for k in range(BINS)]
    return float(sum(gaps) / len(right))


def _times(classes: Classes, z: Points) -> str:
    one = rounds({"one": lambda: classes.shares(z[0])}, ROUNDS, 100)["one"]
    field = rounds({"field": lambda: classes.shares(z[:FIELD])}, ROUNDS)["field"]
    return (
        f"The class at a point: {spread(one, 1e6)} µs, must be at most 60\n"
        f"The classes of {FIELD:,} points: {spread(field, 1e3)} ms, must be at most 150"
    )


def _changed(classes: Classes, z: Points) -> str:
    """The least change of each digit into each other class: how long it takes, and how far it is."""
    taken, moves, runners_up = [], [], []
    for start in z[:: max(1, len(z) // CHANGES)][:CHANGES]:
        order = classes.log(start)[0].argsort()[::-1]
        labels = [classes.atlas.classes[k] for k in order[1:]]
        for label in labels:
            began = time.perf_counter()
            found = change.least(classes, start, label)
            taken.append(time.perf_counter() - began)
            moves.append(float(np.linalg.norm(found - start)))
        runners_up.append(moves[-len(labels)])
    slow = quantiles(taken, n=20, method="inclusive")[-1] * 1e3
    return (
        f"The least change of a digit to each other class, {len(taken):,} times: {spread(taken, 1e3)} ms, "
        f"95 of 100 within {slow:.1f}, must be at most 30 in the median\n"
        f"  |Δz| {spread(moves)}, to the class that is next likely {spread(runners_up)}"
    )
