"""A person's own matplotlib: it changes no picture of ours, and we change nothing of it."""

import json
import threading

import matplotlib
import numpy as np
import pytest
from factories import python
from matplotlib.backends.backend_agg import FigureCanvasAgg

from vae_explorer.pictures import figures, rc

MATPLOTLIBRC = """
text.usetex: True
text.parse_math: False
font.family: serif
font.size: 30
mathtext.fontset: stix
image.lut: 8
image.origin: lower
image.interpolation: bilinear
axes.facecolor: red
axes.grid: True
axes.unicode_minus: False
axes.formatter.use_locale: True
axes.spines.bottom: False
axes.titlecolor: green
lines.linewidth: 9
patch.force_edgecolor: True
path.sketch: 5, 50, 2
xtick.labelsize: 30
ytick.minor.visible: True
figure.dpi: 33
figure.facecolor: yellow
figure.frameon: False
figure.autolayout: True
savefig.bbox: tight
savefig.facecolor: red
savefig.transparent: True
svg.fonttype: none
svg.hashsalt: mine
pdf.compression: 0
backend: Qt4Agg
"""

PICTURES = """
import hashlib, io, json, pickle, sys, numpy as np
from vae_explorer.pictures import export, figures, maps, strips, ways
from vae_explorer.pictures.tiles import DrawnWay
import matplotlib
from IPython.core.pylabtools import print_figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
tiles = (np.arange(12 * 784) % 256).astype(np.uint8).reshape(12, 28, 28)
way = DrawnWay(tiles[:4], np.array([1.0, -0.0, 2.0]), np.array([0.0, 5, 50, 100]))
labels = np.arange(60, dtype=np.uint8) % 3
xy = np.random.default_rng(0).normal(labels[:, None], 1, (60, 2))
names = {0: "nil", 1: "$1$", 2: "two"}
shown = {
    "bands": figures.bands({"in": tiles, "out": tiles[::-1]}, 6),
    "plane of digits": figures.plane(tiles, [-1, 0, 1.5, 2], [2, "none", -2], ("z0", "z1")),
    "traverse": strips.traverse(tiles, [-1, 0, 1, 2], [0, 1, 2], [0.5] * 3, [1.0] * 3),
    "ways": ways.ways({"straight": way, "geodesic": way}),
    "plane": maps.plane(xy, labels, names, (0, 0), ("z0", "z1")),
    "line": maps.line(xy[:, 0], labels, names, -1.5, ("z0", "digits")),
    "equation": ways.equation(tiles[:4], ["a", "b", "c", "d"], ["-", "+", "="], "told"),
    "photograph": export._photograph(tiles[0][..., None].repeat(3, -1), (280, 280)),
}
if sys.argv[1:]:  # a person sets something when the Figures are there
    matplotlib.rc_file(sys.argv[1])
def printed(figure):
    file = io.BytesIO()
    figure.canvas.print_figure(file)
    return file.getvalue()
def drawn(figure):
    own, canvas = figure.canvas, FigureCanvasAgg(figure)
    canvas.draw()
    figure.set_canvas(own)
    return bytes(canvas.buffer_rgba())
ways = {
    ".svg": lambda figure: export.figure_bytes(figure, ".svg"),
    ".pdf": lambda figure: export.figure_bytes(figure, ".pdf"),
    ".png": lambda figure: export.figure_bytes(figure, ".png"),
    "shown in a notebook": lambda figure: print_figure(figure, base64=True).encode(),
    "printed": printed,
    "unpickled and printed": lambda figure: printed(pickle.loads(pickle.dumps(figure))),
    "drawn": drawn,
}
seen = {}
for name, figure in shown.items():
    for way in [*ways, ".png", "shown in a notebook"]:
        digest = hashlib.sha256(ways[way](figure)).hexdigest()
        assert seen.setdefault(f"{name} {way}", digest) == digest, f"another {name} {way} the second time"
    assert seen[f"{name} unpickled and printed"] == seen[f"{name} printed"], name
print(json.dumps(seen))
"""


def hashes(code=PICTURES, *args):
    done = python(code, *args)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def plain():
    return hashes()


@pytest.mark.parametrize("place", ["matplotlibrc", "style", "backend", "afterwards"])
def test_pictures_are_the_same_bytes_whatever_a_person_has_set(plain, tmp_path, monkeypatch, place):
    code = PICTURES
    if place == "afterwards":
        (tmp_path / "mine").write_text(MATPLOTLIBRC)
        assert hashes(code, tmp_path / "mine") == plain
        return
    if place == "backend":
        monkeypatch.setenv("MPLBACKEND", "Qt4Agg")
    else:
        monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "mine"))
        (tmp_path / "mine").write_text(MATPLOTLIBRC if place == "matplotlibrc" else "")
    if place == "style":
        (tmp_path / "a.mplstyle").write_text(MATPLOTLIBRC.replace("backend: Qt4Agg\n", ""))
        code = f"from matplotlib import style\nstyle.use({str(tmp_path / 'a.mplstyle')!r})\n{PICTURES}"
    assert hashes(code) == plain


def test_a_persons_own_settings_stay_theirs(tmp_path, monkeypatch):
    (tmp_path / "mine").write_text("lines.linewidth: 9\nbackend: svg\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "mine"))
    code = """
import io, matplotlib, numpy as np
before = dict(matplotlib.rcParams)
from vae_explorer.pictures import ways
from vae_explorer.pictures.tiles import DrawnWay
drawn = DrawnWay(np.zeros((2, 28, 28), np.uint8), np.ones(1), None)
ways.ways({"": drawn}).savefig(io.BytesIO(), format="svg")
assert dict(matplotlib.rcParams) == before
print(matplotlib.rcParams["lines.linewidth"], matplotlib.rcParams._get("backend"))
"""
    done = python(code)
    assert done.stdout == "9.0 svg\n", done.stderr


@pytest.mark.parametrize(("backend", "meant"), [("svg", "svg"), ("SVG", "svg"), ("Qt4Agg", "pdf"), ("", "pdf")])
def test_mplbackend_is_obeyed_where_matplotlib_has_that_backend(tmp_path, monkeypatch, backend, meant):
    """Nobody asks for another, so what is found is that of the matplotlibrc."""
    (tmp_path / "mine").write_text("backend: pdf\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "mine"))
    monkeypatch.setenv("MPLBACKEND", backend)
    code = (
        "import os\nfrom vae_explorer.pictures import rc\nimport matplotlib\n"
        "print(matplotlib.rcParams['backend'].lower(), os.environ['MPLBACKEND'], matplotlib is rc.matplotlib)"
    )
    done = python(code)
    assert done.stdout == f"{meant} {backend} True\n", done.stderr


def test_a_figure_made_outside_of_own_settings_is_refused():
    with pytest.raises(RuntimeError, match="within own_settings"):
        rc.Figure()
    with rc.own_settings():
        assert rc.Figure().axes == []


def test_a_layout_begins_where_the_figure_was_made_or_laid_out_ahead():
    def places():
        figure.canvas.draw()
        return [axes.get_position(original=True).bounds for axes in figure.axes]

    found = []
    for ahead in False, True:
        figure = figures.plane(np.zeros((3, 60, 40), np.uint8), ["a long name"] * 3, ["another"], ("across", "down"))
        FigureCanvasAgg(figure)
        if ahead:
            figure.draw_without_rendering()
        found.append(places())
        assert places() == places() == found[-1]
    assert found[0] != found[1]


def test_own_settings_end_also_when_something_fails():
    with matplotlib.rc_context({"font.size": 33}):
        before = dict(matplotlib.rcParams)
        with pytest.raises(ZeroDivisionError), rc.own_settings():
            assert matplotlib.rcParams["font.size"] == 10
            raise ZeroDivisionError
        assert dict(matplotlib.rcParams) == before


def test_the_ground_of_the_window_is_the_same_whatever_a_person_has_set(tmp_path):
    (tmp_path / "mine").write_text(MATPLOTLIBRC)
    with matplotlib.rc_context(fname=tmp_path / "mine"):
        canvas = FigureCanvasAgg(rc.ground("#102030"))
        canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    assert pixels.shape == (100, 100, 4) and (pixels == (16, 32, 48, 255)).all()


def test_the_ground_of_the_window_is_made_and_drawn_while_a_picture_is_being_saved():
    made = threading.Event()

    def make():
        FigureCanvasAgg(rc.ground("#102030")).draw()
        made.set()

    other = threading.Thread(target=make)
    with rc.own_settings():
        other.start()
        waited = not made.wait(20)
    other.join()
    assert not waited
