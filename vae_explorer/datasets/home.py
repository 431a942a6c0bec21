"""Where MNIST lies on this machine, unless a place is named. Knows names of folders, and reads none."""

from pathlib import Path

VARIABLE = "VAE_EXPLORER_DATA"
HERE = Path("data")  # where it is looked for first, unless the variable names a place


def cache() -> Path:
    """Where a download goes: where this system keeps what can be fetched again."""
    import platformdirs  # which a window that starts does not wait for

    return platformdirs.user_cache_path("vae-explorer", appauthor=False) / "mnist"


def told() -> str:
    """Give two lines for --help that say where MNIST is looked for."""
    place, home = cache(), Path.home()
    shown = Path("~", place.relative_to(home)) if place.is_relative_to(home) else place
    return (
        f"MNIST is taken from the folder that {VARIABLE} names; without that from ./{HERE},\n"
        f"or from {shown}, into which it is downloaded where it is missing."
    )
