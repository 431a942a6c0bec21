"""Work in a process of its own; how it is ended, and what it reads and writes, is seen in `test_legacy`."""

import os

import pytest

from vae_explorer import child
from vae_explorer.errors import Cancelled


def never():
    return False


def test_the_last_line_of_an_error_is_told_and_nothing_where_nothing_was_said():
    with pytest.raises(child.RefusedError, match=r"^TypeError: unlink"):
        child.run(os.unlink, b"", 60, never)
    with pytest.raises(child.RefusedError, match=r"^$"):
        child.run(os.abort, b"", 60, never)


def test_what_takes_too_long_or_is_cancelled_is_ended():
    with pytest.raises(TimeoutError):
        child.run(os.abort, b"", -1, never)
    with pytest.raises(Cancelled):
        child.run(os.abort, b"", 60, lambda: True)
