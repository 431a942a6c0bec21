"""The column under the digit: what the window can tell of a drawing, or of the place where one is."""
