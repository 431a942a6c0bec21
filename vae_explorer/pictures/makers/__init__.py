"""What makes the pictures in the table of `kinds`: each function gives a Figure, the frames of a GIF or a Table.

They know spaces and figures, no files. Each takes (space, recipe, chosen, cancelled): all the choices by name; and a
function that turns true when nobody wants the picture any more, for what takes long, which then raises Cancelled.
"""
