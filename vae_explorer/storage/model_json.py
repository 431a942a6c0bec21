"""`model.json`, which says what a model is: read with suspicion, written last. Knows text, no folders.

It has the hashes of the files beside it, by which a reader finds out whether they belong together.
"""

import json
from collections.abc import Mapping
from typing import Any

from vae_explorer import plain
from vae_explorer.errors import Failure

SCHEMA = 1
MAX_BYTES = 1 << 20
MOST_BETA, MOST_NATS = 1e6, 1e12
LIKELIHOODS = ("gaussian", "bernoulli")  # which `codecs.likelihood` has; the first is that of a file which names none


class ModelJsonError(Failure):
    """A model.json that cannot be used; the text says why, to follow the name of the file: "it is …"."""


def loads(data: bytes) -> dict[str, Any]:
    """Read what `dumps` gave; every text in it comes out as short and printable as a screen needs it.

    Raises ModelJsonError, also where something that the program shows is of another type than it takes it for.
    """
    try:
        info = _printable(json.loads(data))
        if info["schema"] != SCHEMA:
            raise ModelJsonError(f"it is of schema {plain.quoted(info['schema'])}; this version reads {SCHEMA}")
        _check(info)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelJsonError(f"it cannot be read ({type(error).__name__})") from error
    return info  # type: ignore[no-any-return]


def dumps(info: Mapping[str, Any], hashes: Mapping[str, str]) -> bytes:
    """Give the text of the file that says what a model is, and has the sha256 of each of its other files by name.

    Raises ValueError for a number that is not finite, which JSON does not have.
    """
    whole = {"schema": SCHEMA, **info, "files": dict(hashes)}
    return (json.dumps(whole, indent=2, allow_nan=False) + "\n").encode()


def _printable(info: Any) -> Any:
    if isinstance(info, dict):
        return {plain.line(key): _printable(value) for key, value in info.items()}
    if isinstance(info, list):
        return [_printable(value) for value in info]
    return plain.line(info) if isinstance(info, str) else info


def _check(info: dict[str, Any]) -> None:
    """Make sure that what the program asks of model.json is what it takes it for. Raises KeyError, TypeError."""
    if info.get("likelihood", LIKELIHOODS[0]) not in LIKELIHOODS:
        raise ModelJsonError(f"its likelihood is {plain.quoted(info['likelihood'])}, which this version does not know")
    data, options, test = info.get("data", {}), info.get("options", {}), info.get("test") or {}
    if not all(isinstance(each, dict) for each in (info["files"], data, options, test)):
        raise TypeError("files, data, options and test are objects")
    names = data.get("class_names", [])
    if not isinstance(names, list) or not all(isinstance(each, str) for each in [data.get("name", ""), *names]):
        raise TypeError("names are strings")
    beta, loss = options.get("beta", 1.0), test.get("loss", 0.0)
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in (beta, loss)):
        raise TypeError("beta and loss are numbers")
    if not (0 <= beta <= MOST_BETA and abs(loss) < MOST_NATS):
        raise TypeError("beta is a weight, and a loss no larger than any is")
