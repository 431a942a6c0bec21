"""What keeps a point near the data and in its class while its factors change: residuals that are 0 where it began.

Knows the density and the classes of a Space; no decoder. A model without an atlas has neither, and nothing is kept.
"""

import numpy as np

from vae_explorer.space.classes import Classes
from vae_explorer.space.density import Density
from vae_explorer.space.latent import Points, Values

LEAVING = 0.05  # the weight of each nat by which the log density is below that where it began
CLASS = 3.0  # the weight of each nat by which the class leads too little
MARGIN = 0.5  # nats by which the class is to lead


class Dense:
    """The data are to be no less dense than where it began, z, (D,)."""

    def __init__(self, density: Density, z: Points) -> None:
        self._density, self._begun = density, float(density.log(z)[0])

    def lost(self, points: Points) -> Values:
        """How many nats less dense the data are at points, (N, D), and 0 where they are denser: (N,)."""
        return np.maximum(self._begun - self._density.log(points), 0)

    def residuals(self, points: Points) -> Values:
        """(N, D) → (N, 1)."""
        return LEAVING * self.lost(points)[:, None]

    def slopes(self, points: Points) -> Values:
        """(N, D) → (N, 1, D)."""
        lost = self.lost(points)[:, None, None] > 0
        return np.where(lost, -LEAVING * self._density.gradient(points)[:, None], 0.0)


class SameClass:
    """The class that is likeliest where it began, z, (D,), is to be the likeliest, with a margin where it had one."""

    def __init__(self, classes: Classes, z: Points) -> None:
        logs = classes.log(z)
        self._classes, self._own = classes, int(logs[0].argmax())
        self._margin = min(MARGIN, float(self._leads(logs)[0][0]))

    def residuals(self, points: Points) -> Values:
        """(N, D) → (N, 1), infinite where another class is likelier."""
        leads = self._leads(self._classes.log(points))[0][:, None]
        return np.where(leads < 0, np.inf, CLASS * np.maximum(self._margin - leads, 0))

    def slopes(self, points: Points) -> Values:
        """(N, D) → (N, 1, D)."""
        logs, gradients = self._classes.log_and_gradient(points)
        leads, rivals = self._leads(logs)
        slopes = gradients[np.arange(len(points)), rivals] - gradients[:, self._own]
        return np.where(leads[:, None, None] < self._margin, CLASS * slopes[:, None], 0.0)

    def _leads(self, logs: Values) -> tuple[Values, Values]:
        """By how many nats the class leads, (N,), and which class is next, (N,), for the logs of all, (N, C)."""
        others = logs.copy()
        others[:, self._own] = -np.inf
        rivals = others.argmax(1)
        return logs[:, self._own] - others[np.arange(len(logs)), rivals], rivals
