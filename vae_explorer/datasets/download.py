"""Fetch a file from the web with a limit of bytes and of time. Knows no data sets and checks nothing of what comes.

pooch's own downloader takes what comes for as long as it comes: a byte every 29 seconds, or gigabytes.
"""

import time
from collections.abc import Callable
from pathlib import Path

MAX_BYTES = 16 << 20  # the largest file of MNIST takes 9.9 MB
MAX_S = 1800.0  # that file over a line of 6 kB/s
SILENT_S = 30  # without a byte, or an answer
CHUNK_BYTES = 1 << 16


def fetch(url: str, output: str, _pooch: object, came: Callable[[int], None]) -> None:
    """Write what a URL gives to a file: with the last argument given, what pooch calls a downloader.

    came: called with how many bytes have come so far, again and again. What it raises ends the download.
    Raises OSError, of which those of requests are kinds, also where it is too long or takes too long.
    """
    import requests  # 0.1 s: only for who needs it
    from urllib3.exceptions import HTTPError

    end = time.monotonic() + MAX_S
    with requests.get(url, stream=True, timeout=SILENT_S) as answer, Path(output).open("wb") as file:
        answer.raise_for_status()
        read = getattr(answer.raw, "read1", answer.raw.read)  # gives what has come, where urllib3 is 2.1 or later
        try:
            while piece := read(CHUNK_BYTES, decode_content=True):
                file.write(piece)
                came(file.tell())
                if file.tell() > MAX_BYTES:
                    raise OSError(f"it sends more than {MAX_BYTES >> 20} MB")
                if time.monotonic() > end:
                    raise OSError(f"it takes longer than {MAX_S:g} s")
        except HTTPError as error:
            raise OSError(str(error)) from error
