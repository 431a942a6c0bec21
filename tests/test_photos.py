"""Every picture is made here with Pillow or byte by byte; what is bad about it is said in its name."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from factories import python
from PIL import ExifTags, Image, ImageDraw, ImageFile, ImageOps

from vae_explorer.datasets import photos
from vae_explorer.datasets.photos import PhotoError

GREY = np.full((40, 60), 230, np.uint8)
GREY[5:30, 20:26] = 20
PLAIN = Image.fromarray(GREY)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def ink(shape: tuple[int, int] = (40, 60), level: int = 0) -> Image.Image:
    """A stroke of one level on nothing."""
    rgba = np.zeros((*shape, 4), np.uint8)
    rgba[5:30, 20:26] = (level, level, level, 255)
    return Image.fromarray(rgba)


def png_of(width: int, height: int) -> bytes:
    """A small PNG that claims to be of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (PLAIN, "PNG"), (PLAIN, "GIF"), (PLAIN, "BMP"), (PLAIN.convert("RGB"), "PNG"), (PLAIN.convert("RGB"), "BMP"),
        (PLAIN.convert("P"), "PNG"), (PLAIN.convert("LA"), "PNG"), (PLAIN.convert("RGBA"), "PNG"),
        (Image.fromarray(GREY.astype(np.uint16) * 257), "PNG"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.mode,
)  # fmt: skip
def test_a_picture_gives_its_grey_levels_whatever_its_file_and_its_pixels_are(image, kind, tmp_path):
    path = tmp_path / "named.txt"
    path.write_bytes(encoded(image, kind))
    levels = photos.opened(path).levels
    assert levels.dtype == np.float32
    np.testing.assert_allclose(levels, GREY / 255, atol=1e-6)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_picture_that_is_kept_with_loss_is_read_as_nearly_what_it_was(kind, mode):
    if kind == "WEBP" and mode == "CMYK":
        mode = "RGBA"
    levels = photos.from_bytes(encoded(PLAIN.convert(mode), kind, quality=95)).levels
    assert np.abs(levels - GREY / 255).max() < 0.1


def test_two_levels_are_black_and_white():
    assert np.unique(photos.from_bytes(encoded(PLAIN.convert("1"))).levels).tolist() == [0, 1]


def test_sixteen_bits_are_scaled_and_keep_what_eight_would_lose():
    faint = Image.fromarray(np.array([[1000, 1100, 40000, 65535]], np.uint16))
    np.testing.assert_allclose(
        photos.from_bytes(encoded(faint)).levels, [[1000, 1100, 40000, 65535]] / np.float32(65535)
    )


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_as_its_exif_says(kind, orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = encoded(PLAIN, kind, exif=exif.tobytes())
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("L"), np.float32) / 255
    np.testing.assert_allclose(photos.from_bytes(data).levels, expected, atol=0.01)


def test_exif_that_is_damaged_turns_nothing():
    data = encoded(PLAIN, exif=b"Exif\0\0MM\0nonsense")
    np.testing.assert_allclose(photos.from_bytes(data).levels, GREY / 255, atol=1e-6)


@pytest.mark.parametrize("level", [0, 60, 200, 255])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_ink_on_nothing_lies_on_a_ground_that_it_stands_out_from(kind, level):
    levels = photos.from_bytes(encoded(ink(level=level), kind, lossless=True)).levels
    assert np.abs(levels[5:30, 20:26] - level / 255).max() < 0.01
    assert (levels[0, 0] == levels[35:]).all() and levels[0, 0] == (level < 128)


def test_the_soft_edge_of_ink_on_nothing_is_as_strong_as_it_is_opaque():
    rgba = np.zeros((3, 3, 4), np.uint8)
    rgba[1] = [(0, 0, 0, 51), (0, 0, 0, 255), (0, 0, 0, 102)]
    np.testing.assert_allclose(photos.from_bytes(encoded(Image.fromarray(rgba))).levels[1], [0.8, 0, 0.6], atol=0.01)


def test_a_picture_with_round_corners_is_laid_on_its_own_ground():
    rgba = np.dstack([GREY] * 3 + [np.full_like(GREY, 255)])
    rgba[:4, :4] = 0
    np.testing.assert_allclose(photos.from_bytes(encoded(Image.fromarray(rgba))).levels, GREY / 255, atol=0.01)


def test_a_colour_that_a_palette_calls_transparent_is_ground():
    image = Image.fromarray((GREY < 100).astype(np.uint8))
    image.putpalette([255, 0, 0, 10, 10, 10])
    levels = photos.from_bytes(encoded(image, "GIF", transparency=0)).levels
    assert levels[0, 0] == 1 and levels[10, 22] < 0.1


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_taken(kind):
    more = [Image.new("RGB", PLAIN.size, "red")]
    data = encoded(PLAIN.convert("RGB"), kind, save_all=True, append_images=more, duration=50, lossless=True)
    np.testing.assert_allclose(photos.from_bytes(data).levels, GREY / 255, atol=0.02)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1000, 1), (1, 1000)),
        ((1, 3001), (1000, 1)),
        ((2500, 1300), (520, 1000)),
        ((1001, 7), (7, 1000)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_photo_is_at_most_a_thousand_pixels_long_and_at_least_one(size, expected):
    levels = photos.from_bytes(encoded(Image.new("L", size, 51))).levels
    assert levels.shape == expected
    np.testing.assert_allclose(levels, 0.2, atol=1e-6)


def test_a_picture_in_memory_is_read_like_a_file():
    np.testing.assert_allclose(photos.from_image(PLAIN.copy()).levels, GREY / 255, atol=1e-6)


RNG = np.random.default_rng(0)
NOISE = Image.fromarray(RNG.integers(0, 256, (200, 200), np.uint8))
BAD = {
    "empty": (b"", "is empty"),
    "text": (b"hello, I am a text\n" * 99, "cannot be read as a picture"),
    "zeros": (bytes(999), "cannot be read as a picture"),
    "a TIFF": (encoded(PLAIN, "TIFF"), "cannot be read as a picture"),
    "an EPS": (encoded(PLAIN, "EPS"), "cannot be read as a picture"),
    "a head": (encoded(NOISE)[:30], "cannot be read as a picture"),
    "half a PNG": (encoded(NOISE)[:20_000], "is damaged or cut short"),
    "half a JPEG": (encoded(NOISE, "JPEG")[:9000], "is damaged or cut short"),
    "half a GIF": (encoded(NOISE, "GIF")[:20_000], "is damaged or cut short"),
    "half a BMP": (encoded(NOISE, "BMP")[:20_000], "is damaged or cut short"),
    "half a WEBP": (encoded(NOISE, "WEBP", lossless=True)[:20_000], "is damaged or cut short"),
    "more pixels than are allowed": (png_of(5001, 5000), r"more than 25 megapixels \(5001 × 5000 pixels\)"),
    "a bomb that Pillow warns of": (png_of(12_000, 12_000), r"more than 25 megapixels"),
    "a bomb": (png_of(20_000, 20_000), "more than 25 megapixels"),
    "a large bomb": (png_of(2**31 - 1, 2**31 - 1), "25 megapixels|cannot be read|damaged"),
    "too many bytes": (bytes(20_000_001), "more than 20 MB"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_picture_is_told_in_a_line_and_nothing_of_it_is_decoded_before_its_size_is_known(
    data, said, tmp_path, monkeypatch
):
    if "mega" in said or "MB" in said:
        monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: pytest.fail("decoded"))
    path = tmp_path / "digit.png"
    path.write_bytes(data)
    with pytest.raises(PhotoError, match=said) as caught:
        photos.opened(path)
    text = str(caught.value)
    assert text.startswith("digit.png ") and "Choose a PNG, JPEG" in text and "\n" not in text and len(text) < 300


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_a_picture_with_flipped_bytes_is_read_or_told_of(kind):
    whole, rng = encoded(PLAIN.convert("RGB"), kind), np.random.default_rng(1)
    for _ in range(100):
        data = bytearray(whole)
        for place in rng.integers(0, len(data), rng.integers(1, 6)):
            data[place] = rng.integers(256)
        try:
            levels = photos.from_bytes(bytes(data)).levels
        except PhotoError:
            continue
        assert levels.min() >= 0 and levels.max() <= 1


@pytest.mark.parametrize("error", [OSError, SyntaxError, ValueError, IndexError, EOFError, struct.error, zlib.error])
def test_whatever_pillow_raises_of_a_damaged_picture_is_told(error, monkeypatch):
    def fail(_: object) -> None:
        raise error("it is broken")

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    with pytest.raises(PhotoError, match=r"a\.png is damaged or cut short: it is broken"):
        photos.from_bytes(encoded(PLAIN), "a.png")


def test_what_is_no_file_is_the_systems_error(tmp_path):
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(OSError, match=tmp_path.name):
            photos.opened(path)


def largest() -> dict[str, bytes]:
    """Pictures of 25 megapixels of the kinds that take most memory to decode."""
    grey = Image.new("L", (5000, 5000), 230)
    ImageDraw.Draw(grey).line([1500, 1000, 3500, 4000], fill=20, width=300)
    rgba = Image.merge("RGBA", [grey, grey, grey, grey])
    return {
        "rgba.webp": encoded(rgba, "WEBP", lossless=True, method=0, quality=0),
        "cmyk.jpg": encoded(grey.convert("CMYK"), "JPEG", progressive=True),
        "rgba.png": encoded(rgba, compress_level=1),
        "sixteen.png": encoded(Image.fromarray(np.asarray(grey).astype(np.uint16) * 257), compress_level=1),
        "palette.png": encoded(grey.convert("P"), transparency=3, compress_level=1),
    }


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory from /proc")
def test_the_largest_picture_is_prepared_in_less_than_600_megabytes(tmp_path):
    for name, data in largest().items():
        (tmp_path / name).write_bytes(data)
    code = (
        "import sys; from pathlib import Path; from vae_explorer.datasets import photos, prepare\n"
        "for path in sorted(Path(sys.argv[1]).iterdir()): prepare.prepare(photos.opened(path))\n"
        "print(next(each for each in open('/proc/self/status') if each.startswith('VmHWM')).split()[1])"
    )
    done = python(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 600e6 / 1024


def test_preparing_a_photo_needs_neither_torch_nor_tkinter_nor_matplotlib():
    done = python(
        "import sys, vae_explorer.datasets.prepare; print({'torch', 'tkinter', 'matplotlib'} & set(sys.modules))"
    )
    assert done.stdout == "set()\n", done.stderr


def drawn(ink, paper, alpha=None):
    """A stroke of one colour on another, a little noisy as photos are."""
    rgb = np.where((GREY < 100)[..., None], ink, paper) + np.random.default_rng(0).normal(0, 2, (*GREY.shape, 3))
    image = Image.fromarray(rgb.clip(0, 255).astype(np.uint8))
    if alpha is not None:
        image.putalpha(alpha)
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "opaque"])
@pytest.mark.parametrize(("ink", "paper"), [((204, 38, 51), (51, 89, 178)), ((26, 117, 40), (210, 20, 60))])
def test_ink_that_is_as_bright_as_its_paper_is_seen_by_its_colour(ink, paper, kind):
    image = drawn(ink, paper, 255 if kind == "opaque" else None)
    assert abs(np.diff([*map(np.array([0.299, 0.587, 0.114]).dot, (ink, paper))])) < 5
    data = encoded(image) if kind == "opaque" else encoded(image, kind, quality=95)
    levels = photos.from_bytes(data).levels
    assert levels.min() >= 0 and levels.max() <= 1
    stroke, rest = np.median(levels[GREY < 100]), np.median(levels[GREY > 100])
    assert abs(stroke - rest) > 0.2 and abs(rest - 0.5) < 0.03


@pytest.mark.parametrize(("ink", "paper"), [((30, 50, 150), (230, 230, 220)), ((250, 220, 20), (240, 240, 235))])
def test_ink_that_is_darker_or_lighter_is_seen_by_its_brightness(ink, paper):
    image = drawn(ink, paper)
    levels = photos.from_bytes(encoded(image)).levels
    np.testing.assert_allclose(levels, np.asarray(image.convert("L")) / 255, atol=0.003)


def test_a_jpeg_of_very_many_scans_is_refused_before_it_is_decoded():
    data = encoded(PLAIN, "JPEG", progressive=True)
    *before, last = data.split(b"\xff\xda")
    scan = b"\xff\xda" + last.removesuffix(b"\xff\xd9")
    assert photos.from_bytes(data).levels.shape == (40, 60)
    many = b"\xff\xda".join(before) + 200 * scan + b"\xff\xd9"
    with pytest.raises(PhotoError, match="is a JPEG in more than 100 parts, which would take long"):
        photos.from_bytes(many)


def test_a_jpeg_of_very_many_notes_is_refused_before_they_are_joined():
    data, note = encoded(PLAIN, "JPEG"), b"\xff\xe1\0\x0aExif\0\0ab"
    assert photos.from_bytes(data[:2] + 3 * note + data[2:]).levels.shape == (40, 60)
    with pytest.raises(PhotoError, match="is a JPEG in more than 100 parts"):
        photos.from_bytes(data[:2] + 200 * note + data[2:])


def test_a_photo_keeps_its_colours_upright_and_on_its_ground():
    colours = np.zeros((6, 8, 3), np.uint8)
    colours[0], colours[:, 0] = (255, 0, 0), (0, 0, 255)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # to be turned to the right
    photo = photos.from_bytes(encoded(Image.fromarray(colours), exif=exif))
    np.testing.assert_array_equal(photo.pixels, np.rot90(colours, -1))
    clear = np.dstack([colours, np.full((6, 8), 255, np.uint8)])
    clear[3:, 4:, 3] = 0
    laid = photos.from_bytes(encoded(Image.fromarray(clear))).pixels
    np.testing.assert_array_equal(laid[:3], colours[:3])
    assert np.ptp(laid[3:, 4:]) == 0
    assert photos.from_bytes(encoded(PLAIN)).pixels.ndim == 2
