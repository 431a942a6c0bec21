"""What gave way where not everything could be as it was asked for, in plain sentences with numbers. Knows no model."""

import numpy as np

from vae_explorer.space.factors import FACTORS, written
from vae_explorer.space.latent import Values
from vae_explorer.space.ranges import Ranges

REACHED = 0.9  # of a change that is asked for, from which on it counts as reached
MOVED = 0.25  # of the standard deviation over the data, from which on a factor that is held gave way
NEAR = 0.1  # of that standard deviation, from the data's 5th or 95th percentile, at which a factor is at its limit
LEFT = 2.0  # nats of log density, a seventh of the data, from which on it is that which stops


def short(before: Values, goals: Values, reached: Values, ranges: Ranges, lost: float, data: str) -> list[str]:
    """A sentence on each factor that is not where it was asked for; all (F,), by FACTORS, goals NaN where nothing is.

    lost: by how many nats the data are less dense now. data: what the data are called, as "MNIST".
    """
    lacking = goals - reached
    far = abs(lacking) > (1 - REACHED) * abs(goals - before)  # not for NaN
    return [
        _stops(k, name, float(lacking[k]), float(reached[k]), ranges, lost, data)
        for k, name in enumerate(FACTORS)
        if far[k]
    ]


def moved(before: Values, goals: Values, reached: Values, ranges: Ranges, held: frozenset[str]) -> list[str]:
    """A sentence on the factors that were to be kept and are not, (F,) each: "Gave way: width 11.3 → 12.1 px."."""
    far = np.isnan(goals) & (abs(reached - before) > MOVED * ranges.sd)
    changes = [
        f"{name} {written(name, before[k]).removesuffix(factor.unit).rstrip()} → {written(name, reached[k])}"
        for k, (name, factor) in enumerate(FACTORS.items())
        if name in held and far[k]
    ]
    return [f"Gave way: {', '.join(changes)}."] if changes else []


def _stops(k: int, name: str, lacking: float, reached: float, ranges: Ranges, lost: float, data: str) -> str:
    title, now = FACTORS[name].title, written(name, reached)
    near = NEAR * ranges.sd[k]
    if (lacking > 0 and reached >= ranges.high[k] - near) or (lacking < 0 and reached <= ranges.low[k] + near):
        return f"{title} is at {data}’s limit of {now}."
    why = "further on it leaves the data" if lost > LEFT else "what is held allows no more"
    return f"{title} stops at {now}: {why}."
