"""An atlas is made: which images are taken, how they are encoded, and what is told on the way."""

import numpy as np
import pytest
import torch
from factories import digits, made_up_codec, model_folder, vae

from vae_explorer.codecs import opening
from vae_explorer.datasets.split import Split
from vae_explorer.images import to_unit
from vae_explorer.space import survey
from vae_explorer.space.survey import build
from vae_explorer.storage.checkpoint import CheckpointError


@pytest.mark.parametrize("dim", [1, 2, 6, 20])
def test_each_image_is_encoded_as_torch_does_it(tmp_path, dim):
    (images, labels), learned = digits(30), digits(40, 1)
    found = build(opening.load(model_folder(tmp_path, dim)), Split(images, labels), Split(*learned))
    model = vae(dim)
    with torch.no_grad():
        x, x_train = (torch.from_numpy(to_unit(each)[:, None]) for each in (images, learned[0]))
        mu, logvar = (part.numpy() for part in model.encoder(x))
        train_mu, train_logvar = (part.numpy() for part in model.encoder(x_train))
        recon = (model.decoder(torch.from_numpy(found.mu)) - x).square().sum((1, 2, 3)).numpy()
    np.testing.assert_allclose(found.mu, mu, rtol=2**-10, atol=1e-5)  # float16
    np.testing.assert_allclose(found.logvar, logvar, rtol=2**-10, atol=1e-5)
    np.testing.assert_allclose(found.train_mu, train_mu, rtol=2**-10, atol=1e-5)
    np.testing.assert_allclose(found.train_logvar, train_logvar, rtol=2**-10, atol=1e-5)
    np.testing.assert_allclose(found.recon, recon, rtol=1e-4)
    assert found.label.tolist() == labels.tolist() and found.index.tolist() == list(range(30))


def test_500_of_each_class_are_taken_at_even_steps_and_index_says_which(tmp_path):
    rng = np.random.default_rng(1)
    labels = rng.choice(np.array([2, 5], np.uint8), 700, p=[0.85, 0.15])
    images = rng.integers(0, 256, (700, 28, 28)).astype(np.uint8)
    split = Split(images, labels)
    found = build(opening.load(model_folder(tmp_path, 1)), split, split)
    twos = np.flatnonzero(labels == 2)
    places = [k * len(twos) // 500 for k in range(500)]
    expected = sorted([*twos[places], *np.flatnonzero(labels == 5)])
    assert set(np.diff(places)) == {1, 2} and places[-1] >= len(twos) - 2, "to the last, a step is as long as another"
    assert (found.train_mu == found.mu).all() and (found.train_logvar == found.logvar).all()
    assert found.index.tolist() == expected and found.label.tolist() == labels[expected].tolist()
    assert np.bincount(found.label)[2] == 500 and found.classes == (2, 5)
    far = int(np.flatnonzero(found.index != np.arange(len(found.index)))[-1])  # after those left out
    mu, _ = opening.load(tmp_path).encode(to_unit(images[found.index[far]])[None, None])
    np.testing.assert_allclose(found.mu[far], mu[0], rtol=2**-10, atol=1e-5)


def test_images_of_any_shape_are_encoded_in_chunks_and_the_share_is_told(monkeypatch):
    model = made_up_codec((3, 10, 12))
    points = np.random.default_rng(0).normal(0, 0.5, (11, 3))
    test, train = (
        Split(model.pixels(points), np.arange(11, dtype=np.uint8) % 2),
        Split(model.pixels(points[:5]), np.zeros(5, np.uint8)),
    )
    monkeypatch.setattr(survey, "CHUNK", 4)
    told: list[float] = []
    found = build(model, test, train, told.append)
    np.testing.assert_allclose(found.mu, points, atol=0.02)
    np.testing.assert_allclose(found.train_mu, points[:5], atol=0.02)
    assert found.recon.shape == (11,) and found.recon.max() < 0.1
    assert told == sorted(told) and len(told) == 3 + 3 + 2 and told[-1] == 1


def test_of_many_classes_and_dimensions_so_many_are_taken_that_the_file_is_read_again(monkeypatch):
    model = made_up_codec((1, 8, 8), 2)
    split = Split(model.pixels(np.zeros((60, 2))), np.repeat(np.arange(3, dtype=np.uint8), 20))
    monkeypatch.setattr(survey, "MAX_VALUES", 2 * 3 * 7)
    assert np.bincount(build(model, split, split).label).tolist() == [7, 7, 7]


def test_an_encoder_of_no_use_is_told_of(monkeypatch):
    model = made_up_codec((1, 8, 8), 2)
    split = Split(model.pixels(np.zeros((3, 2))), np.zeros(3, np.uint8))
    for value in (np.nan, np.inf, 70_000):
        monkeypatch.setattr(
            model, "encode", lambda x, value=value: (np.full((len(x), 2), value), np.zeros((len(x), 2)))
        )
        with pytest.raises(CheckpointError, match=r"mu or logvar that are not finite, or beyond 65,504"):
            build(model, split, split)
