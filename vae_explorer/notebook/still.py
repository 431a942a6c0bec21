"""The explorer in a cell as a picture of where it stands. Knows spaces and pictures; nothing that lives."""

import io

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.pictures import make
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space.space import Space

PICTURE = "traverse"  # which has all dimensions, as the sliders do


class Still:
    """The explorer as a picture at z: D values within ±10, which can be read and set."""

    def __init__(self, space: Space, z: ArrayLike) -> None:
        """z: (D,). Raises ValueError for a point that is none of this space."""
        self._space = space
        self.z = z

    @property
    def z(self) -> tuple[float, ...]:
        """Where it stands. Set to (D,); raises ValueError for a point that is none of its space."""
        return self._z

    @z.setter
    def z(self, z: ArrayLike) -> None:
        self._z = self._space.checked(tuple(np.asarray(z, float).ravel().tolist()))

    def __repr__(self) -> str:
        return f"Explorer at z = ({', '.join(f'{value:.2f}' for value in self.z)})"

    def _repr_png_(self) -> bytes:
        """Give the picture, as a notebook asks for it."""
        buffer = io.BytesIO()
        made = Recipe(self.z, self._space.codec.source.sha256, picture=PICTURE)
        make.figure(self._space, made).savefig(buffer, format="png")
        return buffer.getvalue()
