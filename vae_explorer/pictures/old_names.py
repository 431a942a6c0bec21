"""The words of older versions, which stand in saved pictures, copied programs and command lines: read for ever, written
no more."""

from collections.abc import Mapping
from typing import Any

OLD = {  # of what → its old names, each with the one that it has now
    "picture": {"strips": "traverse", "manifold": "plane"},
    "option of path": {"a": "start", "b": "end", "kind": "way"},
    "option of reconstruct": {"input": "image"},
    "way": {"spherical": "arc", "shortest": "geodesic"},
}


def now(what: str, name: Any) -> Any:
    """Give the name that something has now; a name that never changed, and a value that is not text, stays as it is."""
    return OLD.get(what, {}).get(name, name) if isinstance(name, str) else name


def options_now(picture: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options of a kind of picture under the names, and with the values, that they have now.

    Raises ValueError where one stands there twice, under its old name and the one it has now.
    """
    found: dict[str, Any] = {}
    for old, value in options.items():
        name = now(f"option of {picture}", old)
        if name in found:
            raise ValueError(f"the option {name!r} stands there twice")
        found[name] = now(name, value)
    return found
