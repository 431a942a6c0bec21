"""A view on a Desk alone, without an App: the example of how a view is tested."""

import numpy as np
import pytest

from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.views.plane import PlaneView
from vae_explorer.settings import Settings


@pytest.fixture
def plane(plain, desk):
    """The plane of a model of three dimensions in a window of its own."""
    laid = desk(3)
    view = PlaneView(plain.root, laid)
    view.widget.grid(sticky="nsew")
    plain.root.rowconfigure(2, weight=1)
    plain.root.columnconfigure(0, weight=1)
    view.show(laid.session.state)
    plain.hand.pump()
    return laid, view


def test_a_tile_that_is_clicked_is_where_the_session_goes(plain, plane):
    laid, view = plane
    canvas = view.tiles.widget
    plain.hand.press(
        canvas.winfo_rootx() + canvas.winfo_width() // 2 + 3, canvas.winfo_rooty() + canvas.winfo_height() // 2
    )
    plain.hand.release()
    assert any(laid.session.state.z) and laid.session.can_undo
    laid.session.undo()
    assert not any(laid.session.state.z)


def test_what_lies_under_the_pointer_is_said_in_the_status_line(plain, plane):
    laid, view = plane
    canvas = view.tiles.widget
    plain.hand.move(
        canvas.winfo_rootx() + canvas.winfo_width() // 2 + 3, canvas.winfo_rooty() + canvas.winfo_height() // 2
    )
    assert laid.status.message.get().startswith("z")


def test_a_button_runs_its_action_by_the_desk(plain, desk):
    ran = []
    laid = desk(run=ran.append)
    buttons = Buttons(plain.root, laid, [laid.actions["reset"]], 1)
    buttons.widget.grid()
    plain.hand.pump()
    plain.hand.click(buttons.buttons["reset"])
    assert ran == [laid.actions["reset"]]
    buttons.widget.destroy()


@pytest.mark.parametrize("wanted", [True, False])
def test_motion_knows_itself_whether_it_is_wanted(plain, desk, wanted):
    laid = desk(settings=Settings(motion=wanted))
    laid.motion.go((1.0, 1.0))
    assert laid.motion.moving == wanted
    plain.hand.until(lambda: not laid.motion.moving)
    np.testing.assert_array_equal(laid.session.state.z, (1.0, 1.0))
