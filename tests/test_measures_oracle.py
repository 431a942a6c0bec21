"""The factors beside scikit-image's measures of the same digits, which have hard thresholds and a skeleton, as
Morpho-MNIST has; and of digits that were changed in a known way."""

import os
from pathlib import Path

import numpy as np
import pytest
from skimage import measure, morphology, transform

from vae_explorer.datasets import mnist
from vae_explorer.images import to_unit
from vae_explorer.space import measures
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.space import Space

REAL = os.environ.get(mnist.VARIABLE) and Path(os.environ[mnist.VARIABLE]).resolve()
FINE = 4  # pixels of the oracle's to one
COUNT = 120
# r at least, and how much the two differ at most in 95 of 100 digits: an extent of ours leaves out a hundredth of the
# ink at each end.
BOUNDS = {
    "decoded": {"slant": (1, 0.01), "width": (0.99, 1.6), "height": (0.93, 1.5), "thickness": (0.95, 0.5),
                "mass": (0.998, 6)},
    "real": {"slant": (1, 0.01), "width": (0.995, 1.8), "height": (0.96, 1.5), "thickness": (0.97, 0.35),
             "mass": (0.999, 3)},
}  # fmt: skip


@pytest.fixture(scope="module")
def decoded():
    """Digits, (N, 1, 28, 28), that the model that ships decodes at the means of its atlas."""
    space = Space.open()
    return space.codec.decode(space.atlas.mu[:: len(space.atlas.mu) // COUNT][:COUNT])


@pytest.fixture(scope="module")
def real():
    """Training digits of MNIST, where it is at hand."""
    if not REAL:
        pytest.skip(f"needs MNIST itself, in the folder that {mnist.VARIABLE} names")
    return to_unit(mnist.load(REAL).train.images[:COUNT])[:, None]


def large(x):
    """Which pixels of a digit, (1, 28, 28) in [-1, 1], are white, at FINE times its size."""
    return transform.rescale((x[0].astype(float) + 1) / 2, FINE, order=3, mode="constant", anti_aliasing=False) > 0.5


def hard(x):
    """Measure a digit with a threshold at half white and the medial axis."""
    moments = measure.moments_central((x[0].astype(float) + 1) / 2, order=2)
    white = large(x)
    lean = -moments[1, 1] / moments[2, 0]
    y, x = np.nonzero(white)
    axis, distance = morphology.medial_axis(white, return_distance=True)
    upright = x + lean * y
    return [
        np.degrees(np.arctan(lean)),
        np.ptp(upright) / FINE,
        (np.ptp(y) + 1) / FINE,
        2 * distance[axis].mean() / FINE,
        white.sum() / FINE**2,
    ]


@pytest.mark.parametrize("kind", BOUNDS)
def test_the_factors_agree_with_hard_measures(kind, request):
    x = request.getfixturevalue(kind)
    ours, theirs = measures.measure(x), np.array([hard(each) for each in x])
    for k, (name, (least, most)) in enumerate(BOUNDS[kind].items()):
        r = np.corrcoef(ours[:, k], theirs[:, k])[0, 1]
        differences = np.sort(abs(ours[:, k] - theirs[:, k]))
        assert r >= least - 1e-6 and differences[int(0.95 * len(x))] <= most, (name, r, differences[-10:])


@pytest.mark.parametrize("kind", BOUNDS)
def test_holes_and_lengths_agree_with_labels_and_a_skeleton(kind, request):
    x = request.getfixturevalue(kind)
    white = [large(each) for each in x]
    enclosed = [measure.label(~np.pad(each, 1), connectivity=1).max() - 1 for each in white]
    assert np.mean(measures.holes(x) == enclosed) >= 0.98
    skeletons = [morphology.skeletonize(each).sum() / FINE for each in white]
    assert np.corrcoef(measures.length(x), skeletons)[0, 1] >= 0.9


@pytest.mark.parametrize("change", [-0.2, 0.1, 0.3])
def test_a_shear_changes_the_slant_by_as_much_and_little_else(decoded, change):
    """Here rows move to the right by `change` columns for each row upwards."""
    before = measures.measure(decoded)
    shear = transform.AffineTransform([[1, change, -13.5 * change], [0, 1, 0], [0, 0, 1]])
    after = measures.measure(np.stack([_warped(each, shear) for each in decoded]))
    gained = np.tan(np.radians(after[:, 0])) - np.tan(np.radians(before[:, 0]))
    kept = abs(before[:, 0] + np.degrees(change)) < 40  # what leans further leaves the picture
    assert np.median(abs(gained - change)[kept]) < 0.005
    others = abs(after - before)[kept][:, [1, 2, 4]]  # thickness is measured across the line
    assert (np.median(others, 0) < [0.25, 0.1, 1]).all()


@pytest.mark.parametrize("scale", [0.75, 0.9])
def test_a_smaller_digit_is_measured_smaller_by_as_much(decoded, scale):
    before = measures.measure(decoded)
    smaller = transform.AffineTransform([[1 / scale, 0, 13.5 - 13.5 / scale], [0, 1 / scale, 13.5 - 13.5 / scale],
                                         [0, 0, 1]])  # fmt: skip
    after = measures.measure(np.stack([_warped(each, smaller) for each in decoded]))
    assert np.median(abs(after[:, 0] - before[:, 0])) < 0.2
    for k, power in {"width": 1, "height": 1, "thickness": 1, "mass": 2}.items():
        ratio = after[:, [*FACTORS].index(k)] / before[:, [*FACTORS].index(k)]
        assert np.median(ratio) == pytest.approx(scale**power, rel=0.06), k


def test_what_is_turned_a_little_leans_a_little_more(decoded):
    before = measures.measure(decoded)
    after = measures.measure(
        np.stack([_grey(transform.rotate(_levels(each), -8, mode="constant", order=3)) for each in decoded])
    )
    narrow = before[:, 1] < before[:, 2] / 3  # of a line, the slant is the angle of the line
    assert narrow.sum() > 5
    assert np.median((after - before)[narrow, 0]) == pytest.approx(8, abs=1)


def _levels(x):
    return (x[0].astype(float) + 1) / 2


def _grey(levels):
    return 2 * levels[None].clip(0, 1) - 1


def _warped(x, back):
    """Move the pixels of a digit: what stands at a place afterwards comes from back(place)."""
    return _grey(transform.warp(_levels(x), back, order=3, mode="constant"))
