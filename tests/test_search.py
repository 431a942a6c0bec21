"""The data set of a place is found in every layout that people have it in, or what is missing is said."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from factories import archive, digits, idx_file
from PIL import Image

from vae_explorer.datasets import listing, mirrors, search
from vae_explorer.datasets.listing import DataError
from vae_explorer.datasets.split import TEST, TRAIN

SHAPE = 1, 28, 28
ARRAYS = dict(zip(mirrors.OFFICIAL, [*digits(12), *digits(7, seed=1)], strict=True))
IDX = {name: idx_file(array) for name, array in ARRAYS.items()}
KERAS = dict(zip(("x_train", "y_train", "x_test", "y_test"), ARRAYS.values(), strict=True))


def renamed(change: Callable[[str], str]) -> dict[str, bytes]:
    return {change(name): content for name, content in IDX.items()}


def npz(arrays: Mapping[str, np.ndarray]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def table(kind: str, head: str = "") -> bytes:
    images, labels = (ARRAYS[name] for name in ARRAYS if name.startswith(kind))
    rows = np.column_stack([labels, images.reshape(len(images), -1)])
    return (head + "\n".join(",".join(map(str, row)) for row in rows.tolist())).encode()


def written(place: Path, contents: Mapping[str, bytes]) -> Path:
    for name, content in contents.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


HEAD = ",".join(["label", *(f"pixel{k}" for k in range(784))]) + "\n"
TABLES = {"mnist_train.csv": table("train", HEAD), "mnist_test.csv": table("t10k", HEAD)}
KMNIST = {
    f"kmnist-{half}-{what}.npz": npz({"arr_0": array})
    for (half, what), array in zip(
        [(half, what) for half in ("train", "test") for what in ("imgs", "labels")], ARRAYS.values(), strict=True
    )
}
SWAPPED = [[*IDX][k] for k in (1, 0, 3, 2)]
FASHION = renamed(lambda name: f"FashionMNIST/raw/{name}")
LAYOUTS = {
    "torchvision's kin": FASHION,
    "torchvision's kin, packed and not": FASHION | {f"{name}.gz": gzip.compress(FASHION[name]) for name in FASHION},
    "torchvision's EMNIST of digits": renamed(lambda name: f"QMNIST/raw/{name.replace('t10k', 'test')}"),
    "capitals": renamed(str.upper),
    "a browser's copies": {f"{name} (1).gz": gzip.compress(content) for name, content in IDX.items()},
    "test for t10k": renamed(lambda name: name.replace("t10k", "test")),
    "images called labels": dict(zip(IDX, [IDX[name] for name in SWAPPED], strict=True)),
    "one folder a half": renamed(lambda name: f"{name.replace('-', '/', 1)}"),
    "one folder for images": renamed(lambda name: f"{name.split('-')[1]}/{name.split('-')[0]}.idx"),
    "names without a word": {f"{k}.bin": content for k, content in zip("abcd", IDX.values(), strict=True)},
    "folders called as files": renamed(lambda name: f"archive/{name}/{name}"),
    "an archive for each": {f"{name}.zip": archive({name: content}) for name, content in IDX.items()},
    "validation for test": renamed(lambda name: name.replace("t10k", "val")),
    "deep": renamed(lambda name: f"a/b/c/d/{name}"),
    "Keras": {"mnist.npz": npz(KERAS)},
    "arrays": {f"{name}.npy": npy(array) for name, array in KERAS.items()},
    "KMNIST's own": KMNIST,
    "Kaggle": TABLES,
    "Kaggle, without names": {"mnist_train.csv": table("train"), "mnist_test.csv": table("t10k")},
    "Kaggle's folders": {"s_train/s_train.csv": table("train"), "s_test/s_test.csv": table("t10k")},
    "Kaggle's archive": {"archive.zip": archive(TABLES)},
    "an archive of a folder": {"set.zip": archive({f"set/{name}": content for name, content in IDX.items()})},
    "an archive beside a picture": {"set.zip": archive(IDX), "a.png": b"\x89PNG"},
    "a set twice": {f"{above}{name}": TABLES[name] for above in ("", "mnist_") for name in TABLES},
    "an array beside a table": {"mnist.npz": npz(KERAS), "notes.csv": b"a,b\n1,2\n"},
}  # fmt: skip


@pytest.mark.parametrize("contents", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_reads_as_the_same_images_with_the_same_hashes(tmp_path, contents):
    found = search.found(written(tmp_path / "set", contents))
    for kind in (TRAIN, TEST):
        split = found.halves[kind].read(SHAPE)
        images, labels = (array for name, array in ARRAYS.items() if name.startswith(kind))
        np.testing.assert_array_equal(split.images, images)
        np.testing.assert_array_equal(split.labels, labels)
        assert split.images.dtype == split.labels.dtype == np.uint8
        hashes = {name: listing.files.sha256(content) for name, content in IDX.items() if name.startswith(kind)}
        assert split.hashes(kind) == hashes


@pytest.mark.parametrize(
    ("name", "content"),
    [("mnist.npz", npz(KERAS)), ("data.zip", archive(IDX)), ("data.zip", archive({"mnist.npz": npz(KERAS)}))],
    ids=["npz", "zip", "npz in a zip"],
)
def test_a_file_that_is_a_whole_data_set_is_one(tmp_path, name, content):
    found = search.found(written(tmp_path, {name: content}) / name)
    assert len(found.halves[TEST].read(SHAPE).images) == 7 and found.name in (name, "mnist.npz")


def emnist(*names: str) -> dict[str, bytes]:
    """The files of some of EMNIST's data sets, the labels of letters counted from 1, rows and columns exchanged."""
    turned = {key: idx_file(each.swapaxes(1, 2) if each.ndim == 3 else each + 1) for key, each in ARRAYS.items()}
    return {
        f"EMNIST/raw/emnist-{name}-{key.replace('t10k', 'test')}.gz": gzip.compress(content)
        for name in names
        for key, content in turned.items()
    }


@pytest.mark.parametrize("asked", ["EMNIST/raw/letters", "EMNIST/raw/emnist-letters", "EMNIST/letters", "letters"])
def test_one_of_several_is_named_by_a_word_and_emnist_is_turned_upright(tmp_path, asked):
    root = written(tmp_path, emnist("letters", "digits", "balanced"))
    with pytest.raises(DataError, match=r"has several data sets: .*emnist-letters.*Name one of them, as in .*/emnist-"):
        search.found(root)
    found = search.found(root / asked)
    assert found.name == "emnist-letters"
    test = found.halves[TEST].read(SHAPE)
    np.testing.assert_array_equal(test.images, ARRAYS["t10k-images-idx3-ubyte"])
    np.testing.assert_array_equal(test.labels, ARRAYS["t10k-labels-idx1-ubyte"] + 1)


def test_a_whole_name_goes_before_a_word_of_another(tmp_path):
    written(
        tmp_path, {f"{kind}-{name}": content for kind in ("mnist", "fashion-mnist") for name, content in IDX.items()}
    )
    assert search.found(tmp_path / "fashion").name == "fashion-mnist"
    assert search.found(tmp_path / "mnist").words == {"mnist"}


def test_tables_of_emnist_are_turned_upright_too(tmp_path):
    images = ARRAYS["train-images-idx3-ubyte"]
    lines = np.column_stack([np.ones(12, int), images.swapaxes(1, 2).reshape(12, -1)]).tolist()
    content = "\n".join(",".join(map(str, line)) for line in lines).encode()
    found = search.found(written(tmp_path, {f"emnist-letters-{half}.csv": content for half in ("train", "test")}))
    np.testing.assert_array_equal(found.halves[TRAIN].read(SHAPE).images, images)


def test_one_of_several_in_an_archive_is_named_as_if_that_were_a_folder(tmp_path):
    path = written(tmp_path, {"gzip.zip": archive(emnist("letters", "mnist", "digits"))}) / "gzip.zip"
    assert search.found(path / "emnist-mnist").name == search.found(path / "mnist").name == "emnist-mnist"


@pytest.mark.parametrize("asked", ["nonsense", "emnist", "nowhere/letters"])
def test_a_name_that_none_has_or_several_have_is_told_of(tmp_path, asked):
    root = written(tmp_path, emnist("letters", "digits"))
    with pytest.raises(DataError, match=rf"{asked} has no data set: found no such folder or file\.") as caught:
        search.found(root / asked)
    assert ("has emnist-digits, emnist-letters: name one of them" in str(caught.value)) == (asked != "nowhere/letters")


HALF = {name: IDX[name] for name in IDX if "t10k" not in name}
IMAGES = {name: IDX[name] for name in IDX if "images" in name}
KAGGLE = {"train.csv": table("train", HEAD), "test.csv": table("t10k").replace(b"0,", b"", 1)}
APART = {f"{k}/{name}": IDX[name] for k, name in enumerate(IDX)} | {
    f"train-{k}": HALF["train-images-idx3-ubyte"] for k in "ab"
}
MISSING = {
    "no test half": (HALF, "and no test images and no test labels"),
    "no labels": (IMAGES, "no training labels and no test labels"),
    "no training table": ({"mnist_test.csv": TABLES["mnist_test.csv"]}, "no training images and no training labels"),
    "Kaggle's competition": (KAGGLE, r"no labels in test\.csv, as in Kaggle's Digit Recognizer"),
    "which half": ({f"{k}.bin": HALF[name] for k, name in enumerate([*HALF] * 2)}, "neither a name with “train”"),
    "halves of two": (APART, "belong together"),
    "nothing": ({}, "found none of them"),
    "other things": ({"a.txt": b"a", "b/c.tif": b"b"}, r"found none of them, but a\.txt \(text\), b/c\.tif \(text\)"),
    "pictures alone": ({"a.png": b"a", "b.JPG": b"b"}, r"found pictures \(2\), but no two in folders of classes"),
    "packed in an odd way": ({"a.zip": archive(IDX, zipfile.ZIP_LZMA)}, r"a\.zip \(a zip archive\)"),
    "a bad archive": ({"data.zip": b"PK\x03\x04"}, r"data\.zip cannot be read: BadZipFile"),
    "a bad array": ({"mnist.npz": b"nothing"}, r"mnist\.npz cannot be read: BadZipFile"),
}  # fmt: skip


@pytest.mark.parametrize(("contents", "said"), MISSING.values(), ids=MISSING)
def test_what_was_looked_for_and_what_is_there_is_said(tmp_path, contents, said):
    (tmp_path / "set").mkdir()
    with pytest.raises(DataError, match=said):
        search.found(written(tmp_path / "set", contents))


@pytest.mark.parametrize("packed", [False, True])
def test_pictures_in_a_folder_for_each_class_are_a_data_set_of_its_name(tmp_path, packed):
    contents = {}
    for image, label in zip(ARRAYS["train-images-idx3-ubyte"], "ab" * 6, strict=True):
        buffer = io.BytesIO()
        Image.fromarray(image).save(buffer, "PNG")
        contents[f"{label}/{len(contents)}.png"] = buffer.getvalue()
    if packed:
        contents = {"archive.zip": archive(contents)}
    found = search.found(written(tmp_path / "letters", contents))
    assert (found.name, found.class_names) == ("letters", ("a", "b"))
    assert sum(len(half.read(SHAPE).images) for half in found.halves.values()) == 12


def test_archives_together_take_no_more_memory_than_one_may(tmp_path, monkeypatch):
    parts = {f"{name}.zip": archive({name: content}) for name, content in IDX.items()}
    monkeypatch.setattr(listing, "MAX_ARCHIVE_BYTES", sum(map(len, parts.values())) - 1)
    with pytest.raises(DataError, match="is larger than"):
        search.found(written(tmp_path, parts))


def test_a_large_bad_file_beside_the_data_is_not_read(tmp_path):
    written(tmp_path, IDX)
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of zeros, of which the disk keeps nothing
    assert search.found(tmp_path).halves
