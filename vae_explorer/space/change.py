"""What would make it a 9: the least move of a point until another class is likelier there than all others.

Knows the classes; no decoder, no window. This is the smallest perturbation of Moosavi-Dezfooli et al. (2016, DeepFool),
in latent space and over the classes' own mixtures.
"""

from numpy.typing import ArrayLike

from vae_explorer.space.classes import Classes
from vae_explorer.space.latent import Points
from vae_explorer.storage.checkpoint import ATLAS


def lacks(classes: Classes | None) -> str:
    """Say in a few words what a change of class needs that is not there; "" where it can be asked for."""
    if classes is None:
        return f"it needs {ATLAS}, the encoded digits"
    return "" if len(classes.atlas.classes) > 1 else "all encoded digits are of one class"


def least(classes: Classes, z: ArrayLike, label: int) -> Points:
    """Give the point nearest to z, (D,), at which a class is likelier than each other: (D,), within ±10."""
    raise NotImplementedError
