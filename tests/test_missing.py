"""What is said of a file that a model lacks: why, and what would bring it, of models of each kind."""

from pathlib import Path

import pytest
from factories import MadeUp, vivid_folder

from vae_explorer.codecs.codec import Codec
from vae_explorer.space import missing
from vae_explorer.space.space import Space
from vae_explorer.storage.checkpoint import ATLAS, ENCODER, INFO
from vae_explorer.storage.source import Source

WHY = dict.fromkeys((ATLAS, ENCODER, INFO), "there is none")


def lacking(path: Path | None, encodes: bool) -> Space:
    """A model that is not ours, from a file or as code, with an encoder or none, and without an atlas."""
    parts = MadeUp((1, 20, 20), 3)
    source = Source(path=path, called="mine", sha256="1" * 64, missing=WHY)
    return Space(Codec(source, parts, parts if encodes else None))


@pytest.mark.parametrize(
    ("path", "encodes", "next_step"),
    [
        (Path("vae.pth"), True, "“evaluate --atlas” writes it, from the data."),
        (Path("vae.pth"), False, "Without an encoder none can be made."),
        (None, True, ""),
    ],
)
def test_the_atlas_of_a_model_from_elsewhere(path, encodes, next_step):
    told = missing.told(lacking(path, encodes), ATLAS, "the encoded pictures")
    assert told == f"It needs atlas.npz, the encoded pictures: there is none. {next_step}".rstrip()


def test_the_encoder_of_a_model_from_elsewhere_is_no_file_of_ours():
    assert (
        missing.told(lacking(Path("vae.pth"), False), ENCODER, "the encoder") == "It needs an encoder: there is none."
    )


def test_training_writes_what_our_own_model_lacks(tmp_path):
    folder = vivid_folder(tmp_path / "m")
    (folder / ENCODER).unlink()
    space = Space.open(folder)
    for file in (ATLAS, ENCODER):
        assert missing.told(space, file, "it").endswith("Training writes it.")
