"""What a page was handed, read again by other means than its own."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def data(path: Path) -> Any:
    """What the file of a page knows."""
    text = path.read_text("utf-8")
    [found] = re.findall('<script type="application/json" id="data">(.*?)</script>', text)
    return json.loads(found)


def array(told: dict[str, Any]) -> NDArray[np.float64]:
    """The numbers that its JSON tells of."""
    planes = [np.frombuffer(zlib.decompress(base64.b64decode(text), -15), np.uint8) for text in told["planes"]]
    return np.frombuffer(np.stack(planes, 1).tobytes(), "<" + told["type"]).astype(float)
