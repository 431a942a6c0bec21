"""Where random points are drawn from, each a row of one table. Knows the Space; no window."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vae_explorer.space.space import Space, point
from vae_explorer.storage.checkpoint import ATLAS

# For a student. The figures are what a good classifier reads in the model that ships.
WHY = (
    "Training pulls the encoded digits towards the prior N(0, I) but leaves gaps between them, where the decoder has "
    "learned nothing: with the model that ships about half of the draws from the prior cannot be read as digits; from "
    "the aggregated posterior it is one in eight."
)
RADIUS = 1.0  # of "around here", unless another is chosen
MAX_RADIUS = 20.0  # from one end of a space to the other, along one dimension


@dataclass(frozen=True)
class About:
    """What a draw is about: z, the point that is seen; label, a class; radius, how far from z a draw may lie."""

    z: tuple[float, ...]
    label: int | None = None
    radius: float = RADIUS


Draw = Callable[[Space, np.random.Generator, About], tuple[float, ...]]


@dataclass(frozen=True)
class Source:
    """What random points are drawn from: title, its name on the screen; about, a sentence on it for a person; draw
    gives a point of it; needs_atlas: without one there is nothing to draw from."""

    title: str
    about: str
    draw: Draw
    needs_atlas: bool = True


def _of_class(space: Space, generator: np.random.Generator, about: About) -> tuple[float, ...]:
    if space.atlas is None:
        raise ValueError("there is no atlas")
    if about.label is None:
        raise ValueError("no class is chosen")
    return point(space.atlas.sample(1, generator, about.label)[0])


def _around(_space: Space, generator: np.random.Generator, about: About) -> tuple[float, ...]:
    """Draw evenly from the ball about z: any direction, and a distance whose D-th power is even."""
    if not 0 < about.radius <= MAX_RADIUS:  # NaN is not, either
        raise ValueError(f"a radius must be more than 0 and at most {MAX_RADIUS:g}")
    direction = generator.standard_normal(len(about.z))
    length = about.radius * generator.random() ** (1 / len(about.z))
    return point(about.z + length * direction / np.linalg.norm(direction))


# By the names that State and files have. The first is what a window begins with.
SOURCES = {
    "posterior": Source(
        "Aggregated posterior",
        "One of the encoded digits, and then a point of its q(z|x): the points that the decoder learned from",
        lambda space, generator, _: space.sample(generator),
    ),
    "prior": Source(
        "Prior N(0, I)",
        "A normal number for each dimension, as the theory has it: it also falls into gaps where no digit is encoded",
        lambda space, generator, _: point(generator.standard_normal(space.latent_dim)),
        needs_atlas=False,
    ),
    "class": Source(
        "A class",
        "One of the encoded digits of a class, and then a point of its q(z|x): the ways in which that class is written",
        _of_class,
    ),
    "around": Source(
        "Around here",
        "Any point that is no further from here than the radius: what small changes of z do",
        _around,
        needs_atlas=False,
    ),
}


def sample(source: str, space: Space, generator: np.random.Generator, about: About) -> tuple[float, ...]:
    """Draw a point from a source by its name in SOURCES: D values within ±10.

    Without an atlas the aggregated posterior is not known, and the prior stands for it, as in `Space.sample`. Raises
    KeyError for an unknown source, ValueError where a class has no digits or the radius is none.
    """
    return SOURCES[source].draw(space, generator, about)


def lacks(source: str, space: Space) -> str:
    """Say in a few words what a source needs that this space has not; "" where it can be drawn from."""
    return f"it needs {ATLAS}, the encoded digits" if SOURCES[source].needs_atlas and space.atlas is None else ""
