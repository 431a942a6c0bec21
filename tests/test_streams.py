"""What a program prints, on streams of any code page, closed ones and ones that nobody reads."""

import ast
import codecs
import io
import os
import subprocess
import sys

import pytest
from factories import ROOT, python

from vae_explorer import streams

PREPARED = "from vae_explorer import streams\nstreams.prepare()\n"
FULL = "/dev/full"
needs_full = pytest.mark.skipif(not os.path.exists(FULL), reason="has no device that is full")  # noqa: PTH110


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "recon + 1·kl, −1 … é → \U0001d53c 日本"),
        ("ascii", r"recon + 1*kl, -1 ... e -> E \u65e5\u672c"),
        ("cp1252", r"recon + 1·kl, -1 … é -> E \u65e5\u672c"),
        ("cp932", "recon + 1*kl, －1 … e → E 日本"),
        ("ascii:strict", r"recon + 1*kl, -1 ... e -> E \u65e5\u672c"),
    ],
)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_what_a_code_page_does_not_have_is_spelled_so_that_it_can_be_read(monkeypatch, encoding, said, stream):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    code = PREPARED + "import sys\nprint('recon + 1·kl, −1 … é → \\U0001d53c 日本', file=getattr(sys, sys.argv[1]))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", "-c", code, stream]
    done = subprocess.run(command, capture_output=True, env=environment, check=True, timeout=60)
    assert getattr(done, stream).decode(encoding.split(":")[0]).splitlines() == [said]


def test_an_odd_byte_of_a_files_name_stays_what_it_is(monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    code = PREPARED + "print('caf\\udce9·')"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True, timeout=60)
    assert done.stdout.rstrip() == b"caf\xe9\xc2\xb7"


def test_all_that_we_say_is_spelled_in_ascii_without_numbers():
    """Texts in the commands and what they use; the window's are not printed."""
    paths = [path for path in (ROOT / "vae_explorer").glob("*.py") if path.stem not in ("actions", "streams")]
    texts = [path.read_text("utf-8") for path in paths]
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    docstrings = [node.value for node in nodes if isinstance(node, ast.Expr)]
    said = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and n not in docstrings]
    letters = {each for text in said for each in text if not each.isascii()}
    codecs.register_error("spelled", streams._spell)
    spelled = {each: each.encode("ascii", "spelled").decode() for each in letters}
    assert spelled["·"] == "*" and [each for each in letters if "\\" in spelled[each]] == []


CLOSED = """
import os, sys
sys.stdin = sys.stdout = sys.stderr = None
for number in (0, 1, 2):
    os.close(number)
from vae_explorer import streams
streams.prepare()
print("nobody hears it")
streams.say("nor that")
streams.tell("nor that")
file = open(sys.argv[1], "w")
os.write(1, b"a library speaks")
os.write(2, b"and cries")
file.write(f"{file.fileno() > 2} {streams.written(7)}")
"""


def test_streams_that_are_closed_are_nowhere_and_no_file_gets_their_number(tmp_path):
    done = python(CLOSED, tmp_path / "file")
    assert done.returncode == 0 and (tmp_path / "file").read_text() == "True 7"


@pytest.mark.skipif(os.name == "nt", reason="the shell is a POSIX one")
@pytest.mark.parametrize("work", ["result('loss 84')", "binary(b'84')"])
def test_a_result_for_an_output_that_is_closed_is_lost_and_that_is_said(work):
    code = f"{PREPARED}from vae_explorer import exits\n"
    code += f"raise SystemExit(exits.code('measure', lambda: streams.{work} or streams.written(0)))"
    line = ["sh", "-c", 'exec "$0" -c "$1" >&-', sys.executable, code]
    done = subprocess.run(line, stderr=-1, text=True, check=False, timeout=60, cwd=ROOT)
    assert (done.returncode, done.stderr) == (2, "measure: the output: it is closed.\n")


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_log_that_cannot_be_written_is_told_once_and_work_goes_on(monkeypatch, unbuffered):
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    code = PREPARED + "import sys\nfor n in range(3): streams.say('epoch', str(n))\nsys.exit(streams.written(5))"
    with open(FULL, "w") as full:  # noqa: PTH123
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=-1, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (5, "The log ends here (No space left on device); work goes on.\n")


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("work", ["streams.result('loss 84')", "print('loss 84', end=''); streams.written(0)"])
def test_a_result_that_cannot_be_written_is_an_error_that_says_so(monkeypatch, unbuffered, work):
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    code = (
        PREPARED + f"from vae_explorer import exits\ndef work(): {work}\nraise SystemExit(exits.code('measure', work))"
    )
    with open(FULL, "w") as full:  # noqa: PTH123
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=-1, text=True, check=False, timeout=60)
    assert done.stderr.endswith("No space left on device.\n") and done.stderr.count("\n") == 1
    assert done.returncode == 2


@needs_full
def test_an_error_that_cannot_be_told_keeps_its_exit_code():
    code = "from vae_explorer import exits\ndef work(): raise OSError('no')\nraise SystemExit(exits.code('p', work))"
    with open(FULL, "w") as full:  # noqa: PTH123
        done = subprocess.run([sys.executable, "-c", code], stderr=full, check=False, timeout=60)
    assert done.returncode == 2


def test_a_stream_of_no_file_can_be_silenced():
    streams.silence(io.StringIO())
