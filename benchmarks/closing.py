"""Closing the gap of a 4 with ink: for how many of them a 9 is among the answers.

The fours are MNIST's first training digits of that class that still are fours with a gap once they are decoded. Without
MNIST on this machine nothing is measured.
"""

import numpy as np

from vae_explorer.datasets import mnist
from vae_explorer.datasets.strokes import PEN, Stroke, coverage
from vae_explorer.images import to_unit
from vae_explorer.space import inking
from vae_explorer.space.inking import Inking
from vae_explorer.space.latent import Values
from vae_explorer.space.space import Space

COUNT, LOOKED_AT = 40, 200
WIDE = 2  # pixels of a gap, at least


def report() -> str:
    """Lay out how many fours are closed to nines."""
    space = Space.open()
    try:
        train = mnist.load(offline=True).train
    except mnist.DataError as error:
        return f"Fours whose gap is closed: not measured. {error}"
    images = train.images[np.flatnonzero(train.labels == 4)[:LOOKED_AT]]
    answers = []
    for z in space.codec.encode(to_unit(images)[:, None])[0].astype(float):
        ink = Inking(space, z)
        if _looks_like(space, z) == "4" and (mask := _bridge(ink.x_hat)) is not None and len(answers) < COUNT:
            paint = np.ones(ink.x_hat.shape)
            [rest] = ink.settle(paint, mask, z[None])
            answers.append([_looks_like(space, each) for each in inking.alternatives(ink, paint, mask, rest)])
    count, among, first = len(answers), sum("9" in each for each in answers), sum(each[0] == "9" for each in answers)
    return (
        f"Of {count} training fours whose gap is closed {among} have a 9 among the answers, must be at least "
        f"{count // 2}; {first} as the first"
    )


def _looks_like(space: Space, z: Values) -> str:
    found = space.likeliest(z)
    assert found is not None
    return found[0]


def _bridge(x_hat: Values) -> Values | None:
    """What a stroke of the pen covers, (H, W), from one arm to the other in the first row that has two with a gap
    between them; None where no row has."""
    for row, line in enumerate(x_hat > 0):
        ends = np.flatnonzero(np.diff(line, prepend=False, append=False)).reshape(-1, 2)
        if len(ends) == 2 and ends[1, 0] - ends[0, 1] >= WIDE:
            left, right = ends.mean(1)
            return np.asarray(coverage(Stroke(((left, row + 0.5), (right, row + 0.5)), PEN), x_hat.shape), float)
    return None
