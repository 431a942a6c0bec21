"""Pictures into files: every format opens, every pixel is right, and nothing is left half."""

import base64
import io
import json
import re
import xml.etree.ElementTree as ET

import matplotlib
import numpy as np
import pytest
from factories import digits, python
from PIL import Image, ImageSequence

from vae_explorer.images import to_pixels, to_unit
from vae_explorer.pictures import carried, export, figures, recipe
from vae_explorer.pictures.export import gif_bytes, save_digit, save_figure
from vae_explorer.pictures.looks import COLOURS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.suffixes import ExportError
from vae_explorer.pictures.tiles import mosaic

MADE = Recipe((0.1 + 0.2, -2.5, 1e-7), "0123456789abcdef" * 4, 7)


@pytest.fixture(scope="module")
def figure():
    return figures.bands({"digits": digits(4)[0]}, columns=4)


def any_digit():
    """A digit (28, 28) that has all 256 grey levels and no symmetry."""
    return to_unit(np.random.default_rng(0).permutation(784).reshape(28, 28).astype(np.uint8))


def check_png(data):
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.format == "PNG" and len(np.unique(np.asarray(picture))) > 4


def check_svg(data):
    root = ET.fromstring(data)
    assert root.tag.endswith("svg") and float(root.get("width").removesuffix("pt")) > 100


def check_pdf(data):
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") and b"/Image" in data


CHECKS = {"a.png": check_png, "a.PNG": check_png, "a.b.svg": check_svg, "a.pdf": check_pdf, "a.Pdf": check_pdf}


@pytest.mark.parametrize(("name", "check"), CHECKS.items(), ids=CHECKS.keys())
def test_a_figure_is_saved_in_the_format_of_its_suffix(figure, tmp_path, name, check):
    save_figure(figure, tmp_path / name)
    check((tmp_path / name).read_bytes())
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]


@pytest.mark.parametrize("name", ["a.bmp", "a", "png", ".png", "a.png.exe"])
def test_another_suffix_is_refused_with_the_ones_that_can_be_saved(figure, tmp_path, name):
    with pytest.raises(ExportError, match=r"pictures are saved as \.png, \.svg, \.pdf"):
        save_figure(figure, tmp_path / name)
    with pytest.raises(ExportError, match=r"pictures are saved as \.png, \.svg, \.pdf"):
        save_digit(any_digit(), tmp_path / name, 280, "pixels", "gray", MADE)
    assert list(tmp_path.iterdir()) == []


def test_a_large_picture_has_as_many_dots_as_there_is_memory_for():
    def dots(inches, dpi):
        large = figures.bands({"": digits(4)[0]}, columns=4)
        large.set_size_inches(inches, inches)
        with Image.open(io.BytesIO(export.figure_bytes(large, ".png", dpi=dpi))) as picture:
            return picture.width

    assert dots(4, 300) == 1200 and dots(20, 300) == 4000 and dots(30, 300) == 30 * export.FIGURE_DPI


def test_the_letters_of_a_pdf_are_truetype_which_can_be_searched_and_printed(figure, tmp_path):
    save_figure(figure, tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert b"/CIDFontType2" in data and b"/Type3" not in data


def test_the_digits_of_a_sheet_keep_their_own_pixels_in_an_svg(tmp_path):
    """Resampled for a grid of dots that its place does not fit, some had a row more than others."""
    tiles = digits(30 * 30)[0]
    save_figure(figures.plane(tiles, [*range(30)], [*range(30)], ("x", "y")), tmp_path / "a.svg")
    pixels, image = svg_image((tmp_path / "a.svg").read_bytes())
    np.testing.assert_allclose(pixels[..., 0], mosaic(tiles, 30, gap=0), atol=1)
    assert "pixelated" in image.get("style")


@pytest.mark.parametrize("save", ["figure", "png", "svg", "pdf"])
def test_a_picture_that_cannot_be_written_leaves_the_old_one(figure, tmp_path, save):
    """A limit on the size of files stands for a full disk."""
    resource = pytest.importorskip("resource")
    path = tmp_path / ("a.png" if save == "figure" else f"a.{save}")
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            if save == "figure":
                save_figure(figure, path)
            else:
                save_digit(any_digit(), path, 280, "smooth", "viridis", MADE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


# ----------------------------------------------------------------------------------------------------------- save_digit


def colours_of(levels, name):
    """What matplotlib shows for grey levels, (…, 3)."""
    return np.rint(matplotlib.colormaps[name](levels / 255)[..., :3] * 255).astype(int)


def pixels_of(path):
    """The red, green and blue of a saved PNG, (h, w, 3)."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def svg_image(data):
    """The pixels (h, w, 3) of the only picture in an SVG, and the element that tells how it is shown."""
    root = ET.fromstring(data)
    [image] = root.iter("{http://www.w3.org/2000/svg}image")
    held = base64.b64decode(image.get("{http://www.w3.org/1999/xlink}href").removeprefix("data:image/png;base64,"))
    pixels = np.asarray(Image.open(io.BytesIO(held)).convert("RGB")).astype(int)
    return pixels[::-1] if re.search(r"scale\(1 -1\)|0 -", image.get("transform")) else pixels, image


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("side", [28, 100, 280, 1000])
def test_each_level_is_a_square_of_its_colour_in_a_png_of_exactly_that_side(tmp_path, side, colours):
    x_hat = any_digit()
    save_digit(x_hat, tmp_path / "a.png", side, "pixels", colours, MADE)
    middle = (np.arange(side) + 0.5) * 28 // side
    expected = to_pixels(x_hat)[np.ix_(middle.astype(int), middle.astype(int))]
    np.testing.assert_array_equal(pixels_of(tmp_path / "a.png"), colours_of(expected, colours))


def test_gray_r_is_black_on_white(tmp_path):
    for colours in ("gray", "gray_r"):
        save_digit(any_digit(), tmp_path / f"{colours}.png", 56, "smooth", colours, MADE)
    assert (pixels_of(tmp_path / "gray.png") + pixels_of(tmp_path / "gray_r.png") == 255).all()
    with Image.open(tmp_path / "gray.png") as picture:
        assert picture.mode == "L"


@pytest.mark.parametrize("colours", ["gray", "viridis"])
def test_a_smooth_digit_is_enlarged_before_it_is_rounded(tmp_path, colours):
    """Between two levels of the digit the enlarged one has those that lie between, not steps."""
    slope = np.full((28, 28), np.linspace(0, 1, 28) ** 2, np.float32) - np.float32(0.5)
    save_digit(slope, tmp_path / "a.png", 1400, "smooth", colours, MADE)
    x = np.asarray(Image.fromarray(slope).resize((1400, 1400), Image.Resampling.BICUBIC))
    np.testing.assert_array_equal(pixels_of(tmp_path / "a.png"), colours_of(to_pixels(x), colours))
    assert len(np.unique(pixels_of(tmp_path / "a.png")[700], axis=0)) > 100


@pytest.mark.parametrize("look", ["pixels", "smooth"])
def test_what_lies_outside_the_range_or_is_no_number_is_clipped(tmp_path, look):
    x_hat = np.full((28, 28), 3, np.float32)
    x_hat[:14], x_hat[0, 0] = -3, np.nan
    save_digit(x_hat, tmp_path / "a.png", 56, look, "gray", MADE)
    found = pixels_of(tmp_path / "a.png")[:, 28, 0]
    assert found[:24].tolist() == [0] * 24 and found[-24:].tolist() == [255] * 24


@pytest.mark.parametrize("look", ["pixels", "smooth"])
@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_grey_levels_are_saved_as_what_they_mean(tmp_path, look, suffix):
    levels = to_pixels(any_digit())
    for name, digit in (("a", levels), ("b", to_unit(levels))):
        save_digit(digit, tmp_path / f"{name}.{suffix}", 56, look, "gray", MADE)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


@pytest.mark.parametrize("side", [-280, 0, 15, 4481, 10**9])
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_side_that_is_too_small_or_too_large_is_refused(tmp_path, side, suffix):
    with pytest.raises(ExportError, match=f"16 to 4480 pixels a side; {side} is not"):
        save_digit(any_digit(), tmp_path / f"a.{suffix}", side, "pixels", "gray", MADE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("look", "colours"), [("rough", "gray"), ("pixels", "grey map")])
def test_a_look_or_colours_that_there_are_not_leave_no_file(tmp_path, look, colours):
    with pytest.raises(KeyError):
        save_digit(any_digit(), tmp_path / "a.png", 280, look, colours, MADE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("colours", ["gray", "magma"])
@pytest.mark.parametrize("side", [28, 333, 4480])
def test_an_svg_shows_even_squares_as_one_picture_that_no_viewer_blends(tmp_path, colours, side):
    """Squares of their own had hairlines between them."""
    x_hat = any_digit()
    save_digit(x_hat, tmp_path / "a.svg", side, "pixels", colours, MADE)
    data = (tmp_path / "a.svg").read_bytes()
    pixels, image = svg_image(data)
    assert b"<path" not in data, "nothing lies under or over it"
    times = -(-side // 28)
    expected = colours_of(to_pixels(x_hat), colours).repeat(times, 0).repeat(times, 1)
    np.testing.assert_array_equal(pixels, expected)
    assert "pixelated" in image.get("style")


def test_a_pdf_shows_even_squares_as_one_picture_that_no_viewer_blends(tmp_path):
    save_digit(any_digit(), tmp_path / "a.pdf", 333, "pixels", "gray", MADE)
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.count(b"/Subtype /Image") == 1 and b"/Interpolate" not in data
    assert b"/Width 336" in data and b"/Height 336" in data


@pytest.mark.parametrize("shape", [(20, 36), (36, 20)])
def test_a_vector_file_of_a_digit_that_is_no_square_has_even_squares(tmp_path, shape):
    x_hat = any_digit().ravel()[: shape[0] * shape[1]].reshape(shape)
    for suffix in (".svg", ".pdf"):
        save_digit(x_hat, tmp_path / f"a{suffix}", 100, "pixels", "gray", MADE)
    pixels, _ = svg_image((tmp_path / "a.svg").read_bytes())
    np.testing.assert_array_equal(pixels, colours_of(to_pixels(x_hat), "gray").repeat(3, 0).repeat(3, 1))
    data = (tmp_path / "a.pdf").read_bytes()
    assert b"/Width %d" % (3 * shape[1]) in data and b"/Height %d" % (3 * shape[0]) in data


def test_a_smooth_svg_holds_the_same_pixels_as_the_png(tmp_path):
    for name in ("a.png", "a.svg"):
        save_digit(any_digit(), tmp_path / name, 140, "smooth", "cividis", MADE)
    found, _ = svg_image((tmp_path / "a.svg").read_bytes())
    np.testing.assert_array_equal(found, pixels_of(tmp_path / "a.png"))


@pytest.mark.parametrize("look", ["pixels", "smooth"])
@pytest.mark.parametrize("side", [28, 560, 1000])
def test_a_vector_file_is_as_large_as_the_png_is_on_a_page_of_96_dots_an_inch(tmp_path, look, side):
    for name in ("a.svg", "a.pdf"):
        save_digit(any_digit(), tmp_path / name, side, look, "gray", MADE)
    root = ET.parse(tmp_path / "a.svg").getroot()
    width, height = (float(root.get(name).removesuffix("pt")) for name in ("width", "height"))
    box = re.search(rb"/MediaBox \[ ?0 0 ([.\d]+) ([.\d]+) ?\]", (tmp_path / "a.pdf").read_bytes())
    assert [width, height, float(box[1]), float(box[2])] == pytest.approx([side * 0.75] * 4, abs=1e-4)


@pytest.mark.parametrize("look", ["pixels", "smooth"])
@pytest.mark.parametrize("colours", ["gray", "viridis"])
def test_every_format_carries_the_recipe(tmp_path, look, colours):
    for name in ("a.png", "a.svg", "a.pdf"):
        save_digit(any_digit(), tmp_path / name, 140, look, colours, MADE)
    png = (tmp_path / "a.png").read_bytes()
    assert recipe.made_by(tmp_path / "a.png") == MADE and png.index(b"recipe") < png.index(b"IDAT")
    told = ET.parse(tmp_path / "a.svg").getroot().find(".//{http://purl.org/dc/elements/1.1/}description")
    assert recipe.loads(told.text) == MADE
    keywords = re.search(rb"/Keywords \((.*?)\)\n", (tmp_path / "a.pdf").read_bytes())[1].decode()
    assert recipe.loads(keywords) == MADE


def test_a_recipe_of_the_most_dimensions_fits_in_every_format(tmp_path):
    made = Recipe(tuple(np.random.default_rng(0).normal(size=256).tolist()), MADE.weights)
    for name in ("a.png", "a.svg", "a.pdf"):
        save_digit(any_digit(), tmp_path / name, 28, "pixels", "gray", made)
        assert json.dumps(made.z[-1]).encode() in (tmp_path / name).read_bytes()
    assert recipe.made_by(tmp_path / "a.png") == made


# ------------------------------------------------------------------------------------------------- recipes in Figures


def test_a_figure_carries_its_recipe_in_every_format_if_it_has_one(figure, tmp_path):
    made = Recipe((0.5, -1.0), MADE.weights, picture="plane", options={"dims": (0, 1), "n": 9})
    for name in ("a.png", "a.svg", "a.pdf"):
        save_figure(figure, str(tmp_path / name), made)
        save_figure(figure, tmp_path / f"plain-{name}")
        assert carried.KEY.encode() not in (tmp_path / f"plain-{name}").read_bytes().split(b"IDAT")[0]
    assert recipe.made_by(tmp_path / "a.png") == made
    told = ET.parse(tmp_path / "a.svg").getroot().find(".//{http://purl.org/dc/elements/1.1/}description")
    assert recipe.loads(told.text) == made
    keywords = re.search(rb"/Keywords \((.*?)\)\n", (tmp_path / "a.pdf").read_bytes())[1].decode()
    assert recipe.loads(keywords.replace("\\(", "(").replace("\\)", ")")) == made


# ----------------------------------------------------------------------------------------------------------- gif_bytes


def frames(count=5, seed=0):
    """Digits that each have all 256 levels, the second like the first."""
    draw = np.random.default_rng(seed)
    some = np.stack([draw.permutation(784).reshape(28, 28) for _ in range(count)]).astype(np.uint8)
    some[1 % count] = some[0]
    return some


def shown(path):
    """Every frame of a GIF as it is shown, (h, w, 3), and for how long, in ms."""
    found, durations = [], []
    with Image.open(path) as picture:
        assert picture.format == "GIF"
        for frame in ImageSequence.Iterator(picture):
            found.append(np.asarray(frame.convert("RGB")).astype(int))
            durations.append(frame.info["duration"])
    return found, durations


def gif(path, some=None, **changes):
    some = frames() if some is None else some
    values = {"side": 84, "look": "pixels", "colours": "gray", "ms": 80, "made": MADE} | changes
    path.write_bytes(gif_bytes(some, **values))
    return shown(path)


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("side", [28, 84, 100])
def test_every_level_of_every_frame_has_exactly_its_colour(tmp_path, side, colours):
    some = frames()
    found, durations = gif(tmp_path / "a.gif", some, side=side, colours=colours)
    middle = ((np.arange(side) + 0.5) * 28 / side).astype(int)
    times = iter(zip(found, durations, strict=True))
    expected = [some[0], *some[2:]]  # two alike are one of twice the time
    for frame, (pixels, ms) in zip(expected, times, strict=True):
        np.testing.assert_array_equal(pixels, colours_of(frame[np.ix_(middle, middle)], colours))
        assert ms == (160 if frame is expected[0] else 80)


def test_the_palette_of_a_gif_is_the_whole_table_whatever_is_shown(tmp_path):
    gif(tmp_path / "a.gif", np.full((2, 28, 28), 7, np.uint8), colours="magma", side=28)
    with Image.open(tmp_path / "a.gif") as picture:
        found = np.array(picture.getpalette()).reshape(-1, 3)
    np.testing.assert_array_equal(found, colours_of(np.arange(256), "magma"))


def test_a_frame_that_changes_little_is_whole_too(tmp_path):
    """A GIF writes only what changed, and may leave out of that what did not."""
    some = np.repeat(frames(1), 4, 0)
    for k in range(4):
        some[k, 5 + k : 9 + k, 7:12] = 60 * k
    found, _ = gif(tmp_path / "a.gif", some, colours="viridis", side=28)
    for pixels, frame in zip(found, some, strict=True):
        np.testing.assert_array_equal(pixels, colours_of(frame, "viridis"))


def test_the_frames_of_a_smooth_gif_are_those_of_smooth_pngs(tmp_path):
    some = frames()
    found, _ = gif(tmp_path / "a.gif", some, look="smooth", colours="magma", side=100)
    for pixels, frame in zip(found, [some[0], *some[2:]], strict=True):
        save_digit(to_unit(frame), tmp_path / "a.png", 100, "smooth", "magma", MADE)
        np.testing.assert_array_equal(pixels, pixels_of(tmp_path / "a.png"))


@pytest.mark.parametrize(("ms", "expected"), [(20, 20), (84, 80), (86, 90), (10_000, 10_000)])
def test_a_gif_counts_in_hundredths_of_a_second(tmp_path, ms, expected):
    assert set(gif(tmp_path / "a.gif", frames()[2:], ms=ms)[1]) == {expected}


def test_a_gif_is_shown_for_ever(tmp_path):
    gif(tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as picture:
        assert picture.info["loop"] == 0


@pytest.mark.parametrize("count", [1, 240])
def test_a_gif_carries_its_recipe_in_its_comment(tmp_path, count):
    made = Recipe(tuple(np.random.default_rng(0).normal(size=256).tolist()), MADE.weights)
    gif(tmp_path / "a.GIF", frames(count), made=made, side=28)
    with Image.open(tmp_path / "a.GIF") as picture:
        assert recipe.loads(picture.info["comment"].decode()) == made
    assert (tmp_path / "a.GIF").read_bytes().count(MADE.weights[:16].encode()) <= 4  # of one hash: told once


BAD_GIFS = {
    "small": ({"side": 15}, "16 to 1120 pixels a side; 15 is not"),
    "large": ({"side": 1121}, "16 to 1120 pixels a side; 1121 is not"),
    "fast": ({"ms": 19}, "1 to 240 frames of 20 to 10000 ms, not 5 of 19"),
    "slow": ({"ms": 10_001}, "not 5 of 10001"),
    "empty": ({"some": np.empty((0, 28, 28), np.uint8)}, "not 0 of 80"),
    "long": ({"some": np.zeros((241, 28, 28), np.uint8)}, "not 241 of 80"),
}


@pytest.mark.parametrize(("changes", "why"), BAD_GIFS.values(), ids=BAD_GIFS.keys())
def test_a_gif_out_of_bounds_is_refused(tmp_path, changes, why):
    with pytest.raises(ExportError, match=why):
        gif(tmp_path / "a.gif", **changes)


@pytest.mark.parametrize("changes", [{"look": "rough"}, {"colours": "grey map"}])
def test_a_gif_of_a_look_or_colours_that_there_are_not_is_none(tmp_path, changes):
    with pytest.raises(KeyError):
        gif(tmp_path / "a.gif", **changes)


# -------------------------------------------------------------------------------------------------------- same bytes

SAVE_ALL = """
import sys
from pathlib import Path
import numpy as np
from vae_explorer.pictures import export, figures
from vae_explorer.pictures.recipe import Recipe
x = np.random.default_rng(0).uniform(-1, 1, (28, 28)).astype(np.float32)
for suffix in ("png", "svg", "pdf"):
    for look in ("pixels", "smooth"):
        made = Recipe((0.5,), "a" * 64)
        export.save_digit(x, Path(sys.argv[1], f"{look}.{suffix}"), 56, look, "magma", made)
    tiles = np.arange(2 * 784).reshape(2, 28, 28).astype(np.uint8)
    figure = figures.plane(tiles, ["a", "fi"], ["Ω"], ("x", "y"))
    export.save_figure(figure, Path(sys.argv[1], f"figure.{suffix}"), Recipe((0.5,), "a" * 64))
frames = np.arange(3 * 784).reshape(3, 28, 28).astype(np.uint8)
gif = export.gif_bytes(frames, 56, "smooth", "magma", 80, Recipe((0.5,), "a" * 64))
Path(sys.argv[1], "a.gif").write_bytes(gif)
"""


def test_the_same_picture_gives_the_same_bytes_in_another_process_at_another_time(tmp_path, monkeypatch):
    """Another seed of Python's hashes, and another day for what goes by SOURCE_DATE_EPOCH."""
    for turn in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", turn)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", turn * 9)
        (tmp_path / turn).mkdir()
        done = python(SAVE_ALL, tmp_path / turn)
        assert done.returncode == 0, done.stderr
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / turn).iterdir()} for turn in ("1", "2"))
    assert len(first) == 10 and [name for name in first if first[name] != second[name]] == []


MINE = {"savefig.bbox": "tight", "svg.hashsalt": "mine", "savefig.facecolor": "red", "patch.force_edgecolor": True}


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
@pytest.mark.parametrize("look", ["pixels", "smooth"])
def test_saving_changes_no_setting_of_matplotlib_and_a_persons_own_change_no_digit(tmp_path, look, suffix):
    plain, mine = tmp_path / f"plain.{suffix}", tmp_path / f"mine.{suffix}"
    save_digit(any_digit(), plain, 280, look, "gray", MADE)
    with matplotlib.rc_context(MINE):
        before = dict(matplotlib.rcParams)
        save_digit(any_digit(), mine, 280, look, "gray", MADE)
        save_figure(figures.bands({"digits": digits(4)[0]}, columns=4), tmp_path / f"figure.{suffix}")
        assert dict(matplotlib.rcParams) == before
    assert mine.read_bytes() == plain.read_bytes()
