"""Models as ONNX files, against torch; and what is wrong with others, in a sentence."""

import sys
from pathlib import Path

import numpy as np
import onnx_files
import pytest
import torch
from export_onnx import FOLDER, SHAPE, parts

from vae_explorer.codecs import network, opening
from vae_explorer.codecs.foreign import DecoderError
from vae_explorer.space.space import Space
from vae_explorer.storage.checkpoint import CheckpointError

DECODER, ENCODER = FOLDER / "decoder.onnx", FOLDER / "encoder.onnx"
Z = np.random.default_rng(1).standard_normal((5, 2), np.float32)


def written(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / "model.onnx").write_bytes(data)
    return tmp_path / "model.onnx"


def refused(path, **told):
    with pytest.raises(DecoderError) as caught:
        opening.load(path, **told)
    return str(caught.value)


def test_a_model_of_torchs_exporter_decodes_and_encodes_as_in_torch():
    model, (decoder, encoder) = opening.load(DECODER, encoder=ENCODER), parts()
    with torch.inference_mode():
        x = decoder(torch.from_numpy(Z))
        mu, logvar = encoder(x)
    assert (model.latent_dim, model.shape) == (2, SHAPE)
    x_hat = model.decode(Z)
    assert x_hat == pytest.approx(2 * x.numpy() - 1, abs=1e-5)
    for ours, theirs in zip(model.encode(x_hat), (mu, logvar), strict=True):
        assert ours == pytest.approx(theirs.numpy(), abs=1e-5)


def test_gradients_are_near_those_of_torch():
    model, (decoder, _) = opening.load(DECODER), parts()
    z = torch.from_numpy(Z).requires_grad_()
    (2 * decoder(z) - 1).sum().backward()
    x_hat, pull = model.vjp(Z)
    assert pull(np.ones_like(x_hat)) == pytest.approx(z.grad.numpy(), abs=0.02, rel=0.02)


def test_what_it_is_and_what_was_guessed_is_said():
    model = opening.load(DECODER)
    assert model.source.title == "decoder.onnx" and model.source.told.output == "linear"
    assert "pixels as they come, in [0, 1] (guessed)" in model.source.opened
    space = Space(model)
    assert "no --encoder" in space.no_encoder and space.missing["atlas.npz"] and not space.encodes
    with pytest.raises(CheckpointError, match="no --encoder"):
        model.encode(model.decode(Z))


def test_told_otherwise_it_is_another_model():
    guessed, same, other = (opening.load(DECODER, output=word) for word in ("", "linear", "signed"))
    assert guessed.source.sha256 == same.source.sha256 != other.source.sha256
    assert "(guessed)" not in same.source.opened and "[−1, 1]" in other.source.opened
    assert other.decode(Z) == pytest.approx(0.5 * guessed.decode(Z) + 0.5, abs=1e-6)


SIGMOID = 1 / (1 + np.exp(-Z @ onnx_files.WEIGHT)).reshape(-1, 10, 12)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"x": ("n", 10, 12)},
        {"x": ("n", 10, 12, 1)},
        {"z": (1, 2), "x": (1, 1, 10, 12)},
        {"z": (4, 2), "x": (4, 1, 10, 12)},
        {"x": (1, 1, 10, 12)},  # it says that it takes several points, and cannot
        {"z": ("n", 2, 1, 1)},
        {"kind": onnx_files.TensorProto.DOUBLE},
        {"kind": onnx_files.TensorProto.FLOAT16},
        {"last": "Identity"},
    ],
    ids=str,
)
def test_the_shapes_and_numbers_that_people_export(tmp_path, options):
    model = opening.load(written(tmp_path, onnx_files.decoder(**options)))
    near = 2e-3 if options.get("kind") == onnx_files.TensorProto.FLOAT16 else 1e-5
    assert model.shape == SHAPE and model.decode(Z)[:, 0] == pytest.approx(2 * SIGMOID - 1, abs=near)


def test_a_row_of_pixels_is_told_its_shape(tmp_path):
    flat = written(tmp_path, onnx_files.decoder(x=("n", 120)))
    assert "shape (120,)" in refused(flat)
    assert opening.load(flat, shape=(1, 10, 12)).decode(Z)[:, 0] == pytest.approx(2 * SIGMOID - 1, abs=1e-5)


def test_a_tanh_is_seen_by_its_range(tmp_path):
    model = opening.load(written(tmp_path, onnx_files.decoder(last="Tanh")))
    assert model.source.told.output == "signed"
    assert model.decode(Z).ravel() == pytest.approx(np.tanh(Z @ onnx_files.WEIGHT).ravel(), abs=1e-5)


@pytest.mark.parametrize("where", ["initializer", "node", "branch"])
def test_other_files_are_never_read(tmp_path, monkeypatch, where):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "weights.bin").write_bytes(onnx_files.WEIGHT.tobytes())
    for location in ("../../etc/passwd", "/etc/passwd", "weights.bin"):
        monkeypatch.setattr(network, "_session", None)  # and nobody is asked to
        assert "other files" in refused(written(tmp_path, onnx_files.external(location, where)))


def value(name, shape, kind=onnx_files.FLOAT):
    return onnx_files.value(name, shape, kind)


def one_node(kind, inputs, outputs, tensors=(), domain="", **options):
    names = [[each.name for each in side] for side in (inputs, outputs)]
    node = onnx_files.helper.make_node(kind, *names, domain=domain, **options)
    return onnx_files.model([node], inputs, outputs, tensors, domain)


INT = onnx_files.TensorProto.INT64
WRONG = {
    "2 inputs: z, y": one_node("Add", [value("z", ["n", 2]), value("y", ["n", 2])], [value("x", ["n", 2])]),
    "takes tensor(int64)": one_node("Identity", [value("z", ["n", 2], INT)], [value("x", ["n", 2], INT)]),
    "2 outputs": one_node("Split", [value("z", ["n", 2])], [value("x", ["n", 1]), value("y", ["n", 1])], axis=1),
    "shape (n, d); a decoder takes (N, D)": one_node("Identity", [value("z", ["n", "d"])], [value("x", ["n", "d"])]),
    "shape (n, 3, 8)": one_node("Identity", [value("z", ["n", 3, 8])], [value("x", ["n", 3, 8])]),
    "shape ()": one_node("Identity", [value("z", [])], [value("x", [])]),
    "has 257 latent dimensions": one_node("Identity", [value("z", ["n", 257])], [value("x", ["n", 257])]),
    "pictures of 5 × 5 pixels": one_node("Identity", [value("z", ["n", 25])], [value("x", ["n", 25])]),
    "gives NaN": one_node("Sqrt", [value("z", ["n", 64])], [value("x", ["n", 64])]),
    "no array of numbers": one_node(
        "IsNaN", [value("z", ["n", 64])], [value("x", ["n", 64], onnx_files.TensorProto.BOOL)]
    ),
    "cannot be loaded": one_node("Secret", [value("z", ["n", 2])], [value("x", ["n", 2])], domain="my.own"),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_is_said_in_a_sentence(tmp_path, said):
    told = refused(written(tmp_path, WRONG[said]))
    assert said in told and told.startswith("model.onnx ") and len(told) < 500


def test_an_operation_that_fails_when_it_runs_is_told(tmp_path):
    told = refused(written(tmp_path, onnx_files.decoder(x=(7, 11))))
    assert told.startswith("model.onnx cannot be run: ") and "\n" not in told


def test_one_that_wants_more_memory_than_is_given_is_told(tmp_path):
    make, size = onnx_files.helper, onnx_files.numpy_helper.from_array(np.array([1 << 16, 1 << 15]), "size")  # 8 GB
    nodes = [
        make.make_node("ConstantOfShape", ["size"], ["zeros"]),
        make.make_node("ReduceSum", ["zeros"], ["sum"], keepdims=0),
        make.make_node("Add", ["z", "sum"], ["x"]),
    ]
    data = onnx_files.model(nodes, [value("z", ["n", 64])], [value("x", ["n", 64])], [size])
    assert "cannot be run" in refused(written(tmp_path, data))


def test_one_that_never_ends_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(network, "TRIAL_S", 0.2)
    make, sides = onnx_files.helper, ([value("z", ["n", 64])], [value("x", ["n", 64])])
    body = make.make_graph(
        [make.make_node("Identity", ["c"], ["d"]), make.make_node("Identity", ["a"], ["b"])], "body",
        [value("i", [], INT), value("c", [], onnx_files.TensorProto.BOOL), value("a", ["n", 64])],
        [value("d", [], onnx_files.TensorProto.BOOL), value("b", ["n", 64])],
    )  # fmt: skip
    count = onnx_files.numpy_helper.from_array(np.array(2**62), "count")
    yes = onnx_files.numpy_helper.from_array(np.array(True), "yes")
    loop = make.make_node("Loop", ["count", "yes", "z"], ["x"], body=body)
    assert "cannot be run" in refused(written(tmp_path, onnx_files.model([loop], *sides, [count, yes])))


def test_a_file_that_is_not_there_too_large_or_none_is_told(tmp_path, monkeypatch):
    assert "cannot be read" in refused(tmp_path / "nowhere.onnx")
    assert "no ONNX model" in refused(written(tmp_path, b"hello"))
    monkeypatch.setattr(network, "MAX_FILE_BYTES", 1 << 10)
    assert "larger than" in refused(DECODER)


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert 'pip install "vae-explorer[onnx]"' in refused(DECODER)


def encoder(tmp_path, outputs, shape=("n", 1, 10, 12)):
    """An encoder by flattening and one product for each output."""
    make = onnx_files.helper
    nodes = [make.make_node("Reshape", ["x", "flat"], ["row"])]
    tensors = [onnx_files.numpy_helper.from_array(np.array([-1, 120]), "flat")]
    for k, name in enumerate(outputs):
        nodes.append(make.make_node("MatMul", ["row", f"w{k}"], [name]))
        tensors.append(onnx_files.numpy_helper.from_array((k + 1) * onnx_files.WEIGHT.T.copy(), f"w{k}"))
    found = [value(name, ["n", 2]) for name in outputs]
    return written(tmp_path, onnx_files.model(nodes, [value("x", shape)], found, tensors))


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["mu", "logvar"], (1, 2)),
        (["log_var", "z_mean"], (2, 1)),
        (["a", "b"], (1, 2)),
        (["z", "mu", "logvar"], (2, 3)),
    ],
)
@pytest.mark.parametrize("shape", [("n", 1, 10, 12), ("n", 10, 12, 1), ("n", 10, 12), ("n", 120), (1, 1, 10, 12)])
def test_an_encoder_gives_mu_and_logvar_by_name_or_in_order(tmp_path, names, order, shape):
    model = opening.load(DECODER, encoder=encoder(tmp_path, names, shape))
    x = model.decode(Z)
    row = (0.5 * x + 0.5).reshape(len(x), -1) @ onnx_files.WEIGHT.T
    for part, factor in zip(model.encode(x), order, strict=True):
        assert part == pytest.approx(factor * row, rel=1e-4, abs=1e-4)


def test_an_encoder_of_mu_alone_is_told_of(tmp_path):
    model = opening.load(DECODER, encoder=encoder(tmp_path, ["mu"]))
    mu, logvar = model.encode(model.decode(Z))
    assert mu.shape == (5, 2) and (logvar < -10).all() and "gives mu alone" in model.source.opened


def test_an_encoder_of_other_images_or_other_dimensions_is_told(tmp_path):
    assert "takes no images of the shape (1, 10, 12)" in refused(
        DECODER, encoder=encoder(tmp_path, ["mu"], ("n", 1, 12, 10))
    )
    assert "decoder.onnx takes no images" in refused(DECODER, encoder=DECODER)
