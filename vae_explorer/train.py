"""`python -m vae_explorer.train`: fit a VAE on MNIST and save its files, with progress, stop and resume."""

if __name__ == "__main__":  # before what takes long to import
    from vae_explorer import program

    raise SystemExit(program.train())

import os
import sys
from collections.abc import Sequence
from contextlib import closing

from tqdm import tqdm

from vae_explorer import cli, stops, streams
from vae_explorer.datasets import home
from vae_explorer.training import run
from vae_explorer.training.events import End, Epoch, Event, Progress, Saved, Start, Stopped, Trouble
from vae_explorer.training.options import Options

COMMAND = cli.Command(
    prog="python -m vae_explorer.train",
    description="Fit a convolutional VAE on MNIST and save it for the explorer.",
    epilog="Ctrl-C or SIGTERM saves the run and stops it, --resume goes on. The test images are looked at once, last.\n"
    "The command is installed as vae-explorer-train, too.",
    place=home.told,
)
BAR = "{desc}, {remaining} left |{bar}|"  # what has no room is cut at the end, so the bar comes last
USUAL_COLUMNS = 80  # of a terminal that does not know its width
ECHO_COLUMNS = 3  # left free for the ^C that a terminal writes after the bar, and for the cursor


def train(options: Options) -> int:
    """Run a training from the first or the saved step to the end, and show it; give the exit code."""
    with closing(Display(options)) as display, closing(run.events(options, stops.heeded())) as events:
        for event in events:
            display.show(event)
    return 128 + event.signal if isinstance(event, Stopped) else 0


class Display:
    """Shows the events of a run: what stays as lines on stdout, and on a terminal a bar below them on stderr."""

    def __init__(self, options: Options) -> None:
        """options are those of the command line, which the hint at how to go on repeats."""
        self.options = options
        self.epochs = self.images = 0  # in the run, in an epoch
        self.line = ""  # of an epoch that is over but not yet saved
        self.bar = tqdm(disable=True)

    def show(self, event: Event) -> None:
        """Show what has happened."""
        match event:
            case Start():
                self._say(*_greeting(event))
                self._start(event)
            case Progress():
                self._advance(event)
            case Epoch():
                self.line = _line(event, self.epochs)
            case Saved():
                if self.line:  # only now: who reads of an epoch finds it in the folder
                    self._say(self.line)
                self.line = ""
            case Trouble():
                with tqdm.external_write_mode(sys.stderr):
                    streams.tell(event.text)
            case Stopped():
                self.close()
                self._say(*_hint(event, self.options))
            case End():
                self.bar.leave = False  # the last epoch's line says the same
                self.close()
                self._say(*_summary(event))

    def close(self) -> None:
        """Draw no more. The bar stays where it is, since it shows how far a run came that stopped or failed."""
        self.bar.close()

    def _say(self, *lines: str) -> None:
        """Print lines above the bar."""
        with tqdm.external_write_mode():
            streams.say(*lines)

    def _start(self, start: Start) -> None:
        self.epochs, self.images = start.epochs, start.images
        self.bar = tqdm(
            desc=f"epoch {min(start.seen // start.images + 1, start.epochs)}/{start.epochs}",
            total=start.epochs * start.images,
            initial=start.seen,
            bar_format=BAR,
            ncols=_columns(),
            nrows=24,  # or tqdm would ask the terminal, and hide the bar of one that does not know its size
            disable=None,  # where stderr is no terminal
        )

    def _advance(self, progress: Progress) -> None:
        self.bar.ncols = _columns()
        text = f"epoch {progress.epoch}/{self.epochs}: {_terms(progress)}"
        self.bar.set_description_str(text, refresh=False)
        self.bar.update((progress.epoch - 1) * self.images + progress.images - self.bar.n)


def _columns() -> int:
    """Give the columns that the bar may take, of the terminal as wide as it is now."""
    try:
        width = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):  # no terminal, or no file at all
        width = 0
    return max(1, (width or USUAL_COLUMNS) - ECHO_COLUMNS)


def _greeting(start: Start) -> list[str]:
    kept = f", {start.validation} kept for validation" if start.validation else ""
    return [
        f"{start.data} from {start.folder}: {start.images} training images{kept}.",
        f"{start.latent_dim} latent dimensions, {start.weights:,} weights, {start.likelihood} likelihood, "
        f"{start.device}, {start.threads} thread(s).",
        f"Results go to {start.out}. Ctrl-C saves and stops.",
    ]


def _line(epoch: Epoch, epochs: int) -> str:
    """Give what stays of an epoch; usual figures fit 80 columns, also with validation."""
    held = "" if epoch.validation_loss is None else f", validation {_nats(epoch.validation_loss)}"
    left = f", {tqdm.format_interval(epoch.seconds_left)} left" if epoch.epoch < epochs else ""
    return f"epoch {epoch.epoch}/{epochs}: {_terms(epoch)}{held}{left}"


def _terms(means: Progress | Epoch | End) -> str:
    return f"loss {_nats(means.loss)}, recon {_nats(means.recon)}, kl {_nats(means.kl)}"


def _nats(value: float) -> str:
    """Give a mean in few characters, however large it is."""
    return f"{value:.2f}" if value < 1e5 else f"{value:.2e}"


def _hint(stopped: Stopped, options: Options) -> list[str]:
    """Say how to go on; what is as usual need not be typed again."""
    places = {"--device": options.device, "--data": options.data, "--out": options.out}
    usual = (Options.device, Options.data, Options.out)
    given = [part for pair, was in zip(places.items(), usual, strict=True) if pair[1] != was for part in pair]
    command = f"  {COMMAND.prog} {cli.typed('--resume', *given)}"
    return ["", f"Stopped after {stopped.step} steps and saved. To go on:", command]


def _summary(end: End) -> list[str]:
    return [
        f"test {_terms(end)}; active dimensions: {end.active}",
        f"Model, history and picture are in {end.out}. To explore it:",
        f"  {cli.typed('python', 'gui.py', '--weights', end.out)}",
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(COMMAND, Options, train, argv)
