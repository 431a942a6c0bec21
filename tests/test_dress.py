"""Figures on other grounds: what is read on paper is read there, too, and what has its own colour keeps it."""

import io

import numpy as np
import pytest
from factories import digits
from matplotlib.colors import to_rgba
from matplotlib.text import Text
from PIL import Image

from vae_explorer.pictures import (
    charts,
    comparison,
    dress,
    facts,
    figures,
    grounds,
    maps,
    pairs,
    posteriors,
    strips,
    ways,
)  # fmt: skip
from vae_explorer.pictures.facts import Going
from vae_explorer.pictures.inks import LIGHT, THEMES
from vae_explorer.pictures.tiles import DrawnWay

TILES, _ = digits(8)
GOING = Going("Slant", "1°", 0.5, 0.2)
EIGHT, NAMES = np.linspace(0.5, 1, 8), [f"z{k}" for k in range(8)]
XY, LABELS = np.random.default_rng(0).normal(size=(40, 2)), np.arange(40) % 4
FIGURES = {
    "bands": lambda: figures.bands({"in": TILES, "out": TILES[:3]}, 5),
    "strips": lambda: strips.traverse(TILES, [-1, 1], range(4), [0.0] * 4, [1.0] * 4),
    "ways": lambda: ways.ways({"Straight": DrawnWay(TILES, EIGHT[1:], EIGHT)}),
    "bars": lambda: charts.bars(EIGHT, NAMES, [True, False] * 4, "kl, nats", "told"),
    "curves": lambda: charts.curves(EIGHT, {"loss": EIGHT, "kl": EIGHT / 2}, ("epoch", "nats"), mark=0.7),
    "posterior": lambda: posteriors.posterior(TILES, ("a", "b", "c"), EIGHT, EIGHT, EIGHT, NAMES, ""),
    "map": lambda: maps.plane(XY, LABELS, {0: "a"}, (0, 0), ("x", "y")),
    "light map": lambda: maps.plane(XY, LABELS, {0: "a"}, (0, 0), ("x", "y"), "light"),
    "line": lambda: maps.line(XY[:, 0], LABELS, {0: "a"}, 0.5, ("x", "y"), "dark"),
    "plane": lambda: figures.plane(TILES[:4], [-1, 1], [1, -1], ("z0", "z1")),
    "pairs": lambda: pairs.pairs(TILES, TILES[::-1], {"recon, nats": EIGHT, "kl, nats": EIGHT}, 4),
    "comparison": lambda: comparison.comparison(TILES[0], TILES[1], 12.5, 3.5),
    "edited": lambda: comparison.edited(TILES[0], TILES[1], {"Slant 1° → 2°": True, "Width 3 → 3": False}, ["told"], 1),
    "equation": lambda: ways.equation(TILES[:4], ("A", "B", "C", "A − B + C"), ("−", "+", "="), "told"),
    "card": lambda: facts.card("z0", "It leans.", TILES, EIGHT.tolist(), [TILES[:3]] * 2, [GOING]),
}  # fmt: skip


def luminance(colour):
    light = np.array(to_rgba(colour)[:3])
    linear = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pixels(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    with Image.open(buffer) as picture:
        return np.asarray(picture.convert("RGBA"))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("theme", ["dark", "transparent"])
def test_every_text_is_read_on_the_ground_of_its_theme(name, theme):
    figure = FIGURES[name]()
    dress.recolour(figure, theme)
    figure.draw_without_rendering()
    grounds = ["white", "black"] if theme == "transparent" else [THEMES[theme]["white"]]
    shown = [text for text in figure.findobj(Text) if text.get_text() and not text.get_bbox_patch()]
    assert shown and all(contrast(text.get_color(), ground) >= 4.5 for text in shown for ground in grounds)
    corner = pixels(figure)[0, 0]
    assert corner[3] == 0 if theme == "transparent" else tuple(corner[:3]) == (0x15, 0x18, 0x1D)


def test_the_dots_of_a_class_are_seen_on_white():
    found = grounds.on_white(grounds.CLASS_COLOURS)
    assert min(contrast(colour / 255, "white") for colour in found) >= grounds.CONTRAST
    assert len({*map(tuple, found)}) == len(found), "and are told apart"


def test_on_paper_nothing_changes():
    one, other = FIGURES["strips"](), FIGURES["strips"]()
    dress.recolour(other, LIGHT)
    np.testing.assert_array_equal(pixels(one), pixels(other))


@pytest.mark.parametrize("shape", [(3, 28, 28), (3, 12, 20, 3)], ids=["grey", "in colour"])
def test_between_tiles_the_ground_is_seen_and_the_tiles_stay_as_they_are(shape):
    tiles = np.full(shape, 200, np.uint8)
    figure = figures.bands({"": tiles}, 2)
    white = pixels(figure)
    dress.recolour(figure, "dark")
    found = pixels(figure)
    dark = (found[..., :3] == (0x15, 0x18, 0x1D)).all(-1)
    assert dark[(white[..., :3] == 255).all(-1)].mean() > 0.95, "also in the empty place of the last row"
    same = (white[..., :3] == 200).all(-1)
    assert same.any() and (found[same][:, :3] == 200).mean() > 0.97


def test_classes_keep_their_colours():
    before, after = FIGURES["map"](), FIGURES["map"]()
    dress.recolour(after, "dark")
    one, other = (each.axes[0].images[0].get_array() for each in (before, after))
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("theme", ["dark", "transparent"])
def test_names_on_classes_and_the_cursor_of_a_map_keep_theirs(theme):
    def kept(figure):
        badges = [
            (text.get_text(), to_rgba(text.get_color())) for text in figure.findobj(Text) if text.get_bbox_patch()
        ]
        return badges, [to_rgba(line.get_markeredgecolor()) for line in figure.axes[0].lines]

    before, after = FIGURES["map"](), FIGURES["map"]()
    dress.recolour(after, theme)
    assert kept(after) == kept(before) and all(kept(before))
