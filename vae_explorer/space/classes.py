"""Which class a point of latent space is of: each class is the mixture of its q(z|x), and Bayes' rule gives its share.

Knows the atlas; no decoder, no window. Only the atlas's test images have labels, so their posteriors are the
components; how well that names images is measured on others. All classes are equally likely beforehand: how many of a
class an atlas keeps says nothing of how often it comes.
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.errors import Cancelled
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.mixture import Mixture


class Classes:
    """The classes of an atlas, by `atlas.classes`, their labels in order.

    Several threads may ask at once. The mixture is computed when it is first asked for, which takes 2 ms.
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    def shares(self, z: ArrayLike, cancelled: Callable[[], bool] = lambda: False) -> Values:
        """The probability of each class at points z, (B, D) or one (D,): (B, C), each row with the sum 1.

        Raises Cancelled soon after cancelled() has turned true.
        """
        logs = self.log(z, cancelled)
        shares = np.exp(logs - logs.max(1, keepdims=True))
        return np.asarray(shares / shares.sum(1, keepdims=True))

    def log(self, z: ArrayLike, cancelled: Callable[[], bool] = lambda: False) -> Values:
        """The log of the density of each class at points z, (B, D) or one (D,), in nats: (B, C).

        Raises Cancelled soon after cancelled() has turned true.
        """
        found = []
        for _, terms in self._mixture.terms(np.atleast_2d(np.asarray(z, float))):
            if cancelled():
                raise Cancelled
            found.append(self._mixture.log_sums(terms))
        return np.concatenate(found) - np.log(self._counts)

    def log_and_gradient(self, z: ArrayLike) -> tuple[Values, Points]:
        """What `log` gives at points z, (B, D) or one (D,), and its gradients: (B, C) and (B, C, D)."""
        logs, gradients = [], []
        for chunk, terms in self._mixture.terms(np.atleast_2d(np.asarray(z, float))):
            logs.append(self._mixture.log_sums(terms))
            gradients.append(self._mixture.gradients(chunk, terms))
        return np.concatenate(logs) - np.log(self._counts), np.concatenate(gradients)

    @cached_property
    def _mixture(self) -> Mixture:
        """The posteriors, those of a class beside each other; two threads may both compute it, as it is the same."""
        order = np.argsort(self.atlas.label, kind="stable")
        return Mixture(self.atlas.mu[order], self.atlas.logvar[order], self._counts.tolist())

    @cached_property
    def _counts(self) -> NDArray[np.intp]:
        """How many images each class has: (C,)."""
        return np.unique(self.atlas.label, return_counts=True)[1]
