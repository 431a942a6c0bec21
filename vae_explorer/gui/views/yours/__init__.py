"""The tab with a person's own digit: drawn with the pen, and as the model gets it."""
