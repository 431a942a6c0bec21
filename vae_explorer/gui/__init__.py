"""The window. Tk is nowhere else."""
