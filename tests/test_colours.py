"""Grey levels as colours, against matplotlib's own tables."""

import subprocess
import sys

import matplotlib
import numpy as np
import pytest

from vae_explorer.pictures.colours import colour_table
from vae_explorer.pictures.looks import COLOURS


@pytest.mark.parametrize("name", [*COLOURS, "plasma"])
def test_a_table_holds_the_colours_of_matplotlib_to_the_nearest_level(name):
    table = colour_table(name)
    assert table.shape == (256, 3) and table.dtype == np.uint8
    wanted = matplotlib.colormaps[name](np.linspace(0, 1, 256))[:, :3] * 255
    assert np.abs(table - wanted).max() <= 0.5 + 1e-9


def test_a_name_that_matplotlib_does_not_know_raises_key_error():
    with pytest.raises(KeyError, match="mauve"):
        colour_table("mauve")


def test_greys_need_no_matplotlib():
    code = (
        "import sys; from vae_explorer.pictures.colours import *; [colour_table(g) for g in GREYS]; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "vae_explorer.pictures.colours" in done.stdout and "matplotlib" not in done.stdout
