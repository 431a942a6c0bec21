"""Maps by what is in them: dots where the digits are, names that can be read, the cursor where z is."""

import io

import numpy as np
import pytest
from factories import python
from matplotlib.colors import to_rgb

from vae_explorer.pictures import maps, scatter

LABELS = np.repeat(np.arange(3, dtype=np.uint8), 40)
CENTRES = np.array([(-2.0, 0.0), (2.0, 0.0), (0.0, 3.0)])
XY = CENTRES[LABELS] + np.random.default_rng(0).uniform(-0.4, 0.4, (120, 2))
NAMES = {0: "zero", 1: r"$\1$", 2: "two"}  # the second is no formula that matplotlib could set


def drawn(figure):
    figure.savefig(io.BytesIO(), format="png")  # warnings are errors, so nothing is missing or too large
    return figure


def plane(**changes):
    values = {"xy": XY, "labels": LABELS, "names": NAMES, "cursor": (1.0, 1.0), "axes": ("z0", "z4")} | changes
    return drawn(maps.plane(**values)).axes[0]


def badges(axis):
    return {text.get_text(): text for text in axis.texts}


def test_a_dot_of_its_class_colour_stands_where_each_digit_is():
    axis = plane()
    [image] = axis.images
    (left, right, bottom, top), pixels = image.get_extent(), image.get_array()
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z0", "z4") and right - left == pytest.approx(top - bottom)
    for point, label in zip(XY, LABELS, strict=True):
        x, y = (point - (left, top)) / (right - left, bottom - top) * len(pixels)
        np.testing.assert_array_equal(pixels[int(y), int(x)], scatter.CLASS_COLOURS[label])  # the classes lie apart
    assert (axis.get_xlim(), axis.get_ylim()) == ((left, right), (bottom, top))


def test_each_name_stands_on_its_colour_at_the_middle_of_its_cloud():
    for label, (name, text) in enumerate(badges(plane()).items()):
        assert name == NAMES[label]
        np.testing.assert_allclose(text.get_position(), np.median(XY[label == LABELS], 0), atol=0.01)
        np.testing.assert_allclose(to_rgb(text.get_bbox_patch().get_facecolor()), scatter.CLASS_COLOURS[label] / 255)


def overlaps(axis):
    boxes = [text.get_bbox_patch().get_window_extent() for text in axis.texts]
    return [(a, b) for b in range(len(boxes)) for a in range(b) if boxes[a].overlaps(boxes[b])]


def test_names_of_clouds_in_one_place_do_not_cover_each_other_nor_the_cursor():
    names = {label: str(label) for label in range(10)}
    labels = np.tile(np.arange(10, dtype=np.uint8), 12)
    spread = np.concatenate([XY[:60], -XY[:60]])  # every class the same cloud, but for what is random
    axis = plane(xy=spread, labels=labels, names=names, cursor=np.median(spread, 0))
    assert overlaps(axis) == []
    ring = axis.transData.transform(axis.lines[0].get_xydata()[0])
    assert not any(text.get_bbox_patch().get_window_extent().contains(*ring) for text in axis.texts)


def test_the_cursor_is_a_ring_where_z_is_and_the_map_reaches_so_far():
    axis = plane(cursor=(6.0, -5.0))
    assert {tuple(line.get_xydata()[0]) for line in axis.lines} == {(6.0, -5.0)}
    assert axis.get_xlim()[1] > 6 and axis.get_ylim()[0] < -5


@pytest.mark.parametrize("cursor", [(11.0, 0.0), (1e300, 0.0), (0.0, -1e6)])
def test_a_cursor_far_off_leaves_the_map_as_it_is(cursor):
    axis = plane(cursor=cursor)
    assert not axis.lines and axis.get_xlim()[1] < 4


def test_a_few_digits_far_off_do_not_make_the_map_small():
    xy = np.concatenate([np.tile(XY, (20, 1)), [(80.0, 80.0)]])
    axis = plane(xy=xy, labels=np.append(np.tile(LABELS, 20), np.uint8(0)))
    assert axis.get_xlim()[1] < 10


@pytest.mark.parametrize("cursor", [(0.0, 0.0), (2.0, 2.0)])
def test_digits_that_all_lie_in_one_place_make_a_map(cursor):
    axis = plane(xy=np.zeros((120, 2)), cursor=cursor)
    assert overlaps(axis) == [] and len(axis.texts) == 3


def test_one_dimension_is_a_histogram_of_each_class():
    x = XY[:, 0]
    axis = drawn(maps.line(x, LABELS, NAMES, 0.5, ("z0", "digits"))).axes[0]
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z0", "digits")
    outlines = [patch for patch in axis.patches if not patch.get_fill()]
    for label, outline in enumerate(outlines):
        values, edges, _ = outline.get_data()
        inside = (x[label == LABELS] >= edges[0]) & (x[label == LABELS] <= edges[-1])
        assert values.sum() == inside.sum() >= 39  # those at the ends may be left out
        np.testing.assert_allclose(to_rgb(outline.get_edgecolor()), scatter.CLASS_COLOURS[label] / 255)
        assert badges(axis)[NAMES[label]].get_position()[1] <= axis.get_ylim()[1]
    assert len(outlines) == 3 and overlaps(axis) == []
    assert axis.lines[0].get_xdata()[0] == 0.5


def test_nothing_is_kept_in_pyplot_and_the_raster_needs_no_matplotlib():
    done = python(
        "import sys, numpy\nfrom vae_explorer.pictures import scatter\n"
        "scatter.scatter([(1, 1)], scatter.CLASS_COLOURS[:1], (9, 9), 2)\nprint('matplotlib' in sys.modules)"
    )
    assert done.stdout == "False\n", done.stderr


def test_a_strangers_names_are_shown_as_far_as_they_can_be_printed():
    names = {0: "W" * 10_000, 1: "a\0b\n", 2: "\ud800", 3: "\u202e"}
    labels = np.repeat(np.arange(4, dtype=np.uint8), 5)
    xy = np.random.default_rng(0).normal(size=(20, 2))
    for figure in (
        maps.plane(xy, labels, names, (0.0, 0.0), ("x", "y")),
        maps.line(xy[:, 0], labels, names, 0.0, ("x", "y")),
    ):
        figure.savefig(io.BytesIO(), format="png")
        [axis] = figure.axes
        assert [text.get_text() for text in axis.texts] == ["W" * 6 + "…" + "W" * 5, "ab", "2", "3"]


def test_what_the_font_does_not_have_is_a_box_without_a_warning():
    names, axes = {0: "日本", 1: "ü", 2: "𝖠"}, ("z0 日", "z1 𝖠😀")  # the bold font has no 𝖠
    axis = plane(names=names, axes=axes)
    assert [*badges(axis)] == ["□□", "ü", "□"] and (axis.get_xlabel(), axis.get_ylabel()) == ("z0 □", axes[1])
