"""Ink: how much of what is painted comes, whether z stays where the data are, and how long that takes.

The strokes lie on and beside what is decoded at test digits that are not in the atlas; nothing is chosen by them.
Without MNIST on this machine nothing is measured.
"""

import time
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks import unseen
from benchmarks.ratios import spread
from vae_explorer.datasets.strokes import Stroke, coverage
from vae_explorer.space import inking
from vae_explorer.space.inking import Inking
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import Space

STROKES, SEEDS = 150, (0, 1, 2)
RADIUS, LONGEST = 2.2, 4.0  # pixels
NEAR, FAR = 2.0, 5.0  # pixels from the digit's ink, between which a white stroke begins
EMPTY = 1.0  # the mean squared error under the brush that a stroke must have to correct, of at most 4
RIM = 3.0  # pixels of the picture's edge in which nobody paints


@dataclass(frozen=True)
class _Outcome:
    """What came of a stroke: gone, the share of the error under the brush; the density's percentile before and after;
    seconds of a frame, of the rest and of the search for others; how many answers there were."""

    white: bool
    gone: float
    before: float
    after: float
    frame_s: float
    rest_s: float
    others_s: float
    answers: int


def report() -> str:
    """Lay out what came of the strokes, for each seed."""
    return unseen.report("Ink", lambda space, mu: "\n".join(_line(seed, _outcomes(space, mu, seed)) for seed in SEEDS))


def _outcomes(space: Space, mu: Points, seed: int) -> list[_Outcome]:
    generator = np.random.default_rng(seed)
    rows = generator.choice(len(mu), STROKES, replace=False)
    return [_painted(space, mu[row], k % 2 == 0, generator) for k, row in enumerate(rows)]


def _painted(space: Space, z: Points, white: bool, generator: np.random.Generator) -> _Outcome:
    """Paint one stroke."""
    ink = Inking(space, z)
    paint, mask = np.full(space.shape[1:], 1.0 if white else -1.0), _mask(ink.x_hat, white, generator)
    times = [time.perf_counter()]
    ink.follow(paint, mask, z)
    times.append(time.perf_counter())
    [rest] = ink.settle(paint, mask, z[None])
    times.append(time.perf_counter())
    answers = inking.alternatives(ink, paint, mask, rest)
    times.append(time.perf_counter())
    assert space.density is not None
    before, after = space.density.percentile([z, rest]).tolist()
    return _Outcome(white, ink.gone(paint, mask, rest), before, after, *np.diff(times).tolist(), len(answers))


def _mask(x_hat: Values, white: bool, generator: np.random.Generator) -> Values:
    """What a short stroke in any direction covers that begins on the digit or, of white ink, beside it."""
    y, x = np.nonzero(x_hat > 0)
    while True:
        if white:
            start = generator.uniform(RIM, np.array(x_hat.shape[::-1]) - RIM)
            away = np.hypot(x + 0.5 - start[0], y + 0.5 - start[1]).min()
        else:
            k = generator.integers(len(x))
            start, away = np.array([x[k] + 0.5, y[k] + 0.5]), NEAR
        turn, length = generator.uniform(0, 2 * np.pi), generator.uniform(0, LONGEST)
        end = start + length * np.array([np.cos(turn), np.sin(turn)])
        mask = coverage(Stroke((tuple(start), tuple(end)), RADIUS), x_hat.shape)
        error = (mask * (x_hat - (1.0 if white else -1.0)) ** 2).sum() / mask.sum()
        if NEAR <= away <= FAR and error >= EMPTY:
            return np.asarray(mask, float)


def _line(seed: int, found: list[_Outcome]) -> str:
    def halved(some: list[_Outcome]) -> str:
        return f"{np.mean([each.gone >= 0.5 for each in some]):.1%}"

    white, black = [each for each in found if each.white], [each for each in found if not each.white]
    return (
        f"{len(found)} strokes of seed {seed}: the error under the brush is halved in {halved(found)} "
        f"(white {halved(white)}, black {halved(black)}), must be at least 85%\n"
        f"  median percentile of the density {median(each.before for each in found):.0f} before, "
        f"{median(each.after for each in found):.0f} after, must be at least 40\n"
        f"  two answers or more: {np.mean([each.answers > 1 for each in found]):.1%}\n"
        f"  a frame {spread([each.frame_s for each in found], 1e3)} ms, "
        f"the rest {spread([each.rest_s for each in found], 1e3)} ms, "
        f"others {spread([each.others_s for each in found], 1e3)} ms"
    )
