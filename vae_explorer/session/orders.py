"""In which order the sliders can stand: the names that states and settings have for it, each with its label.

Imports nothing, for the window reads its settings before it imports NumPy.
"""

ORDERS = {"number": "Sorted by number", "kl": "Most informative first"}
