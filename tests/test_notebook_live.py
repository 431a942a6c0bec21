"""The explorer that lives in a cell: what Python says and hears of it, and its JavaScript in a real browser."""

import json

import numpy as np
import pytest
from browser import shown
from factories import made_up
from traitlets import TraitError

from vae_explorer.notebook.live import Live
from vae_explorer.page.packing import PageError
from vae_explorer.space.space import Space

# What anywidget hands to `render`, of one value that two views share.
NOTEBOOK = """
const listeners = new Set();
globalThis.model = {
  values: JSON.parse(document.getElementById("values").textContent), saved: [],
  get(name) { return this.values[name]; },
  set(name, value) { this.values[name] = value; listeners.forEach(each => each()); },
  save_changes() { this.saved.push(this.values.z); },
  on(_name, listener) { listeners.add(listener); },
  off(_name, listener) { listeners.delete(listener); },
};
globalThis.listeners = listeners;
globalThis.cells = [...document.querySelectorAll("div")];
globalThis.leave = await Promise.all(cells.map(el => render({ model, el })));
globalThis.explorer = true;
"""


@pytest.fixture(scope="module")
def space(model):
    return Space.open(model(2))


def test_where_it_stands_is_read_set_and_observed(space):
    widget, heard = Live(space, (0, 0)), []
    widget.observe(lambda change: heard.append(change["new"]), "z")
    widget.z = np.array([1, -2])
    assert widget.z == (1.0, -2.0) and heard == [(1.0, -2.0)]
    for z in ((1, 2, 3), (np.nan, 0), (11, 0)):
        with pytest.raises((ValueError, TraitError)):
            widget.z = z
    assert widget.z == (1.0, -2.0)


def test_what_the_browser_says_of_z_is_heard_and_not_said_back(space):
    widget, sent = Live(space, (0, 0)), []
    widget.send_state = sent.append
    widget.set_state({"z": [0.25, -1.5]})
    assert widget.z == (0.25, -1.5) and "z" not in sent


def test_the_networks_go_to_the_browser_once(space):
    widget = Live(space, (0, 0))
    assert json.loads(widget._data)["latent_dim"] == 2
    state = widget.get_state()
    assert {name for name in state if len(str(state[name])) > 1000} == {"_data", "_esm"}


def test_it_goes_with_a_picture_for_who_has_no_kernel(space):
    widget = Live(space, (1, 2))
    data, _ = widget._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG") and data["text/plain"] == "Explorer at z = (1.00, 2.00)"
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id


def test_a_decoder_that_no_page_can_hold_is_refused():
    with pytest.raises(PageError):
        Live(made_up(), (0, 0, 0))


@pytest.fixture
def cells(chromium, tmp_path):
    """A page with two cells that show one widget of the model that ships."""
    widget = Live(Space.open(), (0.5, 0, 0, 0, 0, -1))
    values = json.dumps({"z": widget.z, "_data": widget._data}).replace("<", "\\u003c")
    script = widget._esm.replace("export default", "const _ =") + NOTEBOOK
    path = tmp_path / "cells.html"
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><style>body {{ color: #eee }}</style><div></div><div></div>'
        f'<script type="application/json" id="values">{values}</script><script type="module">{script}</script>',
        "utf-8",
    )
    with shown(chromium, path) as page:
        yield page


def stands(page, cell, dim):
    """Where a slider of a cell stands."""
    return float(slider(page, cell, dim).input_value())


def slider(page, cell, dim):
    return page.locator("body > div").nth(cell).locator("input[type=range]").nth(dim)


def drag(page, handle, share):
    """Drag a slider with the mouse, to a share of its width."""
    handle.hover()  # when it has come to rest
    box = handle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2, steps=6)
    page.mouse.up()


def test_both_views_begin_where_python_has_set_it_and_follow_it(cells):
    assert [stands(cells, cell, 0) for cell in (0, 1)] == [0.5, 0.5] and stands(cells, 1, 5) == -1
    cells.evaluate("model.set('z', [1.25, 0, 0, 0, 0, -1])")
    assert [stands(cells, cell, 0) for cell in (0, 1)] == [1.25, 1.25]
    assert cells.evaluate("model.saved") == []


def test_a_hand_in_one_view_moves_python_and_the_other_view(cells):
    drag(cells, slider(cells, 1, 2), 0.9)
    saved = cells.evaluate("model.saved")
    assert saved[-1][2] == stands(cells, 0, 2) == stands(cells, 1, 2) > 2
    assert len(saved) > 2, "also while it moves"
    assert saved[-1][:2] == [0.5, 0] and len(saved[-1]) == 6


def test_it_has_the_theme_of_the_notebook_and_styles_of_its_own(cells):
    host = cells.locator("body > div > div").nth(0)
    assert host.get_attribute("data-theme") == "dark"
    cells.evaluate("document.body.style.color = '#111'")
    cells.wait_for_function("document.querySelector('body > div > div').dataset.theme === 'light'")
    assert cells.evaluate("getComputedStyle(document.body).fontFamily") != host.locator(".explorer").evaluate(
        "each => getComputedStyle(each).fontFamily"
    )


def test_a_view_that_is_left_leaves_nothing(cells):
    cells.evaluate("leave[1]()")
    assert cells.evaluate("[listeners.size, cells[1].childElementCount]") == [1, 0]
    cells.evaluate("model.set('z', [0, 0, 0, 0, 0, 0])")
    assert stands(cells, 0, 0) == 0
