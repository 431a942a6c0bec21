"""How a program ends: its exit code, and what it says of an error. Knows no command line."""

import signal
import traceback
from collections.abc import Callable

from vae_explorer import streams
from vae_explorer.errors import Failure, explain


def code(prog: str, work: Callable[[], int], debug: bool = False) -> int:
    """Give the exit code of a work, or of an error, which is said as one paragraph on stderr.

    2 is for a Failure or what the system refused (disk full, no permission), 130 for Ctrl-C and 128 + its number for
    another signal, 141 where nobody reads the output any more. Anything else is our mistake: its traceback is shown.
    """
    try:
        return work()
    except KeyboardInterrupt as error:
        streams.tell(f"{prog}: stopped.")
        return 128 + (error.args[0] if error.args else signal.SIGINT)
    except BrokenPipeError:  # of stdout: nothing else here writes into pipes
        return 141
    except (Failure, OSError) as error:
        if debug:
            streams.tell(traceback.format_exc())
        streams.tell(f"{prog}: {explain(error)}")
        return getattr(error, "exit_code", 2)
