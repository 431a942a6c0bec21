"""What is under way beside the window, job by job, each with a bar and a Cancel of its own. Knows Tk and jobs."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer import plain
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.shortened import Shortened
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
        px = theme.px
        self.widget = ttk.Frame(parent)
        self.widget.pack(side="left", expand=True, fill="x", padx=(px(16), 0))
        self.widget.columnconfigure(0, weight=1)
        title = Shortened(self.widget, plain.line(job.title, MAX_TITLE), anchor="e")
        self.bar = ttk.Progressbar(self.widget, length=px(BAR), maximum=1.0)
        self.cancel = ttk.Button(self.widget, command=lambda: cancel(job), **CANCEL)  # type: ignore[arg-type]
        for column, each in enumerate((title, self.bar, self.cancel)):
            each.grid(row=0, column=column, sticky="ew", padx=(px(8) if column else 0, 0))
        Tooltip(title, lambda: title.whole if title.cut else "", theme)

    def show(self, progress: float | None) -> None:
        """Show how far the job is, 0 to 1; None: that it goes on."""
        if progress is None:
            self.bar.configure(mode="indeterminate")
            self.bar.step(STEP)
        else:
            self.bar.configure(mode="determinate", value=progress)
