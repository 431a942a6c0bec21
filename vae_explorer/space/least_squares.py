"""Least squares by Levenberg and Marquardt: many points at once, each with residuals of its own. Knows only functions.

Each step is tried with several dampings and the best is taken, which costs a few residuals and saves the memory of a
damping: so the steps of a drag, a few a frame, are the same as those of one long search.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import within

# Of a step, as shares of the largest curvature: from nearly none, as Newton steps, to so much that it is a short step
# downhill.
DAMPINGS = np.array([1e-4, 1e-2, 0.3, 10.0])
FLAT = 1e-12  # a curvature so small that there is nowhere to go


class Problem(Protocol):
    """What is to become least at points, (N, D): half the sum of the squares of residuals."""

    def residuals(self, points: Points) -> Values:
        """(N, R); infinite where a search must not go."""

    def slopes(self, points: Points) -> Values:
        """How each residual grows along each dimension: (N, R, D)."""


def descend(problem: Problem, start: Points, steps: int) -> Points:
    """Lower the squares of each point of start, (N, D), by so many steps: (N, D), within ±10.

    A point stays where no step lowers them, and where they are not finite.
    """
    points = within(start)
    r = problem.residuals(points)
    for _ in range(steps):
        tried = within(points[:, None] + _steps(r, problem.slopes(points)))  # (N, K, D)
        n, k, d = tried.shape
        tried_r = problem.residuals(tried.reshape(-1, d)).reshape(n, k, -1)
        tried, tried_r = (np.concatenate([a[:, None], b], 1) for a, b in ((points, tried), (r, tried_r)))
        best = np.arange(n), _squares(tried_r).argmin(1)  # the first of equals: no step
        points, r = tried[best], tried_r[best]
    return points


def slopes(function: Callable[[Points], Values], points: Points, width: float) -> Values:
    """The slopes, (N, K, D), of a function of points, (N, D), to values, (N, K), by central differences.

    width: how far, to each side. The function is called once, with all that it needs: (N · 2D, D).
    """
    n, d = points.shape
    moves = width * np.concatenate([np.eye(d), -np.eye(d)])
    values = function((points[:, None] + moves).reshape(-1, d)).reshape(n, 2, d, -1)
    found: Values = ((values[:, 0] - values[:, 1]) / (2 * width)).transpose(0, 2, 1)
    return found


def _squares(r: Values) -> Values:
    """The sum of the squares of residuals, (…, R): infinite where one is NaN, so that nothing is lower than it."""
    squares: Values = np.nan_to_num((r**2).sum(-1), nan=np.inf, posinf=np.inf)
    return squares


def _steps(r: Values, jacobian: Values) -> Points:
    """The steps of Levenberg and Marquardt by DAMPINGS, (N, K, D); 0 where the residuals are not finite."""
    known = np.isfinite(np.concatenate([r[:, :, None], jacobian], 2)).all((1, 2), keepdims=True)  # (N, 1, 1)
    r, jacobian = np.where(known[:, 0], r, 0), np.where(known, jacobian, 0)
    downhill = -(jacobian * r[:, :, None]).sum(1)
    curvature = jacobian.transpose(0, 2, 1) @ jacobian
    largest = np.maximum(np.diagonal(curvature, axis1=1, axis2=2).max(1), FLAT)
    damped = curvature[:, None] + (largest[:, None] * DAMPINGS)[:, :, None, None] * np.eye(jacobian.shape[2])
    found: Points = np.linalg.solve(damped, np.broadcast_to(downhill[:, None, :, None], (*damped.shape[:3], 1)))
    return found[..., 0]
