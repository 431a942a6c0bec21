"""A process that starts: prints seconds from `argv[2]`, of the monotonic clock, to what `argv[1]` names, and ends.

bare: a Tk window on the screen. figure: `Figure` and `backend_tkagg` imported. window: ours on the screen, then its
digit, then all that there is to see. It imports nothing that what it measures would not.
"""

import sys
import time


def elapsed(since: float) -> float:
    """Seconds that have passed."""
    return time.monotonic() - since


def shown(root) -> None:  # tkinter must not be imported for a hint
    """Return when a window is on the screen and drawn; timers wait, so that what is put off stays off."""
    import _tkinter

    flags = _tkinter.WINDOW_EVENTS | _tkinter.IDLE_EVENTS
    while not root.winfo_viewable():
        root.tk.dooneevent(flags)
    for _ in range(2):
        root.winfo_pointerxy()  # the server has answered: all that it sent before lies in our queue
        while root.tk.dooneevent(flags | _tkinter.DONT_WAIT):
            pass
    root.winfo_pointerxy()


def bare(since: float) -> list[float]:
    """The smallest program with a window."""
    import tkinter

    root = tkinter.Tk()
    shown(root)
    return [elapsed(since)]


def figure(since: float) -> list[float]:
    """What every program imports that embeds a figure of matplotlib in Tk."""
    from matplotlib.backends import backend_tkagg
    from matplotlib.figure import Figure

    del backend_tkagg, Figure
    return [elapsed(since)]


def window(since: float) -> list[float]:
    """Ours, through its own command, up to where it would wait for events."""
    import tkinter

    from vae_explorer.gui import command
    from vae_explorer.gui.window import shell

    times, apps, fill = [], [], shell.fill

    def kept(*arguments):
        apps.append(fill(*arguments))
        return apps[-1]

    def watch(root, _n: int = 0) -> None:
        shown(root)
        times.append(elapsed(since))
        live = lambda: apps and (digit := apps[0].workspace.picture.digit) and digit.ready  # noqa: E731
        for ready in (live, lambda: apps[0].workspace.ready):
            while not ready():
                root.winfo_exists()  # raises when the window has been closed for an error
                root.tk.dooneevent(0)
            shown(root)
            times.append(elapsed(since))

    shell.fill, tkinter.Misc.mainloop = kept, watch
    command.main([])
    return times


if __name__ == "__main__":
    print(*{"bare": bare, "figure": figure, "window": window}[sys.argv[1]](float(sys.argv[2])))
