"""The files of a model: read whole, never mixed with another's, refused with a reason."""

import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
import torch
from factories import ROOT, decoder_state, model_folder, python, saved, vae

from vae_explorer import files
from vae_explorer.codecs import opening
from vae_explorer.errors import Cancelled, Failure
from vae_explorer.storage import checkpoint, statedict, writing
from vae_explorer.storage.checkpoint import ATLAS, DECODER, ENCODER, INFO, CheckpointError, read
from vae_explorer.storage.pickled import StateDictError

ALL = {ENCODER, ATLAS, DECODER, INFO}


@pytest.fixture
def folder(tmp_path):
    return model_folder(tmp_path / "model")


def opened(folder, state):
    """Read a folder in which only these decoder weights lie; state: a state dict, or the bytes of the file."""
    folder.mkdir(exist_ok=True)
    (folder / DECODER).write_bytes(state if isinstance(state, bytes) else saved(state))
    return read(folder)


# ---------------------------------------------------------------------------------------------- whole and by itself


@pytest.mark.parametrize("dim", [1, 2, 20, 256])
def test_a_written_model_is_read_back(tmp_path, dim):
    found = read(model_folder(tmp_path, dim, atlas=b"points"))
    model = vae(dim)
    for ours, theirs in ((found.decoder, model.decoder.state_dict()), (found.encoder, model.encoder.state_dict())):
        assert ours.keys() == theirs.keys()
        for key, value in theirs.items():
            np.testing.assert_array_equal(ours[key], value.numpy())
    assert found.latent_dim == dim and found.info["latent_dim"] == dim and found.atlas == b"points"
    assert not found.missing and found.path == tmp_path / DECODER


def test_a_path_may_name_the_folder_or_the_file(folder):
    by_folder, by_file = read(folder), read(folder / DECODER)
    assert by_folder.sha256 == by_file.sha256 == files.sha256((folder / DECODER).read_bytes())
    assert by_file.encoder is not None and by_file.info == by_folder.info


# ------------------------------------------------------------------------------------------------- siblings


@pytest.mark.parametrize("name", [ENCODER, ATLAS])
@pytest.mark.parametrize("damage", ["absent", "of another model", "cut", "a folder"])
def test_a_sibling_that_is_not_of_this_model_is_left_out_with_a_reason(folder, tmp_path, name, damage):
    path = folder / name
    if damage == "of another model":
        shutil.copy(model_folder(tmp_path / "other", seed=1, atlas=b"other points") / name, path)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()
    if damage == "a folder":
        path.mkdir()
    found = read(folder)
    assert set(found.missing) == {name}
    other = damage in ("of another model", "cut")
    assert found.missing[name] == ("it is of another model" if other else "there is none beside the decoder")
    assert (found.encoder is None) == (name == ENCODER) and (found.atlas is None) == (name == ATLAS)


def test_files_of_two_models_in_one_folder_are_never_mixed(folder, tmp_path):
    other = model_folder(tmp_path / "other", seed=1)
    shutil.copy(other / DECODER, folder / DECODER)
    found = read(folder)
    assert found.encoder is None and found.atlas is None and not found.info
    assert found.missing[INFO] == f"it is of another model than {DECODER}"
    assert set(found.missing) == ALL - {DECODER}


# ------------------------------------------------------------------------------------------ read while it is written


@pytest.fixture
def other(folder):
    """The files of another model, to be written over the one in the folder."""
    model = vae(2, seed=5)
    return writing.contents(folder, model.decoder.state_dict(), model.encoder.state_dict(), {}, b"other points")


@pytest.fixture
def pauses(monkeypatch):
    """The pauses that reading makes: it does not sleep, but something may happen in them."""
    happens = []

    def sleep(_seconds):
        happens.append("slept")
        if callable(happens[0]):
            happens[0]()

    monkeypatch.setattr(checkpoint.time, "sleep", sleep)
    return happens


@pytest.mark.parametrize("read_first", [DECODER, INFO, ENCODER, ATLAS])
def test_a_model_that_is_replaced_while_it_is_read_is_the_new_one_whole(folder, other, monkeypatch, read_first):
    taken, left = checkpoint._bytes, [other]

    def replaced(path, *limit):
        data = taken(path, *limit)
        if path.name == read_first and left:
            files.write(left.pop())
        return data

    monkeypatch.setattr(checkpoint, "_bytes", replaced)
    found = read(folder)
    assert not found.missing and found.encoder is not None and found.atlas in (b"an atlas", b"other points")
    if read_first != ATLAS:
        assert found.sha256 == files.sha256(other[folder / DECODER]) and found.atlas == b"other points"


@pytest.mark.parametrize("renamed", [1, 2, 3])
def test_a_model_that_is_half_renamed_is_waited_for(folder, other, pauses, renamed):
    for path in list(other)[:renamed]:
        path.write_bytes(other[path])
    pauses.append(lambda: files.write(other))
    found = read(folder)
    assert not found.missing and found.sha256 == files.sha256(other[folder / DECODER]) and len(pauses) == 2


@pytest.mark.parametrize("there", [1, 2, 3])
def test_the_first_epoch_of_a_run_is_waited_for(tmp_path, pauses, there):
    whole = writing.contents(tmp_path / "new", vae().decoder.state_dict(), vae().encoder.state_dict(), {})
    (tmp_path / "new").mkdir()
    for path in list(whole)[:there]:
        path.write_bytes(whole[path])
    pauses.append(lambda: files.write(whole))
    if there == 1:  # no decoder yet
        with pytest.raises(CheckpointError):
            read(tmp_path / "new")
    else:
        assert set(read(tmp_path / "new").missing) == {ATLAS} and len(pauses) == (2 if there < 3 else 1)


def test_a_folder_that_lacks_files_for_good_is_read_again_once_and_a_whole_one_is_not(folder, other, pauses, tmp_path):
    assert not read(folder).missing and pauses == []
    (tmp_path / "alone").mkdir()
    shutil.copy(folder / DECODER, tmp_path / "alone")
    assert read(tmp_path / "alone").missing.keys() == {ENCODER, ATLAS, INFO} and pauses == []
    (folder / DECODER).write_bytes(other[folder / DECODER])
    assert read(folder).missing.keys() == {ENCODER, ATLAS, INFO} and len(pauses) == 1


def test_a_folder_whose_files_change_without_end_is_read_as_it_is_after_some_tries(folder, other, pauses):
    (folder / DECODER).write_bytes(other[folder / DECODER])
    pauses.append(lambda: (folder / ATLAS).write_bytes(os.urandom(9)))
    assert ENCODER in read(folder).missing and len(pauses) == 1 + checkpoint.READS


def test_a_model_that_another_process_keeps_replacing_is_always_whole(folder, tmp_path):
    model_folder(tmp_path / "other", seed=5, atlas=b"other points")
    writing = """
import sys, time
from pathlib import Path
from vae_explorer import files
folder, *models = map(Path, sys.argv[1:])
names = ("encoder_weights.pt", "atlas.npz", "decoder_weights.pt", "model.json")
contents = [{folder / name: (model / name).read_bytes() for name in names} for model in models]
while True:
    for each in contents:
        files.write(each)
        time.sleep(0.3)  # a training takes longer; without any rest nobody could read between two writes
"""
    shutil.copytree(folder, tmp_path / "one")
    line = [sys.executable, "-c", writing, folder, tmp_path / "one", tmp_path / "other"]
    with subprocess.Popen(line, env=os.environ | {"PYTHONPATH": str(ROOT)}) as writer:
        try:
            found = [read(folder)]
            while len(found) < 200 or len({each.atlas for each in found}) < 2:
                assert writer.poll() is None
                found.append(read(folder))
        finally:
            writer.kill()
    assert [each.missing for each in found if each.missing] == []


def test_a_file_that_is_no_encoder_is_left_out_though_its_hash_is_right(tmp_path):
    for n, encoder in enumerate([{"a": torch.zeros(2)}, vae(3).encoder.state_dict()]):
        folder = tmp_path / str(n)
        folder.mkdir()
        files.write(writing.contents(folder, decoder_state(2), encoder, {}))
        found = read(folder)
        assert found.encoder is None and found.missing[ENCODER].startswith("it" if n == 0 else "its fc_mu.weight")


def test_an_empty_encoder_with_the_right_hash_is_missing_with_a_reason(folder):
    info = json.loads((folder / INFO).read_text())
    info["files"][ENCODER] = files.sha256(b"")
    (folder / ENCODER).write_bytes(b"")
    (folder / INFO).write_text(json.dumps(info))
    assert read(folder).missing == {ENCODER: "it is an empty file, not weights"}


def test_a_decoder_alone_is_a_model(tmp_path):
    found = opened(tmp_path, decoder_state(3))
    assert found.latent_dim == 3 and found.encoder is None and found.info == {}
    assert found.missing[INFO] == "there is none beside the decoder"


# ------------------------------------------------------------------------------------------------ what is refused


def test_a_path_that_is_not_there_says_so_and_what_to_choose(tmp_path):
    for path in (tmp_path / "nowhere", tmp_path / "nowhere.pt"):
        with pytest.raises(CheckpointError, match=r"nowhere.* cannot be read: No such .*Choose a decoder_weights\.pt"):
            read(path)
    with pytest.raises(CheckpointError, match=r"decoder_weights\.pt cannot be read"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_path_that_is_no_file_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.pt")
    with pytest.raises(CheckpointError, match=r"pipe\.pt cannot be read: it is not a file"):
        read(tmp_path / "pipe.pt")


def test_a_path_that_the_system_refuses_is_a_checkpoint_error_too(folder):
    for path in (folder / ("x" * 5000), folder / DECODER / "x", folder / "a\0b", folder / "\ud800"):
        with pytest.raises(CheckpointError, match="cannot be read"):
            read(path)


def changed(**changes):
    return {key: changes.get(key.replace(".", "_"), value) for key, value in decoder_state().items()}


WRONG = {
    "no dimensions": (decoder_state(2) | {"linear.weight": torch.zeros(1568, 0)}, "0 latent dimensions; 1 to 256"),
    "257 dimensions": (decoder_state(2) | {"linear.weight": torch.zeros(1568, 257)}, "257 latent dimensions"),
    "a flat weight": (changed(linear_weight=torch.zeros(1568)), r"linear\.weight has the shape \(1568,\)"),
    "another number of channels": (
        changed(deconv_stack_2_bias=torch.zeros(3)),
        r"deconv_stack\.2\.bias has the shape \(3,\), not",
    ),
    "turned": (changed(linear_weight=torch.zeros(2, 1568)), "1568 latent dimensions"),
    "an axis too many": (changed(linear_bias=torch.zeros(1, 1568)), r"\(1, 1568\), not \(1568,\)"),
    "a key too many": (decoder_state() | {"extra": torch.zeros(1)}, r"another model .* extra \(1\)"),
    "a key too few": ({"linear.weight": torch.zeros(1568, 2)}, "gives 1568 numbers, which cannot be shown as a square"),
    "no keys": ({}, "an empty state dict"),
    "the encoder": (vae().encoder.state_dict(), "it holds the weights of an encoder, not of a decoder"),
    "another network": (
        {"fc.bias": torch.zeros(3)},
        r"it is another model .* its layers are fc\.bias \(3\)\. Read are",
    ),
    "NaN": (changed(linear_bias=torch.full((1568,), float("nan"))), r"linear\.bias holds values that are not finite"),
    "the largest float": (changed(deconv_stack_0_bias=torch.full((16,), 3e38)), "values beyond ±1,000,000"),
    "infinity": (changed(deconv_stack_2_bias=torch.tensor([float("-inf")])), "not finite"),
    "no model": ({"epoch": 3}, "it holds no tensors"),
    "a web page": (b"<html></html>", "web page"),
    "nothing": (b"", "an empty file"),
    "too large a file": (bytes((128 << 20) + 1), "larger than 128 MB"),
}


@pytest.mark.parametrize(("state", "why"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_no_decoder_is_refused_with_its_name_and_the_reason(tmp_path, state, why):
    with pytest.raises(CheckpointError, match=why) as caught:
        opened(tmp_path, state)
    assert str(tmp_path / DECODER) in str(caught.value) and isinstance(caught.value, Failure)


# ------------------------------------------------------------------------------------- formats that only torch reads


def older(state):
    """A state dict as a file that only torch reads."""
    return saved({key: value.half() for key, value in state.items()}, _use_new_zipfile_serialization=False)


def test_a_decoder_in_a_format_that_only_torch_reads_opens_too(tmp_path):
    found = opened(tmp_path, older(decoder_state(3)))
    for key, value in decoder_state(3).items():
        np.testing.assert_array_equal(found.decoder[key], value.half().float().numpy())
    assert found.sha256 == files.sha256((tmp_path / DECODER).read_bytes())


def test_a_file_that_torch_refuses_is_refused_with_its_name_and_the_reason(tmp_path):
    with pytest.raises(
        CheckpointError, match=r"decoder_weights\.pt cannot be opened .* it holds tensors that are sparse"
    ):
        opened(tmp_path, saved({"a": torch.eye(2).to_sparse()}, _use_new_zipfile_serialization=False))


@pytest.mark.parametrize("opening", [read, opening.opened])
def test_a_cancel_while_torch_reads_is_raised(tmp_path, opening):
    (tmp_path / DECODER).write_bytes(older(decoder_state()))
    with pytest.raises(Cancelled):
        opening(tmp_path, lambda: True)


def test_a_cancel_while_torch_reads_the_encoder_is_raised_and_gives_no_model_without_encoder(tmp_path):
    contents = writing.contents(tmp_path, decoder_state(), vae().encoder.state_dict(), {})
    encoder, info = older(vae().encoder.state_dict()), json.loads(contents[tmp_path / INFO])
    info["files"][ENCODER] = files.sha256(encoder)
    files.write(contents | {tmp_path / ENCODER: encoder, tmp_path / INFO: json.dumps(info).encode()})
    with pytest.raises(Cancelled):
        read(tmp_path, lambda: True)
    assert read(tmp_path).encoder is not None


def test_a_flip_of_any_byte_of_the_decoder_is_found_or_harmless(tmp_path):
    data = saved(decoder_state(1))
    whole = opened(tmp_path, data).decoder
    refused = 0
    for place in np.random.default_rng(0).integers(0, len(data), 100):
        flipped = bytearray(data)
        flipped[place] ^= 16
        try:
            found = statedict.loads(bytes(flipped))
        except StateDictError:
            refused += 1
        else:
            assert all((found[key] == value).all() for key, value in whole.items()), place
    assert refused > 80  # nearly all bytes of the file are numbers


# -------------------------------------------------------------------------------------- the model that ships


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with a tiny model as the one that ships, from which its wheels are built."""
    root = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(ROOT / "vae_explorer", root / "vae_explorer", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE"):
        (root / name).write_text("A stand-in.\n")
    model_folder(root / "weights", 3)
    return root


WHERE = """
import os, site, sys
sys.modules["torch"] = None
if sys.argv[1:]:  # as Python does at its start, .pth files included; nothing of another installation
    sys.path[:] = [each for each in sys.path if not os.path.isfile(os.path.join(each, "vae_explorer", "__init__.py"))]
    site.addsitedir(sys.argv[1])
from vae_explorer.storage import checkpoint
print(checkpoint.shipped())
print(checkpoint.read().latent_dim, dict(checkpoint.read().missing))
"""


def installed(project, folder, kind):
    """Build a wheel or an editable wheel with hatchling, unpack it into a folder as pip would, and ask it where."""
    build = f"from hatchling import build; print(build.build_{kind}({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    shutil.unpack_archive(wheel, site, "zip")
    assert not list(site.rglob("tests")) and not list(site.rglob("*.pyc"))
    return site, python(WHERE, site, path=folder, cwd=folder)


def test_a_checkout_shows_its_own_weights(project, tmp_path):
    done = python(WHERE, path=project, cwd=tmp_path)
    assert done.stdout == f"{project / 'weights'}\n3 {{}}\n", done.stderr


def test_a_wheel_carries_its_weights(project, tmp_path):
    site, done = installed(project, tmp_path, "wheel")
    assert done.stdout == f"{site / 'vae_explorer' / 'weights'}\n3 {{}}\n", done.stderr


def test_an_editable_install_shows_the_weights_of_its_checkout(project, tmp_path):
    site, done = installed(project, tmp_path, "editable")
    assert done.stdout == f"{project / 'weights'}\n3 {{}}\n", done.stderr
    assert list(site.glob("*.pth"))


def test_reading_and_decoding_need_neither_torch_nor_tkinter(folder, tmp_path):
    code = """
import sys
sys.modules["torch"] = sys.modules["tkinter"] = None
import vae_explorer
codec = vae_explorer.load(sys.argv[1])
print(codec.decode([0] * 2).shape, codec.encode(codec.decode([0, 0]))[0].shape)
"""
    done = python(code, folder, cwd=tmp_path)
    assert done.stdout == "(1, 1, 28, 28) (1, 2)\n", done.stderr


def test_the_shipped_model_is_that_of_this_checkout():
    assert checkpoint.shipped() == ROOT / "weights"
