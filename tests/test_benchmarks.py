"""Every benchmark runs, in few rounds, and gives its ratios; how large they are is asserted nowhere."""

import os

import pytest
from factories import python

from benchmarks.__main__ import ONE_THREAD, PARTS
from vae_explorer.datasets import mnist

CODE = """
import importlib, sys
part = importlib.import_module("benchmarks." + sys.argv[1])
for name, few in {"ROUNDS": 2, "CHANGES": 2, "IMAGES": 256, "PHOTOS": 5, "DIGITS": 6, "STROKES": 12}.items():
    if hasattr(part, name):
        setattr(part, name, few)
print(part.report())
"""


MNIST = pytest.mark.skipif(not os.environ.get(mnist.VARIABLE), reason=f"needs MNIST, where {mnist.VARIABLE} names it")
NEED_MNIST = "handles", "inking", "closing", "preparing", "samples"
ALL = [pytest.param(part, marks=MNIST) if part in NEED_MNIST else part for part in PARTS]


@pytest.mark.parametrize("part", ALL)
def test_a_benchmark_runs_and_gives_its_ratios(part, monkeypatch):
    for name, count in ONE_THREAD.items():
        monkeypatch.setitem(os.environ, name, count)
    done = python(CODE, part)
    assert done.returncode == 0 and ("must be" in done.stdout or "times as fast" in done.stdout), done.stderr
