"""The question which of several models in one file is to be opened. Knows Tk only."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import font, ttk

from vae_explorer import plain
from vae_explorer.gui.looks.theme import BOLD, FONT, Theme
from vae_explorer.gui.panels.panel import Panel, opened

NAME = "models"
ROWS = 8  # at most; more are scrolled
MOST = 60  # characters of a name
WIDTH = 360  # pixels of the design, at least


def ask(root: tk.Misc, theme: Theme, file: str, names: Sequence[str]) -> str | None:
    """Ask which model in a file is wanted; None when the person changed their mind, or is being asked."""
    if opened(root, NAME):
        return None
    question = Question(root, theme, file, names)
    question.wait_window()
    return question.answer


class Question(Panel):
    """A list of the names, the first one chosen; `answer` is the chosen one, once it is closed by Open."""

    def __init__(self, root: tk.Misc, theme: Theme, file: str, names: Sequence[str]) -> None:
        super().__init__(root, theme, NAME, "Several models", modal=True)
        self.resizable(False, False)
        self._names = names
        self.answer: str | None = None
        px, head = theme.px, f"{plain.line(file, MOST)} holds {len(names)} models that differ"
        ttk.Label(self.body, text=head, font=BOLD).grid(columnspan=2, sticky="w")
        ttk.Label(self.body, text="Which one is to be opened?").grid(
            columnspan=2, sticky="w", pady=(px(4), px(8))
        )  # fmt: skip
        self.list = self._list()
        foot = ttk.Frame(self.body)
        foot.grid(row=3, columnspan=2, sticky="e", pady=(px(16), 0))
        self.cancel = ttk.Button(foot, text="Cancel", command=self.close)
        self.go = ttk.Button(foot, text="Open", command=self._answer)
        for column, button in enumerate((self.cancel, self.go)):
            button.grid(row=0, column=column, padx=(px(8) if column else 0, 0))
        self.list.bind("<Double-Button-1>", lambda event: self._answer() if self.list.identify_row(event.y) else None)
        self.bind("<Return>", lambda _event: self._answer())
        self.open(self.list)

    def _list(self) -> ttk.Treeview:
        tree = ttk.Treeview(
            self.body, columns=("name",), show="", height=min(ROWS, len(self._names)), selectmode="browse"
        )  # fmt: skip
        texts = [plain.line(name, MOST) for name in self._names]
        measure = font.nametofont(FONT, self).measure
        tree.column("name", width=max(self.theme.px(WIDTH), *(measure(text) for text in texts)))
        for k, text in enumerate(texts):
            tree.insert("", "end", iid=str(k), values=(text,))
        tree.selection_set("0")
        tree.focus("0")
        tree.grid(row=2, column=0, sticky="nsew")
        if len(texts) > ROWS:
            bar = ttk.Scrollbar(self.body, orient="vertical", command=tree.yview, takefocus=False)
            tree.configure(yscrollcommand=bar.set)
            bar.grid(row=2, column=1, sticky="ns")
        return tree

    def _answer(self) -> None:
        if selected := self.list.selection():
            self.answer = self._names[int(selected[0])]
            self.close()
