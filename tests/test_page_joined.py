"""One HTML file of all parts: small, whole, and closed to whatever is not its own."""

import base64
import hashlib
import re

import pytest

from vae_explorer.page import joined, packing
from vae_explorer.space.space import Space

LIMIT = 250_000  # bytes, of the model that ships


@pytest.fixture(scope="module")
def html():
    return joined.page(packing.packed(Space.open()), "The model that ships")


def test_the_page_of_the_model_that_ships_is_small(html):
    assert len(html.encode()) <= LIMIT


def test_nothing_but_its_own_script_and_style_may_run(html):
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src 'none';")
    for tag, kind in {"script": ' type="module"', "style": ""}.items():
        [text] = re.findall(f"<{tag}{kind}>(.*?)</{tag}>", html, re.DOTALL)
        found = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{found}'" in policy
    assert "http" not in html.replace("http-equiv", "")


@pytest.mark.parametrize("title", ["</title><script>alert(1)</script>", "{{data}}", "a\u2028\x00b", "\ud800"])
def test_a_title_is_text(title):
    page = joined.page("{}", title)
    assert page.count("<script") == 2 and page.count("</title>") == 1
    page.encode()


def test_every_script_is_joined_once():
    there = {path.name.removesuffix(".js") for path in (joined._FOLDER / "js").iterdir() if path.name.endswith(".js")}
    assert there == set(joined.SCRIPTS) and len(set(joined.SCRIPTS)) == len(joined.SCRIPTS)
