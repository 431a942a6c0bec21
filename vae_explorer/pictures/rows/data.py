"""Pictures of the data and of what a model says of them, as rows of the table of kinds."""

from vae_explorer.pictures import needs
from vae_explorer.pictures.choice import levels
from vae_explorer.pictures.kind import Kind
from vae_explorer.pictures.usual import MAKERS

ROWS = {
    "reconstruct": Kind(
        "Reconstruct",
        "A picture of yours, what the model makes of it, and the difference",
        {"image": levels("the file of a picture, which is made like the data first")},
        MAKERS + "encoded:reconstruct",
        needs.encoder,
        around_z=False, examples=("--image seven.jpg", "--image seven.jpg --out seven.pdf"),
    ),
}  # fmt: skip
