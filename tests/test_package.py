"""The house: which module may import which, and that nothing happens on import.

Each rule is a function from the text of a module to what it does wrong, and is shown to find it.
"""

import ast
import re
from collections.abc import Iterator

import pytest
from factories import ROOT, python

# From top to bottom: a module imports only from rows below its own, so rooms stand on each other, and files in a room.
ROWS = [
    {"__main__"},
    {"evaluate", "gui.command", "page.command", "render", "stats", "train"},
    {"rendering.again", "rendering.drawn"},
    {"rendering.options"},
    {"rendering.output", "rendering.place"},
    {"as_torch", "protocols"},
    {"gui.window.snapshot"},
    {"gui.window.shell"},
    {"gui.window.app", "gui.window.empty"},
    {"gui.window.model", "gui.window.troubles"},
    {
        "gui.window.asking",
        "gui.window.documents",
        "gui.window.menu",
        "gui.window.screen",
        "gui.window.workspace",
        "gui.window.clipboard",
        "gui.window.data",
    },
    {"gui.window.composing", "gui.window.saving", "gui.window.tabs", "gui.window.digits", "gui.window.panels"},
    {"gui.window.keeping"},
    {"gui.views.arithmetic.view", "gui.views.controls", "gui.views.picture", "gui.views.plane", "gui.views.yours.view"},
    {"gui.views.faces"},
    {"gui.views.handles.view", "gui.views.numbers"},
    {"gui.views.handles.tiling"},
    {
        "gui.views.answers.column",
        "gui.views.answers.looks_like",
        "gui.views.answers.trick",
        "gui.views.ink.view",
        "gui.views.map.view",
        "gui.views.path.view",
        "gui.views.shelf.view",
        "gui.views.sliders.view",
        "gui.views.yours.tools",
    },
    {
        "gui.views.handles.leads",
        "gui.views.handles.row",
        "gui.views.sliders.row",
    },
    {
        "gui.views.answers.ledger",
        "gui.views.answers.nearest",
        "gui.views.answers.place",
        "gui.views.arithmetic.sum",
        "gui.views.ink.others",
        "gui.views.buttons",
        "gui.views.layers",
        "gui.views.map.dressing",
        "gui.views.map.steering",
        "gui.views.path.ways",
        "gui.views.handles.steering",
        "gui.views.sliders.cards",
        "gui.views.sliders.control",
        "gui.views.tint",
    },
    {
        "gui.views.answers.bars",
        "gui.views.answers.likelihood",
        "gui.views.answers.part",
        "gui.views.answers.table",
        "gui.views.beside",
        "gui.views.ink.brush",
        "gui.views.ink.painting",
        "gui.views.map.chart",
        "gui.views.path.ends",
        "gui.views.path.foot",
        "gui.views.path.scrubber",
        "gui.views.path.search",
        "gui.views.shelf.pointer",
        "gui.views.sliders.card",
        "gui.views.yours.pen",
        "gui.views.yours.steps",
        "gui.views.sliders.spreads",
        "gui.views.sliders.tiling",
    },
    {
        "gui.views.ink.bar",
        "gui.views.ink.paint",
        "gui.views.map.cloud",
        "gui.views.map.histogram",
        "gui.views.map.marks",
        "gui.views.shelf.thumbnails",
        "gui.views.sliders.ends",
        "gui.views.sliders.factor_table",
        "gui.views.sliders.heads",
        "gui.views.sliders.locks",
        "gui.views.sliders.strips",
    },
    {"gui.views.yours.pad", "gui.views.yours.photo", "gui.views.yours.switches"},
    {"gui.views.yours.preparing", "gui.views.yours.raster"},
    {
        "gui.views.map.fields",
        "gui.views.map.glimpse",
        "gui.views.map.mark",
        "gui.views.map.ruler",
        "gui.views.path.strip",
    },
    {
        "gui.views.map.badges",
        "gui.views.map.sheet",
        "gui.views.map.underlay",
        "gui.views.path.player",
        "gui.views.sliders.values",
        "gui.views.sliders.shades",
        "gui.views.sliders.error_bar",
        "gui.views.sliders.travel",
    },
    {
        "gui.views.canvas",
        "gui.views.map.viewport",
        "gui.views.painter",
        "gui.views.rows",
        "gui.views.sign",
        "gui.views.sliders.parts",
    },
    {
        "gui.panels.about",
        "gui.panels.keys",
        "gui.panels.leaving",
        "gui.panels.models",
        "gui.panels.palette",
        "gui.panels.saving",
    },
    {"gui.panels.page", "gui.panels.draws", "gui.panels.measurements", "gui.panels.original"},
    {"gui.panels.panel"},
    {"gui.panels.choosing", "gui.panels.dialogs", "gui.panels.file_name", "gui.panels.markdown", "gui.desk.originals"},
    {"gui.desk.desk"},
    {"gui.desk.decoding"},
    {"gui.desk.layers", "gui.desk.motion", "gui.desk.status", "gui.desk.work"},
    {"gui.desk.memory", "gui.desk.pointed", "gui.desk.progress", "gui.desk.steps"},
    {"gui.widgets.axes", "gui.widgets.lock", "gui.widgets.panes", "gui.widgets.spare"},
    {
        "gui.widgets.bindings",
        "gui.widgets.naming",
        "gui.widgets.places",
        "gui.widgets.tiles",
        "gui.widgets.tooltip",
        "gui.widgets.wrapped",
    },
    {
        "gui.widgets.later",
        "gui.widgets.photo",
        "gui.widgets.scrolled",
        "gui.widgets.shortcuts",
        "gui.widgets.shortened",
        "gui.widgets.wheel",
    },
    {"gui.looks.styles"},
    {"gui.looks.grooves"},
    {"gui.looks.cells", "gui.looks.menus", "gui.looks.targets", "gui.looks.toggles"},
    {"gui.looks.theme"},
    {"gui.looks.coordinates", "gui.looks.look", "gui.looks.shapes", "gui.looks.words"},
    {"gui.options", "gui.views.tab"},
    {"gui.preload", "gui.room", "gui.pasted"},
    {"named", "session.offered", "training.glimpses", "training.run"},
    {"session.actions", "session.asked", "session.holding", "session.outputs", "training.results", "training.resume"},
    {"session.action", "session.analogy", "session.measuring", "session.recipes", "training.trainer", "session.draws"},
    {"evidence"},
    {"session.seen", "session.window"},
    {"metrics", "session.history", "training.events", "training.options"},
    {"session.names", "session.subject", "session.tellings"},
    {"session.state", "session.photos", "settings"},
    {"session.shelves"},
    {"session.point_files"},
    {
        "session.bookmarks",
        "session.points",
        "session.faces",
        "session.layers",
        "session.measurements",
        "session.orders",
    },
    {"notebook.explorer"},
    {"notebook.live"},
    {"notebook.still"},
    {"page.made"},
    {"page.joined", "page.packing"},
    {"page.arrays"},
    {"pictures.make"},
    {"pictures.crowding", "pictures.dress", "pictures.export", "pictures.fields", "pictures.resize"},
    {
        "pictures.makers.decoded",
        "pictures.makers.encoded",
        "pictures.makers.facts",
        "pictures.makers.planes",
        "pictures.makers.samples",
        "pictures.makers.ways",
    },
    {"pictures.makers.tiling"},
    {
        "pictures.charts",
        "pictures.comparison",
        "pictures.facts",
        "pictures.figures",
        "pictures.maps",
        "pictures.pairs",
        "pictures.posteriors",
        "pictures.strips",
        "pictures.ways",
    },
    {"pictures.as_python", "pictures.sheets"},
    {"pictures.recipe"},
    {"pictures.kinds"},
    {"pictures.rows.data", "pictures.rows.places", "pictures.rows.ways"},
    {"pictures.needs"},
    {"pictures.kind", "pictures.usual"},
    {"pictures.choosing_dims", "pictures.grounds"},
    {
        "pictures.choice",
        "pictures.colours",
        "pictures.old_names",
        "pictures.scatter",
        "pictures.table",
        "pictures.tiles",
    },
    {
        "pictures.carried",
        "pictures.difference",
        "pictures.dimensions",
        "pictures.inks",
        "pictures.looks",
        "pictures.rc",
        "pictures.suffixes",
        "pictures.ticks",
    },
    {"models", "space.field", "space.inking", "space.solve"},
    {"space.wanted"},
    {
        "space.cards",
        "space.change",
        "space.gave_way",
        "space.keeping",
        "space.least_squares",
        "space.missing",
        "space.places",
        "space.sources",
    },
    {"space.space", "space.survey"},
    {
        "space.classes",
        "space.density",
        "space.effects",
        "space.ledger",
        "space.likelihood",
        "space.paths",
        "space.ranges",
    },
    {"space.atlas", "space.geodesic", "space.refining"},
    {"space.lbfgs", "space.measures", "space.posterior", "space.telling"},
    {"space.factors"},
    {"space.mixture"},
    {"space.latent"},
    {"codecs.own"},
    {"codecs.opening"},
    {"codecs.onnx"},
    {"codecs.codec"},
    {"codecs.chain", "codecs.conv", "codecs.likelihood"},
    {"codecs.by_name", "codecs.network", "codecs.traits"},
    {"codecs.called"},
    {"codecs.foreign"},
    {"codecs.activations", "codecs.differences", "codecs.identity", "codecs.output"},
    {"datasets.originals"},
    {"datasets.drawing", "datasets.mnist", "datasets.prepare"},
    {"datasets.class_names", "datasets.known", "datasets.search"},
    {"datasets.class_folders"},
    {"datasets.pictures", "datasets.sets"},
    {"datasets.parts"},
    {"datasets.arrays", "datasets.split", "datasets.tables"},
    {"datasets.idx", "datasets.mirrors", "datasets.photos", "datasets.reading", "datasets.strokes"},
    {
        "datasets.colours",
        "datasets.download",
        "datasets.ground",
        "datasets.ink",
        "datasets.unpacking",
    },
    {"datasets.listing"},
    {"datasets.lines"},
    {"datasets.components", "datasets.fitting", "datasets.home"},
    {"storage.annex", "storage.atlas_file", "storage.writing"},
    {"storage.checkpoint", "storage.history"},
    {"storage.model_json", "storage.places", "storage.source", "storage.weights"},
    {"storage.containers", "storage.search"},
    {"storage.legacy", "storage.networks", "storage.safetensors"},
    {"storage.linear"},
    {"storage.layers", "storage.shapes"},
    {"storage.statedict"},
    {"storage.chain", "storage.pickled", "storage.told"},
    {
        "storage.standins",
        "storage.dtypes",
        "storage.formats",
        "storage.gzips",
        "storage.npy",
        "storage.onnx",
        "storage.zips",
    },
    {"model"},
    {"program"},
    {"child", "cli", "images", "jobs", "lock", "remembered"},
    {"bounds", "exits", "files"},
    {"errors"},
    {"plain", "stops", "streams"},
]
ROW = {name: row for row, names in enumerate(ROWS) for name in names}
TORCH = {"as_torch", "model", "metrics", "evidence", "protocols", "train", "evaluate"}
TORCH |= {f"training.{name}" for name in ("glimpses", "results", "resume", "run", "trainer")}
TORCH_IN_FUNCTIONS = {"storage.writing", "storage.legacy"}
SHAPED = {"model", "images", "datasets.idx", "datasets.mnist", "datasets.drawing", "datasets.strokes"}  # know 28 × 28
SHAPED |= {"datasets.prepare", "codecs.conv", "storage.shapes"}
# MNIST's side, its last and its middle pixel; its pixels; the features of our networks.
SIZES = {28.0, 27.0, 13.5, 784.0, 1568.0, 3136.0}
ALIKE = {("storage.zips", 28.0), ("pictures.scatter", 27.0)}  # an offset in a zip's directory, and a part of a colour
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}

PACKAGE = ROOT / "vae_explorer"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py"
}
ROOMS = {
    ".".join(path.parent.relative_to(PACKAGE).parts): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*/__init__.py"))
}


def place(name: str) -> str:
    """The name in the table of a module, or of what is imported from one: `files.write` → `files`."""
    parts = name.split(".")
    heads = (".".join(parts[:k]) for k in range(len(parts), 0, -1))
    return next((head for head in heads if head in ROW), name)


def imports(text: str) -> Iterator[tuple[str, str]]:
    """Every import of a module as (full name, where); where is `module`, `function` or `types`."""

    def walk(node: ast.AST, where: str) -> Iterator[tuple[str, str]]:
        for child in ast.iter_child_nodes(node):
            inside = where
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                inside = "function"
            elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
                inside = "types"
            elif isinstance(child, ast.Import):
                yield from ((each.name, where) for each in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = "." * child.level + (child.module or "")
                dot = "." if child.module else ""
                yield from ((f"{base}{dot}{each.name}", where) for each in child.names)
            yield from walk(child, inside)

    return walk(ast.parse(text), "module")


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def wrong_rows(module: str, text: str) -> list[str]:
    """Imports from the same row, from one above, or from a module that has no row."""
    wrong = []
    if place(module) not in ROW:
        return [f"{module} has no row in the table"]
    for name, _ in imports(text):
        if name.startswith("."):
            wrong.append(f"{name}: relative imports hide the row")
        target = place(name.removeprefix("vae_explorer").lstrip("."))
        if not within(name, "vae_explorer") or target in ("", "__version__"):
            continue
        if target not in ROW:
            wrong.append(f"{target} has no row in the table")
        elif ROW[target] <= ROW[place(module)]:
            wrong.append(f"{module} imports {target}, which is not below it")
    return wrong


def wrong_libraries(module: str, text: str) -> list[str]:
    """tkinter outside gui, torch where it is not needed, pyplot anywhere."""
    wrong = []
    for name, where in imports(text):
        in_function = where == "function" and place(module) in TORCH_IN_FUNCTIONS
        if within(name, "tkinter") and not within(module, "gui"):
            wrong.append(f"{name} outside gui")
        if within(name, "torch") and place(module) not in TORCH and not in_function and where != "types":
            wrong.append(f"{name} at the level of {where}")
        if within(name, "matplotlib.pyplot") or within(name, "pylab") or within(name, "matplotlib.pylab"):
            wrong.append(f"{name} keeps figures and windows of its own")
    return wrong


def work_on_import(_module: str, text: str) -> list[str]:
    """Statements at module level that are no import, definition, constant or docstring."""
    wrong = []
    for node in ast.parse(text).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        definition = isinstance(
            node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
        )
        guarded = isinstance(node, ast.If) and ast.unparse(node.test) in (
            "TYPE_CHECKING", "typing.TYPE_CHECKING", "__name__ == '__main__'",
        )  # fmt: skip
        if not (docstring or definition or guarded):
            wrong.append(f"line {node.lineno}: {ast.unparse(node).splitlines()[0]}")
    return wrong


def unguarded_figures(module: str, text: str) -> list[str]:
    """matplotlib used without `rc`, which guards its import, or a Figure that a person's own settings reach."""
    if module == "pictures.rc":
        return []
    names = [name for name, where in imports(text) if where != "types"]
    used = [name for name in names if within(name, "matplotlib")]
    wrong = [f"{name}: Figures are made by rc" for name in used if within(name, "matplotlib.figure")]
    guarded = any(within(name, "vae_explorer.pictures.rc") for name in names)
    return wrong + ["rc is to be imported before"] * (bool(used) and not guarded)


def fixed_shapes(module: str, text: str) -> list[str]:
    """The size of one data set's images, in code or in words, where the shape is to be asked from the Space."""
    if module in SHAPED:
        return []
    numbers = re.finditer(r"(?<![\w.])\d+(\.\d+)?(?!\w|\.\d)", text)
    sizes = [each[0] for each in numbers if float(each[0]) in SIZES and (module, float(each[0])) not in ALIKE]
    sides = [name for name, _ in imports(text) if name == "vae_explorer.images.SIDE"]
    return sizes + sides + re.findall(r"\bimages\.SIDE\b", text)


def vague_names(module: str, _text: str) -> list[str]:
    return [part for part in module.split(".") if part.strip("_") in VAGUE]


def loose_options(_module: str, text: str) -> list[str]:
    """Dataclasses of options, whose fields are made by `option(...)`, that could be changed on the way."""
    return [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(each, ast.Call) and ast.unparse(each.func).endswith("option") for each in ast.walk(node))
        and "dataclass(frozen=True)" not in [ast.unparse(each) for each in node.decorator_list]
    ]


RULES = [
    wrong_rows, wrong_libraries, unguarded_figures, work_on_import, fixed_shapes, vague_names, loose_options,
]  # fmt: skip

BAD = [
    (wrong_rows, "codecs.codec", "from vae_explorer.space import atlas"),
    (wrong_rows, "datasets.idx", "from vae_explorer.datasets.mnist import read"),
    (wrong_rows, "codecs.codec", "import vae_explorer.space.atlas"),
    (wrong_rows, "codecs.codec", "def f():\n    from vae_explorer import gui"),
    (wrong_rows, "storage.statedict", "from vae_explorer.storage.checkpoint import read"),
    (wrong_rows, "pictures.figures", "from vae_explorer.gui.looks.theme import INK"),
    (wrong_rows, "train", "from vae_explorer import evaluate"),
    (wrong_rows, "gui.window.app", "from vae_explorer import render"),
    (wrong_rows, "gui.views.plane", "if TYPE_CHECKING:\n    from vae_explorer.gui.window.app import App"),
    (wrong_rows, "gui.looks.theme", "from vae_explorer.gui.widgets import tooltip"),
    (wrong_rows, "gui.views.plane", "from vae_explorer.gui.views.picture import MODELS"),
    (wrong_rows, "gui.window.app", "from ..codec import load"),
    (wrong_rows, "gui.window.app", "from .. import train"),
    (wrong_rows, "gui.window.app", "from . import shell"),
    (wrong_rows, "gui.window.app", "from vae_explorer import novelty"),
    (wrong_rows, "novelty", ""),
    (wrong_libraries, "session.history", "import tkinter as tk"),
    (wrong_libraries, "pictures.figures", "from tkinter import ttk"),
    (wrong_libraries, "train", "def f():\n    import tkinter.filedialog"),
    (wrong_libraries, "codecs.codec", "import torch"),
    (wrong_libraries, "codecs.codec", "def f():\n    from torch.nn import Linear"),
    (wrong_libraries, "gui.window.app", "import torch.nn"),
    (wrong_libraries, "storage.writing", "from torch import Tensor"),
    (wrong_libraries, "storage.writing", "class A:\n    import torch"),
    (wrong_libraries, "pictures.figures", "import matplotlib.pyplot as plt"),
    (wrong_libraries, "pictures.figures", "from matplotlib import pyplot"),
    (wrong_libraries, "gui.window.app", "def f():\n    from matplotlib.pyplot import show"),
    (unguarded_figures, "pictures.maps", "import numpy\nfrom matplotlib.axes import Axes"),
    (unguarded_figures, "pictures.colours", "def f():\n    from matplotlib import colormaps"),
    (
        unguarded_figures,
        "pictures.maps",
        "from vae_explorer.pictures.rc import own_settings\nfrom matplotlib.figure import Figure",
    ),
    (work_on_import, "cli", "print('hello')"),
    (work_on_import, "cli", "import logging\nlogging.basicConfig()"),
    (work_on_import, "cli", "for _ in range(3):\n    pass"),
    (work_on_import, "cli", "if True:\n    main()"),
    (work_on_import, "cli", "with open('x') as f:\n    pass"),
    (fixed_shapes, "pictures.figures", "x = y.reshape(-1, 28, 28)"),
    (fixed_shapes, "gui.views.plane", '"""Show grey levels, (28·n, 28·n)."""'),
    (fixed_shapes, "pictures.as_python", "text = 'x_hat  # (1, 1, 28, 28)'"),
    (fixed_shapes, "pictures.export", "# a side that is no multiple of 28."),
    (fixed_shapes, "pictures.figures", "middles = [k * 28.0 + 13.5 for k in range(3)]"),
    (fixed_shapes, "pictures.figures", "last = tile[27]"),
    (fixed_shapes, "metrics", "mse = squares / n / 784"),
    (fixed_shapes, "space.atlas", "features = np.empty(1568)"),
    (fixed_shapes, "gui.views.canvas", "from vae_explorer.images import SIDE, Pixels"),
    (fixed_shapes, "gui.views.canvas", "from vae_explorer import images\nside = images.SIDE"),
    (vague_names, "utils", ""),
    (vague_names, "gui._helpers", ""),
    (loose_options, "train", "@dataclass\nclass Options:\n    n: int = option(1, 'how many')"),
    (loose_options, "train", "@dataclass(slots=True)\nclass Options:\n    n: int = cli.option(1, 'how many')"),
]

GOOD = [
    (
        "gui.window.app",
        "from vae_explorer.gui.window import workspace\nfrom vae_explorer.images import Pixels\nimport tkinter",
    ),
    (
        "codecs.codec",
        "from vae_explorer.storage import checkpoint\nfrom vae_explorer.images import Floats\nimport numpy",
    ),
    ("storage.writing", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from torch import Tensor"),
    ("storage.writing", "def dumps():\n    import torch"),
    (
        "pictures.figures",
        "from vae_explorer.pictures.rc import Figure\nfrom matplotlib.axes import Axes\nimport matplotlib",
    ),
    ("pictures.rc", "from matplotlib.figure import Figure\nimport matplotlib"),
    ("codecs.conv", "shape = 1, 28, 28"),
    ("pictures.figures", "zoom = 84 // 2.28 + 128 + 0.28 + 28e3 + x28  # at version 1.28.0"),
    ("storage.zips", "head = data[place + 28 : place + 34]"),
    ("cli", '"""Words."""\nfrom vae_explorer import __version__\nX: int = 3\nif __name__ == "__main__":\n    main()'),
    ("train", "@dataclass(frozen=True)\nclass Options:\n    n: int = option(1, 'how many')"),
]


@pytest.mark.parametrize(("rule", "module", "text"), BAD)
def test_each_rule_finds_what_breaks_it(rule, module, text):
    assert rule(module, text)


@pytest.mark.parametrize(("module", "text"), GOOD)
def test_the_rules_leave_alone_what_is_allowed(module, text):
    assert [rule(module, text) for rule in RULES] == [[]] * len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("module", MODULES)
def test_the_package_keeps_every_rule(module, rule):
    assert rule(module, MODULES[module]) == []


def test_a_room_is_a_folder_that_says_in_its_first_file_what_it_is_and_nothing_else():
    for room, text in ROOMS.items():
        [only] = ast.parse(text).body
        assert isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant), room


def test_importing_the_package_loads_neither_numpy_nor_torch():
    done = python("import sys, vae_explorer; print({'numpy', 'torch', 'matplotlib'} & set(sys.modules))")
    assert done.stdout == "set()\n", done.stderr


def test_what_needs_neither_torch_nor_tkinter_imports_where_there_are_none():
    names = [f"vae_explorer.{name}" for name in MODULES if place(name) not in TORCH and not within(name, "gui")]
    code = (
        "import sys, importlib\nsys.modules['torch'] = sys.modules['tkinter'] = sys.modules['_tkinter'] = None\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = python(code, *names)
    assert done.stdout == "False\n", done.stderr


def test_a_public_name_loads_on_first_use_and_a_wrong_one_is_an_attribute_error():
    import vae_explorer

    assert all(getattr(vae_explorer, name) for name in dir(vae_explorer))
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = vae_explorer.nonsense
