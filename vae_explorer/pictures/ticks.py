"""Numbers as they stand beside a picture: signed, with the true minus, no longer than they need. Knows texts only."""

import itertools
import re
from collections.abc import Sequence

import numpy as np


def ticks(values: Sequence[float]) -> list[str]:
    """One decimal each, or two where one tells not all of any."""
    decimals = 1 if np.allclose(values, np.round(values, 1)) else 2
    return [tick(value, decimals) for value in values]


def tick(value: float | str, decimals: int = 1) -> str:
    """A number with its sign, 0 without one; a text as it is."""
    return value if isinstance(value, str) else re.sub(r"^\+0\.0+$", "0", signed(value, decimals))


def signed(value: float, decimals: int) -> str:
    """A number with its sign, a very large one by its power of ten."""
    return f"{value:+z.{decimals}f}".replace("-", "−") if abs(value) < 1000 else f"{value:+.0e}".replace("-", "−")


def apart(spans: Sequence[tuple[float, float]]) -> int:
    """Give a step k at which no two of spans, each (low, high) and in order, touch where every k-th stays: the least at
    which the last one stays as the first does, else the least."""
    steps = range(1, len(spans))
    even = [k for k in steps if (len(spans) - 1) % k == 0]
    for k in (*even, *steps):
        chosen = sorted(spans[::k])
        if all(left[1] < right[0] for left, right in itertools.pairwise(chosen)):
            return int(k)
    return max(1, len(spans))
