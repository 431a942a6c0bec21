"""What makes the pictures in the table of `kinds`: each function gives one as a Figure, or the frames of a GIF.

They know spaces and figures, no files. Each takes (space, recipe, chosen, cancelled): all the choices by name; and a
function that turns true when nobody wants the picture any more, for what takes long, which then raises Cancelled.
"""
