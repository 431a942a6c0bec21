"""A sentence beside the pointer, once it rests on a widget. Knows Tk only.

Keys and buttons reach it through a binding tag of its own, in front of the widget's: a binding of the widget for a
certain key, or one that breaks, would hide them.
"""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer.gui.theme import Theme

DELAY_MS = 500
WIDTH = 320  # pixels of the design, beyond which the text is wrapped
_NAME, _TAG, _HIDE = "tooltip", "Tooltip", "<<TooltipHide>>"
_OF_WINDOW = "[string trimright [winfo toplevel %W] .].tooltip"


class Tooltip:
    """The words of one widget; there is never more than one tooltip in a window."""

    def __init__(self, widget: tk.Widget, text: Callable[[], str], theme: Theme) -> None:
        """text: asked for each time; where it gives nothing, nothing is shown."""
        self._widget, self._text, self._theme = widget, text, theme
        self._timer: str | None = None
        self._tip: tk.Toplevel | None = None
        _bind_tag(widget)
        widget.bindtags((_TAG, *widget.bindtags()))
        widget.bind("<Enter>", self._wait, add=True)
        widget.bind("<Motion>", self._moved, add=True)
        for sequence in ("<Leave>", "<Unmap>", "<Destroy>", _HIDE):
            widget.bind(sequence, self._hide, add=True)

    def _wait(self, _event: object = None) -> None:
        self._hide()
        self._timer = self._widget.after(DELAY_MS, self._show)

    def _moved(self, _event: object) -> None:
        if self._timer is not None:  # it does not rest yet; after a key or a click nothing is waited for
            self._wait()

    def _show(self) -> None:
        self._timer = None
        text = self._text()
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
        """Under the widget, or over it where the screen ends; never beyond the screen."""
        widget, gap = self._widget, self._theme.px(4)
        width, height = tip.winfo_reqwidth(), tip.winfo_reqheight()
        left, top = widget.winfo_vrootx(), widget.winfo_vrooty()  # of all screens together
        right, bottom = left + widget.winfo_vrootwidth(), top + widget.winfo_vrootheight()
        y = widget.winfo_rooty() + widget.winfo_height() + gap
        if y + height > bottom:
            y = widget.winfo_rooty() - height - gap
        return max(left, min(widget.winfo_rootx(), right - width)), max(top, y)

    def _hide(self, _event: object = None) -> None:
        if self._timer is not None:
            self._widget.after_cancel(self._timer)
            self._timer = None
        if self._tip is not None:
            self._tip.destroy()
            self._tip = None


def _bind_tag(widget: tk.Misc) -> None:
    """Tell a widget with the tag of its keys and clicks, and what is shown in a window of the window's keys."""
    for sequence in ("<ButtonPress>", "<MouseWheel>", "<KeyPress>"):
        widget.tk.call("bind", _TAG, sequence, f"event generate %W {_HIDE}")
    script = f"catch {{event generate {_OF_WINDOW} {_HIDE}}}"  # no tooltip, or a window that its key has closed
    if script not in str(widget.tk.call("bind", "all", "<KeyPress>")):
        widget.tk.call("bind", "all", "<KeyPress>", f"+{script}")


def _undecorate(tip: tk.Toplevel) -> None:
    tip.overrideredirect(True)
    if tip.tk.call("tk", "windowingsystem") == "aqua":  # or it would take the focus
        tip.tk.call("::tk::unsupported::MacWindowStyle", "style", tip, "help", "noActivates")
