"""What a model is on disk: read as arrays without torch, written whole, never mixed with another's."""
