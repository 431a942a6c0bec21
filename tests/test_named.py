"""What a person names on a command line: points, and the files of pictures."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vae_explorer import named
from vae_explorer.errors import Failure
from vae_explorer.space.space import Space


def test_a_class_may_have_a_name_and_a_number_is_a_class_before_it_is_a_point(model):
    space = Space.open(model(1, names=("zero", "one", "2.5", *"3456789")))
    digits = space.atlas
    assert named.point(space, "one", "--z") == tuple(digits.class_mean(1).tolist())
    assert named.point(space, "ONE", "--z") == named.point(space, "one", "--z")
    assert named.point(space, " 2.5 ", "--z") == tuple(digits.class_mean(2).tolist())
    assert named.point(space, "−1.5", "--z") == (-1.5,) and named.point(space, None, "--z") == (0.0,)


def test_a_label_is_a_class_and_nothing_else(model, bare):
    space = Space.open(model(1, names=("zero", "one", "2.5", *"3456789")))
    assert named.label(space, " One", "--label") == space.class_mean(1) and named.label(space, "2.5", "--label")
    for text in ("1", "-1.5", "", "on\u202ee"):
        with pytest.raises(
            Failure, match=r"^--label .*: no class of this model is called so\. Its classes: zero, one,"
        ):
            named.label(space, text, "--label")
    with pytest.raises(Failure, match=r"Its classes: none, for it has no atlas\.$"):
        named.label(Space.open(bare), "1", "--label")


def test_what_names_no_point_is_told_with_the_classes_that_would(model):
    with pytest.raises(
        Failure, match=r"^--z eleven: “eleven” is no number; a point .* a class of this model: zero, one\.$"
    ):
        named.point(Space.open(model(1, names=("zero", "one"), labels=2)), "eleven", "--z")


def test_a_point_may_be_printed_by_numpy_or_lie_in_a_file(model, tmp_path):
    space, z = Space.open(model(2)), (1.5, -0.25)
    for text in (repr(np.array(z)), "[[ 1.5  -0.25]]", "1,5; -0,25", "z0=1.5, z1=-0.25"):
        assert named.point(space, text, "--z") == z
    np.save(tmp_path / "z.npy", np.array([z]))
    (tmp_path / "z.csv").write_text("name,z0,z1\na,1.5,-0.25\n")
    for name in ("z.npy", "z.csv"):
        assert named.point(space, str(tmp_path / name), "--z") == z


def test_of_several_points_none_is_taken(model, tmp_path):
    np.save(tmp_path / "z.npy", np.zeros((3, 2)))
    for text, count in ((str(tmp_path / "z.npy"), 3), ("[[1, 2], [3, 4]]", 2)):
        with pytest.raises(Failure, match=rf"^--z .*: {count} points were read, and one is needed\. It may also be"):
            named.point(Space.open(model(2)), text, "--z")


def test_what_commas_were_taken_for_is_told_where_they_could_be_either(model, capsys):
    space = Space.open(model(2))
    named.point(space, "1,5, -0,3", "--z")
    assert capsys.readouterr().err == "--z was read with decimal commas: 1.5 -0.3\n"
    named.point(space, "1.5, -0.3", "--z")
    assert capsys.readouterr().err == ""


def test_a_long_text_that_is_no_point_is_quoted_shortly(model):
    with pytest.raises(Failure) as caught:
        named.point(Space.open(model(2)), "x" * 100_000, "--z")
    assert len(str(caught.value)) < 300


def test_a_picture_is_made_like_the_data(model, tmp_path):
    paper = np.full((120, 160), 250, np.uint8)
    paper[20:100, 90:100] = 10
    Image.fromarray(paper).save(tmp_path / "one.png")
    drawing = named.picture(Space.open(model(2)), tmp_path / "one.png", "--input").drawing
    assert drawing.levels.shape == (28, 28) and drawing.levels[0, 0] == 0 and drawing.levels.max() > 200


def test_a_model_that_encodes_nothing_has_no_use_for_a_picture(bare):
    with pytest.raises(Failure, match=r"--input is of no use to this model: it needs encoder_weights\.pt"):
        named.picture(Space.open(bare), Path("no-such-file.png"), "--input")


def test_the_picture_in_which_nothing_is_found_is_named(model, tmp_path):
    Image.new("L", (40, 40)).save(tmp_path / "black.png")
    with pytest.raises(Failure, match=r"^black\.png: No ink is found"):
        named.picture(Space.open(model(2)), tmp_path / "black.png", "--input")


def test_a_result_replaces_a_file_only_when_asked_and_never_a_folder(tmp_path):
    (tmp_path / "old.csv").write_text("")
    named.check_result(tmp_path / "new.csv", overwrite=False)
    named.check_result(tmp_path / "old.csv", overwrite=True)
    with pytest.raises(Failure, match=r"old\.csv is there already\. Choose another name with --out"):
        named.check_result(tmp_path / "old.csv", overwrite=False)
    with pytest.raises(IsADirectoryError):
        named.check_result(tmp_path, overwrite=True)
