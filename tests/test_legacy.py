"""State dicts that only torch reads: in a child process that leaves nothing behind, cancelled or not."""

import io
import os
import pickle
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from factories import decoder_state, saved

from vae_explorer.errors import Cancelled, Failure
from vae_explorer.storage import legacy, statedict
from vae_explorer.storage.pickled import StateDictError


def never():
    return False


def older(state):
    """A state dict as a file that only torch reads."""
    return saved(state, _use_new_zipfile_serialization=False)


@pytest.mark.parametrize("options", [{}, {"_use_new_zipfile_serialization": False}], ids=["half", "before torch 1.6"])
def test_torch_reads_a_legacy_file_in_a_child_process(options):
    state = {key: value.half() for key, value in decoder_state(100).items()}  # more than a pipe takes at once
    found = legacy.loads(saved(state, **options), never)
    assert found.keys() == state.keys()
    for key, value in state.items():
        np.testing.assert_array_equal(found[key], value.float().numpy())


def test_a_file_in_the_current_folder_is_not_taken_for_torch_or_numpy(tmp_path, monkeypatch):
    for name in ("numpy", "torch", "pickle", "vae_explorer"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    assert legacy.loads(older(decoder_state()), never).keys() == decoder_state().keys()
    assert not (tmp_path / "ran").exists()


def children():
    """The processes that this one has started and not waited for, zombies included."""
    return {int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def descriptors():
    """How many files and pipes this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def nothing_left():
    """Afterwards there is no more process, zombie or open file than before; gives the processes before."""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("this system does not list processes and open files in /proc")
    processes, files_open = children(), descriptors()
    yield processes
    assert children() == processes and descriptors() == files_open


class Cancel:
    """A person who cancels when a child process is there."""

    def __init__(self, processes):
        self.processes, self.at = processes, None

    def __call__(self):
        if self.at is None and children() != self.processes:
            self.at = time.monotonic() + 0.2
        return self.at is not None and time.monotonic() >= self.at


def test_a_cancel_ends_the_child_process(nothing_left):
    cancel = Cancel(nothing_left)
    with pytest.raises(Cancelled):
        legacy.loads(older(decoder_state()), cancel)
    assert not issubclass(Cancelled, Failure | OSError)  # of which a window would tell


def test_a_child_process_that_takes_too_long_is_ended(nothing_left, monkeypatch):
    monkeypatch.setattr(legacy, "TIMEOUT_S", 0.2)
    with pytest.raises(StateDictError, match=r"torch did not read it within 0\.2 s"):
        legacy.loads(older(decoder_state()), never)
    assert nothing_left == children()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_an_error_while_waiting_leaves_no_process_behind(nothing_left, error):
    def cancelled():
        assert children() != nothing_left
        raise error

    with pytest.raises(error):
        legacy.loads(older(decoder_state()), cancelled)


def test_reading_leaves_nothing_behind(nothing_left):
    assert legacy.loads(older(decoder_state()), never)
    with pytest.raises(StateDictError, match="sparse"):
        legacy.loads(saved({"a": torch.eye(2).to_sparse()}), never)
    assert nothing_left == children()


class Runs:
    """Unpickled by pickle itself, makes a folder."""

    def __init__(self, folder):
        self.folder = str(folder)

    def __reduce__(self):
        return os.mkdir, (self.folder,)


def test_a_pickle_in_an_old_format_that_would_run_a_program_does_not_run_it(tmp_path):
    marker = tmp_path / "ran"
    data = saved({"a": Runs(marker)}, _use_new_zipfile_serialization=False)
    with pytest.raises(StateDictError, match=r"it is a whole module, .* would run \w+\.mkdir\. Nothing of it was run"):
        legacy.loads(data, never)
    assert not marker.exists()
    pickle.loads(pickle.dumps(Runs(marker)))
    assert marker.exists()  # so the pickle was one that does


def resaved(data, monkeypatch):
    """What the child process makes of a file; in this process, since torch takes seconds to import."""
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    legacy.resave()
    return out.getvalue()


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16, torch.int32])
def test_torch_turns_every_type_of_number_into_float32(dtype, monkeypatch):
    state = {"a": torch.linspace(-3, 3, 12, dtype=torch.float64).view(3, 4).t().to(dtype)}
    found = statedict.loads(resaved(saved(state), monkeypatch))
    np.testing.assert_array_equal(found["a"], state["a"].float().numpy())


def test_what_lies_around_the_tensors_is_kept_and_what_is_neither_number_nor_text_is_not(monkeypatch):
    tree = {"epoch": 3, "model": {"a": torch.zeros(2)}, "lr": [0.5, "cosine", None], 7: (torch.Size([1]), True)}
    found = statedict.loads(resaved(saved(tree, _use_new_zipfile_serialization=False), monkeypatch))
    assert found.pop("model")["a"].tolist() == [0, 0]
    assert found == {"epoch": 3, "lr": [0.5, "cosine", None], 7: [[1], True]}


def test_a_parameter_and_a_view_become_plain_tensors(monkeypatch):
    state = {"a": torch.nn.Parameter(torch.arange(3.0)), "b": torch.arange(1_000_000.0)[:3]}
    plain = resaved(saved(state, _use_new_zipfile_serialization=False), monkeypatch)
    found = statedict.loads(plain)
    assert found["a"].tolist() == found["b"].tolist() == [0, 1, 2] and len(plain) < 4000


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([[[]] * 400] * 400, "more parts than is ever needed"),
        ({"a": torch.zeros(1).double().expand(1 << 40)}, "larger than is ever needed"),
        ({"a": torch.zeros(1, dtype=torch.complex64)}, "complex or without values"),
        ({"a": torch.eye(2).to_sparse()}, "sparse, quantized"),
        ({"a": torch.nn.Linear(1, 1)}, r"it is a whole module, .*torch\.nn\.modules\.linear\.Linear"),
        ({"a": Runs("never")}, r"would run \w+\.mkdir"),
    ],
)
def test_a_file_that_torch_reads_but_that_is_no_state_dict_is_refused_in_one_line(value, why, monkeypatch):
    with pytest.raises(SystemExit, match=why) as stop:
        resaved(saved(value, _use_new_zipfile_serialization=False), monkeypatch)
    assert "\n" not in stop.value.code
