"""The buttons under the ways: play or pause, loop, and save. Knows the desk, and nothing of the path."""

from collections.abc import Callable
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.widgets.tooltip import Tooltip

PLAY, PAUSE = "▶ Play", "❚❚ Pause"
LOOP = "There and back, again and again, until you stop it"
SAVE = "All ways as a picture, or the chosen one as a moving picture"


class Foot:
    """A row of three; `widget` is where it stands."""

    def __init__(
        self, parent: ttk.Frame, desk: Desk, play: Callable[[], None], loop: Callable[[bool], None],
        why_not: Callable[[], str],
    ) -> None:  # fmt: skip
        """loop: called with whether it shall go on for ever; why_not: why nothing can be played now, else nothing."""
        self._why_not = why_not
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(2, weight=1)
        self.play = ttk.Button(self.widget, text=PLAY, width=8, command=play)
        self.loop = ttk.Checkbutton(self.widget, text="Loop", command=lambda: loop(self.loop.instate(["selected"])))
        self.loop.state(["!alternate", "selected" if desk.memory.settings.loop else "!selected"])
        self.save = ttk.Button(self.widget, text="Save path…", command=lambda: desk.run(desk.actions["save-view"]))
        self.play.grid(row=0, column=0)
        self.loop.grid(row=0, column=1, padx=desk.theme.px(12))
        self.save.grid(row=0, column=2, sticky="e")
        Tooltip(self.play, lambda: why_not() or "Move along the chosen way  (Space)", desk.theme)
        Tooltip(self.loop, lambda: LOOP, desk.theme)
        Tooltip(self.save, lambda: SAVE, desk.theme)

    def show(self, playing: bool) -> None:
        """Show whether it plays, and whether it could."""
        self.play.configure(text=PAUSE if playing else PLAY)
        self.play.state(["disabled" if self._why_not() else "!disabled"])
