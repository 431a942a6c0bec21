"""The line at the bottom: what is open, what was said, how long things took, what works in the background."""

import time
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer import plain
from vae_explorer.gui.desk.progress import Progress
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.shortened import Shortened
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.jobs import Job

TIMES_EVERY_S = 0.25  # figures that change faster cannot be read
MAX_MESSAGE = 1000  # characters; a file's name or a stranger's words may be in it
READ_S = 4.0  # that a sentence is left to be read, also where what it tells of is a movement
LOSS = (
    "The test loss is what an image that the model never saw costs on average: the error of its picture, and the "
    "information in its z. A nat is 1.44 bits; less is better"
)
TIMES = "How long it took to compute the last picture, and to compute and draw it"


class Status:
    """A row of: the model, or in its place what was `said`; what is under way, or in its place the last times in ms."""

    def __init__(self, parent: tk.Misc, theme: Theme, about: str, cancel: Callable[[Job], None]) -> None:
        """cancel: called with a job that the person wants no more."""
        self.widget = ttk.Frame(parent, padding=(theme.px(16), theme.px(2), theme.px(16), theme.px(6)))
        self.widget.columnconfigure(0, weight=1)
        self.message, self.times = tk.StringVar(parent), tk.StringVar(parent)
        self._about = plain.line(about)
        self.said = self._hint = ""
        self._timed = self._said_at = 0.0
        self._line = Shortened(self.widget)
        self._line.grid(row=0, column=0, sticky="ew", padx=(0, theme.px(16)))
        Tooltip(self._line, self._explain, theme)
        self._write("")
        self._times = ttk.Label(self.widget, textvariable=self.times, style="Muted.TLabel", width=32, anchor="e")
        self._times.grid(row=0, column=1, sticky="e")
        Tooltip(self._times, lambda: TIMES, theme)
        self._progress = Progress(self.widget, theme, cancel)
        self.widget.rowconfigure(0, minsize=self._progress.height)

    def _write(self, message: str) -> None:
        """Show a message, else what is open."""
        self.message.set(plain.line(message, MAX_MESSAGE))
        said = self.message.get()
        self._line.configure(style="TLabel" if said else "Muted.TLabel")
        self._line.write(said or self._about)

    def _explain(self) -> str:
        whole = self._line.whole
        if self._line.cut:
            return whole
        return LOSS if whole == self._about and "test loss" in whole else ""

    def say(self, text: str) -> None:
        """Put a sentence there, which stays until it can have been read and something moves."""
        self.said, self._said_at = text, time.monotonic()
        self.hint("")

    def hint(self, text: str) -> None:
        """Say for a while what is under the pointer; an empty text brings back what was said before."""
        self._hint = text
        self._write(text or self.said)

    def moved(self) -> None:
        """Something moved: what was said of another state is over."""
        if self.said and time.monotonic() - self._said_at >= READ_S:
            self.said = ""
            self.hint(self._hint)

    def show_times(self, decode_s: float, frame_s: float) -> None:
        """Show how long the last decode and the last frame took, as often as that can be read."""
        now = time.monotonic()
        if now - self._timed >= TIMES_EVERY_S:
            self._timed = now
            self.times.set(f"decode {decode_s * 1e3:.2f} ms · frame {frame_s * 1e3:.1f} ms")

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Show the titles and the progress of jobs, each with its Cancel; the times again when there are none."""
        self._progress.show(jobs)
        self.widget.columnconfigure(1, weight=len(jobs))
        if jobs:
            self._times.grid_remove()
            self._progress.widget.grid(row=0, column=1, sticky="ew")
        else:
            self._progress.widget.grid_remove()
            self._times.grid()
