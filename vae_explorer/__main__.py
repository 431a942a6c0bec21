"""Open the window: `python -m vae_explorer`, the same as `python gui.py`; `--help` names the other commands."""

from vae_explorer import program

if __name__ == "__main__":
    raise SystemExit(program.window())
