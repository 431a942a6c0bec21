"""Code by its name: found in the current folder too, and only while it is imported."""

import sys

import numpy as np
import pytest

import vae_explorer as vx
from vae_explorer.codecs.by_name import found
from vae_explorer.codecs.foreign import DecoderError

TOY = """
import numpy as np

def decode(z):
    return np.tanh(z[:, :1, None, None] + np.zeros((1, 1, 8, 9)))

decode.latent_dim = 2
HERE = 3
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A current folder in which modules can be; those that were imported are forgotten."""
    monkeypatch.chdir(tmp_path)
    before = {*sys.modules}
    yield tmp_path
    for name in {*sys.modules} - before:
        del sys.modules[name]


def refused(name):
    with pytest.raises(DecoderError) as caught:
        found(name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_module_of_the_current_folder_or_of_a_package_in_it_is_found(folder):
    path = [*sys.path]
    (folder / "toy.py").write_text(TOY)
    (folder / "mine").mkdir()
    (folder / "mine" / "deep.py").write_text(TOY)
    for name in ("toy:decode", "mine.deep:decode", "toy:decode.__call__"):
        decode, file = found(name)
        assert decode(np.zeros((3, 2))).shape == (3, 1, 8, 9) and file.is_relative_to(folder)
    assert sys.path == path


def test_it_opens_by_its_name_as_the_same_model_as_the_function_itself(folder):
    (folder / "toy.py").write_text(TOY)
    named, itself = vx.open("toy:decode"), vx.open(found("toy:decode")[0])
    assert named.source.title == "toy:decode" and named.source.sha256 == itself.source.sha256
    assert named.decode([1, 0])[0, 0, 0, 0] == pytest.approx(np.tanh(1))


def test_another_text_of_the_module_is_another_model(folder):
    digests = []
    for text in (TOY, TOY + "# more\n"):
        (folder / "toy.py").write_text(text)
        digests.append(vx.open("toy:decode").source.sha256)
    assert digests[0] != digests[1]


def test_python_s_own_modules_come_first(folder):
    (folder / "json.py").write_text("raise SystemExit")
    assert found("json:dumps")[0]([]) == "[]"


@pytest.mark.parametrize(
    "name", ["", "toy", ":decode", "toy:", "toy.py:decode!", "../toy:decode", "a b:c", "toy:a:b", "x" * 500]
)
def test_another_form_is_refused_before_anything_is_imported(folder, name):
    (folder / "toy.py").write_text("raise SystemExit")
    assert "package.module:function" in refused(name)


def test_what_is_not_there_is_told_with_where_it_was_looked_for(folder):
    (folder / "toy.py").write_text(TOY)
    assert str(folder) in refused("nowhere:decode") and "no module nowhere.at.all" not in refused("nowhere.at.all:f")
    assert "has no decoder. It has np, decode, HERE" in refused("toy:decoder")
    assert "toy.py" in refused("toy:decoder")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import numpy\n1 / 0", "bad.py, line 2: ZeroDivisionError"),
        ("def f(:", "SyntaxError"),
        ("raise SystemExit(3)", "bad.py, line 1: SystemExit: 3"),
        ("import missing_of_bad", "No module named 'missing_of_bad'"),
        ("raise KeyError", "KeyError"),
        ("x = '\\ud800'; raise ValueError('a\\nb' * 5000)", "ValueError: a b"),
    ],
)
def test_what_goes_wrong_in_it_is_told_with_its_line(folder, text, said):
    path = [*sys.path]
    (folder / "bad.py").write_text(text)
    told = refused("bad:f")
    assert said in told and "<frozen" not in told and len(told) < 600 and sys.path == path


def test_what_it_prints_is_no_result(folder, capsys):
    (folder / "loud.py").write_text("print('hello')\ndef f(): pass")
    found("loud:f")
    assert capsys.readouterr().out == ""
