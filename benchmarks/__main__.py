"""`make bench`: every benchmark, or those named, each in a process of its own with one thread."""

import os
import subprocess
import sys

PARTS = (
    "decoding", "posterior", "places", "factors", "handles", "inking", "closing", "preparing", "samples", "training",
    "page", "window", "workspace", "events", "pen", "dragging", "starting",
)  # fmt: skip
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

if __name__ == "__main__":
    failed = False
    for part in sys.argv[1:] or PARTS:
        code = f"from benchmarks import {part}; print({part}.report())"
        failed |= bool(
            subprocess.run([sys.executable, "-c", code], env=os.environ | ONE_THREAD, check=False).returncode
        )
    sys.exit(failed)
