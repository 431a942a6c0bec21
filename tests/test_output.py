"""From the last numbers of a decoder to images, against torch; and what they are guessed to be."""

import numpy as np
import pytest
import torch
from factories import TORCH_OUTPUTS

from vae_explorer.codecs.output import OUTPUTS, between, seen
from vae_explorer.storage import told

A = np.random.default_rng(0).normal(0, 2, (3, 5)).astype(np.float32)


def test_the_tables_name_the_same():
    assert OUTPUTS.keys() == told.OUTPUT.keys() == TORCH_OUTPUTS.keys()


@pytest.mark.parametrize("word", OUTPUTS)
def test_images_and_gradients_are_those_of_torch(word):
    a = torch.from_numpy(A).requires_grad_()
    x_hat = TORCH_OUTPUTS[word](a)
    gradient = torch.from_numpy(A[::-1].copy())
    x_hat.backward(gradient)
    ours = OUTPUTS[word].value(A)
    assert ours.dtype == np.float32 and ours == pytest.approx(x_hat.detach().numpy(), abs=1e-6)
    assert OUTPUTS[word].back(ours, gradient.numpy()) == pytest.approx(a.grad.numpy(), abs=1e-6)


def test_what_was_given_stays_as_it_is():
    before = A.copy()
    OUTPUTS["signed"].value(A)
    assert (before == A).all()


@pytest.mark.parametrize("word", OUTPUTS)
def test_pixels_go_back_to_the_range_that_the_model_learned_from(word):
    low = -1 if word in ("tanh", "signed") else 0
    assert OUTPUTS[word].pixels(np.array([-1, 0, 1], np.float32)).tolist() == [low, (low + 1) / 2, 1]


def test_a_range_of_ones_own():
    levels = between(0, 255)
    assert levels.value(np.array([0, 51, 255], np.uint8)).tolist() == pytest.approx([-1, -0.6, 1])
    assert levels.pixels(np.array([-1, 1], np.float32)).tolist() == [0, 255]


@pytest.mark.parametrize(
    ("word", "low", "high"),
    [("linear", 0, 1), ("linear", 0.2, 0.9), ("signed", -1, 1), ("signed", -0.2, 1), ("logits", -9, 6)],
)
def test_what_is_seen_is_told_by_its_range(word, low, high):
    assert seen(np.linspace(low, high, 200)) == word


def test_pixels_that_nothing_holds_in_their_range_are_still_seen_as_such():
    some = np.linspace(-0.1, 1.1, 1000)
    some[500] = 3
    assert seen(some) == "linear" and seen(2 * some - 1) == "signed"
