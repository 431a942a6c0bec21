"""Questions to the person: where to save, and what could not be done. Knows Tk only."""

import tkinter as tk
from pathlib import Path
from tkinter import filedialog, messagebox


def ask_save(parent: tk.Misc, title: str, name: str) -> Path | None:
    """Ask where to save; None when the person changed their mind."""
    suffix = Path(name).suffix
    chosen = filedialog.asksaveasfilename(
        parent=parent,
        title=title,
        initialfile=name,
        defaultextension=suffix,
        filetypes=[(suffix[1:].upper(), f"*{suffix}")],
    )
    return Path(chosen) if chosen else None


def show_error(parent: tk.Misc, title: str, text: str) -> None:
    """Say what could not be done that the person asked for, and why."""
    messagebox.showerror(parent=parent, title=title, message=title, detail=text)
