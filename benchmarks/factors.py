"""Measuring the factors of digits beside decoding them: those of a step of a handle, and all of the atlas."""

import numpy as np

from benchmarks.ratios import rounds, spread, table
from vae_explorer.space import measures, ranges
from vae_explorer.space.space import Space

ROUNDS = 9
DECODE, MEASURE = "decode", "measure five factors"
STEP = 13  # digits: z, and two for each of six dimensions


def report() -> str:
    """Lay out the times."""
    space = Space.open()
    assert space.atlas is not None
    z = space.atlas.sample(STEP, np.random.default_rng(0))
    x_hat = space.codec.decode(z)
    ways = {DECODE: lambda: space.codec.decode(z), MEASURE: lambda: measures.measure(x_hat)}
    few = table(f"{STEP} digits", rounds(ways, ROUNDS, 200), {(MEASURE, DECODE): "must be at most 3"})
    every = rounds({"all": lambda: ranges.of(space.codec, space.atlas)}, ROUNDS)["all"]
    return f"{few}\nThe ranges of {len(space.atlas.mu):,} digits: {spread(every, 1e3)} ms, must be at most 500"
