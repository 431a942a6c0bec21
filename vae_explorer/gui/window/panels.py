"""What opens over the window when an action asks for it. Each is imported then."""

import tkinter as tk
from collections.abc import Callable

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.panels import panel
from vae_explorer.gui.window.workspace import Workspace


class Over:
    """The panels of one main window, which has root, desk and workspace."""

    root: tk.Tk
    desk: Desk
    workspace: Workspace

    def show_palette(self) -> None:
        """Open the list of all commands, to be found by typing."""
        from vae_explorer.gui.panels.palette import Palette

        if not panel.opened(self.root, "palette"):
            desk = self.desk
            actions = tuple(desk.actions.values())
            Palette(self.root, desk.theme, actions, lambda each: each.why_not(desk.session), desk.run)

    def show_draws(self) -> None:
        """Ask where Random draws from."""
        from vae_explorer.gui.panels.draws import Draws

        if not panel.opened(self.root, "draws"):
            Draws(self.root, self.desk, self.workspace.redraw)

    def show_keys(self) -> None:
        """Open the list of all keys."""
        from vae_explorer.gui.panels import keys

        keys.show(self.root, self.desk.theme, tuple(self.desk.actions.values()))

    def show_about(self) -> None:
        """Tell about the program and the model that is open."""
        from vae_explorer.gui.panels import about

        about.show(self.root, self.desk.theme, self.desk.space.codec.source)

    def close_panels(self) -> list[Callable[[], None]]:
        """Close those that are in the colours, or on the model, that will be replaced; give what opens them anew."""
        panels = {"keys": self.show_keys, "about": self.show_about, "draws": self.show_draws}
        opened = [name for name in panels if panel.opened(self.root, name)]
        for name in opened:
            self.root.nametowidget(name).close()
        return [panels[name] for name in opened]
