"""What is shown, and how one got there: the state, its undo and redo, and who wants to know. No Tk.

Views call `preview` while something moves and `commit` when it rests; listeners are told the new state. All
between two commits is one step of undo.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer import atlas, latent
from vae_explorer.atlas import Atlas
from vae_explorer.bookmarks import MAX_NAME, Bookmark, unique_name
from vae_explorer.checkpoint import ATLAS, CheckpointError
from vae_explorer.codec import Codec
from vae_explorer.density import Density
from vae_explorer.latent import Points
from vae_explorer.settings import ORDERS
from vae_explorer.state import Dims, Plane, State

MAX_STEPS = 1000
TILES = 11  # of a filmstrip, from −3 to 3
MAX_ABS_Z = 10.0  # typed values reach so far; a prior draw beyond 6 is rarer than one in 10⁸


Listener = Callable[[State], None]


class Session:
    """One open model and the walk through its latent space."""

    def __init__(
        self, codec: Codec, z: tuple[float, ...] | None = None, seed: int | None = None, order: str = ORDERS[0]
    ) -> None:
        """z: where to begin, the origin unless given. seed: of the random draws. order: of the sliders, one of
        settings.ORDERS. Raises ValueError for a bad z."""
        self.codec = codec
        self.missing = dict(codec.source.missing)
        self.atlas = self._read_atlas()
        self.seed = seed
        self.generator = np.random.default_rng(seed)
        start = self.checked((0.0,) * codec.latent_dim if z is None else z)
        self.state = State(start, order=order, plane=self._first_plane())
        self.saved: tuple[Bookmark, ...] = ()  # the bookmarks that a file has
        self._past: list[State] = []
        self._future: list[State] = []
        self._resting = self.state
        self._listeners: list[Listener] = []

    def _read_atlas(self) -> Atlas | None:
        try:
            return atlas.of(self.codec)
        except CheckpointError as error:
            self.missing.setdefault(ATLAS, str(error))
            return None

    def _first_plane(self) -> Plane:
        """The plane of the two dimensions that tell most of the data; without an atlas, that of the first two."""
        if self.atlas is None or self.codec.latent_dim == 1:
            return Plane()
        first, second = sorted(self.atlas.dims_by_kl[:2])
        return Plane((first, second))

    @cached_property
    def class_names(self) -> dict[int, str]:
        """The name of each class that the atlas has, by label; empty without an atlas.

        Only what can be printed of a name, which may be a stranger's, and no more than fits into a menu.
        """
        if self.atlas is None:
            return {}
        names = self.codec.source.info.get("data", {}).get("class_names", [])
        told = {label: "".join(filter(str.isprintable, name))[:MAX_NAME].strip() for label, name in enumerate(names)}
        return {label: told.get(label) or str(label) for label in self.atlas.classes}

    @cached_property
    def density(self) -> Density | None:
        """How much of the data lies at a point; None without an atlas."""
        return None if self.atlas is None else Density(self.atlas)

    def plane(self, dims: Dims | None) -> tuple[latent.Plane, tuple[str, str]]:
        """Give the plane of two dimensions, or for None that of the principal axes, and the names of its axes.

        Raises ValueError for None without an atlas, or where there is one dimension only.
        """
        if dims is not None:
            return latent.Plane.of_dims(self.codec.latent_dim, dims), (f"z{dims[0]}", f"z{dims[1]}")
        if self.atlas is None:
            raise ValueError("there is no atlas")
        return self.atlas.principal_plane, ("principal axis 1", "principal axis 2")

    def places(self) -> tuple[Bookmark, ...]:
        """The points that have a name: here, the encoded digit nearest to here, the bookmarks, the classes' means."""
        here = [Bookmark("here", self.state.z)]
        if self.atlas is None:
            return (*here, *self.state.bookmarks)
        row = self.atlas.nearest(self.state.z)
        nearest = Bookmark(f"nearest digit, a {self._name(self.atlas.label[row])}", point(self.atlas.mu[row]))
        means = [Bookmark(f"mean of {self._name(label)}", self.class_mean(label)) for label in self.class_names]
        return (*here, nearest, *self.state.bookmarks, *means)

    def bookmark(self) -> None:
        """Keep the place where one is, under a name that tells what lies near; a step of undo."""
        name, kept = "place", self.state.bookmarks
        if self.atlas is not None:
            name = f"near {self._name(self.atlas.label[self.atlas.nearest(self.state.z)])}"
        name = unique_name(name, {each.name for each in kept})
        self.commit(bookmarks=(*kept, Bookmark(name, self.state.z)))

    @property
    def unsaved(self) -> bool:
        """Whether there are bookmarks that would be lost."""
        return bool(self.state.bookmarks) and self.state.bookmarks != self.saved

    def _name(self, label: int) -> str:
        """The name of a class, as short as a bookmark's may be."""
        return self.class_names[int(label)][:20].strip()

    def listen(self, listener: Listener) -> None:
        """Call listener with the state now and after every change."""
        self._listeners.append(listener)
        listener(self.state)

    def forget(self, listener: Listener) -> None:
        """Call listener no more."""
        self._listeners.remove(listener)

    def preview(self, **changes: Any) -> None:
        """Show a state on the way to another, no step of undo yet. Raises ValueError for a bad z."""
        if "z" in changes:
            changes["z"] = self.checked(changes["z"])
        state = replace(self.state, **changes)
        if state != self.state:
            self._show(state)

    def commit(self, **changes: Any) -> None:
        """Come to rest, after the changes if any: one step of undo, unless nothing moved since the last."""
        self.preview(**changes)
        if self.state != self._resting:
            self._past = [*self._past, self._resting][-MAX_STEPS:]
            self._future = []
            self._resting = self.state
            self._show(self.state)  # undo has become possible

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back, an unfinished one included."""
        return bool(self._past) or self.state != self._resting

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing moved since."""
        return bool(self._future) and self.state == self._resting

    def undo(self) -> None:
        """Take back the last step; what is on its way comes to rest first."""
        self.commit()
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Take the step again that was taken back last."""
        self.commit()
        self._step(self._future, self._past)

    def _step(self, source: list[State], target: list[State]) -> None:
        if source:
            target.append(self._resting)
            self._resting = source.pop()
            self._show(self._resting)

    def sample(self) -> tuple[float, ...]:
        """Draw a point from the aggregated posterior where there is an atlas, else from the prior."""
        if self.atlas is not None:
            z = self.atlas.sample(1, self.generator)[0]
        else:
            z = self.generator.standard_normal(self.codec.latent_dim)
        return point(z)

    def class_mean(self, label: int) -> tuple[float, ...]:
        """The mean of a class's encoded digits. Raises ValueError without an atlas or such a class."""
        if self.atlas is None:
            raise ValueError("there is no atlas")
        return point(self.atlas.class_mean(label))

    def checked(self, z: tuple[float, ...]) -> tuple[float, ...]:
        """Give z if it is a point of this session's space: D values within ±10. Raises ValueError."""
        if len(z) != self.codec.latent_dim:
            raise ValueError(f"z has {len(z)} values; this model has {self.codec.latent_dim} latent dimensions")
        if not all(abs(value) <= MAX_ABS_Z for value in z):  # NaN is not, either
            raise ValueError(f"the values of z must lie between −{MAX_ABS_Z:g} and {MAX_ABS_Z:g}")
        return tuple(float(value) for value in z)

    def _show(self, state: State) -> None:
        self.state = state
        for listener in self._listeners:
            listener(state)


def within(points: ArrayLike) -> Points:
    """The nearest points that a session takes, of any shape: a model trained with little kl has its digits further
    out, and a plane or an arc can lead beyond them."""
    return np.asarray(points, float).clip(-MAX_ABS_Z, MAX_ABS_Z)


def point(z: ArrayLike) -> tuple[float, ...]:
    """The nearest point that a session takes, (D,), as it has it."""
    return tuple(within(z).tolist())
