"""What stands under the pad: brush or eraser, undo, and clear. Knows the pen and the desk."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.views.yours.pen import Pen
from vae_explorer.gui.widgets.tooltip import Tooltip

TOOLS = {
    "Brush": "Draw with the left button of the mouse, or with the keys\nKey: E takes the eraser",
    "Eraser": "Erase with the left button, too; the right one always erases\nKey: E takes the brush again",
}


class Tools:
    """A row: the two tools, of which one is chosen, and two buttons."""

    def __init__(self, parent: tk.Misc, desk: Desk, pen: Pen) -> None:
        self._pen, px = pen, desk.theme.px
        self.widget = ttk.Frame(parent)
        self._erases = tk.BooleanVar(self.widget, pen.erases)
        self.tools = [
            ttk.Radiobutton(self.widget, text=text, variable=self._erases, value=erases, command=self._choose)
            for text, erases in zip(TOOLS, (False, True), strict=True)
        ]
        for k, (tool, tip) in enumerate(zip(self.tools, TOOLS.values(), strict=True)):
            tool.grid(row=0, column=k, padx=(0, px(8)))
            Tooltip(tool, lambda tip=tip: tip, desk.theme)  # type: ignore[misc]
        self.widget.columnconfigure(2, weight=1)
        self._buttons = Buttons(self.widget, desk, [desk.actions[name] for name in ("undo", "clear-pad")], 2)
        self.buttons = self._buttons.buttons
        self._buttons.widget.grid(row=0, column=3)

    def show(self) -> None:
        """Grey out what cannot run now."""
        self._buttons.update()

    def switch(self) -> None:
        """Take the eraser in place of the brush, or the brush again."""
        self._erases.set(not self._erases.get())
        self._choose()

    def _choose(self) -> None:
        self._pen.take(self._erases.get())
