"""The commands that say how the last numbers of a model become pixels, for a file that does not say it. No Tk."""

from functools import partial

from vae_explorer.session.action import Action
from vae_explorer.session.history import Session
from vae_explorer.session.window import App
from vae_explorer.settings import Settings
from vae_explorer.storage.told import OUTPUT

WORDS = "sigmoid", "tanh", "linear", "signed"
ALIKE = {"logits": "sigmoid"}  # which only a loss tells apart


def actions(session: Session) -> tuple[Action, ...]:
    """Give an action for each way, which opens the file again so; none for a model of which it is known."""
    source = session.space.codec.source
    if source.path is None or not source.told.output:
        return ()
    now = ALIKE.get(source.told.output, source.told.output)
    return tuple(
        Action(
            f"output-{word}",
            f"Pixels {OUTPUT[word]}",
            "Model",
            "",
            partial(_tell, word),
            checked=partial(_is_so, word == now),
            group="output",
            description="How this file's last numbers become pixels, where it does not say so; remembered for it",
        )
        for word in WORDS
    )


def _tell(word: str, app: App) -> None:
    app.documents.tell_output(word)


def _is_so(so: bool, _settings: Settings) -> bool:
    return so
