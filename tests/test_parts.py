"""What a file is to a data set: by its first bytes what it holds, by its name of which half it is."""

import gzip

import numpy as np
import pytest
from factories import digits, idx_file

from vae_explorer.datasets import listing, parts
from vae_explorer.datasets.parts import IMAGES, LABELS, TABLE, UNLABELLED, VALIDATION
from vae_explorer.datasets.split import TEST, TRAIN

NAMES = [
    ("train-images-idx3-ubyte", TRAIN, ((),)),
    ("t10k-labels-idx1-ubyte.gz", TEST, ((),)),
    ("T10K-IMAGES-IDX3-UBYTE", TEST, ((),)),
    ("test-labels.idx1-ubyte (1).gz", TEST, ((),)),
    ("emnist-letters-train-images-idx3-ubyte", TRAIN, (("emnist", "letters"),)),
    ("FashionMNIST/raw/train-images-idx3-ubyte.gz", TRAIN, (("fashion", "mnist"), ("raw",), ())),
    ("fashion-mnist_test.csv", TEST, (("fashion", "mnist"),)),
    ("sign_mnist_train/sign_mnist_train.csv", TRAIN, (("sign", "mnist"), ("sign", "mnist"))),
    ("kmnist-val-imgs.npz/arr_0.npy", VALIDATION, (("kmnist",), ())),
    ("mnist.npz/x_train.npy", TRAIN, (("mnist",), ())),
    ("trainX.npy", TRAIN, ((),)),
    ("ytest.bin", TEST, ((),)),
    ("training/images", TRAIN, ((), ())),
    ("test/train/images", TRAIN, ((), (), ())),
    ("train-60000-images", TRAIN, ((),)),
    ("fold2/train-images", TRAIN, (("fold", "2"), ())),
    ("images", "", ((),)),
    ("train-and-test", "", (("and",),)),
    ("devanagari/values", "", (("devanagari",), ("values",))),
]


@pytest.mark.parametrize(("name", "half", "called"), NAMES, ids=[name for name, *_ in NAMES])
def test_the_words_of_a_name_tell_the_half_and_the_others_are_what_the_files_of_a_set_share(name, half, called):
    assert (parts.half(name), parts.called(name)) == (half, called)


def test_what_a_file_holds_is_told_by_its_first_bytes(tmp_path):
    images, labels = digits(7)
    table = ("\n".join([",".join(["1"] * 785)] * 2)).encode()
    contents = {
        "a": (idx_file(images), (IMAGES, 7)),
        "b": (gzip.compress(idx_file(labels)), (LABELS, 7)),
        "c": (idx_file(images.reshape(7, -1)), (IMAGES, 7)),
        "d": (idx_file(np.eye(10)), (LABELS, 10)),
        "e": (gzip.compress(table), (TABLE, 0)),
        "f": (table.replace(b"1,1\n", b"1\n"), (UNLABELLED, 0)),
        "g": (b"a,b\n1,2\n", None),
        "h": (b"", None),
        "i": (gzip.compress(table)[:20], None),
    }
    for name, (content, _) in contents.items():
        (tmp_path / name).write_bytes(content)
    found = {part.entry.name: (part.holds, part.count) for part in parts.of(listing.of(tmp_path))}
    assert found == {name: held for name, (_, held) in contents.items() if held}


def test_only_so_many_files_are_looked_into(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MAX_HEADS", 2)
    for name in "abc":
        (tmp_path / name).write_bytes(idx_file(digits(7)[1]))
    assert len([*parts.of(listing.of(tmp_path))]) == 2
