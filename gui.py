"""Open the explorer: `python gui.py`; `python gui.py --help` tells the rest."""

from vae_explorer import program

if __name__ == "__main__":
    raise SystemExit(program.window())
