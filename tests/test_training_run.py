"""The events of a run, in order and without a terminal: to the end, to a stop, to a failure, and going on."""

import json
import pickle
from contextlib import contextmanager, nullcontext
from dataclasses import asdict

import numpy as np
import pytest
import torch
from factories import data_folder, python
from PIL import Image

from vae_explorer import lock
from vae_explorer.errors import Failure
from vae_explorer.session.history import Session
from vae_explorer.space.space import Space
from vae_explorer.storage import checkpoint
from vae_explorer.training import results, run
from vae_explorer.training.events import End, Epoch, Progress, Saved, Start, Stopped, Trouble
from vae_explorer.training.options import Options
from vae_explorer.training.results import CHECKPOINT
from vae_explorer.training.trainer import DivergedError, Trainer

EPOCH = [Progress, Progress, Progress, Epoch, Saved]  # 60 images in batches of 20


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    return data_folder(tmp_path_factory.mktemp("sets") / "spots")


@pytest.fixture
def options(digits, tmp_path):
    """Options of a run of two epochs into a fresh folder, with changes."""

    def options(**changes):
        small = {"epochs": 2, "batch_size": 20, "latent_dim": 2, "device": "cpu", "data": digits, "out": tmp_path / "m"}
        return Options(**small | changes)

    return options


def until_failure(generator):
    """What a generator yields, and the Failure that ends it."""
    happened = []
    with pytest.raises(Failure) as caught:
        happened.extend(generator)  # extend keeps what came before
    return happened, caught.value


def kinds(happened):
    return [type(event) for event in happened]


def stopped_after(options, asks):
    """The events of a run that is asked to stop, by signal 15, as soon as an event comes for which `asks` is true."""
    asked, happened = [], []
    for event in run.events(options, nullcontext(asked)):
        happened.append(event)
        if not asked and asks(event):
            asked.append(15)
    return happened


def test_a_run_is_a_start_batches_epochs_that_are_saved_and_an_end(options, digits, capfd):
    happened = list(run.events(options(), nullcontext(())))
    assert kinds(happened) == [Start, *EPOCH, *EPOCH, Saved, Saved, End]
    start, out = happened[0], options().out
    assert start == Start("spots", digits, 60, 0, 2, 0, "gaussian", 2, start.weights, "cpu", 1, out)
    assert {event.out for event in happened if isinstance(event, Saved)} == {out}
    assert capfd.readouterr() == ("", "")


def test_the_window_finds_the_data_of_a_run_and_their_classes_by_name(options, tmp_path):
    for k, letter in enumerate("ab" * 6):
        (tmp_path / "own" / letter).mkdir(parents=True, exist_ok=True)
        Image.new("L", (30, 40), 20 * k).save(tmp_path / "own" / letter / f"{k}.png")
    [*_] = run.events(options(data=tmp_path / "own", batch_size=5), nullcontext([]))
    session = Session(Space.open(tmp_path / "m"))
    assert session.space.class_names == {0: "a", 1: "b"}
    split = session.originals.read()
    assert {*split.labels.tolist()} == {0, 1} and (split.images[0] == split.images[0, 0, 0]).all()


def test_events_say_what_the_files_say(options):
    happened = list(run.events(options(validation=20), nullcontext(())))
    history = torch.load(options().out / CHECKPOINT, weights_only=True)["history"]
    epochs = [event for event in happened if isinstance(event, Epoch)]
    for event, line in zip(epochs, history, strict=True):
        del line["images_per_second"]
        assert asdict(event) == {**line, "seconds_left": event.seconds_left}
    assert epochs[0].seconds_left > epochs[1].seconds_left == 0
    last = [event for event in happened if isinstance(event, Progress)][-1]
    assert (last.epoch, last.images, last.loss) == (2, 40, epochs[1].loss)
    test = json.loads((options().out / checkpoint.INFO).read_text())["test"]
    assert happened[-1] == End(*(test[name] for name in ("loss", "recon", "kl", "active")), options().out)


def test_what_is_saved_at_an_event_opens_as_the_model_of_that_epoch(options):
    for event in run.events(options(), nullcontext(())):
        if isinstance(event, Epoch):
            epoch = event.epoch
        elif isinstance(event, Saved):
            found = checkpoint.read(options().out)
            assert found.encoder is not None and found.info["history"]["epoch"] == epoch


def test_a_run_that_is_asked_to_stop_saves_after_the_next_batch_and_goes_on_from_there(options):
    happened = stopped_after(options(), lambda event: isinstance(event, Progress) and event.epoch == 2)
    assert kinds(happened) == [Start, *EPOCH, Progress, Saved, Stopped]
    assert happened[-1] == Stopped(step=4, signal=15)
    assert torch.load(options().out / CHECKPOINT, weights_only=True)["step"] == 4
    rest = list(run.events(options(resume=True), nullcontext(())))
    assert kinds(rest) == [Start, Progress, Progress, Epoch, Saved, Saved, Saved, End] and rest[0].seen == 80
    assert [event.images for event in rest if isinstance(event, Progress)] == [40, 60]


@pytest.mark.parametrize(
    ("asks", "then", "step"),
    [
        (lambda event: isinstance(event, Start), [Progress, Saved], 1),
        (lambda event: isinstance(event, Progress) and event.images == 60, EPOCH, 3),
        (lambda event: isinstance(event, Saved), EPOCH, 3),
        (lambda event: isinstance(event, Saved) and checkpoint.read(event.out).info["history"]["epoch"] == 2,
         [*EPOCH, *EPOCH], 6),
    ],
    ids=["before the first batch", "in the last batch of an epoch", "while it is saved", "at the end of the last"],
)  # fmt: skip
def test_whenever_a_run_is_asked_to_stop_it_has_saved_what_it_trained(options, asks, then, step):
    happened = stopped_after(options(), asks)
    assert kinds(happened) == [Start, *then, Stopped] and happened[-1].step == step
    assert torch.load(options().out / CHECKPOINT, weights_only=True)["step"] == step
    assert isinstance(list(run.events(options(resume=True), nullcontext(())))[-1], End)


def test_signals_are_heeded_only_while_a_stop_loses_nothing(options):
    """Before, and while the test images are measured, a signal ends the program at once."""
    steps = []

    @contextmanager
    def heeded():
        steps.append("heeded")
        yield ()
        steps.append("obeyed")

    for event in run.events(options(epochs=1), heeded()):
        steps.append(type(event))
    assert steps == ["heeded", Start, *EPOCH, "obeyed", Saved, Saved, End]


def test_a_disk_that_is_full_ends_the_run_after_the_epoch_and_before_saved(options, monkeypatch):
    def full(parts):
        raise OSError(28, "No space left on device", str(next(iter(parts))))

    monkeypatch.setattr(results.files, "write", full)
    happened, failure = until_failure(run.events(options(), nullcontext(())))
    assert kinds(happened) == [Start, Progress, Progress, Progress, Epoch]
    assert "No space left on device" in str(failure) and f"Nothing in {options().out} has changed" in str(failure)


def test_a_loss_that_is_not_finite_ends_the_run_and_the_last_epoch_stays_saved(options, monkeypatch):
    batch = Trainer._batch

    def break_weights(trainer, x):
        sums = batch(trainer, x)
        if trainer.step == 4:
            trainer.vae.decoder.linear.weight.data[0] = np.inf
        return sums

    monkeypatch.setattr(Trainer, "_batch", break_weights)
    happened, failure = until_failure(run.events(options(), nullcontext(())))
    assert kinds(happened) == [Start, *EPOCH, Progress, Progress] and isinstance(failure, DivergedError)
    assert torch.load(options().out / CHECKPOINT, weights_only=True)["step"] == 3


def test_what_ends_no_run_is_an_event(options, monkeypatch):
    def fail(*_):
        raise RuntimeError("latex could not be found")

    monkeypatch.setattr(results.export, "save_figure", fail)
    monkeypatch.setattr(run.lock, "_lock", lambda _file: False)
    happened = list(run.events(options(), nullcontext(())))
    assert kinds(happened) == [Trouble, Start, *EPOCH, *EPOCH, Saved, Trouble, Saved, End]
    first, second = (event.text for event in happened if isinstance(event, Trouble))
    assert "a disk without locks" in first and "digits.png was not drawn (RuntimeError: latex" in second


def test_a_run_that_is_refused_has_no_events(options):
    options().out.mkdir()
    (options().out / CHECKPOINT).write_text("mine")
    happened, failure = until_failure(run.events(options(), nullcontext(())))
    assert happened == [] and f"holds {CHECKPOINT} already" in str(failure)


def test_a_run_that_nobody_follows_any_more_gives_its_folder_free(options):
    events = run.events(options(), nullcontext(()))
    next(events)
    with pytest.raises(lock.HeldError), lock.held(options().out / run.LOCK):
        pass
    events.close()
    assert not options().out.exists(), "nothing was saved in it"
    again = run.events(options(), nullcontext(()))
    assert isinstance(next(again), run.Start)
    again.close()


def test_events_travel_between_processes_and_are_read_where_there_is_no_torch(tmp_path):
    sent = [
        Progress(1, 20, 3.0, 2.0, 1.0),
        Epoch(1, 3.0, 2.0, 1.0, None, 0.5),
        Saved(tmp_path),
        End(3.0, 2, 1, 2, tmp_path),
    ]
    (tmp_path / "events").write_bytes(pickle.dumps(sent))
    code = (
        "import sys, pickle, pathlib\nsys.modules['torch'] = None\nimport vae_explorer.training.options\n"
        "print(pickle.loads(pathlib.Path(sys.argv[1]).read_bytes()))"
    )
    done = python(code, tmp_path / "events")
    assert done.stdout.strip() == repr(sent), done.stderr
