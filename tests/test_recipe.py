"""Recipes: every bit comes back, and nothing that a stranger's file can hold is believed, unpacked or waited for."""

import io
import json
import math
import os
import struct
import sys
import tracemalloc
import zlib
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from vae_explorer import __version__
from vae_explorer.pictures import carried, kinds, recipe
from vae_explorer.pictures.recipe import Recipe, RecipeError, dumps, loads, made_by

WEIGHTS = "0123456789abcdef" * 4
MADE = Recipe((0.1, -2.5), WEIGHTS, 7)
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def told(**changes):
    """The JSON of a good recipe with some values changed; those that are `...` are left out."""
    values = {"z": [0.1, -2.5], "weights": WEIGHTS, "seed": 7, "version": "0.0.2"} | changes
    return json.dumps({name: value for name, value in values.items() if value is not ...})


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks, size=(1, 1)):
    """A grey PNG with chunks between its header and its end; it has no pixels unless they are among them."""
    return SIGNATURE + chunk(b"IHDR", struct.pack(">2I5B", *size, 8, 0, 0, 0, 0)) + b"".join(chunks) + END


def text_chunk(text, key=b"recipe"):
    return chunk(b"tEXt", key + b"\0" + text.encode())


END = chunk(b"IEND", b"")
PIXELS = chunk(b"IDAT", zlib.compress(b"\0\0"))


@pytest.fixture
def read(tmp_path):
    """A function that reads the recipe of a file of these bytes."""

    def read(data):
        path = tmp_path / "digit.png"
        path.write_bytes(data)
        return made_by(path)

    return read


# ---------------------------------------------------------------------------------------------------- dumps and loads


@pytest.mark.parametrize(
    "z",
    [(0.0,), (-0.0, 5e-324, sys.float_info.max, math.pi), (0.1 + 0.2, 1e22, -1e-7), (1.0,) * 256],
    ids=["zero", "extremes", "long", "256 dimensions"],
)
@pytest.mark.parametrize("seed", [None, 0, 2**127])
def test_a_recipe_comes_back_bit_for_bit(z, seed):
    text = dumps(Recipe(z, WEIGHTS, seed))
    found = loads(text)
    assert struct.pack(f"{len(z)}d", *found.z) == struct.pack(f"{len(z)}d", *z)
    assert (found.weights, found.seed, found.version) == (WEIGHTS, seed, __version__)
    assert text.isascii() and "\n" not in text


def test_any_bits_of_a_finite_float_come_back():
    bits = np.random.default_rng(0).integers(0, 2**64, 2000, np.uint64)
    z = tuple(value for value in bits.view(np.float64).tolist() if math.isfinite(value))
    assert len(z) > 1900 and loads(dumps(replace(MADE, z=z))).z == z


def test_a_recipe_with_keys_of_a_later_version_or_without_a_seed_is_read():
    assert loads(told(seed=..., path=[[0], [1]])) == Recipe((0.1, -2.5), WEIGHTS, None, "0.0.2")
    assert loads(told(z=[1, -2])).z == (1.0, -2.0) and type(loads(told(z=[1])).z[0]) is float


OPTIONS = {
    "digit": {"side": 280, "look": "smooth", "colours": "magma"},
    "traverse": {"dims": (1,), "n": 9, "span": 0.1 + 0.2},
    "map": {"dims": "principal"},
    "plane": {"dims": (1, 0), "n": 60},
    "path": {"start": (0.1, -1e-7), "end": (2, 3.5), "way": "geodesic", "ms": 40},
}


@pytest.mark.parametrize("picture", OPTIONS)
def test_the_choices_of_every_picture_come_back(picture):
    made = Recipe((0.1, -2.5), WEIGHTS, None, picture=picture, options=OPTIONS[picture])
    found = loads(dumps(made))
    assert found == made and found.options == OPTIONS[picture] and found.picture == picture
    assert made != replace(made, options={"start": (0, 0), "end": (1, 1)} if picture == "path" else {})


def test_a_recipe_from_before_there_were_other_pictures_is_of_a_digit():
    found = loads(told())
    assert (found.picture, found.options) == ("digit", {}) and found == Recipe((0.1, -2.5), WEIGHTS, 7, "0.0.2")


def test_the_options_of_a_recipe_are_frozen_as_the_rest():
    mine = {"dims": [0, 1]}
    made = Recipe((0.1, -2.5), WEIGHTS, picture="map", options=mine)
    mine["dims"].append(2)
    assert made.options == {"dims": (0, 1)} and hash(made) == hash(replace(made, options={}))
    with pytest.raises(TypeError):
        made.options["dims"] = (0,)


BAD_TEXTS = {
    "empty": ("", "it is not JSON"),
    "half": (told()[:-5], "it is not JSON"),
    "deep": ("[" * 50_000, "it is not JSON"),
    "a number of too many digits": (told().replace("7", "7" * 5000), "it is not JSON"),
    "too long": (told() + " " * carried.MAX_TEXT, "it is longer than 300000 characters"),
    "a list": (f"[{told()}]", "it is no JSON object"),
    "null": ("null", "it is no JSON object"),
    "z missing": (told(z=...), "it has no z"),
    "weights missing": (told(weights=...), "it has no weights"),
    "version missing": (told(version=...), "it has no version"),
    "z empty": (told(z=[]), "z is not one finite number or more"),
    "z NaN": (told(z=[math.nan]), "z is not one finite number or more"),
    "z infinite": (told(z=[1, -math.inf]), "z is not one finite number or more"),
    "z beyond floats": (told().replace("0.1", "1e999"), "z is not one finite number or more"),
    "z a whole number beyond floats": (told(z=[10**400]), "int too large to convert to float"),
    "z a text": (told(z="12"), "z is no list of numbers"),
    "z of texts": (told(z=["1", "2"]), "z is no list of numbers"),
    "z of truths": (told(z=[True]), "z is no list of numbers"),
    "z nested": (told(z=[[1.0]]), "z is no list of numbers"),
    "z an object": (told(z={"1": 2}), "z is no list of numbers"),
    "z a number": (told(z=1.0), "z is no list of numbers"),
    "z null": (told(z=None), "z is no list of numbers"),
    "weights null": (told(weights=None), "weights is no sha256"),
    "weights short": (told(weights=WEIGHTS[1:]), "weights is no sha256"),
    "weights of two lines": (told(weights=WEIGHTS + "\n"), "weights is no sha256"),
    "weights of other letters": (told(weights="g" * 64), "weights is no sha256"),
    "seed negative": (told(seed=-1), "seed is no whole number from 0"),
    "seed a truth": (told(seed=True), "seed is no whole number from 0"),
    "seed broken": (told(seed=1.5), "seed is no whole number from 0"),
    "seed a text": (told(seed="1"), "seed is no whole number from 0"),
    "version null": (told(version=None), "version is no text of at most 64 characters"),
    "version of two lines": (told(version="1\n2"), "version is no text of at most 64 characters"),
    "picture of another kind": (
        told(picture="film"),
        f"picture is none of {', '.join(kinds.KINDS)}",
    ),
    "picture null": (told(picture=None), "picture is none of .*"),
    "picture a list": (told(picture=["digit"]), "picture is none of .*"),
    "options null": (told(options=None), "options are no JSON object"),
    "options a list": (told(options=[["side", 280]]), "options are no JSON object"),
    "an option of another picture": (told(options={"dims": [0, 1]}), "there is no option 'dims' of digit"),
    "an option beyond its bounds": (
        told(picture="plane", options={"n": 10**9}),
        "n .* is no whole number from 2 to 60",
    ),
    "a dimension that there is not": (
        told(picture="map", options={"dims": [2]}),
        "dims .* is no map: .* the dimensions 0 to 1",
    ),
    "a path from nowhere": (told(picture="path"), "the option 'start' of path is missing"),
    "an end of other dimensions": (
        told(picture="path", options={"start": [1], "end": [1]}),
        "start .* is no point of 2 numbers",
    ),
    "version long": (told(version="1" * 65), "version is no text of at most 64 characters"),
}


def test_what_a_later_version_wrote_is_said_to_be_of_it():
    for version, later in (("99.0.0", True), ("0.1.0", False), ("words", False), ("9" * 65, False)):
        with pytest.raises(RecipeError) as caught:
            loads(told(version=version, picture="film"))
        assert str(caught.value).endswith(f"made the picture, and this is {__version__}: update it.") == later
    assert loads(told(version="99.0.0", light="green")).version == "99.0.0", "what is understood is read"


@pytest.mark.parametrize(("text", "why"), BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
def test_a_bad_text_is_refused_with_the_reason(text, why):
    with pytest.raises(RecipeError, match=f"^The recipe cannot be read: {why}\\.$"):
        loads(text)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"z": ()}, "z"),
        ({"z": (math.nan,)}, "z"),
        ({"z": np.zeros(6)}, "z"),
        ({"version": ""}, "version"),
        ({"picture": "plane", "options": {"dims": np.array([0, 1])}}, "dims"),
        ({"picture": "traverse", "options": {"image": np.zeros(2)}}, "image"),
        ({"weights": "a"}, "weights"),
        ({"seed": -1}, "seed"),
        ({"picture": "film"}, "picture"),
        ({"options": {"side": 1}}, "side"),
    ],
)
def test_a_recipe_that_could_not_be_read_again_is_not_made(change, name):
    with pytest.raises(ValueError, match=f"^{name} .*is "):
        replace(MADE, **change)


# ----------------------------------------------------------------------------------------------------------- made_by


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize("kind", ["tEXt", "zTXt"])
def test_a_recipe_is_found_before_and_after_the_pixels_packed_or_not(read, kind, where):
    plain = dumps(MADE).encode()
    packed = b"recipe\0\0" + zlib.compress(plain)
    carrier = chunk(b"zTXt", packed) if kind == "zTXt" else chunk(b"tEXt", b"recipe\0" + plain)
    other = text_chunk("x", b"recipes"), text_chunk("", b"rec")
    assert read(png(*other, *([carrier, PIXELS] if where == "before" else [PIXELS, carrier]))) == MADE


def test_a_picture_that_pillow_wrote_gives_its_recipe(read):
    info, buffer = PngImagePlugin.PngInfo(), io.BytesIO()
    info.add_text(carried.KEY, dumps(MADE))
    Image.new("L", (9, 9)).save(buffer, "png", pnginfo=info)
    assert read(buffer.getvalue()) == MADE


def test_the_recipe_of_a_picture_cut_off_in_its_pixels_is_whole(read):
    whole = png(text_chunk(dumps(MADE)), PIXELS)
    assert read(whole[: whole.index(b"IDAT") + 3]) == MADE


@pytest.mark.parametrize("size", [(12_000, 12_000), (100_000, 100_000), (2**31 - 1, 2**31 - 1), (0, 0)])
def test_the_size_that_a_header_claims_costs_nothing_and_warns_of_nothing(read, size):
    assert read(png(text_chunk(dumps(MADE)), PIXELS, size=size)) == MADE


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
@pytest.mark.parametrize("key", [b"recipe", b"other"])
def test_a_compressed_text_is_unpacked_no_further_than_a_recipe_reaches(read, kind, key):
    between = {b"zTXt": b"\0\0", b"iTXt": b"\0\1\0\0\0", b"iCCP": b"\0\0"}[kind]
    data = png(chunk(kind, key + between + zlib.compress(bytes(50_000_000), 9)))
    tracemalloc.start()
    try:
        with pytest.raises(RecipeError):
            read(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


LONG = dumps(MADE) + " " * carried.MAX_TEXT
CARRIER = text_chunk(dumps(MADE))
BAD_FILES = {
    "empty": (b"", "it is not a PNG"),
    "half a signature": (SIGNATURE[:5], "it is not a PNG"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + bytes(100), "it is not a PNG"),
    "a recipe of its own": (dumps(MADE).encode(), "it is not a PNG"),
    "nothing after the signature": (SIGNATURE, "carries no recipe"),
    "another picture": (png(PIXELS), "carries no recipe"),
    "another text": (png(text_chunk(dumps(MADE), b"Recipe")), "carries no recipe"),
    "an international text": (png(chunk(b"iTXt", b"recipe\0\0\0\0\0{}")), "carries no recipe"),
    "cut off in its header": (png(CARRIER)[:20], "carries no recipe"),
    "cut off in the text": (png(CARRIER)[: -len(END) - 10], "its recipe is damaged"),
    "a bit of the text flipped": (png(CARRIER).replace(b"0.1", b"0.3"), "its recipe is damaged"),
    "longer than its file": (SIGNATURE + struct.pack(">I", 2**32 - 1) + b"tEXtrecipe\0{}", "its recipe is damaged"),
    "shorter than its key": (SIGNATURE + struct.pack(">I", 2) + b"tEXtrecipe\0{}", "its recipe is damaged"),
    "a chunk beyond the end": (SIGNATURE + struct.pack(">I", 2**32 - 1) + b"IDAT" + CARRIER, "carries no recipe"),
    "a text too long": (png(text_chunk(LONG)), "its recipe is damaged, or much longer than any of ours"),
    "packed text too long": (png(chunk(b"zTXt", b"recipe\0\0" + zlib.compress(LONG.encode()))), "is longer than"),
    "badly packed": (png(chunk(b"zTXt", b"recipe\0\0nonsense")), "its recipe is damaged"),
    "packed but empty": (png(chunk(b"zTXt", b"recipe\0")), "it is not JSON"),
    "no recipe in the text": (png(text_chunk("soup")), r"The recipe cannot be read: it is not JSON\.$"),
    "no text in the text": (png(chunk(b"tEXt", b"recipe\0\xff\xfe\x00")), "it is not JSON"),
    "behind too many chunks": (png(*[chunk(b"abCd", b"")] * 10_000, CARRIER), "carries no recipe"),
}


@pytest.mark.parametrize(("data", "why"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_file_without_a_readable_recipe_says_so_and_names_itself(read, data, why):
    with pytest.raises(RecipeError, match=rf"^digit\.png\b.*{why}"):
        read(data)


def test_neither_a_folder_nor_a_pipe_is_read(tmp_path):
    with pytest.raises(IsADirectoryError, match=tmp_path.name):
        made_by(tmp_path)
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(OSError, match=r"it is not a file: .*pipe\.png"):  # rather than wait for ever
        made_by(tmp_path / "pipe.png")


def test_a_missing_file_raises_the_systems_error(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nothing\.png"):
        made_by(tmp_path / "nothing.png")


# ---------------------------------------------------------------------------------------------------------------- GIFs


def gif(*parts, size=(4, 4), flags=b"\0"):
    return b"GIF89a" + struct.pack("<2H", *size) + flags + b"\0\0" + b"".join(parts)


def comment(text):
    blocks = [text[k : k + 255] for k in range(0, len(text), 255)]
    return b"!\xfe" + b"".join(bytes([len(each)]) + each for each in blocks) + b"\0"


GIF_PICTURE = b"," + struct.pack("<4HB", 0, 0, 4, 4, 0) + b"\x02\x02\x4c\x01\0"


@pytest.mark.parametrize("size", [(4, 4), (12_000, 12_000), (65_535, 65_535)])
@pytest.mark.parametrize(("flags", "table"), [(b"\0", b""), (b"\x80", bytes(6)), (b"\xf7", b"!\xfe," * 256)])
def test_the_recipe_of_a_gif_is_found_after_any_table_and_other_comments(tmp_path, size, flags, table):
    whole = Recipe(tuple(k / 7 for k in range(256)), WEIGHTS)
    before = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", comment(b"made by hand")
    path = tmp_path / "a.gif"
    path.write_bytes(gif(table, *before, comment(recipe.dumps(whole).encode()), GIF_PICTURE, size=size, flags=flags))
    assert recipe.made_by(path) == whole


ENDLESS_GIFS = {
    "no picture": gif(bytes(1000)),
    "comments": gif(comment(b"hello") * 20_000),
    "a long comment": gif(comment(b"{" * 50_000), GIF_PICTURE),
    "a picture": gif(GIF_PICTURE),
}


@pytest.mark.parametrize("data", ENDLESS_GIFS.values(), ids=ENDLESS_GIFS)
def test_a_gif_without_end_is_read_no_further_than_a_recipe_reaches(tmp_path, monkeypatch, data):
    path, read = tmp_path / "a.gif", []
    path.write_bytes(data)
    os.truncate(path, 1 << 30)  # a gigabyte of nothing
    find = carried.of_gif

    def watched(file):
        try:
            return find(file)
        finally:
            read.append(file.tell())

    monkeypatch.setitem(carried.FIND, ".gif", watched)
    with pytest.raises(RecipeError, match=r"a\.gif"):
        recipe.made_by(path)
    assert read[0] <= 2 * carried.MAX_TEXT


def test_a_gif_cut_off_or_changed_anywhere_is_read_or_refused(tmp_path):
    whole = gif(bytes(6), comment(recipe.dumps(Recipe((1.0,), WEIGHTS)).encode()), flags=b"\x80")
    path = tmp_path / "a.gif"
    for k in range(len(whole)):
        for data in (whole[:k], whole[:k] + b"\xff" + whole[k + 1 :]):
            path.write_bytes(data)
            try:
                recipe.made_by(path)
            except RecipeError as error:
                assert str(error).startswith("a.gif")
