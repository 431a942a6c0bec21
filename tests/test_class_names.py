"""The classes of known data sets have names, those of others numbers."""

import numpy as np
import pytest

from vae_explorer.datasets import class_names


@pytest.mark.parametrize(
    ("called", "largest", "some"),
    [
        ("", 9, {0: "0", 9: "9"}),
        ("FashionMNIST/raw FashionMNIST", 9, {0: "T-shirt/top", 9: "ankle boot"}),
        ("downloads/x fashion-mnist", 9, {7: "sneaker"}),
        ("KMNIST/raw KMNIST", 9, {0: "o", 9: "wo"}),
        ("EMNIST/raw emnist-letters", 26, {1: "a", 26: "z"}),
        ("EMNIST/raw emnist-balanced", 46, {9: "9", 10: "A", 35: "Z", 36: "a", 46: "t"}),
        ("EMNIST/raw emnist-byclass", 61, {9: "9", 10: "A", 36: "a", 61: "z"}),
        ("EMNIST/raw emnist-digits", 9, {3: "3"}),
        ("fashion", 10, {0: "0", 10: "10"}),
        ("letters", 26, {26: "26"}),
    ],
)
def test_each_label_up_to_the_largest_has_a_name(called, largest, some):
    names = class_names.of(called, (np.array([0, largest], np.uint8), np.array([1], np.uint8)))
    assert len(names) == largest + 1 and {label: names[label] for label in some} == some
