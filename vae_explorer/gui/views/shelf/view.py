"""The bookmarks along the bottom: pictures with names, to go to, rename, delete and put in order.

Shows State.bookmarks. All changes are steps of undo, so nothing is asked.
"""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.menus import colours_of
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.views.shelf.naming import Naming, only
from vae_explorer.gui.views.shelf.thumbnails import CELL, Strip
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.actions import BY_NAME
from vae_explorer.session.bookmarks import Bookmark, unique_name
from vae_explorer.session.state import State

EMPTY = "No bookmarks yet: B keeps this place"
FAR = 6  # pixels of the design: a press that moves so far drags


class Shelf:
    """A strip of bookmarks, the button that makes one, and what can be done with each."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme = desk, (theme := desk.theme)
        self.at = 0  # the bookmark that the keys work on
        self._shown: tuple[Bookmark, ...] = ()
        self._pressed: tuple[int, int] | None = None  # x, and which bookmark
        self._over: int | None = None  # which is under the pointer
        self._entry: Naming | None = None
        px = theme.px
        self.widget = ttk.Frame(parent, padding=(px(12), 0))
        self.widget.columnconfigure(3, weight=1)
        self.adding = Buttons(self.widget, desk, [BY_NAME["bookmark"]], 1)
        self.adding.widget.grid(row=0, column=0, sticky="w", padx=px(4))  # where no new bookmark takes its place
        self.strip = Strip(self.widget, desk.space.codec, theme, desk.look)
        self.back, self.on = (self._turn(text, step) for text, step in (("‹", -1), ("›", 1)))
        self._empty = ttk.Label(self.widget, text=EMPTY, style="Muted.TLabel")
        self._menu = tk.Menu(self.widget, tearoff=False, **colours_of(theme.colours))
        for label, command in (("Go there", self._go), ("Rename", self.rename), ("Delete", self._delete)):
            self._menu.add_command(label=label, command=command)
        self._bind()
        self.widget.bind("<Configure>", lambda _event: self._fit())

    def _turn(self, text: str, step: int) -> ttk.Button:
        """A button that scrolls; the keys need none."""
        return ttk.Button(self.widget, text=text, takefocus=False, command=lambda: self._scroll(3 * step))

    def _bind(self) -> None:
        canvas = self.strip.canvas
        keys = {
            "<Left>": lambda: self._step(-1), "<Right>": lambda: self._step(1),
            "<Home>": lambda: self._step(-len(self._shown)), "<End>": lambda: self._step(len(self._shown)),
            "<Shift-Left>": lambda: self._move(self.at - 1), "<Shift-Right>": lambda: self._move(self.at + 1),
            "<Return>": self._go, "<space>": self._go,
            "<F2>": self.rename, "<Delete>": self._delete,
            "<Shift-F10>": self._pop_up, "<App>" if canvas.tk.call("tk", "windowingsystem") == "win32" else "<Menu>":
                self._pop_up,
        }  # fmt: skip
        mouse = {
            "<Button-1>": self._press, "<B1-Motion>": self._drag, "<ButtonRelease-1>": self._release,
            "<Double-Button-1>": self._press_twice, "<<ContextMenu>>": self._pop_up_under,
        }  # fmt: skip
        for sequence, command in keys.items():
            canvas.bind(sequence, lambda _event, command=command: only(self._caught_up(command)))  # type: ignore[misc]
        for sequence, act in mouse.items():
            canvas.bind(sequence, lambda event, act=act: self._caught_up(partial(act, event))())  # type: ignore[misc]
        for sequence in ("<FocusIn>", "<FocusOut>"):
            canvas.bind(sequence, lambda _event: self._draw())
        canvas.bind("<Motion>", self._hover)
        Tooltip(canvas, self._told, self._theme)
        for way, step in (("Up", -1), ("Left", -1), ("Down", 1), ("Right", 1)):
            canvas.bind(f"<<Wheel{way}>>", lambda _event, step=step: self._scroll(step))  # type: ignore[misc]

    def _caught_up(self, command: Callable[[], None]) -> Callable[[], None]:
        """Do something with the bookmarks as they are, for it may be asked for before the next frame shows them."""

        def caught_up() -> None:
            self.show(self._desk.session.state)
            command()

        return caught_up

    # ------------------------------------------------------------------ what is seen

    def show(self, state: State) -> None:
        """Show the bookmarks, and which of them is the place where one is."""
        self.adding.update()
        if state.bookmarks != self._shown:
            self._leave_entry()
            grown = len(state.bookmarks) > len(self._shown)
            self._shown = state.bookmarks
            if grown and state.bookmarks[-1].z == state.z:
                self.at = len(state.bookmarks) - 1  # the new one
            self._fit()
        self._draw()

    def _fit(self) -> None:
        """Lay out what there is: a line of text, or as many bookmarks as there is room for, and how to see more."""
        px, count = self._theme.px, len(self._shown)
        self.at = max(0, min(self.at, count - 1))
        if not count:
            for each in (self.back, self.strip.canvas, self.on):
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
        self.strip.resize(max(1, min(count, room // px(CELL))), count)
        self.strip.canvas.grid(row=0, column=2)
        self.strip.see(self.at)
        self._draw()

    def _draw(self) -> None:
        z = self._desk.session.state.z
        here = next((k for k, each in enumerate(self._shown) if each.z == z), None)
        focused = self.at if _has_keys(self.strip.canvas) else None
        self.strip.show(self._shown, here, focused)
        self.back.state(["!disabled" if self.strip.first else "disabled"])
        self.on.state(["!disabled" if self.strip.last < len(self._shown) else "disabled"])

    def _scroll(self, step: int) -> None:
        self._leave_entry()
        self.strip.scroll(step)
        self._draw()

    def _hover(self, event: "tk.Event[tk.Misc]") -> None:
        over = self.strip.under(event.x)
        if over != self._over:
            self._over = over
            self.strip.canvas.event_generate("<Enter>")  # for the tooltip of another one

    def _told(self) -> str:
        if self._over is None or self._over >= len(self._shown):
            return ""
        return f"{self._shown[self._over].name}\nClick: go there, F2: rename, Delete: delete, drag: put elsewhere"

    # ------------------------------------------------------------------ the keys

    def _step(self, step: int) -> None:
        self.at = max(0, min(self.at + step, len(self._shown) - 1))
        self.strip.see(self.at)
        self._draw()

    def _go(self) -> None:
        if self._shown:
            self._desk.motion.go(self._shown[self.at].z)

    def _delete(self) -> None:
        kept = self._without()
        self._change(kept)
        if not kept:
            self.adding.buttons["bookmark"].focus_set()

    def _move(self, to: int) -> None:
        """Put the bookmark where another is."""
        if 0 <= to < len(self._shown) and to != self.at:
            rest, moved = self._without(), self._shown[self.at]
            self.at = to
            self._change((*rest[:to], moved, *rest[to:]))

    def _without(self) -> tuple[Bookmark, ...]:
        return self._shown[: self.at] + self._shown[self.at + 1 :]

    def _change(self, bookmarks: tuple[Bookmark, ...]) -> None:
        """Make it a step of undo, and show it at once: the next key may be here before the next frame."""
        self._desk.session.commit(bookmarks=bookmarks)
        self.show(self._desk.session.state)

    def _pop_up(self) -> None:
        """Open the menu of the bookmark that the keys work on."""
        if self._shown:
            canvas = self.strip.canvas
            self.strip.see(self.at)
            left, _ = self.strip.cell(self.at)
            self._menu.tk_popup(canvas.winfo_rootx() + left, canvas.winfo_rooty())

    # ------------------------------------------------------------------ the mouse

    def _press(self, event: "tk.Event[tk.Misc]") -> None:
        self.strip.canvas.focus_set()
        k = self.strip.under(event.x)
        self._pressed = None if k is None else (event.x, k)
        if k is not None:
            self.at = k
            self._draw()

    def _drag(self, event: "tk.Event[tk.Misc]") -> None:
        if self._pressed and abs(event.x - self._pressed[0]) > self._theme.px(FAR):
            self.strip.mark(self.strip.gap(event.x))

    def _release(self, event: "tk.Event[tk.Misc]") -> None:
        """Go there, or put it where it was dragged to."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if self.strip.marked is None:
            self._go()
        else:
            gap = self.strip.gap(event.x)
            self.strip.mark(None)
            self._move(gap - (gap > self.at))

    def _press_twice(self, event: "tk.Event[tk.Misc]") -> None:
        if self.strip.under(event.x) == self.at:
            self.rename()

    def _pop_up_under(self, event: "tk.Event[tk.Misc]") -> None:
        k = self.strip.under(event.x)
        if k is not None:
            self.at = k
            self.strip.canvas.focus_set()
            self._draw()
            self._menu.tk_popup(event.x_root, event.y_root)

    # ------------------------------------------------------------------ the name

    def rename(self) -> None:
        """Open an entry in the place of the name. Return keeps what is typed, Esc leaves it."""
        if not self._shown:
            return
        self._leave_entry()
        self.strip.see(self.at)
        self._draw()
        self._entry = Naming(self.strip.canvas, self._shown[self.at].name, self._keep, self._leave_entry)
        self._entry.show(self.strip.cell(self.at)[0])

    def _keep(self, name: str) -> None:
        """Take a typed name, made unique, or say why it cannot be."""
        old, others = self._shown[self.at], {each.name for k, each in enumerate(self._shown) if k != self.at}
        try:
            new = replace(old, name=unique_name(Bookmark(name, old.z).name, others))
        except ValueError as error:
            self._desk.status.say(f"The name was not changed: {error}")
            return
        self._leave_entry()
        self._change((*self._shown[: self.at], new, *self._shown[self.at + 1 :]))

    def _leave_entry(self) -> None:
        entry, self._entry = self._entry, None
        if entry is not None:
            had = _has_keys(entry)
            entry.destroy()
            if had:
                self.strip.canvas.focus_set()


def _has_keys(widget: tk.Misc) -> bool:
    """Whether the keys go to a widget. `focus_get` fails while a menu or a file dialog of Tk's own has them."""
    return str(widget.tk.call("focus")) == str(widget)
