"""Numbers as they stand beside a picture: signed, with the true minus, no longer than they need. Knows texts only."""

import itertools
import re
from collections.abc import Sequence

import numpy as np

MOST_DECIMALS = 6


def ticks(values: Sequence[float]) -> list[str]:
    """One decimal each, or two where one tells not all of any; more where two would look alike."""
    return told_apart(values, 1 if np.allclose(values, np.round(values, 1)) else 2)


def told_apart(values: Sequence[float], decimals: int) -> list[str]:
    """So many decimals each, or as many more as it takes that no two values look alike."""
    texts = [tick(value, decimals) for value in values]
    alike = len({*texts}) < len({*values}) and decimals < MOST_DECIMALS
    return told_apart(values, decimals + 1) if alike else texts


def tick(value: float | str, decimals: int = 1) -> str:
    """A number with its sign, 0 without one; a text as it is."""
    return value if isinstance(value, str) else re.sub(r"^\+0\.0+$", "0", signed(value, decimals))


def signed(value: float, decimals: int) -> str:
    """A number with its sign, a very large one by its power of ten."""
    return f"{value:+z.{decimals}f}".replace("-", "−") if abs(value) < 1000 else f"{value:+.0e}".replace("-", "−")


def apart(spans: Sequence[tuple[float, float]]) -> int:
    """Give a step k at which no two of spans, each (low, high) and in order, touch where every k-th stays.

    It is the least, or one up to twice as large at which the last one stays as the first does.
    """

    def part(k: int) -> bool:
        return all(left[1] < right[0] for left, right in itertools.pairwise(sorted(spans[::k])))

    fit = [k for k in range(1, len(spans)) if part(k)] or [max(1, len(spans))]
    return next((k for k in fit if (len(spans) - 1) % k == 0 and k <= 2 * fit[0]), fit[0])
