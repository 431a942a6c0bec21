"""What every maker is handed, and points: decoded as tiles of a sheet, and as places among the data."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from vae_explorer.errors import Cancelled
from vae_explorer.images import Pixels
from vae_explorer.pictures.tiles import shrunk
from vae_explorer.space.latent import Points
from vae_explorer.space.space import Space

AT_ONCE = 64  # pictures between two looks whether they are still wanted

Cancel = Callable[[], bool]
Chosen = Mapping[str, Any]


def tiles(space: Space, z: Points, cancelled: Cancel = lambda: False) -> Pixels:
    """What is decoded at points, (N, D), as tiles of a sheet; a few at a time, as large pictures become small there."""
    at_once, found = min(AT_ONCE, space.codec.at_once), []
    for i in range(0, len(z), at_once):
        if cancelled():
            raise Cancelled
        found.append(shrunk(space.codec.pixels(z[i : i + at_once]), len(z)))
    return np.concatenate(found)


def places(space: Space, z: Points) -> list[float | None]:
    """The percentile of the density at points, (N, D), None where it is not known."""
    return [None] * len(z) if space.density is None else space.density.percentile(z).tolist()
