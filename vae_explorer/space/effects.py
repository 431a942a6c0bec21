"""What a step in one dimension does to each factor of the picture, from one point. Knows the codec; no atlas.

A finite step, not a derivative: it is what a person sees who moves a slider by 1.
"""

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec
from vae_explorer.space import factors, measures
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.latent import Values, strip

STEP = 1.0
MATTERS = 0.1  # of the standard deviation in the data: less is not seen
NOTHING = "hardly anything changes"


def of(codec: Codec, z: ArrayLike, dim: int) -> Values:
    """How much each factor changes, (F,), when a dimension is raised by 1 from z, (D,); NaN for a decoder that
    overflows. Raises ValueError for a z that cannot be decoded."""
    here = np.asarray(z, float)
    before, after = measures.measure(codec.decode(strip(here, dim, [here[dim], here[dim] + STEP])))
    return np.asarray(after - before)


def matter(changes: Values, sd: Values) -> list[int]:
    """The places of the changes, (F,), that are worth telling, the largest beside the spread sd, (F,), first.

    They are a tenth of the standard deviation in the data or more, and not written as 0.
    """
    shown = [np.round(change, each.decimals) for change, each in zip(changes, FACTORS.values(), strict=True)]
    sizes = np.where(np.array(shown) == 0, 0.0, abs(changes) / sd)
    return [int(k) for k in np.argsort(-sizes, kind="stable") if sizes[k] >= MATTERS]  # NaN is not


def told(changes: Values, sd: Values) -> str:
    """Say what changes, (F,), come to, but for those that are hardly seen beside the spread of the data, sd (F,)."""
    names = [*FACTORS]
    return ", ".join(_phrase(names[k], float(changes[k])) for k in matter(changes, sd)) or NOTHING


def _phrase(name: str, change: float) -> str:
    """Say what a change of one factor comes to: 9° is “leans 9.0° further right”."""
    return FACTORS[name].said(change > 0, factors.written(name, abs(change)))
