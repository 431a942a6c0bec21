"""The command that writes a web page: what was asked for is in it, and what it cannot do it says in one line."""

import html
import shlex

import numpy as np
import pytest
from packed import data
from PIL import Image

from vae_explorer import render
from vae_explorer.page import command
from vae_explorer.space.space import Space


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command in an empty folder; give its exit code and what it said on stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*argv):
        try:
            code = render.main(["page", *map(str, argv)])
        except SystemExit as stop:  # an option that argparse refuses
            code = stop.code
        out, err = capsys.readouterr()
        assert out == ""
        return code, err

    return run


def test_a_page_of_the_model_that_ships_is_one_small_file(run, tmp_path):
    assert run() == (0, "Page: page.html\n")
    [made] = tmp_path.iterdir()
    assert made.stat().st_size <= 250_000 and made.read_text("utf-8").startswith("<!doctype html>")
    assert data(made)["z"] == [0.0] * 6 and "<title>Latent space of mnist</title>" in made.read_text("utf-8")


def test_it_begins_where_it_is_asked_to_with_names_bookmarks_and_a_title(run, model, tmp_path):
    (tmp_path / "mine.csv").write_text('name,z0,z1\n"a <b>",1,-2\n')
    asked = "--label", 3, "--names", "1=lean", "--bookmarks", "mine.csv", "--title", "Mine & <yours>"
    assert run(*asked, "--weights", model(2), "--out", "a.html")[0] == 0
    known, text = data(tmp_path / "a.html"), (tmp_path / "a.html").read_text("utf-8")
    assert known["z"] == list(Space.open(model(2)).class_mean(3)) and known["names"] == {"1": "lean"}
    assert known["bookmarks"] == [{"name": "a <b>", "z": [1.0, -2.0]}] and known["title"] == "Mine & <yours>"
    assert f"<title>{html.escape('Mine & <yours>')}</title>" in text


def test_it_may_begin_at_a_picture_and_be_handed_on(tmp_path, monkeypatch, capsysbinary):
    monkeypatch.chdir(tmp_path)
    levels = np.full((120, 160), 250, np.uint8)
    levels[20:100, 90:100] = 10
    Image.fromarray(levels).save("one.png")
    assert render.main(["page", "--image", "one.png", "--out", "a"]) == 0
    assert any(data(tmp_path / "a.html")["z"])
    assert capsysbinary.readouterr().out == b"" and render.main(["page", "--image", "one.png", "--out", "-"]) == 0
    assert capsysbinary.readouterr().out == (tmp_path / "a.html").read_bytes()


@pytest.mark.parametrize("words", command.EXAMPLES)
def test_an_example_of_the_help_is_one_that_works(run, model, tmp_path, capsys, words):
    with pytest.raises(SystemExit):
        render.main(["page", "--help"])
    assert f"render page {words}\n" in capsys.readouterr().out
    (tmp_path / "trained").symlink_to(model(2), target_is_directory=True)
    assert run(*shlex.split(words))[0] == 0
    [made] = tmp_path.glob("*.html")
    assert made.name in {*words.split(), "page.html"}


def test_a_decoder_of_ones_own_is_said_to_be_none_of_those_that_a_page_computes(run, tmp_path, monkeypatch):
    (tmp_path / "toy_page.py").write_text(
        "import numpy as np\n\ndef decode(z):\n    return np.zeros((len(z), 1, 8, 8))\n\ndecode.latent_dim = 2\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    code, err = run("--decoder", "toy_page:decode")
    assert (
        code == 2
        and "cannot be a web page: its decoder is none of the networks" in err
        and not [*tmp_path.glob("*.html")]
    )


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (["--out", "a.png"], "a.png: pages are saved as .html, .htm; choose one of these."),
        (["--out", "new/a.html"], "new: there is no such folder"),
        (["--z", "3", "--seed", "3"], "--z and --seed name different points."),
        (["--names", "lean"], "--names: 'lean' is no dimension with its name, as in 3=lean."),
        (["--names", "6=lean"], "--names: there is no dimension 6; this model has 0 to 5."),
        (["--bookmarks", "mine.json"], "mine.json: No such file or directory."),
        (["--bookmarks", "bad.csv"], "bad.csv: "),
        (["--bookmarks", "far.csv"], "far.csv: the values of z must lie between"),
        (["--weights", "."], "decoder_weights.pt cannot be read"),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_leaves_nothing(run, tmp_path, argv, why):
    (tmp_path / "bad.csv").write_text("z0,z1\n1,2\n")
    (tmp_path / "far.csv").write_text("z0,z1,z2,z3,z4,z5\n1,2,3,4,5,11\n")
    code, err = run(*argv)
    assert code == 2 and why in err and err.count("\n") == 1 and not [*tmp_path.glob("*.html")]
