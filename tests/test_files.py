"""Files are written whole or not at all."""

import hashlib
import os
import signal
import sys
import time

import pytest
from factories import python

from vae_explorer import files

# Writes "new" over the files named; an audit hook, which sees each rename before it happens, is the witness.
WRITER = """
import os, signal, sys
from pathlib import Path
from vae_explorer import files
folder, event, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seen = []
def hook(name, args):
    if name == "os.rename":
        print("rename", Path(args[1]).name)
    if name == event and str(args[0]).endswith(".part"):
        seen.append(name)
        if len(seen) > count:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
files.write({folder / name: b"new " + name.encode() * 50_000 for name in ("b", "a", "c")})
"""
NAMES = ("b", "a", "c")  # the order given, which is not the alphabet's


@pytest.fixture
def old(tmp_path):
    for name in NAMES:
        (tmp_path / name).write_text("old")
    return tmp_path


def state(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_is_written_is_read_back_and_missing_folders_are_made(tmp_path):
    contents = {tmp_path / "x" / "y" / "one": b"1" * 100_000, tmp_path / "two": b""}
    files.write(contents)
    assert {path: path.read_bytes() for path in contents} == contents
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["one", "two"]


def test_files_appear_in_the_order_given(old):
    done = python(WRITER, old, "none", 0)
    assert done.stdout.split("\n")[:-1] == [f"rename {name}" for name in NAMES], done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize(
    ("event", "count", "new"),
    [("open", 0, ""), ("open", 2, ""), ("os.rename", 0, ""), ("os.rename", 1, "b"), ("os.rename", 2, "ba")],
)
def test_a_kill_leaves_every_file_whole_the_old_one_or_the_new(old, event, count, new):
    done = python(WRITER, old, event, count)
    assert done.returncode == -signal.SIGKILL, done.stderr
    for name in NAMES:
        text = (old / name).read_bytes()
        assert text == (b"new " + name.encode() * 50_000 if name in new else b"old"), name


def test_what_a_kill_left_beside_a_file_goes_with_a_write_a_day_later_and_nothing_else(tmp_path):
    young, others = (
        ".a.b.3.part",
        [".a.b.part", ".a.b.x1.part", ".a.b.1.part~", "a.b.1.part", ".a.1.part", ".a_b.1.part"],
    )
    for name in [".a.b.1.part", ".a.b.99999.part", *others, young]:
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (0, time.time() - (86_000 if name == young else 87_000)))
    files.write({tmp_path / "a.b": b"new"})
    assert {path.name for path in tmp_path.iterdir()} == {"a.b", young, *others}


def test_a_folder_in_the_place_of_the_second_file_leaves_the_first_as_it_was(old):
    (old / "a").unlink()
    (old / "a" / "inside").mkdir(parents=True)
    with pytest.raises(IsADirectoryError, match=r"a'$"):
        files.write({old / name: b"new" for name in NAMES})
    left = {path.name: path.is_dir() or path.read_text() for path in old.iterdir()}
    assert left == {"a": True, "b": "old", "c": "old"}


def test_a_file_in_the_place_of_a_folder_is_told_by_its_own_name(old):
    with pytest.raises(FileExistsError, match=r"b'$"):
        files.write({old / "a": b"new", old / "b" / "x": b"new"})
    assert state(old) == dict.fromkeys("abc", b"old")


@pytest.mark.skipif(sys.platform == "win32", reason="has no resource limits")
def test_a_full_disk_leaves_what_was_there_and_no_part(old):
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
    small_first = WRITER.replace("name.encode() * 50_000", 'name.encode() * (50_000 if name == "a" else 5)')
    done = python(full + small_first, old, "none", 0)
    assert "OSError: [Errno 27]" in done.stderr and "rename" not in done.stdout
    assert done.stderr.endswith(f"{str(old / 'a')!r}\n"), "it is told which file"
    assert state(old) == dict.fromkeys("abc", b"old")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused_and_nothing_changes(old):
    old.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            files.write({old / "a": b"new"})
    finally:
        old.chmod(0o700)
    assert state(old) == dict.fromkeys("abc", b"old")


def test_the_hash_is_the_one_that_sha256sum_prints():
    assert files.sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert files.sha256(b"abc") == hashlib.new("sha256", b"abc").hexdigest()
