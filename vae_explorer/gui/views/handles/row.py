"""One handle: the title and lock of a factor, its strip of digits, its slider and its typed value. Hands what the hand
does to the steering, and shows what it is told to."""

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from tkinter import font, ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.coordinates import parse_number
from vae_explorer.gui.looks.theme import BOLD
from vae_explorer.gui.views.handles.steering import Steering
from vae_explorer.gui.views.sliders.control import Control
from vae_explorer.gui.views.sliders.strips import Spread, Strip
from vae_explorer.gui.views.sliders.travel import Quantity, Travel
from vae_explorer.gui.widgets.lock import Lock
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels
from vae_explorer.session import holding
from vae_explorer.session.history import TILES
from vae_explorer.space.factors import FACTORS, written
from vae_explorer.space.measures import measure
from vae_explorer.space.ranges import Ranges

CHARS = 8  # of an entry: "11.3 px"
BEYOND = 0.25  # of the range of the data, by which a handle's travel is longer at each end
LEAST = 10  # steps of a key that a travel is long at least, where nothing changes a factor
FINE, PAGE = 0.1, 5  # steps of a key, with Shift, and of a page's key
PALE = "Pale: the model does not reach that from here with what is held; this is the nearest"
MOST = 1000.0  # that can be typed: no picture here is as large


class Handle(Control):
    """The control of a factor, with its title and its lock over the entry."""

    def __init__(self, parent: tk.Misc, name: str, ranges: Ranges, desk: Desk, steering: Steering) -> None:
        self._factor, self._steering, self._session = name, steering, desk.session
        self._nearest: Sequence[bool] = (False,) * TILES
        self._k, quantity, space = [*FACTORS].index(name), _quantity(name, ranges), desk.space
        band = float(ranges.low[self._k]), float(ranges.high[self._k])

        def _strip(place: tk.Misc) -> Strip:
            return Strip(place, desk.theme, space.shape, quantity, band, encodes=False)

        super().__init__(parent, quantity, _strip, CHARS, desk.theme, desk.status.say)
        self.travel = quantity.travel
        self.lock = self._head()
        median = f"a double click sets it to the median, {quantity.write(quantity.centre)}"
        how = f"{FACTORS[name].title}: drag, turn the wheel, or use ← and →; {median}"
        Tooltip(self.scale, lambda: how, desk.theme)
        Tooltip(self.entry, lambda: f"The {quantity.name} of the picture: type any, and z follows", desk.theme)
        self.scale.bind("<Escape>", self._put_back)
        for key in ("<Key-l>", "<Key-L>"):
            self.scale.bind(key, lambda _event: self._turn())

    def _head(self) -> Lock:
        """Put the title and the lock over the entry; give the lock."""
        factor, head = FACTORS[self._factor], ttk.Frame(self)
        title, lock = ttk.Label(head, text=factor.title, font=BOLD, padding=0), Lock(head, self._theme, self._turn)
        for each in (title, lock):
            each.grid(sticky="w")
        measure = font.nametofont(BOLD, self).measure
        edges = title.winfo_reqwidth() - measure(factor.title)
        widest = max(measure(each.title) for each in FACTORS.values())
        self.columnconfigure(0, minsize=widest + edges)  # the same in all rows: strips begin below one another
        head.grid(row=0, column=0, sticky="nw")
        Tooltip(title, lambda: factor.description, self._theme)
        Tooltip(lock, self._lock_tip, self._theme)
        return lock

    def show(self, value: float, held: bool) -> None:
        """Put number, thumb and frame where the factor is; in a hand the thumb is where that wants it, and a mark under
        the tiles where the factor is, unless both are the same."""
        goal = self._steering.goal(self._factor)
        wanted = value if goal is None else goal
        self.put(wanted)
        self.entry.show(value)
        self.strip.frame(wanted)
        apart = self._quantity.write(wanted) != self._quantity.write(value)
        self.strip.tell(Spread(value, 0.0) if apart else None)
        self.lock.show(held)

    def show_strip(self, pixels: Pixels, nearest: Sequence[bool]) -> None:
        """Show the tiles, (h, width) or (h, width, 3); nearest: of each, whether it is only the nearest in reach."""
        self.strip.show(pixels)
        self._nearest = nearest

    def strip_tip(self) -> str:
        """Say what lies under the pointer on the strip."""
        k, told = self.strip.pointed, super().strip_tip()
        return told if k is None or not self._nearest[k] else f"{told}\n{PALE}"

    def now(self) -> float:
        """Give the value as it is, which a key may have changed since it was shown."""
        session = self._session
        return float(measure(session.space.codec.decode([session.state.z]))[0, self._k])

    def move(self, value: float) -> None:
        """Let z follow to where the factor has a value."""
        self._steering.aim(self._factor, value)

    def rest(self) -> None:
        """Let z be where it has come to: one step of undo."""
        self._steering.rest()

    def _put_back(self, _event: object) -> str | None:
        return "break" if self._steering.put_back() else None

    def _turn(self) -> None:
        holding.turn(self._session, self._factor)

    def _lock_tip(self) -> str:
        name = self._quantity.name
        if self._factor in self._session.state.held:
            return f"The {name} stays as it is while another handle moves: click, or press L, to let it go"
        return f"The {name} may follow while another handle moves: click, or press L, to hold it"


def _quantity(name: str, ranges: Ranges) -> Quantity:
    """What the slider of a factor moves: over the range of the data and somewhat beyond."""
    factor, k = FACTORS[name], [*FACTORS].index(name)
    low, median, high = (float(each[k]) for each in (ranges.low, ranges.median, ranges.high))
    half = max((high - low) * (0.5 + BEYOND), LEAST * factor.step / 2)
    middle = (low + high) / 2
    return Quantity(
        factor.title.lower(), Travel(middle - half, middle + half), median, factor.step, factor.step * FINE,
        factor.step * PAGE, partial(written, name, signed=low < 0), partial(_read, factor.unit), ranges.source,
    )  # fmt: skip


def _read(unit: str, text: str) -> float:
    """Read a typed value, with its unit or without. Raises ValueError."""
    return parse_number(text.strip().removesuffix(unit), MOST)
