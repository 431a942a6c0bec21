"""Programs as they are started: signals while they import, output that nobody reads, a machine without a home."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from factories import ROOT, data_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="sends no such signals")
KILLS = "import os, signal\nos.kill(os.getpid(), signal.{})\nfor _ in range(10**9): pass\n"


def start(*argv, path=(), **settings):
    """Run Python as a person does, with modules in these folders before ours."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (*path, ROOT))), "OMP_NUM_THREADS": "1"}
    environment |= settings.pop("environment", {})
    command = [sys.executable, "-W", "error", *map(str, argv)]
    streams = {"stdout": -1, "stderr": -1} | settings
    return subprocess.run(command, env=environment, text=True, check=False, timeout=120, **streams)


def module(folder, text):
    """Write a program, and give the code that runs it."""
    (folder / "stub.py").write_text(text)
    return "from vae_explorer import program; raise SystemExit(program.run('stub'))"


@posix
@pytest.mark.parametrize(
    ("library", "argv"),
    [
        ("torch", ["-m", "vae_explorer.train"]),
        ("torch", ["-m", "vae_explorer.evaluate"]),
        ("numpy", ["-m", "vae_explorer.render"]),
        ("tkinter", ["gui.py"]),
    ],
)
def test_ctrl_c_while_a_library_is_imported_is_one_line(tmp_path, library, argv):
    (tmp_path / f"{library}.py").write_text(KILLS.format("SIGINT"))
    done = start(*argv, path=[tmp_path], cwd=ROOT)
    assert done.returncode in (130, -signal.SIGINT) and done.stderr.endswith(": stopped.\n"), done.stderr
    assert done.stderr.count("\n") == 1


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_each_signal_that_ends_a_program_ends_it_in_order_with_the_code_that_shells_give(tmp_path, name):
    text = f"import os, signal\ndef main():\n    try:\n        os.kill(os.getpid(), signal.{name})\n"
    text += "        while True: pass\n    finally:\n        print('tidied')\n"
    done = start("-c", module(tmp_path, text), path=[tmp_path])
    assert done.returncode in (128 + signal.Signals[name], -signal.Signals[name])
    assert (done.stdout, done.stderr) == ("tidied\n", "stub: stopped.\n")


@posix
def test_a_signal_that_nohup_lets_pass_is_let_pass(tmp_path):
    text = "import os, signal\ndef main():\n    os.kill(os.getpid(), signal.SIGHUP)\n    return 4\n"
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + module(tmp_path, text)
    assert start("-c", code, path=[tmp_path]).returncode == 4


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("argv", [["--help"], []], ids=["help", "result"])
def test_a_reader_who_leaves_before_the_end_is_told_nothing(tmp_path, unbuffered, argv):
    data = data_folder(tmp_path / "spots") if not argv else None
    options = argv or ["--data", data]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        environment = {"PYTHONUNBUFFERED": unbuffered}
        done = start("-m", "vae_explorer.evaluate", *options, stdout=pipe, environment=environment)
    assert done.stderr == "" and done.returncode in ((0, 141) if argv else (141,))


HOMELESS = """
import os, pwd, sys
def nobody(_number): raise KeyError
pwd.getpwuid = nobody
"""


@posix
def test_without_a_home_there_is_one_meanwhile_and_nothing_is_left(tmp_path):
    text = "from pathlib import Path\ndef main():\n    print(Path.home(), Path.home().is_dir())\n    return 0\n"
    environment = {"TMPDIR": str(tmp_path)}
    code = f"{HOMELESS}os.environ.pop('HOME', None)\n{module(tmp_path, text)}"
    done = start("-c", code, path=[tmp_path], environment=environment, cwd=tmp_path)
    home, there = done.stdout.split()
    assert there == "True" and Path(home).parent == tmp_path and not Path(home).exists(), done.stderr
    assert [each.name for each in tmp_path.iterdir() if each.name != "__pycache__"] == ["stub.py"]


@posix
@pytest.mark.parametrize("argv", [["render", "digit", "--out", "a.png"], ["evaluate", "--data", "spots"]])
def test_the_commands_work_without_a_home(tmp_path, argv):
    data_folder(tmp_path / "spots")
    (tmp_path / "sitecustomize.py").write_text(HOMELESS + "os.environ.pop('HOME', None)\n")
    done = start("-m", f"vae_explorer.{argv[0]}", *argv[1:], path=[tmp_path], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "~").exists()


def test_matplotlib_tells_nobody_what_it_thinks_of_a_persons_settings_and_folders(tmp_path):
    (tmp_path / "file").write_text("backend: Qt4Agg\nno.such.key: 1\n")
    environment = {"MATPLOTLIBRC": str(tmp_path / "file"), "MPLCONFIGDIR": str(tmp_path / "file")}
    done = start("-m", "vae_explorer.render", "map", "--out", "a.svg", environment=environment, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "Picture: a.svg\n")


def test_a_relative_folder_of_xdg_is_none(tmp_path):
    text = "import os\ndef main():\n    print(sorted(each for each in os.environ if each.startswith('XDG_C')))\n"
    environment = {"XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": str(tmp_path), "XDG_CONFIG_DIRS": "a:b"}
    done = start("-c", module(tmp_path, text + "    return 0\n"), path=[tmp_path], environment=environment)
    assert done.stdout == "['XDG_CACHE_HOME', 'XDG_CONFIG_DIRS']\n"


def test_every_command_is_started_here_however_it_is_called():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set((project["scripts"] | project["gui-scripts"]).values()) == {
        f"vae_explorer.program:{name}" for name in ("train", "evaluate", "render", "window")
    }
    for name in ("train", "evaluate", "render"):
        done = start("-m", f"vae_explorer.{name}", "--version")
        assert done.returncode == 0 and done.stdout.startswith(f"python -m vae_explorer.{name} "), done.stderr


def test_a_matplotlibrc_that_is_no_utf_8_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_bytes(b"# f\xfcr Bilder\n")
    done = start("-m", "vae_explorer.render", "map", environment={"MATPLOTLIBRC": str(tmp_path / "file")}, cwd=tmp_path)
    assert done.returncode == 2 and "matplotlibrc: it is not in UTF-8" in done.stderr and done.stderr.count("\n") == 1
