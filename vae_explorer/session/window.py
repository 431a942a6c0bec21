"""What a command may ask of the window, part by part. No Tk."""

from typing import Any, Protocol

from vae_explorer.session.history import Session
from vae_explorer.settings import Settings


class Documents(Protocol):
    """What an action may ask of the window's files."""

    def open_file(self) -> None:
        """Ask for weights, a saved picture or bookmarks and open them."""

    def open_folder(self) -> None:
        """Ask for the folder of a model and open it."""

    def open_shipped(self) -> None:
        """Open the model that ships."""

    def tell_output(self, output: str) -> None:
        """Open the model's file again, told how its last numbers become pixels."""

    def save_picture(self) -> None:
        """Ask for a file, and save the digit or another picture of what is seen."""

    def save_view(self) -> None:
        """Ask for a file, and save what the tab in front shows or another picture."""

    def save_page(self) -> None:
        """Ask for a file, and save the model as a web page."""

    def open_digit(self) -> None:
        """Ask for a picture of a digit, and encode it."""

    def open_bookmarks(self) -> None:
        """Ask for saved bookmarks and add them."""

    def save_bookmarks(self) -> None:
        """Ask for a file and save the bookmarks."""

    def save_measurements(self) -> None:
        """Ask for a file and save the table of measurements."""

    def copy_python(self) -> None:
        """Put a program that saves the digit on the clipboard."""

    def copy_view(self) -> None:
        """Put a program that saves what the tab in front shows on the clipboard."""


class Clipboard(Protocol):
    """What an action may ask of the window's clipboard."""

    def copy(self) -> None:
        """Put z as text on it."""

    def paste(self) -> None:
        """Take the picture that is on it as a digit, or go to the z that it has as text."""


class Data(Protocol):
    """What an action may ask of the data set that the model learned from."""

    def random(self) -> None:
        """Take a test digit at random."""

    def choose(self) -> None:
        """Ask which test digit, and take it."""

    def fetch(self) -> None:
        """Ask whether MNIST is to be downloaded, and do it."""


class Asking(Protocol):
    """What an action may ask of a place or a drawing."""

    def change(self, label: int) -> None:
        """Find the least move of z until it looks like one of a class, and show it as a path."""

    def sample_eps(self) -> None:
        """Draw eps anew and go to mu + sigma · eps."""

    def back_to_mu(self) -> None:
        """Go to mu."""

    def measure(self) -> None:
        """Add a row to the table of measurements, of what is shown."""

    def refine(self) -> None:
        """Improve mu and sigma of the drawing by gradient, and go to the new mu."""


class Panels(Protocol):
    """What an action may ask to open over the window."""

    def show_draws(self) -> None:
        """Ask where Random draws from."""

    def show_measurements(self) -> None:
        """Show the table of measurements."""

    def show_palette(self) -> None:
        """Open the list of all commands, to be found by typing."""

    def show_keys(self) -> None:
        """Open the list of all keys."""

    def show_about(self) -> None:
        """Tell about the program and the model that is open."""


class App(Protocol):
    """What an action may ask of the window."""

    @property
    def session(self) -> Session:
        """The walk that is shown."""

    @property
    def settings(self) -> Settings:
        """What the window shows by."""

    @property
    def documents(self) -> Documents:
        """What it opens and saves."""

    @property
    def clipboard(self) -> Clipboard:
        """What it copies and pastes."""

    @property
    def data(self) -> Data:
        """What it shows of the data set."""

    @property
    def asking(self) -> Asking:
        """What can be asked of the place where one is."""

    @property
    def panels(self) -> Panels:
        """What opens over it."""

    def go(self, z: tuple[float, ...]) -> None:
        """Move to a point, as one step of undo."""

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""

    def stop(self) -> None:
        """Stop what moves by itself, and what is searched for."""

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front."""

    def show_card(self, dim: int | None) -> None:
        """Open the card of a dimension; None: of the slider that has the keys, or else of the first one."""

    def name_dim(self) -> None:
        """Let the person type a name for the dimension whose slider has the keys, or else for the first one."""

    def switch_layer(self, name: str) -> None:
        """Turn a layer of the map on or off, where it can be seen."""

    def change(self, **settings: Any) -> None:
        """Change settings, now and for the next start."""

    def play(self) -> None:
        """Play the path, or pause it."""

    def switch_tool(self) -> None:
        """Show the pad with the eraser in place of the brush, or the brush again."""

    def switch_ink(self) -> None:
        """Begin to paint on the digit, or end it."""

    def switch_ink_colour(self) -> None:
        """Paint on the digit with the other ink."""

    def quit(self) -> None:
        """End the program, unless the person wants to keep what would be lost."""
