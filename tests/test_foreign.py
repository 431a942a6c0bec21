"""What decoders that are not ours give, as images of one layout, or why not."""

import numpy as np
import pytest

from vae_explorer.codecs.foreign import CHUNK, DecoderError, ForeignDecoder, ForeignEncoder, Layout, Reader, layout
from vae_explorer.codecs.output import OUTPUTS

LAYOUTS = [
    ((1, 10, 12), None, (1, 10, 12), False),
    ((3, 10, 12), None, (3, 10, 12), False),
    ((10, 12, 1), None, (1, 10, 12), True),
    ((10, 12, 3), None, (3, 10, 12), True),
    ((10, 12), None, (1, 10, 12), False),
    ((144,), None, (1, 12, 12), False),
    ((3 * 144,), None, (3, 12, 12), False),
    ((120,), (1, 10, 12), (1, 10, 12), False),
    ((360,), (3, 10, 12), (3, 10, 12), False),
    ((10, 12, 3), (3, 10, 12), (3, 10, 12), True),
]


@pytest.mark.parametrize(("given", "told", "shape", "last"), LAYOUTS)
def test_a_layout_is_seen_from_the_shape_or_told(given, told, shape, last):
    found = layout(given, told, "toy")
    assert (found.shape, found.last) == (shape, last)
    numbers = np.arange(2 * np.prod(given)).reshape(2, *given)
    images = found.images(numbers)
    assert images.shape == (2, *shape) and (found.back(images, given) == numbers).all()
    if last:
        assert (images[0, 0] == numbers[0, ..., 0]).all()


@pytest.mark.parametrize(
    ("given", "told"),
    [((), None), ((2, 10, 12), None), ((4, 10, 12), None), ((120,), None), ((1, 1, 10, 12), None), ((0,), None),
     ((10, 12), (1, 12, 10)), ((120,), (1, 10, 13)), ((7, 7), None), ((1, 300, 10), None)],
)  # fmt: skip
def test_a_shape_that_is_no_image_is_told(given, told):
    with pytest.raises(DecoderError, match="toy gives"):
        layout(given, told, "toy")


def decoder(run, **options):
    reader = Reader("toy", (10, 12), Layout((1, 10, 12)), OUTPUTS["linear"])
    return ForeignDecoder(run, 2, reader, **options)


def level(z):
    return np.repeat(np.repeat(0.25 + 0.25 * z[:, :1, None], 10, 1), 12, 2)


@pytest.mark.parametrize("batch", [0, 1, CHUNK + 1])
def test_batches_of_any_size_are_decoded(batch):
    z = np.random.default_rng(0).uniform(-1, 1, (batch, 2)).astype(np.float32)
    x_hat = decoder(level).decode(z)
    assert x_hat.shape == (batch, 1, 10, 12) and x_hat[:, 0, 3, 4] == pytest.approx(-0.5 + 0.5 * z[:, 0], abs=1e-6)


def test_without_an_exact_gradient_there_is_one_by_differences():
    z, ones = np.zeros((3, 2), np.float32), np.ones((3, 1, 10, 12))
    one = decoder(level)
    assert one.pull(z, one.decode(z), ones) == pytest.approx(np.array([[60, 0]] * 3), abs=1e-2)
    assert decoder(level, pull=lambda z, *_: 2 * z).pull(z + 1, ones, ones).tolist() == [[2, 2]] * 3


def test_another_shape_and_nan_are_told_when_they_come():
    z = np.zeros((2, 2), np.float32)
    with pytest.raises(DecoderError, match=r"toy gave numbers of the shape \(2, 10, 11\)"):
        decoder(lambda _: np.zeros((2, 10, 11))).decode(z)
    with pytest.raises(DecoderError, match="toy gave NaN"):
        decoder(lambda _: np.full((2, 10, 12), np.nan)).decode(z)


def encoder(run):
    return ForeignEncoder(run, 2, Reader("toy", (10, 12, 1), Layout((1, 10, 12), last=True), OUTPUTS["linear"]))


def test_an_encoder_is_handed_pixels_as_the_decoder_gives_them():
    seen = []

    def run(x):
        seen.append(x)
        return x.mean((1, 2)) * [1, 2], x.mean((1, 2)) * [0, 1]

    mu, logvar = encoder(run).encode(np.full((CHUNK + 1, 1, 10, 12), 0.5, np.float32))
    assert seen[0].shape == (CHUNK, 10, 12, 1) and (seen[0] == 0.75).all()
    assert mu.tolist() == [[0.75, 1.5]] * (CHUNK + 1) and logvar.tolist() == [[0, 0.75]] * (CHUNK + 1)
    assert [part.shape for part in encoder(run).encode(np.empty((0, 1, 10, 12), np.float32))] == [(0, 2)] * 2


def test_mu_alone_has_a_small_sigma():
    mu, logvar = encoder(lambda x: [x[:, 0, :2, 0]]).encode(np.zeros((3, 1, 10, 12), np.float32))
    assert mu.shape == (3, 2) and (logvar < -10).all()


@pytest.mark.parametrize("wrong", [np.zeros((1, 3)), np.full((1, 2), np.nan), np.zeros(2)], ids=str)
def test_what_is_no_posterior_is_told(wrong):
    good = np.zeros((1, 2))
    for run in (lambda _: [wrong, good], lambda _: [good, wrong]):
        with pytest.raises(DecoderError, match=r"toy gives (mu|logvar)"):
            encoder(run).encode(np.zeros((1, 1, 10, 12), np.float32))
