"""The tab of ways from one place to another: chosen, compared, played. Shows and changes the path of the State."""

import math
import tkinter as tk
from dataclasses import replace
from tkinter import ttk
from typing import Any

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.path.ends import CHOOSE, Ends
from vae_explorer.gui.views.path.foot import Foot
from vae_explorer.gui.views.path.player import Player
from vae_explorer.gui.views.path.scrubber import Scrubber
from vae_explorer.gui.views.path.search import COUNT, Places, Search
from vae_explorer.gui.views.path.ways import Ways
from vae_explorer.session.state import State
from vae_explorer.space import paths
from vae_explorer.space.latent import Points
from vae_explorer.space.space import within

SEARCHING, STOPPED = "searching…", "stopped; click here to search again"


class PathView:
    """From and to, the ways, and what plays the chosen one. Leaving the tab pauses."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme, self._session = desk, (theme := desk.theme), desk.session
        self._places: Places | None = None
        self._points: dict[str, Points | None] = {}  # of each way, (COUNT, D); None of one that is not known
        self._words: dict[str, str] = {}  # of each way that is not known
        self._player = Player(desk.motion, self._show_playing, desk.memory.settings.loop)
        slow = [name for name, way in paths.WAYS.items() if way.takes_long]
        self._searches = {name: Search(desk, name, COUNT, lambda: self.show(self._session.state)) for name in slow}
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.ends = Ends(self.widget, self._session, theme, self._change)
        self.ways = Ways(self.widget, desk, self._choose, self._pick)
        self.scrubber = Scrubber(self.widget, theme, self._go, self._rest, self.play_or_pause)
        self.foot = Foot(self.widget, desk, self.play_or_pause, self._loop, self.why_not)
        focus = self.scrubber.widget.focus_set
        self.foot.play.bind("<ButtonRelease-1>", lambda _event: focus(), add=True)  # off a list
        self.ends.widget.grid(row=0, sticky="ew", pady=(0, theme.px(8)))
        self.ends.empty.grid(row=1, sticky="ew")
        self.widget.bind("<Configure>", lambda _event: self._fit())
        self.widget.bind("<Unmap>", lambda _event: self._left())
        self.widget.bind("<Destroy>", lambda _event: self._stop())
        for strip in self.ways.strips.values():
            strip.widget.bind("<ButtonRelease-1>", lambda _event: self._rest())

    def show(self, state: State) -> None:
        """Show the path, and where on it z is."""
        path = state.path
        self.ends.show(state)
        self.ways.chosen.set(path.way)
        places = (path.start.z, path.end.z) if path.start and path.end else None
        if places != self._places:
            self._player.pause()
            self._places, self._points = places, {}
            self._switch()
        if places is not None:
            self._show_ways(places)
        self._follow(state)

    def _switch(self) -> None:
        """Put the ways where both ends are chosen, else what to do."""
        px = self._theme.px
        if self._places is not None:
            self.ends.empty.grid_remove()
            self.ways.widget.grid(row=1, sticky="ew")
            self.scrubber.widget.grid(row=2, sticky="ew", pady=px(4))
            self.foot.widget.grid(row=3, sticky="ew", pady=(px(4), 0))
            self._fit()
        else:
            self._stop()
            self.ends.empty.grid()
            for each in (self.ways.widget, self.scrubber.widget, self.foot.widget):
                each.grid_remove()

    def _show_ways(self, places: Places) -> None:
        """Draw what is not shown yet."""
        ways = {name: search.find(places) for name, search in self._searches.items()}
        words = {name: STOPPED if self._searches[name].stopped else SEARCHING for name in ways if ways[name] is None}
        if self._points and words == self._words:
            return
        self._words = words
        for name, way in paths.WAYS.items():
            if not way.takes_long:
                ways[name] = paths.find(name, self._session.space.codec, *places, COUNT)
        self._points = {name: None if points is None else within(points) for name, points in ways.items()}
        self.ways.show(self._points, words)

    def _follow(self, state: State) -> None:
        """Point to where z is on the chosen way, if it is on it; what plays goes on along the chosen way."""
        points = self._points.get(state.path.way)
        if points is None:
            self._player.pause()
        else:
            self._player.points = points
        share, off = (0.0, math.inf) if points is None else paths.nearest(points, state.z)
        self.scrubber.show(share, off)
        self.ways.mark(None if off else share)
        self._show_playing()

    def _share(self) -> float | None:
        """The share of the chosen way's steps at which z is; None where it is not on it."""
        state = self._session.state
        points = self._points.get(state.path.way)
        return None if points is None else paths.share_of(points, state.z)

    def _show_playing(self) -> None:
        self.foot.show(self._player.playing)

    def why_not(self) -> str:
        """Why nothing can be played, in a few words; empty when it can."""
        if self._places is None:
            return CHOOSE
        if self._places[0] == self._places[1]:
            return "The path begins and ends at the same place"
        way = self._session.state.path.way
        if self._points.get(way) is None:
            return f"“{paths.WAYS[way].title}” is not found yet"
        return ""

    def _fit(self) -> None:
        """Make the strips as large as the tab allows, and put the slider under their digits."""
        width, height, px = self.widget.winfo_width(), self.widget.winfo_height(), self._theme.px
        if self._places is not None and width > 1:
            fixed = self.ends.widget, self.scrubber.widget, self.foot.widget
            digit = self.ways.fit(width, height - sum(each.winfo_reqheight() for each in fixed) - px(8 + 8 + 4))
            self.scrubber.stand(digit, COUNT * digit, width)

    def play_or_pause(self) -> None:
        """Play the chosen way from where z is on it, else from its start; or stay where it has come to."""
        points = self._points.get(self._session.state.path.way)
        if self._player.playing:
            self._player.pause()
        elif points is None or self.why_not():
            self._desk.status.say(self.why_not())
        else:
            self._player.play(points, self._share() or 0.0)
        self._show_playing()

    def _change(self, **ends: Any) -> None:
        """Choose ends, as a step of undo."""
        self._player.pause()
        self._session.commit(path=replace(self._session.state.path, **ends))

    def _choose(self, kind: str) -> None:
        """Choose a way: what plays, plays on along it; who stands on the one before, stands at the same step of it."""
        if kind in self._searches and self._searches[kind].stopped:
            self._searches[kind].stop()  # so that it is sought again
        if self._player.playing:
            self._session.preview(path=replace(self._session.state.path, way=kind))
        else:
            self._move(kind, self._share())
            self._session.commit()
        self.show(self._session.state)

    def _move(self, kind: str, share: float | None) -> None:
        """Choose a way and go to a share of its steps, no step of undo yet; None: stay."""
        path, points = replace(self._session.state.path, way=kind), self._points.get(kind)
        if share is None or points is None:
            self._session.preview(path=path)
        else:
            self._session.preview(path=path, z=tuple(paths.along(points, share).tolist()))

    def _go(self, share: float) -> None:
        self._move(self._session.state.path.way, share)

    def _pick(self, kind: str, share: float, passing: bool) -> None:
        """The hand is on a strip: go there. What plays lets go by itself, as z is moved."""
        if passing:
            self._go(share)
            return
        self.scrubber.widget.focus_set()  # whose keys go on from there
        if self._points.get(kind) is None:
            self._choose(kind)
        else:
            self._move(kind, share)

    def _rest(self) -> None:
        """The hand lets go, which is a step of undo; but not of what moves by itself."""
        if not self._desk.motion.moving:
            self._session.commit()

    def _loop(self, loop: bool) -> None:
        self._player.loop = loop
        self._desk.memory.remember(loop=loop)

    def _left(self) -> None:
        """Another tab is in front: nothing goes on behind it."""
        self._player.pause()
        self._stop()

    def _stop(self) -> None:
        """Search no more."""
        for search in self._searches.values():
            search.stop()
