"""The command that measures a trained model, on a few drawn digits."""

import dataclasses
import json
import os
import subprocess
import sys

import numpy as np
import pytest
import torch
from factories import MadeUp, data_folder, made_up_codec, model_folder, vae, vivid_folder
from PIL import Image
from terminal import terminal

from vae_explorer import evaluate, evidence, files, metrics
from vae_explorer.codecs import opening
from vae_explorer.codecs.codec import Codec
from vae_explorer.datasets import mnist
from vae_explorer.datasets.split import Split
from vae_explorer.images import to_unit
from vae_explorer.protocols import PROTOCOLS
from vae_explorer.space import atlas
from vae_explorer.space.space import Space
from vae_explorer.storage import checkpoint, writing
from vae_explorer.storage.source import Source

FIGURES = ("images", "beta", "draws", "seed", "loss", "recon", "kl", "kl_per_dim", "active", "mse")


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    return data_folder(tmp_path_factory.mktemp("sets") / "spots", train=10, test=170)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return model_folder(tmp_path_factory.mktemp("models"), latent_dim=3)


@pytest.fixture
def run(digits, capsys):
    """Run the command; give its exit code and what it said on stdout and stderr."""

    def run(*argv, data=digits):
        code = evaluate.main([*map(str, argv), "--data", str(data)])
        return code, *capsys.readouterr()

    return run


def expected(digits, beta=1.0):
    x = torch.from_numpy(to_unit(mnist.load(digits).test.images)[:, None])
    return metrics.evaluate(vae(3), x, beta)


@pytest.mark.parametrize("beta", [None, 0.0, 4.0])
def test_json_is_the_figures_of_the_test_images_and_what_they_are_of(run, model, digits, beta):
    code, out, err = run(model, "--json", *([] if beta is None else ["--beta", beta]))
    found, quality = json.loads(out), expected(digits, 1.0 if beta is None else beta)
    assert (code, err) == (0, "")
    for name in FIGURES:
        assert found.pop(name) == pytest.approx(getattr(quality, name), rel=1e-6), name
    digest = files.sha256((model / checkpoint.DECODER).read_bytes())
    place = str(model / checkpoint.DECODER)
    assert found == {"weights": place, "sha256": digest, "data": "spots", "protocol": "mse-kl"}


def test_text_says_the_same_to_people(run, model, digits):
    code, out, err = run(model)
    quality = expected(digits)
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    assert head == f"{model / checkpoint.DECODER} on 170 test images of spots, by the protocol mse-kl"
    assert " ".join(" ".join(lines[5:]).split()) == PROTOCOLS["mse-kl"].rules and max(map(len, lines)) <= 110
    said = {line.split()[0]: line.split()[1] for line in lines[:5]}
    assert said == {
        "loss": f"{quality.loss:.2f}", "recon": f"{quality.recon:.2f}", "kl": f"{quality.kl:.2f}",
        "active": f"{quality.active}", "mse": f"{quality.mse:.5f}",
    }  # fmt: skip
    assert [f"z{dim} {value:.2f}" in lines[2] for dim, value in enumerate(quality.kl_per_dim)] == [True] * 3


@pytest.fixture
def black_and_white(tmp_path, monkeypatch):
    """The folder of a model with a Bernoulli likelihood, of whose pictures few draws are made."""
    monkeypatch.setattr(evidence, "DRAWS", (5, 20))
    return vivid_folder(tmp_path / "bernoulli", 3, likelihood="bernoulli", options={"beta": 2.0})


def test_a_model_of_black_and_white_is_measured_so_unless_another_protocol_is_asked_for(run, digits, black_and_white):
    code, out, err = run(black_and_white, "--json")
    found, images = json.loads(out), mnist.load(digits).test.images
    vae_ = evaluate._torch(opening.load(black_and_white))
    expected = evidence.estimate(vae_, torch.from_numpy(to_unit(images)[:, None]))
    assert (code, err, found["protocol"]) == (0, "", "binarised") and found["images"] == 170
    assert found["estimates"] == [pytest.approx(dataclasses.asdict(each)) for each in expected.estimates]
    assert found["loss"] == pytest.approx(expected.loss)
    code, out, _ = run(black_and_white)
    head, *lines = out.splitlines()
    assert code == 0 and head.endswith("on 170 test images of spots, by the protocol binarised")
    few, more = expected.estimates
    assert lines[0].split()[2:7] == [f"{few.log_p:.2f}", "±", f"{few.standard_error:.2f}", "nats", "5"]
    assert lines[1].split()[2] == f"{more.log_p:.2f}" and lines[2].split()[:2] == ["elbo", f"{-expected.loss:.2f}"]
    assert " ".join(" ".join(lines[5:]).split()) == PROTOCOLS["binarised"].rules
    found = json.loads(run(black_and_white, "--protocol", "mse-kl", "--json")[1])
    squares = metrics.evaluate(vae_, torch.from_numpy(to_unit(images)[:, None]), 2.0)
    assert found["recon"] == pytest.approx(squares.recon) and found["beta"] == 2.0


def test_a_share_of_the_test_images_is_taken_at_even_steps(run, digits, model):
    images = mnist.load(digits).test.images[[0, 56, 113]]
    expected = metrics.evaluate(vae(3), torch.from_numpy(to_unit(images)[:, None]))
    found = json.loads(run(model, "--images", "3", "--json")[1])
    assert found["images"] == 3 and found["recon"] == pytest.approx(expected.recon)
    assert json.loads(run(model, "--images", "9999", "--json")[1])["images"] == 170


def test_what_makes_no_sense_is_refused_before_data_are_read(run, tmp_path, black_and_white):
    gaussian = vivid_folder(tmp_path / "gaussian", 3, likelihood="gaussian")
    code, out, err = run(gaussian, "--protocol", "binarised", data=tmp_path / "nowhere")
    assert (code, out) == (2, "") and "Gaussian likelihood" in err and "choose --protocol mse-kl" in err
    code, out, err = run(black_and_white, "--beta", "2", data=tmp_path / "nowhere")
    assert (code, out) == (2, "") and "--beta weighs the kl in the loss of mse-kl" in err


def test_ctrl_c_ends_a_long_measurement(black_and_white, digits, monkeypatch, capsys):
    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(evidence, "_weights", interrupted)
    assert evaluate.main([str(black_and_white), "--data", str(digits)]) == 130
    said = capsys.readouterr()
    assert said.out == "" and "stopped" in said.err


def test_beta_is_the_one_that_the_model_was_trained_with(run, tmp_path):
    states = vae().decoder.state_dict(), vae().encoder.state_dict()
    files.write(writing.contents(tmp_path, *states, {"options": {"beta": 2.5}}))
    code, out, _ = run(tmp_path, "--json")
    found = json.loads(out)
    assert code == 0 and found["beta"] == 2.5
    assert found["loss"] == pytest.approx(found["recon"] + 2.5 * found["kl"])


def test_a_picture_that_is_there_is_replaced_only_when_asked(run, model, tmp_path):
    (tmp_path / "a.png").write_text("mine")
    argv = "--images", "2", "--picture", str(tmp_path / "a.png")
    code, _, err = run(model, *argv)
    assert code == 2 and "Choose another name with --picture, or replace it with --overwrite." in err
    assert (tmp_path / "a.png").read_text() == "mine"
    assert run(model, *argv, "--overwrite")[0] == 0 and (tmp_path / "a.png").read_bytes()[:4] == b"\x89PNG"


def test_the_picture_has_sixteen_digits_of_each_class_above_their_reconstructions(run, model, tmp_path, monkeypatch):
    shown = {}
    bands = evaluate.figures.bands
    monkeypatch.setattr(evaluate.figures, "bands", lambda rows, *args: shown.update(rows) or bands(rows, *args))
    code, out, err = run(model, "--picture", tmp_path / "digits.png")
    assert code == 0 and "Picture" not in out and err == f"Picture: {tmp_path / 'digits.png'}\n"
    with Image.open(tmp_path / "digits.png") as picture:
        assert picture.format == "PNG" and min(picture.size) > 500
    above, below = shown.values()
    assert above.shape == below.shape == (160, 28, 28)
    spots = np.argmax(above.max(0).ravel() * 0 + above[::16].reshape(10, -1), 1)
    assert len(set(spots.tolist())) == 10  # one class a row
    with torch.no_grad():
        x_hat = vae(3).decoder(vae(3).encoder(torch.from_numpy(to_unit(above[:1])[:, None])).mu).numpy()
    np.testing.assert_allclose(below[0], (x_hat[0, 0] + 1) * 127.5, atol=0.51)


def test_a_class_of_fewer_images_has_a_row_of_its_own_too(run, model, tmp_path, monkeypatch):
    shown = {}
    bands = evaluate.figures.bands
    monkeypatch.setattr(evaluate.figures, "bands", lambda rows, *args: shown.update(rows) or bands(rows, *args))
    few = data_folder(tmp_path / "few", train=10, test=23)  # three images of the classes 0 to 2, two of the others
    assert run(model, "--picture", tmp_path / "few.png", data=few)[0] == 0
    split = mnist.load(few).test
    for sheet in shown.values():
        rows = sheet.reshape(10, 16, 28, 28)
        for label, row in enumerate(rows):
            count = 3 if label < 3 else 2
            assert (row[count:] == 255).all() and (row[:count] < 255).any(axis=(1, 2)).all()
    for label, row in enumerate(shown["test images"].reshape(10, 16, 28, 28)):
        np.testing.assert_array_equal(row[:2], split.images[split.labels == label][:2])


def test_a_picture_of_an_unknown_kind_is_refused_before_anything_is_measured(run, model, tmp_path):
    code, out, err = run(model, "--picture", tmp_path / "digits.bmp", data=tmp_path / "nowhere")
    assert (code, out) == (2, "") and not list(tmp_path.iterdir())
    assert "digits.bmp: pictures are saved as .png, .svg, .pdf" in err


@pytest.mark.parametrize("lost", [checkpoint.ENCODER, checkpoint.INFO])
def test_a_model_without_encoder_is_refused_in_one_paragraph_that_says_what_is_missing(run, tmp_path, lost):
    (model_folder(tmp_path) / lost).unlink()
    code, out, err = run(tmp_path)
    assert (code, out) == (2, "") and len(err.splitlines()) == 1
    why = "there is none beside the decoder" if lost == checkpoint.ENCODER else "no model.json says"
    assert "cannot be evaluated" in err and f"{checkpoint.ENCODER}, and of that: {why}" in err


def test_a_decoder_of_ones_own_without_an_encoder_is_not_sent_to_the_folder_of_a_training(run, tmp_path):
    torch.save({"0.weight": torch.zeros(784, 2), "0.bias": torch.zeros(784)}, tmp_path / "decoder.pt")
    code, _, err = run(tmp_path / "decoder.pt")
    assert code == 2 and err.endswith("its loss needs an encoder, and of that: there is none in the file.\n")


def test_one_test_image_is_too_few_to_measure_by(run, model, tmp_path):
    alone = data_folder(tmp_path / "alone", train=10, test=1)
    for protocol in ("mse-kl", "binarised"):
        code, out, err = run(model, "--json", "--protocol", protocol, data=alone)
        assert (code, out) == (2, "") and "alone has one test image, and a measurement takes two." in err


def test_weights_whose_loss_is_not_finite_are_refused_and_give_no_json(run, tmp_path):
    model = vae()
    with torch.no_grad():
        model.encoder.fc_logvar.bias.fill_(1000)
    files.write(writing.contents(tmp_path, model.decoder.state_dict(), model.encoder.state_dict(), {}))
    code, out, err = run(tmp_path, "--json")
    assert (code, out) == (2, "") and "is not finite" in err


@pytest.mark.parametrize("argv", [["nowhere"], ["nowhere/decoder_weights.pt"], ["--beta", "-1"], ["--threads", "0"]])
def test_a_bad_path_or_option_exits_2(run, capsys, argv):
    try:
        code, _, err = run(*argv)
    except SystemExit as stop:
        code, err = stop.code, capsys.readouterr().err
    assert code == 2 and argv[0] in err and "Traceback" not in err


def test_a_folder_without_data_exits_2(run, model, tmp_path):
    code, _, err = run(model, data=tmp_path)
    assert code == 2 and "has no data set" in err


def test_a_model_is_given_its_atlas_by_which_the_window_knows_where_the_data_lie(run, digits, tmp_path):
    folder = model_folder(tmp_path, 3, atlas=None)
    code, out, err = run(folder, "--atlas", "--json")
    assert code == 0 and json.loads(out)["images"] == 170
    assert err.startswith(f"Atlas: {folder / checkpoint.ATLAS}. To explore it:\n  python gui.py --weights ")
    space = Space.open(folder)
    assert len(space.atlas.mu) == 170 and len(space.atlas.train_mu) == 10 and space.class_names[7] == "7"
    assert space.codec.source.info["data"]["sha256"] == mnist.load(digits).hashes
    before = (folder / checkpoint.ATLAS).read_bytes()
    code, out, err = run(folder, "--atlas")
    assert (code, out) == (2, "") and "atlas.npz is there already. Replace it with --overwrite" in err
    assert run(folder, "--atlas", "--overwrite")[0] == 0 and (folder / checkpoint.ATLAS).read_bytes() == before


def test_a_model_of_another_kind_and_shape_is_measured_and_given_its_atlas(run, tmp_path, monkeypatch):
    made = made_up_codec((3, 16, 12))
    (tmp_path / "own.bin").write_bytes(b"weights")
    source = Source(path=tmp_path / "own.bin", sha256=files.sha256(b"weights"), missing={})
    parts = MadeUp(made.shape, made.latent_dim)
    monkeypatch.setattr(evaluate.named.models, "opened", lambda *_: Codec(source, parts, parts))
    points = np.random.default_rng(0).normal(0, 0.5, (30, 3))
    for k, pixels in enumerate(made.pixels(points)):
        (tmp_path / "data" / "ab"[k % 2]).mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(tmp_path / "data" / "ab"[k % 2] / f"{k}.png")
    argv = "own.bin", "--atlas", "--picture", tmp_path / "seen.png"
    code, out, _ = run(*argv, data=tmp_path / "data")
    assert code == 0 and "test images of data" in out and (tmp_path / "seen.png").exists()
    written = json.loads((tmp_path / checkpoint.INFO).read_bytes())
    assert written["files"][checkpoint.DECODER] == source.sha256 and written["data"]["class_names"] == ["a", "b"]
    found = atlas.loads((tmp_path / checkpoint.ATLAS).read_bytes(), 3)
    assert len(found.mu) + len(found.train_mu) == 30 and found.classes == (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="has no terminals of this kind")
def test_a_terminal_shows_how_much_is_done_and_then_only_what_came_of_it(digits, tmp_path):
    folder = model_folder(tmp_path, 3, atlas=None)
    words = "-W", "error", "-m", "vae_explorer.evaluate", str(folder), "--data", str(digits), "--atlas"
    with terminal(*words, cwd=tmp_path) as tty:
        assert tty.end() == 0
    written = tty.written.decode()
    assert all(f"{word}, " in written for word in ("measuring", "encoding"))
    assert not [row for row in tty.screen.shown if "left |" in row] and any(
        "Atlas: " in row for row in tty.screen.shown
    )


def test_ctrl_c_while_an_atlas_is_made_leaves_no_file(digits, tmp_path, monkeypatch, capsys):
    def interrupted(*_args):
        raise KeyboardInterrupt

    folder = model_folder(tmp_path, 3, atlas=None)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(evaluate.survey, "build", interrupted)
    assert evaluate.main([str(folder), "--data", str(digits), "--atlas"]) == 130
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert "stopped" in capsys.readouterr().err


def test_the_command_as_a_program(model, digits, tmp_path):
    line = [sys.executable, "-W", "error", "-m", "vae_explorer.evaluate", str(model), "--data", str(digits), "--json"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["loss"] == pytest.approx(expected(digits).loss)
    assert not list(tmp_path.iterdir())


def test_large_pictures_are_small_in_the_picture():
    made, labels = made_up_codec((3, 256, 256)), np.arange(200, dtype=np.uint8) % 10
    images = made.pixels(np.random.default_rng(0).standard_normal((200, 3)))
    figure = evaluate._picture(made, Split(images, labels))
    assert 16 * 84 <= figure.get_size_inches()[0] * 144 < 16 * 90
