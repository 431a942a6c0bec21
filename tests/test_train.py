"""The command that trains: the files it writes, how it stops, resumes and fails. On a few drawn digits."""

import csv
import hashlib
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
from dataclasses import fields

import numpy as np
import pytest
import torch
from apple import DEVICE, apple
from factories import data_folder, saved
from factories import digits as spots
from PIL import Image

from vae_explorer import __version__, train
from vae_explorer.codecs import opening
from vae_explorer.datasets import mirrors
from vae_explorer.images import to_unit
from vae_explorer.space import atlas
from vae_explorer.storage import checkpoint
from vae_explorer.storage.checkpoint import ATLAS, DECODER, ENCODER, INFO
from vae_explorer.training import results, trainer
from vae_explorer.training import run as whole_run
from vae_explorer.training.options import Options
from vae_explorer.training.results import CHECKPOINT, HISTORY, PICTURE
from vae_explorer.training.trainer import Trainer

FILES = {ENCODER, ATLAS, DECODER, INFO, CHECKPOINT, HISTORY, PICTURE}
SMALL = ("--epochs", "2", "--batch-size", "20", "--latent-dim", "2", "--device", "cpu")  # 3 steps an epoch


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    return data_folder(tmp_path_factory.mktemp("sets") / "spots")


@pytest.fixture(scope="module")
def run(digits):
    """Run the command in this process on the drawn digits; give its exit code."""

    def run(out, *argv, small=SMALL):
        return train.main(["--data", str(digits), "--out", str(out), *small, *argv])

    return run


@pytest.fixture(scope="module")
def model(run, tmp_path_factory):
    """A finished run that no test changes."""
    out = tmp_path_factory.mktemp("runs") / "model"
    assert run(out) == 0
    return out


@pytest.fixture(scope="module")
def old(run, tmp_path_factory):
    """Another finished run, of another seed, to be copied and overwritten."""
    out = tmp_path_factory.mktemp("runs") / "old"
    assert run(out, "--seed", "9") == 0
    return out


@pytest.fixture
def at_step(monkeypatch):
    """Let something happen in the batches of these numbers, counted from 1 over the whole test."""

    def at_step(numbers, happen):
        batch, count = Trainer._batch, iter(range(1, 10_000))

        def wrapped(trainer, x):
            sums = batch(trainer, x)
            if next(count) in numbers:
                happen(trainer)
            return sums

        monkeypatch.setattr(Trainer, "_batch", wrapped)

    return at_step


def ctrl_c(_trainer):
    signal.raise_signal(signal.SIGINT)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def weights(folder):
    """The bits of decoder and encoder; None for an encoder that cannot be used."""
    found = checkpoint.read(folder)
    parts = (found.decoder, found.encoder)
    return tuple(part and b"".join(part[key].tobytes() for key in sorted(part)) for part in parts)


def command(*argv, cwd, **settings):
    line = [sys.executable, "-W", "error", "-m", "vae_explorer.train", *map(str, argv)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.Popen(line, cwd=cwd, env=environment, text=True, stdout=-1, stderr=-1, **settings)


def one_line(capsys, *words):
    """The one line that was said on stderr; it has all these words."""
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("python -m vae_explorer.train: ") and "Traceback" not in line
    assert [word for word in words if str(word) not in line] == [], line
    return line


# ---------------------------------------------------------------------------------------------- what a run leaves


def test_a_run_leaves_these_files_and_nothing_beside_them(model):
    assert {path.name for path in model.iterdir()} == FILES
    found = checkpoint.read(model)
    assert found.latent_dim == 2 and not found.missing and found.encoder is not None
    with Image.open(model / PICTURE) as picture:
        picture.load()
        assert min(picture.size) > 200


def test_the_saved_weights_are_plain_state_dicts_with_the_keys_and_shapes_of_the_specification(model):
    shapes = [
        {key: tuple(value.shape) for key, value in torch.load(model / name, weights_only=True).items()}
        for name in (DECODER, ENCODER)
    ]
    assert shapes == [
        {
            "linear.weight": (1568, 2), "linear.bias": (1568,),
            "deconv_stack.0.weight": (32, 16, 4, 4), "deconv_stack.0.bias": (16,),
            "deconv_stack.2.weight": (16, 1, 4, 4), "deconv_stack.2.bias": (1,),
        },
        {
            "conv_stack.0.weight": (16, 1, 4, 4), "conv_stack.0.bias": (16,),
            "conv_stack.2.weight": (32, 16, 4, 4), "conv_stack.2.bias": (32,),
            "fc_mu.weight": (2, 1568), "fc_mu.bias": (2,), "fc_logvar.weight": (2, 1568), "fc_logvar.bias": (2,),
        },
    ]  # fmt: skip


def test_model_json_tells_what_made_the_model_and_how_good_it_is(model, digits):
    text = (model / INFO).read_text("utf-8")
    info = json.loads(text)
    assert (info["schema"], info["latent_dim"], info["likelihood"]) == (1, 2, "gaussian")
    sums = {name: hashlib.sha256((digits / name).read_bytes()).hexdigest() for name in mirrors.OFFICIAL}
    assert info["data"] == {"name": "spots", "class_names": list("0123456789"), "sha256": sums}
    assert info["options"] == {
        "epochs": 2, "batch_size": 20, "lr": Options.lr, "beta1": Options.beta1, "beta2": Options.beta2,
        "weight_decay": Options.weight_decay, "beta": 1.0, "draws": 1, "likelihood": "gaussian", "latent_dim": 2,
        "seed": 0, "threads": 1, "validation": 0,
    }  # fmt: skip
    assert info["device"] == "cpu" and info["versions"]["vae_explorer"] == __version__
    assert info["versions"].keys() == {"vae_explorer", "python", "torch", "numpy"}
    assert info["history"]["epoch"] == 2 and info["test"]["images"] == 30 and len(info["test"]["kl_per_dim"]) == 2
    assert info["files"] == {
        name: hashlib.sha256((model / name).read_bytes()).hexdigest() for name in (DECODER, ENCODER, ATLAS)
    }
    for place in (digits, model, pathlib.Path.cwd(), pathlib.Path.home()):
        assert str(place) not in text


def test_history_csv_has_a_line_an_epoch_that_ends_as_model_json_says(model):
    lines = list(csv.DictReader((model / HISTORY).read_text().splitlines()))
    last = json.loads((model / INFO).read_text())["history"]
    assert [line["epoch"] for line in lines] == ["1", "2"]
    assert {key: float(value) for key, value in lines[-1].items()} == last
    assert set(last) == {"epoch", "loss", "recon", "kl", "images_per_second"}


def test_the_atlas_is_of_the_test_images_and_of_this_model(model):
    found = atlas.loads(checkpoint.read(model).atlas, 2)
    assert found.index.tolist() == list(range(30)) and found.label.tolist() == [*range(10)] * 3
    x = to_unit(spots(60)[0])[:, None]  # the training images
    expected = opening.load(model).encode(x)
    for ours, theirs in zip((found.train_mu, found.train_logvar), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2**-10, atol=1e-4)


def test_validation_adds_its_loss_to_the_history_and_the_picture_is_drawn_at_the_end(run, tmp_path, capsys):
    assert run(tmp_path, "--validation", "20", "--epochs", "1") == 0
    assert "40 training images, 20 kept for validation" in (said := capsys.readouterr().out)
    line = json.loads((tmp_path / INFO).read_text())["history"]
    assert f", validation {line['validation_loss']:.2f}\n" in said and (tmp_path / PICTURE).is_file()


def test_a_device_without_float64_leaves_the_same_model(model, run, tmp_path, monkeypatch):
    monkeypatch.setattr(trainer, "device", lambda _name: DEVICE)
    with apple():
        assert run(tmp_path) == 0
    assert weights(tmp_path) == weights(model) and {path.name for path in tmp_path.iterdir()} == FILES
    assert (tmp_path / ATLAS).read_bytes() == (model / ATLAS).read_bytes()


def test_the_command_as_a_program_writes_to_trained_and_says_a_line_an_epoch(digits, tmp_path):
    with command("--data", digits, *SMALL, cwd=tmp_path) as program:
        said, errors = program.communicate(timeout=120)
    assert (program.returncode, errors) == (0, "")  # where stderr is no terminal there is no progress bar
    assert {path.name for path in (tmp_path / "trained").iterdir()} == FILES and len(list(tmp_path.iterdir())) == 1
    lines = said.splitlines()
    assert [line.split(":")[0] for line in lines if line.startswith("epoch")] == ["epoch 1/2", "epoch 2/2"]
    assert len(lines) == 8 and "\r" not in said and lines[-1] == "  python gui.py --weights trained"


def test_the_folder_unless_named_is_not_that_of_the_model_that_ships():
    assert pathlib.Path("trained") == Options().out and checkpoint.shipped().name == "weights"


# ---------------------------------------------------------------------------------------------- what is kept


def test_a_model_is_kept_unless_asked_and_three_ways_out_are_named(old, run, tmp_path, capsys):
    shutil.copytree(old, tmp_path / "m")
    before = contents(old)
    assert run(tmp_path / "m") == 2
    one_line(capsys, "holds a model already", "--out", "--resume", "--overwrite")
    assert contents(tmp_path / "m") == before
    assert run(tmp_path / "m", "--overwrite") == 0
    assert {path.name for path in (tmp_path / "m").iterdir()} == FILES
    assert weights(tmp_path / "m") != weights(old)


@pytest.mark.parametrize("name", sorted(FILES - {DECODER}))
def test_a_file_of_another_kind_that_a_training_would_replace_is_kept_too(run, tmp_path, capsys, name):
    (tmp_path / name).write_text("mine")
    assert run(tmp_path) == 2
    one_line(capsys, f"holds {name} already", "--out", "--overwrite")
    assert contents(tmp_path) == {name: b"mine"}


@pytest.fixture
def running(digits, tmp_path):
    """A training that has begun in another process, to go on for long, and the folder that it writes to."""
    options = ("--data", digits, *SMALL, "--epochs", "100000", "--out", tmp_path / "m")
    with command(*options, cwd=tmp_path) as program:
        while not (tmp_path / "m" / INFO).exists():
            assert program.poll() is None and program.stdout.readline()
        yield program, tmp_path / "m"
        program.kill()
        program.communicate()


@pytest.mark.parametrize("how", [(), ("--overwrite",), ("--resume",)], ids=str)
def test_a_second_training_into_one_folder_is_refused_and_the_first_goes_on(running, run, capsys, how):
    program, out = running
    assert run(out, *how, small=()) == 2
    one_line(capsys, f"In {out} another training, process {program.pid}, is running", "another folder")
    assert {path.name for path in out.iterdir()} >= FILES - {ATLAS, PICTURE}
    assert program.poll() is None and "epoch " in program.stdout.readline()


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_what_a_killed_training_left_can_be_replaced(running, run):
    program, out = running
    program.kill()
    program.wait()
    assert run(out, "--overwrite") == 0
    assert {path.name for path in out.iterdir() if not path.name.endswith((".part", ".old"))} == FILES


def test_where_a_disk_has_no_locks_a_training_says_so_and_runs(run, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(whole_run.lock, "_lock", lambda _file: False)
    assert run(tmp_path) == 0
    assert f"{tmp_path} lies on a disk without locks" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == FILES


@pytest.mark.parametrize("place", ["file", "file/in/it", "/proc/nowhere"])
def test_a_place_that_cannot_be_written_is_told_before_the_training(run, tmp_path, capsys, place):
    if place.startswith("/proc") and not sys.platform.startswith("linux"):
        pytest.skip("has no /proc")
    (tmp_path / "file").write_text("mine")
    assert run(tmp_path / place) == 2
    assert "File exists" in (said := one_line(capsys, place)) or "Not a directory" in said or "No such file" in said
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="has no resource limits")
@pytest.mark.parametrize("limit", [300_000, 60_000, 1000])
def test_a_full_disk_is_one_line_and_leaves_the_old_model_whole(old, run, tmp_path, capsys, limit):
    """A limit on the size of files stands for it: writing fails half way, as on a full disk."""
    import resource

    shutil.copytree(old, tmp_path / "m")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        assert run(tmp_path / "m", "--overwrite") == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    one_line(capsys, "File too large", f"Nothing in {tmp_path / 'm'} has changed")
    assert contents(tmp_path / "m") == contents(old)


def test_a_run_that_diverges_exits_3_and_keeps_the_last_good_epoch(run, at_step, tmp_path, capsys):
    def break_weights(trainer):
        trainer.vae.decoder.linear.weight.data[0] = np.inf

    at_step({5}, break_weights)
    assert run(tmp_path) == 3
    one_line(capsys, "no longer finite (step 6)", "smaller --lr")
    state = torch.load(tmp_path / CHECKPOINT, weights_only=True)
    assert state["step"] == 3 and all(value.isfinite().all() for value in state["vae"].values())
    assert not {ENCODER, DECODER} & set(checkpoint.read(tmp_path).missing)


def test_a_rate_too_high_exits_3_and_writes_nothing(run, tmp_path, capsys):
    assert run(tmp_path / "m", "--lr", "1", "--weight-decay", "0") == 3
    one_line(capsys, "no longer finite")
    assert not (tmp_path / "m").exists()


# ---------------------------------------------------------------------------------------------- stop and go on


@pytest.mark.parametrize("stops", [{1}, {3}, {4, 5}, {6}], ids=str)
def test_ctrl_c_ends_the_batch_and_saves_and_resume_gives_the_same_bits(
    model, run, digits, at_step, tmp_path, capsys, stops
):
    out = tmp_path / "my models"
    at_step(stops, ctrl_c)
    codes = [run(out)]
    while codes[-1] == 130:
        said = capsys.readouterr().out
        assert f"Stopped after {sorted(stops)[len(codes) - 1]} steps and saved. To go on:" in said
        assert f"--resume --device cpu --data {digits} --out '{out}'" in said
        assert not {ENCODER, DECODER, INFO} & set(checkpoint.read(out).missing)
        codes.append(run(out, "--resume"))
        assert len(codes) < 9
    assert codes == [130] * len(stops) + [0]
    assert weights(out) == weights(model) and {path.name for path in out.iterdir()} == FILES
    infos = [json.loads((each / INFO).read_text()) for each in (out, model)]
    for info in infos:
        del info["history"]["images_per_second"]
    assert infos[0] == infos[1]


@pytest.mark.skipif(sys.platform == "win32", reason="sends no SIGINT to another program")
def test_a_real_ctrl_c_in_a_real_program_is_one_too(tmp_path):
    digits = data_folder(tmp_path / "digits", train=300)
    options = ("--data", str(digits), "--epochs", "2", "--batch-size", "2", "--latent-dim", "1", "--device", "cpu")
    with command(*options, "--out", "m", cwd=tmp_path) as program:
        while "Ctrl-C" not in program.stdout.readline():
            assert program.poll() is None
        program.send_signal(signal.SIGINT)
        said, errors = program.communicate(timeout=120)
    assert (program.returncode, errors) == (130, "")
    assert "To go on:" in said and f"--resume --device cpu --data {digits} --out m" in said
    assert 0 < torch.load(tmp_path / "m" / CHECKPOINT, weights_only=True)["step"] < 300
    assert train.main(["--resume", "--data", str(digits), "--out", str(tmp_path / "m"), "--device", "cpu"]) == 0
    assert train.main([*options, "--out", str(tmp_path / "whole")]) == 0
    assert weights(tmp_path / "m") == weights(tmp_path / "whole")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_docker_slurm_and_a_closed_terminal_stop_it_as_ctrl_c_does(model, run, at_step, tmp_path, capsys, name):
    number = signal.Signals[name]
    at_step({4}, lambda _trainer: [signal.raise_signal(number) for _ in range(2)])
    assert run(tmp_path) == 128 + number
    assert "Stopped after 4 steps and saved." in capsys.readouterr().out
    at_step(set(), None)
    assert run(tmp_path, "--resume") == 0 and weights(tmp_path) == weights(model)


@pytest.mark.skipif(sys.platform == "win32", reason="has no /dev/full")
@pytest.mark.parametrize("reader", ["who left", "full disk"])
def test_a_log_that_nobody_takes_costs_nothing(model, digits, tmp_path, reader):
    ends = os.pipe() if reader == "who left" else (os.open("/dev/null", os.O_RDONLY), os.open("/dev/full", os.O_WRONLY))
    os.close(ends[0])
    line = [sys.executable, "-W", "error", "-m", "vae_explorer.train", "--data", str(digits), "--out", str(tmp_path)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*line, *SMALL], stdout=ends[1], stderr=-1, text=True, env=environment, check=False, timeout=120
    )
    os.close(ends[1])
    assert done.returncode == 0 and done.stderr.startswith("The log ends here (") and done.stderr.count("\n") == 1
    assert weights(tmp_path) == weights(model) and {path.name for path in tmp_path.iterdir()} == FILES


def test_an_epoch_is_saved_before_it_is_told(run, tmp_path, monkeypatch):
    told = []

    def say(*lines):
        told.append((lines[0], (tmp_path / CHECKPOINT).exists()))

    monkeypatch.setattr(train.streams, "say", say)
    assert run(tmp_path, "--epochs", "1") == 0
    assert [saved for line, saved in told if line.startswith("epoch 1/1: ")] == [True]


@pytest.mark.parametrize("error", [RuntimeError("latex could not be found"), OSError(28, "No space left on device")])
def test_a_picture_that_fails_is_told_and_ends_no_training(model, run, tmp_path, monkeypatch, capsys, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(whole_run, "PICTURE_EVERY", 1)
    monkeypatch.setattr(results.export, "save_figure", fail)
    assert run(tmp_path) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 and all(f"{tmp_path / PICTURE} was not drawn" in line for line in lines)
    assert error.args[-1] in lines[0] and weights(tmp_path) == weights(model)
    assert {path.name for path in tmp_path.iterdir()} == FILES - {PICTURE}


def test_a_stop_after_the_last_step_over_an_older_model_is_not_taken_for_its_end(old, model, run, at_step, tmp_path):
    """The older model's atlas lies there still, but belongs to no model then."""
    shutil.copytree(old, tmp_path / "m")
    at_step({6}, ctrl_c)
    assert run(tmp_path / "m", "--overwrite") == 130
    assert checkpoint.read(tmp_path / "m").missing == {ATLAS: "it is of another model"}
    assert run(tmp_path / "m", "--resume") == 0
    assert weights(tmp_path / "m") == weights(model) and not checkpoint.read(tmp_path / "m").missing


KILLED = """
import os, pathlib, signal, sys, time
from vae_explorer import train

def renamed(event, _):
    global left
    if event == "os.rename":
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

def killed_after(seconds):
    global left
    left = 1000
    if os.fork() == 0:
        time.sleep(seconds)
        os.kill(os.getppid(), signal.SIGKILL)
        os._exit(0)

base, data, *options = sys.argv[1:]
for folder in sorted(pathlib.Path(base).iterdir()):
    if os.fork() == 0:
        kind, number = folder.name.split("-")
        left = int(number)
        if kind == "after":
            killed_after(int(number) / 1000)
        sys.addaudithook(renamed)
        train.main([*options, "--data", data, "--out", str(folder), "--overwrite"])
        os._exit(0)
    print(folder.name, os.waitstatus_to_exitcode(os.wait()[1]), file=sys.stderr)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="has no fork")
def test_a_kill_leaves_a_model_that_opens_is_not_mixed_and_can_go_on(old, model, run, digits, tmp_path, capsys):
    """Killed before the rename of this number, of 22 in a run, or after so many milliseconds."""
    names = [f"rename-{n}" for n in (0, 1, 4, 8, 20, 21)] + [f"after-{n}" for n in (100, 300)]
    for name in names:
        shutil.copytree(old, tmp_path / name)
    line = [sys.executable, "-c", KILLED, str(tmp_path), str(digits), *SMALL]
    done = subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)
    codes = dict(each.split() for each in done.stderr.splitlines() if each.startswith(("rename", "after")))
    assert codes.keys() == set(names), done.stderr
    assert {codes[name] for name in names if name.startswith("rename")} == {str(-signal.SIGKILL)}
    capsys.readouterr()
    (first := tmp_path / "first").mkdir()
    with pytest.MonkeyPatch.context() as patch:  # what the first epoch's end leaves
        patch.setattr(whole_run, "_finish", lambda *_: ())
        patch.setattr(Trainer, "finished", property(lambda trainer: len(trainer.history) == 1))
        patch.setattr(results.export, "save_figure", lambda *_: None)
        assert run(first) == 0
    whole = {weights(each) for each in (old, first, model)}
    for name in names:
        found = weights(tmp_path / name)
        assert found in whole or (found[1] is None and found[0] in {decoder for decoder, _ in whole}), name
        capsys.readouterr()
        code = run(tmp_path / name, "--resume")
        if code:  # nothing was saved, so the old and finished run lies there
            one_line(capsys, "finished") if found == weights(old) else pytest.fail(name)
        else:
            assert weights(tmp_path / name) == weights(model) and not checkpoint.read(tmp_path / name).missing, name


# ---------------------------------------------------------------------------------------------- what is refused


def test_nothing_to_go_on_with_is_told(run, tmp_path, capsys):
    assert run(tmp_path, "--resume") == 2
    one_line(capsys, f"There is no {tmp_path / CHECKPOINT}", "Leave --resume out")
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("there", ["a model", "nothing"])
def test_going_on_and_replacing_exclude_each_other(model, tmp_path, capsys, there):
    out = shutil.copytree(model, tmp_path / "m") if there == "a model" else tmp_path / "m"
    assert train.main(["--resume", "--overwrite", "--out", str(out), "--data", str(tmp_path / "nowhere")]) == 2
    one_line(capsys, "--resume", "--overwrite", out, "leave one of them out")
    assert contents(out) == contents(model) if there == "a model" else not out.exists()


def test_a_finished_run_is_not_gone_on_with(model, run, capsys):
    before = contents(model)
    assert run(model, "--resume") == 2
    one_line(capsys, "is finished", "--overwrite")
    assert contents(model) == before


@pytest.fixture(scope="module")
def stopped(run, tmp_path_factory):
    """A run that was stopped amid its first epoch."""
    out = tmp_path_factory.mktemp("runs") / "stopped"
    with pytest.MonkeyPatch.context() as patch:
        batch = Trainer._batch
        patch.setattr(Trainer, "_batch", lambda *a: (batch(*a), signal.raise_signal(signal.SIGINT))[0])
        assert run(out) == 130
    return out


@pytest.mark.parametrize("change", [("--epochs", "3"), ("--lr", "0.5"), ("--latent-dim", "3"), ("--seed", "1")])
def test_other_options_are_refused_by_name(stopped, run, capsys, change):
    assert run(stopped, "--resume", *change) == 2
    one_line(capsys, f"was started with {change[0]} ", f"not {change[1]}", "--overwrite")


def test_an_option_that_equals_the_default_and_not_the_run_is_refused_too(stopped, digits, capsys):
    here = ("--resume", "--out", str(stopped), "--data", str(digits), "--device", "cpu")
    for name, value in (("--epochs", Options.epochs), ("--batch-size", Options.batch_size), ("--latent-dim", 6)):
        assert train.main([*here, name, str(value)]) == 2
        one_line(capsys, f"was started with {name} 2", f"not {value}", f"Leave {name} out")


def test_other_data_are_refused(stopped, tmp_path, capsys):
    other = data_folder(tmp_path / "other", seed=5)
    assert train.main(["--resume", "--out", str(stopped), "--data", str(other)]) == 2
    one_line(capsys, f"had other data than {other}", "--data")


class Evil:
    """A pickle that makes a folder when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


DAMAGE = {
    "empty": lambda _: b"",
    "text": lambda _: b"epoch 3",
    "cut": lambda data: data[:-1000],
    "a flipped byte": lambda data: data[:100_000] + bytes([data[100_000] ^ 1]) + data[100_001:],
    "no dictionary": lambda _: saved([1, 2]),
    "no history": lambda _: saved({"options": {"epochs": 2}}),
    "option out of bounds": lambda data: changed(data, lambda state: state["options"].update(lr=7.0)),
    "another step": lambda data: changed(data, lambda state: state.update(step=5)),
    "other shapes": lambda data: changed(
        data, lambda state: state["vae"].update({"encoder.fc_mu.bias": torch.ones(9)})
    ),
    "no step": lambda data: changed(data, lambda state: state.pop("step")),
    "code": lambda _: saved({"options": Evil("evil")}),
    "code, in the old format": lambda _: saved(Evil("evil"), _use_new_zipfile_serialization=False),
}


def changed(data, change):
    state = torch.load(io.BytesIO(data), weights_only=True)
    change(state)
    return saved(state)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_or_hostile_run_is_refused_in_one_line_and_nothing_in_it_runs(
    stopped, run, tmp_path, monkeypatch, capsys, damage
):
    monkeypatch.chdir(tmp_path)
    out = shutil.copytree(stopped, tmp_path / "m")
    (out / CHECKPOINT).write_bytes(damage((stopped / CHECKPOINT).read_bytes()))
    before = contents(out)
    assert run(out, "--resume", small=()) == 2
    one_line(capsys, f"{out / CHECKPOINT} is damaged", "--overwrite")
    assert not (tmp_path / "evil").exists() and contents(out) == before


def test_a_run_of_another_version_is_not_called_damaged(stopped, run, tmp_path, capsys):
    out = shutil.copytree(stopped, tmp_path / "m")
    data = (stopped / CHECKPOINT).read_bytes()
    (out / CHECKPOINT).write_bytes(changed(data, lambda state: state["options"].update(colour=1)))
    assert run(out, "--resume") == 2
    one_line(capsys, "was written by another version of this program: it has an option 'colour'", "that version")


@pytest.mark.parametrize(
    "argv",
    [
        "--epochs 0", "--epochs 1.5", "--batch-size 0", "--lr nan", "--lr -1", "--lr 0", "--lr 1.5", "--lr inf",
        "--beta1 1", "--beta2 -0.1", "--weight-decay -1", "--beta -1", "--draws 0", "--latent-dim 0",
        "--latent-dim 257", "--seed -1", "--threads 0", "--validation -1", "--device tpu", "--colour red",
    ],
)  # fmt: skip
def test_an_option_out_of_its_range_is_named_and_nothing_starts(run, tmp_path, capsys, argv):
    with pytest.raises(SystemExit) as stop:
        run(tmp_path / "m", *argv.split())
    assert stop.value.code == 2 and argv.split()[0] in capsys.readouterr().err.splitlines()[-1]
    assert not (tmp_path / "m").exists()


def test_validation_of_all_images_and_a_folder_without_data_are_refused(run, tmp_path, capsys):
    assert run(tmp_path / "m", "--validation", "60") == 2
    one_line(capsys, "--validation 60")
    assert train.main(["--out", str(tmp_path / "m"), "--data", str(tmp_path / "none")]) == 2
    one_line(capsys, "no such folder")


def test_help_names_every_option_with_its_default(capsys):
    with pytest.raises(SystemExit) as stop:
        train.main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert stop.value.code == 0 and said.isprintable()
    for each in (each for each in fields(Options) if each.name != "given"):
        assert f"--{each.name.replace('_', '-')} " in said, each.name
        if not isinstance(each.default, bool) and each.default is not None:
            assert f"(default: {each.default})" in said, each.name


def test_a_run_that_does_not_begin_leaves_no_folder_and_takes_none_away(tmp_path, capsys):
    (tmp_path / "there").mkdir()
    for name in ("new", "newer/still/newer", "there"):
        assert train.main(["--data", str(tmp_path / "nowhere"), "--out", str(tmp_path / name)]) == 2
    assert "nowhere" in capsys.readouterr().err and [each.name for each in tmp_path.iterdir()] == ["there"]
