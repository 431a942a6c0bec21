"""Ways as rows of digits with bars under them, on the same scales."""

import numpy as np
import pytest
from factories import digits
from test_figures import drawn

from vae_explorer.pictures import ways
from vae_explorer.pictures.tiles import DrawnWay, mosaic


def way(count=4, steps=(1.0, 2.0, 0.5), places=(0.0, 50.0, 100.0, 25.0)):
    return DrawnWay(digits(count)[0], np.array(steps), None if places is None else np.array(places))


def test_ways_stand_one_above_the_other_on_the_same_scales():
    rows = {"Straight": way(), "Round": way(steps=(4.0, 1.0, 1.0), places=(9.0, 9.0, 9.0, 9.0))}
    axes = drawn(ways.ways(rows)).axes
    assert [axis.get_title(loc="left") for axis in axes[::3]] == ["Straight", "Round"]
    for (tiles, steps, places), row in zip((axes[:3], axes[3:]), rows.values(), strict=True):
        np.testing.assert_array_equal(tiles.images[0].get_array(), mosaic(row.tiles, 4, gap=0))
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
    axes = drawn(ways.ways({"Straight": way(count, [0.0] * (count - 1), None)})).axes
    assert len(axes) == 2 and axes[1].get_ylim() == (0, 1)
