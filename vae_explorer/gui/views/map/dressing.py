"""What the layers of the map show in a state, each as long as it is on. Knows the desk and the chart."""

from functools import partial

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.map.chart import Chart
from vae_explorer.gui.views.map.underlay import Underlay
from vae_explorer.gui.views.painter import Painter
from vae_explorer.gui.views.path.search import COUNT, Places, known
from vae_explorer.session import subject
from vae_explorer.session.layers import FIELDS
from vae_explorer.session.state import Path, State
from vae_explorer.space import paths
from vae_explorer.space.latent import Points
from vae_explorer.space.space import within

FINE = 41  # points of a way that is no search, so that an arc is round


class Dressing:
    """Marks and fields, kept as the state and the layers have them."""

    def __init__(self, desk: Desk, chart: Chart) -> None:
        self._desk, self._chart, self._space = desk, chart, desk.space
        self._state: State | None = None
        self._ways: tuple[object, ...] = ()
        self._dress: tuple[bool, Underlay | None] = True, None  # as the chart begins
        self._underlay: Underlay | None = None
        self._painter, self._asker = Painter(chart.canvas, desk, self._lay), Asker(desk.decoding, chart.canvas)
        desk.layers.listen(self._switched)
        desk.pointed.listen(self._point)
        chart.listen(self._shade)

    def show(self, state: State) -> None:
        """Show what there is to see of a state."""
        if self._state is not None and self._state.map_dims != state.map_dims:
            self._underlay = None  # which is of another plane
        self._state, shown = state, self._desk.layers.shown
        self._chart.bookmarks.show(state.bookmarks if "bookmarks" in shown else ())
        self._show_ways(state.path if "ways" in shown else Path())
        self._show_spread(state if "posterior" in shown and self._space.encodes else None)
        self._put_on()
        self._shade()

    def _show_spread(self, state: State | None) -> None:
        """Show where the encoder puts the picture of a state; None: nowhere."""
        if state is None:
            self._asker.drop()
            self._chart.spread.show(None)
        else:
            of = partial(self._desk.session.subject, state)
            self._asker.answer(subject.key(state), 1, of, lambda about: self._chart.spread.show(about.posterior))

    def _switched(self) -> None:
        if self._state is not None:
            self.show(self._state)

    def _point(self) -> None:
        atlas = self._space.atlas
        assert atlas is not None  # or there were no map
        self._chart.rings.show(atlas.mu[[*self._desk.pointed.rows]].astype(float))

    def _show_ways(self, path: Path) -> None:
        """Show the ways between the ends of a path, unless they are shown; one that has to be searched for only where
        that has been done."""
        if path.start is None or path.end is None:
            places, searched = None, {}
        else:
            places = path.start.z, path.end.z
            slow = [name for name, way in paths.WAYS.items() if way.takes_long]
            searched = {name: known(self._desk, name, COUNT, places) for name in slow}
        found = {name: points for name, points in searched.items() if points is not None}
        if self._ways != (places, *found):
            self._ways = places, *found
            self._chart.ways.show({} if places is None else self._quick(places) | found)

    def _quick(self, places: Places) -> dict[str, Points]:
        """The ways that need no search, each of FINE points."""
        quick = [name for name, way in paths.WAYS.items() if not way.takes_long]
        return {name: within(paths.find(name, self._space.codec, *places, FINE)) for name in quick}

    # ------------------------------------------------------------------ fields

    @property
    def _fields(self) -> tuple[str, ...]:
        """The layers that are computed of the plane, as far as they are on."""
        return tuple(name for name in FIELDS if name in self._desk.layers.shown and not self._chart.flat)

    def _put_on(self) -> None:
        """Show or hide the dots and the field."""
        dress = "points" in self._desk.layers.shown, self._underlay if self._fields else None
        if dress != self._dress:
            self._dress = dress
            self._chart.dress(*dress)

    def _shade(self) -> None:
        """Have the field computed for what is seen of the plane through z."""
        state, shown = self._state, self._fields
        if state is None or min(self._chart.view.size) <= 1:  # it has no place yet
            return
        if not shown:
            self._painter.stop()
            self._underlay = None
            return
        from vae_explorer.gui.views.map import fields  # which no window needs to begin with

        plane, view = self._chart.plane, self._chart.view
        off = plane.lift([[0, 0]], state.z)[0].round(9)
        key = shown, state.map_dims, off.tobytes(), view.size, view.centre.tobytes(), view.zoom
        theme = self._desk.theme
        self._painter.want(key, partial(fields.underlay, self._space, plane, view, state.z, shown, theme.scale))

    def _lay(self, underlay: Underlay) -> None:
        self._underlay = underlay
        self._put_on()
