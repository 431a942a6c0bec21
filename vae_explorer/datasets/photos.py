"""Any picture that a person has, a photo or a drawing, read safely as one small photo. Knows no model.

Its size is checked before anything of it is decoded, and no arithmetic is done at its full size. What Pillow cannot
read, for whatever reason, is told in a sentence.
"""

import contextlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from vae_explorer import files, plain
from vae_explorer.datasets.colours import grey
from vae_explorer.errors import Failure
from vae_explorer.images import Floats, Pixels

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
SUFFIXES = (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".webp")  # of their files, by which a folder is searched
MAX_BYTES = 20_000_000
MAX_PIXELS = 25_000_000
STRIP = 1 << 20  # pixels that are converted at a time
LONGEST = 1000  # pixels of the longer side that are kept: fifty for each of those that a digit is fitted into

JPEG = b"\xff\xd8"  # so it begins
SLOW = b"\xff\xda", b"Exif\0\0"  # so do its scans, each decoded over all pixels, and notes, which are joined one by one
MOST = 100  # of either; of those that are met with, a progressive one has about ten scans and one note

ALIKE = 0.25  # levels of one ink differ by less than this
WHAT_NEXT = "Choose a PNG, JPEG, GIF, BMP or WEBP"


Levels = TypeVar("Levels", Floats, Pixels)


class PhotoError(Failure):
    """A picture that cannot be used; the text names it, says why, and what to choose instead."""


@dataclass(frozen=True, eq=False)
class Photo:
    """A picture in grey: levels (H, W), float32 from 0 for black to 1 for white, its sides 1 to 1000 pixels long.

    It stands upright, and where it was transparent lies a ground that its ink stands out from. colours: (H, W, 3), of
    one that is in colour.
    """

    levels: Floats
    colours: Pixels | None = None

    @property
    def pixels(self) -> Pixels:
        """The photo as it is: with its colours, (H, W, 3), or in grey, (H, W)."""
        return _bytes(self.levels) if self.colours is None else self.colours


def opened(path: Path) -> Photo:
    """Read a picture's file, whatever its name ends in. Raises PhotoError, and OSError where no file can be read."""
    with files.opened(path) as file:
        return from_bytes(file.read(MAX_BYTES + 1), plain.line(path.name))


def from_bytes(data: bytes, name: str = "This picture") -> Photo:
    """Read a picture from what its file holds; name is what its errors call it. Raises PhotoError."""
    if not data:
        raise PhotoError(f"{name} is empty, without a byte in it. {WHAT_NEXT}.")
    if len(data) > MAX_BYTES:
        raise PhotoError(f"{name} has more than {MAX_BYTES // 10**6} MB. {WHAT_NEXT} that is smaller.")
    if data.startswith(JPEG) and any(data.count(part) > MOST for part in SLOW):
        raise PhotoError(f"{name} is a JPEG in more than {MOST} parts, which would take long. {WHAT_NEXT}.")
    with _told(name), Image.open(io.BytesIO(data), formats=FORMATS) as image:
        return from_image(image, name)


def from_image(image: Image.Image, name: str = "This picture") -> Photo:
    """Make a photo of a picture that Pillow has opened, its first frame where there are several.

    Nothing of it need be decoded yet. Raises PhotoError for one that is too large or damaged.
    """
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large(name, f" ({width} × {height} pixels)")
    if not width * height:
        raise PhotoError(f"{name} has no pixels. {WHAT_NEXT}.")
    with _told(name):
        (levels, colours), orientation = _read(image), _orientation(image)
        return Photo(_upright(levels, orientation), None if colours is None else _upright(colours, orientation))


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn whatever Pillow raises of a file into a PhotoError, and let it warn of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damage that can be read over, and of sizes that are checked here
        try:
            yield
        except PhotoError:
            raise
        except UnidentifiedImageError:
            raise PhotoError(f"{name} cannot be read as a picture. {WHAT_NEXT}.") from None
        except Image.DecompressionBombError:
            raise _too_large(name) from None
        except Exception as error:  # a damaged file makes Pillow raise nearly anything
            raise PhotoError(f"{name} is damaged or cut short: {_why(error)}. {WHAT_NEXT} that is whole.") from error


def _read(image: Image.Image) -> tuple[Floats, Pixels | None]:
    """Decode a picture into small grey levels (H, W) in [0, 1], and colours (H, W, 3) if it has any, not turned yet."""
    image.draft("RGB", (LONGEST, LONGEST))  # a JPEG is decoded at an eighth, a quarter or a half; others pay no heed
    if image.mode.startswith("I"):  # 16 bits; Pillow would clip them to 8
        return _unit(_small(image, "I"), 65535), None
    if image.has_transparency_data:
        rgba = _unit(_small(image, "RGBA"))
        rgb, alpha = rgba[..., :3], rgba[..., 3]
        levels = grey(rgb, alpha > 0.5)
        ground = _ground(levels, alpha)
        return _laid(levels, alpha, ground), _bytes(_laid(rgb, alpha[..., None], ground))
    if image.mode == "L":
        return _unit(_small(image, "L")), None
    small = _small(image, "RGB")
    return grey(_unit(small)), np.array(small)


def _unit(image: Image.Image, white: int = 255) -> Floats:
    levels: Floats = np.asarray(image, np.float32) / np.float32(white)
    return levels.clip(0, 1)


def _small(image: Image.Image, mode: str) -> Image.Image:
    """A copy in one of Pillow's modes whose longer side is at most 1000 pixels.

    Means of blocks are taken strip by strip, since a second picture of the full size would double the memory.
    """
    w, h = image.size
    factor = max(1, max(w, h) // LONGEST)
    across, down = min(factor, w), min(factor, h)
    small = Image.new(mode, (-(-w // across), -(-h // down)))
    strip = down * max(1, STRIP // (w * down))  # rows
    for top in range(0, h, strip):
        part = image.crop((0, top, w, min(top + strip, h))).convert(mode)
        small.paste(part.reduce((across, down)), (0, top // down))
    scale = min(1.0, LONGEST / max(small.size))
    width, height = (max(1, round(side * scale)) for side in small.size)
    return small.resize((width, height), Image.Resampling.BOX)


def _ground(levels: Floats, alpha: Floats) -> float:
    """The level from which the ink of a transparent picture stands out: grey levels and opacity (H, W) in [0, 1].

    Ink of one level on nothing is laid on black or white, whichever is farther from it. A picture that has a ground of
    its own, such as a photo with round corners, is laid on that: on the median of what is opaque.
    """
    seen = levels[alpha > 0.5]
    if not seen.size:
        return 0.0
    low, middle, high = np.percentile(seen, [5, 50, 95])
    own = high - low > ALIKE and seen.size > levels.size / 2
    return float(middle) if own else float(seen.mean() < 0.5)


def _laid(levels: Floats, alpha: Floats, ground: float) -> Floats:
    """Lay what is transparent on a ground; where nothing can be seen, there is only that."""
    laid: Floats = (alpha * levels + (1 - alpha) * ground).astype(np.float32)
    return laid if (alpha > 0.5).any() else np.full_like(levels, ground)


def _bytes(levels: Floats) -> Pixels:
    return np.rint(levels * 255).astype(np.uint8)


def _orientation(image: Image.Image) -> int:
    """How EXIF says that the picture is to be turned, 1 to 8; 1, as it is, where what it says cannot be read."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # a damaged note beside a picture that is whole
        return 1


def _upright(levels: Levels, orientation: int) -> Levels:
    """Turn and mirror a picture, (H, W, …), so that it stands as EXIF's orientation says; memory in that order."""
    if orientation in (5, 6, 7, 8):
        levels = levels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        levels = levels[::-1]
    return np.ascontiguousarray(levels[:, ::-1] if orientation in (2, 3, 6, 7) else levels)


def _why(error: Exception) -> str:
    return plain.line(str(error) or type(error).__name__, plain.MAX_REASON).rstrip(".")


def _too_large(name: str, size: str = "") -> PhotoError:
    return PhotoError(f"{name} has more than {MAX_PIXELS // 10**6} megapixels{size}. {WHAT_NEXT} that is smaller.")
