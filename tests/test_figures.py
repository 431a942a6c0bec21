"""Mosaics to the pixel, and Figures by what is in them; nothing is shown."""

import io
import itertools

import numpy as np
import pytest
from factories import digits, python
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from vae_explorer.pictures import figures
from vae_explorer.space import latent


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
    np.testing.assert_array_equal(sheets[0], figures.mosaic(images, 16))
    np.testing.assert_array_equal(sheets[1], figures.mosaic(255 - images[:3], 16))
    assert sheets[0].shape == (58, 478) and sheets[1].shape == (28, 478)
    for axis in figure.axes:
        assert not axis.axison and axis.images[0].get_clim() == (0, 255)  # no stretching of contrast


def test_a_plane_has_its_coordinates_at_the_middle_of_its_tiles():
    images, _ = digits(6)
    figure = figures.plane(images, across=(-1.0, -0.01, 1.5), down=(2.0, -2.0), labels=("z0", "z4"))
    (axis,) = figure.axes
    np.testing.assert_array_equal(axis.images[0].get_array(), figures.mosaic(images, 3, gap=0))
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


# ---------------------------------------------------------------------------------------------- strips and ways


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


def strips(rows, columns=5, kl=True):
    images, _ = digits(rows * columns)
    values = np.linspace(-2, 2, columns).tolist()
    z = np.linspace(-1.5, 2.5, rows).tolist()
    nats = [0.25 * dim for dim in range(rows)] if kl else None
    return images, drawn(figures.traverse(images, values, range(rows), z, nats)).axes[0]


@pytest.mark.parametrize("rows", [1, 2, 6, 20, 120])
def test_a_picture_of_strips_has_a_row_of_tiles_for_each_dimension(rows):
    images, axis = strips(rows)
    sheet = axis.images[0].get_array()
    assert sheet.shape == (rows * 34 - 6, 140)
    for row in range(rows):
        strip = sheet[34 * row : 34 * row + 28].reshape(28, 5, 28).transpose(1, 0, 2)
        np.testing.assert_array_equal(strip, images[5 * row : 5 * row + 5])
    assert [tick.get_text() for tick in axis.get_yticklabels()] == [f"z{dim}" for dim in range(rows)]
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["−2.0", "−1.0", "0", "+1.0", "+2.0"]


def test_a_picture_of_strips_tells_value_and_kl_of_each_row_at_its_height():
    _, axis = strips(3)
    told = {(text.get_text(), round(text.get_position()[1])) for text in axis.texts}
    assert told == {
        ("value", -5), ("−1.50", 14), ("+0.50", 48), ("+2.50", 82),
        ("kl, nats", -5), ("0.0", 14), ("0.2", 48), ("0.5", 82),
    }  # fmt: skip
    assert [text.get_text() for text in strips(2, kl=False)[1].texts] == ["value", "−1.50", "+2.50"]


def test_the_mark_of_a_strip_stands_under_the_value_of_z_if_it_is_on_the_row():
    _, axis = strips(3)  # z = -1.5, 0.5, 2.5 on tiles of -2 … 2
    x, y = axis.lines[0].get_data()
    np.testing.assert_allclose(x, [13.5 + 14, 69.5 + 14, np.nan])
    assert [28 <= place % 34 < 34 for place in y] == [True] * 3


def test_values_between_tenths_are_told_with_two_decimals():
    axis = drawn(figures.traverse(digits(3)[0], [-1.25, 0.0, 1.25], [0], [0.0], None)).axes[0]
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["−1.25", "0", "+1.25"]


def test_rows_of_strips_may_be_some_of_the_dimensions():
    images, _ = digits(4)
    axis = drawn(figures.traverse(images, [-1.0, 1.0], (5, 2), [9e9, 0, 0.25, 0, 0, -1e300], [0] * 5 + [7])).axes[0]
    assert [tick.get_text() for tick in axis.get_yticklabels()] == ["z5", "z2"]
    assert [text.get_text() for text in axis.texts] == ["value", "−1e+300", "+0.25", "kl, nats", "7.0", "0.0"]


def test_names_have_boxes_for_what_the_font_does_not_have_without_a_warning():
    images, _ = digits(5)
    figure = drawn(figures.traverse(images, [-2, -1, 0, 1, 2], [0], [0.0], None, ((0, "日 lean"),)))
    assert [each.get_text() for each in figure.axes[0].get_yticklabels()] == ["z0 □ lean"]
    axis = drawn(figures.plane(images[:4], [-1, 1], [1, -1], ("z0 日", "z1 本"))).axes[0]
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z0 □", "z1 □")


def test_each_pixel_of_a_digit_is_three_by_three_in_a_saved_strip():
    _, axis = strips(1)
    buffer = io.BytesIO()
    axis.figure.savefig(buffer, format="png", dpi=144)
    with Image.open(buffer) as picture:
        found = np.asarray(picture.convert("L"))
    sheet = axis.images[0].get_array().repeat(3, 0).repeat(3, 1)[:84]
    np.testing.assert_allclose(found[45 : 45 + 84, 63 : 63 + sheet.shape[1]], sheet, atol=1)  # matplotlib truncates


def way(count=4, steps=(1.0, 2.0, 0.5), places=(0.0, 50.0, 100.0, 25.0)):
    return figures.DrawnWay(digits(count)[0], np.array(steps), None if places is None else np.array(places))


def test_ways_stand_one_above_the_other_on_the_same_scales():
    rows = {"Straight": way(), "Round": way(steps=(4.0, 1.0, 1.0), places=(9.0, 9.0, 9.0, 9.0))}
    axes = drawn(figures.ways(rows)).axes
    assert [axis.get_title(loc="left") for axis in axes[::3]] == ["Straight", "Round"]
    for (tiles, steps, places), row in zip((axes[:3], axes[3:]), rows.values(), strict=True):
        np.testing.assert_array_equal(tiles.images[0].get_array(), figures.mosaic(row.tiles, 4, gap=0))
        assert [bar.get_height() for bar in steps.patches] == row.steps.tolist()
        assert [bar.get_height() for bar in places.patches] == row.places.tolist()
        assert [bar.get_x() + bar.get_width() / 2 for bar in steps.patches] == [28, 56, 84]  # between the tiles
        assert [bar.get_x() + bar.get_width() / 2 for bar in places.patches] == [14, 42, 70, 98]  # under them
        assert (steps.get_ylim(), places.get_ylim()) == ((0, 4), (0, 100))
        left, right = (tiles.transData.transform((x, 0))[0] for x in (-0.5, 111.5))
        for bars in (steps, places):
            np.testing.assert_allclose(bars.transData.transform([(0, 0), (112, 0)])[:, 0], (left, right), atol=1e-6)
        assert [text.get_text() for axis in (steps, places) for text in axis.texts] == ["change", "density, %"]
    tops = [axis.get_position().y1 for axis in axes]
    assert tops == sorted(tops, reverse=True)


@pytest.mark.parametrize("count", [2, 11, 120])
def test_ways_without_a_density_or_without_any_change_are_drawn(count):
    axes = drawn(figures.ways({"Straight": way(count, [0.0] * (count - 1), None)})).axes
    assert len(axes) == 2 and axes[1].get_ylim() == (0, 1)
