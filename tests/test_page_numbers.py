"""The numbers of the page, in a real browser, against the codec and the Space in NumPy."""

import base64

import numpy as np
import pytest
from browser import shown
from factories import digits

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import RUBBER, Stroke
from vae_explorer.images import from_pixels, to_pixels
from vae_explorer.page import joined, packing
from vae_explorer.space import paths
from vae_explorer.space.space import Space

IMAGES = """zs => zs.map((z) => {
  const levels = Uint8Array.from(explorer.decode(z), (value) => Math.round((value + 1) * 127.5));
  return btoa(String.fromCharCode(...levels));
})"""


@pytest.fixture(scope="module")
def space():
    return Space.open()


@pytest.fixture(scope="module")
def page(chromium, space, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "latent.html"
    path.write_text(joined.page(packing.packed(space), "The model that ships"), "utf-8")
    with shown(chromium, path) as opened:
        yield opened


@pytest.fixture(scope="module")
def points(space):
    """1,000 points: draws from the prior and from where the data are, class means, places between digits."""
    rng = np.random.default_rng(0)
    mu, pairs = space.atlas.mu.astype(float), rng.integers(0, len(space.atlas.mu), (2, 290))
    means = [space.class_mean(label) for label in space.atlas.classes]
    parts = rng.standard_normal((350, 6)), space.atlas.sample(350, rng), means, (mu[pairs[0]] + mu[pairs[1]]) / 2
    return np.concatenate(parts)


def decoded(page, points):
    found = [np.frombuffer(base64.b64decode(text), np.uint8) for text in page.evaluate(IMAGES, points.tolist())]
    return np.stack(found).astype(int)


def test_1000_pictures_are_within_a_grey_level(page, space, points):
    ours = space.codec.pixels(points).reshape(len(points), -1).astype(int)
    assert len(points) == 1000 and abs(decoded(page, points) - ours).max() <= 1


def test_as_far_out_as_one_can_go_pictures_are_within_two_grey_levels(page, space):
    far = np.random.default_rng(3).uniform(-10, 10, (200, 6))
    off = abs(decoded(page, far) - space.codec.pixels(far).reshape(200, -1).astype(int))
    assert off.max() <= 2 and (off > 1).mean() < 5e-4


@pytest.mark.parametrize("kind", ["decoded", "drawn", "noise"])
def test_the_mu_of_200_pictures_is_that_of_the_codec(page, space, kind):
    rng = np.random.default_rng(1)
    images = {
        "decoded": lambda: space.codec.decode(space.atlas.sample(200, rng)),
        "drawn": lambda: from_pixels(digits(200)[0], (1, 28, 28)),
        "noise": lambda: rng.uniform(-1, 1, (200, 1, 28, 28)).astype(np.float32),
    }[kind]()
    found = page.evaluate("xs => xs.map((x) => Array.from(explorer.encode(x).mu))", images.reshape(200, -1).tolist())
    assert abs(np.array(found) - space.codec.encode(images)[0]).max() < 2e-3


def test_the_gauge_and_the_classes_are_about_those_of_the_window(page, space, points):
    percents = page.evaluate("zs => zs.map((z) => explorer.atlas.percentile(z))", points.tolist())
    off = abs(np.array(percents) - space.density.percentile(points))
    assert off.mean() < 1.2 and off.max() < 10
    code = "zs => zs.map((z) => explorer.atlas.shares(z).sort((a, b) => a.label - b.label).map(({share}) => share))"
    shares = np.array(page.evaluate(code, points.tolist()))
    ours = space.classes.shares(points)
    assert abs(shares.sum(1) - 1).max() < 1e-9 and abs(shares - ours).mean() < 0.01
    assert (shares.argmax(1) == ours.argmax(1)).mean() > 0.97


def test_ways_are_those_of_the_window(page, space, points):
    a, b = points[0], points[1]
    edge = page.evaluate("explorer.straight([10, 0.1, -10], [10, 0.1, 3], 8)")
    assert all(point[:2] == [10, 0.1] and -10 <= point[2] <= 3 for point in edge) and edge[-1] == [10, 0.1, 3]
    for way, end in (("straight", b), ("arc", b), ("arc", -a), ("arc", 2 * a)):
        found = page.evaluate(f"([a, b]) => explorer.{way}(a, b, 7)", [a.tolist(), end.tolist()])
        assert np.array(found) == pytest.approx(paths.find(way, space.codec, a, end, 7), abs=1e-6)


def test_drawings_are_made_like_the_digits_as_in_the_window(page):
    rng = np.random.default_rng(2)
    for k in range(50):
        lines = [rng.uniform(2, 26, (rng.integers(1, 9), 2)) for _ in range(rng.integers(1, 4))]
        erases = [bool(k % 5 == 0 and i) for i in range(len(lines))]
        strokes = [
            Stroke(tuple(map(tuple, line.tolist())), **({"radius": RUBBER, "erases": True} if rubs else {}))
            for line, rubs in zip(lines, erases, strict=True)
        ]
        given = [{"points": line.tolist(), "erases": rubs} for line, rubs in zip(lines, erases, strict=True)]
        found = np.array(page.evaluate("strokes => Array.from(explorer.prepare(strokes))", given), np.float32)
        ours = Drawing(strokes=tuple(strokes)).levels.astype(int)
        assert abs(to_pixels(found).reshape(28, 28).astype(int) - ours).max() <= 1
