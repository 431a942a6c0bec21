"""What the answers of the window are about: the drawing that z came from, or else what is decoded at z. No Tk."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.images import Floats
from vae_explorer.session.state import State
from vae_explorer.space import posterior
from vae_explorer.space.posterior import Posterior
from vae_explorer.space.space import Space, point


@dataclass(frozen=True, eq=False)
class Subject:
    """A picture, and what the encoder says of it.

    x: (1, C, H, W) in [-1, 1]. own: whether it is the drawing, not what is decoded at z. posterior: q(z|x), or where it
    was refined, that; None for a model without encoder.
    """

    x: Floats
    own: bool
    posterior: Posterior | None


def of(space: Space, state: State) -> Subject:
    """Give what the answers are about in a state."""
    x = state.drawing.x if state.encoded else space.codec.decode(state.z)
    if state.encoded and state.refined:
        mu, logvar = map(np.array, state.refined)
        return Subject(x, state.encoded, Posterior(mu, logvar))
    return Subject(x, state.encoded, posterior.of(space.codec, x) if space.encodes else None)


def key(state: State) -> tuple[Any, ...]:
    """Give what the subject depends on: as long as it is the same, so is the subject."""
    return (state.drawing, state.refined) if state.encoded else (state.z,)


def drawn(space: Space, drawing: Drawing) -> dict[str, Any]:
    """Give what changes in a state when somebody draws: the drawing, and z, which is its mu.

    Of an empty drawing nothing comes, and z stays. Raises MissingEncoderError for a model with a decoder only.
    """
    if drawing.empty:
        return {"drawing": drawing, "encoded": False, "refined": None}
    z = point(posterior.of(space.codec, drawing.x).mu)
    return {"drawing": drawing, "encoded": True, "refined": None, "z": z}
