"""The colours that our Figures are drawn with: few, and each for one thing. Knows nothing else."""

INK = "black"  # what is read
MUTED = "0.4"  # what is read second
TICK = "0.6"  # small lines at a scale
RULE = "0.8"  # lines that only part, and what counts little
ACCENT = "#1f5fbf"  # what a picture is about
PRIOR = {1: "0.85", 2: "0.93"}  # of N(0, 1), so many sigmas to each side
