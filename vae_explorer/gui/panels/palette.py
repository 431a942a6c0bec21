"""The command palette: every action by a few typed letters. Shows the table of `actions`."""

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from tkinter import font, ttk

from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.panels.panel import Panel
from vae_explorer.session.action import Action

ROWS = 12  # at most; more are scrolled
WIDTH = 600  # pixels of the design
HELP = "↑ ↓ choose, Return runs, Esc closes"


class Palette(Panel):
    """An entry, below it the actions that match, and below them what the chosen one does, or why it cannot."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        actions: Sequence[Action],
        why_not: Callable[[Action], str],
        run: Callable[[Action], None],
    ) -> None:
        """why_not gives the reason why an action cannot run, empty when it can; run is called with the chosen one, when
        the palette is gone and the focus is back."""
        super().__init__(root, theme, "palette", "Commands", modal=True)
        self._actions, self._why_not, self._run = tuple(actions), why_not, run
        self._matches: list[Action] = []
        self._font = font.nametofont(FONT, root)
        self._typed, self._help = tk.StringVar(self), tk.StringVar(self)
        self.entry = ttk.Entry(self.body, textvariable=self._typed, font=FONT)
        self.entry.grid(row=0, column=0, columnspan=2, sticky="ew", pady=(0, theme.px(8)))
        self.list = self._list()
        width = theme.px(WIDTH)
        foot = ttk.Label(self.body, textvariable=self._help, style="Muted.TLabel", wraplength=width)
        foot.grid(row=2, column=0, columnspan=2, sticky="nw", pady=(theme.px(8), 0))
        self.body.rowconfigure(1, weight=1)
        self.body.rowconfigure(2, minsize=2 * self._font.metrics("linespace") + theme.px(8))  # a reason of two lines
        self._bind_keys()
        self.watch(self._typed, self._fill)
        self._fill()
        self.open(self.entry)

    def _list(self) -> ttk.Treeview:
        theme, rows = self.theme, min(ROWS, len(self._actions))
        tree = ttk.Treeview(
            self.body, columns=("menu", "label", "keys"), show="", height=rows, selectmode="browse", takefocus=False
        )
        menus = self._widest(action.menu for action in self._actions)
        keys = self._widest(action.keys for action in self._actions)
        tree.column("menu", width=menus, stretch=False)
        tree.column("label", width=theme.px(WIDTH) - menus - keys, stretch=False)
        tree.column("keys", width=keys, stretch=False, anchor="e")
        tree.tag_configure("off", foreground=theme.colours.muted)
        bar = ttk.Scrollbar(self.body, orient="vertical", command=tree.yview, takefocus=False)
        tree.configure(yscrollcommand=bar.set)
        tree.grid(row=1, column=0, sticky="nsew")
        bar.grid(row=1, column=1, sticky="ns")
        return tree

    def _widest(self, texts: Iterable[str]) -> int:
        return max((self._font.measure(text) for text in texts), default=0) + self.theme.px(16)

    def _bind_keys(self) -> None:
        steps = {"<Up>": -1, "<Down>": 1, "<Prior>": 1 - ROWS, "<Next>": ROWS - 1}
        for sequence, step in steps.items():
            self.entry.bind(sequence, lambda _event, step=step: self._move(step))  # type: ignore[misc]
        self.entry.bind("<Return>", lambda _event: self._run_chosen())
        self.list.bind("<<TreeviewSelect>>", lambda _event: self._describe())
        self.list.bind("<ButtonRelease-1>", self._click)
        self.list.bind("<FocusIn>", lambda _event: self.entry.focus_set())  # a click gives it the focus
        self.list.bind("<Configure>", lambda event: self._fit(event.width))

    def _fill(self) -> None:
        """List what matches what is typed, the first one chosen."""
        self._matches = matches(self._typed.get(), self._actions)
        self.list.delete(*self.list.get_children())
        for k, action in enumerate(self._matches):
            off = bool(self._why_not(action))
            self.list.insert("", "end", iid=str(k), tags=("off",) if off else ())
        self._write()
        if self._matches:
            self._choose(0)
        self._describe()

    def _fit(self, width: int) -> None:
        """Give the labels what is left of a width; of itself the list makes columns wider, but not narrower."""
        others = sum(self.list.column(name, "width") for name in ("menu", "keys"))
        self.list.column("label", width=max(width - others - self.theme.px(4), self.theme.px(40)))
        self._write()

    def _write(self) -> None:
        """Write the rows, cut to the width that there is."""
        room = self.list.column("label", "width") - self.theme.px(12)
        for k, action in enumerate(self._matches):
            why = self._why_not(action)
            text = f"{action.label} — {why}" if why else action.label
            self.list.item(str(k), values=(action.menu, cut(text, room, self._font.measure), action.keys))

    def _chosen(self) -> int:
        selected = self.list.selection()
        return int(selected[0]) if selected else -1

    def _choose(self, k: int) -> None:
        self.list.selection_set(str(k))
        self.list.see(str(k))

    def _move(self, step: int) -> str:
        if self._matches:
            self._choose(min(max(self._chosen() + step, 0), len(self._matches) - 1))
        return "break"

    def _describe(self) -> None:
        """Say why the chosen action cannot run, else what it does and which keys do what."""
        if not self._matches:
            self._help.set(
                f"No command matches “{cut(self._typed.get(), self.theme.px(WIDTH) // 2, self._font.measure)}”."
            )
            return
        chosen = self._matches[max(self._chosen(), 0)]
        why = self._why_not(chosen)
        self._help.set(
            f"{chosen.label}: {why}." if why else f"{chosen.description}.\n{HELP}" if chosen.description else HELP
        )

    def _click(self, event: "tk.Event[ttk.Treeview]") -> str:
        row = self.list.identify_row(event.y)
        if row and row == str(self._chosen()):
            self._run_chosen()
        return "break"  # not Treeview's own, which is about columns, and of a list that is gone

    def _run_chosen(self) -> None:
        if not self._matches:
            return
        action = self._matches[max(self._chosen(), 0)]
        if self._why_not(action):
            self._describe()
            self.bell()
            return
        self.close()
        self._run(action)


def matches(typed: str, actions: Iterable[Action]) -> list[Action]:
    """Give the actions that match, the best first, and among equals in the order given."""
    ranked = ((rank(typed, f"{action.menu} {action.label}", action.label), action) for action in actions)
    found = [(place, action) for place, action in ranked if place is not None]
    return [action for _, action in sorted(found, key=lambda each: each[0])]


def rank(typed: str, text: str, label: str) -> tuple[int, int] | None:
    """How well typed letters fit a text, smaller is better; None when they do not.

    From best to worst: the beginning of the label, beginnings of words in any order, parts of words in any order,
    letters that follow each other with gaps, of which the shorter stretch is the better.
    """
    text, label, words = text.casefold(), label.casefold(), typed.casefold().split()
    if not words or label.startswith(" ".join(words)):
        return 0, 0
    if all(any(part.startswith(word) for part in text.split()) for word in words):
        return 1, 0
    if all(word in text for word in words):
        return 2, 0
    stretch = shortest("".join(words), text)
    return None if stretch is None else (3, stretch)


def shortest(letters: str, text: str) -> int | None:
    """The length of the shortest stretch of a text that has the letters in their order; None when there is none."""
    ends = (_end(letters, text, start) for start in range(len(text)) if text[start] == letters[0])
    return min((length for length in ends if length), default=None)


def _end(letters: str, text: str, start: int) -> int:
    """How far from start the last of the letters is, 0 when one is lacking."""
    at = start
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return 0
    return at - start


def cut(text: str, width: int, measure: Callable[[str], int]) -> str:
    """Shorten a text to so many pixels, with … at its end."""
    text = text[:500]
    if measure(text) <= width:
        return text
    while text and measure(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
