"""Pictures as a half of a data set: in a model's shape, as they are, and a few broken ones told of and left out."""

import io
from pathlib import Path

import numpy as np
import pytest
from factories import digits
from PIL import Image

from vae_explorer.datasets import listing, pictures
from vae_explorer.datasets.listing import DataError
from vae_explorer.datasets.pictures import Pictures

IMAGES, LABELS = digits(40)


def written(folder: Path, contents: list[bytes]) -> tuple[tuple[listing.Entry, int], ...]:
    folder.mkdir(exist_ok=True)
    for k, content in enumerate(contents):
        (folder / f"{k}.png").write_bytes(content)
    return tuple((listing.alone(folder / f"{k}.png"), k % 10) for k in range(len(contents)))


def saved(pixels: np.ndarray, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **options)
    return buffer.getvalue()


GOOD = [saved(image) for image in IMAGES]


def test_pictures_of_the_shape_are_taken_as_they_are(tmp_path):
    split = Pictures(written(tmp_path, GOOD), pytest.fail).read((1, 28, 28))
    np.testing.assert_array_equal(split.images, IMAGES)
    np.testing.assert_array_equal(split.labels, LABELS)
    assert split.images.dtype == split.labels.dtype == np.uint8


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 20, 30), (1, 8, 9), (3, 256, 256)])
def test_others_are_scaled_whole_and_in_colour_or_grey_as_the_shape_has_it(tmp_path, shape):
    black, red = np.zeros((60, 30), np.uint8), np.full((64, 64, 3), (255, 0, 0), np.uint8)
    labelled = written(tmp_path, [saved(black), saved(red), saved(255 - black, "JPEG"), saved(red, "GIF")])
    images = Pictures(labelled, pytest.fail).read(shape).images
    channels, h, w = shape
    assert images.shape == ((4, h, w) if channels == 1 else (4, h, w, 3))
    middle = images[:, h // 2, w // 2]
    assert middle.tolist() == ([0, 76, 255, 76] if channels == 1 else [[0] * 3, [255, 0, 0], [255] * 3, [255, 0, 0]])


BROKEN = {"empty": b"", "text": b"no picture", "cut": GOOD[0][:60], "a bomb": saved(np.zeros((6000, 5000), np.uint8))}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_few_broken_ones_are_told_of_and_left_out_and_many_refused(tmp_path, content):
    told: list[str] = []
    split = Pictures(written(tmp_path, [*GOOD[:20], content, *GOOD[21:]]), told.append).read((1, 28, 28))
    np.testing.assert_array_equal(split.images, np.delete(IMAGES, 20, 0))
    np.testing.assert_array_equal(split.labels, np.delete(LABELS, 20))
    assert told == ["1 of 40 pictures cannot be read and are left out: 20.png."]
    labelled = written(tmp_path, [*GOOD[:20], content, content, content, *GOOD[23:]])
    with pytest.raises(
        DataError, match=r"Too many of 40 pictures cannot be read: 20.png, 21.png, 22.png. Of the first: 20.png "
    ):
        Pictures(labelled, told.append).read((1, 28, 28))
    assert len(told) == 1


def test_a_half_of_broken_pictures_alone_is_refused(tmp_path):
    with pytest.raises(DataError, match="Too many of 1 pictures cannot be read"):
        Pictures(written(tmp_path, [b""]), pytest.fail).read((1, 28, 28))


def test_what_takes_long_is_told_before_and_of_too_many_the_first_are_taken(tmp_path, monkeypatch):
    told: list[str] = []
    half = Pictures(written(tmp_path, GOOD), told.append)
    monkeypatch.setattr(pictures, "MANY", 39)
    half.read((1, 28, 28))
    assert told == ["Reading 40 pictures."]
    monkeypatch.setattr(pictures, "MAX_BYTES", IMAGES.size - 1)
    np.testing.assert_array_equal(half.read((1, 28, 28)).images, IMAGES[:39])
    assert told[1:] == ["Of 40 pictures, 39 are taken, which fill 0 MB."]
