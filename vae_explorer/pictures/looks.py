"""How a digit can be shown: the names that recipes and settings have for it, each with its label in a menu.

Imports nothing, for the window reads its settings before it imports NumPy.
"""

LOOKS = {"pixels": "Digit as pixels", "smooth": "Digit smooth"}
COLOURS = {  # matplotlib's names of colormaps
    "gray": "White on black",
    "gray_r": "Black on white",
    "viridis": "Colours: viridis",
    "magma": "Colours: magma",
    "cividis": "Colours: cividis",
}
