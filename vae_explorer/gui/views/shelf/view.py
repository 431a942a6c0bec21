"""The bookmarks along the bottom: State.bookmarks, to go to, rename, delete and put in order, each a step of undo."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.views.shelf.pointer import FAR, Pointer
from vae_explorer.gui.views.shelf.thumbnails import CELL, Thumbnails
from vae_explorer.gui.widgets.naming import Naming, has_keys
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.bookmarks import Bookmark, unique_name
from vae_explorer.session.state import State

EMPTY = "No bookmarks yet: B keeps this place"


class Shelf:
    """A row of bookmarks, the button that makes one, and what can be done with each."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme = desk, (theme := desk.theme)
        self.at = 0  # the bookmark that the keys work on
        self._shown: tuple[Bookmark, ...] = ()
        px = theme.px
        self.widget = ttk.Frame(parent, padding=(px(12), 0))
        self.widget.columnconfigure(3, weight=1)
        self.adding = Buttons(self.widget, desk, [desk.actions["bookmark"]], 1)
        self.adding.widget.grid(row=0, column=0, sticky="w", padx=px(4))  # where no new bookmark takes its place
        self.thumbnails = Thumbnails(self.widget, desk.decoding, theme, desk.look)
        self.naming = Naming(self.thumbnails.canvas)
        self.back, self.on = (
            ttk.Button(self.widget, text=text, takefocus=False, command=partial(self.scroll, step))
            for text, step in (("‹", -3), ("›", 3))  # the keys need none
        )
        self._empty = ttk.Label(self.widget, text=EMPTY, style="Muted.TLabel")
        self._menu = tk.Menu(self.widget, tearoff=False)
        for label, command in (("Go there", self.go), ("Rename", self.rename), ("Delete", self._delete)):
            self._menu.add_command(label=label, command=command)
        self._here: int | None = None  # the bookmark that is the place where one is
        self._bind()
        self.widget.bind("<Configure>", lambda _event: self._resized())

    def _bind(self) -> None:
        canvas = self.thumbnails.canvas
        keys = {
            "<Left>": lambda: self._step(-1), "<Right>": lambda: self._step(1),
            "<Home>": lambda: self._step(-len(self._shown)), "<End>": lambda: self._step(len(self._shown)),
            "<Shift-Left>": lambda: self.move(self.at - 1), "<Shift-Right>": lambda: self.move(self.at + 1),
            "<Return>": self.go, "<space>": self.go,
            "<F2>": self.rename, "<Delete>": self._delete,
            "<Shift-F10>": self._pop_up, "<App>" if canvas.tk.call("tk", "windowingsystem") == "win32" else "<Menu>":
                self._pop_up,
        }  # fmt: skip
        for sequence, command in keys.items():
            canvas.bind(sequence, lambda _event, command=command: self._key(command))  # type: ignore[misc]
        for sequence in ("<FocusIn>", "<FocusOut>"):
            canvas.bind(sequence, lambda _event: self._draw())
        self._pointer = Pointer(self.thumbnails, self._theme.px(FAR), self)
        Tooltip(canvas, self._about, self._theme)

    def _key(self, command: Callable[[], None]) -> str:
        """Do what a key asks for with the bookmarks as they are, and nothing else that it means to the window."""
        self.catch_up()
        command()
        return "break"

    def catch_up(self) -> None:
        """Show the bookmarks as they are now: a key may come before the next frame does."""
        self.show(self._desk.session.state)

    def show(self, state: State) -> None:
        """Show the bookmarks, and which of them is the place where one is."""
        self.adding.update()
        if state.bookmarks != self._shown:
            self.naming.leave()
            grown = len(state.bookmarks) > len(self._shown)
            self._shown = state.bookmarks
            if grown and state.bookmarks[-1].z == state.z:
                self.at = len(state.bookmarks) - 1  # the new one
            self._fit()
        self._here = next((k for k, each in enumerate(self._shown) if each.z == state.z), None)
        self._draw()

    def _fit(self) -> None:
        """Lay out what there is: a line of text, or as many bookmarks as there is room for, and how to see more."""
        px, count = self._theme.px, len(self._shown)
        self.at = max(0, min(self.at, count - 1))
        if not count:
            for each in (self.back, self.thumbnails.canvas, self.on):
                each.grid_remove()
            self._empty.grid(row=0, column=1, sticky="w", padx=px(4))
            return
        self._empty.grid_remove()
        room = self.widget.winfo_width() - 2 * px(12) - self.adding.widget.winfo_reqwidth() - 2 * px(4)
        wide = room < count * px(CELL)
        if wide:
            room -= self.back.winfo_reqwidth() + self.on.winfo_reqwidth()
        for button, column in ((self.back, 1), (self.on, 3)):
            button.grid(row=0, column=column, sticky="w") if wide else button.grid_remove()
        self.thumbnails.resize(max(1, min(count, room // px(CELL))), count)
        self.thumbnails.canvas.grid(row=0, column=2)
        self.thumbnails.see(self.at)

    def _resized(self) -> None:
        self._fit()
        self._draw()

    def _draw(self) -> None:
        focused = self.at if has_keys(self.thumbnails.canvas) else None
        self.thumbnails.show(self._shown, self._here, focused)
        self.back.state(["!disabled" if self.thumbnails.first else "disabled"])
        self.on.state(["!disabled" if self.thumbnails.last < len(self._shown) else "disabled"])

    def scroll(self, step: int) -> None:
        """See so many more bookmarks to the right, or to the left."""
        self.naming.leave()
        self.thumbnails.scroll(step)
        self._draw()

    def _about(self) -> str:
        over = self._pointer.over
        if over is None or over >= len(self._shown):
            return ""
        return f"{self._shown[over].name}\nClick: go there, F2: rename, Delete: delete, drag: put elsewhere"

    def _step(self, step: int) -> None:
        self.at = max(0, min(self.at + step, len(self._shown) - 1))
        self.thumbnails.see(self.at)
        self._draw()

    def choose(self, k: int) -> None:
        """Let the k-th be the one that keys and menu work on."""
        self.at = k
        self._draw()

    def go(self) -> None:
        """Go where the chosen one is."""
        if self._shown:
            self._desk.motion.go(self._shown[self.at].z)

    def _delete(self) -> None:
        kept = self._without()
        self._change(kept)
        if not kept:
            self.adding.buttons["bookmark"].focus_set()

    def move(self, to: int) -> None:
        """Put the chosen one where another is."""
        if 0 <= to < len(self._shown) and to != self.at:
            rest, moved = self._without(), self._shown[self.at]
            self.at = to
            self._change((*rest[:to], moved, *rest[to:]))

    def _without(self) -> tuple[Bookmark, ...]:
        return self._shown[: self.at] + self._shown[self.at + 1 :]

    def _change(self, bookmarks: tuple[Bookmark, ...]) -> None:
        """Make it a step of undo, and show it at once: the next key may be here before the next frame."""
        self._desk.session.commit(bookmarks=bookmarks)
        self.catch_up()

    def _pop_up(self) -> None:
        """Open the menu of the chosen one, by a key."""
        if self._shown:
            canvas = self.thumbnails.canvas
            self.thumbnails.see(self.at)
            left, _ = self.thumbnails.cell(self.at)
            self.pop_up(canvas.winfo_rootx() + left, canvas.winfo_rooty())

    def pop_up(self, x: int, y: int) -> None:
        """Open the menu of the chosen one at a place of the screen."""
        self._menu.tk_popup(x, y)

    def rename(self) -> None:
        """Open an entry in the place of the name. Return keeps what is typed, Esc leaves it."""
        if not self._shown:
            return
        self.naming.leave()
        self.thumbnails.see(self.at)
        self._draw()
        self.naming.open(self._shown[self.at].name, self.thumbnails.cell(self.at)[0], self._keep)

    def _keep(self, name: str) -> None:
        """Take a typed name, made unique, or say why it cannot be."""
        old, others = self._shown[self.at], {each.name for k, each in enumerate(self._shown) if k != self.at}
        try:
            new = replace(old, name=unique_name(Bookmark(name, old.z).name, others))
        except ValueError as error:
            self._desk.status.say(f"The name was not changed: {error}")
            return
        self.naming.leave()
        self._change((*self._shown[: self.at], new, *self._shown[self.at + 1 :]))
