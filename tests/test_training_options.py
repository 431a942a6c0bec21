"""The options of a training: their bounds, and which of them a run that goes on may choose."""

import dataclasses

import pytest

from vae_explorer import bounds
from vae_explorer.errors import Failure
from vae_explorer.training.options import Options, deciding, resumed


def test_a_resumed_run_takes_its_options_from_the_record_and_its_places_from_the_command_line(tmp_path):
    recorded = deciding(Options(epochs=7, lr=0.5, seed=3))
    found = resumed(Options(out=tmp_path, resume=True, lr=0.5), recorded)
    assert found == Options(epochs=7, lr=0.5, seed=3, out=tmp_path, resume=True)


@pytest.mark.parametrize("change", [{"epochs": 8}, {"lr": 0.25}, {"latent_dim": 20}, {"threads": 2}], ids=str)
def test_other_options_than_those_of_the_run_are_refused_by_name(change):
    (name,) = change
    with pytest.raises(Failure, match=f"--{name.replace('_', '-')} .*--overwrite"):
        resumed(dataclasses.replace(Options(resume=True), **change), deciding(Options(epochs=7)))


def test_an_option_that_was_given_is_refused_also_where_it_equals_the_default():
    recorded = deciding(Options(epochs=7))
    asked = Options(resume=True, given=frozenset({"epochs", "resume", "device"}))
    with pytest.raises(Failure, match=r"started with --epochs 7, not 30\b.*Leave --epochs out"):
        resumed(asked, recorded)
    assert resumed(dataclasses.replace(asked, epochs=7), recorded).epochs == 7
    assert resumed(dataclasses.replace(asked, given=frozenset({"lr"})), recorded).epochs == 7


def test_a_run_of_an_older_version_had_what_is_usual_of_options_that_it_did_not_have():
    recorded = {name: value for name, value in deciding(Options(epochs=7)).items() if name != "likelihood"}
    usual = Options(resume=True, likelihood="gaussian", given=frozenset({"likelihood"}))
    assert resumed(usual, recorded) == Options(resume=True, epochs=7)
    with pytest.raises(Failure, match="started with --likelihood gaussian, not bernoulli"):
        resumed(dataclasses.replace(usual, likelihood="bernoulli"), recorded)


@pytest.mark.parametrize("value", ["laplace", 1, None, ["gaussian"], "Gaussian"], ids=repr)
def test_a_likelihood_is_one_of_those_that_are_known(value):
    assert bounds.checked(Options, {"likelihood": "bernoulli"}) == {"likelihood": "bernoulli"}
    with pytest.raises(ValueError, match="likelihood is"):
        bounds.checked(Options, {"likelihood": value})


@pytest.mark.parametrize("name", ["epochs", "batch_size", "validation"])
def test_a_number_beyond_all_use_is_refused(name):
    with pytest.raises(ValueError, match=name):
        bounds.checked(Options, {name: 10**400})
