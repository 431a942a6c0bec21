"""Networks found in whatever a file holds: the same numbers under any names, or another model that is told as such."""

import argparse
from collections import OrderedDict
from itertools import pairwise

import numpy as np
import pytest
import torch
from factories import decoder_state, saved, vae
from torch import nn

from vae_explorer.storage import search, statedict
from vae_explorer.storage.chain import ChainEncoder
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.storage.search import OtherModelError

DECODER, ENCODER = decoder_state(3), dict(vae(3).encoder.state_dict())
WHOLE = dict(vae(3).state_dict())


def before(prefix, state):
    return OrderedDict((prefix + name, value) for name, value in state.items())


def find(tree):
    """The networks in what torch.save makes of a tree."""
    return search.find(statedict.loads(saved(tree)))


def one(tree):
    (found,) = find(tree)
    return found


def renamed(state, **names):
    return {f"{names[key.rpartition('.')[0].replace('.', '_')]}.{key.rpartition('.')[2]}": state[key] for key in state}


def moments(state):
    """The state of an optimizer, as torch has it: larger than the model, and of the same shapes."""
    kept = {n: {"step": 1, "exp_avg": value, "exp_avg_sq": value} for n, value in enumerate(state.values())}
    return {"state": kept, "param_groups": [{"lr": 1e-3, "params": [*kept]}]}


OTHERS = renamed(DECODER, linear="fc", deconv_stack_0="up1", deconv_stack_2="up2")
SAME = {
    "DataParallel": before("module.", DECODER),
    "a compiled module of Lightning in DataParallel": {
        "epoch": 3,
        "state_dict": before("module.model._orig_mod.decoder.", DECODER),
        "optimizer_states": [moments(DECODER)],
        "hyper_parameters": {"lr": 1e-3},
    },
    "other names": OTHERS,
    "other names, sorted": dict(sorted(OTHERS.items(), reverse=True)),
    "a tuple": (DECODER, 3),
    "a list within a dict": {"models": [DECODER]},
    "with losses and words": {"model": DECODER, "loss": torch.zeros(500), "args": argparse.Namespace(lr=1), "by": "me"},
    "twice the same": {"state_dict": DECODER, "best": DECODER, "optimizer": moments(DECODER)},
    "beside another encoder": before("decoder.", DECODER) | {"encoder.conv.weight": torch.zeros(8, 1, 3, 3)},
    "beside a discriminator": before("net.decoder.", DECODER) | {"critic.0.weight": torch.zeros(8, 784)},
    "(in, out), as NumPy has it": {name: value.t() if value.ndim == 2 else value for name, value in DECODER.items()},
    "names in a row": {name.replace(".", "_"): value for name, value in DECODER.items()},
    "of JAX": {"['a']" + "".join(f"['{part}']" for part in name.split(".")): value for name, value in DECODER.items()},
    "our own checkpoint": {"vae": WHOLE, "optimizer": moments(WHOLE), "options": {"lr": 1}, "history": [{"loss": 1.5}]},
}


@pytest.mark.parametrize("tree", SAME.values(), ids=SAME)
def test_the_same_decoder_is_found_in_any_wrapping(tree):
    found = one(tree).network.decoder
    assert found.keys() == DECODER.keys()
    for name, value in DECODER.items():
        np.testing.assert_array_equal(found[name], value.numpy(), err_msg=name)


HEADS = renamed(ENCODER, conv_stack_0="c1", conv_stack_2="c2", fc_mu="fc_mean", fc_logvar="fc_log_var")
ENCODERS = {
    "whole": WHOLE,
    "whole, sorted": dict(sorted(WHOLE.items())),
    "in one row of other names": HEADS | OTHERS,
    "logvar first": dict(reversed(HEADS.items())) | OTHERS,
    "in another place": {"parts": {"enc": ENCODER, "dec": DECODER}, "critic": {"weight": torch.zeros(3, 784)}},
}


@pytest.mark.parametrize("tree", ENCODERS.values(), ids=ENCODERS)
def test_the_encoder_of_a_whole_vae_is_found_with_its_decoder(tree):
    found = one(tree).network
    for name, value in ENCODER.items():
        np.testing.assert_array_equal(found.encoder[name], value.numpy(), err_msg=name)


def test_an_encoder_of_another_kind_is_left_out_with_the_reason():
    found = one(SAME["beside another encoder"]).network
    assert found.encoder is None and found.why_not == "its layers are of another network than those that are read"


# ------------------------------------------------------------------------------------------- chains of Linear layers


def linear(*sizes, bias=True):
    return [nn.Linear(a, b, bias=bias) for a, b in pairwise(sizes)]


def state(**layers):
    return nn.ModuleDict(layers).state_dict()


with torch.random.fork_rng(devices=[]):
    torch.manual_seed(0)
    FC1, FC21, FC22, FC3, FC4 = (linear(a, b)[0] for a, b in ((784, 40), (40, 5), (40, 5), (5, 40), (40, 784)))

EXAMPLE = state(fc1=FC1, fc21=FC21, fc22=FC22, fc3=FC3, fc4=FC4)
PYTHAE = state(encoder=nn.ModuleDict({"layers": nn.ModuleList([nn.Sequential(FC1, nn.ReLU())]), "embedding": FC21}))
PYTHAE |= {f"encoder.log_var.{name}": value for name, value in FC22.state_dict().items()}
PYTHAE |= state(decoder=nn.ModuleDict({"layers": nn.ModuleList([nn.Sequential(FC3), nn.Sequential(FC4)])}))
BOTH = nn.Linear(40, 10)
BOTH.load_state_dict({name: torch.cat([getattr(FC21, name), getattr(FC22, name)]) for name in ("weight", "bias")})
KERAS = {
    f"{layer}/{name}": value.t()
    for layer, module in {"dense": FC1, "z_mean": FC21, "z_log_var": FC22, "dense_1": FC3, "dense_2": FC4}.items()
    for name, value in {"kernel:0": module.weight, "bias:0": module.bias}.items()
}
LETTERS = {
    f"{letter}{n}": value.t()
    for n, module in enumerate((FC1, FC21, FC22, FC3, FC4), 1)
    for letter, value in {"W": module.weight, "b": module.bias}.items()
}
CHAINS = {
    "the example of PyTorch": EXAMPLE,
    "the example of PyTorch, sorted": dict(sorted(EXAMPLE.items())),
    "pythae": {"model_state_dict": PYTHAE, "epoch": 3},
    "one head for both": state(fc1=FC1, fc2=BOTH, fc3=FC3, fc4=FC4),
    "Sequential": state(encoder=nn.Sequential(FC1, nn.ReLU()), mu=FC21, logvar=FC22, decoder=nn.Sequential(FC3, FC4)),
    "roles in names": state(enc_1=FC1, enc_mu=FC21, enc_var=FC22, dec_1=FC3, dec_2=FC4),
    "Keras": KERAS,
    "letters": LETTERS,
    "letters, sorted": dict(sorted(LETTERS.items())),
    "decoder first": state(dec=nn.Sequential(FC3, FC4), enc=nn.Sequential(FC1), mu=FC21, logvar=FC22),
}


def assert_layer(found, module):
    np.testing.assert_array_equal(found[0], module.weight.detach().numpy())
    np.testing.assert_array_equal(found[1], module.bias.detach().numpy())


@pytest.mark.parametrize("tree", CHAINS.values(), ids=CHAINS)
def test_a_vae_of_linear_layers_is_cut_into_decoder_and_encoder(tree):
    found = one(tree).network
    assert len(found.decoder) == 2 and isinstance(found.encoder, ChainEncoder)
    for layer, module in zip(found.decoder, (FC3, FC4), strict=True):
        assert_layer(layer, module)
    assert len(found.encoder.trunk) == 1
    for layer, module in ((found.encoder.trunk[0], FC1), (found.encoder.mu, FC21), (found.encoder.logvar, FC22)):
        assert_layer(layer, module)


# Names of fc1, fc21, fc22, fc3 and fc4, the width of what is hidden, and how the file is ordered.
MISLEADING = {
    "an output without a role": (["encode_fc", "fc_mu", "fc_logvar", "decode_fc", "out"], 100, list),
    "letters in no order": (["img_2hid", "hid_2mu", "hid_2var", "z_2hid", "hid_2img"], 100, sorted),
    "the decoder first": (["e1", "e_mu", "e_var", "d1", "d2"], 100, sorted),
    "as many hidden as latent": (["fc1", "fc21", "fc22", "fc3", "fc4"], 5, list),
}


@pytest.mark.parametrize(("names", "hidden", "order"), MISLEADING.values(), ids=MISLEADING)
def test_the_pixels_of_a_vae_are_those_that_its_encoder_takes(names, hidden, order):
    sizes = (784, hidden), (hidden, 5), (hidden, 5), (5, hidden), (hidden, 784)
    modules = [linear(*each)[0] for each in sizes]
    found = one(dict(order(state(**dict(zip(names, modules, strict=True))).items()))).network
    for layer, module in zip(found.decoder, modules[3:], strict=True):
        assert_layer(layer, module)
    for layer, module in zip((*found.encoder.trunk, found.encoder.mu, found.encoder.logvar), modules[:3], strict=True):
        assert_layer(layer, module)


def test_heads_are_told_by_their_names_and_log_sigma_is_doubled():
    found = one(state(fc1=FC1, fc_log_std=FC22, fc_mean=FC21, fc3=FC3, fc4=FC4)).network
    assert_layer(found.encoder.mu, FC21)
    np.testing.assert_array_equal(found.encoder.logvar[0], 2 * FC22.weight.detach().numpy())


def test_layers_are_taken_in_natural_order_where_the_order_of_the_file_is_none():
    layers = linear(2, *[9] * 11, 64)
    tree = dict(sorted(nn.Sequential(*layers).state_dict().items()))
    assert [*tree][2] == "1.bias" and [*tree][4] == "10.bias"
    for found, module in zip(one(tree).network.decoder, layers, strict=True):
        assert_layer(found, module)


def test_layers_without_a_bias_have_zeros():
    found = one(nn.Sequential(*linear(2, 9, 64, bias=False)).state_dict()).network.decoder
    assert [len(bias) for _, bias in found] == [9, 64] and not any(bias.any() for _, bias in found)


def test_weights_without_a_bias_are_taken_as_numpy_multiplies_by_them_where_they_are_called_so():
    layers = linear(2, 9, 64, bias=False)
    found = one({f"W{n}": layer.weight.t() for n, layer in enumerate(layers)}).network.decoder
    for layer, module in zip(found, layers, strict=True):
        np.testing.assert_array_equal(layer[0], module.weight.detach().numpy())


LAYERS = linear(784, 30, 3, 30, 784)
AUTOENCODERS = {
    "in a row": nn.Sequential(*LAYERS).state_dict(),
    "in two parts": state(encoder=nn.Sequential(*LAYERS[:2]), decoder=nn.Sequential(*LAYERS[2:])),
    "in two parts without roles": state(a=nn.Sequential(*LAYERS[:2]), b=nn.Sequential(*LAYERS[2:])),
}


@pytest.mark.parametrize("tree", AUTOENCODERS.values(), ids=AUTOENCODERS)
def test_of_an_autoencoder_the_decoder_is_found(tree):
    layers, found = LAYERS, one(tree).network
    assert found.latent_dim == 3 and found.encoder is None and "autoencoder" in found.why_not
    assert_layer(found.decoder[0], layers[2])


def test_a_decoder_alone_begins_with_its_dimensions():
    assert one(nn.Sequential(*linear(7, 30, 192)).state_dict()).network.latent_dim == 7


# --------------------------------------------------------------------------------------------------- more than one


def test_all_that_differ_are_found_with_their_names():
    other = decoder_state(3, seed=1)
    found = find({"epoch": 3, "state_dict": before("decoder.", DECODER), "ema_state_dict": before("decoder.", other)})
    assert [each.name for each in found] == ["state_dict", "ema_state_dict"]
    np.testing.assert_array_equal(found[1].network.decoder["linear.bias"], other["linear.bias"].numpy())


# ----------------------------------------------------------------------------------------------------- other models

BATCH_NORM = nn.Sequential(nn.Linear(3, 30), nn.BatchNorm1d(30), nn.ReLU(), nn.Linear(30, 784)).state_dict()
BLOCK, LAST = nn.Sequential(nn.Linear(3, 9), nn.BatchNorm1d(9)), nn.Sequential(*linear(9, 9, 64))
OTHER = {
    "a norm between": BATCH_NORM,
    "a norm between, called a decoder": before("decoder.", BATCH_NORM),
    "blocks, of which the last would do": state(
        decoder=nn.ModuleDict({"a": BLOCK, "b": nn.Sequential(*linear(9, 9, 64))})
    ),
    "a norm in our own": DECODER | {"norm.weight": torch.ones(16), "norm.bias": torch.zeros(16)},
    "a layer after our own": before("decoder.", DECODER) | {"final.weight": torch.ones(1, 1, 3, 3)},
    "a Linear layer before our own": before("decoder.", DECODER) | {"map.weight": torch.ones(3, 3)},
    "a norm beside our own that is the decoder's": before("decoder.", DECODER) | {"decoder_norm.weight": torch.ones(1)},
    "a layer around our own": before("net.up.", DECODER) | {"net.weight": torch.ones(784, 784)},
    "a slope that is learned": DECODER | {"prelu.weight": torch.ones(1)},
    "weights with a norm of their own": {"0.weight_g": torch.ones(784, 1), "0.weight_v": torch.ones(784, 3)},
    "a network of convolutions": state(a=nn.ConvTranspose2d(3, 8, 4), b=nn.ConvTranspose2d(8, 1, 4)),
    "a network for labels too": state(fc1=nn.Linear(794, 40), fc21=FC21, fc22=FC22, fc3=nn.Linear(15, 40), fc4=FC4),
    "a classifier": nn.Sequential(*linear(784, 128, 10)).state_dict(),
}


@pytest.mark.parametrize("tree", OTHER.values(), ids=OTHER)
def test_a_layer_that_would_change_the_picture_makes_it_another_model(tree):
    with pytest.raises(OtherModelError, match=r"it is another model .* its layers are "):
        find(tree)


ENCODERS_ALONE = {
    "ours": ENCODER,
    "ours, in another place": {"model": before("encoder.", ENCODER)},
    "a chain": state(fc1=FC1, fc21=FC21, fc22=FC22),
}


@pytest.mark.parametrize("tree", ENCODERS_ALONE.values(), ids=ENCODERS_ALONE)
def test_an_encoder_alone_is_told_as_one(tree):
    with pytest.raises(StateDictError, match="the weights of an encoder, not of a decoder"):
        find(tree)


# ------------------------------------------------------------------------------------------------------ what is said


@pytest.mark.parametrize(
    ("tree", "form", "said"),
    [
        (DECODER, "", ""),
        (OTHERS, "", "Known by the shapes of its layers."),
        (before("module.", DECODER), "", "Taken from “module” in the file."),
        (WHOLE, "a safetensors file", "Taken from “decoder” in a safetensors file, with its encoder."),
        (DECODER, "a file packed with gzip", "Read from a file packed with gzip."),
        (EXAMPLE, "", "With its encoder."),
    ],
)
def test_it_is_said_what_was_done(tree, form, said):
    assert search.described(one(tree), form) == said


def test_a_tree_without_end_is_refused():
    tree = {}
    tree["again"] = tree
    with pytest.raises(StateDictError, match="more parts within parts"):
        search.find(tree)
    wide = []
    for _ in range(40):
        wide = [wide, wide]
    with pytest.raises(StateDictError, match="more parts within parts"):
        search.find({"a": wide})


def test_a_file_of_thousands_of_tensors_is_refused_before_they_are_compared():
    with pytest.raises(StateDictError, match="3000 tensors; at most 1000"):
        search.find({f"l{n}": {"weight": np.zeros((3, 3), np.float32)} for n in range(3000)})
    row = {f"w{n}": np.zeros((3, 3) if n % 2 else 3, np.float32) for n in range(3000)}
    with pytest.raises(StateDictError, match="3000 tensors; at most 1000"):
        search.find(row)


def test_the_momentum_of_an_optimizer_is_not_taken_for_a_model():
    model = nn.Sequential(*linear(3, 30, 784))
    kept = {n: {"momentum_buffer": 2 * value} for n, value in enumerate(model.parameters())}
    found = one({"model": model.state_dict(), "optimizer": {"state": kept, "param_groups": []}}).network
    for layer, module in zip(found.decoder, model, strict=True):
        assert_layer(layer, module)


def test_losses_beside_weights_are_no_layer():
    assert one({**LETTERS, "train_losses": torch.zeros(40), "val_loss": torch.zeros(9)}).network.encoder is not None


def test_an_encoder_is_taken_in_natural_order_too():
    layers = linear(784, *[9] * 12)
    parts = {"encoder": nn.Sequential(*layers), "mu": linear(9, 2)[0], "logvar": linear(9, 2)[0]}
    tree = dict(sorted(state(**parts, decoder=nn.Sequential(*linear(2, 9, 784))).items()))
    for found, module in zip(one(tree).network.encoder.trunk, layers, strict=True):
        assert_layer(found, module)
