"""Several ways of doing the same, timed in turns and kept round by round, so that ratios come with their spread."""

import time
from collections.abc import Callable, Mapping
from statistics import quantiles

Taken = Mapping[str, list[float]]


def rounds(ways: Mapping[str, Callable[[], object]], count: int, repeats: int = 1) -> Taken:
    """Seconds a call of each way in each round, in which each runs `repeats` times, after a round that warms up.

    They take turns, so that a noisy machine is noisy for all of them.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(count + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            for _ in range(repeats):
                way()
            taken[name].append((time.perf_counter() - started) / repeats)
    return {name: values[1:] for name, values in taken.items()}


def table(title: str, taken: Taken, goals: Mapping[tuple[str, str], str]) -> str:
    """Lay out medians and spread in ms, a way a line, then the ratio (slow, fast) of each goal beside what it says."""
    times = [f"  {name:<50} {spread(values, 1e3):>28} ms" for name, values in taken.items()]
    ratios = []
    for (over, under), goal in goals.items():
        each = [a / b for a, b in zip(taken[over], taken[under], strict=True)]
        ratios.append(f"  {over} / {under}: {spread(each)}, {goal}")
    return "\n".join([title, *times, *ratios])


def spread(values: list[float], scale: float = 1.0) -> str:
    """The median, and in brackets the quartiles around it."""
    low, middle, high = (f"{scale * value:.2f}" for value in quantiles(values, method="inclusive"))
    return f"{middle} ({low}–{high})"


def late(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


def frames(taken: list[float]) -> str:
    """Milliseconds of frames: as `spread`, and the 95th percentile."""
    return f"{spread(taken)} ms, 95th percentile {late(taken):.1f}"


def timed(call: Callable[[], object]) -> float:
    """Seconds of a call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
