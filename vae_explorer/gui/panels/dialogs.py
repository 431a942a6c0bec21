"""Questions to the person: what to open, where to save; and what could not be done. Knows Tk only."""

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import filedialog, messagebox

from vae_explorer.storage import formats

POINTS = "*.json *.csv *.npy *.txt *.tsv"
PICTURES = "*.png *.jpg *.jpeg *.jfif *.gif *.bmp *.webp"


def show_error(parent: tk.Misc, title: str, text: str) -> None:
    """Say what could not be done that the person asked for, and why."""
    messagebox.showerror(parent=parent, title=title, message=title, detail=text)


def ask_whether(parent: tk.Misc, title: str, text: str) -> bool:
    """Ask whether something that takes a while is wanted."""
    return bool(messagebox.askokcancel(parent=parent, title=title, message=title, detail=text))


def ask_open(parent: tk.Misc, folder: str) -> Path | None:
    """Ask for weights, a picture or bookmarks; None when the person changed their mind."""
    weights = " ".join(f"*{ending}" for ending in (*formats.WEIGHTS, ".onnx", ".gz"))
    kinds = [("Weights, pictures, bookmarks", f"{weights} {POINTS} {PICTURES} *.svg *.pdf"), ("All files", "*")]
    chosen = filedialog.askopenfilename(
        parent=parent, title="Open weights, picture or bookmarks", initialdir=folder, filetypes=kinds
    )
    return Path(chosen) if chosen else None


def ask_digit(parent: tk.Misc, title: str, folder: str) -> Path | None:
    """Ask for a picture of a digit; None when the person changed their mind."""
    kinds = [("Pictures", PICTURES), ("All files", "*")]
    chosen = filedialog.askopenfilename(parent=parent, title=title, initialdir=folder, filetypes=kinds)
    return Path(chosen) if chosen else None


def ask_bookmarks(parent: tk.Misc, folder: str) -> Path | None:
    """Ask for saved bookmarks to open; None when the person changed their mind."""
    kinds = [("Bookmarks, tables and arrays of points", POINTS), ("All files", "*")]
    chosen = filedialog.askopenfilename(parent=parent, title="Open bookmarks", initialdir=folder, filetypes=kinds)
    return Path(chosen) if chosen else None


def ask_save_bookmarks(parent: tk.Misc, folder: str) -> Path | None:
    """Ask where to save bookmarks; None when the person changed their mind."""
    chosen = filedialog.asksaveasfilename(
        parent=parent, title="Save bookmarks", initialdir=folder, initialfile="bookmarks.json",
        defaultextension=".json", filetypes=[("Bookmarks", "*.json"), ("Table for other programs", "*.csv")],
    )  # fmt: skip
    return Path(chosen) if chosen else None


def ask_save_measurements(parent: tk.Misc, folder: str) -> Path | None:
    """Ask where to save measurements; None when the person changed their mind."""
    chosen = filedialog.asksaveasfilename(
        parent=parent, title="Save measurements", initialdir=folder, initialfile="measurements.csv",
        defaultextension=".csv", filetypes=[("Table", "*.csv")],
    )  # fmt: skip
    return Path(chosen) if chosen else None


def ask_save_page(parent: tk.Misc, folder: str) -> Path | None:
    """Ask where to save a web page; None when the person changed their mind."""
    chosen = filedialog.asksaveasfilename(
        parent=parent, title="Save as a web page", initialdir=folder, initialfile="latent.html",
        defaultextension=".html", filetypes=[("Web page", "*.html *.htm")],
    )  # fmt: skip
    return Path(chosen) if chosen else None


def ask_picture(parent: tk.Misc, path: Path, suffix: str, suffixes: Sequence[str]) -> Path | None:
    """Ask where to save a picture, beginning at a path; None when the person changed their mind. It is the caller that
    warns of a file that is there. suffix: that of the format, one of those that there may be."""
    types = [(each[1:].upper(), f"*{each}") for each in sorted(suffixes, key=lambda each: each != suffix)]
    chosen = filedialog.asksaveasfilename(
        parent=parent, title="Save picture", initialdir=path.parent, initialfile=path.name, filetypes=types,
        defaultextension=suffix, confirmoverwrite=False,
    )  # fmt: skip
    return Path(chosen) if chosen else None


def ask_folder(parent: tk.Misc, folder: str) -> Path | None:
    """Ask for the folder of a model; None when the person changed their mind."""
    chosen = filedialog.askdirectory(parent=parent, title="Open folder of a model", initialdir=folder, mustexist=True)
    return Path(chosen) if chosen else None
