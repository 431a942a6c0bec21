"""Where MNIST lies is said as it is on this machine."""

import sys
from pathlib import Path

import pytest

from vae_explorer import evaluate, train
from vae_explorer.datasets import home, mnist
from vae_explorer.gui import command


@pytest.mark.skipif(sys.platform != "linux", reason="the places are Linux's")
def test_the_help_of_each_command_that_reads_it_names_the_variable_and_the_cache(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for program, name in ((train, "-train"), (evaluate, "-evaluate"), (command, "")):
        with pytest.raises(SystemExit):
            program.main(["--help"])
        told = capsys.readouterr().out
        assert "VAE_EXPLORER_DATA" in told and " ./data,\n" in told and " ~/.cache/vae-explorer/mnist," in told
        assert f"installed as vae-explorer{name}," in told
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "elsewhere"))
    assert str(tmp_path.parent / "elsewhere") in home.told() and "~" not in home.told()


def test_it_is_where_it_is_looked_for():
    assert mnist.cache is home.cache and mnist.HERE == home.HERE == Path("data")
