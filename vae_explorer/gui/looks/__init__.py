"""Colours, fonts and sizes of the window, and how digits are coloured."""
