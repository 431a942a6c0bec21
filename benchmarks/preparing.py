"""How well a picture that a person opens becomes one of MNIST's: digits pasted on plain ground, and photos of paper.

The test digits only measure it: all thresholds were chosen on training images. Each digit is named by `judge`, which
has no part in preparing.
"""

import contextlib
import io
import time
from collections.abc import Sequence

import numpy as np
from PIL import Image

from benchmarks import judge, paper
from benchmarks.ratios import spread
from vae_explorer.codecs import codec, opening
from vae_explorer.datasets import mnist, photos
from vae_explorer.datasets.photos import Photo, PhotoError
from vae_explorer.datasets.prepare import prepare
from vae_explorer.datasets.split import Split
from vae_explorer.images import Floats, Pixels

IMAGES = 1000  # test digits
PHOTOS = 20
SIZES = 20, 400  # pixels of a digit's picture, drawn evenly on a logarithmic scale, since small ones are the hard ones
SEED = 0


def report() -> str:
    """Measure on the test digits, and lay the figures out beside their limits."""
    try:
        test = mnist.load(offline=True).test
    except mnist.DataError as error:
        return f"How pictures are prepared was not measured: {error}"
    chosen = np.random.default_rng(SEED).permutation(len(test.images))[: IMAGES + PHOTOS]
    images, labels = test.images[chosen], test.labels[chosen]
    return "\n".join([
        _of_the_judge(test),
        _of_plain_ground(images[:IMAGES]),
        _of_photos(images[-PHOTOS:], labels[-PHOTOS:]),
    ])  # fmt: skip


def pasted(images: Pixels, rng: np.random.Generator) -> list[Photo]:
    """Put digits, (N, 28, 28), in random sizes at random places on plain ground of twice their size, half of them dark.

    Each is written as a PNG and read again, as a person's would be.
    """
    found = []
    for k, image in enumerate(images):
        size = round(np.exp(rng.uniform(*np.log(SIZES))))
        sheet = Image.new("L", (2 * size, 2 * size))
        place = rng.integers(0, size, 2, endpoint=True).tolist()
        sheet.paste(Image.fromarray(image).resize((size, size), Image.Resampling.LANCZOS), tuple(place))
        file = io.BytesIO()
        (sheet if k % 2 else sheet.point(lambda level: 255 - level)).save(file, "PNG")
        found.append(photos.from_bytes(file.getvalue()))
    return found


def prepared(pictures: Sequence[Photo]) -> tuple[Pixels, list[float]]:
    """Prepare photos: pictures (N, 28, 28), black where no ink was found, and the seconds that each took."""
    found, taken = np.zeros((len(pictures), 28, 28), np.uint8), []
    for k, picture in enumerate(pictures):
        began = time.perf_counter()
        with contextlib.suppress(PhotoError):
            found[k] = prepare(picture).picture
        taken.append(time.perf_counter() - began)
    return found, taken


def apart(model: codec.Codec, a: Pixels, b: Pixels) -> Floats:
    """How far the encoded means of pictures lie apart, (N,): root mean square over the dimensions of z."""
    mu_a, mu_b = (model.encode(pictures[:, None])[0] for pictures in (a, b))
    return np.sqrt(np.square(mu_a - mu_b).mean(1))


def photographed(images: Pixels, rng: np.random.Generator) -> list[Photo]:
    """Photos of digits on paper, each with the next kind of trouble."""
    kinds = [*paper.KINDS]
    return [photos.from_image(paper.photo(image, kinds[k % len(kinds)], rng)) for k, image in enumerate(images)]


def _of_the_judge(test: Split) -> str:
    right = 100 * np.mean(judge.names(test.images) == test.labels)
    title = "the judge, which has learned from training images only"
    return f"{title}\n  names {right:.2f} % of {len(test.images)} test digits right, must be 99"


def _of_plain_ground(images: Pixels) -> str:
    found, taken = prepared(pasted(images, np.random.default_rng(SEED)))
    rms = apart(opening.load(), found, images)
    alike = 100 * np.mean(judge.names(found) == judge.names(images))
    middle, most = np.percentile(rms, [50, 95])
    return "\n".join([
        f"{len(images)} test digits on plain ground, {SIZES[0]} to {SIZES[1]} px, prepared",
        f"  distance of the encoded mean, median                 {middle:.3f}, must be at most 0.16",
        f"  distance of the encoded mean, for 95 of 100          {most:.3f}, must be at most 0.40",
        f"  named alike by the judge                             {alike:.1f} %, must be 97",
        f"  time                                                 {spread(taken, 1e3)} ms",
    ])  # fmt: skip


def _of_photos(images: Pixels, labels: Pixels) -> str:
    found, taken = prepared(photographed(images, np.random.default_rng(SEED)))
    right = int(np.sum(judge.names(found) == labels))
    return "\n".join([
        f"{len(images)} photos of test digits: {', '.join(paper.KINDS)}",
        f"  named right by the judge                             {right}, must be 17",
        f"  time, photos of {paper.SIDE} px                               {spread(taken, 1e3)} ms",
    ])  # fmt: skip
