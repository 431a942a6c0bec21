"""The mouse on the row of bookmarks: which bookmark is meant, and what is to be done with it. Knows the thumbnails."""

import tkinter as tk
from collections.abc import Callable
from typing import Protocol

from vae_explorer.gui.views.shelf.thumbnails import Thumbnails

FAR = 6  # pixels of the design: a press that moves so far drags


class Doing(Protocol):
    """What the pointer asks for."""

    def catch_up(self) -> None:
        """Show the bookmarks as they are now."""

    def choose(self, k: int) -> None:
        """Let the k-th be the one that all else is done with."""

    def go(self) -> None:
        """Go where it is."""

    def rename(self) -> None:
        """Let its name be typed."""

    def move(self, to: int) -> None:
        """Put it where another is."""

    def pop_up(self, x: int, y: int) -> None:
        """Open its menu at a place of the screen."""

    def scroll(self, step: int) -> None:
        """See so many more bookmarks to the right, or to the left."""


class Pointer:
    """A press goes there, a drag puts elsewhere, a second press renames, the right button opens a menu."""

    def __init__(self, thumbnails: Thumbnails, far: int, do: Doing) -> None:
        """far: screen pixels, of a press that drags."""
        self._thumbnails, self._far, self._do = thumbnails, far, do
        self._pressed: tuple[int, int] | None = None  # x, and which bookmark
        self.over: int | None = None  # which is under the pointer
        acts: dict[str, Callable[[tk.Event[tk.Misc]], None]] = {
            "<Button-1>": self._press, "<B1-Motion>": self._drag, "<ButtonRelease-1>": self._release,
            "<Double-Button-1>": self._press_twice, "<<ContextMenu>>": self._pop_up,
        }  # fmt: skip
        for sequence, act in acts.items():
            thumbnails.canvas.bind(sequence, lambda event, act=act: self._caught_up(act, event))  # type: ignore[misc]
        thumbnails.canvas.bind("<Motion>", self._hover)
        for way, step in (("Up", -1), ("Left", -1), ("Down", 1), ("Right", 1)):
            thumbnails.canvas.bind(f"<<Wheel{way}>>", lambda _event, step=step: do.scroll(step))  # type: ignore[misc]

    def _caught_up(self, act: "Callable[[tk.Event[tk.Misc]], None]", event: "tk.Event[tk.Misc]") -> None:
        self._do.catch_up()
        act(event)

    def _hover(self, event: "tk.Event[tk.Misc]") -> None:
        over = self._thumbnails.under(event.x)
        if over != self.over:
            self.over = over
            self._thumbnails.canvas.event_generate("<Enter>")  # for the tooltip of another one

    def _press(self, event: "tk.Event[tk.Misc]") -> None:
        self._thumbnails.canvas.focus_set()
        k = self._thumbnails.under(event.x)
        self._pressed = None if k is None else (event.x, k)
        if k is not None:
            self._do.choose(k)

    def _drag(self, event: "tk.Event[tk.Misc]") -> None:
        if self._pressed and abs(event.x - self._pressed[0]) > self._far:
            self._thumbnails.mark(self._thumbnails.gap(event.x))

    def _release(self, event: "tk.Event[tk.Misc]") -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if self._thumbnails.marked is None:
            self._do.go()
        else:
            gap = self._thumbnails.gap(event.x)
            self._thumbnails.mark(None)
            self._do.move(gap - (gap > pressed[1]))

    def _press_twice(self, event: "tk.Event[tk.Misc]") -> None:
        if self._thumbnails.under(event.x) is not None:
            self._do.rename()

    def _pop_up(self, event: "tk.Event[tk.Misc]") -> None:
        k = self._thumbnails.under(event.x)
        if k is not None:
            self._thumbnails.canvas.focus_set()
            self._do.choose(k)
            self._do.pop_up(event.x_root, event.y_root)
