"""Input methods, by which one types what is on no key: turned off while the views are made. Knows Tk only.

While they are on, Tk makes an input context for each widget at its first event, and asks the X server two questions for
each: half of all that a start would ask. Keys need them on: without, Tk does not know a keypad's digits.
"""

import tkinter as tk


def pause(root: tk.Tk) -> None:
    """Turn them off: many widgets will be made."""
    root.tk.call("tk", "useinputmethods", False)


def resume(root: tk.Tk) -> str:
    """Turn them on as soon as all that the server tells of the widgets made so far has been heard; a timer's name."""
    root.update_idletasks()  # they have their places
    root.winfo_pointerxy()  # the server has answered, so what it told of them before lies in the queue now
    return root.after_idle(root.tk.call, "tk", "useinputmethods", True)
