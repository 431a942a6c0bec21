"""A window over another one, closed by Esc: the ground of all dialogs. Knows Tk only."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme


class Panel(tk.Toplevel):
    """A window over another one. Esc closes it, and the focus goes back to where it was."""

    def __init__(self, root: tk.Misc, theme: Theme, name: str, title: str, modal: bool = False) -> None:
        """name: in Tk, by which `opened` finds it. modal: nothing else takes clicks and keys meanwhile."""
        self._before = str(root.tk.call("focus"))
        self._watched: list[tuple[tk.StringVar, str]] = []
        colours, line = theme.colours, max(1, theme.px(1))
        super().__init__(root, name=name, background=colours.surface, highlightthickness=line)
        self.configure(highlightbackground=colours.border, highlightcolor=colours.border)
        self._under, self.theme, self.modal = root, theme, modal
        self.withdraw()
        self.title(title)
        self.transient(root.winfo_toplevel())
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.body = ttk.Frame(self, padding=theme.px(16))
        self.body.grid(sticky="nsew")
        self.body.columnconfigure(0, weight=1)
        self.bind("<Escape>", lambda _event: self.close())
        self.protocol("WM_DELETE_WINDOW", self.close)
        if modal:
            self.bind("<Map>", lambda event: self.grab_set() if event.widget is self else None)

    def open(self, first: tk.Misc) -> None:
        """Show it in the middle of the window and no larger than that; first takes the focus."""
        self.update_idletasks()
        root = self._under.winfo_toplevel()
        wanted = self.winfo_reqwidth(), self.winfo_reqheight()
        width, height = min(wanted[0], root.winfo_width()), min(wanted[1], root.winfo_height())
        left = root.winfo_rootx() + (root.winfo_width() - width) // 2
        top = root.winfo_rooty() + (root.winfo_height() - height) // 3
        size = "" if (width, height) == wanted else f"{width}x{height}"
        self.geometry(f"{size}+{max(left, 0)}+{max(top, 0)}")
        self.deiconify()
        self.lift()
        first.focus_set()
        command = first.bind("<Visibility>", lambda _event: seen())

        def seen() -> None:
            """Take the focus again: a key that came before this was on the screen may have moved it elsewhere."""
            first.unbind("<Visibility>", command)
            first.focus_set()

    def watch(self, text: tk.StringVar, changed: Callable[[], None]) -> None:
        """Call changed whenever a text is written, as long as the panel is there."""
        self._watched.append((text, text.trace_add("write", lambda *_: changed())))

    def destroy(self) -> None:
        """Go away, and with it its texts: of those that are watched Tk would keep the panel, and the others would wait
        for the garbage, which may be collected in a thread that must not talk to Tk."""
        for text, name in self._watched:
            text.trace_remove("write", name)
        del self._watched[:]
        super().destroy()
        for name in [name for name, value in vars(self).items() if isinstance(value, tk.Variable)]:
            delattr(self, name)

    def close(self) -> None:
        """Give the focus back and go away."""
        before = self._before or "."
        exists = self.tk.getboolean(self.tk.call("winfo", "exists", before))
        if not exists or str(self.tk.call("winfo", "class", before)) == "Menu":
            before = str(self._under)
        self.grab_release()
        self.tk.call("focus", before)
        self.destroy()


def waits(root: tk.Misc) -> bool:
    """Whether something modal is open, or opens: until it is on the screen the keys still go to the window under it."""
    return any(isinstance(each, Panel) and each.modal for each in root.winfo_children())


def opened(root: tk.Misc, name: str) -> bool:
    """Whether the panel of that name is open; it comes to the front and takes the keys."""
    path = f"{str(root).rstrip('.')}.{name}"
    if not root.tk.getboolean(root.tk.call("winfo", "exists", path)):
        return False
    root.tk.call("raise", path)
    root.tk.call("focus", root.tk.call("focus", "-lastfor", path))
    return True
