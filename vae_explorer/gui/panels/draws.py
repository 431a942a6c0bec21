"""The question where Random draws from, and by which seed. Shows the table of `sources`."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import font, ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import BOLD, FIXED, FONT
from vae_explorer.gui.panels.panel import Panel
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session import draws
from vae_explorer.space.sources import MAX_RADIUS, SOURCES, WHY, lacks

NAME = "draws"
WIDTH = 320  # pixels of the design, of a line of text: it stands over the sliders, and the digit is seen beside it
STATUS = 40  # pixels of the design that stay free at the bottom, where it is said what was drawn
LINES = 3  # that the longest sentence on a source takes
RADII = "0.25", "0.5", "1", "2", "4"  # to choose from; any other can be typed
MAX_DIGITS = 18  # of a seed


class Draws(Panel):
    """A line for each source, a sentence on the chosen one, why they differ, the seed, and a button that draws."""

    def __init__(self, root: tk.Misc, desk: Desk, changed: Callable[[], None]) -> None:
        """changed: called when something has been chosen."""
        super().__init__(root, desk.theme, NAME, "Random", modal=True)
        self.resizable(False, False)
        self._desk, self._changed, name = desk, changed, draws.source(desk.space, desk.memory.settings)
        self.source, self.about, self.seed = tk.StringVar(self, name), tk.StringVar(self), tk.StringVar(self)
        self.counted, self.said = tk.StringVar(self), tk.StringVar(self)
        ttk.Label(self.body, text="Random draws from", font=BOLD).grid(columnspan=2, sticky="w")
        self.choices = {name: self._choice(name) for name in SOURCES}
        self._sentence()
        self._muted(WHY).grid(columnspan=2, sticky="w", pady=(self.theme.px(8), 0))
        self._seeds().grid(columnspan=2, sticky="ew", pady=(self.theme.px(12), 0))
        self._foot().grid(columnspan=2, sticky="ew", pady=(self.theme.px(8), 0))
        self.bind("<r>", lambda event: None if isinstance(event.widget, ttk.Entry) else self._draw())
        self._show()
        self.open(self.choices[name])
        self._stand_aside()

    def _choice(self, name: str) -> ttk.Radiobutton:
        """Make the line of a source, and below it why it cannot be chosen."""
        source, why, row = SOURCES[name], lacks(name, self._desk.space), self.body.grid_size()[1]
        button = ttk.Radiobutton(
            self.body, text=source.title, value=name, variable=self.source, command=partial(self._choose, name)
        )
        button.grid(row=row, column=0, sticky="w", pady=(self.theme.px(4), 0))
        Tooltip(button, lambda: source.about, self.theme)
        if why:
            button.state(["disabled"])
            self._muted(f"Off: {why}").grid(columnspan=2, sticky="w")
        elif name == "class":
            self._classes().grid(row=row, column=1, sticky="e")
        elif name == "around":
            self._radii().grid(row=row, column=1, sticky="e")
        return button

    def _sentence(self) -> None:
        """Put a sentence on the chosen source below them, in a place that is high enough for all."""
        row, line = self.body.grid_size()[1], font.nametofont(FONT, self).metrics("linespace")
        self._muted("", textvariable=self.about).grid(row=row, columnspan=2, sticky="nw", pady=(self.theme.px(8), 0))
        self.body.rowconfigure(row, minsize=LINES * line + self.theme.px(8))

    def _muted(self, text: str, **options: object) -> ttk.Label:
        return ttk.Label(self.body, text=text, style="Muted.TLabel", wraplength=self.theme.px(WIDTH), **options)  # type: ignore[arg-type]

    def _classes(self) -> ttk.Combobox:
        names = self._desk.space.class_names
        self.classes = ttk.Combobox(self.body, state="readonly", values=[*names.values()], width=12)
        label = draws.label(self._desk.space, self._desk.memory.settings)
        self.classes.current([*names].index(label) if label is not None else 0)
        self.classes.bind("<<ComboboxSelected>>", lambda _event: self._choose("class"))
        return self.classes

    def _radii(self) -> ttk.Frame:
        frame = ttk.Frame(self.body)
        self.radii = ttk.Combobox(frame, values=RADII, width=5)
        self.radii.set(f"{draws.radius(self._desk.memory.settings):g}")
        ttk.Label(frame, text="radius", style="Muted.TLabel").grid(row=0, column=0, padx=(0, self.theme.px(8)))
        self.radii.grid(row=0, column=1)
        for sequence in ("<<ComboboxSelected>>", "<Return>", "<FocusOut>"):
            self.radii.bind(sequence, lambda _event: self._take_radius())
        return frame

    def _seeds(self) -> ttk.Frame:
        px, frame = self.theme.px, ttk.Frame(self.body)
        frame.columnconfigure(3, weight=1)
        self.entry = ttk.Entry(frame, textvariable=self.seed, width=12, font=FIXED, justify="right")
        self.copy = ttk.Button(frame, text="Copy", command=self._copy)
        self.again = ttk.Button(frame, text="Start over", command=self._start_over)
        for column, each in enumerate((ttk.Label(frame, text="Seed"), self.entry, self.copy, self.again)):
            each.grid(row=0, column=column, sticky="w", padx=(px(8) if column else 0, 0))
        counted = ttk.Label(frame, textvariable=self.counted, style="Muted.TLabel")
        counted.grid(row=1, column=0, columnspan=4, sticky="w", pady=(px(4), 0))
        for sequence in ("<Return>", "<FocusOut>"):
            self.entry.bind(sequence, lambda _event: self._take_seed())
        return frame

    def _foot(self) -> ttk.Frame:
        frame = ttk.Frame(self.body)
        frame.columnconfigure(0, weight=1)
        wrong = ttk.Label(frame, textvariable=self.said, style="Error.TLabel")
        self.draw = ttk.Button(frame, text="Draw", command=self._draw)
        self.done = ttk.Button(frame, text="Close", command=self.close)
        for column, each in enumerate((wrong, self.draw, self.done)):
            each.grid(row=0, column=column, sticky="w", padx=(self.theme.px(8) if column else 0, 0))
        return frame

    def _stand_aside(self) -> None:
        """Stand at the left of the window, over the sliders: what is drawn is seen beside it."""
        root, (width, height) = (
            self._desk.status.widget.winfo_toplevel(),
            (self.winfo_reqwidth(), self.winfo_reqheight()),
        )
        top = root.winfo_rooty() + max(0, root.winfo_height() - height - self.theme.px(STATUS))
        self.geometry(f"{width}x{min(height, root.winfo_height())}+{root.winfo_rootx()}+{top}")

    # ------------------------------------------------------------------ what is chosen

    def _choose(self, name: str) -> None:
        """Draw from a source from now on."""
        self.source.set(name)
        changes: dict[str, object] = {"source": name}
        if name == "class":
            changes["source_label"] = [*self._desk.space.class_names][self.classes.current()]
            self.classes.selection_clear()
        self._desk.memory.remember(**changes)
        self.said.set("")
        self._show()

    def _take_radius(self) -> None:
        """Take a radius that was typed or chosen, and draw from around here."""
        now = draws.radius(self._desk.memory.settings)
        try:
            radius = float(self.radii.get().replace(",", "."))
        except ValueError:
            radius = 0.0
        if radius == now and self.radii.get() != f"{now:g}":
            self.radii.set(f"{now:g}")
        elif not 0 < radius <= MAX_RADIUS:
            self.radii.set(f"{now:g}")
            self.said.set(f"A radius is more than 0 and at most {MAX_RADIUS:g}")
        elif radius != now:
            self._desk.memory.remember(source_radius=radius)
            self._choose("around")

    def _take_seed(self) -> None:
        """Begin with the first draw of a seed that was typed; the one that was there goes on."""
        session, text = self._desk.session, self.seed.get().strip()
        if text == str(session.seed):
            return
        if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS:
            session.reseed(int(text))
            self.said.set("")
        else:
            self.said.set("A seed is a whole number from 0")
        self._show()

    def _start_over(self) -> None:
        """Begin again with the first draw of the seed."""
        self._take_seed()
        self._desk.session.reseed(self._desk.session.seed)
        self._show()

    def _copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(str(self._desk.session.seed))

    def _draw(self) -> None:
        """Go to a random point, as what is typed has it."""
        self._take_seed()
        self._take_radius()
        self._desk.run(self._desk.actions["random"])
        self._show()

    def _show(self) -> None:
        """Tell what is chosen, and which draw of its seed comes next."""
        session = self._desk.session
        self.about.set(f"{SOURCES[self.source.get()].about}.")
        self.seed.set(str(session.seed))
        self.counted.set(f"The next draw is number {session.drawn + 1} of this seed.")
        self._changed()
