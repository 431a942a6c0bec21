"""A button with a menu of layers, by which they are switched, and the line in which it stands. Knows the desk."""

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session.layers import LAYERS

LEAST = 220  # pixels of the design, of a line of text
ABOUT = "What is shown here. Space opens the list"
SLICE = (
    "Classes and density are those of the slice through where you are: move off this plane, as by a slider of another "
    "dimension, and they change, while the dots stay. Slanting lines: hardly any encoded digit lies there"
)


class LayersButton:
    """The button; `menu` has an entry for each layer, in the order in which they were given."""

    def __init__(self, parent: tk.Misc, desk: Desk, names: Sequence[str]) -> None:
        """names: of the layers to switch."""
        self._desk, self._on = desk, {name: tk.BooleanVar(parent) for name in names}
        self.widget = ttk.Menubutton(parent, text="Layers")
        self.menu = tk.Menu(self.widget, tearoff=False)
        for name, on in self._on.items():
            why = desk.actions[f"layer-{name}"].why_not(desk.session)
            label = f"{LAYERS[name]} ({why})" if why else LAYERS[name]
            self.menu.add_checkbutton(label=label, variable=on, command=partial(desk.layers.switch, name))
            if why:
                self.menu.entryconfigure("end", state="disabled")
        self.widget.configure(menu=self.menu)
        Tooltip(self.widget, lambda: desk.space.worded(f"{ABOUT}. {SLICE}"), desk.theme)
        desk.layers.listen(self._show)
        self._show()

    def _show(self) -> None:
        for name, on in self._on.items():
            on.set(name in self._desk.layers.shown)


class HintLine:
    """A line below a view: what can be done in it, and beside that the button of its layers, in the second column."""

    def __init__(self, parent: tk.Misc, desk: Desk, text: str, keys: str, names: Sequence[str]) -> None:
        """keys: what the keys do, said on hover. names: of the layers to switch."""
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        hint = Wrapped(self.widget, desk.theme, desk.space.worded(text), LEAST)
        hint.grid(row=0, column=0, sticky="ew", padx=(0, desk.theme.px(4)))
        Tooltip(hint, lambda: desk.space.worded(keys), desk.theme)
        self.layers = LayersButton(self.widget, desk, names)
        self.layers.widget.grid(row=0, column=1, sticky="e")
