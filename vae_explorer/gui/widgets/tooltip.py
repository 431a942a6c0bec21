"""A sentence beside a widget, once the pointer rests on it. Knows Tk only.

Keys and buttons reach it through a binding tag of its own, in front of the widget's: a binding of the widget for a
certain key, or one that breaks, would hide them.
"""

import tkinter as tk
from collections.abc import Callable, Iterator
from tkinter import ttk

from vae_explorer import plain
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.later import Later

DELAY_MS = 500
MAX_LINES, MAX_LINE = 8, 1000  # X ends the program of a window that is higher than 32,767 pixels
WIDTH = 320  # pixels of the design, beyond which the text is wrapped
Box = tuple[int, int, int, int]  # left, top, right, bottom, on the screen

_NAME, _TAG, _HIDE = "tooltip", "Tooltip", "<<TooltipHide>>"
_MEASURES = "rootx", "rooty", "width", "height"
_OF_WINDOW = "[string trimright [winfo toplevel %W] .].tooltip"


class Tooltip:
    """The words of one widget; there is never more than one tooltip in a window."""

    def __init__(self, widget: tk.Widget, text: Callable[[], str], theme: Theme) -> None:
        """text: asked for each time; where it gives nothing, nothing is shown."""
        self._widget, self._text, self._theme = widget, text, theme
        self._showing = Later(widget, self._show, DELAY_MS)
        self._tip: tk.Toplevel | None = None
        self._entered = False  # and not moved yet
        _bind_tag(widget)
        widget.bindtags((_TAG, *widget.bindtags()))
        widget.bind("<Enter>", self._enter, add=True)
        widget.bind("<Motion>", self._moved, add=True)
        for sequence in ("<Leave>", "<Unmap>", "<Destroy>", _HIDE):
            widget.bind(sequence, self._hide, add=True)

    def _enter(self, _event: object) -> None:
        self._hide()
        self._entered = True  # or a window that opens under the pointer

    def _moved(self, _event: object) -> None:
        if self._entered or self._showing.waiting:  # after a key or a click nothing is waited for
            self._hide()
            self._showing.ask()

    def _show(self) -> None:
        text = "\n".join(plain.line(each, MAX_LINE) for each in self._text().split("\n", MAX_LINES)[:MAX_LINES])
        if not text:
            return
        self._tip = tip = tk.Toplevel(self._widget.winfo_toplevel(), name=_NAME)
        tip.withdraw()
        _undecorate(tip)
        tip.bind(_HIDE, self._hide)
        colours, px = self._theme.colours, self._theme.px
        tip.configure(background=colours.outline, padx=max(1, px(1)), pady=max(1, px(1)))  # a line around it
        label = ttk.Label(tip, text=text, wraplength=px(WIDTH), padding=(px(8), px(4)), background=colours.raised)
        label.grid()
        tip.update_idletasks()
        tip.geometry("+{}+{}".format(*self._place(tip)))
        tip.deiconify()
        tip.lift()

    def _place(self, tip: tk.Toplevel) -> tuple[int, int]:
        """Below the widget, above it, or beside it: where it hides least of what else can be operated."""
        widget, gap = self._widget, self._theme.px(4)
        width, height = tip.winfo_reqwidth(), tip.winfo_reqheight()
        left, top = widget.winfo_vrootx(), widget.winfo_vrooty()  # of all screens together
        right, bottom = left + widget.winfo_vrootwidth(), top + widget.winfo_vrootheight()
        own, others = _box(widget, str(widget)), [*_controls(widget)]
        x0, y0, x1, y1 = own
        middle = (y0 + y1 - height) // 2
        spots: list[tuple[int, int, int, int, int]] = []  # what is hidden: of itself, of others; which; where
        columns = x0, (x0 + x1 - width) // 2, x1 - width
        wanted = [(x, y) for y in (y1 + gap, y0 - height - gap) for x in columns]
        for k, place in enumerate((*wanted, (x1 + gap, middle), (x0 - width - gap, middle))):
            x, y = max(left, min(place[0], right - width)), max(top, min(place[1], bottom - height))  # on the screen
            box = x, y, x + width, y + height
            spots.append((overlap(box, own), sum(overlap(box, each) for each in others), k, x, y))
        return min(spots)[3:]

    def _hide(self, _event: object = None) -> None:
        self._entered = False
        self._showing.cancel()
        if self._tip is not None:
            self._tip.destroy()
            self._tip = None


def overlap(one: Box, other: Box) -> int:
    """How many pixels two rectangles have in common."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)


def _box(root: tk.Misc, path: str) -> Box:
    left, top, width, height = (root.tk.getint(root.tk.call("winfo", each, path)) for each in _MEASURES)
    return left, top, left + width, top + height


def _controls(widget: tk.Misc) -> Iterator[Box]:
    """Where all else in the window of a widget is that the keys can reach; what the widget stands in left out."""
    own, tk_ = str(widget), widget.tk

    def _within(path: str) -> Iterator[Box]:
        for child in map(str, tk_.splitlist(tk_.call("winfo", "children", path))):  # not all are known to Python
            if child == own or not tk_.getboolean(tk_.call("winfo", "viewable", child)):
                continue
            if not own.startswith(f"{child}.") and str(tk_.call(child, "cget", "-takefocus")) not in ("", "0"):
                yield _box(widget, child)
            yield from _within(child)

    return _within(str(widget.winfo_toplevel()))


def _bind_tag(widget: tk.Misc) -> None:
    """Let keys and clicks on a widget with the tag hide its tooltip, and any key in a window the one shown there."""
    for sequence in ("<ButtonPress>", "<MouseWheel>", "<KeyPress>"):
        widget.tk.call("bind", _TAG, sequence, f"event generate %W {_HIDE}")
    script = f"catch {{event generate {_OF_WINDOW} {_HIDE}}}"  # no tooltip, or a window that its key has closed
    if script not in str(widget.tk.call("bind", "all", "<KeyPress>")):
        widget.tk.call("bind", "all", "<KeyPress>", f"+{script}")


def _undecorate(tip: tk.Toplevel) -> None:
    tip.overrideredirect(True)
    if tip.tk.call("tk", "windowingsystem") == "aqua":  # or it would take the focus
        tip.tk.call("::tk::unsupported::MacWindowStyle", "style", tip, "help", "noActivates")
