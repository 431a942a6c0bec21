"""The codec in NumPy against the model in torch."""

import time
from pathlib import Path

import numpy as np
import pytest
import torch
from factories import made_up_codec, model_folder, vae

import vae_explorer
from vae_explorer import files
from vae_explorer.codecs.codec import CHUNK, SLOW_MS, MissingEncoderError, ShapeError, lags
from vae_explorer.codecs.opening import is_slow, load, of
from vae_explorer.images import to_pixels, to_unit
from vae_explorer.storage import chain, writing
from vae_explorer.storage.checkpoint import Checkpoint
from vae_explorer.storage.told import OUTPUT, Told

DIMS = [1, 2, 6, 20]
TOLERANCE = {"rtol": 0, "atol": 1e-4}


@pytest.fixture(scope="module", params=DIMS, ids="D={}".format)
def pair(request, tmp_path_factory):
    """A codec and the model whose weights it has, larger than at birth, so that pixels reach black and white."""
    dim = request.param
    model = vae(dim)
    with torch.no_grad():
        model.decoder.linear.weight.mul_(3)
        model.decoder.deconv_stack[2].weight.mul_(3)
    folder = tmp_path_factory.mktemp("model")
    states = model.decoder.state_dict(), model.encoder.state_dict()
    files.write(writing.contents(folder, *states, {}))
    return load(folder), model


def points(dim, n, radius, seed=0):
    """n random latent points of one length, (n, dim)."""
    z = np.random.default_rng(seed).standard_normal((n, dim))
    return (radius * z / np.linalg.norm(z, axis=1, keepdims=True)).astype(np.float32)


def decoded(model, z):
    with torch.inference_mode():
        return model.decoder(torch.from_numpy(z)).numpy()


@pytest.mark.parametrize("batch", [1, 3, CHUNK, CHUNK + 1, 2 * CHUNK + 5])
def test_images_are_those_of_torch_near_the_data(pair, batch):
    codec, model = pair
    for radius in (0, 0.5, 3):
        z = points(codec.latent_dim, batch, radius)
        x_hat = codec.decode(z)
        assert x_hat.dtype == np.float32 and x_hat.shape == (batch, 1, 28, 28) and x_hat.flags.c_contiguous
        np.testing.assert_allclose(x_hat, decoded(model, z), **TOLERANCE)


def test_pixels_are_within_one_grey_level_of_torch_far_from_the_data(pair):
    codec, model = pair
    z = points(codec.latent_dim, 20, 10)
    ours, theirs = to_pixels(codec.decode(z)).astype(int), to_pixels(decoded(model, z)).astype(int)
    assert abs(ours - theirs).max() <= 1
    assert ours.max() > 250 and ours.min() < 5  # so the pixels are not all grey


def test_the_gradient_is_that_of_autograd(pair):
    codec, model = pair
    z = points(codec.latent_dim, 7, 2)
    gradient = np.random.default_rng(1).standard_normal((7, 1, 28, 28)).astype(np.float32) / 28
    leaf = torch.from_numpy(z).requires_grad_()
    (expected,) = torch.autograd.grad(model.decoder(leaf), leaf, torch.from_numpy(gradient))
    x_hat, pull = codec.vjp(z)
    np.testing.assert_array_equal(x_hat, codec.decode(z))
    np.testing.assert_allclose(pull(gradient), expected.numpy(), **TOLERANCE)
    assert abs(expected).max() > 0.05


def test_the_gradient_predicts_a_small_step(pair):
    codec, _ = pair
    z = points(codec.latent_dim, 1, 1)
    step = points(codec.latent_dim, 1, 1e-2, seed=5)
    weight = np.random.default_rng(2).standard_normal((1, 1, 28, 28)).astype(np.float32) / 28
    rise = ((codec.decode(z + step).astype(float) - codec.decode(z - step)) * weight).sum() / 2
    assert rise == pytest.approx(float((codec.vjp(z)[1](weight) * step).sum()), rel=0.1, abs=2e-4)


def test_the_images_that_a_gradient_is_of_cannot_be_changed_under_it(pair):
    codec, _ = pair
    x_hat, _pull = codec.vjp(points(codec.latent_dim, 2, 1))
    with pytest.raises(ValueError, match="read-only"):
        x_hat += 1


@pytest.mark.parametrize("batch", [1, CHUNK + 1])
def test_posteriors_are_those_of_torch(pair, batch):
    codec, model = pair
    x = np.random.default_rng(0).uniform(-1, 1, (batch, 1, 28, 28)).astype(np.float32)
    with torch.inference_mode():
        expected = model.encoder(torch.from_numpy(x))
    for ours, theirs in zip(codec.encode(x), expected, strict=True):
        assert ours.shape == (batch, codec.latent_dim) and ours.dtype == np.float32
        np.testing.assert_allclose(ours, theirs.numpy(), **TOLERANCE)


def test_one_point_one_image_and_none_are_taken_too(pair):
    codec, _ = pair
    z = points(codec.latent_dim, 1, 1)
    np.testing.assert_array_equal(codec.decode(z[0]), codec.decode(z))
    np.testing.assert_array_equal(codec.decode(z[0].tolist()), codec.decode(z))
    assert codec.decode(z[:0]).shape == (0, 1, 28, 28)
    assert codec.vjp(z[0])[1](np.zeros((1, 1, 28, 28))).shape == (1, codec.latent_dim)
    x = np.full((28, 28), -1.0)
    assert [each.shape for each in codec.encode(x)] == [(1, codec.latent_dim)] * 2
    assert [each.shape for each in codec.encode(np.empty((0, 1, 28, 28)))] == [(0, codec.latent_dim)] * 2


def test_an_image_does_not_depend_on_what_was_decoded_with_or_before_it(pair):
    codec, _ = pair
    z = points(codec.latent_dim, 5, 2)
    first = codec.decode(z)
    kept = first.copy()
    codec.decode(-z)
    np.testing.assert_array_equal(first, kept)
    for each, x_hat in zip(z, first, strict=True):
        np.testing.assert_allclose(codec.decode(each)[0], x_hat, rtol=0, atol=1e-6)


@pytest.mark.parametrize("shape", [(3,), (5, 3), (1, 1, 2), (2, 0)])
def test_points_of_another_dimension_are_refused(tmp_path, shape):
    codec = load(model_folder(tmp_path, 2))
    with pytest.raises(ValueError, match="its last axis must be 2"):
        codec.decode(np.zeros(shape))
    with pytest.raises(ValueError, match="its last axis must be 2"):
        codec.vjp(np.zeros(shape))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30, 3e38, None])
def test_points_that_are_nowhere_are_refused(pair, value):
    codec, _ = pair
    z = np.zeros((40, codec.latent_dim)).tolist()
    z[33][-1] = value
    for decode in (codec.decode, codec.vjp):
        for points in (z, z[33]):
            with pytest.raises(ValueError, match="NaN, infinite or so large"):
                decode(points)


def test_grey_levels_are_encoded_as_what_they_mean(pair):
    codec, _ = pair
    pixels = np.random.default_rng(0).integers(0, 256, (3, 28, 28)).astype(np.uint8)
    for ours, theirs in zip(codec.encode(pixels), codec.encode(to_unit(pixels)[:, None]), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_what_is_no_image_of_the_model_is_refused_and_what_may_be_none_is_warned_of(pair):
    codec, _ = pair
    for bad in (np.full((1, 1, 28, 28), np.nan), np.full((28, 28), 255.0), np.zeros((28, 28, 3)) - 1):
        with pytest.raises(ValueError, match="images"):
            codec.encode(bad)
    with pytest.warns(UserWarning, match="seem to lie in") as warned:
        codec.encode(np.eye(28))
    assert warned[0].filename == __file__


def test_a_decoder_alone_decodes_and_says_why_it_cannot_encode(tmp_path):
    folder = model_folder(tmp_path)
    (folder / "encoder_weights.pt").unlink()
    codec = vae_explorer.load(str(folder / "decoder_weights.pt"))
    assert codec.decode([0, 0]).shape == (1, 1, 28, 28)
    with pytest.raises(MissingEncoderError, match=r"encoder_weights\.pt: there is none beside the decoder\.$"):
        codec.encode(np.zeros((1, 1, 28, 28)))


# ------------------------------------------------------------------------------------------------------------- chains


def linear_layers(told=None, encoder=True):
    """The checkpoint of a chain 2 → 5 → 64 for images of 8 × 8, with an encoder 64 → 5 → 2 and 2."""
    draw = np.random.default_rng(0)

    def layer(inputs, outputs):
        return draw.normal(0, 1, (outputs, inputs)).astype(np.float32), np.zeros(outputs, np.float32)

    heads = chain.ChainEncoder((layer(64, 5),), layer(5, 2), layer(5, 2)) if encoder else None
    decoder, missing = (layer(2, 5), layer(5, 64)), {} if encoder else {"encoder_weights.pt": "it has none"}
    return Checkpoint(
        path=Path("some.pt"),
        sha256="a" * 64,
        decoder=decoder,
        encoder=heads,
        missing=missing,
        opened="Taken out.",
        shape=(1, 8, 8),
        told=told or Told(),
    )


def test_a_chain_decodes_and_encodes_and_what_was_guessed_is_said():
    model = of(linear_layers())
    assert (model.latent_dim, model.shape, model.encodes) == (2, (1, 8, 8), True)
    assert model.decode([0.5, -1]).shape == (1, 1, 8, 8) and model.pixels(np.zeros((3, 2))).shape == (3, 8, 8)
    mu, logvar = model.encode(np.zeros((4, 1, 8, 8)))
    assert mu.shape == logvar.shape == (4, 2)
    assert model.source.opened.startswith("Taken out. Linear layers 2 → 5 → 64, relu between; pixels ")
    assert model.source.opened.endswith(" (guessed).") and model.source.told.output in OUTPUT
    assert "guessed" not in of(linear_layers(Told(output="tanh"))).source.opened


def test_other_functions_of_the_same_weights_are_other_models():
    guess = of(linear_layers()).source.told.output
    told = [Told(), Told(output=guess), Told(hidden="elu"), *(Told(output=each) for each in OUTPUT if each != guess)]
    hashes = [of(linear_layers(each)).source.sha256 for each in told]
    assert hashes[0] == hashes[1] == "a" * 64, "to say what is guessed changes nothing"
    assert len(set(hashes)) == len(told) - 1 and all(len(each) == 64 for each in hashes)


def test_a_chain_without_an_encoder_says_so():
    model = of(linear_layers(encoder=False))
    assert not model.encodes
    with pytest.raises(MissingEncoderError, match="it has none"):
        model.encode(np.zeros((1, 1, 8, 8)))


def test_a_decode_that_takes_longer_than_a_frame_is_slow_and_ours_is_not():
    class Slow:
        latent_dim, shape = 2, (1, 8, 8)

        def decode(self, points):
            time.sleep(2e-3 * SLOW_MS)
            return np.zeros((len(points), *self.shape), np.float32)

    assert is_slow(Slow()) and not load().slow


@pytest.mark.parametrize("shape", [(1, 7, 28), (3, 28, 257), (2, 28, 28), (4, 64, 64)])
def test_pictures_of_a_shape_that_cannot_be_shown_are_refused(shape):
    sizes = " × ".join(map(str, shape))
    with pytest.raises(ShapeError, match=f"{sizes} .* 1 or 3 channels, and 8 to 256 rows and columns"):
        made_up_codec(shape)


def test_large_pictures_are_made_pixels_a_few_at_a_time():
    model, points = made_up_codec((3, 256, 256)), np.random.default_rng(0).standard_normal((90, 3)).clip(-5, 5)
    levels = model.pixels(points)
    for k in (0, model.at_once, 89):
        np.testing.assert_allclose(levels[k], model.pixels(points[k])[0], atol=1)


@pytest.mark.parametrize(("shape", "latent_dim"), [((1, 28, 28), 256), ((3, 64, 64), 32), ((1, 256, 256), 8)])
def test_z_follows_a_hand_where_its_steps_are_quick(shape, latent_dim):
    model = made_up_codec(shape, latent_dim)
    assert lags(model) == ""
    model.slow = True
    assert "take too long to decode" in lags(model)
    assert "18 pictures of 256 × 256" in lags(made_up_codec((1, 256, 256), 9))
