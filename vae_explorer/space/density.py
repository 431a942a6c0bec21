"""How much of the data lies at a point of latent space: the aggregated posterior, the mixture of all q(z|x).

Knows the atlas; no decoder, no window. It is the distribution that the decoder was trained on (Makhzani et al. 2015,
Adversarial Autoencoders; Tomczak and Welling 2018, VAE with a VampPrior), unlike the prior N(0, I). So its components
are posteriors of training images. The points that are compared with each other are means of test images, which are not
among the components.
"""

from threading import Lock, Thread
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.mixture import CHUNK, WIDEN, Mixture

WORK = 5_000**2  # terms of the reference at most
LEFT_OUT = -1e300  # a log density that weighs nothing; −inf would be NaN where all are left out


class Density:
    """The mixture of an atlas's M components with equal weights, their variances `widen` times as large.

    Several threads may ask at once.
    """

    def __init__(self, atlas: Atlas, widen: float = WIDEN) -> None:
        self._digits = atlas.mu.astype(float)  # (N, D)
        mu, logvar = (part.astype(float) for part in atlas.components)
        self._count = len(mu)
        self._mixture = Mixture(mu, logvar, [len(mu)], widen)
        means = _keys(mu)
        self._order = np.argsort(means, kind="stable")
        self._means = means[self._order]
        self._lock = Lock()
        self._computed: Values | None = None  # the reference, once it is needed
        self._thread: Thread | None = None  # that prepares it

    def __getstate__(self) -> dict[str, Any]:
        """Let a density, and the Space that has it, be pickled and copied: all but the lock, which no two share, and
        the thread."""
        return vars(self) | {"_lock": None, "_thread": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Be a copy, with a lock of its own."""
        vars(self).update(state)
        self._lock = Lock()

    def log(self, z: ArrayLike) -> Values:
        """The log of the density at points z, (B, D) or one (D,), in nats: (B,)."""
        points = np.atleast_2d(np.asarray(z, float))
        logs = np.concatenate([self._mixture.log_sums(terms)[:, 0] for _, terms in self._mixture.terms(points)])
        return np.asarray(logs - np.log(self._count))

    @property
    def peak(self) -> float:
        """What no `log` is above, in nats: the log density at the mean of the narrowest component alone."""
        return self._mixture.peak

    def percentile(self, z: ArrayLike) -> Values:
        """Of the encoded test images, the share that lie where the density is lower than at z, in percent: (B,).

        z: (B, D) or (D,). The reference is the density at each encoded mean, computed without that image's own
        component, and the density at z is computed without a component whose mean is z: such a component peaks there
        however little else is near. This matters for older atlases, whose components are the posteriors of the test
        images themselves. Of very many images, some at even steps stand for all.
        """
        reference = self._reference()
        return 100 * np.searchsorted(reference, self._log_leave_one_out(z)) / len(reference)

    def gradient(self, z: ArrayLike) -> Points:
        """The gradient of `log` at z, (B, D) or (D,): the way to where more of the data lies, (B, D)."""
        found = []
        for chunk, terms in self._mixture.terms(np.atleast_2d(np.asarray(z, float))):
            self._mixture.log_sums(terms)
            found.append(self._mixture.gradients(chunk, terms)[:, 0])
        return np.concatenate(found)

    def prepare(self) -> None:
        """Compute the reference of `percentile`, which takes up to 0.2 s and would be part of its first call."""
        self._reference()

    def preparing(self) -> Thread:
        """Give the thread that does what `prepare` does, without a wait; it starts when it is asked for first."""
        if self._thread is None:  # where two threads ask at once there are two, of which one waits for the other
            self._thread = Thread(target=self.prepare, name="density")
            self._thread.start()
        return self._thread

    def _reference(self) -> Values:
        """The leave-one-out log densities at the encoded means, in order: (N,), or fewer at even steps.

        Computed once: who asks while another thread computes it waits for that one.
        """
        with self._lock:
            if self._computed is None:
                step = -(-len(self._digits) * self._count // WORK)
                self._computed = np.sort(self._log_leave_one_out(self._digits[::step]))
            return self._computed

    def _log_leave_one_out(self, z: ArrayLike) -> Values:
        """The log of the density at z, (B, D) or (D,), without the component whose mean is z, if there is one: (B,)."""
        points, logs = np.atleast_2d(np.asarray(z, float)), []
        own = self._own_components(points)
        for k, (_, terms) in enumerate(self._mixture.terms(points)):
            left_out = own[k * CHUNK : (k + 1) * CHUNK]
            rows = np.flatnonzero(left_out >= 0)
            terms[rows, left_out[rows]] = LEFT_OUT
            logs.append(self._mixture.log_sums(terms)[:, 0])
        others = self._count - (own >= 0)
        return np.asarray(np.concatenate(logs) - np.log(np.maximum(others, 1)))

    def _own_components(self, points: Points) -> NDArray[np.intp]:
        """The component whose mean each point, (B, D), is: (B,), the last where several have it, −1 where none does."""
        keys = _keys(points)
        places = np.searchsorted(self._means, keys, side="right") - 1  # at −1 stands the last, which is another
        return np.where(self._means[places] == keys, self._order[places], -1)


def _keys(points: Points) -> NDArray[np.void]:
    """Each point, (B, D), as its bytes, so that equal points can be searched for: (B,). −0 becomes 0, which has other
    bytes."""
    rows = np.ascontiguousarray(points + 0.0)
    return rows.view(np.dtype((np.void, rows.itemsize * rows.shape[1])))[:, 0]
