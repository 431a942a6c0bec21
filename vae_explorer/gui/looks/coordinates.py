"""A coordinate of z on screen: how far its controls reach, and how it is written and read."""

from vae_explorer.space.space import MAX_ABS_Z

RANGE = 3.0  # sliders, strips and planes go from −3 to 3; of N(0, 1) all but one in 370 lies between


def format_value(value: float) -> str:
    """Two decimals with a sign and a true minus; zero has none."""
    text = f"{value:+.2f}"
    return "0.00" if text[1:] == "0.00" else text.replace("-", "−")


def parse_value(text: str) -> float:
    """Read a typed value of z, as `parse_number`."""
    return parse_number(text, MAX_ABS_Z)


def parse_number(text: str, most: float) -> float:
    """Read a typed number within ±most, with a true or a typewriter's minus, point or comma. Raises ValueError."""
    quoted = " ".join(text.split())[:20]  # one short line, whatever was pasted
    try:
        value = float(text.strip().replace("−", "-").replace(",", ".").replace("_", "no"))  # 1_0 is Python's ten
    except ValueError:
        raise ValueError(f"“{quoted}” is no number" if quoted else "an empty text is no number") from None
    if not abs(value) <= most:
        raise ValueError(f"{quoted} is not between −{most:g} and {most:g}")
    return value
