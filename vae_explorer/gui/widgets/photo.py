"""A picture as Tk itself has it, changed in place: for what is small or changes as a whole. Knows pixels only."""

import tkinter as tk

from vae_explorer.images import Pixels


class Photo:
    """One picture on the screen; `image` is what a label or an item of a canvas takes."""

    def __init__(self, master: tk.Misc) -> None:
        self.image = tk.PhotoImage(master=master)

    def show(self, pixels: Pixels) -> None:
        """Show colours (h, w, 3) or grey levels (h, w) in place of what was there."""
        self.image.configure(data=_ppm(pixels), format="ppm")

    def put(self, pixels: Pixels, left: int, top: int) -> None:
        """Show colours or grey levels in a part of the picture; only that part is drawn again."""
        self.image.tk.call(str(self.image), "put", _ppm(pixels), "-format", "ppm", "-to", left, top)


def _ppm(pixels: Pixels) -> bytes:
    """Write a picture as Tk reads it fastest: no compression, no text."""
    height, width = pixels.shape[:2]
    kind = 5 if pixels.ndim == 2 else 6
    return f"P{kind} {width} {height} 255\n".encode() + pixels.tobytes()
