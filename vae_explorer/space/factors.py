"""Factors: what a person would say of a digit, in a person's units. Knows pictures only.

They are those of Morpho-MNIST (Castro et al. 2019), made so that they change smoothly with the pixels, which a solver
needs: extents are quantiles of the ink and not the rim of what lies over a threshold, and thickness comes from area and
outline and not from a skeleton.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.datasets import components
from vae_explorer.space.latent import Values

OUTSIDE = 0.02  # of the ink, on each side, that an extent leaves out, so that a faint rim does not move it
GROUND = 0.05  # of full ink, which counts as none: a decoder's ground is never quite black
FAINT = 1e-3  # px of ink, of which and less a picture is blank
LEAST_SIDE = 8  # px, of a picture in which these can be measured
HALF = 0.5  # of full ink, from which on a pixel belongs to the digit, where holes are counted


@dataclass(frozen=True)
class Factor:
    """A factor: its title and unit on the screen; how many decimals a value is shown with; what a key's step is; and
    a sentence on it without its full stop."""

    title: str
    unit: str
    decimals: int
    step: float
    description: str


FACTORS = {
    "slant": Factor("Slant", "°", 1, 1.0, "How far it leans: to the right above 0, to the left below"),
    "width": Factor("Width", "px", 1, 0.2, "From its left to its right edge, once it is set upright"),
    "height": Factor("Height", "px", 1, 0.2, "From its upper to its lower edge"),
    "thickness": Factor("Thickness", "px", 2, 0.05, "How thick its lines are, on average"),
    "mass": Factor("Mass", "px", 0, 2.0, "How much ink it has: as many white pixels have as much"),
}

# What is held until a person lets it go. The mass is not: it follows from the other four.
HELD = frozenset(FACTORS) - {"mass"}


def measure(x: ArrayLike) -> Values:
    """Measure pictures x, (B, 1, H, W) in [-1, 1], white on black: (B, 5), in the order of FACTORS.

    Slant in degrees is arctan(−u11/u02) of the central moments; width and height in pixels hold all but a fiftieth of
    the ink on each side, the width after the slant has been taken out by a shear; thickness in pixels is twice the mass
    by the total variation, as long lines have; mass in white pixels. A blank picture has five zeros.
    """
    ink = _ink(x)
    mass = ink.sum((1, 2))
    some = mass > FAINT
    measured = np.zeros((len(ink), len(FACTORS)))
    if some.any():
        measured[some] = _measured(ink[some], mass[some])
    return measured


def lacks(shape: tuple[int, int, int]) -> str:
    """Say in a few words why pictures of a shape, (C, H, W), have no factors; "" where they have."""
    channels, h, w = shape
    if channels > 1:
        return "its pictures are in colour"
    return f"its pictures are {w} × {h} pixels" if min(h, w) < LEAST_SIDE else ""


def written(name: str, value: float, signed: bool = False) -> str:
    """Write the value of a factor with its unit: "4.2°", "11.3 px"; signed, for a change: "+4.2°"."""
    factor = FACTORS[name]
    sign = "+" if signed else ""
    number = f"{value:{sign}z.{factor.decimals}f}".replace("-", "−")
    return f"{number}{'' if factor.unit == '°' else ' '}{factor.unit}"


def holes(x: ArrayLike) -> NDArray[np.int64]:
    """Count the holes of digits x, (B, 1, H, W) in [-1, 1]: (B,). For measuring only, as it jumps.

    A hole is a part of the ground, at twice the size, which the rim of the picture does not reach.
    """
    return np.array([_holes(each) for each in _ink(x)], np.int64)


def length(x: ArrayLike) -> Values:
    """How long the lines of digits x, (B, 1, H, W) in [-1, 1], are in pixels: (B,). Mass by thickness."""
    measured = measure(x)
    thickness, mass = (measured[:, list(FACTORS).index(name)] for name in ("thickness", "mass"))
    return np.divide(mass, thickness, out=np.zeros_like(mass), where=thickness > 0)


def _ink(x: ArrayLike) -> Values:
    """(B, 1, H, W) in [-1, 1] → (B, H, W), from 0 at the ground to 1, white."""
    ink = (np.asarray(x, float)[:, 0] + 1) / 2
    return np.maximum(ink - GROUND, 0) / (1 - GROUND)


def _measured(ink: Values, mass: Values) -> Values:
    """Measure pictures, (B, H, W), that are not blank."""
    down, across = map(np.arange, ink.shape[1:])
    rows, columns = ink.sum(2), ink.sum(1)
    middle_y, middle_x = rows @ down / mass, columns @ across / mass
    dy = down - middle_y[:, None]  # (B, H)
    u02 = (rows * dy**2).sum(1)
    u11 = ((ink @ across - middle_x[:, None] * rows) * dy).sum(1)
    lean = -np.divide(u11, u02, out=np.zeros_like(u11), where=u02 > FAINT)
    upright = across + lean[:, None, None] * dy[:, :, None]  # (B, H, W): where each pixel's column is then
    width, height = _extent(_columns(ink, upright)), _extent(rows)
    variation = _variation(ink)
    thickness = 2 * np.divide(mass, variation, out=np.zeros_like(mass), where=variation > FAINT)
    return np.stack([np.degrees(np.arctan(lean)), width, height, thickness, mass], 1)


def _columns(ink: Values, places: Values) -> Values:
    """How much ink, (B, H, W), lies in each column, (B, N), where the middle of each pixel is moved to a place of its
    own, (B, H, W): a pixel between two columns is shared by them."""
    low = np.floor(places).astype(np.intp)
    share, low = places - low, low - low.min()
    n = int(low.max()) + 2
    at = (low + n * np.arange(len(ink))[:, None, None]).ravel()
    left, right = (ink * (1 - share)).ravel(), (ink * share).ravel()
    size = n * len(ink)
    columns = np.bincount(at, left, size) + np.bincount(at + 1, right, size)
    return np.asarray(columns, float).reshape(len(ink), n)


def _extent(lines: Values) -> Values:
    """The length that holds all but OUTSIDE of the ink on each side, where each line, (B, N), has so much: (B,)."""
    sums = np.concatenate([np.zeros((len(lines), 1)), lines.cumsum(1)], 1)
    low, high = (_quantile(sums, share) for share in (OUTSIDE, 1 - OUTSIDE))
    return high - low


def _quantile(sums: Values, share: float) -> Values:
    """Where a share of the ink lies before, in lines from an edge, from sums, (B, N + 1), up to each edge: (B,)."""
    goal, rows = share * sums[:, -1], np.arange(len(sums))
    k = (sums[:, 1:-1] < goal[:, None]).sum(1)  # the line in which it is reached
    inside = sums[rows, k + 1] - sums[rows, k]
    place: Values = k + np.divide(goal - sums[rows, k], inside, out=np.zeros(len(k)), where=inside > 0)
    return place


def _variation(ink: Values) -> Values:
    """The total variation of pictures, (B, H, W): how long the outline is, in pixels: (B,)."""
    padded = np.zeros((len(ink), ink.shape[1] + 2, ink.shape[2] + 2))
    padded[:, 1:-1, 1:-1] = ink
    down, across = padded[:, 1:, :-1] - padded[:, :-1, :-1], padded[:, :-1, 1:] - padded[:, :-1, :-1]
    variation: Values = np.sqrt(down**2 + across**2).sum((1, 2))
    return variation


def _holes(ink: Values) -> int:
    """Count the holes of one digit, (H, W)."""
    finer = np.kron(ink, np.ones((2, 2)))
    ground = np.pad(finer < HALF, 1, constant_values=True)
    return components.labelled(ground)[1] - 1
