"""Pictures into files: every format opens, every pixel is right, and nothing is left half."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from factories import digits
from PIL import Image

from vae_explorer import figures
from vae_explorer.export import ExportError, save_figure, save_image


@pytest.fixture(scope="module")
def figure():
    return figures.bands({"digits": digits(4)[0]}, columns=4)


def check_png(data):
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.format == "PNG" and len(np.unique(np.asarray(picture))) > 4


def check_svg(data):
    root = ET.fromstring(data)
    assert root.tag.endswith("svg") and float(root.get("width").removesuffix("pt")) > 100


def check_pdf(data):
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") and b"/Image" in data


CHECKS = {"a.png": check_png, "a.PNG": check_png, "a.b.svg": check_svg, "a.pdf": check_pdf, "new/a.Pdf": check_pdf}


@pytest.mark.parametrize(("name", "check"), CHECKS.items(), ids=CHECKS.keys())
def test_a_figure_is_saved_in_the_format_of_its_suffix(figure, tmp_path, name, check):
    save_figure(figure, tmp_path / name)
    check((tmp_path / name).read_bytes())
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name.split("/")[-1]]


@pytest.mark.parametrize("name", ["a.bmp", "a", "png", ".png", "a.png.exe"])
def test_another_suffix_is_refused_with_those_there_are(figure, tmp_path, name):
    with pytest.raises(ExportError, match=r"pictures are saved as \.png, \.svg, \.pdf"):
        save_figure(figure, tmp_path / name)
    with pytest.raises(ExportError, match=r"a digit is saved as \.png"):
        save_image(digits(1)[0][0], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scale", [1, 3, 12])
def test_each_grey_level_becomes_a_square_of_that_level(tmp_path, scale):
    levels = np.arange(256, dtype=np.uint8).reshape(8, 32)
    save_image(levels, tmp_path / "digit.png", scale)
    with Image.open(tmp_path / "digit.png") as picture:
        assert (picture.mode, picture.size) == ("L", (32 * scale, 8 * scale))
        pixels = np.asarray(picture)
    for row in range(8 * scale):
        assert pixels[row].tolist() == [32 * (row // scale) + column // scale for column in range(32 * scale)]


@pytest.mark.parametrize("save", ["figure", "image"])
def test_what_cannot_be_written_leaves_the_old_picture(figure, tmp_path, save):
    """A limit on the size of files stands for a full disk."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    noise = np.random.default_rng(0).integers(0, 256, (200, 200)).astype(np.uint8)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            save_figure(figure, path) if save == "figure" else save_image(noise, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1
