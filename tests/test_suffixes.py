"""Which file a name means: suffixes that are those of formats, of other files, or none."""

import mimetypes
from pathlib import Path

import pytest

from vae_explorer.pictures import suffixes
from vae_explorer.pictures.suffixes import ExportError


@pytest.mark.parametrize(
    ("typed", "meant"), [("a", "a.png"), ("v1.5", "v1.5.png"), ("a.PDF", "a.PDF"), ("a.b", "a.b.png")]
)
def test_a_name_without_a_format_gets_the_usual_one(typed, meant):
    assert suffixes.named(Path("x", typed)) == Path("x", meant)


def test_what_is_a_suffix_does_not_depend_on_what_a_machine_adds_to_those_of_python():
    names = ["a.old", "a.sd", "a.b"]
    before = [suffixes.named(Path(name)) for name in names]
    mimetypes.add_type("application/x-old", ".old")
    try:
        assert [suffixes.named(Path(name)) for name in names] == before == [Path(f"{name}.png") for name in names]
    finally:
        mimetypes.init()


@pytest.mark.parametrize("typed", ["a.jpg", "a.JPEG", "a.gif", "a.webp", "a.tiff", "a.mp4", "a.txt", "a.b.csv"])
def test_a_name_that_tells_of_another_kind_of_file_is_refused_with_the_formats_there_are(typed):
    with pytest.raises(ExportError, match=rf"^{typed}: pictures are saved as \.png, \.svg, \.pdf; choose"):
        suffixes.named(Path(typed))
    assert suffixes.named(Path("a.gif"), suffixes=(".png", ".gif")) == Path("a.gif")


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="another system has other devices")
def test_a_device_is_no_name_for_a_picture():
    with pytest.raises(ExportError, match="/dev/null is a device or a pipe; name a file"):
        suffixes.named(Path("/dev/null"))


@pytest.mark.parametrize("name", ["", ".", "..", "/", "there"])
def test_a_folder_is_no_name_for_a_picture(tmp_path, monkeypatch, name):
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportError, match="is a folder"):
        suffixes.named(Path(name))
