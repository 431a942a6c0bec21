"""What opens over the window when an action asks for it. Each is imported then."""

import tkinter as tk
from collections.abc import Callable

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.panels import panel


class Panels:
    """The panels of one window."""

    def __init__(self, root: tk.Tk, desk: Callable[[], Desk], redraw: Callable[[], None]) -> None:
        """desk: gives the desk of the views there are now. redraw: called when a panel has changed what they show."""
        self._root, self._desk, self._redraw = root, desk, redraw

    def show_palette(self) -> None:
        """Open the list of all commands, to be found by typing."""
        from vae_explorer.gui.panels.palette import Palette

        if not panel.opened(self._root, "palette"):
            desk = self._desk()
            actions = tuple(desk.actions.values())
            Palette(self._root, desk.theme, actions, lambda each: each.why_not(desk.session), desk.run)

    def show_draws(self) -> None:
        """Ask where Random draws from."""
        from vae_explorer.gui.panels.draws import Draws

        if not panel.opened(self._root, "draws"):
            Draws(self._root, self._desk(), self._redraw)

    def show_measurements(self) -> None:
        """Show the table of measurements."""
        from vae_explorer.gui.panels.measurements import Measurements

        if not panel.opened(self._root, "measurements"):
            desk = self._desk()
            Measurements(self._root, desk, lambda: desk.run(desk.actions["save-measurements"]))

    def show_keys(self) -> None:
        """Open the list of all keys."""
        from vae_explorer.gui.panels import keys

        desk = self._desk()
        keys.show(self._root, desk.theme, tuple(desk.actions.values()), desk.space.worded)

    def show_about(self) -> None:
        """Tell about the program and the model that is open."""
        from vae_explorer.gui.panels import about

        desk = self._desk()
        about.show(self._root, desk.theme, desk.space.codec.source, desk.space.latent_dim)

    def close(self) -> list[Callable[[], None]]:
        """Close those that are in the colours, or on the model, that will be replaced; give what opens them anew."""
        panels = {
            "keys": self.show_keys,
            "about": self.show_about,
            "draws": self.show_draws,
            "measurements": self.show_measurements,
        }
        opened = [name for name in panels if panel.opened(self._root, name)]
        for name in opened:
            self._root.nametowidget(name).close()
        return [panels[name] for name in opened]
