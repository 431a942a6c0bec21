"""Windows over the window: where they stand, where the focus goes, and a page that scrolls and cannot be changed."""

import gc
import tkinter as tk

import pytest
from conftest import plain_window

from vae_explorer.gui.panels.page import Page
from vae_explorer.gui.panels.panel import Panel, opened

FACTS = [(f"Name {k}", f"what is told of {k}") for k in range(100)]


def read(plain):
    page = Page(plain.root, plain.theme, "page", "A page", indent=100)
    page.heading("Facts")
    page.facts(FACTS)
    page.read()
    plain.hand.until(lambda: plain.hand.pump() or plain.focus == str(page.text))
    return page


def test_a_page_has_what_was_written_in_its_order(plain):
    page = read(plain)
    assert page.text.get("1.0", "end-1c") == "Facts\n" + "".join(f"{name}\t{told}\n" for name, told in FACTS)
    assert page.title() == "A page"
    plain.hand.key("Escape")


def test_a_page_scrolls_by_keys_and_nothing_that_is_typed_changes_it(plain):
    page = read(plain)
    text = page.text.get("1.0", "end")
    assert page.text.yview()[0] == 0 and page.text.yview()[1] < 0.9
    plain.hand.key("Next")
    after_a_page = page.text.yview()[0]
    assert after_a_page > 0.1
    plain.hand.key("Prior", "Down")
    assert 0 < page.text.yview()[0] < after_a_page
    plain.hand.key("Up")
    assert page.text.yview()[0] == 0
    plain.hand.key("End")
    assert page.text.yview()[1] == 1
    plain.hand.key("Home")
    assert page.text.yview()[0] == 0
    plain.hand.click(page.text)
    plain.hand.type("xyz")
    plain.hand.key("BackSpace", "Delete", "ctrl+k")
    assert page.text.get("1.0", "end") == text
    plain.hand.key("Escape")


@pytest.mark.parametrize("key", ["Escape", "Return"])
def test_a_key_closes_a_page_and_the_focus_goes_back(plain, key):
    read(plain)
    plain.hand.key(key)
    assert plain.tops == [] and plain.focus == str(plain.entry)


def test_tab_goes_from_the_text_of_a_page_to_its_button_and_back_and_the_button_closes_it(plain):
    page = read(plain)
    plain.hand.key("Tab")
    assert plain.focus == str(page.button)
    plain.hand.key("Tab")
    assert plain.focus == str(page.text)
    plain.hand.key("Tab", "space")
    assert plain.tops == [] and plain.focus == str(plain.entry)


def test_when_the_widget_that_had_the_focus_is_gone_the_window_takes_it(plain):
    read(plain)
    plain.entry.destroy()
    plain.hand.key("Escape")
    assert plain.focus == "."


def test_an_open_one_comes_to_the_front_and_takes_the_focus_back(plain):
    assert not opened(plain.root, "page")
    page = read(plain)
    plain.root.lift()
    plain.button.focus_set()
    plain.hand.pump()
    assert opened(plain.root, "page")
    plain.hand.until(lambda: plain.hand.pump() or plain.focus == str(page.text))
    x, y = page.winfo_rootx() + 20, page.winfo_rooty() + 20
    plain.hand.until(lambda: plain.root.winfo_containing(x, y) is not plain.root)
    plain.hand.click(page.button)
    assert plain.tops == [] and not opened(plain.root, "page")


@pytest.mark.parametrize("modal", [False, True])
def test_only_a_modal_one_takes_the_clicks_of_the_window_under_it(plain, modal):
    clicks = []
    plain.button.configure(command=lambda: clicks.append(1))
    panel = Panel(plain.root, plain.theme, "panel", "A panel", modal)
    panel.open(panel.body)
    panel.geometry("+500+300")
    plain.hand.until(panel.winfo_viewable)
    plain.hand.click(plain.button)
    assert len(clicks) == (not modal)
    panel.close()
    plain.hand.click(plain.button)
    assert len(clicks) == 1 + (not modal)


@pytest.mark.parametrize("size", ["900x700+60+50", "420x260+60+50"])
def test_it_stands_within_the_window_and_is_no_larger(display, size):
    with plain_window(display, size) as plain:
        page, root = read(plain), plain.root
        plain.hand.until(lambda: page.winfo_width() <= root.winfo_width())
        assert root.winfo_rootx() <= page.winfo_rootx() and root.winfo_rooty() <= page.winfo_rooty()
        assert page.winfo_rootx() + page.winfo_width() <= root.winfo_rootx() + root.winfo_width()
        assert page.winfo_rooty() + page.winfo_height() <= root.winfo_rooty() + root.winfo_height()
        plain.hand.key("Escape")


def test_the_texts_of_a_panel_go_with_it_and_do_not_wait_for_the_garbage(plain):
    def variables():
        return {str(each) for each in plain.root.tk.splitlist(plain.root.tk.call("info", "globals", "PY_VAR*"))}

    before, told = variables(), []
    gc.disable()
    try:
        panel = Panel(plain.root, plain.theme, "panel", "A panel")
        panel.one, panel.other = tk.StringVar(panel), tk.StringVar(panel)
        panel.watch(panel.one, lambda: told.append(panel.one.get()))
        panel.open(panel.body)
        panel.one.set("a text")
        assert told == ["a text"] and len(variables() - before) == 2
        panel.close()
        assert variables() == before
    finally:
        gc.enable()
