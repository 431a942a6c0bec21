"""One model as a web page: a single file that asks for nothing, with the networks, the atlas and the views in it."""
