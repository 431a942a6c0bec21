"""The question what to save of what is seen, where, in which format and how large. Makes no picture."""

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk
from typing import Any

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.panels import choosing, dialogs
from vae_explorer.gui.panels.file_name import FileName
from vae_explorer.gui.panels.panel import Panel
from vae_explorer.pictures.choice import Choice
from vae_explorer.pictures.kind import Kind

Kinds = Mapping[str, Kind]
WhyNot = Callable[[str], str]


@dataclass(frozen=True)
class Answer:
    """What to save: the name of a kind, the file, and what was chosen besides, as its choices."""

    picture: str
    path: Path
    options: Mapping[str, Any]


def ask(root: tk.Misc, theme: Theme, folder: Path, kinds: Kinds, why_not: WhyNot, first: str) -> Answer | None:
    """Ask what to save and how; None when the person changed their mind.

    folder: where the dialog begins; the next one begins in the folder of the path that is returned. why_not gives, by
    the name of a kind, the reason why there is none now, empty when there is one. first: the name of the kind that it
    proposes.
    """
    dialog = Dialog(root, theme, folder, kinds, why_not, first)
    dialog.wait_window()
    return dialog.result


class Dialog(Panel):
    """The dialog; result is the answer once it is closed."""

    def __init__(self, root: tk.Misc, theme: Theme, folder: Path, kinds: Kinds, why_not: WhyNot, first: str) -> None:
        """Arguments as of `ask`."""
        super().__init__(root, theme, "saving", "Save picture", modal=True)
        self.resizable(True, False)
        self.result: Answer | None = None
        self._kinds, self._picture = kinds, first
        self._why_not = {picture: why_not(picture) for picture in kinds}
        self._folder = folder.absolute()
        self._replace: Path | None = None  # the file of which was said that it is there
        format_, title = self._formats[0], self._kind.title
        self.what, self.name = tk.StringVar(self, title), tk.StringVar(self, f"{title}.{format_}".lower())
        self.format = tk.StringVar(self, format_)
        self.description, self.where, self.said = tk.StringVar(self), tk.StringVar(self), tk.StringVar(self)
        for column in (0, 1):
            self.body.columnconfigure(column, weight=column)
        self._build()
        self._offer()
        self.watch(self.name, self._named)
        for field in self.fields.values():
            self.watch(field.text, self._calm)
        self.bind("<Return>", lambda _event: self._save())
        self._named()
        self.open(self.entry)
        self.entry.selection_range(0, len(title))
        self.entry.icursor("end")

    def _build(self) -> None:
        body, px = self.body, self.theme.px
        titles = [each.title for each in self._kinds.values()]
        self.whats = ttk.Combobox(body, textvariable=self.what, values=titles, state="readonly", width=16)
        self.entry = ttk.Entry(body, textvariable=self.name, width=36)
        self.browse = ttk.Button(body, text="Browse…", command=self._browse)
        self.formats = ttk.Combobox(body, textvariable=self.format, state="readonly", width=8)
        self.fields = choosing.fields(body)
        self._row(0, "What", self.whats, "w")
        self._muted(1, self.description)
        self._row(2, "Name", self.entry)
        self.browse.grid(row=2, column=2, padx=(px(8), 0), pady=px(4))
        self._muted(3, self.where)
        self._row(4, "Format", self.formats, "w")
        for row, field in enumerate(self.fields.values(), start=5):
            self._row(row, field.title, field.widget, "w")
        self._build_foot()
        self.whats.bind("<<ComboboxSelected>>", lambda _event: self._chosen())
        self.formats.bind("<<ComboboxSelected>>", lambda _event: self._formatted())

    def _build_foot(self) -> None:
        body, px = self.body, self.theme.px
        wrong = ttk.Label(body, textvariable=self.said, style="Error.TLabel", wraplength=px(440))
        wrong.grid(row=8, column=0, columnspan=3, sticky="w", pady=(px(8), 0))
        foot = ttk.Frame(body)
        foot.grid(row=9, column=0, columnspan=3, sticky="e", pady=(px(8), 0))
        self.cancel = ttk.Button(foot, text="Cancel", command=self.close)
        self.save = ttk.Button(foot, text="Save", command=self._save)
        self.cancel.grid(row=0, column=0, padx=(0, px(8)))
        self.save.grid(row=0, column=1)

    def _row(self, row: int, title: str, widget: tk.Widget, sticky: str = "ew") -> None:
        px = self.theme.px
        ttk.Label(self.body, text=title).grid(row=row, column=0, sticky="w", padx=(0, px(12)))
        widget.grid(row=row, column=1, sticky=sticky, pady=px(4))

    def _muted(self, row: int, text: tk.StringVar) -> None:
        label = ttk.Label(self.body, textvariable=text, style="Muted.TLabel", wraplength=self.theme.px(340))
        label.grid(row=row, column=1, columnspan=2, sticky="w")

    @property
    def _kind(self) -> Kind:
        return self._kinds[self._picture]

    @property
    def _formats(self) -> tuple[str, ...]:
        """The formats of the kind as a person reads them, the usual one first."""
        return tuple(suffix[1:].upper() for suffix in self._kind.formats)

    @property
    def _choices(self) -> dict[str, Choice]:
        """What can be chosen of the kind in the format, besides what the window shows."""
        choices = self._kind.choices
        return {name: choices[name] for name in self.fields if name in choices and choices[name].counts(self._suffix)}

    def _chosen(self) -> None:
        """Follow what is to be saved: its formats and its size, and its name unless another was typed."""
        stem, before = self._typed.stem, self._kind.title.lower()
        self._picture = next(name for name, each in self._kinds.items() if each.title == self.what.get())
        if self.format.get() not in self._formats:
            self.format.set(self._formats[0])
        self.name.set(f"{self._kind.title.lower() if stem == before else stem}{self._suffix}")
        self._offer()

    def _offer(self) -> None:
        """Offer what can be chosen of the kind in the format, and say why where there is nothing to save."""
        why = self._why_not[self._picture]
        self.description.set(f"Not now: {why}" if why else self._kind.description)
        self.save.state(["disabled" if why else "!disabled"])
        self.formats.configure(values=self._formats)
        for name, field in self.fields.items():
            field.offer(self._choices.get(name))

    def _named(self) -> None:
        """Follow a typed name: the folder, and the format that its suffix asks for."""
        self._calm()
        typed = self._typed
        if typed.suffix and typed.suffix != self._suffix:
            self.format.set(typed.suffix[1:].upper())
            self._offer()
        self.where.set(f"in {typed.path(self._suffix).parent}")

    def _formatted(self) -> None:
        """Follow a chosen format: give the name its suffix."""
        self.name.set(f"{self._typed.stem}{self._suffix}")
        self._offer()

    def _calm(self) -> None:
        """Forget what was said; the person changes something."""
        self._replace = None
        self.said.set("")
        self.save.configure(text="Save")

    @property
    def _typed(self) -> FileName:
        return FileName(self.name.get().strip(), self._folder, self._kind.formats)

    @property
    def _suffix(self) -> str:
        return f".{self.format.get().lower()}"

    def _browse(self) -> None:
        if chosen := dialogs.ask_picture(self, self._typed.path(self._suffix), self._suffix, self._kind.formats):
            self._folder = chosen.parent
            self.name.set(chosen.name)
        self.entry.focus_set()

    def _save(self) -> None:
        """Close with an answer, or say what is wrong with it; a file that is there takes two clicks."""
        typed, wrong_field = self._typed, next((each for each in self.fields.values() if each.wrong), None)
        path = typed.path(self._suffix)
        if self._why_not[self._picture]:
            self.whats.focus_set()
        elif wrong := typed.trouble(path):
            self._complain(wrong, self.entry)
        elif wrong_field:
            self._complain(wrong_field.wrong, wrong_field.widget)
        elif path.exists() and self._replace != path:
            self._replace = path
            self.said.set(f"{path.name} is there already. Replace overwrites it.")
            self.save.configure(text="Replace")
        else:
            self.result = Answer(self._picture, path, {name: self.fields[name].value for name in self._choices})
            self.close()

    def destroy(self) -> None:
        """Go away with the texts of its fields, as `Panel.destroy` has it."""
        super().destroy()
        self.fields.clear()

    def _complain(self, text: str, widget: ttk.Entry) -> None:
        self.said.set(text)
        widget.focus_set()
        widget.selection_range(0, "end")
