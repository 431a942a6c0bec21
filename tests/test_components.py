"""Connected parts of masks, beside a flood that fills them pixel by pixel."""

import numpy as np
import pytest

from vae_explorer.datasets.components import labelled


def flooded(mask: np.ndarray) -> np.ndarray:
    """Number the parts of a mask in the order in which they are met, by filling each."""
    numbers = np.zeros(mask.shape, int)
    for y, x in np.argwhere(mask):
        if numbers[y, x]:
            continue
        number, front = numbers.max() + 1, [(y, x)]
        while front:
            a, b = front.pop()
            if 0 <= a < len(mask) and 0 <= b < len(mask[0]) and mask[a, b] and not numbers[a, b]:
                numbers[a, b] = number
                front += [(a + dy, b + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return numbers


@pytest.mark.parametrize("share", [0, 0.1, 0.3, 0.5, 0.8, 1])
def test_parts_are_those_of_a_flood(share):
    rng = np.random.default_rng(0)
    for _ in range(30):
        mask = rng.random(rng.integers(1, 25, 2)) < share
        numbers, count = labelled(mask)
        expected = flooded(mask)
        assert count == expected.max() and (numbers > 0).tolist() == mask.tolist()
        pairs = np.unique([numbers.ravel(), expected.ravel()], axis=1)
        assert len(pairs[0]) == len(set(pairs[0])) == len(set(pairs[1]))  # one number each


def test_a_long_winding_part_is_one():
    mask = np.zeros((101, 60), bool)
    mask[::2] = True
    mask[1::4, -1] = mask[3::4, 0] = True
    assert labelled(mask)[1] == 1
