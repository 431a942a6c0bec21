"""Open the explorer: `python gui.py`; `python gui.py --help` tells the rest."""

import sys

from vae_explorer.gui import main

if __name__ == "__main__":
    sys.exit(main())
