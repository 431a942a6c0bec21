"""Pictures of files as the digit: photos and saved pictures, and what is none."""

import io
import zlib

import numpy as np
import pytest
from factories import bare_folder, digits
from PIL import Image, PngImagePlugin

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.photos import opened as read
from vae_explorer.gui.panels import dialogs
from vae_explorer.pictures import export, make
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import photos, subject
from vae_explorer.settings import Settings

MESSAGE = ".__tk__messagebox"
DIGIT = digits(1)[0][0]


def paper(size=(300, 200), ink=10, ground=245):
    """A stroke on paper, as a picture of Pillow's."""
    levels = np.full(size[::-1], ground, np.uint8)
    levels[size[1] // 6 : -size[1] // 6, size[0] // 2 : size[0] // 2 + size[0] // 12 + 1] = ink
    return Image.fromarray(levels)


def done(opened):
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.pump()


def refusal(opened, told):
    """Answer the next message, and note what it says."""

    def note(dialog):
        opened.root.after_cancel(opened._wait)
        told.extend(str(opened.root.tk.call(f"{dialog}.{part}", "cget", "-text")) for part in ("msg", "dtl"))
        opened.hand.do("key", "Return")

    opened.dialog(MESSAGE, note)


def expected(opened, path):
    """The drawing and z that a picture's file gives."""
    drawing = photos.brought(opened.session.space, read(path)).drawing
    return drawing, subject.drawn(opened.session.space, drawing)["z"]


@pytest.mark.parametrize("name", ["a.jpg", "A.JPEG", "a.bmp", "a.webp", "a.png", "a.gif"])
def test_a_picture_without_a_recipe_is_encoded_as_one_step_and_shown_on_the_pad(window, tmp_path, name):
    opened = window(2)
    paper().save(tmp_path / name)
    before = opened.session.state
    opened.app.documents.open(tmp_path / name)
    assert opened.app.work.current("open").title == f"Reading {name}…"
    done(opened)
    state = opened.session.state
    assert (state.drawing, state.z) == expected(opened, tmp_path / name) and state.encoded
    assert opened.app.workspace.tabs.selected == "yours" and opened.said.startswith(f"Encoded {name}: ")
    assert opened.app.settings.folder == str(tmp_path)
    assert opened.session.photos.of(state.drawing).photo.levels.shape == (200, 300)
    opened.session.undo()
    assert opened.session.state == before and not opened.session.can_undo


def test_a_window_begins_with_a_picture_and_with_the_tab_that_shows_it(window, tmp_path):
    paper().save(tmp_path / "a.jpg")
    opened = window(2, picture=tmp_path / "a.jpg")
    assert opened.z == expected(opened, tmp_path / "a.jpg")[1] and opened.session.state.encoded
    assert opened.app.workspace.tabs.selected == "yours" and opened.session.photos.of(opened.session.state.drawing)
    opened.close()
    made = Recipe((1.0, 1.0), opened.session.space.codec.source.sha256, picture="plane", options={"n": 3})
    make.save(opened.session.space, made, tmp_path / "plane.png")
    opened = window(2, picture=tmp_path / "plane.png")
    assert (
        opened.z == (1, 1) and opened.app.workspace.tabs.selected == "plane" and opened.session.state.plane.count == 3
    )


def test_what_moves_when_a_picture_comes_has_come_to_rest_as_a_step_of_its_own(window, tmp_path):
    opened = window(2, Settings(motion=True))
    paper().save(tmp_path / "a.jpg")
    opened.hand.key("4")
    assert opened.app.desk.motion.moving
    opened.app.documents.open(tmp_path / "a.jpg")
    opened.hand.until(lambda: opened.session.state.encoded)
    done(opened)
    assert opened.z == expected(opened, tmp_path / "a.jpg")[1] and not opened.app.desk.motion.moving
    opened.session.undo()
    assert opened.z != (0, 0) and not opened.session.state.encoded


def test_the_steps_of_the_pad_stay_as_they_were_switched(window, tmp_path):
    opened = window(2)
    opened.session.commit(drawing=Drawing(size=False, centre=True))
    paper().save(tmp_path / "a.jpg")
    opened.app.documents.open(tmp_path / "a.jpg")
    done(opened)
    drawing = opened.session.state.drawing
    assert drawing.ground and (drawing.size, drawing.centre, drawing.strokes) == (False, True, ())


def test_a_saved_reconstruct_brings_drawing_and_z_back_at_once(window, tmp_path):
    opened = window(2, Settings(motion=True))
    opened.session.commit(**subject.drawn(opened.session.space, Drawing.of(DIGIT)))
    state = opened.session.state
    opened.app.documents.save_to(tmp_path / "a.png", picture="reconstruct")
    done(opened)
    opened.session.commit(z=(1.0, 1.0), drawing=Drawing(), encoded=False)
    before = opened.session.state
    opened.app.show_tab("map")
    opened.app.documents.open(tmp_path / "a.png")
    opened.hand.pump()
    assert opened.session.state == state and not opened.app.desk.motion.moving
    assert opened.app.workspace.tabs.selected == "yours" and opened.said == "Here a.png was made"
    opened.session.undo()
    assert opened.session.state == before


def test_open_as_digit_asks_for_a_picture_where_the_last_file_was(window, tmp_path, monkeypatch):
    """And what has a recipe is encoded all the same."""
    opened, asked = window(2, Settings(motion=False, folder=str(tmp_path))), []
    made = Recipe((1.0, 1.0), "0" * 64)
    export.save_digit(DIGIT, tmp_path / "a.png", 280, "pixels", "gray", made)
    monkeypatch.setattr(dialogs, "ask_digit", lambda _root, _title, folder: asked.append(folder) or tmp_path / "a.png")
    opened.app.run(opened.app.desk.actions["open-digit"])
    done(opened)
    assert asked == [str(tmp_path)] and opened.z == expected(opened, tmp_path / "a.png")[1]
    monkeypatch.setattr(dialogs, "ask_digit", lambda *_given: None)
    opened.app.run(opened.app.desk.actions["open-digit"])
    assert not opened.app.work.running


def file_of(image, **options):
    """The bytes of a PNG of a picture."""
    buffer = io.BytesIO()
    image.save(buffer, "png", **options)
    return buffer.getvalue()


def bomb():
    """A PNG of one pixel that claims to have 400 million."""
    data = bytearray(file_of(Image.new("L", (1, 1))))
    data[16:24] = (20_000).to_bytes(4) * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)
    return bytes(data)


def strange():
    """A picture with a recipe that cannot be read."""
    info = PngImagePlugin.PngInfo()
    info.add_text("recipe", '{"z": "none"}')
    return file_of(paper(), pnginfo=info)


BAD = {
    "empty.png": (b"", "empty.png is empty"),
    "text.png": (b"hello", "text.png cannot be read as a picture"),
    "text.jpg": (b"hello", "text.jpg cannot be read as a picture"),
    "cut.png": (file_of(paper())[:100], "cut.png is damaged or cut short"),
    "bomb.png": (bomb(), "bomb.png has more than 25 megapixels"),
    "grey.png": (file_of(Image.new("L", (90, 90), 128)), "nothing in it stands out from its ground"),
    "recipe.png": (strange(), "recipe.png: The recipe cannot be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_of_a_digit_is_told_in_one_sentence_and_nothing_changes(window, tmp_path, name):
    opened, told = window(2), []
    data, why = BAD[name]
    (tmp_path / name).write_bytes(data)
    before = opened.session.state
    refusal(opened, told)
    opened.app.documents.open(tmp_path / name)
    opened.hand.until(lambda: told)
    done(opened)
    assert told[0] == "The picture was not opened" and "Traceback" not in told[1] and "\n" not in told[1]
    assert why in told[1] and len(told[1]) < 400
    assert opened.session.state == before and not opened.session.can_undo


def test_a_picture_that_is_gone_is_told(window, tmp_path):
    opened, told = window(2), []
    refusal(opened, told)
    opened.app.documents.open(tmp_path / "none.jpg")
    opened.hand.until(lambda: told)
    assert "No such file" in told[1]


def test_a_photo_with_another_ones_ending_is_read_as_what_it_is(window, tmp_path):
    opened = window(2)
    buffer = io.BytesIO()
    paper().save(buffer, "jpeg")
    (tmp_path / "photo.png").write_bytes(buffer.getvalue())
    opened.app.documents.open(tmp_path / "photo.png")
    done(opened)
    assert opened.session.state.encoded


def test_a_model_that_encodes_nothing_says_why_no_picture_is_taken(window, tmp_path):
    opened, told = window(weights=bare_folder(tmp_path / "bare")), []
    paper().save(tmp_path / "a.png")
    assert "it needs encoder_weights.pt" in opened.app.desk.actions["open-digit"].why_not(opened.session)
    refusal(opened, told)
    opened.app.documents.open(tmp_path / "a.png")
    assert "a.png carries no recipe, and no picture can be encoded: it needs encoder_weights.pt" in told[1]
    assert not opened.app.work.running


def test_of_a_picture_and_a_model_that_are_asked_for_the_newer_is_opened(window, model, tmp_path):
    opened = window(2)
    paper().save(tmp_path / "a.jpg")
    opened.app.documents.open(tmp_path / "a.jpg")
    opened.app.documents.open(model(2, labels=4))
    done(opened)
    assert len(opened.app.session.space.class_names) == 4 and not opened.app.session.state.encoded
    opened.app.documents.open(model(2))
    done(opened)
