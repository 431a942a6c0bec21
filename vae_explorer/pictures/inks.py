"""The colours that our Figures are drawn with: few, each for one thing, with a partner on other grounds than paper."""

GROUND = "white"  # what all stands on
INK = "black"  # what is read
MUTED = "0.4"  # what is read second
TICK = "0.6"  # small lines at a scale
RULE = "0.8"  # lines that only part, and what counts little
ACCENT = "#1f5fbf"  # what a picture is about
PRIOR = {1: "0.85", 2: "0.93"}  # of N(0, 1), so many sigmas to each side

LIGHT = "light"
_OURS = (GROUND, INK, MUTED, TICK, RULE, ACCENT, PRIOR[1], PRIOR[2])
_DARK = ("#15181d", "#f2f3f5", "#a9afb8", "#7d848e", "#3f464f", "#7aa8f0", "#343b44", "#252a31")
# Of the grey and the blue, the luminance is that which has the same contrast with white and with black, 4.6:1.
_BETWEEN = ("none", "#757575", "#757575", "#757575", "#80808080", "#2873d6", "#80808059", "#8080802e")
THEMES = {  # by name, what each of our colours becomes
    LIGHT: {each: each for each in _OURS},
    "dark": dict(zip(_OURS, _DARK, strict=True)),
    "transparent": dict(zip(_OURS, _BETWEEN, strict=True)),
}
