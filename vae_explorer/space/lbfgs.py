"""L-BFGS: ever lower energy by gradients, where the curvature is learned from the steps (Nocedal and Wright 2006,
Numerical Optimization, chapter 7). Knows nothing of what the energy is of.
"""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import numpy as np

from vae_explorer.space.latent import Points

HISTORY = 16  # steps from which the search learns of the curvature
TOLERANCE = 1e-5  # the search ends when a step promises to save less than this share of the energy
STEP_LENGTHS = 0.5 ** np.arange(12)  # tried in turn, as shares of a whole step
ARMIJO = 1e-4  # a step must save this share of what it promised


class Place(Protocol):
    """What is known of K points: their energy and its gradient, which is asked for only where the search goes on."""

    @property
    def points(self) -> Points:
        """(K, D)."""

    @property
    def energy(self) -> float:
        """At least 0, or infinite or NaN, where the search does not go."""

    @property
    def gradient(self) -> Points:
        """The gradient of the energy with respect to the points, (K, D)."""


T = TypeVar("T", bound=Place)


def descend(start: T, evaluate: Callable[[Points], T], inverse: Points, iterations: int) -> Iterator[T]:
    """Give a place, and then one after another of less energy, until there is little left to save.

    Algorithm 7.5 with a backtracking line search. evaluate gives the place at points, (K, D). inverse: (K, K), what the
    inverse Hessian is about, as long as nothing is learned of it.
    """
    yield start
    place, history = start, deque[tuple[Points, Points]](maxlen=HISTORY)
    for _ in range(iterations):
        direction = -_two_loop(place.gradient, history, inverse)
        decrease = -float(np.vdot(place.gradient, direction))  # that a whole step promises, to first order
        if decrease <= TOLERANCE * place.energy:
            return
        found = _line_search(place, evaluate, direction, decrease)
        if found is not None:
            step, change = found.points - place.points, found.gradient - place.gradient
            if np.vdot(step, change) > 0:  # otherwise the energy curves down here, which Newton's step cannot use
                history.append((step, change))
            place = found
            yield place
        elif history:  # what it tells is of another place
            history.clear()
        else:
            return


def _line_search(place: T, evaluate: Callable[[Points], T], direction: Points, decrease: float) -> T | None:
    """The first of ever shorter steps in a direction, (K, D), that lowers the energy enough; None when none does.

    decrease: what the whole direction promises. Armijo's condition (section 3.1).
    """
    for length in STEP_LENGTHS:
        tried = evaluate(place.points + length * direction)
        if tried.energy < place.energy - ARMIJO * length * decrease:
            return tried
    return None


def _two_loop(gradient: Points, history: deque[tuple[Points, Points]], inverse: Points) -> Points:
    """The inverse Hessian times the gradient, (K, D): the two-loop recursion (algorithm 7.4).

    history: pairs of a step and the gradient's change by it, both (K, D), the newest last. inverse: (K, K), what the
    inverse Hessian is up to a factor when nothing else is known.
    """
    r, alphas = gradient.copy(), []
    for step, change in reversed(history):
        alphas.append(np.vdot(step, r) / np.vdot(step, change))
        r -= alphas[-1] * change
    r = inverse @ r
    if history:
        step, change = history[-1]
        r *= np.vdot(step, change) / np.vdot(change, inverse @ change)
    for (step, change), alpha in zip(history, reversed(alphas), strict=True):
        r += step * (alpha - np.vdot(change, r) / np.vdot(step, change))
    return r
