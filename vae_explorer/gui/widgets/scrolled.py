"""A column of widgets that scrolls when it is higher than its place. Knows Tk only."""

import sys
import tkinter as tk
from tkinter import ttk


class Scrolled(ttk.Frame):
    """Put widgets into `inner`; a scrollbar appears when they do not fit, and follows the keyboard's focus.

    Its place is kept free, so that `inner` is as wide with it as without. After what is seen has changed, there is an
    event <<Scrolled>>.
    """

    def __init__(self, parent: tk.Misc, background: str, width: int = 1) -> None:
        """width: pixels that it is expected to have: where it has, nothing is laid out twice."""
        super().__init__(parent)
        self._canvas = tk.Canvas(self, background=background, highlightthickness=0, borderwidth=0, width=1, height=1)
        self._bar = ttk.Scrollbar(self, orient="vertical", command=self._drag)
        self.inner = ttk.Frame(self._canvas)
        room = max(1, width - self._bar.winfo_reqwidth())
        self._window = self._canvas.create_window(0, 0, window=self.inner, anchor="nw", width=room)
        self._canvas.configure(yscrollcommand=self._scrolled)
        self._growing: tk.Misc | None = None
        self._canvas.grid(row=0, column=0, sticky="nsew")
        self.rowconfigure(0, weight=1)
        self.columnconfigure(0, weight=1)
        self.columnconfigure(1, minsize=self._bar.winfo_reqwidth())
        self._canvas.bind("<Configure>", lambda _event: self._fit())
        self.inner.bind("<Configure>", lambda _event: self._fit())
        self.bind("<<WheelUp>>", lambda _event: self._wheel(-1))
        self.bind("<<WheelDown>>", lambda _event: self._wheel(1))
        self._heard = self.bind_all("<FocusIn>", self._see, add=True)

    def destroy(self) -> None:
        """Hear nothing any more of what happens in the window; others that scroll still do."""
        scripts = str(self.tk.call("bind", "all", "<FocusIn>")).split("\n")
        left = [each for each in scripts if each and self._heard not in each]
        self.tk.call("bind", "all", "<FocusIn>", "\n".join(left))
        self.nametowidget(".").deletecommand(self._heard)  # which has the bindings of all
        super().destroy()

    @property
    def seen(self) -> tuple[float, float]:
        """From which pixel of `inner` to which it is seen."""
        top = self._canvas.canvasy(0)
        return top, top + self._canvas.winfo_height()

    def _scrolled(self, first: float, last: float) -> None:
        self._bar.set(first, last)
        self.event_generate("<<Scrolled>>")

    def _fit(self) -> None:
        """Give the column the width of its place, and a scrollbar only when it is higher."""
        width, needed = self._canvas.winfo_width(), self.inner.winfo_reqheight()
        if width > 1:  # it has its place
            self._canvas.itemconfigure(self._window, width=width)
        self._canvas.configure(scrollregion=(0, 0, width, needed), height=needed)
        if needed > self.winfo_height() > 1:
            self._bar.grid(row=0, column=1, sticky="ns")
        else:
            self._bar.grid_remove()
            self._canvas.yview_moveto(0)
        if self._growing is not None and self._growing.winfo_exists():
            self._follow(self._growing)

    def reveal(self, widget: tk.Misc) -> None:
        """Scroll to a widget in `inner` that grows, until `rest` or somebody scrolls: so far that it is seen whole, or
        from its top on where it is higher than the place."""
        self._growing = widget

    def rest(self) -> None:
        """Scroll no more by itself to what was revealed last."""
        self._growing = None

    def _drag(self, *place: str) -> None:
        """Scroll as the scrollbar asks for."""
        self.rest()
        self._canvas.yview(*place)

    def _follow(self, widget: tk.Misc) -> None:
        height, total = self._canvas.winfo_height(), self.inner.winfo_reqheight()
        top = widget.winfo_y()
        bottom = top + widget.winfo_reqheight()
        if bottom > self.seen[1]:
            self._canvas.yview_moveto(min(top, bottom - height) / total)

    def _wheel(self, step: int) -> None:
        self.rest()
        if self._bar.winfo_ismapped():
            self._canvas.yview_scroll(step if sys.platform == "darwin" else 2 * step, "units")

    def _see(self, event: "tk.Event[tk.Misc]") -> None:
        """Scroll so far that what took the focus is seen whole, with all that stands in the same part of `inner` where
        there is room for that."""
        if not str(event.widget).startswith(f"{self.inner}.") or not self._bar.winfo_ismapped():
            return  # `inner` itself is told too, of a focus that comes from outside
        name = str(event.widget).removeprefix(f"{self.inner}.").split(".")[0]
        part = self.inner.nametowidget(name)
        height, total = self._canvas.winfo_height(), self.inner.winfo_height()
        if part.winfo_height() > height:
            part = self.inner.nametowidget(str(event.widget))
        top = part.winfo_rooty() - self.inner.winfo_rooty()
        bottom = top + part.winfo_height()
        first, last = self.seen
        if top < first:
            self._canvas.yview_moveto(top / total)
        elif bottom > last:
            self._canvas.yview_moveto((bottom - height) / total)
