"""The atlas: the encoded reference set that a model travels with, so that it can say where its data lie.

Knows arrays and the codec; no torch, no window.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.codecs.codec import Codec
from vae_explorer.images import Floats, Pixels
from vae_explorer.space import posterior
from vae_explorer.space.latent import Plane, Points
from vae_explorer.storage import atlas_file
from vae_explorer.storage.checkpoint import ATLAS, CheckpointError

ACTIVE_VARIANCE = 0.01  # of mu over the images: as `metrics` has it


@dataclass(frozen=True, eq=False)
class Atlas:
    """N encoded test images: mu, logvar (N, D); recon (N,), that of decode(mu), in nats; label (N,);
    index (N,), their places in the data set's test images. And M encoded training images: train_mu, train_logvar
    (M, D); None in an atlas that an older version wrote."""

    mu: Floats
    logvar: Floats
    recon: Floats
    label: Pixels
    index: NDArray[np.int32]
    train_mu: Floats | None = None
    train_logvar: Floats | None = None

    @property
    def components(self) -> tuple[Floats, Floats]:
        """mu and logvar, (M, D) each, of the posteriors whose mixture tells how much of the data lies at a point.

        They are those of training images, from whose posteriors the decoder learned; in an older atlas, those of the
        test images.
        """
        if self.train_mu is None or self.train_logvar is None:
            return self.mu, self.logvar
        return self.train_mu, self.train_logvar

    @cached_property
    def classes(self) -> tuple[int, ...]:
        """The labels that occur, in order."""
        return tuple(np.unique(self.label).tolist())

    @cached_property
    def kl_per_dim(self) -> Points:
        """The kl of each dimension, (D,), in nats, averaged over the images: what it tells of them."""
        return np.asarray(posterior.kl(self.mu, self.logvar).mean(0))

    @cached_property
    def recons(self) -> Points:
        """recon of each image, in nats, in order: (N,)."""
        return np.sort(self.recon)

    @cached_property
    def losses(self) -> Points:
        """recon + kl of each image, in nats, in order: (N,)."""
        return np.sort(self.recon + posterior.kl(self.mu, self.logvar).sum(1))

    @cached_property
    def dims_by_kl(self) -> tuple[int, ...]:
        """All dimensions, the one that tells most of the images first."""
        return tuple(np.argsort(-self.kl_per_dim, kind="stable").tolist())

    @cached_property
    def variances(self) -> Points:
        """The variance of mu over the images in each dimension, (D,)."""
        return np.asarray(self.mu.var(0, dtype=float))

    @property
    def active(self) -> NDArray[np.bool_]:
        """Which dimensions are active, (D,): mu varies over the images (Burda, Grosse, Salakhutdinov 2015, §5.2)."""
        return self.variances > ACTIVE_VARIANCE

    @cached_property
    def percentiles(self) -> Points:
        """The 5th and the 95th percentile of mu in each dimension: (2, D)."""
        mu = np.ascontiguousarray(self.mu.T, float)  # by dimension, and a copy of our own: twice as fast
        found: Points = np.percentile(mu, [5, 95], axis=1, overwrite_input=True)
        return found

    @cached_property
    def principal_shares(self) -> tuple[float, float]:
        """Which shares of the variance of mu lie along the axes of the principal plane, 0 to 1 each."""
        along = self.principal_plane.project(self.mu).var(0)
        first, second = along / max(float(self.variances.sum()), np.finfo(float).tiny)
        return float(first), float(second)

    @cached_property
    def principal_plane(self) -> Plane:
        """The plane through the mean of mu along which mu spreads most; the largest part of each axis is positive.

        Raises ValueError for a single latent dimension.
        """
        if self.mu.shape[1] < 2:
            raise ValueError("one latent dimension has no plane")
        mean = self.mu.mean(0, dtype=float)
        centred = self.mu - mean
        axes = np.linalg.svd(centred.T @ centred)[2][:2]  # of (D, D): as many axes for a single image
        largest = np.take_along_axis(axes, abs(axes).argmax(1, keepdims=True), 1)
        return Plane(mean, axes * np.sign(largest))

    def nearest(self, z: ArrayLike) -> int:
        """The row of the image whose mu is nearest to z, (D,), in all dimensions; the first where several are."""
        return int(self.neighbours(z, 1)[0])

    def neighbours(self, z: ArrayLike, count: int) -> NDArray[np.intp]:
        """The rows of the `count` images whose mu are nearest to z, (D,), or of all where there are fewer: (count,).

        The nearest comes first; of those equally far, the first in the atlas does.
        """
        distances = np.square(self.mu - np.asarray(z, float)).sum(1)
        count = min(count, len(distances))
        rows = np.flatnonzero(distances <= np.partition(distances, count - 1)[count - 1])  # fewer to sort
        nearest: NDArray[np.intp] = rows[distances[rows].argsort(kind="stable")[:count]]
        return nearest

    def class_mean(self, label: int) -> Floats:
        """The mean of mu over a class, (D,). Raises ValueError when no image has the label."""
        mean: Floats = self.mu[self.members(label)].mean(0)
        return mean

    def members(self, label: int) -> NDArray[np.intp]:
        """The rows of a class's images, in order. Raises ValueError when no image has the label."""
        rows = np.flatnonzero(self.label == label)
        if not len(rows):
            raise ValueError(f"no image of the atlas has the label {label}")
        return rows

    def sample(self, count: int, generator: np.random.Generator, label: int | None = None) -> Floats:
        """Draw points (count, D) from the aggregated posterior of the test images, or of those of a class: one of them
        at random, then from its q(z|x).

        The training images are not drawn from: near the mean of a component, its own density would make every draw
        look usual. Raises ValueError when no image has the label.
        """
        rows = np.arange(len(self.mu)) if label is None else self.members(label)
        chosen = rows[generator.integers(len(rows), size=count)]
        eps = generator.standard_normal((count, self.mu.shape[1]), np.float32)
        std = np.exp(0.5 * self.logvar[chosen].clip(max=posterior.MAX_LOGVAR))
        return np.asarray(self.mu[chosen] + std * eps)


def of(codec: Codec) -> Atlas:
    """Read the atlas that came with a model. Raises CheckpointError with the reason when there is none to use."""
    data = codec.source.atlas
    if data is None:
        raise CheckpointError(f"This model has no {ATLAS}: {codec.source.missing[ATLAS]}.")
    return loads(data, codec.latent_dim)


def dumps(atlas: Atlas) -> bytes:
    """Give the bytes of `atlas.npz`."""
    return atlas_file.dumps({each.name: getattr(atlas, each.name) for each in fields(atlas)})


def loads(data: bytes, latent_dim: int) -> Atlas:
    """Read the bytes of an `atlas.npz` of a model with D dimensions. Raises CheckpointError as `atlas_file.loads`."""
    return Atlas(**atlas_file.loads(data, latent_dim))
