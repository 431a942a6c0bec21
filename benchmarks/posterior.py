"""What an encoded picture costs and tells: its posterior and ledger beside one decoding, what refining wins, and the
elbo beside the log-likelihood. The digits are test digits that are not in the atlas, by which nothing is chosen, or
made-up pictures where MNIST is not at hand.
"""

import time
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.ratios import rounds, spread, table
from vae_explorer.codecs import codec, opening
from vae_explorer.datasets import mnist
from vae_explorer.datasets.listing import DataError
from vae_explorer.images import Pixels
from vae_explorer.space import ledger, posterior
from vae_explorer.space.likelihood import log_likelihood
from vae_explorer.space.refining import refine
from vae_explorer.space.space import Space

ROUNDS, REPEATS = 9, 100
CHANGES = 50  # pictures that are refined
DRAWS = 5000
DECODE, ENCODE, LEDGER = "decode one point", "encode one picture", "encode one picture, and its ledger"


def report() -> str:
    """Measure all three."""
    space = Space.open()
    pictures, what = _pictures(space)
    return "\n".join([_live(space, pictures[0]), f"{len(pictures)} {what}", _refined(space.codec, pictures)])


def black_and_white(weights: Path, images: int = 200, draws: int = 1000) -> str:
    """log p(x) of test digits at even steps, white above one half, by a model with a Bernoulli likelihood: from draws
    near a refined posterior, where `evaluate --protocol binarised` draws from the encoder's."""
    model, generator, found = opening.load(weights), np.random.default_rng(0), []
    digits = mnist.load(offline=True).test.images
    for image in digits[np.arange(images) * len(digits) // images]:
        x = np.where(image > 127, 1, -1).astype(np.float32)[None, None]
        found.append(log_likelihood(model, x, posterior.of(model, x), draws, generator))
    nats = np.array([each.nats for each in found])
    return (
        f"log p(x) of {images} test digits in black and white, by {draws:,} draws near the refined posterior: "
        f"{nats.mean():.2f} ± {nats.std(ddof=1) / images**0.5:.2f} nats\n"
        f"  effective draws {spread([each.effective for each in found])}, standard error of a digit "
        f"{median(each.standard_error for each in found):.3f}"
    )


def _pictures(space: Space) -> tuple[Pixels, str]:
    """Some test digits of any class that are not in the atlas, and what they are."""
    try:
        images = mnist.load(offline=True).test.images
    except DataError:
        draws = np.random.default_rng(0).standard_normal((CHANGES, space.latent_dim))
        return space.codec.pixels(draws), "decoded draws from N(0, 1); MNIST is not at hand"
    atlas = space.atlas
    assert atlas, "the shipped model has an atlas"
    others = np.setdiff1d(np.arange(len(images)), atlas.index)
    return images[others[:: max(1, len(others) // CHANGES)][:CHANGES]], "test digits that are not in the atlas"


def _live(space: Space, x: Pixels) -> str:
    """The time of what is computed in each frame while a picture is drawn."""
    model, picture = space.codec, x[None, None]
    z = posterior.of(model, picture).mu

    def reckon() -> None:
        ledger.of(model, picture, posterior.of(model, picture), space.atlas)

    ways = {DECODE: lambda: model.decode(z), ENCODE: lambda: posterior.of(model, picture), LEDGER: reckon}
    goals = {(LEDGER, DECODE): "so many decodings; it must be at most 0.5 ms"}
    return table("what a frame of drawing computes", rounds(ways, ROUNDS, REPEATS), goals)


def _refined(model: codec.Codec, pictures: Pixels) -> str:
    """Refine each picture, and estimate its log-likelihood."""
    taken, won, gaps, errors, generator = [], [], [], [], np.random.default_rng(0)
    for x in pictures[:, None, None]:
        q = posterior.of(model, x)
        began = time.perf_counter()
        refined = refine(model, x, q)
        taken.append(1e3 * (time.perf_counter() - began))
        won.append(refined.won)
        estimate = log_likelihood(model, x, q, DRAWS, generator)
        gaps.append(estimate.nats - ledger.of(model, x, refined.posterior).elbo)
        errors.append(estimate.standard_error)
    return "\n".join(
        [
            f"  refining: {spread(taken)} ms, wins {spread(won)} nats, the amortisation gap",
            f"  log p(x) of {DRAWS:,} draws less the refined elbo: {spread(gaps)} nats, the approximation gap; "
            f"standard error {median(errors):.3f}",
        ]
    )
