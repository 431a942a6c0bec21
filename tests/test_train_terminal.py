"""What a person at a terminal sees of a training: the lines that stay, the bar below them, the hint after Ctrl-C."""

import os
import re
import signal
import sys

import pytest
import torch
from factories import data_folder
from terminal import Screen, pair, terminal

from vae_explorer import train
from vae_explorer.training.events import End, Epoch, Progress, Saved, Start, Stopped, Trouble
from vae_explorer.training.options import Options
from vae_explorer.training.results import CHECKPOINT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no terminals of this kind")
TERMS = r"loss \d+\.\d\d, recon \d+\.\d\d, kl \d+\.\d\d"
LEFT = r"(\d+:)?\d\d:\d\d left"
BAR = rf"epoch \d+/\d+: {TERMS}, (\?|{LEFT}) \|.*\|"
MARK = "\0"  # written last, and shown by no terminal
GREETING = [
    "digits from digits: 300 training images.",
    "2 latent dimensions, 27,941 weights, gaussian likelihood, cpu, 1 thread(s).",
    "Results go to m. Ctrl-C saves and stops.",
]


@pytest.fixture
def training(tmp_path):
    """A training of drawn digits on a terminal; a context of the program and its screen."""
    data_folder(tmp_path / "digits", train=300)
    fixed = ("--data", "digits", "--out", "m", "--batch-size", "5", "--latent-dim", "2", "--device", "cpu")

    def training(*argv, **settings):
        return terminal("-W", "error", "-m", "vae_explorer.train", *fixed, *argv, cwd=tmp_path, **settings)

    return training


def frames(written):
    """Each state of the bar that was ever drawn, however shortly."""
    return [part.rstrip() for part in re.split(r"[\r\n]+", written.decode()) if "|" in part or "left" in part]


def test_80_columns_show_all_of_the_bar_and_a_line_of_each_epoch_stays(training):
    with training("--epochs", "3", "--validation", "30") as tty:
        assert tty.end() == 0
    first, *bars = [part for part in frames(tty.written) if "|" in part]
    assert first.startswith("epoch 1/3, ? left |") and bars
    assert [part for part in bars if not re.fullmatch(BAR, part) or len(part) > 77] == []
    greeting, epochs, rest = tty.screen.shown[:3], tty.screen.shown[3:6], tty.screen.shown[6:]
    assert greeting == [
        GREETING[0].replace("300 training images", "270 training images, 30 kept for validation"),
        *GREETING[1:],
    ]
    for number, line in enumerate(epochs, 1):
        assert re.fullmatch(rf"epoch {number}/3: {TERMS}, validation \d+\.\d\d" + rf", {LEFT}" * (number < 3), line)
    assert re.fullmatch(rf"test {TERMS}; active dimensions: [0-2]", rest[0])  # no bar is left above it
    assert rest[1:] == ["Model, history and picture are in m. To explore it:", "  python gui.py --weights m", ""]


@pytest.mark.parametrize("columns", [80, 0, 120])
def test_after_ctrl_c_nothing_is_drawn_over_the_hint_at_how_to_go_on(training, columns):
    with training("--epochs", "100000", columns=columns) as tty:
        tty.until("epoch 2/100000: loss")
        tty.until("|")
        tty.press(b"\x03")
        assert tty.end() == 130
    assert tty.screen.shown[:3] == GREETING
    bar, empty, stopped, hint, end = tty.screen.shown[-5:]
    assert re.fullmatch(BAR + r"(\^C)?", bar) and bar.endswith("^C")
    assert re.fullmatch(r"Stopped after \d+ steps and saved\. To go on:", stopped)
    assert hint == "  python -m vae_explorer.train --resume --device cpu --data digits --out m"
    assert (empty, end) == ("", "")
    assert max(map(len, frames(tty.written))) <= (columns or 80)


def test_a_terminal_that_is_closed_ends_a_run_that_is_saved(training, tmp_path):
    with training("--epochs", "100000") as tty:
        tty.until("epoch 2/100000: loss")
        tty.close()
        assert tty.program.wait(60) == 128 + signal.SIGHUP
    assert torch.load(tmp_path / "m" / CHECKPOINT, weights_only=True)["step"] >= 60


def test_lines_go_to_a_file_where_stdout_is_one_and_the_bar_stays_on_the_terminal(training, tmp_path):
    with (tmp_path / "log").open("wb") as log, training("--epochs", "2", stdout=log.fileno()) as tty:
        assert tty.end() == 0
    lines = (tmp_path / "log").read_text().splitlines()
    assert lines[:3] == GREETING and [line[:9] for line in lines[3:6]] == ["epoch 1/2", "epoch 2/2", "test loss"]
    assert frames(tty.written) and tty.screen.shown == [""]  # the bar was there and is gone


def test_a_failure_is_told_below_the_bar(training):
    """A limit on the size of files stands for a full disk."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with training("--epochs", "2") as tty:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            assert tty.end() == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    last = tty.written.decode().splitlines()[-1]
    assert last.startswith("python -m vae_explorer.train: m/checkpoint.pt: File too large. Nothing in m has changed")


# --------------------------------------------------------------------------------------------------- event by event


@pytest.fixture
def shown(monkeypatch):
    """A function that shows events on a terminal of so many columns and gives the rows; every Progress is drawn."""

    def shown(columns, *events):
        keyboard, tty = pair(columns)
        with os.fdopen(tty, "w", encoding="utf-8") as stream, monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", stream)
            display = train.Display(Options())
            for event in events:
                display.show(event)
                if isinstance(event, Progress):
                    display.bar.refresh()
            stream.write(MARK)
            stream.flush()
            written = b""
            while not written.endswith(MARK.encode()):  # it comes in pieces
                written += os.read(keyboard, 1 << 16)
            display.close()
        os.close(keyboard)
        screen = Screen(columns)
        screen.write(written.decode().removesuffix(MARK))
        return screen.shown

    return shown


def start(tmp_path, epochs=30, seen=0):
    return Start("MNIST", tmp_path, 60000, 0, epochs, seen, "gaussian", 6, 46765, "cpu", 1, tmp_path)


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(12, 30000, 86.214, 70.931, 15.283), "epoch 12/30: loss 86.21, recon 70.93, kl 15.28, "),
        (
            Progress(12, 30000, 12345.6, 12000.1, 345.5),
            "epoch 12/30: loss 12345.60, recon 12000.10, kl 345.50, ",
        ),
        (Progress(12, 30000, 1.5e30, 1e5, 1e30), "epoch 12/30: loss 1.50e+30, recon 1.00e+05, kl 1.00e+30, "),
    ],
    ids=["usual", "first batches", "about to diverge"],
)
def test_80_columns_have_room_for_figures_of_any_size(shown, tmp_path, progress, said):
    row = shown(80, start(tmp_path), progress)[-1]
    assert row.startswith(said) and len(row) == 77


@pytest.mark.parametrize("columns", [1, 3, 4, 20, 40, 79])
def test_a_narrow_terminal_cuts_the_bar_and_then_the_end_of_its_text_and_keeps_to_one_row(shown, tmp_path, columns):
    progress = [Progress(1, images, 86.214, 70.931, 15.283) for images in (100, 200, 300)]
    before = shown(columns, start(tmp_path))
    after = shown(columns, start(tmp_path), *progress)
    assert len(after) == len(before) and len(after[-1]) <= max(1, columns - 3)
    assert "epoch 1/30: loss 86.21, recon 70.93, kl 15.28, ".startswith(after[-1][:47])


def test_an_epoch_is_said_when_it_is_saved_and_stands_above_the_bar(shown, tmp_path):
    progress, epoch = Progress(1, 60000, 99.0, 80.0, 19.0), Epoch(1, 99.0, 80.0, 19.0, None, 3725.0)
    line = "epoch 1/30: loss 99.00, recon 80.00, kl 19.00, 1:02:05 left"
    assert line not in shown(80, start(tmp_path), progress, epoch)
    assert line in (rows := shown(80, start(tmp_path), progress, epoch, Saved(tmp_path))) and rows[-1].endswith("|")


def test_trouble_stands_above_the_bar_too(shown, tmp_path):
    rows = shown(80, start(tmp_path), Progress(1, 100, 99.0, 80.0, 19.0), Trouble("digits.png was not drawn"))
    assert rows[-2] == "digits.png was not drawn" and rows[-1].startswith("epoch 1/30: ")


def test_a_run_that_goes_on_begins_where_it_stopped(shown, tmp_path):
    for happened in ([], [Progress(16, 64, 99.0, 80.0, 19.0)]):
        text, bar, _ = shown(80, start(tmp_path, seen=15 * 60000), *happened)[-1].split("|")
        assert text.startswith("epoch 16/30") and abs(bar.count("█") - len(bar) / 2) <= 1


@pytest.mark.parametrize("last", [Stopped(7, 2), End(85.0, 70.0, 15.0, 6, Options().out)], ids=["stopped", "ended"])
def test_nothing_is_drawn_after_the_last_event(shown, tmp_path, last):
    rows = shown(80, start(tmp_path), Progress(1, 100, 99.0, 80.0, 19.0), last)
    assert rows[-2].startswith("  python ") and rows[-1] == ""
    assert sum("|" in row for row in rows) == isinstance(last, Stopped)  # where the run stopped stays to be seen
