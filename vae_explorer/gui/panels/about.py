"""What there is to read about the program and the model that is open."""

import math
import tkinter as tk
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vae_explorer import __version__, files
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.panels import markdown
from vae_explorer.gui.panels.page import Facts, Page
from vae_explorer.gui.panels.panel import opened
from vae_explorer.storage.source import Source

CARD = "README.md"
MAX_CARD_BYTES = 64 << 10
MAX_LISTED = 40  # of the options, and of the dimensions
MAX_CHARACTERS = 200  # of a word that model.json says
PROGRAM = "Shows what a variational autoencoder is: move through its latent space and see the digits it decodes."
UNKNOWN = "not told"


def show(root: tk.Misc, theme: Theme, source: Source, latent_dim: int) -> None:
    """Open the window about the program and this model, or bring it to the front."""
    if opened(root, "about"):
        return
    page = Page(root, theme, "about", "About VAE explorer", indent=136)
    page.heading(f"VAE explorer {__version__}")
    page.text.insert("end", f"{PROGRAM}\n")
    page.heading("The model")
    page.facts(model_facts(source, latent_dim))
    if source.missing:
        page.heading("What is missing, and why")
        page.facts((_words(name), _words(why)) for name, why in source.missing.items())
    if source.path:
        page.heading("The model card")
        page.write(markdown.blocks(card(source.path.with_name(CARD))))
    page.read()


def model_facts(source: Source, latent_dim: int) -> Facts:
    """Describe a model in pairs of words. What model.json says comes from anywhere: odd values are left out or cut."""
    info = source.info
    test, options = _object(info, "test"), _object(info, "options")
    loss, recon, kl = (_number(test.get(name)) for name in ("loss", "recon", "kl"))
    parts = f" (recon {recon} + kl {kl})" if recon and kl else ""
    facts = [
        ("File" if source.path else "Decoder", _words(source.place)),
        ("sha256", f"{source.sha256[:12]}…  of {_words(source.path.name if source.path else source.called)}"),
        ("Data", _words(_object(info, "data").get("name"))),
        ("Dimensions", str(latent_dim)),
        ("Test loss", f"{loss} nats an image{parts}" if loss else UNKNOWN),
        ("kl per dimension", _per_dim(test.get("kl_per_dim"))),
        (
            "Training",
            _listed([f"{_words(name)}\N{NO-BREAK SPACE}{_words(value)}" for name, value in options.items()], ", "),
        ),
    ]
    known = facts if info else [*facts[:2], facts[3]]
    return [*known, ("Opened", _words(source.opened))] if source.opened else known


def card(path: Path) -> str:
    """Read a model card, at most 64 KB of it; where there is none, say so."""
    if not path.is_file():
        return f"There is no {path.name} beside the weights."
    try:
        with files.opened(path) as file:
            data = file.read(MAX_CARD_BYTES + 1)
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror}."
    text = _plain(data[:MAX_CARD_BYTES].decode(errors="replace")).strip()
    return f"{text}\n\n… and more: only {MAX_CARD_BYTES >> 10} KB are shown." if len(data) > MAX_CARD_BYTES else text


def _object(info: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = info.get(name)
    return value if isinstance(value, dict) else {}


def _number(value: object) -> str:
    """Two decimals of a finite number, else nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12 or math.isnan(value):
        return ""
    return f"{value:.2f}".replace("-", "−")


def _per_dim(values: object) -> str:
    if not isinstance(values, list):
        return UNKNOWN
    parts = [f"z{dim} {_number(value) or '?'}" for dim, value in enumerate(values[: MAX_LISTED + 1])]
    return _listed(parts, "   ") + (" nats" if parts else "")


def _listed(words: list[str], between: str) -> str:
    return between.join(words[:MAX_LISTED]) + (" …" if len(words) > MAX_LISTED else "") or UNKNOWN


def _words(value: object) -> str:
    """One short line of a text or a number; of anything else only that it is something else."""
    if isinstance(value, float):
        return f"{value:g}".replace("-", "−")
    if isinstance(value, dict | list):
        return "…"
    text = " ".join(_plain(str(value)).split()) if value is not None else UNKNOWN
    return text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS]}…"


def _plain(text: str) -> str:
    """Only what Tk can show anywhere: no control characters, nothing beyond the 65,536 first characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_safe(character) for character in lines)


def _safe(character: str) -> str:
    if character in "\n\t" or (character.isprintable() and ord(character) < 0x10000):
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"
