"""Which file a path to weights means."""

import pytest

from vae_explorer.storage import places
from vae_explorer.storage.places import PlaceError


def of(path):
    return places.of_weights(path, "decoder_weights.pt", {"encoder_weights.pt", "atlas.npz"})


def folder(path, *names):
    path.mkdir(exist_ok=True)
    for name in names:
        (path / name).write_bytes(b"")
    return path


SIBLINGS = "encoder_weights.pt", "atlas.npz", "history.csv", "model.json"
ONE = {
    "ours": (("decoder_weights.pt", "other.pt", *SIBLINGS), "decoder_weights.pt"),
    "the only .pth": (("vae.pth", *SIBLINGS, "checkpoint.pt"), "vae.pth"),
    "safetensors": (("model.safetensors", "optimizer.pt", "config.json"), "model.safetensors"),
    "packed": (("vae.pt.gz",), "vae.pt.gz"),
    "in capitals": (("VAE.PT",), "VAE.PT"),
    "a run's own": (("checkpoint.pt",), "checkpoint.pt"),
    "none": (SIBLINGS, "decoder_weights.pt"),
}


@pytest.mark.parametrize(("names", "meant"), ONE.values(), ids=ONE)
def test_a_folder_means_its_own_or_its_only_file_of_weights(tmp_path, names, meant):
    assert of(folder(tmp_path, *names)) == (tmp_path / meant, "")


NONE = {
    "two": (("a.pt", "b.npz"), r"several files of weights: a\.pt, b\.npz\. Choose one"),
    "a SavedModel": (("saved_model.pb",), r"is a SavedModel of TensorFlow, which is not read\. .*savez"),
    "a checkpoint of TensorFlow": (("vae.index", "vae.data-00000-of-00001"), "is a checkpoint of TensorFlow"),
    "Orbax": (("_METADATA", "manifest.ocdbt"), "a checkpoint of JAX, as Orbax writes.*tree_leaves_with_path"),
}


@pytest.mark.parametrize(("names", "why"), NONE.values(), ids=NONE)
def test_a_folder_in_which_it_cannot_be_told_says_what_is_there(tmp_path, names, why):
    with pytest.raises(PlaceError, match=why):
        of(folder(tmp_path, *names))


def test_a_part_of_a_checkpoint_of_tensorflow_is_told_by_its_name(tmp_path):
    with pytest.raises(PlaceError, match=r"part of a checkpoint of TensorFlow, which is not read.*savez"):
        of(folder(tmp_path, "vae.data-00000-of-00001") / "vae.data-00000-of-00001")


def test_a_name_behind_a_hash_is_of_a_model_in_the_file(tmp_path):
    folder(tmp_path, "vae.pt", "a#b.pt")
    assert of(tmp_path / "vae.pt#ema.model") == (tmp_path / "vae.pt", "ema.model")
    assert of(tmp_path / "a#b.pt") == (tmp_path / "a#b.pt", "")
    assert of(tmp_path / "a#b.pt#ema") == (tmp_path / "a#b.pt", "ema")
    (tmp_path / "a#b.pt").unlink()
    (tmp_path / "vae.pt").rename(tmp_path / "decoder_weights.pt")
    assert of(tmp_path.parent / f"{tmp_path.name}#ema") == (tmp_path / "decoder_weights.pt", "ema")
