"""Where the images of a data set lie in a model's space: they are encoded once, into an atlas. No torch, no window."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vae_explorer.codecs.codec import Codec
from vae_explorer.datasets.split import Split
from vae_explorer.images import Floats, Pixels, from_pixels
from vae_explorer.space.atlas import Atlas
from vae_explorer.storage import atlas_file
from vae_explorer.storage.checkpoint import CheckpointError

PER_CLASS = 500  # digits a class at most
MAX_VALUES = (atlas_file.MAX_BYTES - 1024) // 2  # of mu, in two bytes each behind a header
CHUNK = 512  # images at once, so that it is told how far it is


def build(codec: Codec, test: Split, train: Split, came: Callable[[float], None] | None = None) -> Atlas:
    """Encode at most 500 test images of each class, at even steps, and as many training images for the density.

    came: called with the share that is done, 0 to 1. Raises CheckpointError where the encoder is of no use.
    """
    index, learned = (_evenly(split.labels, codec.latent_dim) for split in (test, train))
    steps, done = 2 * len(index) + len(learned), 0

    def _step(count: int) -> None:
        nonlocal done
        done += count
        if came:
            came(done / steps)

    mu, logvar = _encode(codec, test.images[index], _step)
    recon = _recon(codec, test.images[index], mu, _step)
    return Atlas(mu, logvar, recon, test.labels[index], index, *_encode(codec, train.images[learned], _step))


def _evenly(labels: Pixels, latent_dim: int) -> NDArray[np.int32]:
    """The places, in order, of 500 images of each class at even steps through it, or of all where it has fewer.

    The first 500 would not do: the first half of MNIST's test images is the easier one. Of very many classes and
    dimensions there are fewer, so that the file remains one that is read.
    """
    members = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    most = min(PER_CLASS, max(1, MAX_VALUES // (latent_dim * len(members))))
    counts = [min(most, len(each)) for each in members]
    picked = [each[np.arange(n) * len(each) // n] for each, n in zip(members, counts, strict=True)]
    return np.sort(np.concatenate(picked)).astype(np.int32)


def _encode(codec: Codec, images: Pixels, step: Callable[[int], None]) -> tuple[Floats, Floats]:
    """Give mu and logvar, (N, D) each, of images, (N, H, W, …), as precise as the file keeps them."""
    found, size = [], min(CHUNK, codec.at_once)
    for i in range(0, len(images), size):
        x = from_pixels(images[i : i + size], codec.shape)
        found.append(np.stack(codec.encode(x)))
        step(len(x))
    with np.errstate(over="ignore"):
        mu, logvar = np.concatenate(found, 1).astype(np.float16).astype(np.float32)
    if not (np.isfinite(mu).all() and np.isfinite(logvar).all()):
        raise CheckpointError("The encoder gives mu or logvar that are not finite, or beyond 65,504.")
    return mu, logvar


def _recon(codec: Codec, images: Pixels, mu: Floats, step: Callable[[int], None]) -> Floats:
    """Give recon, (N,), of images, (N, H, W, …), where they are decoded of mu, (N, D)."""
    found, size = [], min(CHUNK, codec.at_once)
    for i in range(0, len(images), size):
        x_hat, x = codec.decode(mu[i : i + size]), from_pixels(images[i : i + size], codec.shape)
        found.append(codec.likelihood.recon(x_hat.reshape(len(x), -1), x.reshape(len(x), -1)))
        step(len(x))
    return np.concatenate(found)
