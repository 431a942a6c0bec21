"""Questions to the person: what to open; and what could not be done. Knows Tk only."""

import tkinter as tk
from pathlib import Path
from tkinter import filedialog, messagebox


def show_error(parent: tk.Misc, title: str, text: str) -> None:
    """Say what could not be done that the person asked for, and why."""
    messagebox.showerror(parent=parent, title=title, message=title, detail=text)


def ask_open(parent: tk.Misc, folder: str) -> Path | None:
    """Ask for weights or a saved picture; None when the person changed their mind."""
    kinds = [("Weights and pictures", "*.pt *.pth *.png"), ("All files", "*")]
    chosen = filedialog.askopenfilename(
        parent=parent, title="Open weights or picture", initialdir=folder, filetypes=kinds
    )
    return Path(chosen) if chosen else None


def ask_folder(parent: tk.Misc, folder: str) -> Path | None:
    """Ask for the folder of a model; None when the person changed their mind."""
    chosen = filedialog.askdirectory(parent=parent, title="Open folder of a model", initialdir=folder, mustexist=True)
    return Path(chosen) if chosen else None
