"""The training loop on a few drawn digits: what it computes, repeats, resumes and refuses."""

import dataclasses
import io
import math

import numpy as np
import pytest
import torch
from apple import DEVICE, apple
from factories import digits

from vae_explorer import metrics
from vae_explorer.errors import Failure
from vae_explorer.images import to_unit
from vae_explorer.model import VAE
from vae_explorer.training import trainer as loop
from vae_explorer.training.options import Options, deciding
from vae_explorer.training.trainer import SCHEMA, DivergedError, Trainer, device, schedule

SMALL = Options(epochs=2, batch_size=16, latent_dim=2, device="cpu")  # 50 images make 3 batches of 16 and one of 2


@pytest.fixture(scope="module")
def x():
    return torch.from_numpy(to_unit(digits(50)[0])[:, None])


def options(**changes):
    return dataclasses.replace(SMALL, **changes)


def trained(x, **changes):
    """Train to the end; give the Trainer."""
    trainer = Trainer(options(**changes), x)
    while not trainer.finished:
        for _ in trainer.epoch():
            pass
    return trainer


def weights(trainer):
    return torch.cat([value.flatten() for value in trainer.vae.state_dict().values()]).numpy()


def without_speed(history):
    return [{key: value for key, value in line.items() if key != "images_per_second"} for line in history]


# -------------------------------------------------------------------------------------------------- what it learns


@pytest.mark.parametrize("dim", [1, 2, 6, 20])
def test_the_loss_falls_with_any_number_of_dimensions(x, dim):
    trainer = trained(x, latent_dim=dim, epochs=8, batch_size=10)
    losses = [line["loss"] for line in trainer.history]
    assert losses[-1] < 0.5 * losses[0]
    assert trainer.vae.encoder.fc_mu.out_features == trainer.vae.decoder.linear.in_features == dim


def test_the_progress_of_an_epoch_is_the_mean_over_the_images_so_far(x):
    progress = list(Trainer(SMALL, x).epoch())
    assert [(each.epoch, each.images) for each in progress] == [(1, 16), (1, 32), (1, 48), (1, 50)]


def without_noise(trainer):
    """Give every posterior a σ of 1e-13, so that z is mu and an oracle needs no random numbers; a copy of it."""
    vae = VAE(trainer.options.latent_dim)
    with torch.no_grad():
        trainer.vae.encoder.fc_logvar.weight.zero_()
        trainer.vae.encoder.fc_logvar.bias.fill_(-60)
    vae.load_state_dict(trainer.vae.state_dict())
    return vae


@pytest.mark.parametrize(("beta", "draws"), [(1.0, 1), (4.0, 3), (0.0, 2)])
def test_history_is_the_mean_over_all_images_of_an_independent_sum(x, beta, draws):
    trainer = Trainer(options(beta=beta, draws=draws, lr=1e-30), x)
    vae = without_noise(trainer)
    list(trainer.epoch())
    with torch.no_grad():
        mu, logvar = (part.double().numpy() for part in vae.encoder(x))
        x_hat = vae.decoder(torch.from_numpy(mu).float()).numpy()
    recon = np.square(x_hat - x.numpy()).sum((1, 2, 3)).mean()
    kl = 0.5 * (mu**2 + np.exp(logvar) - 1 - logvar).sum(1).mean()
    expected = {"epoch": 1, "loss": recon + beta * kl, "recon": recon, "kl": kl}
    assert without_speed(trainer.history) == [pytest.approx(expected, rel=1e-5)]


@pytest.mark.parametrize(("beta", "draws"), [(1.0, 1), (4.0, 3)])
def test_a_step_is_adamw_on_the_mean_loss_of_the_batch(x, beta, draws):
    trainer = Trainer(options(batch_size=50, epochs=1, beta=beta, draws=draws, lr=0.01, weight_decay=0.5), x)
    vae = without_noise(trainer)
    list(trainer.epoch())
    x_hat, (mu, logvar) = vae(x, torch.zeros(50, 2))
    kl = 0.5 * (mu**2 + logvar.exp() - 1 - logvar)
    (((x_hat - x) ** 2).sum() / 50 + beta * kl.sum() / 50).backward()
    for (name, old), new in zip(vae.named_parameters(), trainer.vae.parameters(), strict=True):
        torch.testing.assert_close(new.grad, old.grad, rtol=1e-3, atol=1e-3)
        clear = old.grad.abs() > 1e-3  # the first step of Adam is the gradient's sign, unsure near zero
        expected = old * (1 - 0.01 * 0.5) - 0.01 * old.grad.sign()
        assert clear.any() or "fc_logvar.weight" in name, name
        torch.testing.assert_close(new[clear], expected[clear], rtol=0, atol=1e-5)


def test_bernoulli_trains_on_pictures_drawn_anew_in_each_batch_and_measures_fixed_ones(x):
    """With weights that do not move, an oracle in probabilities: over many epochs, recon is that of the grey levels."""
    trainer = Trainer(options(likelihood="bernoulli", lr=1e-30, epochs=60, validation=10), x)
    vae = without_noise(trainer)
    seen = []
    hook = trainer.vae.encoder.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    while not trainer.finished:
        list(trainer.epoch())
    hook.remove()
    assert all(set(each.unique().tolist()) == {-1, 1} for each in seen)
    with torch.no_grad():
        p = (vae.decoder(vae.encoder(x).mu).double() + 1) / 2  # an untrained decoder's hardly depends on z
        held = (trainer.validation > 0).double()
        of_held = (vae.decoder(vae.encoder((2 * held - 1).float()).mu).double() + 1) / 2
    t = (trainer.x.double() + 1) / 2
    p = p[: len(t)].mean(0)
    expected = -(t * p.log() + (1 - t) * (1 - p).log()).sum((1, 2, 3)).mean()
    assert np.mean([line["recon"] for line in trainer.history]) == pytest.approx(float(expected), rel=2e-3)
    assert len({line["recon"] for line in trainer.history}) == 60
    recon = -(held * of_held.log() + (1 - held) * (1 - of_held).log()).sum((1, 2, 3)).mean()
    mu = vae.encoder((2 * held - 1).float()).mu.detach().double()
    nats = 0.5 * (mu**2 + math.exp(-60) - 1 + 60).sum(1).mean()
    assert trainer.history[0]["validation_loss"] == pytest.approx(float(recon + nats), rel=1e-5)


def test_beta_weighs_the_kl(x):
    free, strict = (trained(x, beta=beta, epochs=10, batch_size=10).history[-1]["kl"] for beta in (0.0, 4.0))
    assert free > 2 * strict


def test_more_draws_make_a_step_less_noisy(x):
    start = VAE(2).state_dict()

    def spread(draws):
        found = []
        for seed in range(10):
            trainer = Trainer(options(batch_size=10, draws=draws, seed=seed), x[:1].expand(10, -1, -1, -1))
            trainer.vae.load_state_dict(start)
            found.append(next(trainer.epoch()).recon)
        return np.std(found)

    assert 0 < spread(25) < 0.5 * spread(1)


# --------------------------------------------------------------------------------------------------------- devices


def test_the_stand_in_refuses_what_apples_gpu_refuses():
    with apple() as there:
        x = torch.ones(3).to(there)
        assert (x.device, (x + x).device, x.cpu().device) == (there, there, torch.device("cpu"))
        precise = torch.ones(3, dtype=torch.float64)
        for refused in (x.double, lambda: precise.to(there), lambda: x.sum(dtype=torch.float64)):
            with pytest.raises(TypeError, match="float64"):
                refused()
        with pytest.raises(RuntimeError, match="same device"):
            x + torch.ones(3)
        with pytest.raises(NotImplementedError, match="mode"):
            x.mode()


def test_a_device_without_float64_takes_the_same_steps_goes_on_and_is_measured_alike(x, monkeypatch):
    on_cpu = trained(x, validation=10)
    monkeypatch.setattr(loop, "device", lambda _name: DEVICE)
    with apple():
        first, second = (Trainer(options(validation=10), x) for _ in range(2))
        list(first.epoch())
        second.restore(torch.load(io.BytesIO(first.state({})), weights_only=True))
        list(second.epoch())
        assert {value.device for value in second.vae.parameters()} == {DEVICE}
        measured = metrics.evaluate(second.vae, x)
        found = np.concatenate([value.cpu().numpy().ravel() for value in second.vae.state_dict().values()])
    assert found.tobytes() == weights(on_cpu).tobytes()
    assert without_speed(second.history) == without_speed(on_cpu.history)
    assert measured == metrics.evaluate(on_cpu.vae, x)


# ------------------------------------------------------------------------------------------------------- schedule


def test_the_rate_warms_up_over_half_an_epoch_and_follows_a_cosine_to_zero():
    factor = [schedule(step, 10, 4) for step in range(40)]
    cosine = [0.5 + 0.5 * math.cos(math.pi * step / 40) for step in range(40)]
    assert factor[:5] == pytest.approx([cosine[k] * (k + 1) / 5 for k in range(5)])
    assert factor[5:] == pytest.approx(cosine[5:])
    assert factor[20] == pytest.approx(0.5) and max(factor) < 1
    assert 0 < factor[-1] < 0.002 and schedule(40, 10, 4) == pytest.approx(0)


def test_the_schedule_sets_the_rate_of_each_step(x):
    trainer = Trainer(SMALL, x)
    rates = []
    while not trainer.finished:
        rates += [trainer.optimizer.param_groups[0]["lr"] for _ in trainer.epoch()]
    assert rates == pytest.approx([SMALL.lr * schedule(step, 4, 2) for step in range(8)])


# ------------------------------------------------------------------------------------------------------ randomness


def test_the_seed_decides_every_bit_and_nothing_else_does(x):
    one = trained(x)
    torch.manual_seed(123)
    np.random.default_rng().standard_normal(9)
    two, other = trained(x), trained(x, seed=1)
    assert weights(one).tobytes() == weights(two).tobytes()
    assert without_speed(one.history) == without_speed(two.history)
    assert not np.isclose(weights(one), weights(other)).all()


def test_the_global_random_state_is_left_alone(x):
    torch.manual_seed(5)
    before = torch.get_rng_state()
    trained(x, validation=10)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_order_and_the_noise_differ_from_epoch_to_epoch(x):
    """With weights that do not move, an epoch of one batch differs from the next by its noise only."""
    trainer = Trainer(options(batch_size=50, lr=1e-30, epochs=3), x)
    recon = [list(trainer.epoch())[-1].recon for _ in range(3)]
    assert len(set(recon)) == 3
    order = Trainer(options(batch_size=1, lr=1e-30), x)
    first, second = ([round(each.kl * each.images, 3) for each in order.epoch()] for _ in range(2))
    assert first != second and first[-1] == pytest.approx(second[-1], abs=0.01)  # the same images, another order


# --------------------------------------------------------------------------------------------------------- resume


@pytest.mark.parametrize("stops", [[2], [4], [5], [1, 6], [4, 7], [3, 3, 8]], ids=str)
@pytest.mark.parametrize("likelihood", ["gaussian", "bernoulli"])
def test_a_stopped_run_goes_on_to_the_weights_of_one_that_was_not(x, likelihood, stops):
    """4 steps an epoch: stops amid an epoch, at its end, twice, at once after going on, and at the very end."""
    whole = trained(x, validation=1, likelihood=likelihood)
    trainer = Trainer(options(validation=1, likelihood=likelihood), x)
    for stop in stops:
        while trainer.step < stop:
            for _ in trainer.epoch():
                if trainer.step == stop:
                    break
        state = torch.load(io.BytesIO(trainer.state({"images": "abc"})), weights_only=True)
        trainer = Trainer(options(validation=1, likelihood=likelihood), x)
        trainer.restore(state)
    while not trainer.finished:
        for _ in trainer.epoch():
            pass
    assert weights(trainer).tobytes() == weights(whole).tobytes()
    assert without_speed(trainer.history) == without_speed(whole.history)


def test_the_state_is_plain_and_says_options_and_data(x):
    state = torch.load(io.BytesIO(trained(x, epochs=1).state({"images": "abc"})), weights_only=True)
    assert state["data"] == {"images": "abc"} and state["options"] == deciding(options(epochs=1))
    assert state["schema"] == SCHEMA and state["step"] == 4 and [line["epoch"] for line in state["history"]] == [1]
    assert not {"out", "data", "device", "overwrite", "resume", "offline"} & set(state["options"])


# ----------------------------------------------------------------------------------------------------- validation


def test_validation_images_and_training_images_are_the_whole_set_without_overlap(x):
    distinct = torch.arange(50.0).view(50, 1, 1, 1).expand(50, 1, 28, 28) / 50
    for seed in (0, 1):  # the split is not the seed's, so that runs can be compared
        trainer = Trainer(options(validation=20, seed=seed), distinct)
        held, used = (set(part[:, 0, 0, 0].tolist()) for part in (trainer.validation, trainer.x))
        assert (len(held), len(used)) == (20, 30) and held | used == set(distinct[:, 0, 0, 0].tolist())
        assert held == set(Trainer(options(validation=20), distinct).validation[:, 0, 0, 0].tolist())
    assert len(Trainer(SMALL, x).x) == 50


def test_validation_images_are_measured_and_never_trained_on(x):
    """Neither absurd values nor noise in them changes a bit of the weights."""
    spot = torch.arange(50.0).view(50, 1, 1, 1).expand(50, 1, 28, 28)
    held = Trainer(options(validation=20), spot).validation[:, 0, 0, 0].long()
    poisoned, noisy = x.clone(), x.clone()
    poisoned[held] = 1e9
    noisy[held] = torch.rand(20, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    clean = trained(x, validation=20)
    ends = [trained(each, validation=20) for each in (poisoned, noisy)]
    assert {weights(each).tobytes() for each in ends} == {weights(clean).tobytes()}
    losses = [each.history[-1]["validation_loss"] for each in (clean, *ends)]
    assert losses[0] == metrics.evaluate(clean.vae, x[held]).loss
    assert losses[0] != losses[2] and losses[1] > 1e18


def test_validation_that_leaves_nothing_to_train_on_is_refused(x):
    with pytest.raises(Failure, match="--validation 50 leaves no image of 50"):
        Trainer(options(validation=50), x)
    assert trained(x, validation=49, epochs=1).steps_per_epoch == 1


# ---------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e20])
def test_a_loss_that_is_not_finite_ends_the_run_before_it_reaches_the_weights(x, value):
    bad = x.clone()
    bad[49] = value
    trainer = Trainer(SMALL, bad)
    with pytest.raises(DivergedError, match=r"no longer finite \(step \d\).*Try a smaller --lr than 0\.0035") as caught:
        list(trainer.epoch())
    assert caught.value.exit_code == 3
    assert np.isfinite(weights(trainer)).all() and trainer.history == []


def test_weights_that_the_last_step_of_an_epoch_breaks_are_found_before_they_are_saved(x):
    trainer = Trainer(options(batch_size=50), x)
    trainer.vae.decoder.deconv_stack[2].bias.register_hook(lambda gradient: gradient * math.nan)
    with pytest.raises(DivergedError):
        list(trainer.epoch())
    assert trainer.history == []


def test_a_validation_loss_that_is_not_finite_ends_the_run_too(x):
    bad = x.clone()
    bad[:] = math.inf
    trainer = Trainer(options(validation=20), x)
    trainer.validation = bad
    with pytest.raises(DivergedError):
        list(trainer.epoch())
    assert trainer.history == []


def test_a_device_that_is_not_there_is_refused_with_those_that_are(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert device("auto") == device("cpu") == torch.device("cpu")
    with pytest.raises(Failure, match=r"--device cuda: torch finds no such device here\. It can use: cpu, or auto"):
        device("cuda")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert device("auto").type == "mps"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert device("auto").type == "cuda"
