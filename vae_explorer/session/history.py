"""What is shown, and how one got there: the state, its undo and redo, and who wants to know. No Tk.

Views call `preview` while something moves and `commit` when it rests; listeners are told the new state. All that
happens between two commits is one step of undo.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.originals import Originals
from vae_explorer.errors import Failure
from vae_explorer.pictures.dimensions import Names
from vae_explorer.session import subject
from vae_explorer.session.bookmarks import Bookmark, unique_name
from vae_explorer.session.measurements import Measurement
from vae_explorer.session.photos import Photos
from vae_explorer.session.state import Plane, State
from vae_explorer.session.subject import Subject
from vae_explorer.space import sources
from vae_explorer.space.sources import SOURCES, About
from vae_explorer.space.space import Space, point

MAX_STEPS = 1000
TILES = 11  # of a strip over a slider, from −3 to 3
SEEDS = 1_000_000  # of which a session without a seed chooses one: few enough to be read out and typed


Listener = Callable[[State], None]


class Session:
    """A walk through the space of one model."""

    def __init__(
        self, space: Space, z: tuple[float, ...] | None = None, seed: int | None = None, order: str = "number",
        names: Names = (),
    ) -> None:  # fmt: skip
        """z: where to begin, the origin unless given. seed: that of the random draws; one is chosen unless given.
        order: that of the sliders, one of orders.ORDERS. names: of dimensions. Raises ValueError for a bad z."""
        self.space = space
        self._asked = seed is not None
        self._begin(int(np.random.default_rng().integers(SEEDS)) if seed is None else seed)
        start = space.checked((0.0,) * space.latent_dim if z is None else z)
        drawing = Drawing(size=space.like_mnist, centre=space.like_mnist)
        self.state = State(start, order=order, plane=_first_plane(space), drawing=drawing, names=names)
        self.saved: tuple[Bookmark, ...] = ()  # the bookmarks that a file has
        self.tabled: tuple[Measurement, ...] = ()  # the measurements that a file has
        self.photos = Photos()  # those that the last drawings were made of
        self.originals = Originals(
            space.codec.source.info, space.shape
        )  # the test images, once somebody has asked for them
        self._subject: tuple[Any, Subject] | None = None  # the last, with what it depended on
        self._past: list[State] = []
        self._future: list[State] = []
        self._resting = self.state
        self._listeners: list[Listener] = []

    def places(self) -> tuple[Bookmark, ...]:
        """The points that have a name: here, the encoded digit nearest to here, the bookmarks, the classes' means."""
        here, digits, space = [Bookmark("here", self.state.z)], self.space.atlas, self.space
        if digits is None:
            return (*here, *self.state.bookmarks)
        row = digits.nearest(self.state.z)
        nearest = Bookmark(f"{space.worded('nearest digit')}, a {self._name(digits.label[row])}", point(digits.mu[row]))
        means = [Bookmark(f"mean of {self._name(label)}", space.class_mean(label)) for label in space.class_names]
        return (*here, nearest, *self.state.bookmarks, *means)

    def bookmark(self) -> None:
        """Keep the place where one is, under a name that tells what lies near; a step of undo."""
        name, kept, digits = "place", self.state.bookmarks, self.space.atlas
        if digits is not None:
            name = f"near {self._name(digits.label[digits.nearest(self.state.z)])}"
        name = unique_name(name, {each.name for each in kept})
        self.commit(bookmarks=(*kept, Bookmark(name, self.state.z)))

    @property
    def unsaved(self) -> bool:
        """Whether there are bookmarks that would be lost."""
        return bool(self.state.bookmarks) and self.state.bookmarks != self.saved

    @property
    def untabled(self) -> bool:
        """Whether there are measurements that would be lost."""
        return bool(self.state.measured) and self.state.measured != self.tabled

    def _name(self, label: int) -> str:
        """The name of a class, as short as a bookmark's may be."""
        return self.space.class_names[int(label)][:20].strip()

    def subject(self, state: State) -> Subject:
        """Give what the answers are about in a state, which several views ask in a frame and is computed once."""
        key = subject.key(state)
        if self._subject is None or self._subject[0] != key:
            self._subject = key, subject.of(self.space, state)
        return self._subject[1]

    def known(self, state: State) -> Subject | None:
        """Give the same where nobody has to wait for it; None where that takes long, or cannot be computed."""
        if self.space.codec.slow and (self._subject is None or self._subject[0] != subject.key(state)):
            return None
        try:
            return self.subject(state)
        except Failure:
            return None

    def listen(self, listener: Listener) -> None:
        """Call listener with the state now and after every change."""
        self._listeners.append(listener)
        listener(self.state)

    def forget(self, listener: Listener) -> None:
        """Call listener no more."""
        self._listeners.remove(listener)

    def preview(self, **changes: Any) -> None:
        """Show a state on the way to another, which is not a step of undo yet. Raises ValueError for a bad z."""
        state = self._changed(changes)
        if state != self.state:
            self._show(state)

    def commit(self, **changes: Any) -> None:
        """Come to rest, after the changes if any: one step of undo, unless nothing moved since the last."""
        state = self._changed(changes)
        moved = state != self._resting
        if moved:
            self._past = [*self._past, self._resting][-MAX_STEPS:]
            self._future = []
            self._resting = state
        if moved or state != self.state:
            self._show(state)

    def _changed(self, changes: dict[str, Any]) -> State:
        if "z" in changes:
            changes["z"] = self.space.checked(changes["z"])
        return replace(self.state, **changes)

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

    def reseed(self, seed: int) -> None:
        """Draw from now on the points of a seed, from its first. Raises ValueError for a negative one."""
        self._begin(seed)
        self._asked = True

    def _begin(self, seed: int) -> None:
        self._points = np.random.default_rng(seed)
        self.chance = np.random.default_rng([seed, 1])  # of all else that is random, so that no point of Random is lost
        self.seed = seed
        self.drawn = 0  # how many points of the seed there were

    @property
    def known_seed(self) -> int | None:
        """The seed, for what is kept of the session; None where nobody asked for it and no point of it was drawn."""
        return self.seed if self._asked or self.drawn else None

    def sample(self, source: str = next(iter(SOURCES)), about: About | None = None) -> tuple[float, ...]:
        """Draw the next of the seed's points, as `sources.sample`; about: here, unless given."""
        z = sources.sample(source, self.space, self._points, about or About(self.state.z))
        self.drawn += 1
        return z

    def _show(self, state: State) -> None:
        self.state = state
        for listener in self._listeners:
            listener(state)


def _first_plane(space: Space) -> Plane:
    """The plane of the two dimensions that tell most of the data; without an atlas, that of the first two."""
    if space.atlas is None or space.latent_dim == 1:
        return Plane()
    first, second = sorted(space.atlas.dims_by_kl[:2])
    return Plane((first, second))
