"""The command that measures digits: what it writes is what was asked for, and what it cannot do it says in one line."""

import csv
import io

import numpy as np
import pytest
from PIL import Image

from vae_explorer import render, stats
from vae_explorer.session import measuring
from vae_explorer.session.measurements import COLUMNS
from vae_explorer.space import measures
from vae_explorer.space.space import Space


@pytest.fixture
def run(model, tmp_path, monkeypatch, capsys):
    """Run the command in an empty folder; give its exit code, its table as rows by column, and what it said."""
    monkeypatch.chdir(tmp_path)

    def run(*argv, weights=None):
        code = render.main(["stats", *map(str, argv), "--weights", str(weights or model(3))])
        out, err = capsys.readouterr()
        written = out or "".join(each.read_bytes().decode() for each in tmp_path.glob("*.csv"))
        return code, [*csv.DictReader(io.StringIO(written))], err

    return run


def paper(path, bar):
    """Draw an upright bar on paper into a file."""
    levels = np.full((120, 160), 250, np.uint8)
    levels[20:100, bar] = 10
    Image.fromarray(levels).save(path)


def test_a_row_has_the_factors_of_a_decoded_point_and_the_point(run, model):
    code, [row], err = run("--z", "0.5,-1,0")
    assert (code, err) == (0, "Table: stats.csv\n")
    space = Space.open(model(3))
    expected = measuring.of_point(space, (0.5, -1.0, 0.0))
    assert [float(row[each.head]) for each in COLUMNS] == pytest.approx([each.value(expected) for each in COLUMNS])
    assert [row[f"z{dim}"] for dim in range(3)] == ["0.5", "-1.0", "0.0"] and row["class"] == expected.label


def test_without_words_it_is_the_digit_at_the_origin_and_a_class_stands_for_its_mean(run, tmp_path):
    assert run()[1][0]["z0"] == "0.0"
    for words in (["--z", "3"], ["--label", "3"]):
        assert run(*words, "--overwrite")[1][0]["origin"] == "mean of 3"
    assert [each.name for each in tmp_path.iterdir()] == ["stats.csv"]


def test_a_class_is_called_by_its_own_name_however_it_was_typed(run, model):
    shoes = model(3, names=("Shoe", *map(str, range(1, 10))))
    assert run("--label", " shoe", weights=shoes)[1][0]["origin"] == "mean of Shoe"


def test_a_name_that_begins_as_a_home_folder_does_is_read_where_it_is(run, tmp_path):
    (tmp_path / "some").mkdir()
    paper(tmp_path / "~one.png", slice(60, 100))
    paper(tmp_path / "some" / "~two.png", slice(60, 100))
    (tmp_path / "some" / "folder.png").mkdir()
    code, rows, err = run("--image", "./~one.png", "some", "--out", "-")
    assert (code, err) == (0, "") and [row["origin"] for row in rows] == ["~one.png", "~two.png"]


def test_the_draws_of_a_seed_are_always_the_same_and_begin_with_that_of_a_picture(run, model):
    first, again = (run("--sample", "--n", 3, "--seed", 5, "--out", "-")[1] for _ in range(2))
    assert first == again and len({row["z0"] for row in first}) == 3
    assert run("--n", 3, "--seed", 5, "--out", "-")[1] == first
    assert float(first[0]["z0"]) == Space.open(model(3)).sample(np.random.default_rng(5))[0]


def test_a_table_for_standard_output_leaves_no_file(run, tmp_path):
    code, rows, err = run("--out", "-")
    assert (code, len(rows), err) == (0, 1, "") and not [*tmp_path.iterdir()]


def test_a_picture_is_measured_itself_and_a_folder_gives_a_row_for_each(run, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    paper(folder / "b.png", slice(60, 100))
    paper(folder / "a.bmp", slice(75, 85))
    (folder / "notes.txt").write_text("no picture")
    _, rows, _ = run("--image", folder)
    assert [row["origin"] for row in rows] == ["a.bmp", "b.png"]
    narrow, wide = (float(row["Width, px"]) for row in rows)
    assert narrow < wide and wide == pytest.approx(10, abs=1.5)  # of 80 rows that are made 20
    assert abs(float(rows[0]["Slant, °"])) < 1 and rows[0]["Holes"] == "0"
    assert run("--image", folder / "a.bmp", "--overwrite")[1] == rows[:1]
    several = run("--image", folder / "a.bmp", folder / "b.png", "--image", folder, "--out", "-")[1]
    assert [row["origin"] for row in several] == ["a.bmp", "b.png", "a.bmp", "b.png"]
    assert run("--input", folder, "--overwrite")[1] == rows, "as it was called in older versions"


def test_a_decoder_alone_gives_what_is_known(run, bare):
    _, [row], _ = run(weights=bare)
    assert row["Width, px"] and (row["class"], row["Recon, nats"], row["Percentile, %"]) == ("", "", "")


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (["--z", "3", "--sample"], "--z and --sample name different points. Leave one of them out."),
        (["--sample", "--image", "a.png"], "--sample and --image name different points."),
        (["--n", "3"], "--n is how many are drawn, by --sample or --seed."),
        (["--label", "ten"], "--label ten: no class of this model is called so."),
        (["--z", "eleven"], "It may also be a class of this model"),
        (["--image", "no-such-file.png"], "no-such-file.png"),
        (["--image", "."], "has no pictures in it."),
        (["--image", ""], "A path is empty."),
        (["--out", "table.png"], "table.png: tables are saved as .csv; choose that."),
        (["--out", "nowhere/table.csv"], "nowhere"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line_and_leaves_nothing(run, tmp_path, argv, why):
    code, rows, err = run(*argv)
    assert code == 2 and why in err and err.count("\n") == 1
    assert rows == [] and not [*tmp_path.iterdir()]


def test_a_table_that_is_there_is_replaced_only_when_asked(run):
    run("--z", "3")
    code, [row], err = run("--z", "4")
    assert code == 2 and "stats.csv is there already" in err and row["origin"] == "mean of 3"
    assert run("--z", "4", "--overwrite")[1][0]["origin"] == "mean of 4"


def test_help_tells_of_every_column(capsys):
    with pytest.raises(SystemExit):
        render.main(["stats", "--help"])
    told = capsys.readouterr().out
    assert all(each.head in told and each.about in told for each in COLUMNS)
    assert all(f"render stats {words}\n" in told for words in stats.EXAMPLES)


@pytest.mark.parametrize("words", stats.EXAMPLES)
def test_an_example_of_the_help_is_one_that_works(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    paper(tmp_path / "seven.jpg", slice(60, 100))
    assert render.main(["stats", *words.split()]) == 0
    made = [each.read_text() for each in tmp_path.glob("*.csv")] or [capsys.readouterr().out]
    assert made[0].startswith("origin,")


def test_a_table_has_no_more_rows_than_it_may(monkeypatch, run, tmp_path):
    monkeypatch.setattr(stats, "MAX_COUNT", 1)
    paper(tmp_path / "a.png", slice(60, 100))
    code, _, err = run("--image", "a.png", ".")
    assert code == 2 and "There are 2 pictures; 1 are the most." in err


def test_the_factors_of_a_row_are_those_of_its_picture(tmp_path, model):
    paper(tmp_path / "a.png", slice(70, 90))
    space = Space.open(model(2))
    drawing = stats.named.picture(space, tmp_path / "a.png", "--input").drawing
    row = measuring.of_picture(space, drawing, "a.png")
    x = drawing.levels[None, None] / 127.5 - 1
    assert row.factors == pytest.approx(measures.measure(x)[0], abs=1e-3) and row.length == measures.length(x)[0]
    assert row.recon is not None and len(row.z) == 2
