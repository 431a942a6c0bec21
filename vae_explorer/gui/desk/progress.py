"""What is under way beside the window, job by job, each with a bar and a Cancel of its own. Knows Tk and jobs."""

import tkinter as tk
from collections.abc import Callable
from tkinter import font, ttk

from vae_explorer import plain
from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.jobs import Job

BAR = 64  # pixels of the design
MAX_TITLE = 300  # characters; a file's name is in it
STEP = 0.02  # of a bar of which nobody can tell how far it is, each time it is shown
CANCEL = {"text": "Cancel", "style": "Low.TButton"}


class Progress:
    """The jobs beside each other, in the order in which they began, of equal width. `widget` stands in a line that is
    as high as a Cancel, so that nothing moves when a job begins."""

    def __init__(self, parent: tk.Misc, theme: Theme, cancel: Callable[[Job], None]) -> None:
        """cancel: called with a job that the person wants no more."""
        self._theme, self._cancel = theme, cancel
        self._parts: dict[Job, _Part] = {}
        self.widget = ttk.Frame(parent)
        spare = ttk.Button(self.widget, **CANCEL)  # type: ignore[arg-type]
        self.height = spare.winfo_reqheight()
        spare.destroy()

    def show(self, jobs: tuple[Job, ...]) -> None:
        """Show how far these jobs are, and no others."""
        for job in [job for job in self._parts if job not in jobs]:
            self._parts.pop(job).widget.destroy()
        for job in jobs:
            if job not in self._parts:
                self._parts[job] = _Part(self.widget, self._theme, job, self._cancel)
            self._parts[job].show(job.progress)


class _Part:
    """One job: as much of its title as there is room for, right beside its bar."""

    def __init__(self, parent: ttk.Frame, theme: Theme, job: Job, cancel: Callable[[Job], None]) -> None:
        px, self._title = theme.px, plain.line(job.title, MAX_TITLE)
        self._measure = font.nametofont(FONT, parent).measure
        self.widget = ttk.Frame(parent)
        self.widget.pack(side="left", expand=True, fill="x", padx=(px(16), 0))
        self.widget.columnconfigure(0, weight=1)
        self.label = ttk.Label(self.widget, width=1, anchor="e")  # never wider than its place
        self.label.bind("<Configure>", lambda event: self._write(event.width))
        self.bar = ttk.Progressbar(self.widget, length=px(BAR), maximum=1.0)
        self.cancel = ttk.Button(self.widget, command=lambda: cancel(job), **CANCEL)  # type: ignore[arg-type]
        for column, each in enumerate((self.label, self.bar, self.cancel)):
            each.grid(row=0, column=column, sticky="ew", padx=(px(8) if column else 0, 0))
        Tooltip(self.label, lambda: "" if self.label.cget("text") == self._title else self._title, theme)

    def _write(self, width: int) -> None:
        self.label.configure(text=elided(self._title, width, self._measure))

    def show(self, progress: float | None) -> None:
        if progress is None:
            self.bar.configure(mode="indeterminate")
            self.bar.step(STEP)
        else:
            self.bar.configure(mode="determinate", value=progress)
