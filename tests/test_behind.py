"""The numbers behind each picture, against what the model itself says: the table is right, and so is its unit."""

import csv

import numpy as np
import pytest
from factories import HISTORY, LAST, atlas_bytes, vivid_folder

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import make
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space import cards, effects, geodesic, measures, paths, posterior
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.space import Space

Z, A, B = (0.5, -1.0, 9.0), (1.0, 1.0, 0.0), (-1.0, 0.5, 2.0)


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    folder = vivid_folder(tmp_path_factory.mktemp("model"), 3, atlas_bytes(3), history=LAST)
    (folder / "history.csv").write_text(HISTORY)
    return Space.open(folder)


@pytest.fixture(scope="module")
def image(space):
    return Drawing.of(space.codec.pixels((0.2, 0.4, -0.3))[0])


@pytest.fixture
def table(space):
    """A function that gives the table behind a picture: its head, and its rows of numbers where they are some."""

    def of(picture, z=Z, **options):
        made = Recipe(z, space.codec.source.sha256, picture=picture, options=options)
        head, *rows = csv.reader(make.dumps(space, made, ".csv").decode().splitlines())
        return head, [[number(cell) for cell in row] for row in rows]

    return of


def number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


def columns(rows, *places):
    return np.array([[row[place] for place in places] for row in rows], float)


def percentiles(space, rows, first):
    return space.density.percentile(columns(rows, *range(first, first + 3)))


def test_every_picture_but_the_digit_has_one():
    assert {name for name, kind in KINDS.items() if not kind.table} == {"digit"}


def test_draws_are_those_of_their_seed(space, table):
    generator = np.random.default_rng(5)
    head, rows = table("samples", n=4, seed=5)
    assert head == ["draw", "z0", "z1", "z2", "density, %"]
    np.testing.assert_array_equal(columns(rows, 1, 2, 3), [space.sample(generator) for _ in range(4)])
    np.testing.assert_allclose(columns(rows, 4)[:, 0], percentiles(space, rows, 1))
    _, prior = table("samples", n=4, seed=5, source="prior")
    np.testing.assert_array_equal(columns(prior, 1, 2, 3), np.random.default_rng(5).standard_normal((4, 3)))
    _, ones = table("samples", n=400, seed=5, label=1)
    assert columns(ones, 1, 2, 3).mean(0) == pytest.approx(space.class_mean(1), abs=0.3)


def test_strips_are_of_points_in_which_one_dimension_moves(space, table):
    head, rows = table("traverse", n=3, span=2.0, order="kl")
    assert head == ["dimension", "value", "z of it", "z0", "z1", "z2"]
    assert [row[0] for row in rows[::3]] == list(space.atlas.dims_by_kl)
    for dim, value, moved, *z in rows:
        assert value == moved == z[int(dim)]
        assert [z[d] for d in range(3) if d != dim] == [Z[d] for d in range(3) if d != dim]
    assert [row[1] for row in rows[:3]] == [-2, 0, 2]


def test_strips_around_z_and_in_sigmas_go_no_further_than_the_window(space, table, image):
    head, rows = table("traverse", n=3, centre="z")
    assert head[1] == "step" and [row[2] for row in rows if row[0] == 2] == [6, 9, 10]
    assert all(moved == z[int(dim)] for dim, _, moved, *z in rows)
    head, rows = table("traverse", n=3, span=2.0, image=image.text)
    sigma = posterior.of(space.codec, image.x).std
    assert head[1] == "step, sigma"
    assert [row[2] for row in rows if row[0] == 1] == pytest.approx([Z[1] - 2 * sigma[1], Z[1], Z[1] + 2 * sigma[1]])


def test_a_plane_is_read_row_by_row_from_the_top(table):
    head, rows = table("plane", n=2, span=1.5, dims=(2, 0))
    assert head == ["z2", "z0", "z0", "z1", "z2"]
    assert rows == [[across, up, up, -1, across] for up in (1.5, -1.5) for across in (-1.5, 1.5)]


def test_the_dots_of_a_map_are_the_encoded_images(space, table):
    atlas = space.atlas
    head, rows = table("map", dims=(0, 2))
    assert head == ["image", "class", "z0", "z2"] and [row[0] for row in rows] == atlas.index.tolist()
    np.testing.assert_array_equal(columns(rows, 2, 3), atlas.mu[:, [0, 2]].astype(float))
    assert [str(row[1]).removesuffix(".0") for row in rows] == [space.class_names[label] for label in atlas.label]
    head, rows = table("map")
    offset = atlas.mu.astype(float) - atlas.mu.astype(float).mean(0)
    assert head[2].startswith("principal axis 1, ") and head[2].endswith(" % of the variance")
    assert columns(rows, 2)[:, 0].var() == pytest.approx(np.linalg.svd(offset)[1][0] ** 2 / len(offset), rel=1e-3)
    head, rows = table("map", dims=(1,))
    assert head == ["image", "class", "z1"] and len(rows) == len(atlas.mu)


@pytest.mark.parametrize("way", paths.WAYS)
def test_a_way_has_its_points_what_changes_and_how_dense_it_is(space, table, way):
    head, rows = table("path", start=A, end=B, way=way, n=5)
    assert head == ["way", "picture", "z0", "z1", "z2", "change to the next", "density, %"]
    z = columns(rows, 2, 3, 4)
    assert z[0] == pytest.approx(A) and z[-1] == pytest.approx(B)
    np.testing.assert_allclose(z, paths.find(way, space.codec, A, B, 5, lambda: False), atol=1e-9)
    np.testing.assert_allclose([row[5] for row in rows[:-1]], geodesic.speed(space.codec, z))
    assert rows[-1][5] == "" and columns(rows, 6)[:, 0] == pytest.approx(percentiles(space, rows, 2))


def test_arithmetic_ends_with_a_minus_b_plus_c(space, table):
    head, rows = table("arithmetic", a=A, b=B, c=Z)
    assert head == ["term", "z0", "z1", "z2", "density, %"] and [row[0] for row in rows] == ["A", "B", "C", "A − B + C"]
    np.testing.assert_allclose(columns(rows, 1, 2, 3), [A, B, Z, [2.5, -0.5, 7]])
    assert columns(rows, 4)[:, 0] == pytest.approx(percentiles(space, rows, 1))


def test_a_posterior_has_mu_sigma_nats_and_draws(space, table, image):
    found = posterior.of(space.codec, image.x)
    head, rows = table("posterior", image=image.text, n=2, seed=3)
    assert head == ["dimension", "mu", "sigma", "kl, nats", "z of draw 1", "z of draw 2"]
    kl = 0.5 * (found.mu**2 + found.std**2 - 1) - np.log(found.std)
    np.testing.assert_allclose(columns(rows, 0, 1, 2, 3).T, [range(3), found.mu, found.std, kl], rtol=1e-5, atol=1e-6)
    eps = np.random.default_rng(3).standard_normal((2, 3))
    np.testing.assert_allclose(columns(rows, 4, 5).T, found.mu + found.std * eps, rtol=1e-6)


def test_the_nats_of_dimensions_are_those_of_the_encoded_images(space, table):
    head, rows = table("kl", names=("1=lean",))
    mu, logvar = space.atlas.mu.astype(float), space.atlas.logvar.astype(float)
    kl = (0.5 * (mu**2 + np.exp(logvar) - 1 - logvar)).mean(0)
    assert head == ["dimension", "name", "kl, nats", "variance of mu", "active"]
    assert [row[2] for row in rows] == pytest.approx(sorted(kl, reverse=True), rel=1e-5)
    assert {row[0]: row[1] for row in rows} == {0: "z0", 1: "z1 lean", 2: "z2"}
    order = [int(row[0]) for row in rows]
    variance = mu.var(0)[order]
    np.testing.assert_allclose(columns(rows, 3, 4), np.stack([variance, variance > 0.01], 1), rtol=1e-5)


def test_curves_are_those_of_history_without_the_speed(table):
    assert table("curves") == (
        ["epoch", "loss, nats", "recon, nats", "kl, nats"],
        [[1, 150.5, 140.0, 10.5], [2, 100.25, 88.0, 12.25]],
    )


def test_a_card_has_what_a_step_does_and_how_factors_go_with_the_dimension(space, table):
    head, rows = table("card", dim=1)
    found = cards.of(space, 1)
    assert head == ["factor", "unit", "change by +1", "rank correlation", "R²"]
    assert [row[:2] for row in rows] == [[name, factor.unit] for name, factor in FACTORS.items()]
    np.testing.assert_allclose(columns(rows, 2)[:, 0], effects.of(space.codec, Z, 1))
    assert [row[3] or None for row in rows] == [None if np.isnan(each) else pytest.approx(each) for each in found.rank]


def test_an_edit_has_the_factors_before_and_after(space, table):
    head, rows = table("edit", z=(0.2, 0.4, -0.3), width=0.25)
    assert head == ["factor", "unit", "before", "asked change", "after"] and [row[0] for row in rows] == list(FACTORS)
    before = measures.measure(space.codec.decode([(0.2, 0.4, -0.3)]))[0]
    assert [row[2] for row in rows] == pytest.approx(before, abs=1e-4)
    assert [row[3] for row in rows] == [0.25 if name == "width" else "" for name in FACTORS]


def test_drawn_tiles_are_what_is_decoded_there(space, table):
    """The sheet of samples, whose tiles stand in it pixel by pixel."""
    made = Recipe(Z, space.codec.source.sha256, picture="samples", options={"n": 4, "seed": 5})
    [image] = make.figure(space, made).axes[0].images
    _, rows = table("samples", n=4, seed=5)
    sheet = np.ma.getdata(image.get_array())
    for k, tile in enumerate(space.codec.pixels(columns(rows, 1, 2, 3))):
        top, left = (30 * (k // 2), 30 * (k % 2))
        np.testing.assert_array_equal(sheet[top : top + 28, left : left + 28], tile)
