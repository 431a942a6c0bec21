"""The colours that our Figures are drawn with: few, and each for one thing. Knows nothing else."""

INK = "black"  # what is read
MUTED = "0.4"  # what is read second
TICK = "0.6"  # small lines at a scale
RULE = "0.8"  # lines that only part
ACCENT = "#1f5fbf"  # what a picture is about
