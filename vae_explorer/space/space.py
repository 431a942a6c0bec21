"""A Space: one model that can be asked where its data lie and what it makes of a point. No State, no window.

It is opened once, and its parts are computed then; only what takes longer or is not needed at first waits until it is
asked for: the density's reference, the mixture of the classes, the order of the atlas's losses, the ranges of the
factors. Nothing that was told changes, and threads that ask for the same at once compute the same. So several threads,
views and windows may ask the same Space.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer import plain
from vae_explorer.codecs import codec, opening
from vae_explorer.codecs.codec import Codec
from vae_explorer.datasets import mirrors
from vae_explorer.images import DIGIT
from vae_explorer.space import atlas, latent
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.classes import Classes
from vae_explorer.space.density import Density
from vae_explorer.space.latent import Dims, Points
from vae_explorer.storage.checkpoint import ATLAS, ENCODER, CheckpointError

if TYPE_CHECKING:
    from vae_explorer.space.ranges import Ranges

MAX_ABS_Z = 10.0  # typed values reach so far; a prior draw beyond 6 is rarer than one in 10⁸
MAX_CLASS_NAME = 60  # characters: no more fits into a menu

IN_COLOUR = "its pictures are in colour"


class Space:
    """One open model: its codec, its atlas and density or why there is none, and the names of its classes.

    missing says for each file that is not used why, in a few words without a full stop; atlas, density and classes are
    None without an `atlas.npz`; class_names has the name of each class in the atlas, by label.
    """

    def __init__(self, model: Codec) -> None:
        self.codec = model
        self.missing = dict(model.source.missing)
        self.atlas = self._read_atlas()
        self.density = None if self.atlas is None else Density(self.atlas)
        self.classes = None if self.atlas is None else Classes(self.atlas)
        self.class_names = {} if self.atlas is None else _class_names(model, self.atlas)
        if self.atlas is not None:  # its own parts, while only this thread has it; 5 ms, and 0.3 s for D = 256
            _ = self.atlas.percentiles, self.atlas.dims_by_kl
            _ = self.atlas.principal_plane if self.latent_dim > 1 else None

    @classmethod
    def open(cls, path: str | Path | None = None) -> Self:
        """Open a trained model as `opening.load` does. Raises CheckpointError."""
        return cls(opening.load(path))

    @property
    def latent_dim(self) -> int:
        """D, the number of latent dimensions."""
        return self.codec.latent_dim

    @property
    def shape(self) -> tuple[int, int, int]:
        """(C, H, W) of an image: its channels, rows and columns."""
        return self.codec.shape

    @property
    def in_colour(self) -> bool:
        """Whether its pictures have colours of their own, so that none are chosen for them."""
        return self.shape[0] > 1

    @property
    def encodes(self) -> bool:
        """Whether it has an encoder, so that a picture can be handed to it."""
        return self.codec.encodes

    @property
    def no_encoder(self) -> str:
        """Why nothing is known of a posterior, in a few words; empty where pictures can be encoded."""
        file = ENCODER if self.codec.source.ours else "an encoder"
        return "" if self.encodes else f"it needs {file}: {self.missing[ENCODER]}"

    @property
    def no_drawing(self) -> str:
        """Why nothing can be drawn for it, in a few words; empty where a drawing can be encoded."""
        if not self.encodes:
            return self.no_encoder
        _, h, w = self.shape
        if self.in_colour:
            return IN_COLOUR
        return "" if self.shape == DIGIT else f"its pictures are {w} × {h} pixels"

    @property
    def no_factors(self) -> str:
        """Why its pictures have no factors, in a few words; empty where they have."""
        return IN_COLOUR if self.in_colour else ""

    @property
    def no_handles(self) -> str:
        """Why z does not follow a hand that changes a picture, in a few words; empty where it does."""
        return self.no_factors or codec.lags(self.codec)

    @cached_property
    def ranges(self) -> "Ranges":
        """What values the factors have in the data; computed when it is asked for first, which takes 0.15 s."""
        from vae_explorer.space import ranges

        found = ranges.of(self.codec, self.atlas)
        return replace(found, source=self.worded(found.source))

    @property
    def no_ink(self) -> str:
        """Why nobody can paint on its pictures, in a few words; empty where one can."""
        return self.no_handles

    @property
    def no_data(self) -> str:
        """Why nothing keeps what is changed near the data, as a sentence; empty where the density does."""
        return "" if self.density else f"Nothing keeps it near the data: there is no {ATLAS}."

    @property
    def like_mnist(self) -> bool:
        """Whether pictures are to be made like MNIST's digits first: not where its data are known to be others."""
        known = self.codec.source.info.get("data", {}).get("name", mirrors.NAME)
        return self.shape == DIGIT and bool(known == mirrors.NAME)

    def worded(self, text: str) -> str:
        """Give a text about digits as it is said of this model: of pictures, where it is not like MNIST's."""
        return text if self.like_mnist else plain.of_pictures(text)

    def _read_atlas(self) -> Atlas | None:
        try:
            return atlas.of(self.codec)
        except CheckpointError as error:
            self.missing.setdefault(ATLAS, str(error).removesuffix("."))  # others go on from it
            return None

    def plane(self, dims: Dims | None) -> latent.Plane:
        """Give the plane of two dimensions, or for None that of the principal axes.

        Raises ValueError for None without an atlas, or where there is one dimension only.
        """
        if dims is not None:
            return latent.Plane.of_dims(self.latent_dim, dims)
        return self._atlas().principal_plane

    def class_mean(self, label: int) -> tuple[float, ...]:
        """The mean of a class's encoded digits. Raises ValueError without an atlas or such a class."""
        return point(self._atlas().class_mean(label))

    def likeliest(self, z: ArrayLike) -> tuple[str, float] | None:
        """The name of the class that z, (D,), most likely is of, and its share, 0 to 1; None where there are none."""
        if self.classes is None:
            return None
        [shares] = self.classes.shares(z)
        k = int(shares.argmax())
        return self.class_names[self.classes.atlas.classes[k]], float(shares[k])

    def sample(self, generator: np.random.Generator) -> tuple[float, ...]:
        """Draw a point from the aggregated posterior where there is an atlas, else from the prior."""
        if self.atlas is not None:
            return point(self.atlas.sample(1, generator)[0])
        return point(generator.standard_normal(self.latent_dim))

    def checked(self, z: Sequence[float]) -> tuple[float, ...]:
        """Give z if it is a point of this space: D values within ±10. Raises ValueError."""
        if len(z) != self.latent_dim:
            raise ValueError(f"z has {len(z)} values; this model has {self.latent_dim} latent dimensions")
        if not all(abs(value) <= MAX_ABS_Z for value in z):  # NaN is not, either
            raise ValueError(f"the values of z must lie between −{MAX_ABS_Z:g} and {MAX_ABS_Z:g}")
        return tuple(float(value) for value in z)

    def _atlas(self) -> Atlas:
        if self.atlas is None:
            raise ValueError("there is no atlas")
        return self.atlas


def within(points: ArrayLike) -> Points:
    """Give points, of any shape, with every value brought within ±10, as far as a space reaches: a model that was
    trained with little kl has its digits further out, and a plane or an arc can lead beyond them."""
    return np.asarray(points, float).clip(-MAX_ABS_Z, MAX_ABS_Z)


def point(z: ArrayLike) -> tuple[float, ...]:
    """Give z, (D,), as State keeps it: a tuple of floats, each brought within ±10."""
    return tuple(within(z).tolist())


def _class_names(model: Codec, digits: Atlas) -> dict[int, str]:
    """Name each class of the atlas as model.json does, or else by its label."""
    names = model.source.info.get("data", {}).get("class_names", [])
    plain_names = {label: plain.line(name, MAX_CLASS_NAME).strip() for label, name in enumerate(names)}
    return {label: plain_names.get(label) or str(label) for label in digits.classes}
