"""A handle in a hand: z follows to where the factor is to be, frame by frame, and rests as one step of undo. Knows the
session and Tk's clock; no widgets of its own."""

import tkinter as tk

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.widgets.later import Later
from vae_explorer.session.state import State
from vae_explorer.space.latent import Points
from vae_explorer.space.solve import SETTLED, Solver
from vae_explorer.space.space import point


class Steering:
    """One handle at a time; `told` says in sentences what could not be as it was wanted."""

    def __init__(self, widget: tk.Misc, desk: Desk) -> None:
        """widget: with which all ends."""
        self._session, self._motion = desk.session, desk.motion
        self._previewing = Later(widget, self._preview)
        self._solver: Solver | None = None  # of the drag, and of the keys that follow one another
        self._name, self._z = "", np.array(desk.session.state.z)
        self._goal: float | None = None  # while a hand has the handle
        self._begun = self._shown = desk.session.state.z  # where the drag began, and what the session has from here
        self._let_go = False  # whether the drag was put back, and the hand does not know it yet
        self.told: tuple[str, ...] = ()

    @property
    def moving(self) -> bool:
        """Whether a hand has a handle."""
        return self._goal is not None

    def goal(self, name: str) -> float | None:
        """Where the hand wants a factor; None while it has not got hold of it."""
        return self._goal if name == self._name else None

    def aim(self, name: str, value: float) -> None:
        """Let a factor go to a value, with the next frame."""
        if self._let_go:
            return
        if self._goal is None:
            self._begin(name)
        self._goal = value
        self._previewing.ask()

    def rest(self) -> None:
        """Let go of the handle where z settles: a step of undo."""
        if self._solver is not None and self._goal is not None:
            self._take(self._solver.to({self._name: self._goal}, steps=SETTLED))  # of the goal alone, not of the way
            self._goal = None
            self._session.commit(z=self._shown)
        self._previewing.cancel()
        self._let_go = False

    def put_back(self) -> bool:
        """Bring z back to where the drag began; whether there was one."""
        if self._goal is None:
            return False
        self._shown = self._begun
        self._drop()
        self._session.preview(z=self._begun)
        return True

    def watch(self, state: State) -> None:
        """Let go where anything else has moved z."""
        if state.z != self._shown:
            self.told = ()
            self._shown = state.z
            if self._goal is not None:
                self._drop()

    def _begin(self, name: str) -> None:
        """Solve from here; keys that follow one another go on from where the first began."""
        self._motion.stop()
        state, solver = self._session.state, self._solver
        if solver is None or (self._name, self._shown, solver.held) != (name, state.z, state.held):
            self._solver, self._name = Solver(self._session.space, state.z, state.held), name
        self._begun, self._z = state.z, np.array(state.z)

    def _drop(self) -> None:
        self._goal, self._let_go, self._solver, self.told = None, True, None, ()
        self._previewing.cancel()

    def _preview(self) -> None:
        """Go on towards the goal, from where z is, by as much as a frame has time for."""
        if self._solver is not None and self._goal is not None:
            self._take(self._solver.to({self._name: self._goal}, self._z))
            self._session.preview(z=self._shown)

    def _take(self, z: Points) -> None:
        """Let z, (D,), be what is shown, and find what gave way for it."""
        assert self._solver is not None and self._goal is not None
        self._z, self._shown = z, point(z)
        self.told = self._solver.gave_way({self._name: self._goal}, z)
