"""A judge: a small classifier that says which digit a picture shows, so that nothing is judged by what made it.

It is trained here on MNIST's training images and on nothing else; no part of the program uses it. `python -m
benchmarks.judge` trains it again (some minutes on one core) and writes its weights beside this file. It was shaped on
training images held back; the test images are read in `preparing`, which tells how many it names right.
"""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import affine_grid, avg_pool2d, cross_entropy, grid_sample

from vae_explorer.datasets import mnist
from vae_explorer.images import Floats, Pixels, to_unit

WEIGHTS = Path(__file__).with_name("judge.npz")  # float16: 98 kB
EPOCHS, BATCH, RATE = 14, 128, 4e-3
HELD_BACK = 5000  # training images, the last ones, that tell how well it does without a look at the test images
CHUNK = 500


class Judge(nn.Sequential):
    """Pictures (N, 1, 28, 28) in [-1, 1] to a logit for each of ten digits, (N, 10); 76,000 weights."""

    def __init__(self) -> None:
        super().__init__(
            *_layer(1, 16), *_layer(16, 16), nn.MaxPool2d(2),
            *_layer(16, 32), *_layer(32, 32), nn.MaxPool2d(2),
            *_layer(32, 64), nn.MaxPool2d(2, padding=1), nn.Flatten(),
            nn.Dropout(0.3), nn.Linear(64 * 4 * 4, 10),
        )  # fmt: skip


def _layer(wide: int, out: int) -> tuple[nn.Module, ...]:
    return nn.Conv2d(wide, out, 3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU()


def names(images: Pixels) -> Pixels:
    """Name the digit of each picture, (N, 28, 28) uint8, white ink on black: labels 0…9, (N,) uint8."""
    return chances(images).argmax(1).astype(np.uint8)


def chances(images: Pixels) -> Floats:
    """How likely each digit is in each picture, (N, 28, 28) uint8, white ink on black: (N, 10), which sum to 1."""
    x = torch.from_numpy(to_unit(np.asarray(images))[:, None])
    with torch.inference_mode():
        found = [_judge()(x[i : i + CHUNK]).softmax(1) for i in range(0, len(x), CHUNK)]
    return torch.cat([torch.empty(0, 10), *found]).numpy()


@cache
def _judge() -> Judge:
    judge = Judge()
    with np.load(WEIGHTS) as arrays:
        state = {key: torch.from_numpy(arrays[key].astype(np.float32)) for key in arrays.files}
    missing, _ = judge.load_state_dict(state, strict=False)
    assert all(key.endswith("num_batches_tracked") for key in missing), missing
    return judge.eval()


def train(images: Pixels, labels: Pixels, seed: int = 0) -> Judge:
    """Train a judge on pictures (N, 28, 28) and labels (N,), each time moved, stretched and blurred a little."""
    torch.manual_seed(seed)
    judge, x, y = Judge(), torch.from_numpy(to_unit(images)[:, None]), torch.from_numpy(labels.astype(np.int64))
    steps = EPOCHS * (len(x) // BATCH)
    optimizer = torch.optim.AdamW(judge.parameters(), RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps, pct_start=0.2)
    for epoch in range(EPOCHS):
        for batch in torch.randperm(len(x))[: len(x) // BATCH * BATCH].split(BATCH):
            loss = cross_entropy(judge(_varied(x[batch])), y[batch], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {loss.item():.3f}", flush=True)
    return judge.eval()


def _varied(x: Tensor) -> Tensor:
    """Pictures (B, 1, 28, 28) as another hand or camera would give them."""
    n = len(x)
    turn, lean = (torch.rand(2, n) * 2 - 1) * torch.tensor([[0.25], [0.2]])
    wide, high = 1 + (torch.rand(2, n) * 2 - 1) * 0.12
    move = (torch.rand(n, 2, 1) * 2 - 1) * 2 / 14  # ± 2 pixels
    cos, sin = turn.cos(), turn.sin()
    rows = torch.stack([cos * wide, -sin + lean, sin, cos * high], 1).view(n, 2, 2)
    grid = affine_grid(torch.cat([rows, move], 2), list(x.shape), align_corners=False)
    moved = grid_sample(x + 1, grid, align_corners=False)  # what comes in from outside is black
    soft = avg_pool2d(moved, 3, 1, 1)
    share = torch.rand(n, 1, 1, 1).square() * 0.8
    gain = 1 + (torch.rand(n, 1, 1, 1) - 0.5) * 0.5
    return ((moved * (1 - share) + soft * share) * gain).clamp(0, 2) - 1


def main() -> None:
    """Train the judge on the training images but those held back, tell how it does on these, and write it."""
    data = mnist.load().train
    judge = train(data.images[:-HELD_BACK], data.labels[:-HELD_BACK])
    arrays = {key: value.numpy().astype(np.float16) for key, value in judge.state_dict().items() if value.ndim}
    np.savez(WEIGHTS, **arrays)
    right = np.mean(names(data.images[-HELD_BACK:]) == data.labels[-HELD_BACK:])
    print(f"{100 * right:.2f} % of {HELD_BACK} training images held back named right; written {WEIGHTS}")


if __name__ == "__main__":
    main()
