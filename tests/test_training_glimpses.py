"""A training to look at: the same steps as a run, and what is decoded on the way."""

import dataclasses

import numpy as np
import pytest
import torch
from factories import digits

from vae_explorer.images import to_pixels, to_unit
from vae_explorer.training.glimpses import glimpses
from vae_explorer.training.options import Options
from vae_explorer.training.trainer import DivergedError, Trainer

SMALL = Options(epochs=2, batch_size=16, latent_dim=2, device="cpu")  # 50 images make 3 batches of 16 and one of 2
IMAGES = digits(50)[0]
Z = np.array([[0.0, 0.0], [1.0, -2.0], [0.5, 0.5]])


def test_there_is_one_at_first_and_one_after_each_part_of_an_epoch():
    seen = list(glimpses(SMALL, IMAGES, Z))
    assert [(each.epochs, len(each.terms)) for each in seen] == [(0, 0), (0.64, 2), (1, 4), (1.64, 6), (2, 8)]
    assert [each.epochs for each in glimpses(SMALL, IMAGES, Z, parts=1)] == [0, 1, 2]


def test_the_terms_of_all_steps_have_the_means_that_the_run_has():
    trainer = Trainer(SMALL, torch.from_numpy(to_unit(IMAGES)[:, None]))
    while not trainer.finished:
        list(trainer.epoch())
    *_, last = glimpses(SMALL, IMAGES, Z)
    weight = np.array([16, 16, 16, 2])[:, None] / 50
    for terms, line in zip((last.terms[:4], last.terms[4:]), trainer.history, strict=True):
        assert (weight * terms).sum(0) == pytest.approx([line["loss"], line["recon"], line["kl"]])
    with torch.no_grad():
        tiles = to_pixels(trainer.vae.decoder(torch.tensor(Z, dtype=torch.float32))[:, 0].numpy())
    assert (last.tiles == tiles).all()


def test_the_points_are_decoded_anew_each_time():
    first, *_, last = glimpses(SMALL, IMAGES, Z)
    assert first.tiles.shape == last.tiles.shape == (3, 28, 28) and (first.tiles != last.tiles).any()


def test_a_loss_that_is_not_finite_ends_it():
    with pytest.raises(DivergedError):
        list(glimpses(dataclasses.replace(SMALL, lr=1.0, epochs=200, batch_size=50), IMAGES * 0 + 255, Z * 0))
