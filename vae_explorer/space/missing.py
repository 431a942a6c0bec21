"""What a model lacks, in a sentence that says why and what would bring it. Knows the Space; no window."""

from vae_explorer.space.space import Space
from vae_explorer.storage.checkpoint import ATLAS


def told(space: Space, file: str, what: str) -> str:
    """Say that something needs a file, ATLAS or ENCODER, which is `what`; why it is not there, and what writes it."""
    called = f"{file}, {what}" if file == ATLAS or space.codec.source.ours else "an encoder"
    return f"It needs {called}: {space.missing[file]}. {remedy(space, file)}".rstrip()


def remedy(space: Space, file: str) -> str:
    """Say what would bring a file that is missing, as a sentence; empty where nothing does."""
    source = space.codec.source
    if source.ours:
        return "Training writes it."
    if file != ATLAS or source.path is None:
        return ""
    if not space.encodes:
        return "Without an encoder none can be made."
    return "“evaluate --atlas” writes it, from the data."
