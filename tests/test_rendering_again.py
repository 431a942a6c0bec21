"""A picture that was saved is made again from its file, byte for byte, or it is said what is missing."""

import io

import pytest
from PIL import Image, PngImagePlugin

from vae_explorer import __version__, render, settings
from vae_explorer.pictures import recipe
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.rendering import again
from vae_explorer.settings import Settings

TEXT = '{{"z": [0.0, 0.0], "weights": "{}", "seed": null, "version": "{}", "picture": "{}", "options": {}}}'


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command in an empty folder; give its exit code and what it said on stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*argv):
        code = render.main([*map(str, argv)])
        out, err = capsys.readouterr()
        assert out == ""
        return code, err

    return run


def carrying(path, text):
    """Save a picture that carries a text as its recipe."""
    info = PngImagePlugin.PngInfo()
    info.add_text("recipe", text)
    buffer = io.BytesIO()
    Image.new("L", (9, 9)).save(buffer, "png", pnginfo=info)
    path.write_bytes(buffer.getvalue())


@pytest.mark.parametrize(
    "words",
    [
        "digit --seed 7 --look smooth --out a.png", "traverse --n 3 --label 4 --out a.png", "plane --n 2 --out a.png",
        "map --dims 0,4 --out a.png", "arithmetic --a 1 --b 2 --c 3 --out a.png",
        "reconstruct --image one.png --out a.png", "edit --slant 5 --out a.png",
        "path --start 1 --end 2 --n 3 --side 56 --out a.gif", "map --out a.svg", "digit --z 3 --out a.pdf",
        "path --start 1 --end 2 --n 3 --out a.pdf",
    ],
)  # fmt: skip
def test_a_picture_of_the_model_that_ships_is_repeated_bit_for_bit(run, tmp_path, words):
    mine = Image.new("L", (60, 80), 255)
    mine.paste(0, (28, 10, 34, 70))
    mine.save("one.png")
    assert run(*words.split())[0] == 0
    name = words.split()[-1]
    suffix = name[-4:]
    before = (tmp_path / name).read_bytes()
    assert run(name) == (0, f"Picture: a-again{suffix}, the same bytes as {name}\n")
    assert (tmp_path / f"a-again{suffix}").read_bytes() == before == (tmp_path / name).read_bytes()


def test_what_is_chosen_beside_a_picture_changes_it_and_nothing_else(run, tmp_path):
    run("digit", "--label", 4, "--look", "smooth", "--side", 56, "--out", "a.png")
    made = recipe.made_by(tmp_path / "a.png")
    assert run("a.png", "--side", 112, "--out", "b.png") == (0, "Picture: b.png\n")
    larger = recipe.made_by(tmp_path / "b.png")
    assert (larger.z, larger.options) == (made.z, {"side": 112, "look": "smooth"})
    assert run("a.png", "--z", "3", "--format", "svg") == (0, "Picture: a-again.svg\n")
    assert run("--out", "c.png", "a.png", "--seed", 5)[0] == 0
    drawn = recipe.made_by(tmp_path / "c.png")
    assert drawn.seed == 5 and drawn.z != made.z and drawn.options == made.options


def test_another_point_leaves_the_picture_behind_that_the_first_one_came_from(run, tmp_path):
    mine = Image.new("L", (60, 80), 255)
    mine.paste(0, (28, 10, 34, 70))
    mine.save("one.png")
    run("traverse", "--image", "one.png", "--n", 3, "--out", "a.png")
    assert "image" in recipe.made_by(tmp_path / "a.png").options
    assert run("a.png", "--z", "3", "--out", "b.png")[0] == 0
    assert dict(recipe.made_by(tmp_path / "b.png").options) == {"n": 3}


def test_what_is_chosen_takes_the_place_of_what_it_excludes(run, tmp_path):
    run("plane", "--spacing", "quantiles", "--n", 3, "--out", "a.png")
    assert run("a.png", "--span", 2, "--out", "b.png")[0] == 0
    assert dict(recipe.made_by(tmp_path / "b.png").options) == {"n": 3, "span": 2.0}
    run("plane", "--span", 2, "--n", 3, "--out", "f.png")
    assert run("f.png", "--spacing", "even", "--out", "g.png")[0] == 0
    assert recipe.made_by(tmp_path / "g.png").options["span"] == 2, "which even steps have, too"
    run("samples", "--label", 3, "--n", 2, "--out", "c.png")
    assert run("c.png", "--source", "prior", "--out", "d.png")[0] == 0
    assert dict(recipe.made_by(tmp_path / "d.png").options) == {"n": 2, "source": "prior"}
    assert run("d.png", "--label", 3, "--out", "e.png")[0] == 0
    assert dict(recipe.made_by(tmp_path / "e.png").options) == {"n": 2, "label": 3}


def test_only_of_a_picture_it_is_said_how_to_reconstruct_it(run, tmp_path):
    (tmp_path / "a.csv").write_text("1,2\n")
    code, err = run("a.csv")
    assert (
        code == 2
        and "reconstruct" not in err
        and err.endswith("a.csv: it is not a PNG. Pictures that can be drawn again are .png, .gif, .svg, .pdf.\n")
    )


def test_a_path_becomes_a_moving_picture_and_a_still_one_again(run, tmp_path):
    run("path", "--start", 1, "--end", 2, "--out", "a.png")
    assert run("a.png", "--out", "b.gif", "--n", 3, "--ms", 50)[0] == 0
    assert recipe.made_by(tmp_path / "b.gif").options["ms"] == 50
    assert run("b.gif", "--out", "c.png")[0] == 0
    chosen = recipe.made_by(tmp_path / "c.png").options
    assert chosen["n"] == 3 and "ms" not in chosen and chosen["way"] == "straight"


def test_the_file_itself_is_never_replaced_unless_it_is_named(run, tmp_path):
    run("map", "--out", "a.png")
    before = (tmp_path / "a.png").read_bytes()
    assert run("a.png", "--z", "3", "--overwrite")[0] == 0
    assert (tmp_path / "a.png").read_bytes() == before
    code, err = run("a.png", "--out", "a.png")
    assert code == 2 and "a.png is there already" in err
    assert run("a.png", "--out", "a.png", "--overwrite") == (0, "Picture: a.png, the same bytes as a.png\n")
    code, err = run("a.png")
    assert code == 2 and "a-again.png is there already" in err


def test_an_option_of_another_kind_is_refused_and_help_is_that_of_the_picture(run, capsys):
    run("map", "--out", "a.png")
    code, err = run("a.png", "--side", 56)
    assert code == 2 and "map has no --side. Leave it out." in err
    with pytest.raises(SystemExit):
        render.main(["a.png", "--help"])
    told = capsys.readouterr().out
    assert "render a.png [options]" in told and KINDS["map"].description in told and "--side" not in told


def test_other_weights_are_looked_for_among_the_models_that_are_known(run, model, tmp_path):
    run("digit", "--weights", model(2), "--out", "a.png")
    code, err = run("a.png")
    sha = recipe.made_by(tmp_path / "a.png").weights
    assert code == 2 and sha in err and err.endswith("Name them with --weights.\n") and err.count("\n") == 1
    settings.write(Settings(recent=("/no/such/model", str(model(3)), str(model(2)))))
    assert run("a.png") == (0, f"Model: {model(2)}\nPicture: a-again.png, the same bytes as a.png\n")
    assert run("a.png", "--weights", model(2), "--overwrite")[0] == 0
    code, err = run("a.png", "--weights", model(3), "--out", "b.png")
    assert code == 2 and "a.png was made with other weights than" in err and "or leave that out" in err


def test_a_picture_of_other_weights_is_not_drawn_by_a_decoder_that_is_named(run, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "toy_again.py").write_text(
        "import numpy as np\ndef decode(z): return np.zeros((len(z), 28, 28))\ndecode.latent_dim = 6\n"
    )
    run("digit", "--out", "a.png")
    code, err = run("a.png", "--decoder", "toy_again:decode", "--out", "b.png")
    assert code == 2 and "a.png was made with other weights than" in err and "or leave that out" in err


def test_strips_of_a_picture_become_those_around_z_and_back(run, tmp_path):
    mine = Image.new("L", (60, 80), 255)
    mine.paste(0, (28, 10, 34, 70))
    mine.save("one.png")
    run("traverse", "--image", "one.png", "--n", 3, "--out", "a.png")
    assert run("a.png", "--centre", "z", "--out", "b.png")[0] == 0
    assert dict(recipe.made_by(tmp_path / "b.png").options) == {"n": 3, "centre": "z"}
    assert run("b.png", "--image", "one.png", "--out", "c.png")[0] == 0
    assert recipe.made_by(tmp_path / "c.png") == recipe.made_by(tmp_path / "a.png")


def test_the_model_that_was_trained_here_is_known(run, model, tmp_path):
    (tmp_path / again.TRAINED).symlink_to(model(2), target_is_directory=True)
    run("digit", "--weights", "trained", "--out", "a.png")
    assert run("a.png")[0] == 0


def test_a_picture_whose_bytes_are_others_is_said_to_be(run, tmp_path):
    run("digit", "--out", "a.png")
    text = recipe.dumps(recipe.made_by(tmp_path / "a.png"))
    carrying(tmp_path / "a.png", text)
    code, err = run("a.png")
    assert code == 0 and err.startswith(
        "Picture: a-again.png. Its bytes are not those of a.png: it was saved anew since"
    )
    carrying(tmp_path / "a.png", text.replace(f'"version": "{__version__}"', '"version": "0.0.9"'))
    assert "version 0.0.9 of this program made it" in run("a.png", "--overwrite")[1]
    assert recipe.made_by(tmp_path / "a-again.png").version == "0.0.9"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "a.png: The recipe cannot be read: it is not JSON."),
        (TEXT.format("0" * 64, "0.1.0", "film", "{}"), "picture is none of digit, "),
        (TEXT.format("0" * 64, "99.0.0", "film", "{}"), "Version 99.0.0 made the picture, and this is "),
        (TEXT.format("0" * 64, __version__, "digit", '{"side": 1e9}'), "side 1000000000.0 is no whole number"),
        (TEXT.format("0" * 64, __version__, "digit", "{}"), "was made with other weights than"),
    ],
)
def test_a_recipe_that_cannot_be_followed_is_told_in_a_line(run, tmp_path, text, why):
    carrying(tmp_path / "a.png", text)
    code, err = run("a.png")
    assert code == 2 and why in err and err.count("\n") == 1 and [each.name for each in tmp_path.iterdir()] == ["a.png"]


def test_a_picture_without_a_recipe_may_be_one_to_reconstruct(run, tmp_path):
    Image.new("L", (9, 9)).save(tmp_path / "my seven.png")
    code, err = run("my seven.png")
    assert code == 2 and "my seven.png carries no recipe" in err and "reconstruct --image 'my seven.png'" in err
    (tmp_path / "text.gif").write_text("hello")
    code, err = run("text.gif")
    assert code == 2 and "it is not a GIF" in err
    (tmp_path / "half.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert run("half.png")[0] == 2 and run("missing.png") == (
        2, "python -m vae_explorer.render: missing.png: No such file or directory.\n",
    )  # fmt: skip
