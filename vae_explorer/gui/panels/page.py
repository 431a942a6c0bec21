"""A text to read, in a window over another one: headings, facts in two columns, and blocks of Markdown."""

import tkinter as tk
from collections.abc import Iterable
from tkinter import font, ttk
from typing import Any

from vae_explorer.gui.looks.theme import BOLD, FIXED, FONT, Theme
from vae_explorer.gui.panels.markdown import Block, Span
from vae_explorer.gui.panels.panel import Panel

Facts = list[tuple[str, str]]
COLUMN = 360  # pixels of the design, of a table at most
MOST = 200  # characters that are measured


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
        self._tag(text, indent)
        _bind_keys(text)
        return text

    def _tag(self, text: tk.Text, indent: int) -> None:
        """Say how each kind of text looks."""
        px = self.theme.px
        text.tag_configure("heading", font=BOLD, spacing1=px(12), spacing3=px(4))
        text.tag_configure("fact", tabs=(px(indent),), lmargin2=px(indent), spacing3=px(2))
        text.tag_configure("muted", foreground=self.theme.colours.muted)
        usual = font.nametofont(FONT, self).actual()
        text.tag_configure("text", spacing3=px(6))
        text.tag_configure("item", lmargin1=px(8), lmargin2=px(20), spacing3=px(2))
        text.tag_configure("block", lmargin1=px(8), lmargin2=px(8), spacing1=px(2), spacing3=px(6))
        text.tag_configure("bold", font=BOLD)
        text.tag_configure("italic", font=(usual["family"], usual["size"], "italic"))
        text.tag_configure("code", font=FIXED)

    def heading(self, title: str) -> None:
        """Begin a part of the text."""
        self.text.insert("end", f"{title}\n", "heading")

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Write lines in two columns, of which the second is wrapped."""
        for name, value in facts:
            self.text.insert("end", name, ("fact", "muted"), f"\t{value}\n", "fact")

    def write(self, blocks: Iterable[Block]) -> None:
        """Write formatted text."""
        for k, block in enumerate(blocks):
            kind = {"code": "block", "table": f"table {k}"}.get(block.kind, block.kind)
            if block.kind == "table":
                self._tabulate(kind, block.rows)
            pieces: list[Any] = []
            for row in block.rows:
                head = "muted" if block.kind == "table" and row is block.rows[0] else ""
                for n, cell in enumerate(row):
                    pieces += ["\t" * (n > 0), (kind,)]
                    for text, style in cell:
                        pieces += [text, (kind, style, head)]
                pieces += ["\n", (kind,)]
            self.text.insert("end", *pieces)

    def _tabulate(self, tag: str, rows: list[list[list[Span]]]) -> None:
        """Let the columns of a table stand as far apart as what is in them is wide, but for the last, which wraps."""
        fonts = {style: font.nametofont(name, self) for style, name in (("", FONT), ("code", FIXED), ("bold", BOLD))}
        gap, most = self.theme.px(12), self.theme.px(COLUMN)
        count, stops = max(map(len, rows), default=0), [0]
        for column in range(count - 1):
            cells = [row[column] for row in rows if column < len(row)]
            widths = [sum(fonts.get(style, fonts[""]).measure(text[:MOST]) for text, style in cell) for cell in cells]
            stops.append(stops[-1] + min(most, max(widths) + gap))
        if len(stops) > 1:
            self.text.tag_configure(tag, tabs=tuple(stops[1:]), lmargin2=stops[-1])
        self.text.tag_configure(tag, spacing3=self.theme.px(2))

    def read(self) -> None:
        """Show what was written, from its beginning; from now on it cannot be changed."""
        self.text.configure(state="disabled")
        self.open(self.text)


def _bind_keys(text: tk.Text) -> None:
    """Let the keys scroll, since there is no cursor to move."""
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


def _scroll(text: tk.Text, step: int, what: Any) -> str:
    text.yview_scroll(step, what)
    return "break"  # not Text's own, which moves a cursor that nobody sees


def _move(text: tk.Text, end: float) -> str:
    text.yview_moveto(end)
    return "break"
