"""The test images of a model's data set: found and checked, and nothing else taken for them."""

import numpy as np
import pytest
from factories import data_folder, digits
from PIL import Image

from vae_explorer.datasets import known, mirrors, mnist, originals
from vae_explorer.datasets.listing import DataError
from vae_explorer.datasets.originals import Originals


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data set where `mnist.find` finds it."""
    monkeypatch.setenv(mnist.VARIABLE, str(data_folder(tmp_path / "data")))
    return tmp_path / "data"


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """No data set anywhere."""
    monkeypatch.delenv(mnist.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def info(folder):
    """What model.json says of a model that was trained on the data of a folder."""
    return {"data": {"name": "small", "sha256": dict(mnist.load(folder).hashes)}}


def test_the_test_images_of_the_data_that_a_model_learned_from_are_read(data):
    there = Originals(info(data))
    assert (there.split, there.why_not, there.asked) == (None, "", False)
    split = there.read()
    images, labels = digits(30, seed=1)
    np.testing.assert_array_equal(split.images, images)
    np.testing.assert_array_equal(split.labels, labels)
    there.settle(split)
    assert there.split is split and there.asked and there.why_not == ""


def test_the_training_images_are_not_read(data):
    there = Originals(info(data))
    (data / "train-images-idx3-ubyte").write_bytes(b"damaged")
    assert len(there.read().images) == 30


@pytest.mark.parametrize("name", [name for name in mirrors.OFFICIAL if name.startswith(mirrors.TEST)])
def test_other_data_are_not_taken_for_them(data, name):
    known = info(data)
    known["data"]["sha256"][name] = "0" * 64
    with pytest.raises(DataError, match=f"^{originals.OTHER}$"):
        Originals(known).read()


def test_pictures_in_folders_are_found_in_the_shape_that_the_model_has(tmp_path):
    for name in ("a/1", "a/2", "b/1", "b/2"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (9, 9), "red").save(tmp_path / f"{name}.png")
    known = {"data": {"sha256": dict(mnist.load(tmp_path, shape=(3, 8, 8)).hashes)}}
    assert Originals(known, (3, 8, 8)).read(tmp_path).images.shape == (2, 8, 8, 3)
    with pytest.raises(DataError, match=f"^{originals.OTHER}$"):
        Originals(known).read(tmp_path)


@pytest.mark.usefixtures("data")
def test_data_of_ones_own_are_found_where_they_were_named_and_else_where_they_always_are(data, tmp_path):
    own = data_folder(tmp_path / "own", test=7, seed=5)
    there = Originals(info(own))
    with pytest.raises(DataError, match=f"^{originals.OTHER}$"):
        there.read()
    known.keep(own, mnist.load(own).hashes)
    assert len(there.read().labels) == 7 and len(Originals(info(data)).read().labels) == 30
    known.keep(tmp_path / "gone", mnist.load(data).hashes)
    assert len(Originals(info(data)).read().labels) == 30


@pytest.mark.usefixtures("nowhere")
def test_of_several_data_sets_the_one_with_the_same_hashes_is_taken(tmp_path, monkeypatch):
    for k, name in enumerate(("MNIST", "FashionMNIST", "KMNIST")):
        data_folder(tmp_path / "data" / name / "raw", test=7 + k, seed=k)
    known = [Originals(info(tmp_path / "data" / name / "raw")) for name in ("MNIST", "FashionMNIST", "KMNIST")]
    assert [len(there.read().labels) for there in known] == [7, 8, 9]
    monkeypatch.setenv(mnist.VARIABLE, str(tmp_path / "data"))
    assert [len(there.read().labels) for there in known] == [7, 8, 9]
    (tmp_path / "data" / "KMNIST" / "raw" / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(DataError, match=f"^{originals.OTHER}$"):
        known[2].read()


@pytest.mark.usefixtures("nowhere")
def test_where_there_are_none_that_is_said_and_a_folder_that_has_just_been_fetched_is_taken(tmp_path):
    there = Originals(info(data_folder(tmp_path / "elsewhere")))
    with pytest.raises(originals.NotHereError, match=f"^{originals.NOWHERE}$"):
        there.read()
    assert len(there.read(tmp_path / "elsewhere").labels) == 30


@pytest.mark.parametrize(
    "told",
    [{}, {"data": {}}, {"data": {"sha256": []}}, {"data": {"sha256": "0" * 64}}, {"data": {"sha256": {"a": "b"}}}],
    ids=str,
)
def test_of_a_model_that_does_not_say_what_it_learned_from_nothing_is_looked_for(told):
    there = Originals(told)
    assert (there.why_not, there.asked, there.is_mnist) == (originals.UNKNOWN, True, False)


def test_only_the_four_hashes_of_mnist_are_mnist(data):
    known = {name: official.unpacked for name, official in mirrors.OFFICIAL.items()}
    assert Originals({"data": {"sha256": known}}).is_mnist and not Originals(info(data)).is_mnist
    for name in known:
        assert not Originals({"data": {"sha256": known | {name: "0" * 64}}}).is_mnist


def test_whoever_listens_is_told_when_it_is_known_what_there_is(data):
    there, told = Originals(info(data)), []

    def listener():
        told.append((there.split is not None, there.why_not))

    there.listen(listener)
    there.settle("it is not here")
    there.settle(there.read())
    there.forget(listener)
    there.settle("it is gone")
    assert told == [(False, "it is not here"), (True, "")] and there.split is None


def test_a_draw_is_of_the_class_that_is_asked_for_and_the_same_for_one_seed(data):
    there = Originals(info(data))
    with pytest.raises(ValueError, match="have not been read"):
        there.draw(np.random.default_rng(0))
    there.settle(there.read())
    drawn = [there.draw(np.random.default_rng(seed), 7) for seed in range(20)]
    assert {*drawn} == {7, 17, 27}, "the three that have the label"
    again = [there.draw(generator) for generator in (np.random.default_rng(3), np.random.default_rng(3))]
    assert again[0] == again[1] and len({there.draw(np.random.default_rng(seed)) for seed in range(40)}) > 15
