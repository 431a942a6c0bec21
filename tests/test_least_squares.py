"""Levenberg and Marquardt, many points at once, against problems whose answers are known."""

import numpy as np
import pytest

from vae_explorer.space import least_squares


class Rosenbrock:
    """Residuals that are 0 at (1, 1), at the end of a bent valley (Moré, Garbow and Hillstrom 1981)."""

    def residuals(self, points):
        x, y = points.T
        return np.stack([10 * (y - x**2), 1 - x], 1)

    def slopes(self, points):
        x, _ = points.T
        return np.stack([np.stack([-20 * x, 10 + 0 * x], 1), np.stack([-1 + 0 * x, 0 * x], 1)], 1)


class Blocked(Rosenbrock):
    """No way leads further than to x = 0.5."""

    def __init__(self, wall):
        self.wall = wall

    def residuals(self, points):
        return np.where(points[:, :1] > 0.5, self.wall, super().residuals(points))


class Broken(Rosenbrock):
    """Nothing is known where x is less than -5."""

    def residuals(self, points):
        return np.where(points[:, :1] < -5, np.nan, super().residuals(points))

    def slopes(self, points):
        return np.where(points[:, :1, None] < -5, np.nan, super().slopes(points))


class Far:
    """Something far outside is wanted."""

    def residuals(self, points):
        return points - 50

    def slopes(self, points):
        return np.ones((len(points), 1, 1))


def test_each_point_of_a_batch_finds_the_end_of_a_bent_valley():
    starts = np.array([[-1.2, 1.0], [3.0, -2.0], [0.0, 0.0]])
    found = least_squares.descend(Rosenbrock(), starts, 60)
    assert found == pytest.approx(np.ones((3, 2)), abs=1e-4)
    for start, each in zip(starts, found, strict=True):
        assert least_squares.descend(Rosenbrock(), start[None], 60)[0] == pytest.approx(each, abs=1e-9)


def test_one_step_at_a_time_leads_where_many_do():
    points = np.array([[-1.2, 1.0]])
    for _ in range(25):
        points = least_squares.descend(Rosenbrock(), points, 1)
    assert points.tolist() == least_squares.descend(Rosenbrock(), np.array([[-1.2, 1.0]]), 25).tolist()


@pytest.mark.parametrize("wall", [np.inf, np.nan])
def test_no_step_goes_where_it_is_worse_or_not_finite(wall):
    problem, points, squares = Blocked(wall), np.array([[-1.2, 1.0]]), []
    for _ in range(60):
        points = least_squares.descend(problem, points, 1)
        squares.append(float((problem.residuals(points) ** 2).sum()))
    assert (np.diff(squares) <= 0).all() and 0.45 < points[0, 0] <= 0.5


def test_where_nothing_is_finite_a_point_stays_and_the_others_go_on():
    found = least_squares.descend(Broken(), np.array([[-6.0, 0.0], [0.0, 0.0]]), 60)
    assert found[0].tolist() == [-6, 0] and found[1] == pytest.approx([1, 1], abs=1e-4)


def test_nothing_leaves_the_space():
    assert least_squares.descend(Far(), np.array([[0.0], [-99.0]]), 20).tolist() == [[10], [10]]


def test_the_slopes_of_a_square_are_exact_and_need_one_call():
    calls = []

    def square(points):
        calls.append(len(points))
        return np.stack([points[:, 0] ** 2, points[:, 0] * points[:, 1]], 1)

    slopes = least_squares.slopes(square, np.array([[3.0, 4.0], [1.0, 2.0]]), 0.1)
    assert calls == [8] and slopes == pytest.approx(np.array([[[6, 0], [4, 3]], [[2, 0], [2, 1]]]))
