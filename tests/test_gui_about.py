"""The window about the program and the model, whatever model.json and the card beside it say."""

import dataclasses
import json

import pytest

from vae_explorer import __version__
from vae_explorer.gui.looks.theme import PALETTES
from vae_explorer.gui.panels import about, panel
from vae_explorer.storage import checkpoint

TEST = {"loss": 83.456, "recon": 68.66, "kl": 14.8, "kl_per_dim": [2.326, 2.5]}
OPTIONS = {"epochs": 200, "lr": 0.0035}
ODD = [
    None,
    True,
    "text",
    -1.5,
    10**400,
    float("nan"),
    float("inf"),
    [],
    {},
    [[1]],
    {"a": {"b": 1}},
    "x" * 10_000,
    "\0\n",
]


@pytest.fixture
def source(model):
    told = {"data": {"name": "mnist"}, "test": TEST, "options": OPTIONS}
    return dataclasses.replace(checkpoint.read(model(2)), info=told)


def show(plain, source):
    about.show(plain.root, plain.theme, source, source.latent_dim)
    plain.hand.until(lambda: plain.hand.pump() or plain.focus == ".about.!frame.!text")
    return plain.root.children["about"]


def test_a_model_is_told_by_its_file_its_training_and_how_well_it_does(source):
    assert about.model_facts(source, source.latent_dim) == [
        ("File", str(source.path)),
        ("sha256", f"{source.sha256[:12]}…  of decoder_weights.pt"),
        ("Data", "mnist"),
        ("Dimensions", "2"),
        ("Test loss", "83.46 nats an image (recon 68.66 + kl 14.80)"),
        ("kl per dimension", "z0 2.33   z1 2.50 nats"),
        ("Training", "epochs\N{NO-BREAK SPACE}200, lr\N{NO-BREAK SPACE}0.0035"),
    ]


def test_of_a_bare_decoder_only_what_it_shows_itself_is_told(bare):
    names = [name for name, _ in about.model_facts(checkpoint.read(bare), 2)]
    assert names == ["File", "sha256", "Dimensions"]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:12])
def test_odd_values_in_model_json_are_told_in_one_short_line_each(source, odd):
    for info in (
        dict.fromkeys(("data", "test", "options"), odd),
        {"data": {"name": odd}, "test": dict.fromkeys(TEST, odd), "options": {"epochs": odd, "lr": odd}},
        {"test": {"loss": 1.0, "kl_per_dim": [odd, 1]}},
    ):
        told = dict(about.model_facts(dataclasses.replace(source, info=info), source.latent_dim))
        assert told["Dimensions"] == "2"
        assert all(
            0 < len(text) < 500 and text.replace("\N{NO-BREAK SPACE}", " ").isprintable() for text in told.values()
        )


def test_what_is_no_finite_number_is_left_out(source):
    info = {"test": TEST | {"loss": "low", "kl_per_dim": [1, None, float("nan")]}}
    told = dict(about.model_facts(dataclasses.replace(source, info=info), source.latent_dim))
    assert told["Test loss"] == told["Training"] == "not told"
    assert told["kl per dimension"] == "z0 1.00   z1 ?   z2 ? nats"


def test_of_256_dimensions_and_a_thousand_options_the_first_are_told(source):
    info = {"test": {"kl_per_dim": [1.0] * 256}, "options": {f"o{k}": k for k in range(1000)}}
    told = dict(about.model_facts(dataclasses.replace(source, info=info), source.latent_dim))
    assert told["kl per dimension"].count("z") == told["Training"].count("o") == 40
    assert told["kl per dimension"].endswith("z39 1.00 … nats") and told["Training"].endswith(" …")


def test_what_is_strange_in_a_real_model_json_still_opens_the_window(plain, model, tmp_path):
    folder = tmp_path / "strange"
    folder.mkdir()
    for path in model(2).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    info = json.loads((folder / "model.json").read_text())
    info |= {"test": {"loss": 1, "recon": [], "kl_per_dim": "many"}, "options": {"beta": 1, "[x] \x1b": {"deep": []}}}
    (folder / "model.json").write_text(json.dumps(info))
    text = show(plain, checkpoint.read(folder)).text.get("1.0", "end")
    assert "Test loss\t1.00 nats an image\n" in text and "kl per dimension\tnot told\n" in text
    plain.hand.key("Escape")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"# A card\r\nof two lines\n", "# A card\nof two lines"),
        (b"\xff\x00[exit] $x\xf0\x9f\x98\x80", "\ufffd\ufffd[exit] $x\ufffd"),
        (b"", ""),
    ],
)
def test_a_card_is_text_without_what_tk_cannot_show(tmp_path, data, expected):
    (tmp_path / "README.md").write_bytes(data)
    assert about.card(tmp_path / "README.md") == expected


def test_of_a_large_card_64_kb_are_read(tmp_path):
    path = tmp_path / "README.md"
    path.write_bytes(b"x" * (about.MAX_CARD_BYTES + 1))
    text, told = about.card(path).split("\n\n")
    assert len(text) == 65_536 and told == "… and more: only 64 KB are shown."
    path.write_bytes(b"x" * about.MAX_CARD_BYTES)
    assert about.card(path) == text


def test_a_card_that_is_missing_or_a_folder_is_said_so(tmp_path):
    told = "There is no README.md beside the weights."
    assert about.card(tmp_path / "README.md") == told
    (tmp_path / "README.md").mkdir()
    assert about.card(tmp_path / "README.md") == told


def test_the_window_tells_program_model_and_card(plain):
    source = checkpoint.read()
    page = show(plain, source)
    text = page.text.get("1.0", "end")
    assert f"VAE explorer {__version__}\n" in text and "Test loss\t83.46 nats" in text
    assert "\nThe model that ships\n" in text and "\nloss, recon + kl\t83.46\n" in text
    assert not [mark for mark in ("# ", "**", "`", "|", "---") if mark in text], "it is read as what it means"
    assert "missing" not in text
    plain.hand.key("Escape")


def test_what_is_missing_is_told_with_the_reason(plain, bare):
    source = checkpoint.read(bare)
    text = show(plain, source).text.get("1.0", "end")
    assert source.missing
    for name, why in source.missing.items():
        assert f"{name}\t{why}\n" in text
    plain.hand.key("Return")


def test_there_is_only_one(plain, source):
    page = show(plain, source)
    assert show(plain, source) is page
    plain.hand.click(page.button)
    assert plain.tops == []


def test_the_window_is_about_the_model_and_in_the_colours_that_the_explorer_has_now(window):
    opened = window()
    opened.app.panels.show_about()
    opened.app.change(theme="dark")
    page = opened.root.nametowidget("about")
    assert str(page["background"]) == PALETTES["dark"].surface
    page.close()
    opened.hand.pump()
    opened.app.change(theme="light")
    assert not panel.opened(opened.root, "about")
