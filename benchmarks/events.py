"""Real keys and a real mouse, faster than a person's: how far behind the last frame is, how many frames are shown."""

import subprocess
import sys
import time
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.ratios import spread
from benchmarks.window import SCREEN, Window, opened
from vae_explorer.images import Pixels

KEYS_A_SECOND, MOVES_A_SECOND = 500, 1000
ROUNDS = 5
QUIET_MS = 300  # after which no frame comes any more
SWING = 25  # steps or pixels to each side, far from the ends of a slider


@dataclass
class Seen:
    """What a window saw of one second of events; times are seconds of the monotonic clock."""

    first: float = 0.0
    last: float = 0.0
    arrived: int = 0  # events that Tk handed to the slider
    moved: int = 0  # of which the slider's value changed
    frames: list[float] = field(default_factory=list)  # when each was on the screen


def report() -> str:
    """Measure and lay out both."""
    with opened() as window:
        window.root.focus_force()  # there is no window manager to give it the focus
        window.settle()
        keys = [_keys(window) for _ in range(ROUNDS)]
        drags = [_drag(window) for _ in range(ROUNDS)]
    return "\n".join([_behind(keys), _shown(drags)])


def _behind(rounds: list[tuple[float, Seen]]) -> str:
    rate = median((KEYS_A_SECOND - 1) / (seen.last - seen.first) for _, seen in rounds)
    lags = [1e3 * (seen.frames[-1] - seen.last) for _, seen in rounds]
    frames = [1e3 * frame for frame, _ in rounds]
    ratios = [lag / frame for lag, frame in zip(lags, frames, strict=True)]
    return "\n".join(
        [
            f"{KEYS_A_SECOND} keys on a slider in a second ({rate:.0f}/s reached)",
            f"  keys that arrived {_each(seen.arrived for _, seen in rounds)}, "
            f"frames {_each(len(seen.frames) for _, seen in rounds)}",
            f"  last key → its frame {spread(lags)} ms; a frame alone {spread(frames)} ms",
            f"  in frame times: {spread(ratios)}, worst {max(ratios):.2f}, must be at most 2",
        ]
    )


def _shown(rounds: list[Seen]) -> str:
    rate = median((MOVES_A_SECOND - 1) / (seen.last - seen.first) for seen in rounds)
    ratios = [len(seen.frames) / seen.moved for seen in rounds]
    return "\n".join(
        [
            f"a slider is dragged with {MOVES_A_SECOND} mouse events in a second ({rate:.0f}/s reached)",
            f"  events that arrived {_each(seen.arrived for seen in rounds)} (Tk merges those that wait), moved the "
            f"slider {_each(seen.moved for seen in rounds)}, frames {_each(len(seen.frames) for seen in rounds)}",
            f"  frames / events that moved it: {spread(ratios)}, worst {min(ratios):.2f}, must be 0.8, aim 0.9",
        ]
    )


def _each(numbers: Any) -> str:
    return "/".join(str(number) for number in numbers)


def _keys(window: Window) -> tuple[float, Seen]:
    """How long a frame takes, alone, and what is seen of a second of arrow keys to and fro."""
    taken = []
    for k in range(60):
        started = time.perf_counter()
        window.move(k % 30 / 10)
        taken.append(time.perf_counter() - started)
    window.session.commit(z=(0.0,) * len(window.session.state.z))
    window.scales[0].focus_force()
    window.settle()
    swing = ["Right"] * SWING + ["Left"] * SWING
    return median(taken), _watch(window, "<KeyPress>", KEYS_A_SECOND, "key", swing)


def _drag(window: Window) -> Seen:
    """What is seen of a second of dragging a slider's thumb to and fro, a pixel at a time."""
    window.session.commit(z=(0.0,) * len(window.session.state.z))
    window.settle()
    scale = window.scales[0]
    x, y = (int(each) for each in scale.tk.splitlist(scale.tk.call(scale, "coords", 0.0)))
    x, y = x + scale.winfo_rootx(), y + scale.winfo_rooty()
    across = [*range(SWING), *range(SWING, -SWING, -1), *range(-SWING, 0)]
    seen = _watch(window, "<Motion>", MOVES_A_SECOND, "move", [f"{x + each},{y}" for each in across])
    subprocess.run(["xdotool", "mousemove", "2", str(SCREEN[1] - 2)], check=True)
    window.settle()
    return seen


def _watch(window: Window, event: str, rate: int, kind: str, words: list[str]) -> Seen:
    """Run the window's own event loop while another process sends `rate` events, and some time longer."""
    root, scale, seen = window.root, window.scales[0], Seen()
    tags, own = scale.bindtags(), window.digit.show
    root.bind_class("Benchmark", event, lambda _event: _count(seen))
    scale.bindtags(("Benchmark", *tags))
    z = [window.session.state.z]

    def moved(state: Any) -> None:
        seen.moved += state.z != z[0]
        z[0] = state.z

    def executed() -> None:
        root.winfo_pointerxy()
        seen.frames.append(time.monotonic())

    def show(pixels: Pixels) -> None:
        own(pixels)
        root.after_idle(executed)  # after what Tk has put there to draw

    window.session.listen(moved)
    window.digit.show = show  # type: ignore[method-assign]
    many = (words * (rate // len(words) + 1))[:rate]
    command = [sys.executable, "-m", "benchmarks.hand", str(rate), kind, *many]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hand:

        def wait() -> None:
            if hand.poll() is None:
                root.after(20, wait)
            else:
                root.after(QUIET_MS, root.quit)

        root.after(20, wait)
        root.mainloop()
        assert hand.stdout
        seen.first, seen.last = map(float, hand.stdout.read().split())
    window.digit.show = own  # type: ignore[method-assign]
    window.session.forget(moved)
    scale.bindtags(tags)
    return seen


def _count(seen: Seen) -> None:
    seen.arrived += 1
