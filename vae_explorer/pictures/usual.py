"""What several kinds of picture let one choose, and the bounds of it. Draws nothing."""

from dataclasses import replace

from vae_explorer.pictures.choice import above_0, millimetres, one_of
from vae_explorer.pictures.choosing_dims import dim_names
from vae_explorer.pictures.inks import LIGHT, THEMES
from vae_explorer.pictures.looks import COLOURS, LOOKS
from vae_explorer.pictures.suffixes import STILL

ALL = "all"  # ways, one above the other
MIN_SIDE, MAX_SIDE = 16, 4480  # pixels of the longer side of a digit's picture
MAX_MOVING_SIDE = 1120
MAX_SPAN = 10.0
MIN_MS, MAX_MS = 20, 10_000  # of a frame; browsers slow down what is faster

MIN_MM, MAX_MM = 40.0, 600.0  # of the width of a picture on paper

MAKERS = "vae_explorer.pictures.makers."
SIDE = "pixels of its longer side"
SPAN = above_0("how far it goes, from minus that to that", MAX_SPAN, 3.0)
NAMES = dim_names("what you call dimensions, as in 3=lean,4=wide")
LOOK = one_of("how its pixels look", lambda: LOOKS, "pixels")
COLOUR = one_of("the colours of what is grey", lambda: COLOURS, "gray")
_PAPER = {
    "theme": one_of("its ground: for paper, for a dark slide, or none", lambda: THEMES, LIGHT),
    "mm": millimetres("millimetres across, as 85 for a column; 0: as wide as it comes", MIN_MM, MAX_MM),
}
PAPER = {name: replace(choice, formats=STILL) for name, choice in _PAPER.items()}  # of all with something around them
