"""What docs/numbers.md and the model card say of the model that ships, against its model.json, and of the protocols."""

import json
import re

import pytest
from factories import ROOT

from vae_explorer.protocols import PROTOCOLS

INFO = json.loads((ROOT / "weights" / "model.json").read_text("utf-8"))
PAGES = [ROOT / "docs" / "numbers.md", ROOT / "weights" / "README.md"]


def rows(page):
    """What the two columns of the tables of a page say, by the first of them."""
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", page.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_the_figures_of_the_model_that_ships_are_those_of_its_model_json(page):
    said, test = rows(page), INFO["test"]
    assert said["loss, recon + kl"] == f"{test['loss']:.2f}" and said["kl"] == f"{test['kl']:.2f}"
    assert next(value for name, value in said.items() if name.startswith("recon")) == f"{test['recon']:.2f}"
    assert said["kl of z0 … z5"] == ", ".join(f"{nats:.2f}" for nats in test["kl_per_dim"])
    assert said["active dimensions (variance of mu above 0.01)"] == f"{test['active']} of {INFO['latent_dim']}"
    assert said["mean squared error per pixel in [0, 1] of decode(mu)"] == f"{test['mse']:.4f}"
    assert f"{INFO['history']['loss']:.2f}" in page.read_text("utf-8")


def test_every_protocol_is_told_of():
    text = PAGES[0].read_text("utf-8")
    assert all(f"`{name}`" in text for name in PROTOCOLS)
