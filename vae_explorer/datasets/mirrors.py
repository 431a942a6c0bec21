"""The four files of MNIST on the web: their names, their hashes, and where they are downloaded from.

Knows no folders but the one that it is given, and nothing of what is in the files.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from vae_explorer.datasets import download
from vae_explorer.errors import Cancelled

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
TEST = "t10k"  # how the names of the files of the test images begin
NAME = "mnist"  # of the data set whose files have these hashes
DOWNLOAD_BYTES = 11_594_722
DOWNLOAD_SIZE = f"{DOWNLOAD_BYTES / 1e6:.1f} MB"


class Official(NamedTuple):
    """The sha256 of a file of MNIST: as it is downloaded, and unpacked."""

    packed: str
    unpacked: str


OFFICIAL = {
    "train-images-idx3-ubyte": Official(
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    "train-labels-idx1-ubyte": Official(
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    "t10k-images-idx3-ubyte": Official(
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    "t10k-labels-idx1-ubyte": Official(
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
}


def fetch(folder: Path, tell: Callable[[float], None], cancelled: Callable[[], bool] = lambda: False) -> list[str]:
    """Download MNIST into a folder from the first mirror that has it whole; give [] then, else why each mirror failed.

    pooch gives a file its name only when all of it is there and its hash is right. What one mirror sent
    so far is kept for the next. tell: called with the share of all bytes that is there, at the end 1. Raises Cancelled
    when cancelled() is true as bytes come.
    """
    import pooch  # 0.1 s: only for who needs it

    pooch.get_logger().setLevel("WARNING")  # else it announces every file again
    reasons: list[str] = []
    for mirror in MIRRORS:
        try:
            _fetch_from(mirror, folder, tell, cancelled)
        except OSError as error:  # the network's too: requests derives its errors from it
            reasons.append(f"{mirror}: {error.strerror or str(error)[:300]}")
        except ValueError:
            reasons.append(f"{mirror}: it sent something else (the sha256 differs)")
        else:
            tell(1.0)
            return []
    return reasons


def _fetch_from(mirror: str, folder: Path, tell: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
    """Download what is not there yet. Raises ValueError for a wrong hash, OSError, Cancelled."""
    import pooch

    done = 0
    for name, official in OFFICIAL.items():
        file, came = f"{name}.gz", partial(_came, tell, cancelled, done)
        downloader = partial(download.fetch, came=came)
        pooch.retrieve(f"{mirror}{file}", official.packed, file, folder, downloader=downloader)
        done += (folder / file).stat().st_size


def _came(tell: Callable[[float], None], cancelled: Callable[[], bool], done: int, size: int) -> None:
    """So many bytes of a file have come, after those of the files that are done."""
    if cancelled():
        raise Cancelled
    tell(min(1.0, (done + size) / DOWNLOAD_BYTES))
