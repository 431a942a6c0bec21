"""Mosaics to the pixel, and Figures by what is in them; nothing is shown."""

import io
import itertools

import numpy as np
import pytest
from factories import digits, python
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from vae_explorer.pictures import figures, strips
from vae_explorer.pictures.tiles import mosaic
from vae_explorer.space import latent


def tiles(count, height=2, width=3):
    """Tile k is grey level k + 1 throughout."""
    return np.arange(1, count + 1, dtype=np.uint8)[:, None, None].repeat(height, 1).repeat(width, 2)


def test_a_mosaic_is_laid_out_to_the_pixel():
    _ = 255
    assert mosaic(tiles(3), columns=2, gap=1).tolist() == [
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
    sheet = mosaic(tiles(count), columns, gap)
    assert sheet.shape == shape and sheet.dtype == np.uint8
    counts = np.bincount(sheet.ravel(), minlength=256)
    assert counts[1 : count + 1].tolist() == [6] * count and counts[255] == sheet.size - 6 * count


@pytest.mark.parametrize(
    "values", [lambda n: np.linspace(-3, 3, n), lambda n: np.linspace(-0.3, 0.2, n), latent.quantiles]
)
def test_the_coordinates_of_a_plane_never_touch_and_stand_where_they_are(values):
    for n in (2, 3, 5, 8, 12, 13, 16, 20, 24, 30, 60):
        along = values(n).tolist()
        figure = figures.plane(np.zeros((n * n, 28, 28), np.uint8), along, along[::-1], ("x", "y"))
        FigureCanvasAgg(figure).draw()
        [axis] = figure.axes
        width, height = figure.bbox.size
        for ticks, places, start in (
            (axis.get_xticklabels(), axis.get_xticks(), along),
            (axis.get_yticklabels(), axis.get_yticks(), along[::-1]),
        ):
            boxes = [tick.get_window_extent() for tick in ticks]
            assert not any(one.overlaps(two) for one, two in itertools.combinations(boxes, 2)), n
            assert 2 <= len(boxes) <= 12 and all(
                each.x0 >= 0 and each.y1 <= height and each.x1 <= width for each in boxes
            )
            told = [float(tick.get_text().replace("−", "-")) for tick in ticks]
            found = np.interp(places, 28 * np.arange(n) + 13.5, start)
            np.testing.assert_allclose(told, found, atol=0.0501)


def test_bands_are_one_sheet_under_each_title():
    images, _ = digits(20)
    figure = figures.bands({"in": images, "out": 255 - images[:3]})
    assert [axis.get_title(loc="left") for axis in figure.axes] == ["in", "out"]
    sheets = [axis.images[0].get_array() for axis in figure.axes]
    np.testing.assert_array_equal(sheets[0], mosaic(images, 16))
    np.testing.assert_array_equal(sheets[1], mosaic(255 - images[:3], 16))
    assert sheets[0].shape == (58, 478) and sheets[1].shape == (28, 478)
    for axis in figure.axes:
        assert not axis.axison and axis.images[0].get_clim() == (0, 255)  # no stretching of contrast


def test_a_plane_has_its_coordinates_at_the_middle_of_its_tiles():
    images, _ = digits(6)
    figure = figures.plane(images, across=(-1.0, -0.01, 1.5), down=(2.0, -2.0), labels=("z0", "z4"))
    (axis,) = figure.axes
    np.testing.assert_array_equal(axis.images[0].get_array(), mosaic(images, 3, gap=0))
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z0", "z4")
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["−1.0", "0", "+1.5"]
    assert [tick.get_text() for tick in axis.get_yticklabels()] == ["+2.0", "−2.0"]
    assert axis.get_xticks().tolist() == [13.5, 41.5, 69.5] and axis.get_yticks().tolist() == [13.5, 41.5]
    assert axis.get_ylim() == (55.5, -0.5)  # the first row is on top


def test_importing_and_drawing_keeps_no_figures_in_pyplot():
    code = (
        "import sys, numpy, io\nfrom vae_explorer.pictures import export, figures\n"
        "figures.bands({'a': numpy.zeros((2, 28, 28), numpy.uint8)}).savefig(io.BytesIO())\n"
        "print({'matplotlib.pyplot', 'torch', 'tkinter'} & set(sys.modules))"
    )
    done = python(code)
    assert done.stdout == "set()\n", done.stderr


def drawn(figure):
    """Draw a Figure, where warnings are errors, and see that nothing sticks out of it."""
    figure.savefig(io.BytesIO(), format="png")
    page = figure.bbox
    for axis in figure.axes:
        shown = [*axis.texts, *(axis.findobj(Text) if axis.axison else [axis.title, axis._left_title])]
        for text in (each for each in shown if each.get_text() and each.get_visible()):
            box = text.get_window_extent()
            assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1, text
    return figure


@pytest.mark.parametrize("count", [1, 2, 4, 9])
def test_a_title_and_the_names_of_axes_have_room_beside_few_digits(count):
    images, _ = digits(9)
    drawn(figures.bands({f"{count} draws from the aggregated posterior, seed 12345678": images[:count]}, columns=3))
    names = [f"principal axis {k}, 12 % of the variance" for k in (1, 2)]
    drawn(figures.plane(images[:4], [-1, 1], [1, -1], (names[0], names[1])))


def test_names_have_boxes_for_what_the_font_does_not_have_without_a_warning():
    images, _ = digits(5)
    figure = drawn(strips.traverse(images, [-2, -1, 0, 1, 2], [0], [0.0], None, ((0, "日 lean"),)))
    assert [each.get_text() for each in figure.axes[0].get_yticklabels()] == ["z0 □ lean"]
    axis = drawn(figures.plane(images[:4], [-1, 1], [1, -1], ("z0 日", "z1 本"))).axes[0]
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z0 □", "z1 □")
