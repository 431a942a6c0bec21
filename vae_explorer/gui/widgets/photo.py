"""A picture as Tk itself has it, changed in place: for what is small or changes as a whole. Knows pixels only."""

import tkinter as tk

from vae_explorer.images import Pixels


class Photo:
    """One picture on the screen; `image` is what a label or an item of a canvas takes."""

    def __init__(self, master: tk.Misc) -> None:
        self.image = tk.PhotoImage(master=master)

    def show(self, pixels: Pixels) -> None:
        """Show colours (h, w, 3) or grey levels (h, w). As PPM, which Tk reads fastest: no compression, no text."""
        height, width = pixels.shape[:2]
        kind = 5 if pixels.ndim == 2 else 6
        self.image.configure(data=f"P{kind} {width} {height} 255\n".encode() + pixels.tobytes(), format="ppm")
