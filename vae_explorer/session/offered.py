"""The commands that a window offers: those that there always are, and those computed of its tabs, of what settings can
be, and of the classes of its model. No Tk."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from vae_explorer.pictures.looks import COLOURS, LOOKS
from vae_explorer.pictures.scatter import short
from vae_explorer.session import asked, holding, outputs
from vae_explorer.session.action import Action, a, can_always
from vae_explorer.session.actions import ACTIONS
from vae_explorer.session.history import Session
from vae_explorer.session.layers import FIELDS, LAYERS
from vae_explorer.session.window import App
from vae_explorer.settings import THEMES, Settings
from vae_explorer.space.sources import SOURCES, lacks
from vae_explorer.space.space import IN_COLOUR, Space
from vae_explorer.storage.checkpoint import ATLAS

CHOICES = {"theme": THEMES, "look": LOOKS, "colours": COLOURS}  # by setting, its values and their labels


class Tab(Protocol):
    """What is asked of a tab."""

    @property
    def title(self) -> str:
        """What stands on it."""

    @property
    def description(self) -> str:
        """A sentence on it, without its full stop."""


def actions(session: Session, tabs: Mapping[str, Tab]) -> tuple[Action, ...]:
    """Give all commands of a window on a session, with these tabs by name; the menus list them in this order."""
    view = (*tab_actions(tabs), *layer_actions(), *choice_actions(CHOICES))
    first, help_ = (next(k for k, each in enumerate(ACTIONS) if each.menu == menu) for menu in ("View", "Help"))
    tail = (
        *asked.actions(session),
        *holding.ACTIONS,
        *outputs.actions(session),
        *ACTIONS[help_:],
        *source_actions(),
        *class_actions(session),
    )
    return tuple(_worded(session.space, each) for each in (*ACTIONS[:first], *view, *ACTIONS[first:help_], *tail))


def _worded(space: Space, action: Action) -> Action:
    """A command with its words as they are said of a model."""
    label, description = space.worded(action.label), space.worded(action.description)
    return replace(
        action, label=label, description=description, why_not=lambda session: space.worded(action.why_not(session))
    )


def tab_actions(tabs: Mapping[str, Tab]) -> tuple[Action, ...]:
    """Give an action for each tab, which brings it to the front. The first nine have keys."""
    return tuple(
        Action(
            f"tab-{name}",
            f"Show {tab.title.lower()}",
            "View",
            f"Ctrl+{k}" if k < 10 else "",
            partial(_show_tab, name),
            group="tab",
            description=tab.description,
        )
        for k, (name, tab) in enumerate(tabs.items(), 1)
    )


def choice_actions(choices: Mapping[str, Mapping[str, str]]) -> tuple[Action, ...]:
    """Give an action for each value of each setting, which sets it; choices have the label of each."""
    return tuple(
        Action(
            f"{setting}-{value}",
            label,
            "View",
            "",
            partial(_set, setting, value),
            _no_colours if setting == "colours" else can_always,
            checked=partial(_is_set, setting, value),
            group=setting,
        )
        for setting, labels in choices.items()
        for value, label in labels.items()
    )


def layer_actions() -> tuple[Action, ...]:
    """Give an action for each layer of the map, which turns it on or off."""
    return tuple(
        Action(
            f"layer-{name}",
            f"Layer: {title}",
            "View",
            "",
            partial(_switch_layer, name),
            partial(_no_layer, name),
            checked=partial(_is_layer_shown, name),
            group="layer",
            description=f"Show on the map{' and the plane' if name in FIELDS else ''}, or hide: {title}",
        )
        for name, title in LAYERS.items()
    )


def source_actions() -> tuple[Action, ...]:
    """Give an action for each source of Random, from which it draws from then on."""
    return tuple(
        Action(
            f"source-{name}",
            f"Random from: {source.title}",
            "Go",
            "",
            partial(_set, "source", name),
            partial(_lacks, name),
            checked=partial(_is_set, "source", name),
            group="source",
            description=source.about,
        )
        for name, source in SOURCES.items()
    )


def class_actions(session: Session) -> tuple[Action, ...]:
    """Give the presets: the classes of the atlas, or 0 to 9, which then cannot run. The first ten have keys."""
    names = session.space.class_names or {label: str(label) for label in range(10)}
    labels = short(names)  # a button as wide as its column would push the sliders away
    return tuple(
        Action(
            f"class-{label}",
            f"Mean of class {name}",
            "Go",
            str(label) if label < 10 else "",
            partial(_go_to_class, label),
            partial(_no_class, label),
            short=labels[label],
            group="class",
            description=f"The middle of all that the encoder gives to pictures of {a(name)}",
        )
        for label, name in names.items()
    )


def _show_tab(name: str, app: App) -> None:
    app.show_tab(name)


def _set(setting: str, value: str, app: App) -> None:
    app.change(**{setting: value})


def _is_set(setting: str, value: str, settings: Settings) -> bool:
    return bool(getattr(settings, setting) == value)


def _no_colours(session: Session) -> str:
    return IN_COLOUR if session.space.in_colour else ""


def _switch_layer(name: str, app: App) -> None:
    app.switch_layer(name)


def _is_layer_shown(name: str, settings: Settings) -> bool:
    return name in settings.layers


def _no_layer(name: str, session: Session) -> str:
    if name in FIELDS and session.space.atlas is None:
        return f"needs {ATLAS}"
    if name in FIELDS and session.space.latent_dim == 1:
        return "one dimension has no plane"
    return "" if name != "posterior" or session.space.encodes else "this model has no encoder"


def _lacks(source: str, session: Session) -> str:
    return lacks(source, session.space)


def _go_to_class(label: int, app: App) -> None:
    app.go(app.session.space.class_mean(label))


def _no_class(label: int, session: Session) -> str:
    if session.space.atlas is None:
        return f"class presets need {ATLAS}: {session.space.missing[ATLAS]}"
    return "" if label in session.space.atlas.classes else f"no image of class {label} is in {ATLAS}"
