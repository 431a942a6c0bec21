"""Arrays of NumPy as images and labels: of any kind that is meant, and nothing that is run or allocated unseen."""

import io
import pickle
from pathlib import Path

import numpy as np
import pytest
from factories import digits

from vae_explorer.datasets import arrays, idx, listing
from vae_explorer.datasets.listing import DataError

ITEM = (28, 28)
IMAGES, LABELS = digits(7)


def saved(array: np.ndarray, **options: bool) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def read(folder: Path, content: bytes, item: tuple[int, ...]) -> np.ndarray:
    (folder / "a.npy").write_bytes(content)
    return arrays.read(listing.alone(folder / "a.npy"), item)


@pytest.mark.parametrize(
    "array",
    [IMAGES, IMAGES[:, None], IMAGES[..., None], IMAGES.reshape(7, -1), np.asfortranarray(IMAGES), IMAGES.astype(int)],
    ids=["plain", "channel first", "channel last", "flat", "columns first", "wide"],
)
def test_images_come_in_any_order_of_axes_that_is_plain(tmp_path, array):
    found = read(tmp_path, saved(array), ITEM)
    np.testing.assert_array_equal(found, IMAGES)
    assert found.dtype == np.uint8 and found.flags.c_contiguous


@pytest.mark.parametrize("dtype", ["u1", "i8", ">i4", "<u2"])
def test_labels_are_any_whole_numbers_that_fit_a_byte(tmp_path, dtype):
    for labels in (LABELS, LABELS[:, None]):
        found = read(tmp_path, saved(labels.astype(dtype)), ())
        assert found.tolist() == LABELS.tolist() and found.dtype == np.uint8


BAD = {
    "floats": (
        saved(IMAGES / 255),
        ITEM,
        "expected an array of 28×28 images in bytes, found 7×28×28 of float64. Write bytes",
    ),
    "large pixels": (saved(256 * IMAGES.astype(int)), ITEM, "expected pixels from 0 to 255, found pixels from 0 to"),
    "many wide pixels": (saved(np.zeros((7, 28, 28), int)).replace(b"(7,", b"(200000,"), ITEM, "found 200000×28×28"),
    "other size": (saved(np.zeros((7, 32, 32), np.uint8)), ITEM, "found 7×32×32 of uint8. Pictures in files"),
    "one image": (saved(IMAGES[0]), ITEM, "found 28×28 of uint8"),
    "no images": (saved(IMAGES[:0]), ITEM, "found 0×28×28"),
    "one-hot": (saved(np.eye(10, dtype=np.uint8)), (), "expected an array of whole numbers, the labels, found 10×10"),
    "labels in floats": (saved(LABELS / 1), (), "found 7 of float64"),
    "a number": (saved(np.array(3)), (), "found one of int64"),
    "large labels": (saved(np.array([0, 256])), (), "expected labels from 0 to 255, found labels from 0 to 256"),
    "cut short": (saved(IMAGES)[:-1], ITEM, "expected 5616 bytes, by its header, found 5615"),
    "too long": (saved(IMAGES) + b"x", ITEM, "found more"),
    "objects": (
        saved(np.array([print]), allow_pickle=True),
        (),
        "Python's objects, pickled; to read them could run anything",
    ),
    "a pickle": (pickle.dumps(print), (), "cannot be read as an array of NumPy"),
    "no header": (b"\x93NUMPY", ITEM, "cannot be read as an array of NumPy"),
    "an expression": (saved(IMAGES).replace(b"(7, 28, 28)", b"__import__("), ITEM, "cannot be read as an array"),
}


@pytest.mark.parametrize(("content", "item", "said"), BAD.values(), ids=BAD)
def test_what_is_no_such_array_is_told_of(tmp_path, content, item, said):
    with pytest.raises(DataError, match=rf"a\.npy .*{said}"):
        read(tmp_path, content, item)


def test_nothing_is_allocated_on_the_word_of_a_header(tmp_path):
    huge = saved(IMAGES).replace(b"(7, 28, 28), }    ", b"(1000000, 28, 28)}")
    with pytest.raises(DataError, match="expected 784000128 bytes, by its header, found 5616"):
        read(tmp_path, huge, ITEM)
    assert arrays.shape(huge) == (idx.MAX_IMAGES, 28, 28) and arrays.shape(b"other") == ()
