"""The two faces of the left column, of which one is in front: the names that settings have for them, with their titles.

Imports nothing, for the window reads its settings before it imports NumPy.
"""

FACES = {"numbers": "Numbers", "handles": "Handles"}
