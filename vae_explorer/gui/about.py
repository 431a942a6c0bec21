"""What there is to read about the program and the model that is open, and the windows in which one reads."""

import math
import tkinter as tk
from collections.abc import Iterable, Mapping
from pathlib import Path
from tkinter import ttk
from typing import Any

from vae_explorer import __version__
from vae_explorer.checkpoint import Checkpoint
from vae_explorer.gui.theme import BOLD, FIXED, FONT, Theme

CARD = "README.md"
MAX_CARD_BYTES = 64 << 10
MAX_TOLD = 40  # of the options, and of the dimensions
MAX_CHARACTERS = 200  # of a word that model.json says
PROGRAM = "Shows what a variational autoencoder is: move through its latent space and see the digits it decodes."
UNKNOWN = "not told"

Facts = list[tuple[str, str]]


class Panel(tk.Toplevel):
    """A window over another one. Esc closes it, and the focus goes back to where it was."""

    def __init__(self, root: tk.Misc, theme: Theme, name: str, title: str, modal: bool = False) -> None:
        """name: in Tk, by which `opened` finds it. modal: nothing else takes clicks and keys meanwhile."""
        self._before = str(root.tk.call("focus"))
        colours, line = theme.colours, max(1, theme.px(1))
        super().__init__(root, name=name, background=colours.surface, highlightthickness=line)
        self.configure(highlightbackground=colours.border, highlightcolor=colours.border)
        self._under, self.theme = root, theme
        self.withdraw()
        self.title(title)
        self.transient(root.winfo_toplevel())
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.body = ttk.Frame(self, padding=theme.px(16))
        self.body.grid(sticky="nsew")
        self.body.columnconfigure(0, weight=1)
        self.bind("<Escape>", lambda _event: self.close())
        self.protocol("WM_DELETE_WINDOW", self.close)
        if modal:
            self.bind("<Map>", lambda event: self.grab_set() if event.widget is self else None)

    def open(self, first: tk.Misc) -> None:
        """Show it in the middle of the window and no larger than that; first takes the focus."""
        self.update_idletasks()
        root = self._under.winfo_toplevel()
        wanted = self.winfo_reqwidth(), self.winfo_reqheight()
        width, height = min(wanted[0], root.winfo_width()), min(wanted[1], root.winfo_height())
        left = root.winfo_rootx() + (root.winfo_width() - width) // 2
        top = root.winfo_rooty() + (root.winfo_height() - height) // 3
        size = "" if (width, height) == wanted else f"{width}x{height}"
        self.geometry(f"{size}+{max(left, 0)}+{max(top, 0)}")
        self.deiconify()
        self.lift()
        first.focus_set()

    def close(self) -> None:
        """Give the focus back and go away."""
        before = self._before or "."
        exists = self.tk.getboolean(self.tk.call("winfo", "exists", before))
        if not exists or str(self.tk.call("winfo", "class", before)) == "Menu":
            before = str(self._under)
        self.grab_release()
        self.tk.call("focus", before)
        self.destroy()


def opened(root: tk.Misc, name: str) -> bool:
    """Whether the panel of that name is open; it comes to the front and takes the keys."""
    path = f"{str(root).rstrip('.')}.{name}"
    if not root.tk.getboolean(root.tk.call("winfo", "exists", path)):
        return False
    root.tk.call("raise", path)
    root.tk.call("focus", root.tk.call("focus", "-lastfor", path))
    return True


class Page(Panel):
    """A text to read: it scrolls by wheel and keys and can be copied. Return closes it, too."""

    def __init__(self, root: tk.Misc, theme: Theme, name: str, title: str, indent: int) -> None:
        """indent: where the second column of a fact begins, in pixels of the design."""
        super().__init__(root, theme, name, title)
        self.body.rowconfigure(0, weight=1)
        self.text = self._text(indent)
        self.text.grid(row=0, column=0, sticky="nsew")
        bar = ttk.Scrollbar(self.body, orient="vertical", command=self.text.yview, takefocus=False)
        bar.grid(row=0, column=1, sticky="ns")
        self.text.configure(yscrollcommand=bar.set)
        self.button = ttk.Button(self.body, text="Close", command=self.close)
        self.button.grid(row=1, column=0, columnspan=2, sticky="e", pady=(theme.px(12), 0))
        self.bind("<Return>", lambda _event: self.close())

    def _text(self, indent: int) -> tk.Text:
        colours, px = self.theme.colours, self.theme.px
        text = tk.Text(
            self.body, width=72, height=26, wrap="word", takefocus=True, font=FONT, relief="flat", borderwidth=0,
            padx=px(12), pady=px(8), background=colours.raised, foreground=colours.text,
            highlightthickness=max(1, px(1)), highlightcolor=colours.accent, highlightbackground=colours.border,
            selectbackground=colours.accent, selectforeground=colours.on_accent,
            inactiveselectbackground=colours.accent,
        )  # fmt: skip
        text.tag_configure("heading", font=BOLD, spacing1=px(12), spacing3=px(4))
        text.tag_configure("fact", tabs=(px(indent),), lmargin2=px(indent), spacing3=px(2))
        text.tag_configure("muted", foreground=colours.muted)
        text.tag_configure("card", font=FIXED)
        for key, step, what in (
            ("Up", -1, "units"),
            ("Down", 1, "units"),
            ("Prior", -1, "pages"),
            ("Next", 1, "pages"),
        ):
            text.bind(f"<{key}>", lambda _event, step=step, what=what: _scroll(text, step, what))  # type: ignore[misc]
        for key, end in (("Home", 0.0), ("End", 1.0)):
            text.bind(f"<{key}>", lambda _event, end=end: _move(text, end))  # type: ignore[misc]
        text.bind("<Button-1>", lambda _event: text.focus_set(), add=True)
        return text

    def heading(self, title: str) -> None:
        """Begin a part of the text."""
        self.text.insert("end", f"{title}\n", "heading")

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Write lines in two columns, of which the second is wrapped."""
        for name, told in facts:
            self.text.insert("end", name, ("fact", "muted"), f"\t{told}\n", "fact")

    def read(self) -> None:
        """Show what was written, from its beginning; from now on it cannot be changed."""
        self.text.configure(state="disabled")
        self.open(self.text)


def _scroll(text: tk.Text, step: int, what: Any) -> str:
    text.yview_scroll(step, what)
    return "break"  # not Text's own, which moves a cursor that nobody sees


def _move(text: tk.Text, end: float) -> str:
    text.yview_moveto(end)
    return "break"


def show(root: tk.Misc, theme: Theme, source: Checkpoint) -> None:
    """Open the window about the program and this model, or bring it to the front."""
    if opened(root, "about"):
        return
    page = Page(root, theme, "about", "About VAE explorer", indent=136)
    page.heading(f"VAE explorer {__version__}")
    page.text.insert("end", f"{PROGRAM}\n")
    page.heading("The model")
    page.facts(model_facts(source))
    if source.missing:
        page.heading("What is missing, and why")
        page.facts((_words(name), _words(why)) for name, why in source.missing.items())
    page.heading("The model card")
    page.text.insert("end", f"{card(source.path.with_name(CARD))}\n", "card")
    page.read()


def model_facts(source: Checkpoint) -> Facts:
    """Tell a model in pairs of words. What model.json says comes from anywhere: odd values are left out or cut."""
    info = source.info
    test, options = _object(info, "test"), _object(info, "options")
    loss, recon, kl = (_number(test.get(name)) for name in ("loss", "recon", "kl"))
    parts = f" (recon {recon} + kl {kl})" if recon and kl else ""
    facts = [
        ("File", _words(source.path)),
        ("sha256", f"{source.sha256[:12]}…  of {_words(source.path.name)}"),
        ("Data", _words(_object(info, "data").get("name"))),
        ("Dimensions", str(source.latent_dim)),
        ("Test loss", f"{loss} nats an image{parts}" if loss else UNKNOWN),
        ("kl per dimension", _per_dim(test.get("kl_per_dim"))),
        (
            "Training",
            _listed([f"{_words(name)}\N{NO-BREAK SPACE}{_words(value)}" for name, value in options.items()], ", "),
        ),
    ]
    return facts if info else [*facts[:2], facts[3]]


def card(path: Path) -> str:
    """Read a model card as plain text, at most 64 KB of it; where there is none, say so."""
    if not path.is_file():
        return f"There is no {path.name} beside the weights."
    try:
        with path.open("rb") as file:
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
    told = [f"z{dim} {_number(value) or '?'}" for dim, value in enumerate(values[: MAX_TOLD + 1])]
    return _listed(told, "   ") + (" nats" if told else "")


def _listed(words: list[str], between: str) -> str:
    return between.join(words[:MAX_TOLD]) + (" …" if len(words) > MAX_TOLD else "") or UNKNOWN


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
