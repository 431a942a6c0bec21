"""The notebook runs from top to bottom with and without what it can do without, and is committed with what it makes."""

import base64
import io
import os
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from PIL import Image

from docs import notebook
from vae_explorer.datasets import mnist

COMMITTED = nbformat.read(notebook.NOTEBOOK, as_version=4)
MOST_BYTES = 1_500_000
TRAINING, LIVE = "training-code", "live-code"  # cells
OTHER, FEW = 16, 0.01  # grey levels by which a pixel is another, and the share of those on other machines

pytestmark = pytest.mark.filterwarnings("default")  # jupyter's own


@pytest.fixture
def ran(monkeypatch, tmp_path):
    """A function that runs the notebook where some modules are not installed; its outputs by cell."""

    def run(*missing):
        for name in missing:
            (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError('There is no {name} here.')")
        places = [str(tmp_path), str(notebook.NOTEBOOK.parent), os.environ.get("PYTHONPATH", "")]
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(places))
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        return by_cell(notebook.run(tmp_path))

    return run


def by_cell(book):
    return {cell.id: cell.outputs for cell in book.cells if cell.cell_type == "code"}


def texts(outputs):
    return [each.text for each in outputs if each.output_type == "stream"]


def pictures(outputs):
    """The pixels of each picture, (H, W, 3)."""
    found = [each.data["image/png"] for each in outputs if "image/png" in each.get("data", {})]
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(each))).convert("RGB")).astype(int) for each in found]


def same(outputs, others):
    """Whether the outputs of a cell say and show the same; a few pixels may be other ones on another processor."""
    mine, theirs = pictures(outputs), pictures(others)
    if texts(outputs) != texts(others) or [each.shape for each in mine] != [each.shape for each in theirs]:
        return False
    return all((abs(a - b) > OTHER).mean() < FEW for a, b in zip(mine, theirs, strict=True))


def differing(outputs):
    committed = by_cell(COMMITTED)
    assert outputs.keys() == committed.keys()
    return [name for name, each in outputs.items() if not same(each, committed[name])]


def test_it_is_committed_with_a_picture_for_each_question():
    shown = {name: len(pictures(outputs)) for name, outputs in by_cell(COMMITTED).items()}
    assert [name for name, count in shown.items() if not count] == ["load", "true-code"]
    text = "\n".join(cell.source for cell in COMMITTED.cells if cell.cell_type == "markdown")
    assert re.findall(r"^## (\d+)\. .*\?$", text, re.MULTILINE) == [str(number) for number in range(1, 12)]


def test_what_is_committed_is_small_and_tells_nothing_of_the_machine_that_ran_it():
    text = notebook.NOTEBOOK.read_text("utf-8")
    assert len(text.encode()) < MOST_BYTES
    words = re.sub(r'"image/png": "[^"]*"', "", text)
    assert re.findall(rf"(?:/home/|/root|/tmp|/Users/|[A-Z]:\\\\|{re.escape(str(Path.home()))})", words) == []
    assert not any(cell.metadata for cell in COMMITTED.cells) and "widgets" not in COMMITTED.metadata


def test_it_runs_as_it_is_committed(ran, monkeypatch):
    try:
        data = mnist.load(offline=True)
    except mnist.DataError as error:
        pytest.skip(str(error))
    if data.name != "mnist":
        pytest.skip(f"the outputs are of MNIST, and here lies {data.name}")
    monkeypatch.setenv(mnist.VARIABLE, str(data.folder.resolve()))
    assert differing(ran()) == []


def test_it_runs_without_mnist_and_with_any_settings_of_matplotlib(ran, monkeypatch, tmp_path):
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    monkeypatch.setenv("MPLBACKEND", "Qt4Agg")  # which it no longer has
    monkeypatch.delenv(mnist.VARIABLE, raising=False)
    outputs = ran()
    assert differing(outputs) == [TRAINING]
    [said] = texts(outputs[TRAINING])
    assert said.startswith("Nothing is trained here. ") and "MNIST" in said


def test_it_runs_without_torch_and_anywidget(ran):
    outputs = ran("torch", "anywidget")
    assert differing(outputs) == [LIVE, TRAINING]
    assert texts(outputs[TRAINING]) == ["Nothing is trained here. There is no torch here.\n"]
    [said] = texts(outputs[LIVE])
    assert "pip install 'vae-explorer[notebook]'" in said
    assert same([each for each in outputs[LIVE] if each.output_type != "stream"], by_cell(COMMITTED)[LIVE])
