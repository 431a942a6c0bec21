"""Files are written whole or not at all."""

import errno
import hashlib
import io
import itertools
import os
import re
import signal
import sys
import threading
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


def test_what_is_written_is_read_back(tmp_path):
    contents = {tmp_path / "one": b"1" * 100_000, tmp_path / "two": b""}
    files.write(contents)
    assert {path: path.read_bytes() for path in contents} == contents
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_no_folder_is_made_for_a_file_whose_name_may_be_mistyped(old):
    with pytest.raises(FileNotFoundError, match=r"no such folder; make it, or choose another: '.*y'$"):
        files.write({old / "a": b"new", old / "x" / "y" / "b": b"new"})
    assert state(old) == dict.fromkeys("abc", b"old")


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


def test_threads_that_write_one_file_leave_it_whole_and_nothing_beside_it(tmp_path):
    path, texts, failed = tmp_path / "a", [bytes([k]) * 300_000 for k in range(4)], []

    def write(text):
        try:
            for _ in range(10):
                files.write({path: text})
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failed and path.read_bytes() in texts and [*tmp_path.iterdir()] == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders, and other links")
def test_a_pipe_a_device_and_a_link_to_itself_are_no_files_to_write(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to("/dev/null")
    (tmp_path / "loop").symlink_to("loop")
    before = {each.name: each.lstat().st_mode for each in tmp_path.iterdir()}
    for name, why in (("pipe", "it is a device or a pipe"), ("null", "it is a device"), ("loop", "symbolic links")):
        with pytest.raises(OSError, match=why):
            files.write({tmp_path / name: b"new"})
    assert {each.name: each.lstat().st_mode for each in tmp_path.iterdir()} == before


@pytest.mark.parametrize("length", [200, 251, 255])
def test_a_name_may_be_as_long_as_the_system_takes_it(tmp_path, length, monkeypatch):
    path = tmp_path / ("é" + "a" * (length - 2))
    left = path.with_name(f"{files._hidden(path)}1-1.part")
    left.write_bytes(b"half")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 87_000)
    files.write({path: b"new"})
    assert path.read_bytes() == b"new" and [*tmp_path.iterdir()] == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_who_could_not_read_a_file_cannot_read_what_replaces_it(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o600)
    files.write({path: b"new"})
    assert path.read_bytes() == b"new" and path.stat().st_mode & 0o777 == 0o600


def test_what_a_kill_left_beside_a_file_goes_with_a_write_a_day_later_and_nothing_else(tmp_path, monkeypatch):
    now, young = time.time(), ".a.b.3.part"
    others = [".a.b.part", ".a.b.x1.part", ".a.b.1.part~", "a.b.1.part", ".a.1.part", ".a_b.1.part", ".a.b.1.new"]
    others.append(".a.b.1-.part")
    for name in [".a.b.1-23.part", ".a.b.99999.part", ".a.b.1-23.old", *others, young]:
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (0, now + 1000 if name == young else now - 1e6))
    files.write({tmp_path / "a.b": b"new"})  # what has its name since a moment is in use, however old it is
    assert {path.name for path in tmp_path.iterdir()} == {
        *others,
        young,
        "a.b",
        ".a.b.1-23.part",
        ".a.b.99999.part",
        ".a.b.1-23.old",
    }
    monkeypatch.setattr(time, "time", lambda: now + 87_000)
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
    with pytest.raises(FileNotFoundError, match=r"b'$"):
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


# -------------------------------------------------------------------------------------------- anything fails, anywhere

NEW = {"b": b"new b", "a": b"new a", "d": b"new d", "c": b"new c"}  # of d there is no old one
OLD = dict.fromkeys(NAMES, b"old")
CALLS = {"open": io, "fsync": os, "mkdir": os, "link": os, "replace": os, "unlink": os, "stat": os, "lstat": os}


class Calls:
    """Counts what is asked of the system about a folder, and lets calls fail.

    fails: which, by their number from 1; done: whether such a call does its work first, as a rename over a network may.
    """

    def __init__(self, monkeypatch, folder, error, fails, done):
        self.count, self.failed = 0, []
        for name, module in CALLS.items():
            monkeypatch.setattr(module, name, self._watched(getattr(module, name), folder, error, fails, done))

    def _watched(self, call, folder, error, fails, done):
        done = done and call is not io.open  # which would leave a file open

        def watched(*args, **named):
            if not isinstance(args[0], int) and str(folder) not in str(args[0]):  # an int is an open file
                return call(*args, **named)
            self.count += 1
            if not fails(self.count):
                return call(*args, **named)
            self.failed.append(call)
            if done:
                call(*args, **named)
            raise error

        return watched


def fresh(folder):
    folder.mkdir()
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    return folder


def attempt(folder, error, fails, done=False):
    """Write NEW over OLD while calls fail; give what is in the folder then, what was raised, and the calls."""
    fresh(folder)
    with pytest.MonkeyPatch.context() as patch:
        calls, raised = Calls(patch, folder, error, fails, done), None
        try:
            files.write({folder / name: data for name, data in NEW.items()})
        except BaseException as caught:
            raised = caught
    found = state(folder)
    beside = [name for name in found if name.startswith(".")]
    assert not beside or os.unlink in calls.failed, "what was written beside the files lies there still"
    return {name: data for name, data in found.items() if name not in beside}, raised, calls


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [OSError(errno.EIO, "I/O error"), PermissionError(), MemoryError()])
def test_whatever_call_fails_all_files_are_new_or_all_are_old(tmp_path, error, done):
    outcomes = set()
    for number in itertools.count(1):
        found, raised, calls = attempt(tmp_path / str(number), error, lambda k, number=number: k == number, done)
        assert found in (OLD, NEW), f"{calls.failed}, {number} of {calls.count}"
        assert raised is None or found == OLD, f"{calls.failed} was told and yet {number} files have changed"
        outcomes.add((raised is None, found == NEW))
        if not calls.failed:
            break
    assert number > 30 and outcomes >= {(False, False), (True, True)}


def test_an_error_that_goes_on_is_told_as_what_it_is(tmp_path):
    """From one call on all fail, as when a disk is pulled out: some files may be new, and that is said."""
    mixed = 0
    for number in itertools.count(1):
        error = OSError(errno.EIO, "I/O error")
        found, raised, calls = attempt(tmp_path / str(number), error, lambda k, number=number: k >= number)
        if not calls.failed:
            break
        assert (found in (OLD, NEW)) or isinstance(raised, files.MixedError)
        mixed += isinstance(raised, files.MixedError)
    assert mixed


def test_an_error_names_a_file_that_is_meant(tmp_path):
    named = 0
    for number in itertools.count(1):
        error = OSError(errno.EIO, "I/O error", "what the system names")
        _, raised, calls = attempt(tmp_path / str(number), error, lambda k, number=number: k == number)
        if raised and calls.failed[0] in (io.open, os.fsync, os.replace):
            assert re.fullmatch(rf"\[Errno 5\] I/O error: '{tmp_path}/{number}/[abcd]'", str(raised)), calls.failed
            named += 1

        if not calls.failed:
            break
    assert named > 10


def test_the_old_is_put_back_where_there_are_no_hard_links(tmp_path, monkeypatch):
    fresh(tmp_path / "x")
    replace = os.replace

    def refused(*_):
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(
        os, "replace", lambda a, b: refused() if str(a).endswith("part") and b.name == "c" else replace(a, b)
    )
    with pytest.raises(PermissionError, match=r"c'$"):
        files.write({tmp_path / "x" / name: data for name, data in NEW.items()})
    assert state(tmp_path / "x") == OLD


def test_a_signal_at_any_line_leaves_all_files_new_or_all_old_and_is_heard(tmp_path):
    class Heard(BaseException):
        pass

    def hear(*_):
        raise Heard

    before, found = {each: signal.signal(each, hear) for each in files.SIGNALS}, []
    try:
        for count in itertools.count(1):
            folder, left = fresh(tmp_path / str(count)), iter(range(count))
            new = {folder / name: NEW[name] for name in "bd"}

            def line(frame, _event, _arg, left=left):
                if frame.f_code.co_filename != files.__file__:
                    return None
                if next(left, None) is None:
                    sys.settrace(None)
                    signal.raise_signal(signal.SIGINT)
                return line

            sys.settrace(line)
            try:
                files.write(new)
                heard = sys.gettrace() is not None
            except Heard:
                heard = True
            finally:
                sys.settrace(None)
            assert heard and state(folder) in (OLD, OLD | {"b": NEW["b"], "d": NEW["d"]}), count
            assert [signal.getsignal(each) for each in files.SIGNALS] == [hear] * len(before), count
            found.append(state(folder) == OLD)
            if next(left, None) is not None:
                break
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert len(found) > 100 and set(found) == {False, True}


def test_a_thread_writes_too(old):
    thread = threading.Thread(target=files.write, args=({old / name: data for name, data in NEW.items()},))
    thread.start()
    thread.join()
    assert state(old) == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="sends no SIGINT to another program")
def test_a_ctrl_c_amid_the_renames_is_heard_when_they_are_done(old):
    interrupted = WRITER.replace("signal.SIGKILL", "signal.SIGINT").replace("> count", "== count + 1")
    done = python(interrupted, old, "os.rename", 1)
    assert done.returncode in (-signal.SIGINT, 130) and "KeyboardInterrupt" in done.stderr
    assert state(old) == {name: b"new " + name.encode() * 50_000 for name in "abc"}


def test_the_hash_is_the_one_that_sha256sum_prints():
    assert files.sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert files.sha256(b"abc") == hashlib.new("sha256", b"abc").hexdigest()


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing yet"])
@pytest.mark.parametrize("link", ["../dotfiles/settings.json", "chain.json"])
def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path, link, there):
    target, linked = tmp_path / "dotfiles" / "settings.json", tmp_path / "config" / "settings.json"
    linked.parent.mkdir()
    target.parent.mkdir()
    linked.symlink_to(link)
    (linked.parent / "chain.json").symlink_to(target)
    if there:
        target.write_text("old")
    files.write({linked: b"new", tmp_path / "plain": b"too"})
    assert linked.is_symlink() and str(linked.readlink()) == link and target.read_bytes() == b"new"
    assert sorted(path.name for path in target.parent.iterdir()) == ["settings.json"]
    assert sorted(path.name for path in linked.parent.iterdir()) == ["chain.json", "settings.json"]
