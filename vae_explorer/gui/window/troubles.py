"""What goes wrong in a callback or a script of the window: it is logged, said in the status line, and ends nothing."""

import logging
import tkinter as tk
from typing import Protocol

from vae_explorer.errors import Failure, explain

log = logging.getLogger(__name__)


class Window(Protocol):
    """What is asked of the window."""

    closed: bool

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""

    def close(self) -> None:
        """End the program."""


def hear(root: tk.Tk, window: Window) -> None:
    """Hear from now on of what goes wrong. Ctrl-C, which comes amid a callback, closes the window."""

    def _in_callback(kind: type[BaseException], error: BaseException, trace: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        if window.closed and issubclass(kind, tk.TclError):
            return  # of a dialog of Tk's that was open
        if isinstance(error, Failure):  # as of a decoder that is somebody's own
            window.say(explain(error))
            return
        log.error("a callback of the window failed", exc_info=(kind, error, trace))  # type: ignore[arg-type]
        window.say(f"Something went wrong: {error}")

    def _in_script(text: str) -> None:
        """Log what failed in a script of Tk's, which would open a dialog for it."""
        if not window.closed:  # else what it was about is gone
            log.error("a script of Tk's failed: %s", text)
            window.say(f"Something went wrong: {text}")

    root.report_callback_exception = _in_callback
    root.createcommand("bgerror", _in_script)
