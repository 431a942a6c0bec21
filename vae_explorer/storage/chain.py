"""The weights of a chain of Linear layers, as most small VAEs of MNIST have. Knows arrays, no files, no activations."""

from dataclasses import dataclass

from vae_explorer.images import Floats

Layer = tuple[Floats, Floats]  # weight (out, in) and bias (out,), as torch.nn.Linear has them
Chain = tuple[Layer, ...]  # the outputs of one layer are the inputs of the next


@dataclass(frozen=True, eq=False)
class ChainEncoder:
    """A chain, and the two layers after it that give mu and logvar; a head that gave log σ has been doubled."""

    trunk: Chain
    mu: Layer
    logvar: Layer
