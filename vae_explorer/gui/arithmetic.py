"""Placeholder."""

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from vae_explorer.gui.theme import Theme
from vae_explorer.state import State

if TYPE_CHECKING:
    from vae_explorer.gui.app import App


class ArithmeticView:
    """Placeholder."""

    def __init__(self, parent: tk.Misc, app: "App", theme: Theme) -> None:
        self._app, self._theme = app, theme
        self.widget = ttk.Frame(parent)

    def show(self, state: State) -> None:
        """Placeholder."""

    def destroy(self) -> None:
        """Leave nothing waiting."""
