"""The factors: what a person would say of a digit, in a person's units; those that have handles. Knows names only.

They are those of Morpho-MNIST (Castro et al. 2019); `measures` measures them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Factor:
    """A factor: its title and unit on the screen; how many decimals a value is shown with; what a key's step is; a
    sentence on it without its full stop; and what is said of a picture that has more of it, or less."""

    title: str
    unit: str
    decimals: int
    step: float
    description: str
    verb: str
    more: str
    less: str

    def said(self, rises: bool, change: str = "") -> str:
        """Say of a picture that it has more of it, or less: "is wider"; or by how much: "is 0.8 px wider"."""
        return " ".join(filter(None, (self.verb, change, self.more if rises else self.less)))


# fmt: off
FACTORS = {
    "slant": Factor("Slant", "°", 1, 1.0, "How far it leans: to the right above 0, to the left below",
                    "leans", "further right", "further left"),
    "width": Factor("Width", "px", 1, 0.2, "From its left to its right edge, once it is set upright",
                    "is", "wider", "narrower"),
    "height": Factor("Height", "px", 1, 0.2, "From its upper to its lower edge",
                     "is", "taller", "shorter"),
    "thickness": Factor("Thickness", "px", 2, 0.05, "How thick its lines are, on average",
                        "is", "thicker", "thinner"),
    "mass": Factor("Mass", "px", 0, 2.0, "How much ink it has: as many white pixels have as much",
                   "has", "more ink", "less ink"),
}
# fmt: on

# What is held until a person lets it go. The mass is not: it follows from the other four.
HELD = frozenset(FACTORS) - {"mass"}
CLASS = "class"  # its name, as something that is held


def holdable(latent_dim: int) -> tuple[str, ...]:
    """The names of all that can be held: the factors, the class, and each of D dimensions as "z3"."""
    return (*FACTORS, CLASS, *(f"z{dim}" for dim in range(latent_dim)))


def written(name: str, value: float, signed: bool = False) -> str:
    """Write the value of a factor with its unit: "4.2°", "11.3 px"; signed, for a change: "+4.2°"."""
    factor = FACTORS[name]
    sign = "+" if signed else ""
    number = f"{value:{sign}z.{factor.decimals}f}".replace("-", "−")
    return f"{number}{'' if factor.unit == '°' else ' '}{factor.unit}"
