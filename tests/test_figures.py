"""Mosaics to the pixel, and Figures by what is in them; nothing is shown."""

import numpy as np
import pytest
from factories import digits, python

from vae_explorer import figures


def tiles(count, height=2, width=3):
    """Tile k is grey level k + 1 throughout."""
    return np.arange(1, count + 1, dtype=np.uint8)[:, None, None].repeat(height, 1).repeat(width, 2)


def test_a_mosaic_is_laid_out_to_the_pixel():
    _ = 255
    assert figures.mosaic(tiles(3), columns=2, gap=1).tolist() == [
        [1, 1, 1, _, 2, 2, 2],
        [1, 1, 1, _, 2, 2, 2],
        [_, _, _, _, _, _, _],
        [3, 3, 3, _, _, _, _],
        [3, 3, 3, _, _, _, _],
    ]


@pytest.mark.parametrize(
    ("count", "columns", "gap", "shape"),
    [(1, 1, 2, (2, 3)), (4, 2, 0, (4, 6)), (5, 3, 2, (6, 13)), (2, 4, 2, (2, 18))],
)
def test_a_mosaic_has_whole_rows(count, columns, gap, shape):
    sheet = figures.mosaic(tiles(count), columns, gap)
    assert sheet.shape == shape and sheet.dtype == np.uint8
    counts = np.bincount(sheet.ravel(), minlength=256)
    assert counts[1 : count + 1].tolist() == [6] * count and counts[255] == sheet.size - 6 * count


def test_bands_are_one_sheet_under_each_title():
    images, _ = digits(20)
    figure = figures.bands({"in": images, "out": 255 - images[:3]})
    assert [axis.get_title(loc="left") for axis in figure.axes] == ["in", "out"]
    sheets = [axis.images[0].get_array() for axis in figure.axes]
    np.testing.assert_array_equal(sheets[0], figures.mosaic(images, 16))
    np.testing.assert_array_equal(sheets[1], figures.mosaic(255 - images[:3], 16))
    assert sheets[0].shape == (58, 478) and sheets[1].shape == (28, 478)
    for axis in figure.axes:
        assert not axis.axison and axis.images[0].get_clim() == (0, 255)  # no stretching of contrast


def test_a_manifold_has_its_coordinates_at_the_middle_of_its_tiles():
    images, _ = digits(6)
    figure = figures.manifold(images, across=(-1.0, -0.01, 1.5), down=(2.0, -2.0), labels=("z0", "z4"))
    (axis,) = figure.axes
    np.testing.assert_array_equal(axis.images[0].get_array(), figures.mosaic(images, 3, gap=0))
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z0", "z4")
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["−1.0", "0", "+1.5"]
    assert [tick.get_text() for tick in axis.get_yticklabels()] == ["+2.0", "−2.0"]
    assert axis.get_xticks().tolist() == [13.5, 41.5, 69.5] and axis.get_yticks().tolist() == [13.5, 41.5]
    assert axis.get_ylim() == (55.5, -0.5)  # the first row is on top


def test_importing_and_drawing_keeps_no_figures_in_pyplot():
    code = (
        "import sys, numpy, io\nfrom vae_explorer import export, figures\n"
        "figures.bands({'a': numpy.zeros((2, 28, 28), numpy.uint8)}).savefig(io.BytesIO())\n"
        "print({'matplotlib.pyplot', 'torch', 'tkinter'} & set(sys.modules))"
    )
    done = python(code)
    assert done.stdout == "set()\n", done.stderr
