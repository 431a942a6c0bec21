"""A call that waits for its time, and goes with the widget that it is about. Knows Tk only."""

import tkinter as tk
from collections.abc import Callable


class Later:
    """Calls something once, a while after it was asked for; however often it is asked for meanwhile, it calls once.

    Nothing is left waiting when the widget is destroyed, which need not be thought of.
    """

    def __init__(self, widget: tk.Misc, call: Callable[[], object], after_ms: int | None = None) -> None:
        """after_ms: how long to wait; None: until Tk has nothing else to do, which makes many changes one redraw."""
        self._widget, self._call, self._after_ms = widget, call, after_ms
        self._timer = ""
        path, command = str(widget), widget.register(self.cancel)
        script = f'+if {{"%W" eq "{path}"}} {{{command}}}'  # a window hears the end of all that is in it, too
        widget.tk.call("bind", path, "<Destroy>", script)

    @property
    def waiting(self) -> bool:
        """Whether the call is still to come."""
        return bool(self._timer)

    def ask(self) -> None:
        """Call when it is time, unless that is asked for already. The call itself may ask for the next one."""
        if self._timer:
            return
        if self._after_ms is None:
            self._timer = self._widget.after_idle(self._due)
        else:
            self._timer = self._widget.after(self._after_ms, self._due)

    def cancel(self) -> None:
        """Call no more, until it is asked for again."""
        if self._timer:
            self._widget.after_cancel(self._timer)
            self._timer = ""

    def _due(self) -> None:
        self._timer = ""
        self._call()
