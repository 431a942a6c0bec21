"""Input methods, by which one types what is on no key: turned off while the views are made. Knows Tk only.

While they are on, Tk makes an input context for each widget at its first event, and asks the X server two questions for
each: half of all that a start would ask. Keys need them on: without, Tk does not know a keypad's digits.
"""

import tkinter as tk


def pause(root: tk.Tk) -> None:
    """Turn them off: many widgets will be made."""
    root.tk.call("tk", "useinputmethods", False)


def hear(root: tk.Tk) -> None:
    """Let all that the server tells of the widgets made so far lie in the queue."""
    root.update_idletasks()  # they have their places
    root.winfo_pointerxy()  # which the server answers after that


def resume(root: tk.Tk) -> None:
    """Turn them on; to be called when what was told of the widgets has been heard, as soon as Tk is idle."""
    root.tk.call("tk", "useinputmethods", True)
