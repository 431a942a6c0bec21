"""A lock keeps others out as long as its process lives, and leaves nothing behind."""

import errno
import os
import signal
import subprocess
import sys

import pytest
from factories import ROOT, python

from vae_explorer import lock

HOLDER = """
import sys, time
from pathlib import Path
from vae_explorer import lock
with lock.held(Path(sys.argv[1])) as locked:
    print(locked, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".lock"


@pytest.fixture
def holder(path):
    """Another process that has the lock."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=-1, text=True, env=environment) as process:
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def test_a_lock_that_is_held_is_refused_until_it_is_given_back_and_nothing_is_left(path):
    for _ in range(2):
        with lock.held(path) as locked:
            assert locked
            with pytest.raises(lock.HeldError) as caught, lock.held(path):
                pass
            assert caught.value.pid == str(os.getpid())
        assert not path.exists()


def test_an_error_gives_it_back(path):
    with pytest.raises(KeyboardInterrupt), lock.held(path):
        raise KeyboardInterrupt
    assert not path.exists()


def test_it_is_told_which_process_has_it(path, holder):
    with pytest.raises(lock.HeldError) as caught, lock.held(path):
        pass
    assert caught.value.pid == str(holder.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_it_dies_with_its_process_and_what_that_left_is_used_again(path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert path.read_text() == str(holder.pid)
    with lock.held(path) as locked:
        assert locked and path.read_text() == str(os.getpid())
    assert not path.exists()


def test_a_file_that_was_removed_meanwhile_is_not_taken_for_the_lock(path, monkeypatch):
    """As when its holder ends between our open and our lock, and a third process makes the file anew."""
    locks, third = lock._lock, []

    def removed(file):
        if not third:
            path.unlink()
            third.append(os.open(path, os.O_RDWR | os.O_CREAT))
            locks(third[0])
        return locks(file)

    monkeypatch.setattr(lock, "_lock", removed)
    with pytest.raises(lock.HeldError), lock.held(path):
        pass
    os.close(third[0])


@pytest.mark.parametrize("text", ["", "x" * 99, "\x1b[31m", "12 34"])
def test_what_is_no_number_is_not_told(path, text):
    with lock.held(path):
        path.write_text(text)
        with pytest.raises(lock.HeldError) as caught, lock.held(path):
            pass
    assert caught.value.pid == ""


@pytest.mark.skipif(sys.platform == "win32", reason="has no fcntl")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_without_locks_keeps_nobody_out_and_that_is_told(path, monkeypatch, number):
    import fcntl

    def flock(*_):
        raise OSError(number, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    with lock.held(path) as first, lock.held(path) as second:
        assert (first, second) == (False, False)
    assert not path.exists()


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="follows links")
def test_a_link_in_its_place_is_refused_and_what_it_leads_to_is_left_alone(path, tmp_path):
    (tmp_path / "mine").write_text("mine")
    path.symlink_to(tmp_path / "mine")
    with pytest.raises(OSError, match=r"\.lock"), lock.held(path):
        pass
    assert (tmp_path / "mine").read_text() == "mine"


def test_of_many_at_once_one_has_it(path):
    """Each adds to a number in a file as often as it gets the lock; none is lost."""
    adding = """
import sys, time
from pathlib import Path
from vae_explorer import lock
path, count = Path(sys.argv[1]), Path(sys.argv[2])
done = 0
while done < 100:
    try:
        with lock.held(path):
            number = int(count.read_text())
            count.write_text(f"{number + 1}")
            done += 1
    except lock.HeldError:
        time.sleep(0)
"""
    count = path.with_name("count")
    count.write_text("0")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-c", adding, str(path), str(count)]
    processes = [subprocess.Popen(line, env=environment) for _ in range(4)]
    assert [each.wait(timeout=120) for each in processes] == [0] * 4
    assert count.read_text() == "400" and not path.exists()


def test_a_child_does_not_keep_it(path):
    """A process that was started meanwhile outlives its parent here."""
    code = """
import subprocess, sys, os
from pathlib import Path
from vae_explorer import lock
with lock.held(Path(sys.argv[1])):
    nowhere = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(10)"], **nowhere)
    os._exit(0)
"""
    assert python(code, path).returncode == 0
    with lock.held(path) as locked:
        assert locked
