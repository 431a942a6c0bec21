"""Pictures in folders: which are of which class and half, whatever the folders around them are called."""

from pathlib import Path

import pytest

from vae_explorer.datasets import class_folders
from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.datasets.pictures import Pictures
from vae_explorer.datasets.split import TEST, TRAIN


def entry(name: str) -> Entry:
    return Entry(Path("set", name), name, lambda: pytest.fail("nothing is to be opened"))


def halves(*names: str) -> dict[str, dict[str, str]] | None:
    """The class of each picture by its name, in either half; None where there are no classes."""
    found = class_folders.found(map(entry, names), Path("set"), pytest.fail)
    if found is None:
        return None
    read = {kind: half.labelled for kind, half in found.halves.items() if isinstance(half, Pictures)}
    return {kind: {each.name: found.class_names[label] for each, label in read[kind]} for kind in (TRAIN, TEST)}


def together(*names: str) -> dict[str, str] | None:
    found = halves(*names)
    return found and found[TRAIN] | found[TEST]


HALVES = {
    "train and test": ("train", "test"),
    "of MNIST as PNG": ("mnist_png/training", "mnist_png/testing"),
    "train and val": ("train", "val"),
    "twice": ("seg_train/seg_train", "seg_test/seg_test"),
    "deep": ("a/b/Train/c", "a/b/TEST/c"),
}


@pytest.mark.parametrize(("train", "test"), HALVES.values(), ids=HALVES)
def test_folders_part_the_pictures_into_halves(train, test):
    names = f"{train}/cat/1.png", f"{train}/dog/x/2.JPG", f"{test}/cat/1.png", f"{test}/dog/4.webp"
    beside = "README.png", "notes.txt", f"{train}/cat/notes.txt"
    assert halves(*names, *beside) == {
        TRAIN: {names[0]: "cat", names[1]: "dog"},
        TEST: {names[2]: "cat", names[3]: "dog"},
    }


def test_validation_is_left_out_where_there_is_a_test_half_and_so_is_what_has_no_half():
    found = halves("train/a/1.png", "test/a/2.png", "val/a/3.png", "prediction/4.png")
    assert found == {TRAIN: {"train/a/1.png": "a"}, TEST: {"test/a/2.png": "a"}}


def test_a_test_half_without_classes_is_none_and_the_other_is_parted():
    names = [f"train/{kind}/{k}.png" for kind in ("cat", "dog") for k in range(9)]
    found = halves(*names, "test/1.png", "test/2.png")
    assert {**found[TRAIN], **found[TEST]} == {name: name.split("/")[1] for name in names} and found[TEST]


def test_classes_are_the_first_folders_that_differ():
    assert together("all/a/1.png", "all/a/x/2.png", "all/b/3.png") == {
        "all/a/1.png": "a", "all/a/x/2.png": "a", "all/b/3.png": "b",
    }  # fmt: skip
    assert together("only/1.png", "only/2.png") == {"only/1.png": "only", "only/2.png": "only"}
    assert together("car/1.png", "train/2.png", "train/3.png") == {
        "car/1.png": "car", "train/2.png": "train", "train/3.png": "train",
    }  # fmt: skip


@pytest.mark.parametrize("names", [(), ("1.png", "2.png"), ("a/1.png",), ("train/1.png", "test/2.png"), ("a/1.txt",)])
def test_without_folders_of_classes_there_is_no_data_set(names):
    assert halves(*names) is None


def test_without_halves_about_one_in_six_of_each_class_is_for_testing_by_names_alone():
    names = [f"{kind}/{k}.png" for kind in ("a", "b") for k in range(300)]
    found = halves(*names)
    assert all(35 < sum(name.startswith(kind) for name in found[TEST]) < 65 for kind in ("a/", "b/"))
    fewer = halves(*(name for name in reversed(names) if not name.endswith("7.png")))
    assert fewer == {
        kind: {name: each for name, each in half.items() if "7.p" not in name} for kind, half in found.items()
    }
    assert {*halves(*(f"above/{name}" for name in names))[TEST]} == {f"above/{name}" for name in found[TEST]}


def test_each_class_has_pictures_of_both_halves_where_it_has_two():
    found = halves(*(f"{kind}/{k}.png" for kind in range(60) for k in range(2)), "alone/1.png")
    assert all({*half.values()} >= {*map(str, range(60))} for half in found.values())
    assert found[TRAIN]["alone/1.png"] == "alone"


def test_halves_are_in_the_order_of_a_hash_so_that_the_first_are_of_several_classes():
    found = halves(*(f"{kind}/{k}.png" for kind in "abcd" for k in range(50)))
    assert {*[*found[TRAIN].values()][:16]} == {*"abcd"}


@pytest.mark.parametrize(
    ("classes", "names"),
    [
        (("dog", "cat"), ("cat", "dog")),
        (("s10", "s9", "S1"), ("S1", "s9", "s10")),
        (("3", "1"), ("0", "1", "2", "3")),
        (("01", "1"), ("01", "1")),
        (("1", "300"), ("1", "300")),
        (("a\x1bb", "c"), ("a?b", "c")),
    ],
)
def test_labels_are_the_numbers_of_the_folders_or_else_their_order(classes, names):
    found = class_folders.found([entry(f"{each}/{k}.png") for each in classes for k in range(2)], Path("set"), print)
    assert found is not None and found.class_names == names


def test_more_classes_than_a_byte_can_tell_are_refused():
    with pytest.raises(DataError, match="set has 257 folders of pictures; 256 classes are the most"):
        halves(*(f"c{kind}/{k}.png" for kind in range(257) for k in range(2)))
