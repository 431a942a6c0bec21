"""What the README and the page of the window tell: every command and key, and the facts as they are."""

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from documents import document
from factories import ROOT, python

import vae_explorer as vx
from vae_explorer import settings
from vae_explorer.datasets import mirrors, mnist
from vae_explorer.gui.panels import keys
from vae_explorer.gui.views.answers.column import PARTS
from vae_explorer.gui.views.tab import TABS
from vae_explorer.session import offered
from vae_explorer.session.history import Session

README, WINDOW, MODELS = (document(name) for name in ("README.md", "docs/window.md", "docs/models.md"))
INFO = json.loads((ROOT / "weights" / "model.json").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def actions():
    return offered.actions(Session(vx.Space.open()), TABS)


def family(label):
    return re.sub(r"\d", "", label.replace(" an ", " a "))


def test_the_window_s_page_has_every_command_with_its_key(actions):
    """One row does for all classes, and one for all dimensions."""
    firsts = {family(each.label): each for each in reversed(actions)}.values()
    others = {"command", "tab", "---", *(each.title for each in TABS.values())}
    told = {row[0]: row[1] for row in WINDOW.rows if len(row) == 3 and row[0] not in others}
    shortcuts = {
        each.label: "0 … 9" if each.shortcut == "0" else each.shortcut.replace("Escape", "Esc") for each in firsts
    }
    assert told == shortcuts


def test_the_window_s_page_has_what_keys_do_wherever_the_keyboard_is():
    told = WINDOW.text.split("Where the keyboard is decides what the others do:\n\n")[1].split("\n\n## ")[0]
    tables = [[tuple(re.split(" \\| ", row.strip("| "))) for row in each.splitlines()] for each in told.split("\n\n")]
    assert {rows[0][0]: rows[2:] for rows in tables} == keys.WHERE


def test_the_window_s_page_has_every_tab_and_every_answer():
    first = {row[0] for row in WINDOW.rows}
    assert {each.title for each in (*TABS.values(), *PARTS.values())} <= first


def test_the_installed_commands_are_named():
    scripts = PROJECT["scripts"] | PROJECT["gui-scripts"]
    assert {text for text in README.code if text.startswith("vae-explorer")} == {*scripts}


@pytest.mark.skipif(sys.platform != "linux", reason="the places are Linux's")
def test_the_places_of_settings_and_cache_are_those_that_are_named(monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(Path("/home/mine")))
    assert f"`~/{settings.path().parent.relative_to('/home/mine')}`" in document("docs/files.md").text
    assert f"`~/{mnist.cache().parent.relative_to('/home/mine')}`" in README.text
    assert f"`{mnist.VARIABLE}`" in README.text and f"({mirrors.DOWNLOAD_SIZE})" in README.text


def test_the_python_that_is_needed_is_the_one_of_the_project():
    assert f"Python {PROJECT['requires-python'].removeprefix('>=')} or newer" in README.text


def test_the_loss_of_the_model_that_ships_is_that_of_its_model_json():
    assert (
        f"reach {INFO['test']['loss']:.1f}" in README.text and f"`--epochs {INFO['options']['epochs']}`" in README.text
    )


WEIGHTS = """
load, torch.load = torch.load, lambda *_, **__: {}
nn.Sequential.load_state_dict = lambda *_: None
"""


@pytest.mark.parametrize(
    ("name", "what", "shape"), [("rings", "decode", (1, 64, 64)), ("colours", "generator", (3, 64, 64))]
)
def test_a_decoder_of_ones_own_takes_ten_lines_or_so(tmp_path, name, what, shape):
    shown = MODELS.files[f"{name}.py"]
    (tmp_path / f"{name}.py").write_text(shown.replace("from torch import nn\n", f"from torch import nn\n{WEIGHTS}"))
    assert len([line for line in shown.splitlines() if line and line[0] != "#"]) <= 10
    opened = f"import vae_explorer as vx; vae = vx.open('{name}:{what}'); x_hat = vae.decode([0.5] * vae.latent_dim)"
    done = python(
        f"{opened}; print(vae.shape, x_hat.shape == (1, *vae.shape), x_hat.std() > 0, vae.slow)", cwd=tmp_path
    )
    assert (done.stdout, done.stderr) == (f"{shape} True True False\n", "")


def test_the_export_to_onnx_is_that_of_the_tests():
    [code] = [block for block in MODELS.blocks("python") if "onnx.export" in block]
    script = (ROOT / "tests" / "export_onnx.py").read_text("utf-8")
    assert all(word in code and word in script for word in ("external_data=False", "dynamic_shapes=", "export.Dim("))
