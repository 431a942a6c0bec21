"""Which point of latent space a command line means: one that is typed, the mean of a class, one that is drawn, or what
the encoder says of a picture. Knows the Space."""

from dataclasses import dataclass

import numpy as np

from vae_explorer import cli, named
from vae_explorer.cli import option
from vae_explorer.errors import Failure
from vae_explorer.space import posterior, space
from vae_explorer.space.space import Space

GROUP = "the point z, in one of these ways; the origin unless given"
Z = tuple[float, ...]


@dataclass(frozen=True)
class Place:
    """Options that name a point, each in another way."""

    z: str | None = option(None, "D numbers, the name of a class, or a file of a point", metavar="POINT", group=GROUP)
    label: str | None = option(None, "the mean of the class of that name", metavar="NAME", group=GROUP)
    sample: bool = option(False, "drawn from where the data are", group=GROUP)
    seed: int | None = option(None, "drawn so by this seed; --sample has 0", minimum=0, maximum=2**63 - 1, group=GROUP)

    @property
    def draws(self) -> bool:
        """Whether the point is drawn."""
        return self.sample or self.seed is not None


@dataclass(frozen=True)
class PlaceOrPicture(Place):
    """Options that name a point, or a picture that an encoder makes one of."""

    image: str | None = option(None, "what the encoder says of this picture, its mu", metavar="FILE", group=GROUP)


def generator(place: Place) -> np.random.Generator:
    """Give what draws the points of a seed, one after the other."""
    return np.random.default_rng(place.seed or 0)


def given(place: Place) -> str:
    """Give the option by which a point is named, "" where none is. Raises Failure where two are."""
    ways: dict[str, object] = {"--z": place.z, "--label": place.label, "--sample": place.sample or None}
    ways |= {"--seed": None if place.sample else place.seed, "--image": getattr(place, "image", None) or None}
    found = [flag for flag, value in ways.items() if value is not None]
    if len(found) > 1:
        raise Failure(f"{found[0]} and {found[1]} name different points. Leave one of them out.")
    return "".join(found)


def of(model: Space, place: Place) -> Z:
    """Give the point, (D,). Raises Failure for what names none, OSError for a picture that cannot be read."""
    if place.label is not None:
        return named.label(model, place.label, "--label")
    if isinstance(place, PlaceOrPicture) and place.image is not None:
        drawing = named.picture(model, cli.path(place.image), "--image").drawing
        return space.point(posterior.of(model.codec, drawing.x).mu)
    if place.draws:
        return model.sample(generator(place))
    return named.point(model, place.z, "--z")
