"""The posterior q(z|x) of one picture: a mean and a spread in each latent dimension, and how well draws from it decode.

Knows the codec; no atlas, no window. Source: Kingma and Welling, "Auto-Encoding Variational Bayes" (2013).
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec
from vae_explorer.images import Floats, in_unit
from vae_explorer.space.latent import Points, Values

# A stranger's weights can give anything. What lies within these can be squared and taken to exp in float32.
MAX_ABS_MU = 1e6
MAX_LOGVAR = 80.0


@dataclass(frozen=True, eq=False)
class Posterior:
    """q(z|x) = N(mu, diag(exp(logvar))) of one picture. mu, logvar: (D,); logvar is log σ², never log σ.

    Every number is finite: mu lies within ±MAX_ABS_MU and logvar within ±MAX_LOGVAR, where `of` or `bounded` made it.
    """

    mu: Points
    logvar: Points

    @cached_property
    def std(self) -> Points:
        """σ in each dimension, (D,)."""
        return np.exp(0.5 * self.logvar)

    @cached_property
    def kl(self) -> Points:
        """The kl from the prior N(0, I) in each dimension, (D,), in nats; their sum is that of the picture."""
        return kl(self.mu, self.logvar)

    def at(self, eps: ArrayLike) -> Points:
        """Give z = mu + σ·eps, of the shape of eps, (..., D): the reparameterization trick."""
        z: Points = self.mu + self.std * np.asarray(eps, float)
        return z

    def eps(self, z: ArrayLike) -> Points:
        """Give eps = (z − mu)/σ, of the shape of z, (..., D): what z is in sigmas, and what `at` makes z of."""
        eps: Points = (np.asarray(z, float) - self.mu) / self.std
        return eps

    def distance(self, z: ArrayLike) -> float:
        """How far z, (D,), lies from mu, in sigmas: the Euclidean norm of `eps`.

        Draws from q(z|x) do not lie near 0 sigmas but near √D of them, give or take 0.7: the norm of D standard normal
        numbers has a chi distribution. For D = 6, nine of ten lie between 1.3 and 3.5.
        """
        return float(np.linalg.norm(self.eps(z)))


def of(codec: Codec, x: ArrayLike) -> Posterior:
    """Encode one picture x, (1, C, H, W) in [-1, 1] or uint8.

    Raises what `Codec.encode` raises, and nothing for an encoder whose numbers overflow: see `bounded`.
    """
    with np.errstate(all="ignore"):
        mu, logvar = codec.encode(x)
    return bounded(mu[0], logvar[0])


def bounded(mu: ArrayLike, logvar: ArrayLike) -> Posterior:
    """Give the posterior of mu and logvar, (D,) each, brought within the bounds of numbers that can be reckoned with.

    NaN becomes 0 in both: a dimension of which an encoder says nothing is as the prior has it.
    """
    return Posterior(_within(mu, MAX_ABS_MU), _within(logvar, MAX_LOGVAR))


def kl(mu: ArrayLike, logvar: ArrayLike) -> Points:
    """The kl of N(mu, exp(logvar)) from N(0, 1), in nats, of the shape of both: appendix B of Kingma and Welling.

    Where a logvar is beyond MAX_LOGVAR, its variance is taken to be exp(MAX_LOGVAR), so that all is finite.
    """
    mu, logvar = np.asarray(mu, float), np.asarray(logvar, float)
    nats: Points = 0.5 * (mu**2 + np.exp(np.minimum(logvar, MAX_LOGVAR)) - 1 - logvar)
    return nats


def recon(codec: Codec, x: ArrayLike, z: ArrayLike) -> Values:
    """−log p(x|z) of one picture x at each of N points z, (N, D), less `constant`: (N,), in nats.

    x: (1, C, H, W), in [-1, 1] or uint8. Points beyond ±MAX_ABS_MU are decoded there. Where a decoder overflows, recon
    is infinite or NaN. Raises ValueError for an x of another size.
    """
    with np.errstate(all="ignore"):
        points, errors = reachable(z), [np.empty(0)]
        for i in range(0, len(points), codec.at_once):
            x_hat = codec.decode(points[i : i + codec.at_once])
            errors.append(codec.likelihood.recon(x_hat.reshape(len(x_hat), -1), row(codec, x)).astype(float))
        return np.concatenate(errors)


def reachable(z: ArrayLike) -> Points:
    """Give points, (..., D), that can be decoded: each number brought within ±MAX_ABS_MU, NaN as 0."""
    return _within(z, MAX_ABS_MU)


def row(codec: Codec, x: ArrayLike) -> Floats:
    """Give one picture, of the shape of the codec's, in [-1, 1] or uint8, as a row of numbers in [-1, 1], (C·H·W,).

    Raises ValueError for another size.
    """
    return in_unit(np.asarray(x)).reshape(math.prod(codec.shape))


def constant(codec: Codec) -> float:
    """−log p(x|z) less recon, in nats, the same for every picture."""
    return math.prod(codec.shape) * codec.likelihood.constant


def sample(pairs: int, latent_dim: int, generator: np.random.Generator) -> Points:
    """Sample eps, (2·pairs, D), whose mean is exactly 0 and whose covariance is exactly I; there are D pairs at least.

    Each comes with its opposite (antithetic variates), and all are whitened (moment matching; Glasserman 2003, Monte
    Carlo Methods in Financial Engineering, section 4.5), so an average over them has no noise from what is linear or
    quadratic in eps: for recon, 16 tell as much as some 1,000 independent ones. What is of fourth order in eps comes
    out a little small, the less so the more pairs there are.
    """
    pairs = max(pairs, latent_dim)
    left, _, right = np.linalg.svd(generator.standard_normal((pairs, latent_dim)), full_matrices=False)
    half = np.sqrt(pairs) * (left @ right)
    return np.concatenate([half, -half])


def _within(values: ArrayLike, bound: float) -> Points:
    within: Points = np.minimum(np.maximum(np.asarray(values, float), -bound), bound)  # clip takes twice as long
    np.copyto(within, 0, where=np.isnan(within))
    return within
