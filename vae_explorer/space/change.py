"""What would make it a 9: the least move of a point until another class is likelier there than all others.

Knows the classes; no decoder, no window. This is the smallest perturbation of Moosavi-Dezfooli et al. (2016, DeepFool),
in latent space and over the classes' own mixtures.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.space.classes import Classes
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import within
from vae_explorer.storage.checkpoint import ATLAS

MARGIN = 1e-4  # nats by which the class is likelier, so that rounding cannot turn it
NEAREST = 32  # digits of the class to which the ways lead
STARTS = 12  # of the points where they enter the class, those nearest to z are improved
PLACES = 4  # on a way, at which the class is looked for
BISECTIONS = 3  # of the part of a way on which the class begins
STEPS = 30  # of an improvement, at most; most take about 10
LENGTHS = (1.0, 0.4, 0.1)  # of a step, tried in turn
TOLERANCE = 5e-4  # an improvement ends when a step saves less than this share of the distance
HOPEFUL = 1.2  # a point this many times as far as the nearest so far is given up
CLOSE, EXACT = 1e-2, 1e-4  # nats inside the class, at which a point lies at its boundary: on the way, and at the end
NEWTON = 3  # corrections that bring a point to the boundary
SMALL = 1e-9  # of a distance: rounding


def lacks(classes: Classes | None) -> str:
    """Say in a few words what a change of class needs that is not there; "" where it can be asked for."""
    if classes is None:
        return f"it needs {ATLAS}, the encoded digits"
    return "" if len(classes.atlas.classes) > 1 else "all encoded digits are of one class"


def least(classes: Classes, z: ArrayLike, label: int) -> Points:
    """Give the point nearest to z, (D,), at which a class is likelier than each other: (D,), within ±10.

    It is z itself where the class is likeliest already. Otherwise it is the nearest of several local minima: a search
    begins where the straight ways from z to digits of the class enter it, and each step leads to the point nearest to z
    that is of the class to first order. Raises ValueError when no image has the label, or when the class is likeliest
    on no way to its images.
    """
    members = within(classes.atlas.mu[classes.atlas.members(label)])
    question = _Question(classes, np.asarray(z, float), classes.atlas.classes.index(label))
    if question.lead(question.z)[0] >= 0:
        return question.z
    return _improved(question, _starts(question, members))


@dataclass(frozen=True)
class _Question:
    """From where, z, (D,), and to which class; own is its place among all."""

    classes: Classes
    z: Points
    own: int

    def lead(self, points: Points) -> Values:
        """How much likelier the class is than the likeliest other at points, (S, D), less the margin, in nats: (S,).

        Infinitely, where there is no other."""
        return np.asarray(_differences(self.classes.log(points), self.own).min(1, initial=np.inf) - MARGIN)

    def at(self, points: Points) -> "_Measured":
        """Measure the class at points, (S, D), which are brought within ±10."""
        points = within(points)
        logs, gradients = self.classes.log_and_gradient(points)
        leads, slopes = _differences(logs, self.own) - MARGIN, _differences(gradients, self.own)
        return _Measured(points, leads, slopes, np.linalg.norm(points - self.z, axis=1))


@dataclass(frozen=True)
class _Measured:
    """Points, (S, D); how much likelier the class is there than each other, less the margin, (S, C - 1); the gradients
    of that, (S, C - 1, D); and how far the points are from z, (S,)."""

    points: Points
    leads: Values
    slopes: Points
    distance: Values

    def __getitem__(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> "_Measured":
        """Some of the points."""
        return _Measured(self.points[rows], self.leads[rows], self.slopes[rows], self.distance[rows])


def _differences(values: Values, own: int) -> Values:
    """What one class has more than each other, of values (S, C, …): (S, C - 1, …)."""
    return np.concatenate([values[:, own, None] - values[:, :own], values[:, own, None] - values[:, own + 1 :]], 1)


def _starts(question: _Question, members: Points) -> Points:
    """The points where the class begins on the ways to its digits nearest to z, the nearest of them: (≤ STARTS, D).

    members: the class's encoded digits, (N, D). Raises ValueError when no way leads into the class.
    """
    members = members[np.square(members - question.z).sum(1).argsort()]
    for i in range(0, len(members), NEAREST):
        entered = _entered(question, members[i : i + NEAREST])
        if len(entered):
            return np.asarray(entered[np.square(entered - question.z).sum(1).argsort()[:STARTS]])
    raise ValueError("on no way to its encoded images is this class likelier than all others")


def _entered(question: _Question, members: Points) -> Points:
    """The points where the straight ways from z to digits, (N, D), first enter the class, where they do: (≤ N, D)."""
    ways, shares = members - question.z, np.arange(1, PLACES + 1) / PLACES
    places = question.z + shares[:, None] * ways[:, None]  # (N, PLACES, D)
    inside = question.lead(places.reshape(-1, members.shape[1])).reshape(places.shape[:2]) >= 0
    ways, high = ways[inside.any(1)], shares[inside.argmax(1)][inside.any(1), None]
    low = high - 1 / PLACES
    for _ in range(BISECTIONS if len(ways) else 0):
        middle = (low + high) / 2
        found = question.lead(question.z + middle * ways)[:, None] >= 0
        low, high = np.where(found, low, middle), np.where(found, middle, high)
    entered: Points = question.z + high * ways
    return entered


def _improved(question: _Question, starts: Points) -> Points:
    """Bring points of the class, (S, D), nearer to z, until little more can be saved; give the nearest, (D,)."""
    going = question.at(starts)
    best = going[going.distance.argsort()[:1]]
    for _ in range(STEPS):
        going = _nearer(question, going)
        if not len(going.points):
            break
        if going.distance.min() < best.distance[0]:
            best = going[going.distance.argsort()[:1]]
        going = going[going.distance < HOPEFUL * best.distance[0]]
    closer = _onto_boundary(question, best.points, EXACT)
    nearest: Points = (closer if closer.leads.min() >= 0 and closer.distance[0] < best.distance[0] else best).points[0]
    return nearest


def _nearer(question: _Question, going: _Measured) -> _Measured:
    """Take a step from each point of the class, and give where those that found something nearer to z have come."""
    offsets = going.leads - (going.slopes @ going.points[:, :, None])[:, :, 0]
    goals = np.array([_projected(question.z, *each) for each in zip(going.slopes, offsets, strict=True)])
    found = []
    for length in LENGTHS:
        tried = _onto_boundary(question, going.points + length * (goals - going.points), CLOSE)
        nearer = (tried.leads.min(1) >= 0) & (tried.distance < (1 - TOLERANCE) * going.distance)
        found.append(tried[nearer])
        going, goals = going[~nearer], goals[~nearer]
        if not len(goals):
            break
    return _Measured(*(np.concatenate([getattr(each, f.name) for each in found]) for f in fields(_Measured)))


def _onto_boundary(question: _Question, points: Points, close: float) -> _Measured:
    """Move points, (S, D), from or to z until they lie in the class, at most `close` nats inside it, if that is found.

    Newton's method along the ray from z, for the class that is nearest to being as likely.
    """
    found = question.at(points)
    for _ in range(NEWTON):
        k, rows = found.leads.argmin(1), np.arange(len(points))
        lead, way = found.leads[rows, k], found.points - question.z
        rise = (found.slopes[rows, k] * way).sum(1)
        done = (rise <= 0) | (lead >= 0) & (lead <= close)
        if done.all():
            break
        share = np.where(done, 0, close / 2 - lead) / np.where(done, 1, rise)
        share = share.clip(-1, 1)  # to z, or twice as far: beyond, a slope tells nothing
        found = question.at(found.points + share[:, None] * way)
    return found


def _projected(z: Points, normals: Points, offsets: Values) -> Points:
    """The point x nearest to z, (D,), with normals @ x + offsets ≥ 0: normals (K, D), offsets (K,).

    The dual active-set method: the constraint that is violated most is added, those that push the wrong way are left.
    """
    lengths = np.linalg.norm(normals, axis=1) + SMALL
    normals, offsets = normals / lengths[:, None], offsets / lengths
    active: list[int] = []
    x = z
    for _ in range(3 * len(offsets)):
        slack = normals @ x + offsets
        k = int(slack.argmin())
        if slack[k] >= -SMALL or k in active:
            break
        active.append(k)
        while True:
            rows = normals[active]
            gram = rows @ rows.T + SMALL * np.eye(len(rows))  # two classes may have the same gradient
            weights = np.linalg.solve(gram, -(rows @ z + offsets[active]))
            if (weights >= 0).all():
                break
            del active[int(weights.argmin())]
        x = z + weights @ rows
    return x
