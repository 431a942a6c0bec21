"""Input methods: off while the views are made, and on when a person can type."""


def on(opened):
    return opened.root.tk.getboolean(opened.root.tk.call("tk", "useinputmethods"))


def test_input_methods_are_on_when_the_window_is_whole(window):
    opened = window(6)
    opened.hand.pump()
    assert on(opened)


def test_input_methods_are_off_while_the_views_are_made_anew(window):
    opened = window(6)
    opened.hand.pump()
    opened.app.change(theme="dark")
    assert not on(opened)
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.pump()
    assert on(opened)
