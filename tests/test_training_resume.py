"""A saved run is gone on with, or refused with a reason: whatever lies in its file, nothing else is raised."""

import copy
import io
import os
import random

import pytest
import torch
from factories import saved

from vae_explorer.errors import Failure
from vae_explorer.training import resume
from vae_explorer.training.options import Options, resumed
from vae_explorer.training.trainer import SCHEMA, DivergedError, Trainer

DATA = {"images": "0" * 64}
X = torch.linspace(-1, 1, 10 * 784).reshape(10, 1, 28, 28)
ASKED = Options(resume=True, device="cpu")


def trainer(**options):
    return Trainer(Options(**{"epochs": 3, "batch_size": 4, "latent_dim": 2, "device": "cpu"} | options), X)


@pytest.fixture(scope="module")
def state():
    """The state of a run of 3 steps an epoch after 4 steps, as torch reads it."""
    made = trainer(validation=1)
    list(made.epoch())
    next(made.epoch())
    return torch.load(io.BytesIO(made.state(DATA)), weights_only=True)


def go_on(path, value):
    """Do what `train --resume` does with a file that holds a value, to the end of the epoch."""
    path.write_bytes(value if isinstance(value, bytes) else saved(value))
    found = resume.read(path)
    made = Trainer(resumed(ASKED, found["options"]), X)
    resume.fit(made, found, path)
    made.restore(found)
    if not made.finished:
        list(made.epoch())
    return made


def test_what_a_trainer_saved_is_read_as_torch_reads_it(tmp_path, state):
    path = tmp_path / "checkpoint.pt"
    path.write_bytes(saved(state))
    found = resume.read(path)
    assert found["options"] == state["options"] and found["history"] == state["history"] and found["data"] == DATA
    assert all(torch.equal(found["vae"][name], value) for name, value in state["vae"].items())
    kept = state["optimizer"]["state"]
    assert all(torch.equal(found["optimizer"]["state"][k][name], kept[k][name]) for k in kept for name in kept[k])


def test_a_run_without_a_schema_of_the_first_versions_is_gone_on_with(tmp_path, state):
    old = {name: value for name, value in state.items() if name != "schema"}
    assert len(old) == len(state) - 1
    assert go_on(tmp_path / "checkpoint.pt", old).step == go_on(tmp_path / "checkpoint.pt", state).step == 6


def test_a_run_of_a_newer_schema_is_refused_as_such_whatever_else_is_in_it(tmp_path):
    path = tmp_path / "checkpoint.pt"
    path.write_bytes(saved({"schema": SCHEMA + 1, "novelty": torch.ones(3)}))
    with pytest.raises(Failure) as caught:
        resume.read(path)
    assert str(caught.value) == (
        f"{path} was written by a newer version of this program: it is of schema {SCHEMA + 1}, and this version reads "
        f"{SCHEMA}. Go on with that version, or start anew with --overwrite."
    )


@pytest.mark.parametrize("latent_dim", [1, 256])
def test_runs_of_the_least_and_the_most_dimensions_go_on(tmp_path, latent_dim):
    made = trainer(latent_dim=latent_dim)
    next(made.epoch())
    assert go_on(tmp_path / "checkpoint.pt", made.state(DATA)).step == 3


def test_a_run_that_has_not_begun_and_one_of_ten_thousand_epochs_are_read(tmp_path):
    assert go_on(tmp_path / "checkpoint.pt", trainer().state(DATA)).step == 3
    made = trainer(epochs=10_000)
    list(made.epoch())
    made.history = [made.history[0] | {"epoch": number} for number in range(1, 10_001)]
    made.step = 30_000
    for value in made.optimizer.state.values():
        value["step"].fill_(30_000)
    assert go_on(tmp_path / "checkpoint.pt", made.state(DATA)).finished


def changed(state, *keys, value):
    """A copy of a state in which one thing is another."""
    made = copy.deepcopy(state)
    place = made
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    return made


WRONG = {
    "too large a rate": (("options", "lr"), 7.0, "lr is 7.0, which is more than 1"),
    "no rate": (("options", "lr"), float("nan"), "lr is nan, which is not a finite number"),
    "a rate in words": (("options", "lr"), "high", "lr is 'high'"),
    "a truth for a number": (("options", "draws"), True, "draws is True"),
    "no epochs": (("options", "epochs"), 0, "epochs is 0, which is less than 1"),
    "many dimensions": (("options", "latent_dim"), 10**12, "latent_dim is 1000000000000, which is more than 256"),
    "a seed beyond 63 bits": (("options", "seed"), 2**63, "seed is a huge number, which is more than"),
    "other dimensions": (("options", "latent_dim"), 3, r"encoder\.fc_mu\.weight of its vae is not \(3, 1568\)"),
    "options as a list": (("options",), [], "its options is a list"),
    "a step too far": (("step",), 100, "its step 100 is none of a run of 1 whole epochs"),
    "a step before the first": (("step",), -3, "its step -3"),
    "sums of two": (("sums",), [1.0, 2.0], "its sums are not three numbers"),
    "sums of text": (("sums", 1), "1", "its sums are not three numbers"),
    "a history out of order": (("history", 0, "epoch"), 2, "line 1 of its history is of epoch 2"),
    "a history of text": (("history", 0, "loss"), "low", "line 1 of its history is no line of numbers"),
    "a history without a term": (("history", 0), {"epoch": 1}, "line 1 of its history"),
    "a weight that is no number": (("vae", "decoder.linear.bias"), torch.full((1568,), torch.nan), "finite numbers"),
    "a list as a weight": (("vae", "decoder.linear.bias"), [1.0] * 1568, "finite numbers"),
    "no moments": (("optimizer", "state"), {}, "its optimizer is not of so many weights"),
    "moments of another step": (("optimizer", "state", 3, "step"), torch.tensor(9.0), "of another step"),
    "moments of another shape": (("optimizer", "state", 3, "exp_avg"), torch.zeros(2), "not .* finite numbers"),
    "a schema in words": (("schema",), "new", "its schema is 'new'"),
    "a schema before the first": (("schema",), 0, "its schema is 0"),
    "a truth for a schema": (("schema",), True, "its schema is True"),
    "hashes that are none": (("data", "images"), 3, "its data are not the hashes of files"),
}


@pytest.mark.parametrize(("keys", "value", "why"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_run_is_said(tmp_path, state, keys, value, why):
    path = tmp_path / "checkpoint.pt"
    with pytest.raises(Failure, match=rf"checkpoint\.pt is damaged, or no run .*{why}.* --overwrite\.$"):
        go_on(path, changed(state, *keys, value=value))


def test_what_a_file_says_of_the_optimizer_is_not_taken_over(tmp_path, state):
    groups = [{"params": [0], "lr": "high", "betas": None, "foreach": 3}]
    made = go_on(tmp_path / "checkpoint.pt", changed(state, "optimizer", "param_groups", value=groups))
    assert made.step == 6 and made.optimizer.param_groups[0]["betas"] == (0.8, 0.99)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["a pipe", "a folder"])
def test_what_is_no_file_is_not_waited_for(tmp_path, make):
    make(tmp_path / "checkpoint.pt")
    with pytest.raises(OSError, match=r"checkpoint\.pt"):
        resume.read(tmp_path / "checkpoint.pt")


ODD = [
    None, True, -1, 0, 7, 10**30, -(2**63), float("nan"), float("inf"), 1e308, -0.5, "", "x" * 1000, "\x1b", [], {}, (),
    [[]], {"a": 1}, torch.ones(9), torch.tensor(float("nan")), torch.ones(2).half(), b"bytes",
]  # fmt: skip


def places(value, keys=()):
    """Every place in a tree of dicts and lists."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield (*keys, key)
        yield from places(each, (*keys, key))


def test_a_run_that_was_changed_anywhere_goes_on_or_is_refused(tmp_path, state):
    rng, kinds, went_on = random.Random(0), list(places(state)), 0
    for _ in range(150):
        top = rng.choice([*state])
        keys = rng.choice([each for each in kinds if each[0] == top])
        value = changed(state, *keys, value=rng.choice(ODD))
        try:
            go_on(tmp_path / "checkpoint.pt", value)
            went_on += 1
        except Failure as error:  # of a loss that is no longer finite, too
            assert isinstance(error, DivergedError) or str(tmp_path) in str(error) or "--validation" in str(error)
            assert len(str(error)) < 700 and str(error).isprintable()
    assert 0 < went_on < 75
