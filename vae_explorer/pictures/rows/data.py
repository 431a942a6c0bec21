"""Pictures of the data and of what a model says of them, as rows of the table of kinds."""

from vae_explorer.pictures import needs
from vae_explorer.pictures.choice import label, levels, levels_of_some, one_of, whole
from vae_explorer.pictures.kind import Kind
from vae_explorer.pictures.usual import MAKERS, NAMES

WHENCE = ("posterior", "prior")  # names of space/sources.SOURCES

ROWS = {
    "samples": Kind(
        "Samples",
        "Decoded draws from the aggregated posterior, the prior, or a class",
        {"n": whole("how many draws", 1, 400, 64),
         "source": one_of("where they are drawn from, where no class is named", lambda: WHENCE, "posterior"),
         "label": label("the name of the class they are drawn from"),
         "seed": whole("seed of the draws", 0, 2**63 - 1, 0)},
        MAKERS + "samples:samples",
        needs.source,
        table=MAKERS + "samples:table",
        around_z=False, examples=("--seed 7", "--label 4 --n 25", "--source prior --n 100 --out draws.pdf"),
    ),
    "reconstruct": Kind(
        "Reconstruct",
        "Your pictures, what the model makes of each, and the difference",
        {"image": levels_of_some("files of pictures, which are made like the data first, and folders of such")},
        MAKERS + "encoded:reconstruct",
        needs.encoder,
        table=MAKERS + "encoded:reconstruct_table",
        around_z=False, examples=("--image seven.jpg", "--image seven.jpg four.jpg --out pairs.pdf"),
    ),
    "posterior": Kind(
        "Posterior",
        "What the encoder says of a picture: mu, sigma, and draws",
        {"image": levels("the file of a picture, which is made like the data first"),
         "n": whole("how many draws", 0, 12, 5), "seed": whole("seed of the draws", 0, 2**63 - 1, 0), "names": NAMES},
        MAKERS + "encoded:posterior_figure",
        needs.encoder,
        table=MAKERS + "encoded:posterior_table",
        around_z=False, examples=("--image seven.jpg", "--image seven.jpg --n 3 --out posterior.pdf"),
    ),
    "kl": Kind(
        "KL",
        "How much each dimension tells of the data, in nats",
        {"names": NAMES},
        MAKERS + "facts:kl",
        needs.atlas,
        table=MAKERS + "facts:kl_table",
        around_z=False, examples=("--out kl.pdf", "--names 3=lean --out kl.csv"),
    ),
    "curves": Kind(
        "Curves",
        "Loss, recon and kl over the epochs of the training",
        {},
        MAKERS + "facts:curves",
        needs.training,
        table=MAKERS + "facts:curves_table",
        around_z=False, examples=("--weights trained --out curves.pdf",),
    ),
}  # fmt: skip
