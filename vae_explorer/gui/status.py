"""The line at the bottom: what is open, what was said, how long things took, what works in the background."""

import time
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer.gui.theme import Theme
from vae_explorer.jobs import Job

TIMES_EVERY_S = 0.25  # figures that change faster cannot be read


class Status:
    """A row of: the model; a sentence, or a job with its progress and Cancel; the last times in milliseconds."""

    def __init__(self, parent: tk.Misc, theme: Theme, about: str, cancel: Callable[[], None]) -> None:
        self.widget = ttk.Frame(parent, padding=(theme.px(16), theme.px(4), theme.px(16), theme.px(8)))
        self.widget.columnconfigure(1, weight=1)
        self.message, self.times = tk.StringVar(parent), tk.StringVar(parent)
        self._said = self._hint = ""
        self._timed = 0.0
        ttk.Label(self.widget, text=about, style="Muted.TLabel").grid(row=0, column=0, sticky="w")
        ttk.Label(self.widget, textvariable=self.message, anchor="e").grid(
            row=0, column=1, sticky="ew", padx=theme.px(16)
        )
        times = ttk.Label(self.widget, textvariable=self.times, style="Muted.TLabel", width=32, anchor="e")
        times.grid(row=0, column=3, sticky="e")
        self._job = ttk.Frame(self.widget)
        self._bar = ttk.Progressbar(self._job, length=theme.px(120), maximum=1.0)
        self._bar.grid(row=0, column=0, padx=theme.px(8))
        ttk.Button(self._job, text="Cancel", command=cancel).grid(row=0, column=1)

    def say(self, text: str) -> None:
        """Put a sentence there, which stays until something moves."""
        self._said = text
        self.hint("")

    def hint(self, text: str) -> None:
        """Say for a while what is under the pointer; an empty text brings back what was said before."""
        self._hint = text
        self.message.set(text or self._said)

    def moved(self) -> None:
        """Something moved: what was said of another state is over."""
        if self._said:
            self._said = ""
            self.hint(self._hint)

    def show_times(self, decode_s: float, frame_s: float) -> None:
        """Show how long the last decode and the last frame took, as often as that can be read."""
        now = time.monotonic()
        if now - self._timed >= TIMES_EVERY_S:
            self._timed = now
            self.times.set(f"decode {decode_s * 1e3:.2f} ms · frame {frame_s * 1e3:.1f} ms")

    def show_job(self, job: Job | None) -> None:
        """Show a job's title, progress and Cancel; nothing when there is none."""
        if job is None:
            self._job.grid_remove()
            self.hint(self._hint)
            return
        self.message.set(job.title)
        self._job.grid(row=0, column=2)
        if job.progress is None:
            self._bar.configure(mode="indeterminate")
            self._bar.step(0.02)
        else:
            self._bar.configure(mode="determinate", value=job.progress)
