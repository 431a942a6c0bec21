"""Which encoded digits the pointer is on in one view, so that another can show where they are. Knows no widgets."""

from collections.abc import Callable

Rows = tuple[int, ...]


class Pointed:
    """Rows of the atlas; who listens is told of each change."""

    def __init__(self) -> None:
        self.rows: Rows = ()
        self._listeners: list[Callable[[], None]] = []

    def point(self, rows: Rows) -> None:
        """Point at digits by their rows in the atlas, first at the one that the pointer is on; an empty tuple: at
        none."""
        if rows != self.rows:
            self.rows = rows
            for listener in self._listeners:
                listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call listener after every change."""
        self._listeners.append(listener)
