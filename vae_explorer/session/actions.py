"""The commands of the window that there always are, as a table: what each is called, where it stands, when it can run,
what it does. No Tk."""

from vae_explorer.datasets.originals import UNKNOWN
from vae_explorer.session import draws, measurements, subject
from vae_explorer.session.action import Action
from vae_explorer.session.bookmarks import MAX_COUNT
from vae_explorer.session.faces import FACES
from vae_explorer.session.history import Session
from vae_explorer.session.window import App
from vae_explorer.space.space import point


def _reset(app: App) -> None:
    app.go((0.0,) * app.session.space.latent_dim)


def _random(app: App) -> None:
    app.go(draws.draw(app.session, app.settings))
    app.say(draws.sentence(app.session, app.settings))


def _no_undo(session: Session) -> str:
    return "" if session.can_undo else "nothing to undo"


def _no_redo(session: Session) -> str:
    return "" if session.can_redo else "nothing to redo"


def _at_origin(session: Session) -> str:
    return "" if any(session.state.z) else "all values are 0 already"


def _is_shipped(session: Session) -> str:
    return "it is open already" if session.space.codec.source.ships else ""


def _no_encoder(session: Session) -> str:
    return session.space.no_encoder


def _no_ink(session: Session) -> str:
    return session.space.no_ink


def _turn_face(app: App) -> None:
    app.change(face=next(name for name in FACES if name != app.settings.face))


def _no_handles(session: Session) -> str:
    return session.space.no_handles


def _no_test_digits(session: Session) -> str:
    return session.space.no_encoder or (UNKNOWN if session.originals.why_not == UNKNOWN else "")


def _not_to_fetch(session: Session) -> str:
    if session.originals.split is not None:
        return "its data set is on this machine already"
    return "" if session.originals.is_mnist else "this model is not known to have learned from MNIST"


def _bookmarked(session: Session) -> str:
    here = session.state.z in (each.z for each in session.state.bookmarks)
    if here:
        return "this place is bookmarked already"
    return "" if len(session.state.bookmarks) < MAX_COUNT else f"{MAX_COUNT} bookmarks are the most"


def _no_page(session: Session) -> str:
    from vae_explorer.page import packing  # which a start does not wait for

    return packing.why_not(session.space)


def _no_bookmarks(session: Session) -> str:
    return "" if session.state.bookmarks else "there are no bookmarks yet"


def _encode(app: App) -> None:
    app.session.commit(**subject.drawn(app.session.space, app.session.state.drawing))


def _clear(app: App) -> None:
    app.session.commit(**subject.drawn(app.session.space, app.session.state.drawing.cleared))


def _undrawn(session: Session) -> str:
    return session.space.no_encoder or ("nothing is drawn yet" if session.state.drawing.empty else "")


def _encoded(session: Session) -> str:
    """Why there is no way back to the drawing: there is none, or z is its mu."""
    if why := _undrawn(session):
        return why
    state, about = session.state, session.known(session.state)
    at_mu = about is not None and about.own and about.posterior and point(about.posterior.mu) == state.z
    return "z is that of your digit already" if at_mu and not state.refined else ""


def _full(session: Session) -> str:
    most = measurements.MAX_COUNT
    return f"there are {most:,} measurements, the most" if len(session.state.measured) >= most else ""


def _unmeasured(session: Session) -> str:
    return "" if session.state.measured else "nothing was measured yet"


# A table: what an action does, and below it which group it is of and what is said of it.
# fmt: off
ACTIONS = (
    Action("open", "Open weights or picture…", "File", "Ctrl+O", lambda app: app.documents.open_file(),
           group="open", description="Weights, bookmarks, a saved picture, to go where it was made, or any other"),
    Action("open-digit", "Open as digit…", "File", "", lambda app: app.documents.open_digit(), _no_encoder,
           group="open", description="Encode a digit from any file, a photo or a scan, also one that was saved here"),
    Action("open-folder", "Open folder of a model…", "File", "Ctrl+Shift+O", lambda app: app.documents.open_folder(),
           group="open", description="The folder that training saved a model in"),
    Action("open-shipped", "The model that ships", "File", "", lambda app: app.documents.open_shipped(), _is_shipped,
           group="open", description="Come back to the model of MNIST's digits that this program brings along"),
    Action("save", "Save picture…", "File", "Ctrl+S", lambda app: app.documents.save_picture(),
           group="save", description="Keep the digit as PNG, SVG or PDF, with what it takes to come back to it"),
    Action("save-view", "Save the view…", "File", "Ctrl+Shift+S", lambda app: app.documents.save_view(),
           group="save", description="Keep what the tab in front shows as PNG, SVG or PDF, a path also as moving GIF"),
    Action("save-page", "Save as a web page…", "File", "", lambda app: app.documents.save_page(), _no_page,
           group="save", description="One file in which anybody can move through this model, with your bookmarks"),
    Action("open-bookmarks", "Open bookmarks…", "File", "", lambda app: app.documents.open_bookmarks(),
           group="bookmarks", description="Add the bookmarks of a file, or points of a table or array, to those here"),
    Action("save-bookmarks", "Save bookmarks…", "File", "", lambda app: app.documents.save_bookmarks(), _no_bookmarks,
           group="bookmarks", description="Keep all bookmarks in a file, or as a table for other programs"),
    Action("save-measurements", "Save measurements…", "File", "", lambda app: app.documents.save_measurements(),
           _unmeasured, group="bookmarks", description="Keep the table of all that was measured, for other programs"),
    Action("fetch-data", "Fetch MNIST…", "File", "", lambda app: app.data.fetch(), _not_to_fetch,
           group="data", description="Download the data set, for test digits and for training"),
    Action("quit", "Quit", "File", "Ctrl+Q", lambda app: app.quit(),
           group="quit"),
    Action("undo", "Undo", "Edit", "Ctrl+Z", lambda app: app.session.undo(), _no_undo,
           description="Go back to before the last move"),
    Action("redo", "Redo", "Edit", "Ctrl+Shift+Z", lambda app: app.session.redo(), _no_redo,
           description="Move again as before the last undo"),
    Action("copy", "Copy z as text", "Edit", "Ctrl+C", lambda app: app.clipboard.copy(),
           group="clipboard", description="Put the numbers of this point on the clipboard"),
    Action("paste", "Paste a digit or z", "Edit", "Ctrl+V", lambda app: app.clipboard.paste(),
           short="Paste", group="clipboard",
           description="Encode the picture that is on the clipboard, or go to the point whose numbers are; several "
                       "become bookmarks"),
    Action("copy-python", "Copy as Python", "Edit", "Ctrl+Shift+C", lambda app: app.documents.copy_python(),
           group="clipboard", description="A few lines of Python that save the digit without this window"),
    Action("copy-view", "Copy the view as Python", "Edit", "", lambda app: app.documents.copy_view(),
           group="clipboard", description="A few lines of Python that save what the tab in front shows"),
    Action("eraser", "Brush or eraser", "Edit", "E", lambda app: app.switch_tool(), lambda each: each.space.no_drawing,
           group="drawing", description="Change what the pad's pen does: draw, or erase"),
    Action("clear-pad", "Clear the pad", "Edit", "C", _clear, _undrawn,
           short="Clear", group="drawing", description="Take all off the pad, for another digit; undo brings it back"),
    Action("ink", "Ink on the digit", "Edit", "I", lambda app: app.switch_ink(), _no_ink,
           group="ink", description="Paint white or black on the decoded digit, and z follows; or end it"),
    Action("ink-colour", "White or black ink", "Edit", "X", lambda app: app.switch_ink_colour(), _no_ink,
           group="ink", description="Change what the brush on the digit paints: its ink, or the ground over it"),
    Action("encode", "Back to your digit", "Edit", "", _encode, _encoded, short="Back to yours", group="drawing",
           description="Encode what is on the pad again, and go to where that puts it"),
    Action("measure", "Measure this place", "Edit", "Ctrl+M", lambda app: app.asking.measure(), _full,
           group="measurements",
           description="Add a row to the table of measurements: slant, width, nats, class and more of what is shown"),
    Action("measurements", "Measurements…", "Edit", "", lambda app: app.panels.show_measurements(),
           group="measurements", description="Look through what was measured, take rows out, copy or save the table"),
    Action("random", "Random", "Go", "R", _random,
           description="Go to a random point, drawn from where the arrow beside the button says"),
    Action("test-digit", "A test digit", "Go", "T", lambda app: app.data.random(), _no_test_digits,
           group="data", description="Encode a digit at random of those that the model never saw"),
    Action("choose-test-digit", "Test digit by number or class…", "Go", "", lambda app: app.data.choose(),
           _no_test_digits, group="data", description="Encode the test digit of a number, or one of a class"),
    Action("reset", "Reset", "Go", "Home", _reset, _at_origin,
           description="Set every number to 0, the middle of the space"),
    Action("draws", "Where Random draws from…", "Go", "", lambda app: app.panels.show_draws(), short="▾",
           group="source", description="Choose what random points are drawn from, and their seed"),
    Action("bookmark", "Bookmark this place", "Go", "B", lambda app: app.session.bookmark(), _bookmarked,
           short="+", group="here", description="Keep this point, to come back to it or to use it in a path"),
    Action("play", "Play or pause the path", "Go", "Space", lambda app: app.play(),
           group="here", description="Move along the chosen way of the path, from one end to the other"),
    Action("stop", "Stop", "Go", "Escape", lambda app: app.stop(),
           group="here", description="Stop what moves by itself, and what is searched for"),
    Action("handles", "Handles in place of numbers", "View", "H", _turn_face, _no_handles,
           checked=lambda settings: settings.face == "handles",
           group="face", description="Move the digit by slant, width, height, thickness and mass, and z follows"),
    Action("motion", "Move to presets smoothly", "View", "", lambda app: app.change(motion=not app.settings.motion),
           checked=lambda settings: settings.motion,
           group="motion", description="Fly to a preset within 0.6 seconds, or be there at once"),
    Action("shade", "Shade strips where few data lie", "View", "", lambda app: app.change(shade=not app.settings.shade),
           checked=lambda settings: settings.shade,
           group="motion", description="Pale the digits of the strips, the more so the fewer data lie where they are"),
    Action("palette", "Find a command…", "Help", "Ctrl+P", lambda app: app.panels.show_palette(),
           description="All that the window can do, found by a few letters"),
    Action("keys", "All keys", "Help", "F1", lambda app: app.panels.show_keys(),
           description="All that can be done with the keyboard"),
    Action("about", "About this model", "Help", "", lambda app: app.panels.show_about(),
           group="about", description="What the model is, how it was trained and how well it does"),
)
# fmt: on
