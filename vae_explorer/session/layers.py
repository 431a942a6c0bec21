"""What a map can show, layer by layer: the names that settings have for the layers, each with its label.

Imports nothing, for the window reads its settings before it imports NumPy.
"""

LAYERS = {
    "points": "Encoded digits",
    "density": "Density: how much of the data lies there",
    "classes": "Classes: what it most likely is there",
    "bookmarks": "Bookmarks",
    "ways": "Ways of the path: — straight, – – arc, ··· geodesic",
    "posterior": "Posterior q(z|x) of this picture: mean, 1 and 2 sigma",
}
FIELDS = ("density", "classes")  # what is computed of a whole plane
AT_FIRST = ("points", "bookmarks", "ways", "posterior")
