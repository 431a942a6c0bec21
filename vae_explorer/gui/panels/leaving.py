"""The question what becomes of bookmarks that no file has, before they would be lost. Knows Tk only."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.looks.theme import BOLD, Theme
from vae_explorer.gui.panels.panel import Panel, opened

NAME = "leaving"
SAVE, DROP, STAY = "save", "drop", ""


def ask(root: tk.Misc, theme: Theme, count: int) -> str:
    """Ask whether to SAVE or DROP that many bookmarks; STAY when the person changed their mind, or is being asked."""
    if opened(root, NAME):
        return STAY
    question = Question(root, theme, count)
    question.wait_window()
    return question.answer


class Question(Panel):
    """The question; answer is SAVE, DROP or STAY once it is closed."""

    def __init__(self, root: tk.Misc, theme: Theme, count: int) -> None:
        super().__init__(root, theme, NAME, "Unsaved bookmarks", modal=True)
        self.resizable(False, False)
        self.answer = STAY
        px, them = theme.px, f"{count} bookmarks" if count > 1 else "the bookmark"
        ttk.Label(self.body, text=f"Save {them} first?", font=BOLD).grid(sticky="w")
        told = ttk.Label(self.body, text="Without a file they are lost." if count > 1 else "Without a file it is lost.")
        told.grid(sticky="w", pady=(px(4), px(16)))
        foot = ttk.Frame(self.body)
        foot.grid(sticky="e")
        self.drop = self._button(foot, 0, "Don't save", DROP)
        self.cancel = self._button(foot, 1, "Cancel", STAY)
        self.save = self._button(foot, 2, "Save…", SAVE)
        self.open(self.save)

    def _button(self, foot: ttk.Frame, column: int, text: str, answer: str) -> ttk.Button:
        button = ttk.Button(foot, text=text, command=lambda: self._close(answer))
        button.grid(row=0, column=column, padx=(0 if column == 0 else self.theme.px(8), 0))
        return button

    def _close(self, answer: str) -> None:
        self.answer = answer
        self.close()
