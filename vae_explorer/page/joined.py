"""One HTML file of the parts in this folder: the page around the scripts, the style sheet and the data of a model.

The scripts are plain files without imports, joined in the order of a table: what a line uses at once stands above it.
"""

import base64
import hashlib
import html
import re
from importlib.resources import files

SCRIPTS = (
    "numbers", "convolutions", "chains", "model", "mixture", "atlas", "paths", "strokes",
    "elements", "session", "drawing", "sliders", "answers", "planes", "map", "pictures", "path", "pad", "places",
    "tabs", "parts", "explorer",
)  # fmt: skip
START = "globalThis.explorer = await begin(document);\n"  # of the page; a notebook's cell starts otherwise

_FOLDER = files("vae_explorer.page")


def script() -> str:
    """Give the scripts as one, which starts nothing: without their indents and the lines that are comments, which would
    be a twentieth of the page."""
    text = "\n".join(_FOLDER.joinpath("js", f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    return re.sub(r"^\s*(//.*)?\n?", "", text, flags=re.MULTILINE)


def style() -> str:
    """Give the style sheet."""
    return _FOLDER.joinpath("page.css").read_text("utf-8")


def page(data: str, title: str) -> str:
    """Give the page of a model. data: as `packing.packed` gives it; title: any text.

    The page lets nothing run and nothing be asked for but what is in it: its Content-Security-Policy names the hashes
    of its one script and its one style sheet.
    """
    code, css = f"{script()}\n{START}", style()
    policy = (
        f"default-src 'none'; script-src {_hash(code)}; style-src {_hash(css)}; base-uri 'none'; form-action 'none'"
    )
    parts = {"policy": policy, "title": html.escape(_printable(title)), "style": css, "data": data, "script": code}
    shell = _FOLDER.joinpath("page.html").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], shell)


def _hash(text: str) -> str:
    """The hash of what stands in an element, as a policy has it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
