"""Writes tests/models/decoder.onnx and encoder.onnx, which the tests open: `python tests/export_onnx.py`.

It needs `pip install onnx onnxscript` beside torch. The weights are the first of torch's generator, so that a test can
make the same networks again.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

FOLDER = Path(__file__).resolve().parent / "models"
SHAPE = 1, 10, 12


class Encoder(nn.Module):
    """x in [0, 1] → mu and logvar."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = nn.Sequential(nn.Flatten(), nn.Linear(120, 8), nn.ReLU())
        self.mu, self.logvar = nn.Linear(8, 2), nn.Linear(8, 2)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        features = self.trunk(x)
        return self.mu(features), self.logvar(features)


def parts() -> tuple[nn.Module, nn.Module]:
    """The decoder, z (N, 2) → pixels (N, 1, 10, 12) in [0, 1], and the encoder."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        inner = nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 120), nn.Sigmoid()
        return nn.Sequential(*inner, nn.Unflatten(1, SHAPE)).eval(), Encoder().eval()


def main() -> None:
    """Write both files."""
    decoder, encoder = parts()
    some = {0: torch.export.Dim("n")}
    for name, network, given, names in (
        ("decoder", decoder, torch.zeros(2, 2), ["x"]),
        ("encoder", encoder, torch.zeros(2, *SHAPE), ["mu", "logvar"]),
    ):
        torch.onnx.export(
            network, (given,), FOLDER / f"{name}.onnx", output_names=names, dynamic_shapes=[some], external_data=False
        )


if __name__ == "__main__":
    main()
