"""What happens in a run, each thing once: what the command prints and a window shows is made from these alone.

Plain numbers, texts and paths, so that an event can be pickled and read where there is no torch. Loss, recon and kl
are means over images, in nats; an epoch is counted from 1.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Start:
    """The run begins, or goes on: what is trained, on what, and where the results go."""

    data: str
    folder: Path  # of the data
    images: int  # trained on in an epoch
    validation: int  # images kept back
    epochs: int
    seen: int  # images trained on before, over all epochs: 0 unless the run goes on
    likelihood: str
    latent_dim: int
    weights: int
    device: str
    threads: int
    out: Path


@dataclass(frozen=True)
class Progress:
    """A batch is trained: means over the images of this epoch so far."""

    epoch: int
    images: int  # seen in this epoch
    loss: float
    recon: float
    kl: float


@dataclass(frozen=True)
class Epoch:
    """An epoch is over: means over its images, and over the validation images where there are any."""

    epoch: int
    loss: float
    recon: float
    kl: float
    validation_loss: float | None
    seconds_left: float  # until the last epoch ends, at the mean speed of this process


@dataclass(frozen=True)
class Saved:
    """The files in the folder are those of the run as it stands now, and open as a model."""

    out: Path


@dataclass(frozen=True)
class Trouble:
    """Something went wrong that does not end the run; text says what, for a person."""

    text: str


@dataclass(frozen=True)
class Stopped:
    """The run was asked to stop; all that it has trained is saved. Nothing follows."""

    step: int
    signal: int  # the number of the signal that asked


@dataclass(frozen=True)
class End:
    """The run is finished: means over the test images. Nothing follows."""

    loss: float
    recon: float
    kl: float
    active: int  # dimensions whose mu varies over the images
    out: Path


Event = Start | Progress | Epoch | Saved | Trouble | Stopped | End
