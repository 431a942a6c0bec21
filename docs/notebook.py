"""The notebook with its outputs: `make outputs` runs LatentDigits.ipynb from top to bottom and writes it again.

What is written is the same wherever it runs: no times, no versions, and of the live explorer its picture.
"""

import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from vae_explorer.datasets import mnist

NOTEBOOK = Path(__file__).parent.parent / "LatentDigits.ipynb"
LIVE = "application/vnd.jupyter.widget-view+json"
TIMEOUT_S = 300  # of a cell, on a busy machine; all take half a minute


def run(folder: Path) -> NotebookNode:
    """Run the notebook in a kernel of its own, which works in a folder; give it with its outputs. Raises
    CellExecutionError."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=TIMEOUT_S, record_timing=False, store_widget_state=False, resources=where)
    client.execute()
    notebook.metadata.language_info = {"name": "python"}
    for output in outputs(notebook):
        output.get("data", {}).pop(LIVE, None)
    return notebook


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    """Give the outputs of all cells, in order."""
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def main() -> None:
    """Run the notebook in an empty folder, and write it. Raises DataError without MNIST, which a part of it needs."""
    mnist.load(offline=True)
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(run(Path(folder)), NOTEBOOK)


if __name__ == "__main__":
    main()
