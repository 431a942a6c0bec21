"""The window as a whole: how it opens, what stands where in it, and what works beside it."""
