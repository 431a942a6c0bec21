"""Copy as Python: the lines run by themselves and write the very bytes that the program does."""

import ast
import base64
from pathlib import Path

import numpy as np
import pytest
from factories import python

from vae_explorer.codecs import opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import kinds, make, recipe
from vae_explorer.pictures.as_python import as_python
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.storage.source import Source
from vae_explorer.storage.told import Told

START, END = (-1.0, 0.1 + 0.2), (1, 0)
ENDS = {"start": START, "end": END}
LEVELS = base64.b64encode(bytes(range(196)) * 4).decode()
CASES = [
    ("digit", {}, "digit.png"),
    ("digit", {"side": 100, "look": "smooth", "colours": "magma"}, "digit.svg"),
    ("traverse", {"n": 3, "dims": (1,)}, "traverse.pdf"),
    ("map", {}, "map.png"),
    ("plane", {"n": 3, "span": 0.1 + 0.2}, 'it\'s a "plane".svg'),
    ("path", ENDS | {"n": 3}, "path.png"),
    ("arithmetic", {"a": START, "b": END, "c": (0.5, -0.5)}, "arithmetic.svg"),
    ("path", ENDS | {"n": 3, "way": "geodesic", "side": 28}, "path.gif"),
    ("reconstruct", {"image": LEVELS}, "reconstruct.png"),
]


@pytest.fixture(scope="module")
def vae(model):
    return opening.load(model(2))


@pytest.mark.parametrize(("picture", "options", "name"), CASES, ids=[case[2] for case in CASES])
def test_the_lines_write_the_same_bytes_in_a_fresh_python(vae, tmp_path, picture, options, name):
    made = Recipe((1 / 3, -1e-7), vae.source.sha256, 7, picture=picture, options=options)
    for folder in ("window", "script"):
        (tmp_path / folder).mkdir()
    make.save(vae, made, tmp_path / "window" / name)
    text = as_python(made, vae.source, name)
    done = python(text + "import sys; print({'torch', 'tkinter'} & set(sys.modules))", cwd=tmp_path / "script")
    assert (done.stdout, done.stderr) == ("set()\n", "")
    assert (tmp_path / "script" / name).read_bytes() == (tmp_path / "window" / name).read_bytes()


def test_the_lines_for_the_model_that_ships_name_no_path(tmp_path):
    shipped = opening.load()
    z = tuple(np.random.default_rng(0).normal(size=6).tolist())
    made = Recipe(z, shipped.source.sha256)
    text = as_python(made)
    assert f"vae = vx.load()  # sha256 {shipped.source.sha256[:12]}" in text and "x_hat = vae.decode(z)" in text
    assert python(text, cwd=tmp_path).stderr == ""
    make.save(shipped, made, tmp_path / "window.png")
    assert (tmp_path / "digit.png").read_bytes() == (tmp_path / "window.png").read_bytes()


@pytest.mark.parametrize("picture", kinds.KINDS)
@pytest.mark.parametrize("latent_dim", [2, 256])
def test_the_lines_are_few_short_and_readable(picture, latent_dim):
    z = tuple(np.random.default_rng(0).normal(size=latent_dim).tolist())
    options = {name: z for name, choice in kinds.KINDS[picture].choices.items() if choice.default is ...}
    options |= {"image": LEVELS} if "image" in options else {}
    text = as_python(
        Recipe(z, "a" * 64, picture=picture, options=options), Source(sha256="a" * 64, path=Path("trained"))
    )
    lines = text.splitlines()
    assert lines[:3] == [
        "import vae_explorer as vx",
        "",
        f"vae = vx.load({str(Path('trained').resolve())!r})  # sha256 aaaaaaaaaaaa…",
    ]
    most = 9 + len(LEVELS) // 76 * ("image" in options)
    assert max(map(len, lines)) <= 120 and (latent_dim > 2 or len(lines) <= most) and text.endswith("\n")
    values = {node.targets[0].id: node.value for node in ast.parse(text).body if isinstance(node, ast.Assign)}
    assert ast.literal_eval(values["z"]) == z
    assert "options" not in values or ast.literal_eval(values["options"]) == options


EVIL = "'); import os; os.abort() #"


def test_what_a_strangers_recipe_says_is_text_in_the_lines_and_never_runs():
    made = Recipe((0.5, 0.5), "a" * 64, 3, EVIL, "path", ENDS)
    text = as_python(made, Source(sha256="a" * 64, path=Path(f"/{EVIL}/weights")), f"{EVIL}\\.png")
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}
    assert calls == {"vx.load", "vx.Recipe", "vx.save"}
    assert [type(node) for node in ast.parse(text).body].count(ast.Import) == 1
    told = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    assert {EVIL, f"/{EVIL}/weights", f"{EVIL}\\.png"} <= told


def test_the_recipe_of_another_version_keeps_it(vae, tmp_path):
    made = Recipe((0.5, 0.5), vae.source.sha256, None, "0.0.7")
    make.save(vae, made, tmp_path / "window.png")
    assert python(as_python(made, vae.source), cwd=tmp_path).stderr == ""
    assert (tmp_path / "digit.png").read_bytes() == (tmp_path / "window.png").read_bytes()


def test_a_model_that_was_told_more_is_opened_with_the_same_words_and_code_by_its_name():
    made, told = Recipe((0.5, 0.5), "a" * 64), Told(name="ema", output="tanh", shape=(1, 8, 9), encoder=Path("e.onnx"))
    file = Path("vae.pth").resolve()
    words = "name='ema', output='tanh', shape=(1, 8, 9), encoder='e.onnx'"
    source = Source(sha256="a" * 64, path=file, told=told)
    assert f"vae = vx.load({str(file)!r}, {words})  #" in as_python(made, source)
    assert "vae = vx.open('toy:decode')  #" in as_python(made, Source(sha256="a" * 64, called="toy:decode"))


def test_the_largest_picture_in_colour_stands_in_the_lines_as_it_is():
    levels = np.random.default_rng(0).integers(0, 256, (256, 256, 3), np.uint8)
    made = Recipe((0.5,), "0" * 64, picture="reconstruct", options={"image": Drawing.of(levels).text})
    text = as_python(made)
    assert max(map(len, text.splitlines())) <= 110
    [options] = [
        each for each in ast.parse(text).body if isinstance(each, ast.Assign) and each.targets[0].id == "options"
    ]
    assert ast.literal_eval(options.value) == dict(made.options)
    np.testing.assert_array_equal(Drawing.from_text(made.options["image"]).levels, levels)
    assert recipe.loads(recipe.dumps(made)) == made
