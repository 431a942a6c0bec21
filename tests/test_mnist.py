"""Data sets are small idx files written here; mirrors are a server on this machine. Nothing leaves it."""

import _thread
import contextlib
import gzip
import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pooch
import pytest
from conftest import PATIENCE_S
from factories import ROOT, idx_file

from vae_explorer.datasets import download, mirrors, mnist
from vae_explorer.errors import Cancelled

REAL = os.environ.get(mnist.VARIABLE) and Path(os.environ[mnist.VARIABLE]).resolve()  # tests go elsewhere
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = mirrors.OFFICIAL


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder, with an empty cache and nothing in the environment."""
    monkeypatch.delenv(mnist.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "*")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(mirrors, "MIRRORS", ())


def small(seed: int = 0) -> dict[str, bytes]:
    """Give the four files of a data set of 12 and 7 images, unpacked, by official name."""
    rng = np.random.default_rng(seed)
    contents = {}
    for n, images, labels in ((12, TRAIN_IMAGES, TRAIN_LABELS), (7, TEST_IMAGES, TEST_LABELS)):
        contents[images] = idx_file(rng.integers(0, 256, (n, 28, 28)))
        contents[labels] = idx_file(np.arange(n) % 10)
    return contents


def write(folder: Path, contents: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def swapped(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Each file of images with the name of that of its labels, and the other way round."""
    return {
        name: contents[other] for name, other in zip(contents, (*[*contents][1::-1], *[*contents][:1:-1]), strict=True)
    }


def packed(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in contents.items()}


def dotted(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {name.replace("-idx", ".idx"): content for name, content in contents.items()}


# Reading


@pytest.mark.parametrize(
    "form",
    [dict, packed, dotted, lambda c: packed(dotted(c)), lambda c: {f"{name}.gz": c[name] for name in c}, swapped],
    ids=["plain", "gz", "dotted", "dotted gz", "unpacked but still named gz", "images called labels"],
)
def test_every_form_of_the_files_reads_as_the_same_arrays(tmp_path, form):
    contents = small()
    found = mnist.load(write(tmp_path / "set", form(contents)))
    for split, images, labels in (
        (found.train, TRAIN_IMAGES, TRAIN_LABELS),
        (found.test, TEST_IMAGES, TEST_LABELS),
    ):
        assert split.images.dtype == split.labels.dtype == np.uint8
        assert split.images.shape == (len(split.labels), 28, 28)
        assert split.images.tobytes() == contents[images][16:]
        assert split.labels.tobytes() == contents[labels][8:]
    assert found.hashes == {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def test_a_folder_named_as_a_file_is_passed_over_for_the_file(tmp_path):
    """Kaggle's archive has both."""
    folder = write(tmp_path / "set", dotted(small()))
    (folder / TRAIN_IMAGES).mkdir()
    assert len(mnist.load(folder).train.labels) == 12


def test_other_hashes_are_another_data_set_called_after_its_folder(tmp_path):
    found = mnist.load(write(tmp_path / "fashion", small()))
    assert found.name == "fashion"
    assert mnist.load(write(tmp_path / "MNIST", small())).name == "MNIST (not MNIST)"
    assert mnist.load(write(tmp_path / "FashionMNIST" / "raw", small())).name == "FashionMNIST"
    assert mnist.load(write(tmp_path / "a\x1b\n\u202eb", small())).name == "a? ?b"


def test_only_four_right_hashes_are_called_mnist(tmp_path, monkeypatch):
    contents = official(monkeypatch, small())
    assert mnist.load(write(tmp_path / "a", contents)).name == "mnist"
    contents[TEST_LABELS] = small()[TEST_LABELS][:-1] + b"\x09"
    assert mnist.load(write(tmp_path / "b", contents)).name == "b"


def test_classes_go_to_the_largest_label_of_either_split(tmp_path):
    contents = small()
    assert mnist.load(write(tmp_path, contents)).class_names == tuple("0123456789")
    contents[TEST_LABELS] = idx_file(np.array([1, 2, 3, 4, 5, 6, 25]))
    names = mnist.load(write(tmp_path, contents)).class_names
    assert (len(names), names[-1]) == (26, "25")


@pytest.mark.skipif(not REAL, reason=f"needs MNIST itself, in the folder that {mnist.VARIABLE} names")
def test_mnist_itself_reads_whole():
    found = mnist.load(REAL)
    assert found.name == "mnist"
    assert found.class_names == tuple("0123456789")
    assert (len(found.train.images), len(found.test.images)) == (60_000, 10_000)
    assert np.bincount(found.test.labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert round(float(found.train.images.mean()), 2) == 33.32


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (idx_file(np.arange(11)), f"expected 12 labels, one for each image of {TRAIN_IMAGES}, found 11"),
        (idx_file(np.arange(13)), "expected 12 labels, .*, found 13"),
        (small()[TRAIN_IMAGES], r"an idx file of labels \(magic number 2049\), found the magic number 2051"),
    ],
    ids=["too few", "too many", "images"],
)
def test_bad_labels_are_named_with_what_was_expected_and_found(tmp_path, labels, said):
    write(tmp_path, {**small(), TRAIN_LABELS: labels})
    with pytest.raises(mnist.DataError, match=said) as caught:
        mnist.load(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / TRAIN_LABELS} cannot be used: ")


# Finding


def test_the_folder_given_then_that_of_the_variable_then_data_then_the_cache_is_searched(tmp_path, monkeypatch):
    given, named, here = tmp_path / "given", tmp_path / "named", Path("data")
    for folder in (given, named, here, mnist.cache()):
        write(folder / "MNIST" / "raw", packed(small()))
        write(folder, small())
    monkeypatch.setenv(mnist.VARIABLE, str(named))
    assert mnist.find(given).place == given
    (given / TRAIN_LABELS).unlink()
    assert mnist.find(given).place == given / "MNIST" / "raw"
    assert mnist.find().place == named
    (named / TRAIN_LABELS).unlink()
    assert mnist.find().place == named / "MNIST" / "raw"
    monkeypatch.setenv(mnist.VARIABLE, "")
    assert mnist.find().place == here
    (here / TRAIN_LABELS).unlink()
    assert mnist.find().place == here / "MNIST" / "raw"
    (here / "MNIST" / "raw" / f"{TEST_IMAGES}.gz").unlink()
    assert mnist.find().place == mnist.cache()
    (mnist.cache() / TRAIN_LABELS).unlink()
    (mnist.cache() / "MNIST" / "raw" / f"{TRAIN_LABELS}.gz").unlink()
    assert mnist.find() is None


def test_the_folder_of_the_variable_may_begin_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write(tmp_path / "mnist", small())
    monkeypatch.setenv(mnist.VARIABLE, "~/mnist")
    assert mnist.find().place == tmp_path / "mnist"


@pytest.mark.parametrize("way", ["argument", "variable"])
def test_a_named_folder_without_the_files_is_an_error_though_others_have_them(tmp_path, monkeypatch, way):
    write(Path("data"), small())
    write(mnist.cache(), small())
    named = tmp_path / "named"
    argument = named if way == "argument" else None
    if way == "variable":
        monkeypatch.setenv(mnist.VARIABLE, str(named))
    for prepare, found in (
        (lambda: None, "found no such folder or file"),
        (lambda: named.write_bytes(b"%PDF"), r"found none of them, but named \(a PDF\)"),
        (lambda: named.unlink() or named.mkdir(), "found none of them"),
        ((named / "notes").touch, r"found none of them, but notes \(an empty file\)"),
        (
            lambda: (named / TRAIN_IMAGES).symlink_to("nowhere"),
            rf"found none of them, but notes \(an empty file\), {TRAIN_IMAGES} \(a link that leads nowhere\)",
        ),
        ((named / TRAIN_IMAGES).unlink, r"found none of them, but notes \(an empty file\)"),
        (
            lambda: write(named, {TEST_LABELS: small()[TEST_LABELS]}),
            f"found {TEST_LABELS}, and no training images and no training labels and no test images",
        ),
    ):
        prepare()
        for work in (mnist.find, mnist.load):
            with pytest.raises(mnist.DataError, match=rf"{found}\.$") as caught:
                work(argument)
            assert str(caught.value).startswith(str(named))
            assert (mnist.VARIABLE in str(caught.value)) == (way == "variable")


def test_importing_the_module_loads_neither_torch_nor_a_downloader_nor_tkinter():
    code = "import sys, vae_explorer.datasets.mnist; print([n for n in sys.argv[1:] if n in sys.modules])"
    unwanted = ["torch", "pooch", "tqdm", "requests", "tkinter"]
    root = ROOT
    command = [sys.executable, "-c", code, *unwanted]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


# Fetching


def official(monkeypatch: pytest.MonkeyPatch, contents: dict[str, bytes]) -> dict[str, bytes]:
    """Let these files be MNIST for a test, so that a download of them is the right one."""
    hashes = {}
    for name, content in contents.items():
        both = (gzip.compress(content, mtime=0), content)
        hashes[name] = mirrors.Official(*(hashlib.sha256(each).hexdigest() for each in both))
    monkeypatch.setattr(mirrors, "OFFICIAL", hashes)
    return contents


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Two mirrors on this machine: `first` and `second` map a file's name to bytes or to what answers for it.

    That is a function of the handler. `asked` lists the paths that were asked for; `good` is what MNIST is.
    """
    good = packed(official(monkeypatch, small()))
    state = SimpleNamespace(first=dict(good), second=dict(good), good=good, asked=[])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            _, mirror, name = self.path.split("/")
            answer = getattr(state, mirror).get(name)
            if answer is None:
                self.send_error(404)
            elif callable(answer):
                answer(self)
            else:
                respond(self, len(answer), answer)

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # so that closing it waits for its threads
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    root = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setattr(mirrors, "MIRRORS", (f"{root}/first/", f"{root}/second/"))
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def respond(handler: BaseHTTPRequestHandler, length: int, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()
    handler.wfile.write(body)


def left_in_cache() -> list[str]:
    return sorted(path.name for path in mnist.cache().iterdir()) if mnist.cache().exists() else []


def test_mnist_is_downloaded_once_where_it_is_nowhere_and_announced_before(web, capsys):
    said = []
    found = mnist.load(say=lambda text: said.append((text, list(web.asked))))
    assert found.name == "mnist"
    assert found.folder == mnist.cache()
    assert said == [(f"MNIST is not on this machine yet: downloading 11.6 MB to {mnist.cache()}.", [])]
    assert web.asked == [f"/first/{name}" for name in web.good]
    assert left_in_cache() == sorted(web.good)
    mnist.load(say=said.append)
    assert (len(said), len(web.asked)) == (1, 4)
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("web")
def test_the_announcement_goes_to_stderr_unless_told_otherwise(capsys, caplog):
    logger = pooch.get_logger()
    logger.addHandler(caplog.handler)
    mnist.load()
    logger.removeHandler(caplog.handler)
    out, err = capsys.readouterr()
    assert caplog.text == ""  # pooch itself would announce every file
    assert out == ""
    assert err.startswith("MNIST is not on this machine yet: downloading 11.6 MB to ")
    assert "100%" in err  # the bar


def test_a_download_tells_how_far_it_is_up_to_the_end(web, monkeypatch):
    monkeypatch.setattr(mirrors, "DOWNLOAD_BYTES", sum(map(len, web.good.values())))
    monkeypatch.setattr(download, "CHUNK_BYTES", 1000)
    told = []
    assert mnist.fetch(told.append) == mnist.cache()
    assert told == sorted(told) and 0 < told[0] < 0.2 and told[-1] == 1 and len({*told}) > 5
    assert left_in_cache() == sorted(web.good)
    told.clear()
    mnist.fetch(told.append)
    assert told == [1], "what is there is not fetched again"


def test_a_download_that_is_cancelled_leaves_whole_files_only_and_goes_on_with_the_rest(web):
    asked = []

    def cancelled():
        asked.append(left_in_cache())
        return f"{TRAIN_IMAGES}.gz" in asked[-1]

    with pytest.raises(Cancelled):
        mnist.fetch(lambda _: None, cancelled)
    assert left_in_cache() == [f"{TRAIN_IMAGES}.gz"] and mnist.find() is None
    web.asked.clear()
    mnist.fetch(lambda _: None)
    assert web.asked == [f"/first/{name}" for name in [*web.good][1:]]


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    respond(handler, 10_000, b"\x1f\x8b")
    handler.close_connection = True


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Zeros until the client leaves."""
    with contextlib.suppress(ConnectionError):
        respond(handler, 1 << 40, b"\x1f\x8b")
        while True:
            handler.wfile.write(bytes(1 << 16))


def trickling(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then until the client leaves."""
    with contextlib.suppress(ConnectionError):
        respond(handler, 1 << 20, b"\x1f\x8b")
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.02)


PACKED = packed(small())[f"{TEST_LABELS}.gz"]
FAULTS = {
    "404": (None, "404"),
    "web page": (b"<html>parked</html>", "the sha256 differs"),
    "flipped bit": (PACKED[:-8] + bytes([PACKED[-8] ^ 1]) + PACKED[-7:], "the sha256 differs"),
    "connection lost": (cut_short, "IncompleteRead"),
    "gigabytes": (endless, "it sends more than 16 MB"),
    "a byte now and then": (trickling, r"it takes longer than 0.3 s"),
    "a silence": (lambda _: time.sleep(0.5), "timed out"),
}


@pytest.mark.parametrize("fault", [fault for fault, _ in FAULTS.values()], ids=FAULTS.keys())
@pytest.mark.parametrize("broken", [TRAIN_IMAGES, TEST_LABELS])
def test_a_file_that_the_first_mirror_fails_to_give_comes_from_the_second(web, broken, fault, monkeypatch):
    monkeypatch.setattr(download, "MAX_S", 0.3)
    monkeypatch.setattr(download, "SILENT_S", 0.2)
    web.first[f"{broken}.gz"] = fault
    assert mnist.load(say=lambda _: None).name == "mnist"
    assert left_in_cache() == sorted(web.good)
    assert f"/first/{broken}.gz" in web.asked
    fetched = {path.split("/")[2] for path in web.asked if path.startswith("/second/")}
    whole_before = list(web.good).index(f"{broken}.gz")
    assert fetched == set(list(web.good)[whole_before:])  # and nothing twice


@pytest.mark.parametrize(("fault", "reason"), FAULTS.values(), ids=FAULTS.keys())
def test_when_both_mirrors_fail_the_error_says_why_and_nothing_is_left(web, fault, reason, monkeypatch):
    monkeypatch.setattr(download, "MAX_S", 0.3)
    monkeypatch.setattr(download, "SILENT_S", 0.2)
    for mirror in (web.first, web.second):
        mirror[f"{TRAIN_IMAGES}.gz"] = fault
    with pytest.raises(mnist.DataError, match=r"MNIST could not be downloaded to .*--data") as caught:
        mnist.load(say=lambda _: None)
    tried = str(caught.value).split("What was tried: ")[1].split("; ")
    assert all(text.startswith(mirror) and reason in text for text, mirror in zip(tried, mirrors.MIRRORS, strict=True))
    assert left_in_cache() == []


@pytest.mark.usefixtures("web")
def test_a_mirror_that_refuses_the_connection_is_passed_over(monkeypatch):
    good = mirrors.MIRRORS[1]
    monkeypatch.setattr(mirrors, "MIRRORS", ("http://127.0.0.1:1/", good))
    assert mnist.load(say=lambda _: None).name == "mnist"
    (mnist.cache() / f"{TRAIN_IMAGES}.gz").unlink()
    monkeypatch.setattr(mirrors, "MIRRORS", ("http://127.0.0.1:1/",))
    with pytest.raises(mnist.DataError, match=r"http://127\.0\.0\.1:1/: .*refused"):
        mnist.load(say=lambda _: None)


def test_offline_asks_no_mirror_and_says_where_it_looked(web):
    said = []
    with pytest.raises(mnist.DataError) as caught:
        mnist.load(offline=True, say=said.append)
    for words in (str(Path("data").resolve()), str(mnist.cache()), "--data", mnist.VARIABLE, "is off"):
        assert words in str(caught.value)
    assert (web.asked, said, left_in_cache()) == ([], [], [])


def test_offline_reads_a_data_set_that_is_there(web):
    write(Path("data"), small())
    assert mnist.load(offline=True).name == "mnist"
    assert web.asked == []


def test_ctrl_c_amid_a_download_leaves_no_file(web):
    def arrived() -> bool:
        return any(path.stat().st_size for path in mnist.cache().iterdir())

    def interrupt(handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(ConnectionError):  # the client leaves
            respond(handler, 200_000, bytes(100_000))
            end = time.monotonic() + PATIENCE_S
            while not arrived() and time.monotonic() < end:  # on a busy machine the client still imports what it needs
                time.sleep(0.01)
            _thread.interrupt_main()
            handler.wfile.write(bytes(1))

    web.first[f"{TRAIN_IMAGES}.gz"] = interrupt
    with pytest.raises(KeyboardInterrupt):
        mnist.load(say=lambda _: None)
    assert left_in_cache() == []


@pytest.mark.skipif(sys.platform == "win32", reason="has no program that is deaf to Ctrl-C")
def test_a_ctrl_c_of_a_test_is_heard_where_the_tests_run_in_the_background():
    deaf = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    name = f"{__file__}::{test_ctrl_c_amid_a_download_leaves_no_file.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", name]
    command = [sys.executable, "-c", deaf, *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert done.returncode == 0, done.stdout


def test_a_full_disk_leaves_no_file_and_is_the_reason_given(web):
    """A limit on the size of files stands for it: writing fails half way, as on a full disk."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    half = len(web.good[f"{TRAIN_IMAGES}.gz"]) // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (half, before[1]))
    try:
        with pytest.raises(mnist.DataError, match="File too large"):
            mnist.load(say=lambda _: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert left_in_cache() == []
