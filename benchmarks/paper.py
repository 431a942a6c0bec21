"""Photos of digits on paper, made of MNIST's pictures: each kind has one of the troubles that real photos have."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from vae_explorer.images import Floats, Pixels

SIDE = 600  # pixels of a photo
PAPER, INK = 0.86, 0.18  # grey levels, 0 to 1
Sheet = Floats  # (SIDE, SIDE): how much ink there is, 0 to 1
Colours = NDArray[np.float32]  # (SIDE, SIDE, 3), each 0 to 1


def photo(digit: Pixels, kind: str, rng: np.random.Generator) -> Image.Image:
    """Make the photo of a digit, (28, 28) uint8, white on black, with the trouble that `kind` names."""
    return KINDS[kind](digit, rng)


def written(
    digit: Pixels, rng: np.random.Generator, share: float = 0.45, turn: float = 0.0, weight: float = 0.5
) -> Sheet:
    """Write a digit with a sharp pen, 28 of its pixels as wide as a share of the sheet, somewhere near its middle.

    turn: degrees. weight: ink is where the digit, enlarged smoothly, is above this, so less makes the pen broader.
    """
    size = round(SIDE * share)
    large = Image.fromarray(digit).resize((size, size), Image.Resampling.BICUBIC)
    place = (np.array([SIDE - size] * 2) / 2 + rng.uniform(-0.1, 0.1, 2) * SIDE).round().astype(int)
    sheet = Image.new("L", (SIDE, SIDE))
    sheet.paste(large, tuple(place.clip(5, SIDE - size - 5)))
    sheet = sheet.rotate(turn, Image.Resampling.BICUBIC)
    return (np.asarray(sheet, np.float32) / 255 - weight).clip(-0.06, 0.06) / 0.12 + 0.5


def coloured(ink: Sheet, light: Floats | float = 1.0, colour: tuple[float, ...] = (INK,) * 3) -> Colours:
    """Lay ink on paper under a light."""
    paper = np.full((*ink.shape, 3), PAPER, np.float32)
    paper += ink[..., None] * (np.array(colour, np.float32) - PAPER)
    return paper * np.broadcast_to(np.asarray(light, np.float32), ink.shape)[..., None]


def taken(colours: Colours, rng: np.random.Generator, noise: float = 0.012, blur: float = 0.8) -> Image.Image:
    """Take the photo: a little out of focus, with the noise of a sensor."""
    sharp = Image.fromarray(np.rint(colours.clip(0, 1) * 255).astype(np.uint8))
    soft = np.asarray(sharp.filter(ImageFilter.GaussianBlur(blur)), np.float32)
    grain = rng.normal(0, 255 * noise, soft.shape)
    return Image.fromarray(np.rint((soft + grain).clip(0, 255)).astype(np.uint8))


def across(rng: np.random.Generator) -> Floats:
    """How far each pixel lies from a line through the middle in a random direction, (SIDE, SIDE), −1 to 1."""
    y, x = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    return ((x * np.cos(angle) + y * np.sin(angle)) / np.sqrt(2)).astype(np.float32)


def _lines(rng: np.random.Generator, gap: float, width: float, slope: float) -> Sheet:
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    phase = (y + slope * x + rng.uniform(0, gap)) % gap
    return (width / 2 + 0.5 - np.abs(phase - gap / 2)).clip(0, 1)


def _shadow(digit, rng):
    edge = rng.choice([0.01, 0.1, 0.4])
    light = 1 - 0.45 * ((across(rng) - rng.uniform(-0.3, 0.3)) / edge + 0.5).clip(0, 1)
    return taken(coloured(written(digit, rng), light), rng)


def _tilt(digit, rng):
    return taken(coloured(written(digit, rng, turn=rng.uniform(-15, 15))), rng)


def _lined(digit, rng):
    lines = _lines(rng, rng.uniform(45, 90), rng.uniform(1.5, 3), rng.uniform(-0.05, 0.05))
    colours = coloured(written(digit, rng)) * (1 - lines[..., None] * np.array([0.4, 0.25, 0.1], np.float32))
    return taken(colours, rng)


def _blur(digit, rng):
    return taken(coloured(written(digit, rng)), rng, blur=rng.uniform(4, 9))


def _blue(digit, rng):
    return taken(coloured(written(digit, rng), colour=(0.12, 0.2, 0.62)), rng)


KINDS: dict[str, Callable[[Pixels, np.random.Generator], Image.Image]] = {
    "shadow": _shadow,
    "tilt": _tilt,
    "lined paper": _lined,
    "blur": _blur,
    "blue ink": _blue,
}
