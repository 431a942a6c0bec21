"""Pictures by their recipes: what is in them is what the model decodes there, and every file tells how to make it."""

import contextlib
import io
import os
import re
import sys
import threading

import factories
import matplotlib
import numpy as np
import pytest
from PIL import Image, ImageSequence

from vae_explorer import images
from vae_explorer.codecs import codec, opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Cancelled
from vae_explorer.pictures import export, kinds, make, recipe
from vae_explorer.pictures.make import PictureError
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.suffixes import ExportError
from vae_explorer.pictures.tiles import mosaic
from vae_explorer.space import atlas, density, geodesic, paths
from vae_explorer.space.latent import arc, grid, straight
from vae_explorer.space.space import Space

START, END = (-1.0, 0.5, 0.0), (1.0, 0.0, 2.0)
ENDS = {"start": START, "end": END}
DIGIT = factories.digits(1)[0][0]
SMALL = {
    "digit": {"side": 56},
    "traverse": {"n": 3},
    "map": {},
    "plane": {"n": 4},
    "path": ENDS | {"n": 4},
    "arithmetic": {"a": START, "b": END, "c": (9.0, -1.0, 9.5)},
    "reconstruct": {"image": Drawing.of(DIGIT).text},
    "edit": {"slant": 10.0, "lock": ("width", "z1")},
    "samples": {"n": 5, "seed": 3},
    "posterior": {"image": Drawing.of(DIGIT).text, "n": 2},
    "card": {"dim": 1},
    "kl": {},
    "curves": {},
}


@pytest.fixture(scope="module")
def vae(model):
    return opening.load(model(3))


@pytest.fixture(scope="module")
def alone(model):
    """A model without an atlas."""
    return opening.load(model(3, atlas=False))


def made(vae, picture, z=(0.5, -0.25, 1.0), **options):
    return Recipe(z, vae.source.sha256, None, picture=picture, options=SMALL[picture] | options)


def tiles(vae, z):
    return np.rint((vae.decode(z)[:, 0] + 1) * 127.5).astype(np.uint8)


def drawn(figure):
    figure.savefig(io.BytesIO(), format="png")
    return figure.axes


# ---------------------------------------------------------------------------------------------------- what is in them


def test_a_picture_of_strips_moves_one_dimension_of_z_a_row(vae):
    [axis] = drawn(make.figure(vae, made(vae, "traverse", dims=(2, 0), span=2.0)))
    expected = tiles(vae, [(0.5, -0.25, v) for v in (-2, 0, 2)] + [(v, -0.25, 1.0) for v in (-2, 0, 2)])
    sheet = axis.images[0].get_array()
    for row, strip in enumerate(expected.reshape(2, 3, 28, 28)):
        np.testing.assert_array_equal(sheet[34 * row : 34 * row + 28], np.concatenate(list(strip), 1))
    kl = atlas.of(vae).kl_per_dim
    assert [text.get_text() for text in axis.texts] == [
        "value", "+1.00", "+0.50", "kl, nats", f"{kl[2]:.1f}", f"{kl[0]:.1f}",
    ]  # fmt: skip


def test_a_picture_of_strips_without_an_atlas_tells_no_kl(alone):
    [axis] = drawn(make.figure(alone, made(alone, "traverse")))
    assert [text.get_text() for text in axis.texts] == ["value", "+0.50", "−0.25", "+1.00"]


def test_a_reconstruct_is_a_picture_what_is_decoded_at_z_and_their_difference_with_their_nats(vae):
    z = (0.5, -0.25, 1.0)
    picture, decoded, difference = (axis.images[0] for axis in drawn(make.figure(vae, made(vae, "reconstruct"))))
    np.testing.assert_array_equal(picture.get_array(), DIGIT)
    np.testing.assert_array_equal(decoded.get_array(), tiles(vae, z)[0])
    np.testing.assert_array_equal(difference.get_array(), tiles(vae, z)[0].astype(int) - DIGIT)
    blue, white, red = difference.to_rgba(np.array([255, 0, -255]))[:, :3]
    assert white.min() > 0.99 and red.argmax() == 0 and blue.argmax() == 2
    x = images.to_unit(DIGIT)
    mu, logvar = (each[0].astype(float) for each in vae.encode(x))
    recon = np.square(vae.decode(z)[0, 0] - x).sum()
    kl = 0.5 * (mu**2 + np.exp(logvar) - 1 - logvar).sum()
    texts = [text.get_text() for axis in decoded.figure.axes for text in axis.texts]
    assert texts == [f"recon {recon:.1f} at z, kl {kl:.1f} nats", "blue: added ink, red: missing"]


def test_a_picture_that_is_nearly_black_is_reconstructed_and_not_taken_for_another_scale(vae):
    """Warnings are errors, and bytes of 0 and 1 look like pictures in [0, 1]."""
    faint = Drawing.of((DIGIT > 127).astype(np.uint8))
    [picture, *_] = drawn(make.figure(vae, made(vae, "reconstruct", image=faint.text)))
    assert picture.images[0].get_array().max() == 1


def test_an_arithmetic_is_three_digits_and_their_sum_with_its_signs(vae):
    *digits, last = (axis.images[0].get_array() for axis in drawn(make.figure(vae, made(vae, "arithmetic"))))
    a, b, c = (np.array(SMALL["arithmetic"][name]) for name in "abc")
    result = (a - b + c).clip(-10, 10)  # as far as the window goes
    np.testing.assert_array_equal([*digits, last], tiles(vae, [a, b, c, result]))
    axes = make.figure(vae, made(vae, "arithmetic")).axes
    assert [axis.get_title() for axis in axes] == ["A", "B", "C", "A − B + C"]
    percent = density.Density(atlas.of(vae)).percentile(result)[0]
    assert [text.get_text() for axis in axes for text in axis.texts] == ["−", "+", "=", f"density {percent:.0f} %"]


def test_an_arithmetic_without_an_atlas_tells_no_density(alone):
    assert [
        text.get_text() for axis in drawn(make.figure(alone, made(alone, "arithmetic"))) for text in axis.texts
    ] == [*"−+=", ""]


def test_a_plane_is_the_plane_of_two_dimensions_through_z(vae):
    [axis] = drawn(make.figure(vae, made(vae, "plane", dims=(2, 0), span=1.5)))
    across = np.linspace(-1.5, 1.5, 4)
    expected = tiles(vae, grid((0.5, -0.25, 1.0), (2, 0), across, across[::-1]))
    np.testing.assert_array_equal(axis.images[0].get_array(), mosaic(expected, 4, gap=0))
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z2", "z0")
    assert [tick.get_text() for tick in axis.get_yticklabels()] == ["+1.5", "+0.5", "−0.5", "−1.5"]


def test_the_digits_of_a_plane_can_stand_at_even_shares_of_the_prior(vae):
    [axis] = drawn(make.figure(vae, made(vae, "plane", spacing="quantiles")))
    across = np.array([-1.15034938, -0.31863936, 0.31863936, 1.15034938])  # a table's: at 1/8, 3/8, 5/8, 7/8
    expected = tiles(vae, grid((0.5, -0.25, 1.0), (0, 1), across, across[::-1]))
    found = axis.images[0].get_array().astype(int)
    assert np.abs(found - mosaic(expected, 4, gap=0)).max() <= 1
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["−1.2", "−0.3", "+0.3", "+1.2"]


def test_a_plane_can_be_the_principal_plane_moved_to_z(vae):
    [axis] = drawn(make.figure(vae, made(vae, "plane", dims="principal", n=2, span=1.0)))
    plane = atlas.of(vae).principal_plane
    z = np.array([0.5, -0.25, 1.0])
    aside = z - plane.origin - (z - plane.origin) @ plane.axes.T @ plane.axes
    corners = [plane.origin + aside + np.array(xy) @ plane.axes for xy in ((-1, 1), (1, 1), (-1, -1), (1, -1))]
    found = axis.images[0].get_array().astype(int)
    assert np.abs(found - mosaic(tiles(vae, corners), 2, gap=0)).max() <= 1
    assert re.fullmatch(r"principal axis 1, \d+ % of the variance", axis.get_xlabel())


def test_a_map_is_of_the_atlas_with_z_as_its_cursor(vae):
    [axis] = drawn(make.figure(vae, made(vae, "map", dims=(2, 0))))
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("z2", "z0")
    assert [text.get_text() for text in axis.texts] == [str(label) for label in range(10)]
    assert tuple(axis.lines[0].get_xydata()[0]) == (1.0, 0.5)
    [principal] = drawn(make.figure(vae, made(vae, "map")))
    expected = atlas.of(vae).principal_plane.project((0.5, -0.25, 1.0))[0]
    np.testing.assert_allclose(principal.lines[0].get_xydata()[0], expected)


@pytest.mark.parametrize(("latent_dim", "dims", "label"), [(1, ..., "z0"), (3, (1,), "z1")])
def test_a_map_of_one_dimension_is_a_histogram(model, latent_dim, dims, label):
    one = opening.load(model(latent_dim))
    options = {} if dims is ... else {"dims": dims}
    wanted = Recipe((0.5,) * latent_dim, one.source.sha256, picture="map", options=options)
    [axis] = drawn(make.figure(one, wanted))
    assert (axis.get_xlabel(), axis.get_ylabel()) == (label, "digits") and axis.lines[0].get_xdata()[0] == 0.5


def test_class_names_are_those_of_the_model(model):
    named = opening.load(model(2, names=tuple(f"kind {k} $" for k in range(10))))
    [axis] = drawn(make.figure(named, Recipe((0.0, 0.0), named.source.sha256, picture="map")))
    assert [text.get_text() for text in axis.texts] == [f"kind {k} $" for k in range(10)]


def test_a_path_goes_all_ways_and_tells_change_and_density_of_each_place(vae):
    axes = drawn(make.figure(vae, made(vae, "path")))
    assert [axis.get_title(loc="left") for axis in axes[::3]] == [way.title for way in paths.WAYS.values()]
    a, b = ENDS.values()
    ways = straight(a, b, 4), arc(a, b, 4), geodesic.geodesic(vae, a, b, 4)
    for z, (digits, steps, places) in zip(ways, np.reshape(axes, (3, 3)), strict=True):
        np.testing.assert_array_equal(digits.images[0].get_array(), mosaic(tiles(vae, z), 4, gap=0))
        x_hat = vae.decode(z).reshape(4, -1).astype(float)
        change = [np.sqrt(np.square(x_hat[k + 1] - x_hat[k]).sum()) for k in range(3)]
        np.testing.assert_allclose([bar.get_height() for bar in steps.patches], change)
        expected = density.Density(atlas.of(vae)).percentile(z)
        assert [bar.get_height() for bar in places.patches] == expected.tolist()


@pytest.mark.parametrize("way", paths.WAYS)
def test_a_path_of_one_kind_without_an_atlas_has_no_density(alone, way):
    axes = drawn(make.figure(alone, made(alone, "path", way=way)))
    assert len(axes) == 2 and axes[0].get_title(loc="left") == paths.WAYS[way].title


def test_a_digit_as_a_figure_is_its_tile(vae):
    [axis] = drawn(make.figure(vae, made(vae, "digit")))
    np.testing.assert_array_equal(axis.images[0].get_array(), tiles(vae, (0.5, -0.25, 1.0))[0])


@pytest.mark.parametrize(("n", "order"), [(5, [0, 1, 2, 3, 4, 3, 2, 1]), (2, [0, 1])])
def test_a_moving_path_goes_there_and_back(vae, tmp_path, n, order):
    make.save(vae, made(vae, "path", way="arc", n=n, side=28), tmp_path / "a.gif")
    there = tiles(vae, arc(*ENDS.values(), n))
    with Image.open(tmp_path / "a.gif") as picture:
        found = [np.asarray(frame.convert("L")) for frame in ImageSequence.Iterator(picture)]
    np.testing.assert_array_equal(found, there[order])


def test_no_picture_decodes_a_point_where_the_window_does_not_go(vae, monkeypatch):
    decode, reached = vae.decode, []
    monkeypatch.setattr(vae, "decode", lambda z: (reached.append(abs(np.asarray(z)).max()), decode(z))[1])
    make.figure(vae, made(vae, "path", start=(10.0, 10.0, -10.0), end=(-10.0, 10.0, 10.0), way="arc"))
    make.figure(vae, made(vae, "plane", (10.0, 10.0, -10.0), dims="principal", span=10.0))
    assert len(reached) >= 2 and max(reached) == 10


# --------------------------------------------------------------------------------------------------------------- save


@pytest.mark.parametrize("picture", kinds.KINDS)
def test_every_picture_is_saved_with_its_recipe(vae, tmp_path, picture):
    for suffix in ("png", "svg", "pdf"):
        make.save(vae, made(vae, picture), str(tmp_path / f"a.{suffix}"))
    assert recipe.made_by(tmp_path / "a.png") == made(vae, picture)


def test_what_is_written_is_given_as_bytes_too(vae, tmp_path):
    for picture, suffix, options in (("digit", ".png", {}), ("map", ".svg", {}), ("path", ".gif", {"way": "arc"})):
        make.save(vae, made(vae, picture, **options), tmp_path / f"a{suffix}")
        assert make.dumps(vae, made(vae, picture, **options), suffix) == (tmp_path / f"a{suffix}").read_bytes()
    with pytest.raises(ExportError, match="pictures are saved as"):
        make.dumps(vae, made(vae, "map"), ".gif")


def test_a_digit_is_saved_as_it_was_chosen(vae, tmp_path):
    make.save(vae, made(vae, "digit", side=84, colours="gray_r"), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        expected = 255 - tiles(vae, (0.5, -0.25, 1.0))[0].repeat(3, 0).repeat(3, 1)
        np.testing.assert_array_equal(np.asarray(picture), expected)


def test_a_path_is_saved_as_a_moving_picture(vae, tmp_path):
    chosen = made(vae, "path", way="geodesic", side=56, colours="viridis", look="smooth", ms=50)
    make.save(vae, chosen, tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as picture:
        assert (picture.size, picture.info["duration"], picture.info["loop"]) == ((56, 56), 50, 0)
        assert picture.n_frames == 6 and recipe.loads(picture.info["comment"].decode()) == chosen


BAD_NAMES = [
    ("digit", {}, "a.gif", r"a\.gif: pictures are saved as \.png, \.svg, \.pdf"),
    ("map", {}, "a.gif", r"a\.gif: pictures are saved as \.png, \.svg, \.pdf"),
    ("plane", {}, "a.jpg", r"a\.jpg: pictures are saved as \.png, \.svg, \.pdf"),
    ("path", {"way": "straight"}, "a", r"a: pictures are saved as \.png, \.svg, \.pdf, \.gif"),
    ("path", {}, "a.GIF", r"a\.GIF: a moving picture goes one way; choose straight, arc, geodesic"),
]


@pytest.mark.parametrize(("picture", "options", "name", "why"), BAD_NAMES)
def test_a_name_that_does_not_fit_is_refused_first(vae, tmp_path, monkeypatch, picture, options, name, why):
    monkeypatch.setattr(codec.Codec, "decode", None)
    with pytest.raises(ExportError, match=why):
        make.save(vae, made(vae, picture, **options), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("picture", kinds.KINDS)
def test_a_recipe_of_other_weights_or_of_a_place_far_off_makes_nothing(vae, model, tmp_path, picture):
    other = opening.load(model(2))
    with pytest.raises(PictureError, match=r"other weights than .*decoder_weights.pt|z has 3 values"):
        make.save(other, made(vae, picture), tmp_path / "a.png")
    with pytest.raises(PictureError, match="was made with other weights"):
        wrong = Recipe((0.0,) * 3, "a" * 64, picture=picture, options=SMALL[picture])
        make.save(vae, wrong, tmp_path / "a.png")
    with pytest.raises(PictureError, match="must lie between −10 and 10"):
        make.save(vae, made(vae, picture, z=(0.0, 1e300, 0.0)), tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


OF_THE_ATLAS = [
    ("map", {}), ("map", {"dims": (0,)}), ("plane", {"dims": "principal"}), ("kl", {}),
    ("traverse", {"order": "kl"}),
]  # fmt: skip


@pytest.mark.parametrize(("picture", "options"), OF_THE_ATLAS)
def test_what_needs_an_atlas_says_so_without_one(alone, tmp_path, picture, options):
    with pytest.raises(PictureError, match=r"it needs atlas\.npz: there is none"):
        make.save(alone, made(alone, picture, **options), tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_what_draws_are_made_of_is_told_where_there_is_none(vae, alone):
    for model, options, why in (
        (alone, {}, "the prior needs none"),
        (alone, {"label": 3}, "atlas"),
        (vae, {"label": 3, "source": "prior"}, "the prior has no classes"),
        (vae, {"label": 99}, "there is no such class"),
    ):
        with pytest.raises(PictureError, match=why):
            make.figure(model, made(model, "samples", **options))
    assert make.figure(alone, made(alone, "samples", source="prior", n=2)).axes


def test_a_picture_that_would_be_higher_than_any_paper_is_refused_before_it_is_drawn():
    space = factories.made_up((1, 8, 8), 256)
    tall = Recipe((0.0,) * 256, space.codec.source.sha256, picture="traverse", options={"n": 2, "mm": 600.0})
    with pytest.raises(PictureError, match=r"600 mm wide it would be [0-9,]+ mm high, and 1,200 are the most"):
        make.figure(space, tall)


def test_a_picture_of_a_width_is_so_wide_in_dots_of_print(vae, tmp_path):
    make.save(vae, made(vae, "map", mm=85.0), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert abs(picture.width - 85 / 25.4 * 300) <= 1 and picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)


@pytest.mark.parametrize(
    ("picture", "options", "name"),
    [("digit", {}, "a.png"), ("map", {}, "a.svg"), ("path", {"way": "straight"}, "a.gif")],
)
def test_what_is_cancelled_leaves_no_file_and_what_was_there_stays(vae, tmp_path, picture, options, name):
    (tmp_path / "old.png").write_text("old")
    for each in (name, "old.png"):
        with pytest.raises(Cancelled):
            make.save(vae, made(vae, picture, **options), tmp_path / each, lambda: True)
    assert [each.name for each in tmp_path.iterdir()] == ["old.png"]
    assert (tmp_path / "old.png").read_text() == "old"


def test_the_search_for_a_way_ends_when_it_is_cancelled(vae, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "figure_bytes", None)  # it is not even begun
    with pytest.raises(Cancelled):
        make.save(vae, made(vae, "path", way="geodesic"), tmp_path / "a.png", lambda: True)


def test_matplotlibs_settings_are_whole_all_the_while_for_a_window_that_draws(vae, tmp_path):
    counts = set()
    sys.setprofile(lambda *_call: counts.add(dict.__len__(matplotlib.rcParams)))
    try:
        make.save(vae, made(vae, "map"), tmp_path / "a.png")
    finally:
        sys.setprofile(None)
    assert counts == {len(matplotlib.rcParams)}


def test_two_threads_take_turns_with_matplotlibs_settings(vae, tmp_path, monkeypatch):
    both, met, draw = threading.Barrier(2), [], matplotlib.axes.Axes.draw

    def meet(*given):
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)
            met.append(True)
        draw(*given)

    monkeypatch.setattr(matplotlib.axes.Axes, "draw", meet)
    wanted = {"map": tmp_path / "map.png", "traverse": tmp_path / "traverse.png"}
    with matplotlib.rc_context(MINE):
        before = dict(matplotlib.rcParams)
        threads = [
            threading.Thread(target=make.save, args=(vae, made(vae, picture), path)) for picture, path in wanted.items()
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert dict(matplotlib.rcParams) == before and met == []
    for picture, path in wanted.items():
        make.save(vae, made(vae, picture), tmp_path / "alone.png")
        assert path.read_bytes() == (tmp_path / "alone.png").read_bytes()


# ------------------------------------------------------------------------------------------------------------ made_by


def test_a_saved_png_and_a_gif_tell_how_they_were_made(vae, tmp_path):
    for name, chosen in {"a.png": made(vae, "map"), "a.GIF": made(vae, "path", way="straight")}.items():
        make.save(vae, chosen, tmp_path / name)
        assert recipe.made_by(tmp_path / name) == chosen


def test_a_gif_that_was_not_saved_here_or_is_none_is_refused(tmp_path):
    Image.new("L", (4, 4)).save(tmp_path / "other.gif")
    Image.new("L", (4, 4)).save(tmp_path / "told.gif", comment=b'{"z": 1}')
    (tmp_path / "text.gif").write_text("hello")
    (tmp_path / "cut.gif").write_bytes((tmp_path / "told.gif").read_bytes()[:20])
    os.mkfifo(tmp_path / "pipe.gif")
    for name, why in {
        "other.gif": "other.gif carries no recipe", "told.gif": "told.gif: The recipe cannot be read",
        "text.gif": "text.gif: it is not a GIF", "cut.gif": "cut.gif carries no recipe", "pipe.gif": "it is not a file",
    }.items():  # fmt: skip
        with pytest.raises((recipe.RecipeError, OSError), match=why):
            recipe.made_by(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        recipe.made_by(tmp_path / "none.gif")


MINE = {"font.size": 20, "axes.facecolor": "red", "savefig.bbox": "tight", "figure.dpi": 50, "image.origin": "lower"}


@pytest.mark.parametrize("picture", kinds.KINDS)
def test_a_persons_own_settings_of_matplotlib_change_no_saved_picture(vae, tmp_path, picture):
    make.save(vae, made(vae, picture), tmp_path / "plain.png")
    with matplotlib.rc_context(MINE):
        before = dict(matplotlib.rcParams)
        make.save(vae, made(vae, picture), tmp_path / "mine.png")
        assert dict(matplotlib.rcParams) == before
    assert (tmp_path / "mine.png").read_bytes() == (tmp_path / "plain.png").read_bytes()


def test_tiles_are_rounded_as_all_pixels_are(vae):
    z = (0.5, -0.25, 1.0)
    np.testing.assert_array_equal(images.to_pixels(vae.decode(z)[:, 0]), tiles(vae, z))


@pytest.mark.parametrize(
    ("picture", "options", "titles"),
    [
        ("traverse", {}, {"z0", "z1 $wide_x", "z2"}),
        ("plane", {"dims": [2, 1]}, {"z2", "z1 $wide_x"}),
        ("map", {"dims": [1, 0]}, {"z1 $wide_x", "z0"}),
        ("map", {"dims": [1]}, {"z1 $wide_x", "digits"}),
    ],
)
def test_what_dimensions_are_called_stands_beside_rows_and_axes(model, picture, options, titles):
    space = Space.open(model(3))
    made = Recipe((0.0,) * 3, space.codec.source.sha256, picture=picture, options=options | {"names": ["1=$wide_x"]})
    [axis] = make.figure(space, made).axes
    rows = {tick.get_text() for tick in axis.get_yticklabels()}
    assert titles <= rows | {axis.get_xlabel(), axis.get_ylabel()}
