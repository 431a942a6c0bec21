"""What README.md says against the program: commands, options, keys, files and figures."""

import argparse
import json
import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest
from factories import ROOT, python
from PIL import Image

from vae_explorer import cli, evaluate, render, settings, stats, train
from vae_explorer.datasets import mirrors, mnist
from vae_explorer.gui import command
from vae_explorer.gui.options import Options
from vae_explorer.gui.panels.keys import SLIDER_KEYS
from vae_explorer.gui.views.tab import TABS
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.rendering import options as rendering
from vae_explorer.session.actions import ACTIONS
from vae_explorer.session.offered import tab_actions

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
PROSE = re.sub(r"^```.*?^```", "", README, flags=re.DOTALL | re.MULTILINE)
CODE = re.findall(r"`([^`\n]+)`", PROSE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PROGRAMS = {
    "gui.py": (command.COMMAND, Options),
    **{f"-m vae_explorer.{each.__name__.split('.')[1]}": (each.COMMAND, each.Options) for each in (train, evaluate)},
    "-m vae_explorer.render stats": (stats.command(), stats.Options),
    "-m vae_explorer.render": (render.page(), rendering.of(render.USUAL)),
}


def parser(program, what=""):
    """The parser of a program, of render that of what is drawn."""
    if what in KINDS:
        return cli._parser(rendering.command(what, what), rendering.of(what))
    return cli._parser(*PROGRAMS[program])


def options(told):
    return {flag for action in told._actions for flag in action.option_strings}


def lines(language="sh"):
    """The lines of code of the README, without what is said of them."""
    return [line.split("  #")[0].strip() for kind, block in BLOCKS if kind == language for line in block.splitlines()]


def arguments(line):
    """The program that a line starts and its arguments; nothing of another line."""
    for program in PROGRAMS:
        if (words := line.split(f"python {program}", 1))[1:] and "/" not in words[0]:
            return program, shlex.split(words[1])
    return None


STARTED = [found for line in lines() if (found := arguments(line))]


def test_the_readme_starts_every_program():
    assert {program for program, _ in STARTED} == {*PROGRAMS}


@pytest.mark.parametrize(
    ("program", "argv"), STARTED, ids=lambda value: value if isinstance(value, str) else " ".join(value) or "alone"
)
def test_every_command_is_one_that_the_program_understands(program, argv):
    what = argv[0] if program.endswith("render") else ""
    assert isinstance(parser(program, what).parse_args(argv[bool(what) :]), argparse.Namespace)


def test_every_option_that_is_named_is_one_of_a_program():
    known = set.union(*(options(parser(*each)) for each in [*zip(PROGRAMS), *(("", kind) for kind in KINDS)]))
    named = {flag for text in CODE for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)}
    assert len(named) > 5 and named <= known


@pytest.mark.parametrize("argv", [argv for program, argv in STARTED if program.endswith("render")], ids=" ".join)
def test_the_pictures_without_the_window_are_made(argv, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    mine = Image.new("L", (60, 80), 255)
    mine.paste(0, (28, 10, 34, 70))
    for name in {"seven.jpg"} & {*argv}:
        mine.save(name)
    assert render.main(argv) == 0
    [made] = {*tmp_path.iterdir()} - {tmp_path / "seven.jpg"}
    assert made.name in {*argv, f"{argv[0]}.png"} and capsys.readouterr().err == f"Picture: {made.name}\n"


@pytest.mark.parametrize("argv", [argv for program, argv in STARTED if program.endswith("stats")], ids=" ".join)
def test_the_tables_without_the_window_are_made(argv, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert render.main(["stats", *argv]) == 0
    [made] = tmp_path.iterdir()
    assert made.suffix == ".csv" and capsys.readouterr().err == f"Table: {made.name}\n"


def test_the_installed_commands_are_named():
    scripts = PROJECT["scripts"] | PROJECT["gui-scripts"]
    assert {text for text in CODE if text.startswith("vae-explorer")} == {*scripts}


def test_every_target_of_make_is_there():
    made = (ROOT / "Makefile").read_text("utf-8")
    told = "; ".join([*lines(), *CODE])
    named = set(re.findall(r"\bmake ([a-z]+)", told))
    assert len(named) >= 4 and all(re.search(rf"^{name}:", made, re.MULTILINE) for name in named)


def test_every_file_that_is_named_or_linked_is_there():
    links = re.findall(r"\]\(([^)]+)\)", PROSE)
    files = [text for text in CODE if re.fullmatch(r"[\w./]+\.(py|ipynb|md|toml)|\w+/", text)]
    assert len(links) >= 3 and len(files) >= 8
    assert [
        each for each in links + files if not (ROOT / each).exists() and not (ROOT / "vae_explorer" / each).exists()
    ] == []


def test_every_key_of_the_table_does_something():
    table = README.split("| do | to |", 1)[1].split("\n\n", 1)[0]
    told = " ".join(row.split("|")[1] for row in table.splitlines() if row.startswith("| "))
    found = re.findall(r"(?:Ctrl\+)?(?:Shift\+)?\b(?:[A-Z0-9]|F\d+|Home|PgUp|PgDn)\b(?!\w)", told)
    known = (
        {each.shortcut for each in (*ACTIONS, *tab_actions(TABS))}
        | {*"0123456789"}
        | {key for keys, _ in SLIDER_KEYS for key in keys.split()}
    )
    assert len(found) > 15 and [key for key in found if key not in known] == []


def test_all_that_has_a_key_of_its_own_in_the_menus_but_the_commonest_is_in_the_table():
    table = README.split("| do | to |", 1)[1].split("\n\n", 1)[0]
    untold = {each.shortcut for each in (*ACTIONS, *tab_actions(TABS)) if each.shortcut and each.shortcut not in table}
    assert untold <= {"Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+Shift+O", "Ctrl+Q", "Space", "Escape"}


@pytest.mark.skipif(sys.platform != "linux", reason="the places are Linux's")
def test_the_places_of_settings_and_cache_are_those_that_are_named(monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(Path("/home/mine")))
    assert f"`~/{settings.path().relative_to('/home/mine')}`" in README
    assert f"`~/{mnist.cache().parent.relative_to('/home/mine')}`" in README
    assert f"`{mnist.VARIABLE}`" in README and f"({mirrors.DOWNLOAD_SIZE})" in README


def test_the_python_that_is_needed_is_the_one_of_the_project():
    assert f"Python {PROJECT['requires-python'].removeprefix('>=')} or newer" in README


def test_the_lines_of_python_run(tmp_path):
    [code] = [block for kind, block in BLOCKS if kind == "python" and "vx.load()" in block]
    done = python(code + "print(x_hat.shape, mu.shape, logvar.shape)", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("(1, 1, 28, 28) (1, 6) (1, 6)\n", "")


def test_the_loss_of_the_model_that_ships_is_that_of_its_model_json():
    info = json.loads((ROOT / "weights" / "model.json").read_text("utf-8"))
    assert f"reach {info['test']['loss']:.1f}" in README and f"`--epochs {info['options']['epochs']}`" in README


EXAMPLES = {
    block.split(".py", 1)[0][2:]: block for kind, block in BLOCKS if kind == "python" and block.startswith("# ")
}
WEIGHTS = """
load, torch.load = torch.load, lambda *_, **__: {}
nn.Sequential.load_state_dict = lambda *_: None
"""


@pytest.mark.parametrize(
    ("name", "what", "shape"), [("rings", "decode", (1, 64, 64)), ("colours", "generator", (3, 64, 64))]
)
def test_a_decoder_of_ones_own_takes_ten_lines_or_so(tmp_path, name, what, shape):
    code = EXAMPLES[name].replace("from torch import nn\n", f"from torch import nn\n{WEIGHTS}")
    (tmp_path / f"{name}.py").write_text(code)
    assert len([line for line in EXAMPLES[name].splitlines() if line and line[0] != "#"]) <= 10
    opened = f"import vae_explorer as vx; vae = vx.open('{name}:{what}'); x_hat = vae.decode([0.5] * vae.latent_dim)"
    done = python(
        f"{opened}; print(vae.shape, x_hat.shape == (1, *vae.shape), x_hat.std() > 0, vae.slow)", cwd=tmp_path
    )
    assert (done.stdout, done.stderr) == (f"{shape} True True False\n", "")


def test_the_export_to_onnx_is_that_of_the_tests():
    [code] = [block for kind, block in BLOCKS if kind == "python" and "onnx.export" in block]
    compile(code, "README.md", "exec")
    script = (ROOT / "tests" / "export_onnx.py").read_text("utf-8")
    assert all(word in code and word in script for word in ("external_data=False", "dynamic_shapes=", "export.Dim("))
