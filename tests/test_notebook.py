"""The notebook runs from top to bottom, and what is committed shows what it makes."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "LatentDigits.ipynb"


def pictures(notebook) -> list[bool]:
    """For each code cell whether it shows a picture."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [any("image/png" in output.get("data", {}) for output in cell.outputs) for cell in cells]


def test_the_notebook_is_committed_with_its_outputs():
    committed = nbformat.read(NOTEBOOK, as_version=4)
    first, *rest = pictures(committed)
    assert rest and all(rest), "every cell after the imports shows a picture"
    assert not first


@pytest.mark.filterwarnings("default")  # jupyter's own
def test_the_notebook_runs_without_mnist_and_with_any_settings_of_matplotlib(monkeypatch, tmp_path):
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    monkeypatch.setenv("MPLBACKEND", "Qt4Agg")  # which it no longer has
    monkeypatch.delenv("VAE_EXPLORER_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(NOTEBOOK.parent), os.environ.get("PYTHONPATH", "")]))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert pictures(notebook)[1:] == pictures(nbformat.read(NOTEBOOK, as_version=4))[1:]
    assert not any(output.output_type == "error" for cell in notebook.cells for output in cell.get("outputs", []))
