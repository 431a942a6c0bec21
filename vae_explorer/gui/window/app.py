"""The window: what the actions ask for, and which session and settings its views show. The views are in `workspace`."""

import gc
import logging
import tkinter as tk
from dataclasses import replace
from typing import Any

from vae_explorer import plain
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.desk.memory import Memory
from vae_explorer.gui.desk.motion import Motion
from vae_explorer.gui.desk.status import Status
from vae_explorer.gui.desk.work import Work
from vae_explorer.gui.looks import styles
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.views.tab import TABS
from vae_explorer.gui.window import composing, troubles
from vae_explorer.gui.window.asking import Asking
from vae_explorer.gui.window.clipboard import Clipboard
from vae_explorer.gui.window.data import Data
from vae_explorer.gui.window.documents import Documents
from vae_explorer.gui.window.menu import Menu
from vae_explorer.gui.window.model import describe, names_of
from vae_explorer.gui.window.panels import Panels
from vae_explorer.gui.window.workspace import Workspace
from vae_explorer.session import offered
from vae_explorer.session.action import Action
from vae_explorer.session.history import Session
from vae_explorer.session.layers import FIELDS
from vae_explorer.settings import Settings
from vae_explorer.space.space import Space

log = logging.getLogger(__name__)


class App:
    """The main window, on one session at a time; what it can do is asked of its parts: documents, clipboard, …"""

    def __init__(self, root: tk.Tk, session: Session, remembered: Settings, scale: float) -> None:
        self.root, self._scale, self.memory = root, scale, Memory(remembered)
        self.closed = False  # whether nothing is left of the window
        self._remember_model(session)
        self.work = Work(root, lambda jobs: self.desk.status.show_jobs(jobs))  # noqa: PLW0108  of the line there is then
        self.documents = Documents(root, lambda: self.desk, self._adopt)
        self.clipboard = Clipboard(root, lambda: self.desk, self.documents.digits)
        self.data = Data(root, lambda: self.desk, self.documents.digits, self.documents.failed)
        self.asking = Asking(lambda: self.desk)
        self.panels = Panels(root, lambda: self.desk, lambda: self.workspace.redraw())  # noqa: PLW0108  of those then
        root.protocol("WM_DELETE_WINDOW", self.quit)
        root.bind("<Unmap>", lambda _event: self._keep_focus())
        troubles.hear(root, self)
        root.columnconfigure(0, weight=1)
        root.rowconfigure(0, weight=1)
        self._build(session)
        self.say(session.space.codec.source.opened)

    @property
    def session(self) -> Session:
        """The walk that is shown."""
        return self.desk.session

    @property
    def settings(self) -> Settings:
        """What the window shows by, and keeps for the next start."""
        return self.memory.settings

    def _build(self, session: Session) -> None:
        """Make menu, views and status line for a session and the settings as they are now."""
        root, settings = self.root, self.settings
        composing.pause(root)
        theme = styles.apply(root, settings.theme, self._scale)
        presets = offered.class_actions(session)
        root.title(f"{plain.line(session.space.codec.source.title)} – VAE explorer")
        self.actions = offered.actions(session, TABS)
        self.menu = Menu(root, self, self.actions, theme.colours, self.documents.open)
        status = Status(root, theme, describe(session.space.codec), self.work.cancel)
        status.widget.grid(row=1, column=0, sticky="ew")
        motion, look = Motion(status.widget, session, self.memory), Look(settings.look, settings.colours)
        named = {each.name: each for each in self.actions}
        self.desk = Desk(session, theme, look, motion, status, self.work, self.memory, named, self.run)
        self.workspace = Workspace(root, self.desk, presets)
        self.workspace.widget.grid(row=0, column=0, sticky="nsew")

    def _rebuild(self, session: Session) -> None:
        """Put new views in the place of the old, divided as they were, under what was said."""
        said, reopened = self.desk.status.said, self.panels.close()
        self.memory.remember(shares=self.workspace.panes.shares)
        self.desk.motion.stop()
        self.session.commit()  # what a hand was about: the views that it moved go, and the new ones do not know of it
        self.desk.close()
        self.workspace.destroy()
        self.desk.status.widget.destroy()
        self.menu.destroy()
        self._build(session)
        self.say(said)
        gc.collect()  # matplotlib's figure and canvas hold each other, and with them an image of Tk's
        for show in reopened:
            show()

    def _adopt(self, space: Space, z: tuple[float, ...] | None = None) -> None:
        """Show another model, with a history of its own, which begins at z, or else at the origin."""
        session = Session(space, z, self.session.known_seed, self.settings.order, names_of(space))
        self.say(space.codec.source.opened)  # in the place of what was said of the other
        self._remember_model(session)
        self._rebuild(session)

    def _remember_model(self, session: Session) -> None:
        """Let the open model be the newest recent one, but for code, which is run only where a person names it."""
        source = session.space.codec.source
        if source.path and not source.ships:
            self.memory.settings = self.settings.with_recent(str(source.path.resolve()))

    def go(self, z: tuple[float, ...]) -> None:
        """Move to a point, smoothly where that is wanted, as one step of undo."""
        self.desk.motion.go(z)

    def run(self, action: Action) -> None:
        """Do what an action says, where it can run now."""
        if not action.why_not(self.session):
            action.run(self)

    def stop(self) -> None:
        """Stop what moves by itself, and what is searched for; files that are read or written go on."""
        self.desk.motion.stop()
        self.work.stop()

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""
        self.desk.status.say(text)

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front; on the pad the keys draw at once."""
        self.workspace.tabs.select(name)
        if name == "yours":
            self.workspace.tabs.yours.take_keys()

    def show_card(self, dim: int | None) -> None:
        """Open the card of a dimension; None: of the slider that has the keys, or else of the first one."""
        self.workspace.controls.faces.bring("numbers")
        self.workspace.controls.sliders.show_card(dim)

    def name_dim(self) -> None:
        """Let the person type a name for the dimension whose slider has the keys, or else for the first one."""
        self.workspace.controls.faces.bring("numbers")
        self.workspace.controls.sliders.rename(None)

    def switch_layer(self, name: str) -> None:
        """Turn a layer on or off where it is seen: on the map, or on the plane if that shows it and is in front."""
        if self.workspace.tabs.selected != "plane" or name not in FIELDS:
            self.show_tab("map")
        self.desk.layers.switch(name)

    def play(self) -> None:
        """Play the path, or pause it."""
        self.show_tab("path")
        self.workspace.tabs.path.play_or_pause()

    def switch_tool(self) -> None:
        """Show the pad with the eraser in place of the brush, or the brush again."""
        self.show_tab("yours")
        self.workspace.tabs.yours.switch_tool()

    def switch_ink(self) -> None:
        """Begin to paint on the digit, or end it."""
        self.workspace.picture.switch_ink()

    def switch_ink_colour(self) -> None:
        """Paint on the digit with the other ink."""
        self.workspace.picture.switch_ink_colour()

    def change(self, **changes: Any) -> None:
        """Change settings, now and for the next start."""
        if replace(self.settings, **changes) == self.settings:
            return  # or what plays would stop for nothing
        self.memory.remember(**changes)
        if changes.keys() & {"theme", "look", "colours"}:
            self._rebuild(self.session)
        self.workspace.redraw()

    def quit(self) -> None:
        """End the program, unless the person wants to keep what would be lost."""
        if self.documents.may_close():
            self.close()

    def close(self) -> None:
        """End the program, whatever would be lost; nothing is left waiting."""
        self.memory.remember(size=self.root.geometry(), shares=self.workspace.panes.shares)
        self.work.close()
        self.desk.close()
        self.workspace.destroy()
        self.root.destroy()
        self.closed = True

    def _keep_focus(self) -> None:
        """Take the focus from what is hidden now: it would have the keys, and nobody could see where they go."""
        has_it = self.root.tk.call("focus", "-lastfor", ".")  # also when a dialog has it just now
        seen = self.root.tk.getboolean(self.root.tk.call("winfo", "viewable", has_it))
        if self.root.winfo_viewable() and not seen:
            self.root.focus_set()
