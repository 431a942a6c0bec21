"""The suffixes of the formats in which pictures are saved."""

STILL = (".png", ".svg", ".pdf")  # of every picture, the usual one first
GIF = ".gif"  # of one that moves
TABLE = ".csv"  # of the numbers behind one
