"""The command that draws pictures: what it writes is what was asked for, and what it cannot do it says in one line."""

import csv
import os
import subprocess
import sys

import numpy as np
import pytest
from factories import made_up, python
from PIL import Image

from vae_explorer import render
from vae_explorer.codecs import codec, opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.photos import from_image
from vae_explorer.pictures import kinds, make, recipe
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import photos, subject
from vae_explorer.session.history import Session
from vae_explorer.space.space import Space

PICTURES = {
    "digit": (["--z", "0.5 -1 0"], {}),
    "traverse": (["--n", "3"], {"n": 3}),
    "map": ([], {}),
    "plane": (["--n", "3", "--span", "1.5", "--dims", "z2,0"], {"n": 3, "span": 1.5, "dims": (2, 0)}),
    "path": (["--start", "3", "--end", "1,1,1", "--n", "3"], {"n": 3}),
    "arithmetic": (["--a", "1,1,1", "--b", "3", "--c", "0,1,0"], {}),
    "reconstruct": (["--image", "digit.bmp"], {}),
    "edit": (
        ["--slant", "+10", "--width", "-2", "--lock", "height,z1"],
        {"slant": 10.0, "width": -2.0, "lock": ("height", "z1")},
    ),
    "samples": (["--n", "4", "--label", "3", "--seed", "9"], {"n": 4, "label": 3, "seed": 9}),
    "posterior": (["--image", "digit.bmp", "--n", "2"], {"n": 2}),
    "card": (["--dim", "z2"], {"dim": 2}),
    "kl": ([], {}),
    "curves": ([], {}),
}


PHOTO = np.full((120, 160), 250, np.uint8)  # of a 1 on paper
PHOTO[20:100, 90:100] = 10


@pytest.fixture
def run(model, tmp_path, monkeypatch, capsys):
    """Run the command in an empty folder; give its exit code and what it said on stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*argv, weights=None):
        code = render.main([*map(str, argv), "--weights", str(weights or model(3))])
        out, err = capsys.readouterr()
        assert out == ""
        return code, err

    return run


@pytest.mark.parametrize("picture", kinds.KINDS)
def test_every_picture_is_written_with_the_recipe_that_was_asked_for(run, model, tmp_path, picture):
    argv, options = PICTURES[picture]
    Image.fromarray(PHOTO).save("digit.bmp")
    assert run(picture, *argv) == (0, f"Picture: {picture}.png\n")
    vae = opening.load(model(3))
    if picture == "path":
        options = options | {"start": Space(vae).class_mean(3), "end": (1.0, 1.0, 1.0)}
    if picture == "arithmetic":
        options = {"a": (1.0, 1.0, 1.0), "b": Space(vae).class_mean(3), "c": (0.0, 1.0, 0.0)}
    z = (0.5, -1.0, 0.0) if picture == "digit" else (0.0,) * 3
    if picture in ("reconstruct", "posterior"):
        drawing = photos.brought(Space(vae), from_image(Image.fromarray(PHOTO))).drawing
        options, z = options | {"image": drawing.text}, subject.drawn(Space(vae), drawing)["z"]
    made = Recipe(z, vae.source.sha256, None, picture=picture, options=options)
    assert recipe.made_by(tmp_path / f"{picture}.png") == made
    make.save(vae, made, tmp_path / "again.png")
    assert (tmp_path / f"{picture}.png").read_bytes() == (tmp_path / "again.png").read_bytes()


@pytest.mark.parametrize("suffix", ["svg", "PDF", "png"])
def test_the_format_is_that_of_the_suffix(run, tmp_path, suffix):
    assert run("traverse", "--n", 2, "--out", f"a.{suffix}")[0] == 0
    start = {"svg": b"<?xml", "PDF": b"%PDF", "png": b"\x89PNG"}[suffix]
    assert (tmp_path / f"a.{suffix}").read_bytes().startswith(start)


def test_a_name_without_a_suffix_is_a_pngs_as_in_the_dialog(run, tmp_path):
    assert run("digit", "--out", "seven") == (0, "Picture: seven.png\n")
    assert [each.name for each in tmp_path.iterdir()] == ["seven.png"]


def test_without_words_it_is_the_digit_at_the_origin(run, model, tmp_path):
    assert run() == (0, "Picture: digit.png\n")
    with Image.open(tmp_path / "digit.png") as picture:
        expected = np.rint((opening.load(model(3)).decode([0.0] * 3)[0, 0] + 1) * 127.5)
        np.testing.assert_array_equal(np.asarray(picture), expected.repeat(20, 0).repeat(20, 1))


def test_the_look_of_a_digit_can_be_chosen(run, tmp_path):
    assert run("digit", "--side", 100, "--look", "smooth", "--colours", "magma")[0] == 0
    assert recipe.made_by(tmp_path / "digit.png").options == {"side": 100, "look": "smooth", "colours": "magma"}


def test_a_path_moves_in_a_gif(run, tmp_path):
    ends = "--start", 0, "--end", 9
    assert run("path", *ends, "--out", "a.gif")[0] == 0
    assert run("path", *ends, "--out", "b.gif", "--way", "geodesic", "--n", 3, "--side", 56, "--ms", 40)[0] == 0
    for name, frames, side, ms in (("a.gif", 78, 280, 80), ("b.gif", 4, 56, 40)):
        with Image.open(tmp_path / name) as picture:
            assert (picture.n_frames, picture.size, picture.info["duration"]) == (frames, (side, side), ms)


def test_a_drawn_point_is_that_of_its_seed(run, model, tmp_path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        assert run("digit", "--sample", "--seed", seed, "--out", f"{name}.png")[0] == 0
    a, b, c = (recipe.made_by(tmp_path / f"{name}.png") for name in "abc")
    assert a == b and a.z != c.z and (a.seed, c.seed) == (5, 6)
    assert a.z == Session(Space.open(model(3)), seed=5).sample()


def test_a_file_that_is_there_is_replaced_only_when_asked(run, tmp_path):
    (tmp_path / "digit.png").write_bytes(b"mine")
    code, err = run("digit")
    assert code == 2 and "digit.png is there already" in err and "--overwrite" in err
    assert (tmp_path / "digit.png").read_bytes() == b"mine"
    assert run("digit", "--overwrite")[0] == 0 and (tmp_path / "digit.png").read_bytes() != b"mine"


PATH = ["path", "--start", "3", "--end", "8"]
SUM = ["arithmetic", "--a", "1", "--b", "2", "--c", "3"]
EARLY = {  # told before the model is opened
    "a suffix": (["digit", "--out", "a.jpg"], "a.jpg: pictures are saved as .png, .svg, .pdf;"),
    "a missing folder": (["map", "--out", "new/a.png"], "new: there is no such folder; make it"),
    "a moving map": (["map", "--out", "a.gif"], "a.gif: pictures are saved as .png, .svg, .pdf, .csv;"),
    "all ways in a GIF": ([*PATH, "--out", "a.gif", "--way", "all"], "A moving picture goes one way"),
    "no start": (["path", "--end", "8"], "path needs --start: the name of a class, or D numbers."),
    "no ends": (["path"], "path needs --start and --end"),
    "a term that is missing": (["arithmetic", "--a", "8", "--c", "1"], "arithmetic needs --b:"),
    "a term of a path": ([*PATH, "--c", "8"], "path has no --c"),
    "a point of a path": ([*PATH, "--z=8"], "path has no --z"),
    "a class of an arithmetic": ([*SUM, "--label", "8"], "arithmetic has no --label"),
    "two formats": (
        ["digit", "--out", "a.svg", "--format", "pdf"],
        "--out a.svg and --format pdf name different formats",
    ),
    "n of an arithmetic": ([*SUM, "--n", "4"], "arithmetic has no --n"),
    "ends of a digit": (["digit", "--end", "8"], "digit has no --end"),
    "dims of a digit": (["digit", "--dims", "0,1"], "digit has no --dims"),
    "dims of a path": ([*PATH, "--dims", "0,1"], "path has no --dims"),
    "n of a map": (["map", "--n", "5"], "map has no --n"),
    "span of a map": (["map", "--span", "2"], "map has no --span"),
    "span of quantiles": (["plane", "--spacing", "quantiles", "--span", "2"], "--spacing says how far it goes, and so"),
    "two centres": (["traverse", "--image", "a.png", "--centre", "z"], "--image says where the strips go from, and so"),
    "two sources": (["samples", "--label", "3", "--source", "prior"], "--label says where they are drawn from, and so"),
    "a class called even": (["samples", "--label", "even", "--source", "prior"], "--label says where they are drawn"),
    "side of a plane": (["plane", "--side", "100"], "plane has no --side"),
    "look of a still path": ([*PATH, "--look", "smooth"], "--look is for path as .gif, not as .png. Leave it out."),
    "ms of a still path": ([*PATH, "--ms", "50"], "--ms is for path as .gif, not as .png. Leave it out."),
    "ground of a moving path": (
        [*PATH, "--out", "a.gif", "--theme", "dark"],
        "--theme is for path as .png, .svg, .pdf, not as .gif. Leave it out.",
    ),
    "width of a table": (["kl", "--format", "csv", "--mm", "85"], "--mm is for kl as .png, .svg, .pdf, not as .csv."),
    "no picture": (["reconstruct"], "reconstruct needs --image: the file of a picture."),
    "a point of a picture": (
        ["reconstruct", "--image", "a.png", "--z", "3"],
        "reconstruct has no --z. Leave it out.",
    ),
    "a draw of a picture": (["reconstruct", "--image", "a.png", "--sample"], "reconstruct has no --sample"),
    "two points": (["digit", "--sample", "--z", "3"], "--z and --sample name different points. Leave one of them out."),
    "a class and a picture": (["map", "--label", "3", "--image", "a.png"], "--label and --image name different points"),
    "a draw and a class": (["plane", "--seed", "3", "--label", "3"], "--label and --seed name different points"),
    "what there is not": (["plan"], "There is no picture called 'plan'. Did you mean plane?"),
    "no name": ([""], "A path is empty."),
    "a model in place of a picture": (
        ["vae.pt"],
        "digit --weights vae.pt",
    ),
    "a folder": (["."], ". is no picture. To draw the model there: python -m vae_explorer.render digit --weights ."),
    "an option that is misspelt": (["plane", "--lable=3"], "--lable=3 is no option of plane. Did you mean --label?"),
    "an option like no other": (["--frobnicate"], "--frobnicate is no option of digit."),
    "a picture that was never saved": (["a.png", "--n", "3"], "a.png: No such file or directory."),
}
LATE = {
    "a class of no such name": (
        ["digit", "--label", "x"],
        "--label x: no class of this model is called so. Its classes: 0,",
    ),
    "draws of a class of no such name": (
        ["samples", "--label", "x"],
        "--label x: no class of this model is called so.",
    ),
    "no such picture of a point": (["map", "--image", "a.png"], "a.png: No such file or directory."),
    "a picture that there is not": (["reconstruct", "--image", "a.png"], "a.png: No such file or directory."),
    "a class that there is not": (
        ["digit", "--z", "eleven"],
        "--z eleven: “eleven” is no number; a point has 3 numbers",
    ),
    "too few numbers": (["digit", "--z", "1,2"], "--z 1,2: 2 numbers were read (1, 2); a point has 3"),
    "far off": ([*PATH[:-1], "11,0,0"], "--end 11,0,0: the values of z must lie between"),
    "nowhere": (["digit", "--z", "nan,0,0"], "NaN or infinity is in it"),
    "a dimension that there is not": (["map", "--dims", "0,3"], "dims 0, 3 is no map"),
    "one dimension twice": (["plane", "--dims", "1,1"], "dims 1, 1 is no plane"),
    "no change": (["edit", "--lock", "width"], "nothing is to be changed of slant, width, height, thickness, mass"),
    "no number": (["edit", "--slant", "nan"], "slant nan is no number from −1000 to 1000."),
    "what cannot be locked": (["edit", "--slant", "1", "--lock", "z9"], "lock z9 is no list of slant, width, height,"),
    "one dimension of a plane": (["plane", "--dims", "1"], "dims 1 is no plane"),
    "traverse of the principal plane": (
        ["traverse", "--dims", "principal"],
        "dims principal is no selection of the dimensions 0 to 2",
    ),
    "too many rows": (["plane", "--n", "61"], "n 61 is no whole number from 2 to 60"),
    "too few rows": (["plane", "--n", "1"], "n 1 is no whole number from 2 to 60"),
    "no span": (["plane", "--span", "0"], "span 0.0 is no number above 0, to 10"),
    "a span that is no number": (["plane", "--span", "nan"], "span nan is no number above 0, to 10"),
    "a small digit": (["digit", "--side", "15"], "side 15 is no whole number from 16 to 4480"),
    "a large digit": (["digit", "--side", "4481"], "side 4481 is no whole number from 16 to 4480"),
    "too large for a GIF": (
        [*PATH, "--out", "a.gif", "--side", "2000"],
        "side 2000 is no whole number from 16 to 1120",
    ),
}


@pytest.mark.parametrize(("argv", "why"), (EARLY | LATE).values(), ids=(EARLY | LATE).keys())
def test_what_cannot_be_drawn_is_said_in_one_line_and_leaves_nothing(run, tmp_path, monkeypatch, argv, why):
    if (argv, why) in EARLY.values():
        monkeypatch.setattr(opening, "opened", None)
    monkeypatch.setattr(codec.Codec, "decode", None)
    code, err = run(*argv)
    assert code == 2 and why in err and err.startswith("python -m vae_explorer.render: ") and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "argv",
    [
        ["digit", "--side", "large"], ["digit", "--look", "rough"],
        ["map", "--dims", ""], ["map", "--dims", "0,x"], ["plane", "--span", "wide"], ["plane", "--n", "1.5"],
        ["digit", "--seed", "-1"], [*PATH, "--way", "long"], ["digit", "more", "words"], ["digit", "--format", "gif"],
        ["map", "--names", "lean"], ["map", "--names", "x=lean"], ["card", "--dim", "first"], ["map", "--shape", "28x"],
    ],
)  # fmt: skip
def test_a_bad_option_ends_with_2_and_one_line(run, tmp_path, argv, capsys):
    with pytest.raises(SystemExit) as stop:
        run(*argv)
    told = capsys.readouterr().err
    assert stop.value.code == 2 and told.count("\n") == 1 and list(tmp_path.iterdir()) == []
    assert told.endswith(f". {render.PROG} {argv[0]} --help tells what there is.\n")


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (["map", "--names", "lean"], "'lean' is no dimension with its name, as in 3=lean"),
        (["map", "--names", "x=lean"], "'x' is no dimension, as 3 or z3 is one"),
        (["map", "--names", "0=lean,z0=wide"], "dimension 0 has two names"),
        (["map", "--dims", "0,-1"], "'-1' is no dimension"),
        (["map", "--shape", "28x28x"], "'28x28x' is no shape, as 28x28 and 3x32x32 are"),
        (["map", "--shape", "2x2"], "sides of 8 to 256 pixels"),
    ],
)
def test_what_is_wrong_of_an_option_is_said(run, argv, why, capsys):
    with pytest.raises(SystemExit):
        run(*argv)
    assert why in capsys.readouterr().err


def test_an_option_before_it_is_known_what_is_drawn_leads_to_the_help_of_all(run, capsys):
    with pytest.raises(SystemExit):
        run("--debug=3")
    assert capsys.readouterr().err.endswith(f". {render.PROG} --help tells what there is.\n")


def test_no_name_takes_those_of_a_repeated_picture_away(run, tmp_path):
    assert run("map", "--names", "0=lean", "--dims", "0,1", "--out", "map.svg")[0] == 0
    assert run("map.svg", "--names", "", "--out", "plain.svg")[0] == 0
    names = [recipe.made_by(tmp_path / name).options.get("names") for name in ("map.svg", "plain.svg")]
    assert names == [("0=lean",), ()]


def test_a_map_without_an_atlas_and_a_model_that_is_none_are_told(run, model, bare, tmp_path):
    code, err = run("map", weights=model(3, atlas=False))
    assert code == 2 and "it needs atlas.npz: there is none beside the decoder; training writes it." in err
    assert run("digit", weights=tmp_path / "nowhere")[0] == 2
    code, err = run("path", "--start", "3", "--end", "4", weights=bare)
    assert code == 2 and "It may also be a class of this model: none, for it has no atlas" in err
    assert list(tmp_path.iterdir()) == []
    assert run("plane", "--n", 2, weights=bare)[0] == 0 and run("digit", "--sample", weights=bare)[0] == 0


def test_what_is_no_picture_and_a_model_that_encodes_nothing_are_told(run, bare, tmp_path):
    (tmp_path / "text.png").write_text("hello")
    code, err = run("reconstruct", "--image", "text.png")
    assert code == 2 and "text.png cannot be read as a picture" in err and err.count("\n") == 1
    code, err = run("reconstruct", "--image", "text.png", weights=bare)
    assert code == 2 and "--image is of no use to this model: it needs encoder_weights.pt" in err
    assert [each.name for each in tmp_path.iterdir()] == ["text.png"]


def test_a_model_of_one_dimension_has_every_picture_but_a_plane_of_digits(run, model):
    for picture in ("digit", "traverse", "map"):
        assert run(picture, weights=model(1))[0] == 0
    assert run("path", "--start", "3", "--end", "8", "--n", 3, weights=model(1))[0] == 0
    code, err = run("plane", weights=model(1))
    assert code == 2 and "plane cannot be of 1 latent dimension" in err


def test_every_picture_of_many_dimensions(run, model):
    Image.fromarray(PHOTO).save("mine.png")
    for picture in kinds.KINDS:
        points = {"path": "--start 3 --end 8", "arithmetic": "--a 3 --b 8 --c 1",
                  "reconstruct": "--image mine.png", "posterior": "--image mine.png",
                  "edit": "--thickness 0.5"}  # fmt: skip
        argv = points.get(picture, "").split()
        assert run(picture, *argv, weights=model(20))[0] == 0


def test_a_point_is_typed_or_the_mean_of_a_class_or_what_the_encoder_says_of_a_picture(run, model, tmp_path):
    Image.fromarray(PHOTO).save("one.bmp")
    space = Space.open(model(3))
    drawing = photos.brought(space, from_image(Image.fromarray(PHOTO))).drawing
    points = {"--z=1,0,-2": (1.0, 0.0, -2.0), "--label=3": space.class_mean(3), "--z=3": space.class_mean(3)}
    for word, z in (points | {"--image=one.bmp": subject.drawn(space, drawing)["z"]}).items():
        assert run("plane", "--n", 2, word, "--overwrite")[0] == 0
        assert recipe.made_by(tmp_path / "plane.png").z == z


def test_several_pictures_and_those_of_a_folder_are_reconstructed_each_at_its_own_mu(run, model, tmp_path):
    folder = tmp_path / "some"
    folder.mkdir()
    for k, rows in enumerate((slice(20, 100), slice(30, 90), slice(40, 80))):
        photo = np.full((120, 160), 250, np.uint8)
        photo[rows, 90:100] = 10
        Image.fromarray(photo).save(folder / f"{k}.png")
    (folder / "notes.txt").write_text("no picture")
    assert run("reconstruct", "--image", "some/2.png", "some", "--out", "a.png") == (0, "Picture: a.png\n")
    made, space = recipe.made_by(tmp_path / "a.png"), Space.open(model(3))
    drawings = [Drawing.from_text(text) for text in made.options["image"]]
    assert len(drawings) == 4 and drawings[0] == drawings[3] != drawings[1]
    assert made.z == subject.drawn(space, drawings[0])["z"], "where the window opens it"
    assert run("a.png", "--out", "b.png") == (0, "Picture: b.png, the same bytes as a.png\n")
    assert run("reconstruct", "--image", "some", "--out", "a.csv")[0] == 0
    [head, *rows] = csv.reader((tmp_path / "a.csv").read_text().splitlines())
    assert len(rows) == 3 and head[:3] == ["recon at z, nats", "kl, nats", "z0"]
    for row, drawing in zip(rows, drawings[1:], strict=True):
        assert tuple(map(float, row[2:5])) == subject.drawn(space, drawing)["z"]


def test_more_pictures_than_a_sheet_holds_are_refused_before_one_is_read(run, tmp_path):
    for k in range(61):
        (tmp_path / f"{k}.png").write_text("no picture")
    code, err = run("reconstruct", "--image", ".")
    assert code == 2 and "There are 61 pictures; 60 are the most." in err


def test_a_black_picture_is_one_like_others_for_a_model_of_other_data(tmp_path, monkeypatch):
    monkeypatch.setattr(render, "Space", lambda _model: made_up())
    Image.new("L", (36, 20)).save(tmp_path / "black.png")
    assert render.main(["digit", "--image", str(tmp_path / "black.png"), "--out", str(tmp_path / "a.png")]) == 0


def test_what_is_drawn_may_stand_behind_its_options_and_a_file_of_its_name_is_not_in_the_way(run, tmp_path):
    (tmp_path / "map").mkdir()
    (tmp_path / "digit").write_text("mine")
    assert run("--overwrite", "--label", 3, "map") == (0, "Picture: map.png\n")
    assert run("--z", "3", "digit")[0] == run("--sample", "digit", "--out", "b")[0] == 0
    assert {each.name for each in tmp_path.iterdir()} == {"map", "digit", "map.png", "digit.png", "b.png"}


def test_the_format_can_be_asked_for_without_a_name(run, tmp_path):
    assert run("map", "--format", "svg") == (0, "Picture: map.svg\n")
    assert run("map", "--format", "pdf", "--out", "mine") == (0, "Picture: mine.pdf\n")
    assert (tmp_path / "mine.pdf").read_bytes()[:4] == b"%PDF"


def test_the_command_as_a_whole_tells_what_can_be_drawn_and_how_a_model_is_named(capsys):
    with pytest.raises(SystemExit):
        render.main(["--help"])
    told = capsys.readouterr().out
    assert all(f"\n  {picture} " in told for picture in [*kinds.KINDS, *render.OTHERS, "FILE.png"])
    assert "--decoder MODULE:NAME" in told and "--side N" not in told and "--label NAME" not in told
    assert "vae-explorer-render" in told


@pytest.mark.parametrize("words", render.EXAMPLES)
def test_an_example_of_the_help_is_one_that_works(words, tmp_path, monkeypatch, capsysbinary):
    monkeypatch.chdir(tmp_path)
    Image.fromarray(PHOTO).save("seven.jpg")
    if words.startswith("digit.png"):
        render.main(["digit"])
    before, (argv, *result) = {*tmp_path.iterdir()}, words.split(" > ")
    assert render.main(argv.split()) == 0
    if result:
        assert capsysbinary.readouterr().out[:4] == b"%PDF" and result[0].endswith(".pdf")
    else:
        [made] = {*tmp_path.iterdir()} - before
        assert made.name in {*argv.split(), f"{argv.split()[0]}.png"}


def test_the_command_as_a_program_needs_no_screen_and_no_torch(model, tmp_path):
    code = (
        "import sys\nsys.modules['torch'] = sys.modules['tkinter'] = None\n"
        "from vae_explorer import render\nsys.exit(render.main(sys.argv[1:]))"
    )
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"} | {"OMP_NUM_THREADS": "1"}
    for start in (["-c", code], ["-m", "vae_explorer.render"]):
        line = [sys.executable, "-W", "error", *start, "map", "--weights", str(model(3)), "--overwrite"]
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        settings = {"cwd": tmp_path, "env": environment, "timeout": 120}
        done = subprocess.run(line, capture_output=True, text=True, check=False, **settings)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "Picture: map.png\n")


def test_colours_are_not_chosen_for_what_has_its_own(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(render, "Space", lambda _model: made_up((3, 20, 36)))
    assert render.main(["digit", "--colours", "magma", "--out", str(tmp_path / "a.png")]) == 2
    assert "--colours is for pictures in grey" in capsys.readouterr().err
    assert render.main(["digit", "--look", "smooth", "--out", str(tmp_path / "a.png")]) == 0


def test_help_does_not_wait_for_what_draws():
    code = (
        "import sys\nfrom vae_explorer import render, stats\ntry: render.main(sys.argv[1:])\nexcept SystemExit: pass\n"
    )
    done = python(f"{code}print('matplotlib' in sys.modules)", "plane", "--help")
    assert done.stdout.endswith("False\n"), done.stderr
