"""What is asked before something would be lost: bookmarks and measurements that no file has, or a picture that is being
saved. Knows Tk only."""

import tkinter as tk
from tkinter import ttk

from vae_explorer import plain
from vae_explorer.gui.looks.theme import BOLD, Theme
from vae_explorer.gui.panels.panel import Panel, opened

NAME, WAITING = "leaving", "waiting"
MOST = 60  # characters of a title, in which there is the name of a file
SAVE, DROP, DONE, STAY = "save", "drop", "done", ""


def ask(root: tk.Misc, theme: Theme, what: str, count: int) -> str:
    """Ask whether to SAVE or DROP that many things of a kind, as "bookmark".

    STAY when the person changed their mind, or is being asked.
    """
    if opened(root, NAME):
        return STAY
    question = Question(root, theme, what, count)
    question.wait_window()
    return question.answer


def wait(root: tk.Misc, theme: Theme, job: str) -> str:
    """Wait until the job of that title is DONE, or the person wants to DROP it; STAY as of `ask`, or if it fails.

    Whoever hears of its end calls `waited`.
    """
    if opened(root, WAITING):
        return STAY
    waiting = Waiting(root, theme, job)
    waiting.wait_window()
    return waiting.answer


def waited(root: tk.Misc, answer: str) -> None:
    """Answer in the place of a person who waits, if one does."""
    if opened(root, WAITING):
        root.nametowidget(WAITING).close_with(answer)


class _Asking(Panel):
    """Two lines and some buttons; `answer` is that of the one that was chosen, once it is closed."""

    def __init__(self, root: tk.Misc, theme: Theme, name: str, title: str, asked: str, sentence: str) -> None:
        super().__init__(root, theme, name, title, modal=True)
        self.resizable(False, False)
        self.answer = STAY
        ttk.Label(self.body, text=asked, font=BOLD).grid(sticky="w")
        ttk.Label(self.body, text=sentence).grid(sticky="w", pady=(theme.px(4), theme.px(16)))
        self._foot = ttk.Frame(self.body)
        self._foot.grid(sticky="e")

    def _button(self, text: str, answer: str) -> ttk.Button:
        column = len(self._foot.winfo_children())
        button = ttk.Button(self._foot, text=text, command=lambda: self.close_with(answer))
        button.grid(row=0, column=column, padx=(self.theme.px(8) if column else 0, 0))
        return button

    def close_with(self, answer: str) -> None:
        """Close, with an answer."""
        self.answer = answer
        self.close()


class Question(_Asking):
    """The question about things that no file has; answer is SAVE, DROP or STAY."""

    def __init__(self, root: tk.Misc, theme: Theme, what: str, count: int) -> None:
        """what: what each of them is, as "bookmark"."""
        asked = f"Save {f'{count} {what}s' if count > 1 else f'the {what}'} first?"
        sentence = "Without a file they are lost." if count > 1 else "Without a file it is lost."
        super().__init__(root, theme, NAME, f"Unsaved {what}s", asked, sentence)
        self.drop = self._button("Don't save", DROP)
        self.cancel = self._button("Cancel", STAY)
        self.save = self._button("Save…", SAVE)
        self.open(self.save)


class Waiting(_Asking):
    """The word that a job is waited for; answer is DONE, DROP or STAY."""

    def __init__(self, root: tk.Misc, theme: Theme, job: str) -> None:
        """job: its title."""
        sentence = "The window closes as soon as that is done."
        super().__init__(root, theme, WAITING, "Closing", plain.line(job, MOST), sentence)
        self.drop = self._button("Close now, without it", DROP)
        self.stay = self._button("Stay", STAY)
        self.open(self.stay)
