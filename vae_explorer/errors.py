"""What a person must be told when something cannot be done, and how it is told. Knows no command line and no window."""

from vae_explorer import plain

MAX_ERROR = 2000  # characters


class Failure(Exception):
    """Something a person must be told: what is wrong, why, and what to do next, in one short paragraph."""

    exit_code = 2


class Cancelled(Exception):
    """Work ended because it was cancelled. This is not a Failure, since nobody needs to be told."""


def explain(error: Failure | OSError) -> str:
    """Put an error into one line, which may quote a file's name or words; of an OSError, the file and the reason."""
    if isinstance(error, OSError) and error.strerror:
        return plain.line(f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}.", MAX_ERROR)
    return plain.line(str(error), MAX_ERROR)
