"""Time several ways of doing the same, in turns, so that a noisy machine is noisy for all of them."""

import time
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = 7


def seconds(ways: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Median seconds a call of each way, over rounds in which each runs `repeats` times; one round warms up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            for _ in range(repeats):
                way()
            taken[name].append((time.perf_counter() - started) / repeats)
    return {name: median(values[1:]) for name, values in taken.items()}


def table(title: str, unit: str, times: Mapping[str, float], scale: float, yardstick: str) -> str:
    """Lay times out, one way a line, with how many times faster than the yardstick each is."""
    lines = [
        f"  {name:<44} {value * scale:9.2f} {unit:<3} {times[yardstick] / value:6.2f} x"
        for name, value in times.items()
    ]
    return "\n".join([title, *lines])
