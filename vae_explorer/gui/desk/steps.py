"""Long computations in steps, between which something else can be computed. Knows the codec, no window."""

import time
from collections.abc import Callable, Generator, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer.codecs.codec import Codec
from vae_explorer.jobs import Job
from vae_explorer.space.latent import Points

STEP_S = 0.1  # that a step takes, about: so long what is urgent waits

Steps = Generator[None, None, Any]  # a step at a time, and at the end what comes of them


@dataclass(eq=False)
class Wanted:
    """Something that is asked for: what it is made of, in which steps, and who is told."""

    key: Hashable
    steps: Steps
    then: Callable[[Any], None]


class Pace:
    """Decodes so many points in a step as it has time for, as it has learned of the steps before."""

    def __init__(self, codec: Codec) -> None:
        self._codec, self._count = codec, 1

    def decoded(self, decode: Callable[[Points], NDArray[Any]], points: Points) -> Steps:
        """Decode points, (N, D), by a way of the codec's."""
        made: list[NDArray[Any]] = []
        at = 0
        while at < len(points):
            began, count = time.perf_counter(), self._count
            made.append(decode(points[at : at + count]))
            at += count
            slower = time.perf_counter() - began > STEP_S
            self._count = max(1, count // 2) if slower else min(2 * count, self._codec.at_once)
            if at < len(points):
                yield
        return np.concatenate(made)


def in_one(make: Callable[[], object]) -> Steps:
    """Make something in one step."""
    yield from ()
    return make()


def taken(steps: Steps, _job: Job) -> tuple[Any] | None:
    """Take a step; give what comes of them all, if it was the last. A thread that does so holds nothing of a view."""
    try:
        next(steps)
    except StopIteration as end:
        return (end.value,)
    return None
