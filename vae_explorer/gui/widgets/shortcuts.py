"""Shortcuts of the table of actions as the sequences of Tk. Knows texts only."""

import sys

_COMMAND = "Command" if sys.platform == "darwin" else "Control"


def sequences(shortcut: str) -> tuple[str, ...]:
    """Turn "Ctrl+Shift+Z" into Tk's "<Control-Shift-Key-Z>", and what Caps Lock or a keypad makes of it.

    On macOS Ctrl is Command.
    """
    *modifiers, key = shortcut.split("+")
    if len(key) == 1:
        other = f"KP_{key}" if key.isdigit() else key.swapcase()
        names = [f"Key-{name}" for name in ((key, other) if "Shift" in modifiers else (key.lower(), other.upper()))]
    else:
        names = [{"Space": "space"}.get(key, key)]
    parts = [_COMMAND if each == "Ctrl" else each for each in modifiers]
    return tuple(f"<{'-'.join([*parts, name])}>" for name in names)
