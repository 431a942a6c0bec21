"""Every example of every document does what it says, and what a document names is there.

What is run: all Python, every `render`, and windows that end by themselves (`--snapshot`). Trainings, evaluations and
windows that stay open take too long or need a data set: their options are read as the program would read them.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents import DOCUMENTS, PROGRAMS, RENDER, options, parsers
from factories import ROOT, python
from PIL import Image

from vae_explorer import render

PAGES = pytest.mark.parametrize("page", DOCUMENTS, ids=str)
STARTED = list(dict.fromkeys(each for page in DOCUMENTS for each in page.started))
OTHERS = ("make", "pip install", "python3 -m venv", ".venv/bin/python", "sudo apt", "git clone", "cd ", "vae-explorer")
ELSEWHERE = {"--extra-index-url", "--print-width"}  # options of other programs
ABSENT = ("onnxscript",)  # what a block of Python needs and the tests do not: it is compiled only


def is_run(each):
    return each.program == RENDER or "--snapshot" in each.argv


def lay(folder):
    """Put there what examples bring: a photo of a seven, bookmarks, the weights that ship, code of one's own."""
    seven = Image.new("L", (60, 80), 255)
    seven.paste(0, (12, 10, 48, 17))
    seven.paste(0, (40, 10, 47, 70))
    seven.save(folder / "seven.jpg")
    (folder / "weights").symlink_to(ROOT / "weights")
    (folder / "places.csv").write_text("name,z0,z1,z2,z3,z4,z5\nmine,0,1,-1,0,0,1\n")


def run(each):
    """Run a command of a document here, a picture in this process; give its exit code."""
    if each.program == RENDER and not each.into:
        return render.main(each.argv)
    program = str(ROOT / "gui.py") if each.program.endswith("gui.py") else "-mvae_explorer.render"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with Path(each.into or os.devnull).open("wb") as out:
        return subprocess.run(
            [sys.executable, program, *each.argv], stdout=out, check=False, env=environment
        ).returncode


@pytest.mark.parametrize("each", [each for each in STARTED if not is_run(each)], ids=str)
def test_every_other_command_is_one_that_the_program_understands(each):
    [parser] = parsers(each.program)
    assert parser.parse_args(each.argv)


@PAGES
def test_a_line_for_a_shell_starts_a_program_that_is_known_here(page):
    assert [line for line in page.lines if not line.startswith((*PROGRAMS, *OTHERS))] == []


@PAGES
def test_the_examples_of_a_page_run_its_python_first(page, tmp_path, monkeypatch, capsys):
    """A line `print(…)  # this` prints this."""
    monkeypatch.chdir(tmp_path)
    lay(tmp_path)
    for name, text in page.files.items():
        compile(text, name, "exec")
        (tmp_path / name).write_text(text)
    code = "\n".join(each for each in map(compiled, page.python) if not any(name in each for name in ABSENT))
    done = python(code, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == re.findall(r"^print\(.*\)  # (.+)$", code, re.MULTILINE)
    for each in filter(is_run, page.started):
        before = {*tmp_path.iterdir()}
        assert run(each) == 0, f"{each}: {capsys.readouterr().err}"
        assert {*tmp_path.iterdir()} > before or "--overwrite" in each.argv or "-" in each.argv, str(each)


def compiled(code):
    compile(code, "a page", "exec")
    return code


def test_the_documents_start_every_program():
    assert {each.program for each in STARTED} >= {*PROGRAMS} - {"python -m vae_explorer"}


@PAGES
def test_every_option_that_is_named_is_one_of_a_program(page):
    known = ELSEWHERE.union(*map(options, PROGRAMS))
    named = {flag for text in page.code for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)}
    assert named - known == set()


@PAGES
def test_every_file_that_is_linked_is_there_with_what_it_is_linked_for(page):
    for link in page.links:
        if "://" in link:
            continue
        path, _, place = link.partition("#")
        target = (page.path.parent / path) if path else page.path
        assert target.exists(), link
        if place:
            titles = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert place in {anchor(title) for title in titles}, link


PLACES = [ROOT, *(ROOT / "vae_explorer" / each for each in ("", "gui", "page", "pictures")), ROOT / "tests"]
FILE, MODULE = r"[\w./]+\.(py|ipynb|md|toml|js|css|png|gif)|[a-z_]+(/[a-z_]+)*/", r"[a-z_]+(/[a-z_]+)+(\.[A-Za-z_]\w*)?"
OF_DATA = {"train/cat", "test/cat"}


@PAGES
def test_every_file_and_module_that_is_named_is_there(page):
    named = {text for text in page.code if re.fullmatch(FILE, text) and "/" in text}
    modules = {text for text in page.code if re.fullmatch(MODULE, text)} - named
    missing = {each for each in named if not any((base / each).exists() for base in PLACES)}
    missing |= {each for each in modules if not any(module(base / each.partition(".")[0]) for base in PLACES)}
    assert missing - OF_DATA == set()


def module(path):
    return path.with_suffix(".py").exists() or path.is_dir()


def anchor(title):
    """What GitHub makes of a title."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_target_of_make_is_there():
    made = (ROOT / "Makefile").read_text("utf-8")
    told = "; ".join(text for page in DOCUMENTS for text in (*page.lines, *page.code))
    named = set(re.findall(r"\bmake ([a-z]+)", told))
    assert len(named) >= 4 and [name for name in named if not re.search(rf"^{name}:", made, re.MULTILINE)] == []


@PAGES
def test_no_page_knows_a_machine(page):
    assert re.findall(r"/(?:tmp|home|work|root)/[^\s`]*", page.text) == []


def test_every_page_is_reached_from_the_readme():
    readme, *others = DOCUMENTS
    linked = {link.partition("#")[0] for link in readme.links}
    assert {str(page) for page in others} - linked == set()
