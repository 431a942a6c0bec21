"""The question where, as what and how large to save a picture. Knows Tk and files, no pictures."""

import tkinter as tk
from dataclasses import dataclass
from pathlib import Path
from tkinter import filedialog, ttk

from vae_explorer.gui.panel import Panel
from vae_explorer.gui.theme import Theme

FORMATS = ("PNG", "SVG", "PDF")
SIDES = (280, 560, 1120, 2240)
LEAST, LARGEST = 28, 4480  # pixels of a side
BAD_SIDE = f"The size is a whole number of pixels, from {LEAST} to {LARGEST}."


@dataclass(frozen=True)
class Saving:
    """What to save: the file, whose suffix is one of FORMATS in small letters, and the pixels of a side."""

    path: Path
    side: int


def ask(
    root: tk.Misc, theme: Theme, folder: Path, looks: str = "", name: str = "digit.png", side: int = SIDES[1]
) -> Saving | None:
    """Ask how to save a picture; None when the person changed their mind.

    folder: where the dialog begins; the next one begins in the folder of the path that is returned. looks: in a few
    words what the picture will look like. name, side: what it proposes.
    """
    dialog = Dialog(root, theme, folder, looks, name, side)
    dialog.wait_window()
    return dialog.result


class Dialog(Panel):
    """The dialog; result is the answer once it is closed."""

    def __init__(self, root: tk.Misc, theme: Theme, folder: Path, looks: str, name: str, side: int) -> None:
        """Arguments as of `ask`."""
        super().__init__(root, theme, "saving", "Save picture", modal=True)
        self.resizable(True, False)
        self.result: Saving | None = None
        self._folder = folder.absolute()
        self._replace: Path | None = None  # the file of which was said that it is there
        self.name, self.format = tk.StringVar(self, name), tk.StringVar(self, _format(name) or FORMATS[0])
        self.side, self.where, self.said = tk.StringVar(self, str(side)), tk.StringVar(self), tk.StringVar(self)
        self.body.columnconfigure(0, weight=0)
        self.body.columnconfigure(1, weight=1)
        self._build(looks)
        self.name.trace_add("write", lambda *_: self._named())
        self.side.trace_add("write", lambda *_: self._calm())
        for sequence in ("<Return>", "<KP_Enter>"):
            self.bind(sequence, lambda _event: self._save())
        self._named()
        self.open(self.entry)
        self.entry.selection_range(0, len(Path(name).stem))
        self.entry.icursor("end")

    def _build(self, looks: str) -> None:
        body, px = self.body, self.theme.px
        self.entry = ttk.Entry(body, textvariable=self.name, width=36)
        self.browse = ttk.Button(body, text="Browse…", command=self._browse)
        self.formats = ttk.Combobox(body, textvariable=self.format, values=FORMATS, state="readonly", width=8)
        self.sides = ttk.Combobox(body, textvariable=self.side, values=[str(each) for each in SIDES], width=8)
        self._row(0, "Name", self.entry)
        self.browse.grid(row=0, column=2, padx=(px(8), 0), pady=px(4))
        self._muted(1).configure(textvariable=self.where)
        self._row(2, "Format", self.formats, "w")
        self._row(3, "Pixels a side", self.sides, "w")
        if looks:
            self._muted(4).configure(text=looks)
        told = ttk.Label(body, textvariable=self.said, style="Error.TLabel", wraplength=px(440))
        told.grid(row=5, column=0, columnspan=3, sticky="w", pady=(px(8), 0))
        foot = ttk.Frame(body)
        foot.grid(row=6, column=0, columnspan=3, sticky="e", pady=(px(8), 0))
        self.cancel = ttk.Button(foot, text="Cancel", command=self.close)
        self.save = ttk.Button(foot, text="Save", command=self._save)
        self.cancel.grid(row=0, column=0, padx=(0, px(8)))
        self.save.grid(row=0, column=1)
        self.formats.bind("<<ComboboxSelected>>", lambda _event: self._formatted())
        for button in (self.browse, self.cancel, self.save):
            button.bind("<Return>", lambda event: event.widget.invoke() or "break")

    def _row(self, row: int, title: str, widget: tk.Widget, sticky: str = "ew") -> None:
        px = self.theme.px
        ttk.Label(self.body, text=title).grid(row=row, column=0, sticky="w", padx=(0, px(12)))
        widget.grid(row=row, column=1, sticky=sticky, pady=px(4))

    def _muted(self, row: int) -> ttk.Label:
        label = ttk.Label(self.body, style="Muted.TLabel", wraplength=self.theme.px(340))
        label.grid(row=row, column=1, columnspan=2, sticky="w")
        return label

    def _named(self) -> None:
        """Follow a typed name: the folder, and the format that its suffix asks for."""
        self._calm()
        told = _format(self.name.get())
        if told:
            self.format.set(told)
        self.where.set(f"in {self._path().parent}")

    def _formatted(self) -> None:
        """Follow a chosen format: give the name its suffix."""
        name = self.name.get().strip()
        stem = name[: name.rindex(".")] if _format(name) else name
        self.name.set(f"{stem}.{self.format.get().lower()}")

    def _calm(self) -> None:
        """Forget what was said; the person changes something."""
        self._replace = None
        self.said.set("")
        self.save.configure(text="Save")

    def _path(self) -> Path:
        """The file that is meant: in the folder unless typed otherwise, with a suffix in any case."""
        name = self.name.get().strip()
        path = self._folder / (Path(name).expanduser() if name.startswith("~/") else name)
        return path if _format(name) else Path(f"{path}.{self.format.get().lower()}")

    def _browse(self) -> None:
        path, suffix = self._path(), f".{self.format.get().lower()}"
        kinds = sorted(((kind, f"*.{kind.lower()}") for kind in FORMATS), key=lambda kind: kind[1] != f"*{suffix}")
        chosen = filedialog.asksaveasfilename(
            parent=self, title="Save picture", initialdir=path.parent, initialfile=path.name, filetypes=kinds,
            defaultextension=suffix, confirmoverwrite=False,
        )  # fmt: skip
        if chosen:
            self._folder = Path(chosen).parent
            self.name.set(Path(chosen).name)
        self.entry.focus_set()

    def _save(self) -> None:
        """Close with an answer, or say what is wrong with it; a file that is there takes two clicks."""
        side, path = self.side.get().strip(), self._path()
        whole = side.isascii() and side.isdecimal() and len(side) <= 9
        wrong = _trouble(self.name.get().strip(), path)
        if wrong:
            self._complain(wrong, self.entry)
        elif not whole or not LEAST <= int(side) <= LARGEST:
            self._complain(BAD_SIDE, self.sides)
        elif path.exists() and self._replace != path:
            self._replace = path
            self.said.set(f"{path.name} is there already. Replace overwrites it.")
            self.save.configure(text="Replace")
        else:
            self.result = Saving(path, int(side))
            self.close()

    def _complain(self, text: str, widget: ttk.Entry) -> None:
        self.said.set(text)
        widget.focus_set()
        widget.selection_range(0, "end")


def _format(name: str) -> str:
    """The format that the suffix of a name asks for; nothing where it asks for none of ours."""
    kind = Path(name.strip()).suffix[1:].upper()
    return kind if kind in FORMATS else ""


def _trouble(name: str, path: Path) -> str:
    """Why a picture cannot be saved under that name, as far as one sees before; empty when it can."""
    if not name or name.endswith(("/", "\\")):
        return "Give the picture a name."
    try:
        if not path.parent.is_dir():
            return f"There is no folder {path.parent}."
        if path.is_dir():
            return f"{path.name} is a folder; choose another name."
        path.lstat()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:  # a name too long, a folder that may not be searched
        return f"No file can have this name ({getattr(error, 'strerror', None) or error})."
    return ""
