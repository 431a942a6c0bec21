"""Decoders of one's own: functions, objects, torch modules; and those that misbehave."""

import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

import vae_explorer as vx
from vae_explorer.codecs import own
from vae_explorer.codecs.foreign import DecoderError
from vae_explorer.space.space import Space

Z = np.random.default_rng(0).standard_normal((5, 3), np.float32)
WAVE = np.random.default_rng(1).normal(size=(3, 80)).astype(np.float32)


def sigmoid(z):
    return 1 / (1 + np.exp(-z @ WAVE)).reshape(-1, 1, 8, 10)


def given(function, **attributes):
    """A function of its own with attributes."""

    def decode(z):
        return function(z)

    vars(decode).update({"latent_dim": 3, **attributes})
    return decode


def refused(decoder, **options):
    with pytest.raises(DecoderError) as caught:
        vx.open(decoder, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("function", "shape"),
    [
        (sigmoid, (1, 8, 10)),
        (lambda z: sigmoid(z)[:, 0], (1, 8, 10)),
        (lambda z: sigmoid(z).reshape(-1, 8, 10, 1), (1, 8, 10)),
        (lambda z: np.repeat(sigmoid(z), 3, 1), (3, 8, 10)),
        (lambda z: 2 * sigmoid(z) - 1, (1, 8, 10)),
        (lambda z: np.rint(255 * sigmoid(z)).astype(np.uint8), (1, 8, 10)),
        (lambda z: 255 * sigmoid(z).astype(np.float64), (1, 8, 10)),
        (lambda z: sigmoid(z).tolist(), (1, 8, 10)),
        (lambda z: torch.from_numpy(sigmoid(z)).requires_grad_(), (1, 8, 10)),
    ],
)
def test_pictures_of_many_forms_are_understood(function, shape):
    model = vx.open(given(function))
    assert (model.shape, model.latent_dim, model.encodes) == (shape, 3, False)
    assert model.decode(Z)[:, :1] == pytest.approx(2 * sigmoid(Z) - 1, abs=5e-3)


def test_what_is_told_goes_before_what_is_there():
    flat = given(lambda z: sigmoid(z).reshape(-1, 80) * 10 - 5, latent_dim=9, shape=(1, 10, 8))
    model = vx.open(flat, latent_dim=3, shape=(1, 8, 10), range=(-5, 5), name="waves")
    assert model.source.title == model.source.place == "waves" and "from −5 to 5, black to white" in model.source.opened
    assert model.decode(Z) == pytest.approx(2 * sigmoid(Z) - 1, abs=1e-5)


def test_an_object_says_all_itself():
    mine = SimpleNamespace(
        decode=lambda z: 4 * sigmoid(z),
        latent_dim=np.int64(3),
        shape=[1, 8, 10],
        range=(0, 4),
        encode=lambda x: (x.mean((2, 3)) * [1, 2, 3], np.zeros((len(x), 3))),
        vjp=lambda z, gradient: np.full(z.shape, gradient.sum()),
    )
    model = vx.open(mine)
    x_hat, pull = model.vjp(Z)
    assert x_hat == pytest.approx(2 * sigmoid(Z) - 1, abs=1e-5)
    assert pull(np.ones_like(x_hat)) == pytest.approx(np.full((5, 3), 5 * 80 * 0.5))  # x_hat is half of what it gives
    mu, logvar = model.encode(x_hat)
    assert mu == pytest.approx(4 * sigmoid(Z).mean((2, 3)) * [1, 2, 3], abs=1e-4) and not logvar.any()


def test_without_an_encoder_it_is_said_why():
    space = Space(vx.open(given(sigmoid)))
    assert space.no_encoder == "it needs an encoder: the decoder has no encode"
    assert space.missing["atlas.npz"] and space.atlas is None


class Generator(nn.Module):
    """z → tanh pictures, with a dropout that only training has."""

    latent_dim = 3

    def __init__(self, seed=0):
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.linear = nn.Linear(3, 3 * 9 * 8)
        self.drop = nn.Dropout(0.5)

    def forward(self, z):
        assert isinstance(z, torch.Tensor)
        return torch.tanh(self.drop(self.linear(z))).reshape(-1, 3, 9, 8)


def test_a_torch_module_is_handed_tensors_and_gives_its_exact_gradient():
    net = Generator().double()
    model = vx.open(net)
    assert model.shape == (3, 9, 8) and not net.training
    z = torch.from_numpy(Z).double().requires_grad_()
    x = net(z)
    upstream = np.random.default_rng(2).normal(size=x.shape)
    [gradient] = torch.autograd.grad(x, z, torch.from_numpy(upstream))
    x_hat, pull = model.vjp(Z)
    assert x_hat == pytest.approx(x.detach().numpy(), abs=1e-5)
    assert pull(upstream) == pytest.approx(gradient.numpy(), abs=1e-4)
    assert [each.grad for each in net.parameters()] == [None, None]


def test_a_module_that_breaks_the_chain_of_autograd_has_differences():
    class Broken(Generator):
        def forward(self, z):
            return super().forward(z.detach())

    x_hat, pull = vx.open(Broken()).vjp(Z)
    exact = vx.open(Generator()).vjp(Z)[1](np.ones_like(x_hat))
    assert pull(np.ones_like(x_hat)) == pytest.approx(exact, abs=0.05)


def test_the_methods_of_a_module_are_handed_tensors():
    class Vae(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = Generator()

        def decode(self, z):
            return self.net(z)

        def encode(self, x):
            return x.mean((2, 3)), torch.zeros(len(x), 3)

    vae = Vae()
    model = vx.open(vae.decode, latent_dim=3, encode=vae.encode)
    assert model.encode(model.decode(Z))[0] == pytest.approx(model.decode(Z).mean((2, 3)), abs=1e-5)
    assert vx.open(vae, latent_dim=3).decode(Z) == pytest.approx(model.decode(Z))


def raising(*_):
    raise RuntimeError("no weights")


def changing(z):
    z *= 0
    return sigmoid(z + Z[:1])


class Later:
    """Decodes as it should until it is told otherwise."""

    latent_dim, bad = 3, None

    def decode(self, z):
        return sigmoid(z) if self.bad is None else self.bad(z)


WRONG = {
    "failed: test_own.py, line ": raising,
    "RuntimeError: no weights": raising,
    "SystemExit": lambda _: sys.exit("over"),
    "gives NaN": lambda z: sigmoid(z) * np.nan,
    "numbers of the shape (4, 8, 10)": lambda z: np.repeat(sigmoid(z), 4, 1),
    "numbers of the shape ()": lambda z: np.zeros(len(z)),
    "no array of numbers": lambda _: None,
    "array of numbers": lambda z: ["a"] * len(z),
    "gave what is no array": lambda _: [[1], [1, 2]],
    "complex": lambda z: sigmoid(z) * 1j,
    "for 16 points": lambda z: sigmoid(z)[:1],
    "the shape (0, 784) for": lambda _: np.empty((0, 784)),
    "the shape (16, 0) for": lambda z: np.empty((len(z), 0)),
    "the shape () for": lambda _: 3.0,
    "Say which are black and white": lambda z: 50 * (sigmoid(z) - 0.5),
    "pictures of 10 × 4 pixels": lambda z: sigmoid(z)[:, :, :4],
}


@pytest.mark.parametrize("said", WRONG)
def test_what_it_does_wrong_at_first_is_told(said):
    told = refused(given(WRONG[said]))
    assert said in told and "given.<locals>.decode" in told


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"latent_dim": None}, "needs the attribute latent_dim"),
        ({"latent_dim": 0}, "from 1 to 256"),
        ({"latent_dim": 257}, "from 1 to 256"),
        ({"latent_dim": "3"}, "from 1 to 256"),
        ({"shape": (8, 10)}, "shape is (C, H, W)"),
        ({"shape": 7}, "is 7"),
        ({"shape": (1, 10, 9)}, "where (1, 10, 9) is told"),
        ({"range": (1, 1)}, "(black, white)"),
        ({"range": 255}, "(black, white)"),
        ({"range": (0, np.inf)}, "(black, white)"),
        ({"range": (0, 10**400)}, "(black, white)"),
        ({"encode": lambda _x: ()}, "gives 0 arrays"),
        ({"encode": lambda x: (x, x, x)}, "gives 3 arrays"),
        ({"encode": raising}, "no weights"),
        ({"encode": lambda x: x}, "gives mu of the shape"),
        ({"vjp": raising}, "no weights"),
        ({"vjp": lambda _z, gradient: gradient}, "The gradient of"),
    ],
    ids=str,
)
def test_what_it_says_wrong_of_itself_is_told(attributes, said):
    assert said in refused(given(sigmoid, **attributes))


class Faulty:
    """Decodes as it should; what it says of itself is code that fails."""

    latent_dim = 3

    def decode(self, z):
        return sigmoid(z)

    def __getattr__(self, name):
        raise RuntimeError(f"asked for {name}")


def test_attributes_may_be_code_that_fails():
    assert refused(Faulty()) == "Faulty cannot be used: test_own.py, line " + refused(Faulty()).split("line ")[1]
    assert "RuntimeError: asked for" in refused(Faulty())


def test_a_range_may_be_an_array():
    assert vx.open(sigmoid, latent_dim=3, range=np.array([0, 1])).source.opened.endswith("black to white.")


def test_a_module_may_keep_more_than_tensors():
    module = torch.nn.Sequential(torch.nn.Linear(2, 784), torch.nn.Sigmoid())
    ours = vx.open(module, latent_dim=2).source.sha256
    module.get_extra_state = lambda: {"steps": 7}
    type(module[0]).get_extra_state, before = (lambda _self: {"steps": 7}), type(module[0]).get_extra_state
    try:
        assert vx.open(module, latent_dim=2).source.sha256 != ours
    finally:
        type(module[0]).get_extra_state = before


def test_a_name_that_is_not_there_is_told_of_whatever_it_is_looked_for_in():
    assert "has no x" in refused("math:pi.x")


def test_what_is_no_decoder_is_told():
    assert "is a class" in refused(Later)
    assert "has no decode" in refused(7)


@pytest.mark.parametrize(
    "bad", [raising, lambda z: sigmoid(z)[:, :, :7], lambda z: sigmoid(z) * np.nan, lambda _: exit()]
)
def test_what_goes_wrong_later_is_told_then_and_the_model_goes_on(bad):
    mine = Later()
    model = vx.open(mine)
    mine.bad = bad
    with pytest.raises(DecoderError, match="Later"):
        model.decode(Z)
    mine.bad = None
    assert model.decode(Z).shape == (5, 1, 8, 10)


def test_it_may_change_what_it_is_handed_and_print(capsys):
    z = Z.copy()
    model = vx.open(given(changing))
    model.decode(z)
    assert (z == Z).all()

    def loud(z):
        print("decoding")
        return sigmoid(z)

    vx.open(given(loud)).decode(Z)
    assert capsys.readouterr().out == ""


def test_it_may_use_one_array_again_and_again():
    kept = np.empty((16, 1, 8, 10))

    def reusing(z):
        kept[: len(z)] = sigmoid(z)
        return kept[: len(z)]

    model = vx.open(given(reusing))
    first = model.decode(Z)
    model.decode(-Z)
    assert first == pytest.approx(2 * sigmoid(Z) - 1, abs=1e-5)


def test_it_is_called_by_one_thread_at_a_time():
    inside, most = [], []

    def counting(z):
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.002)
        inside.pop()
        return sigmoid(z)

    model = vx.open(given(counting))
    threads = [threading.Thread(target=model.decode, args=(Z,)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert max(most) == 1


def test_one_that_never_answers_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(own, "TRIAL_S", 0.05)
    gate = threading.Event()

    def waiting(z):
        gate.wait(20)
        return sigmoid(z)

    assert "given nothing within" in refused(given(waiting))
    gate.set()
    for each in threading.enumerate():
        if each.name.startswith("trial of"):
            each.join()


def test_it_is_known_by_its_weights_or_by_what_it_decodes():
    one, same, other = (vx.open(Generator(seed)).source.sha256 for seed in (0, 0, 1))
    assert one == same != other
    waves, again, told = vx.open(given(sigmoid)), vx.open(given(sigmoid)), vx.open(given(sigmoid), range=(0, 2))
    assert waves.source.sha256 == again.source.sha256 != told.source.sha256
    assert waves.source.sha256 != vx.open(given(lambda z: sigmoid(-z))).source.sha256
