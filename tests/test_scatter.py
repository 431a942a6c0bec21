"""Dots against areas counted by hand, and the class colours as people with each kind of colour vision see them."""

import math

import numpy as np
import pytest

from vae_explorer.pictures import scatter

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB.
SEEN = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
LEAST = {"usual": 24.5, "protanopia": 12.5, "deuteranopia": 12.5, "tritanopia": 12.5}
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]])


def linear(colours):
    """The light of sRGB colours 0…255, (…, 3) in [0, 1]."""
    c = np.asarray(colours) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(light):
    """CIELAB under D65 of linear sRGB."""
    t = light @ XYZ.T / XYZ.sum(1)
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def difference(one, other):
    """CIEDE2000 of two colours in CIELAB, after Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1, h2 = (math.degrees(math.atan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180
    hue = (h1 + turn / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weights = (-30, 1, -0.17), (0, 2, 0.24), (6, 3, 0.32), (-63, 4, -0.2)
    t = 1 + sum(w * math.cos(math.radians(k * hue + shift)) for shift, k, w in weights)
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    return math.sqrt(dl**2 + dc**2 + dh**2 - 2 * bend * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * dc * dh)


def test_the_difference_of_two_colours_is_that_of_its_published_examples():
    assert difference((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert difference((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert difference((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619)) == pytest.approx(2.0373, abs=1e-4)


@pytest.mark.parametrize("vision", SEEN)
def test_any_two_class_colours_look_different(vision):
    seen = lab(np.clip(linear(scatter.CLASS_COLOURS) @ np.array(SEEN[vision]).T, 0, 1))
    pairs = [(difference(seen[a], seen[b]), a, b) for b in range(10) for a in range(b)]
    assert min(pairs)[0] > LEAST[vision], min(pairs)


def test_any_two_class_colours_differ_in_lightness():
    lightness = np.sort(lab(linear(scatter.CLASS_COLOURS))[:, 0])
    assert np.diff(lightness).min() > 3 and np.ptp(lightness) > 45


def test_every_class_colour_and_white_stand_out_from_the_background():
    luminance = linear(np.vstack([scatter.CLASS_COLOURS, scatter.BACKGROUND])) @ XYZ[1]
    contrast = (luminance[:-1] + 0.05) / (luminance[-1] + 0.05)  # WCAG 2
    assert contrast.min() > 3


def test_a_name_can_be_read_on_the_colour_of_its_class():
    luminance = linear(scatter.CLASS_COLOURS) @ XYZ[1]
    for colour, level in zip(scatter.CLASS_COLOURS, luminance, strict=True):
        contrast = (level + 0.05) / 0.05 if scatter.is_light(colour) else 1.05 / (level + 0.05)
        assert contrast > 4.5, colour


def test_there_is_a_colour_for_each_label_and_the_eleventh_is_the_first_again():
    assert scatter.CLASS_COLOURS.shape == (10, 3) and scatter.CLASS_COLOURS.dtype == np.uint8
    labels = np.array([3, 10, 255], np.uint8)
    np.testing.assert_array_equal(scatter.class_colours(labels), scatter.CLASS_COLOURS[[3, 0, 5]])


# ------------------------------------------------------------------------------------------------------------ scatter


WHITE, BLACK = np.array([[255, 255, 255]], np.uint8), (0, 0, 0)


def one(x, y, radius=3.0, size=(30, 20)):
    """How much of each pixel one dot covers, (h, w)."""
    picture = scatter.scatter([(x, y)], WHITE, size, radius, BLACK)
    assert (picture == picture[..., :1]).all()
    return picture[..., 0] / 255


def area(x, y, radius, size=(30, 20), fine=16):
    """The same, counted on points sixteen times as dense each way."""
    down, across = (np.mgrid[: size[1] * fine, : size[0] * fine] + 0.5) / fine
    inside = np.hypot(across - x, down - y) < radius
    return inside.reshape(size[1], fine, size[0], fine).mean((1, 3))


@pytest.mark.parametrize("place", [(10.5, 8.5), (10.0, 8.0), (14.3, 9.8), (0.2, 19.9), (29.9, 0.0), (-2.0, 5.1)])
@pytest.mark.parametrize("radius", [1.0, 2.5, 5.2])
def test_a_dot_covers_the_part_of_each_pixel_that_lies_in_its_circle(place, radius):
    found, expected = one(*place, radius), area(*place, radius)
    assert np.abs(found - expected).max() < (0.2 if radius == 1 else 0.13)
    if expected.sum() > 3:
        assert found.sum() == pytest.approx(expected.sum(), rel=0.1 if radius == 1 else 0.05)


def test_a_dot_moves_by_parts_of_a_pixel():
    sums = [(one(x, 9.5) * (np.arange(30) + 0.5)).sum() / one(x, 9.5).sum() for x in (10.0, 10.25, 10.5, 10.75)]
    np.testing.assert_allclose(sums, (10.0, 10.25, 10.5, 10.75), atol=0.03)


def test_the_rim_of_a_dot_is_mixed_with_the_background():
    ink, ground = np.array([[200, 0, 50]], np.uint8), (10, 100, 50)
    picture = scatter.scatter([(10.5, 8.5)], ink, (30, 20), 2.5, ground).astype(float)
    cover = one(10.5, 8.5, 2.5)[..., None]
    np.testing.assert_allclose(picture, cover * ink[0] + (1 - cover) * ground, atol=1)


def test_dots_are_drawn_over_a_picture():
    ink = np.array([[200, 0, 50]], np.uint8)
    ground = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
    for place in ((10.5, 8.5), (0.4, 19.0)):
        picture = scatter.scatter([place], ink, (30, 20), 2.5, ground).astype(float)
        cover = one(*place, 2.5)[..., None]
        np.testing.assert_allclose(picture, cover * ink[0] + (1 - cover) * ground, atol=1)


def many(count=300, seed=0, size=(60, 40)):
    draw = np.random.default_rng(seed)
    xy = draw.uniform(-8, 8, (count, 2)) + draw.uniform(0, 1, (count, 2)) * size
    return xy, draw.integers(0, 256, (count, 3)).astype(np.uint8)


def test_a_later_dot_lies_over_an_earlier_one():
    xy, colours = many()
    found = scatter.scatter(xy, colours, (60, 40), 3.0)
    down, across = np.mgrid[:40, :60] + 0.5
    inside = np.hypot(across - xy[:, 0, None, None], down - xy[:, 1, None, None])
    last = len(xy) - 1 - np.argmax(inside[::-1] <= 3.5, 0)  # whose rim or middle is uppermost
    settled = np.take_along_axis(inside, last[None], 0)[0] <= 2.5  # its middle, not its rim
    assert settled.mean() > 0.5
    np.testing.assert_array_equal(found[settled], colours[last][settled])


def test_a_rim_lies_over_what_is_under_it_and_not_over_what_covers_it():
    red, blue = np.array([[255, 0, 0], [0, 0, 255]], np.uint8)
    under_first = scatter.scatter([(10, 10), (13, 10)], np.array([blue, red]), (30, 20), 3.0, BLACK)
    cover = one(13, 10)[..., None]
    full = one(10, 10) == 1
    expected = cover * red + (1 - cover) * blue
    np.testing.assert_allclose(under_first[full], expected[full], atol=1)
    hidden = scatter.scatter([(13, 10), (10, 10)], np.array([red, blue]), (30, 20), 3.0, BLACK)
    assert (hidden[full] == blue).all()


def test_a_part_of_the_picture_is_the_same_as_if_it_were_drawn_alone():
    xy, colours = many()
    whole = scatter.scatter(xy, colours, (60, 40), 2.5)
    part = scatter.scatter(xy - (20, 10), colours, (25, 15), 2.5)
    np.testing.assert_array_equal(part, whole[10:25, 20:45])


FAR = [
    (np.nan, 5),
    (5, np.nan),
    (np.inf, 5),
    (5, -np.inf),
    (1e300, 5),
    (5, -1e18),
    (-4.1, 5),
    (5, 24.1),
]


@pytest.mark.parametrize("place", FAR)
def test_dots_outside_of_the_picture_or_at_nan_are_not_drawn(place):
    alone = scatter.scatter([(10, 10)], WHITE, (30, 20), 3.0)
    both = scatter.scatter([place, (10, 10)], np.repeat(WHITE, 2, 0), (30, 20), 3.0)
    np.testing.assert_array_equal(both, alone)


@pytest.mark.parametrize("xy", [np.empty((0, 2)), [(-100, -100)], []])
def test_without_dots_there_is_the_background(xy):
    picture = scatter.scatter(xy, np.repeat(WHITE, len(xy), 0), (7, 5), 2.0)
    assert picture.shape == (5, 7, 3) and picture.dtype == np.uint8 and picture.flags.c_contiguous
    assert (picture == scatter.BACKGROUND).all()


def test_the_name_of_a_class_is_as_long_as_a_map_has_room_for():
    assert scatter.short({0: "Trouser", 1: "  Ankle boot "}) == {0: "Trouser", 1: "Ankle boot"}
    assert scatter.short({0: "a rather long name", 1: "9" * 50}) == {0: "a rath… name", 1: "999999…99999"}
    assert {len(name) for name in scatter.short({k: f"{'x' * 50}{chr(65 + k)}" for k in range(40)}).values()} == {3}


def test_names_that_would_be_cut_to_the_same_are_the_labels():
    names = {k: f"class number {k} of a stranger" for k in range(3)} | {3: "mine", 4: "\0"}
    assert scatter.short(names) == {0: "0", 1: "1", 2: "2", 3: "mine", 4: "4"}
