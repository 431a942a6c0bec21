"""The protocols: which is the usual one of a model, and of which models one makes no sense."""

import typing

import pytest
from factories import made_up_codec

from vae_explorer import protocols
from vae_explorer.evaluate import Options
from vae_explorer.protocols import PROTOCOLS


def model(shape=(1, 8, 8), **info):
    made = made_up_codec(shape)
    made.source.info.update(info)
    return made


def test_the_command_offers_every_protocol():
    [words, _] = typing.get_args(typing.get_type_hints(Options)["protocol"])
    assert typing.get_args(words) == (*PROTOCOLS,) and protocols.USUAL in PROTOCOLS


@pytest.mark.parametrize(
    ("info", "name"),
    [({}, "mse-kl"), ({"likelihood": "gaussian"}, "mse-kl"), ({"likelihood": "bernoulli"}, "binarised")],
    ids=str,
)
def test_the_usual_protocol_is_that_of_the_likelihood(info, name):
    assert protocols.usual(model(**info)) == name and PROTOCOLS[name].refused(model(**info)) == ""


def test_probabilities_are_taken_from_no_model_that_says_it_has_none():
    assert "Gaussian likelihood" in PROTOCOLS["binarised"].refused(model(likelihood="gaussian"))
    assert "in colour" in PROTOCOLS["binarised"].refused(model((3, 8, 8)))
    assert PROTOCOLS["binarised"].refused(model()) == "", "a stranger's, of which a person says so"
