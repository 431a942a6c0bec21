"""Training: options in, a model's files and events out. `trainer` is the loop, `run` is all of a run around it."""
