"""matplotlib, imported beside the window: that takes most of a start, and only the digit's canvas waits for it."""

import gc
import sys
import threading
from contextlib import suppress
from functools import cache
from importlib import import_module

CANVAS = "vae_explorer.gui.views.canvas"
THREAD = "import of the canvas"
TURN_S = 2e-4  # instead of 5 ms, which each call of Tk would wait for its turn while modules are read


@cache
def importing() -> threading.Thread:
    """The thread that imports the digit's canvas, or has done so; the first call starts it.

    No daemon: the end of the program waits for it, for one that ends amid an import in C++ can crash.
    """
    thread = threading.Thread(target=_import, name=THREAD)
    thread.start()
    return thread


def _import() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)
    try:
        gc.disable()  # a tenth of an import's time goes into looking for what could be freed, and nothing can
        with suppress(Exception):  # the main thread meets what is wrong, and can tell it
            import_module(CANVAS)
    finally:
        gc.enable()
        sys.setswitchinterval(usual)
