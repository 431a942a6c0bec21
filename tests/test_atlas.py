"""The atlas: what is encoded, what is read back, what is drawn from it, and what is refused."""

import io
import tracemalloc
import zipfile
from dataclasses import replace

import numpy as np
import pytest
import torch
from factories import archive, atlas_bytes, members

from vae_explorer.space.atlas import Atlas, dumps, loads
from vae_explorer.storage import atlas_file
from vae_explorer.storage.checkpoint import CheckpointError

TRAIN = ("train_mu", "train_logvar")
POINTS = ("mu", "logvar", *TRAIN)
NAMES = ("mu", "logvar", "recon", "label", "index", *TRAIN)


def two_points(count=1):
    """Class 3 at (-2, 1) with σ = ½, class 7 at (2, 0) with σ = (1, 2), so many images each."""
    mu = np.array([[-2, 1], [2, 0]] * count, np.float32)
    logvar = 2 * np.log(np.array([[0.5, 0.5], [1, 2]] * count, np.float32))
    n = 2 * count
    label, index = np.array([3, 7] * count, np.uint8), np.arange(n, dtype=np.int32)
    return Atlas(mu, logvar, np.ones(n, np.float32), label, index, mu[:-1] + 1, logvar[:-1] - 1)


# ------------------------------------------------------------------------------------------------ means and samples


def test_a_class_mean_is_the_mean_of_its_own_images():
    found = two_points(3)
    assert found.class_mean(3).tolist() == [-2, 1] and found.class_mean(7).tolist() == [2, 0]
    with pytest.raises(ValueError, match="no image of the atlas has the label 4"):
        found.class_mean(4)


def test_samples_have_the_moments_of_the_mixture():
    """Of a mixture of equal parts: the mean of the means; the mean of the variances and the variance of the means."""
    z = two_points().sample(40_000, np.random.default_rng(0)).astype(float)
    assert z.shape == (40_000, 2)
    np.testing.assert_allclose(z.mean(0), [0, 0.5], atol=0.05)
    np.testing.assert_allclose(z.var(0), [(0.25 + 1) / 2 + 4, (0.25 + 4) / 2 + 0.25], rtol=0.03)
    left = z[z[:, 0] < -1]  # nearly all of class 3
    np.testing.assert_allclose(np.median(left, 0), [-2, 1], atol=0.05)


def test_samples_are_the_generators():
    draws = [two_points().sample(3, np.random.default_rng(seed)).tolist() for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_samples_of_a_strangers_spread_are_finite():
    found = replace(two_points(), logvar=np.full((2, 2), np.finfo(np.float16).max, np.float32))
    assert np.isfinite(found.sample(100, np.random.default_rng(0))).all()


# ------------------------------------------------------------------------------------------- what is told of the data


def spread(n=4000, latent_dim=6, seed=0):
    """An atlas whose mu spread by 3, 2 and 1 along three directions, not those of the axes, and less along the others.

    Gives the atlas and the directions, (D, D), as rows.
    """
    rng = np.random.default_rng(seed)
    directions = np.linalg.qr(rng.standard_normal((latent_dim, latent_dim)))[0].T
    scale = np.array([3, 2, 1] + [0.1] * latent_dim)[:latent_dim]
    mu = (rng.standard_normal((n, latent_dim)) * scale @ directions + np.arange(latent_dim)).astype(np.float32)
    logvar = rng.uniform(-4, -1, mu.shape).astype(np.float32)
    label = np.arange(n, dtype=np.uint8) % 10
    return Atlas(mu, logvar, np.ones(n, np.float32), label, np.arange(n, dtype=np.int32)), directions


def test_kl_per_dimension_is_that_of_torch():
    found, _ = spread(50)
    std = torch.from_numpy(found.logvar).double().mul(0.5).exp()
    posterior = torch.distributions.Normal(torch.from_numpy(found.mu).double(), std)
    expected = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0)).mean(0)
    np.testing.assert_allclose(found.kl_per_dim, expected.numpy(), rtol=1e-6)


@pytest.mark.parametrize("extreme", [np.finfo(np.float16).max, np.finfo(np.float16).min])
def test_kl_per_dimension_of_a_strangers_spread_is_finite(extreme):
    found = replace(two_points(), logvar=np.full((2, 2), extreme, np.float32))
    assert np.isfinite(found.kl_per_dim).all() and (found.kl_per_dim > 1e4).all()


def test_the_dimensions_come_in_the_order_of_what_they_tell_of_the_images():
    found, _ = spread()
    assert sorted(found.dims_by_kl) == list(range(6))
    assert np.diff(found.kl_per_dim[list(found.dims_by_kl)]).max() <= 0


def test_5_percent_lie_below_the_percentiles_and_5_percent_above():
    found, _ = spread()
    low, high = found.percentiles
    for beyond in (found.mu < low, found.mu > high):
        assert beyond.mean(0) == pytest.approx([0.05] * 6, abs=1e-3)
    assert found.percentiles is found.percentiles, "hundreds of rows ask for them"


def test_the_principal_plane_lies_along_the_two_directions_of_most_spread():
    found, directions = spread()
    plane = found.principal_plane
    assert abs(plane.axes @ directions.T)[:, :2] == pytest.approx(np.eye(2), abs=0.05)
    assert plane.axes @ plane.axes.T == pytest.approx(np.eye(2), abs=1e-9)
    np.testing.assert_allclose(plane.origin, found.mu.mean(0), rtol=1e-5, atol=1e-5)
    xy = plane.project(found.mu)
    assert np.cov(xy.T)[0, 1] == pytest.approx(0, abs=1e-3) and xy.std(0) == pytest.approx([3, 2], rel=0.05)


def test_the_signs_of_the_principal_axes_do_not_hang_on_the_data():
    """Mirrored data have the same axes, as no direction along an axis is the right one."""
    found, _ = spread()
    mirrored = replace(found, mu=-found.mu)
    np.testing.assert_allclose(mirrored.principal_plane.axes, found.principal_plane.axes, atol=1e-6)
    for axis in found.principal_plane.axes:
        assert axis[abs(axis).argmax()] > 0


def test_the_principal_plane_of_a_single_image_is_a_plane():
    plane = spread(1)[0].principal_plane
    assert plane.axes @ plane.axes.T == pytest.approx(np.eye(2), abs=1e-9)


def test_one_dimension_has_no_principal_plane():
    with pytest.raises(ValueError, match="one latent dimension has no plane"):
        _ = spread(20, latent_dim=1)[0].principal_plane


def test_the_nearest_image_is_near_in_all_dimensions():
    found, _ = spread(200)
    for row in (0, 7, 199):
        assert found.nearest(found.mu[row]) == row
    z = np.random.default_rng(4).standard_normal((20, 6))
    expected = [min(range(200), key=lambda i: np.linalg.norm(found.mu[i] - point)) for point in z]
    assert [found.nearest(point) for point in z] == expected
    assert len(set(expected)) > 5


def test_the_neighbours_come_nearest_first_and_the_first_of_those_equally_far():
    found, _ = spread(200)
    found.mu[150:] = found.mu[:50]
    for z in np.random.default_rng(5).standard_normal((20, 6)):
        far = np.square(found.mu - z).sum(1).tolist()
        expected = sorted(range(200), key=lambda row, far=far: (far[row], row))
        for count in (1, 5, 6, 25):
            assert found.neighbours(z, count).tolist() == expected[:count]
    assert len(found.neighbours(found.mu[3], 999)) == 200 and found.neighbours(found.mu[3], 2).tolist() == [3, 153]


def test_draws_of_a_class_are_from_its_own_posteriors():
    z = two_points(5).sample(2000, np.random.default_rng(0), label=3).astype(float)
    np.testing.assert_allclose(z.mean(0), [-2, 1], atol=0.05)
    np.testing.assert_allclose(z.std(0), [0.5, 0.5], rtol=0.1)
    with pytest.raises(ValueError, match="no image of the atlas has the label 4"):
        two_points().sample(1, np.random.default_rng(0), label=4)


# ------------------------------------------------------------------------------------------------- there and back


def test_what_is_dumped_is_loaded_and_mu_and_logvar_are_of_half_precision():
    found = two_points(5)
    back = loads(dumps(found), 2)
    assert len(back.train_mu) == 9 and len(back.mu) == 10
    for name in NAMES:
        ours, theirs = getattr(found, name), getattr(back, name)
        np.testing.assert_allclose(theirs, ours, rtol=2**-11, err_msg=name)
        assert theirs.dtype == ours.dtype, name
    with np.load(io.BytesIO(dumps(found)), allow_pickle=False) as file:  # as any program can read it
        kinds = {name: file[name].dtype.name for name in file.files}
    rest = {"recon": "float32", "label": "uint8", "index": "int32"}
    assert kinds == {"mu": "float16", "logvar": "float16", **rest, "train_mu": "float16", "train_logvar": "float16"}


def test_an_older_atlas_is_read_and_its_own_images_are_the_components():
    contents = members(atlas_bytes())
    older = archive({name: data for name, data in contents.items() if not name.startswith("train")})
    found, newer = loads(older, 2), loads(archive(contents), 2)
    assert found.train_mu is None and found.train_logvar is None and (found.mu == newer.mu).all()
    assert all(ours is theirs for ours, theirs in zip(found.components, (found.mu, found.logvar), strict=True))
    assert all((a == b).all() for a, b in zip(newer.components, (newer.train_mu, newer.train_logvar), strict=True))
    assert members(dumps(found)).keys() == members(older).keys(), "as it was"


# ------------------------------------------------------------------------------------------------ damage and malice


def npy(array, **options):
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def header(text, body=b""):
    """An .npy file with this text as header."""
    text = text.ljust(118) + "\n"
    return b"\x93NUMPY\x01\0" + len(text).to_bytes(2, "little") + text.encode() + body


def lying(shape, descr="<f2"):
    return header(f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape}}}", bytes(40))


MU = np.zeros((100, 2), np.float16)
MEMBERS = {
    "float32": {"mu": npy(MU.astype(np.float32))},
    "another byte order": {"mu": npy(MU.astype(">f2"))},
    "another number of dimensions": {"mu": npy(np.zeros((100, 3), np.float16))},
    "fewer rows": {"logvar": npy(MU[:99])},
    "one axis more": {"mu": npy(MU[None])},
    "NaN": {"mu": npy(np.full_like(MU, np.nan))},
    "infinity": {"recon": npy(np.full(100, np.inf, np.float32))},
    "training images: float32": {"train_mu": npy(MU.astype(np.float32))},
    "training images: another number of dimensions": {"train_mu": npy(np.zeros((100, 3), np.float16))},
    "training images: fewer rows": {"train_logvar": npy(MU[:99])},
    "training images: NaN": {"train_logvar": npy(np.full_like(MU, np.nan))},
    "training images: none": {name: npy(MU[:0]) for name in TRAIN},
    "training images: without an axis": {name: npy(np.float16(3)) for name in TRAIN},
    "training images: a huge shape": {"train_mu": lying((10**9, 10**9))},
    "labels without an axis": {"label": npy(np.uint8(3))},
    "no images": {name: npy(np.zeros((0, 2)[: 1 + (name in POINTS)], atlas_file._DTYPES[name])) for name in NAMES},
    "objects": {"mu": npy(np.array([[None, print]] * 100), allow_pickle=True)},
    "a huge shape": {"mu": lying((10**9, 10**9))},
    "a shape beyond 64 bits": {"mu": lying((10**30, 0))},
    "a negative shape": {"mu": lying((-2, -10))},
    "a shape of truths": {"mu": lying((True, 20))},
    "a shape that is no shape": {"mu": lying("(")},
    "a type without a size": {"mu": lying((10,), "V0")},
    "a deep header": {"mu": header("(" * 900)},
    "a long header": {"mu": header("#" * 60_000)},
    "another version": {"mu": npy(MU).replace(b"\x01\0", b"\x09\0", 1)},
    "a few bytes": {"mu": npy(MU)[:7]},
    "half the numbers": {"mu": npy(MU)[:-200]},
    "more numbers": {"mu": npy(MU) + b"\0\0"},
}


def peak_of(work):
    """The bytes that are allocated at most until the atlas is refused."""
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError, match=r"^atlas\.npz (cannot be read|is damaged): .*\.$"):
            work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("change", MEMBERS.values(), ids=MEMBERS.keys())
def test_a_wrong_member_is_refused_in_little_memory(change):
    contents = members(atlas_bytes()) | {f"{name}.npy": data for name, data in change.items()}
    memory = peak_of(lambda: loads(archive(contents), 2))
    assert memory < 2 << 20


def test_the_members_without_a_change_are_an_atlas():
    assert loads(archive(members(atlas_bytes())), 2).classes == tuple(range(10))


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_member_is_named(name):
    contents = members(atlas_bytes())
    del contents[f"{name}.npy"]
    with pytest.raises(CheckpointError, match=f"cannot be read: .*{name}.npy"):
        loads(archive(contents), 2)


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("bomb", ["mu", "train_logvar"])
def test_a_bomb_is_dropped_before_it_unfolds(packing, bomb):
    data = archive(members(atlas_bytes()) | {f"{bomb}.npy": bytes(65 << 20)}, packing)
    assert len(data) < 1 << 20
    memory = peak_of(lambda: loads(data, 2))
    assert memory < 4 << 20


def test_a_packing_that_cannot_be_bounded_is_refused_though_it_is_small():
    with pytest.raises(CheckpointError, match="packed"):
        loads(archive(members(atlas_bytes()), zipfile.ZIP_LZMA), 2)


def test_every_cut_and_every_flipped_byte_is_refused_or_changes_nothing():
    """Those that change nothing are in what a zip says of dates and the like."""
    good = dumps(two_points(5))
    want = loads(good, 2)
    for k in range(0, len(good), 3):
        with pytest.raises(CheckpointError):
            loads(good[:k], 2)
        try:
            found = loads(good[:k] + bytes([good[k] ^ 0x41]) + good[k + 1 :], 2)
        except CheckpointError:
            continue
        assert all(getattr(found, name).tobytes() == getattr(want, name).tobytes() for name in NAMES), k


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip" * 100, archive({}), npy(MU)])
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(CheckpointError, match=r"^atlas\.npz cannot be read"):
        loads(data, 2)


def test_more_images_than_training_ever_writes_are_refused(monkeypatch):
    monkeypatch.setattr(atlas_file, "MAX_COUNT", 20)
    assert len(loads(atlas_bytes(2, labels=2), 2).label) == 20
    with pytest.raises(CheckpointError, match="has 30 images; 20 are the most"):
        loads(atlas_bytes(2, labels=3), 2)
    contents = members(atlas_bytes(2, labels=2)) | {f"{name}.npy": npy(MU) for name in TRAIN}
    with pytest.raises(CheckpointError, match="has 100 images; 20 are the most"):
        loads(archive(contents), 2)
