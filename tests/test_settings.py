"""Settings: what was kept comes back, and whatever else stands in the file gives the defaults, never an error."""

import json
import os
import sys
from dataclasses import asdict, replace

import pytest
from factories import python

from vae_explorer import settings
from vae_explorer.pictures.looks import COLOURS, LOOKS
from vae_explorer.remembered import MAX_BYTES
from vae_explorer.session.layers import LAYERS
from vae_explorer.session.orders import ORDERS
from vae_explorer.settings import MAX_RECENT, Settings

ALL = Settings(
    theme="dark", motion=False, look="smooth", colours="magma", shade=True, face="handles", order="kl", source="class",
    source_label=7, source_radius=0.25, loop=True, layers=("density",), size="960x600+-5+40", shares=(0.25, 0.75),
    tab="path", unfolded=("place", "new"), folder="/my pictures", recent=("/a", "/b\nc"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A place for settings that is empty, whichever of the variables the platform goes by."""
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert settings.path().is_relative_to(tmp_path)
    return tmp_path


def keep(text):
    settings.path().parent.mkdir(parents=True, exist_ok=True)
    settings.path().write_bytes(text if isinstance(text, bytes) else text.encode())


def found(**values):
    """What is read from a file that says this and no more."""
    keep(json.dumps(values))
    return settings.read()


# ------------------------------------------------------------------------------------------------------ read and write


@pytest.mark.parametrize("kept", [Settings(), ALL], ids=["defaults", "all changed"])
def test_written_settings_are_read_back(kept):
    assert all(asdict(ALL)[name] != value for name, value in asdict(Settings()).items())
    settings.write(kept)
    assert settings.read() == kept


def test_of_two_windows_each_keeps_what_was_changed_in_it():
    before = Settings(recent=("/a", "/b"))
    one = replace(before.with_recent("/one"), theme="dark")
    two = replace(before.with_recent("/two"), look="smooth")
    for mine, theirs in ((one, two), (two, one)):
        kept = settings.merged(mine, before, theirs)
        assert (kept.theme, kept.look) == ("dark", "smooth")
        assert kept.recent == (mine.recent[0], theirs.recent[0], "/a", "/b")
    assert settings.merged(before, before, one) == one


@pytest.mark.parametrize("opened", ["", "n", "b", "nm", "cn", "ab", "na", "abcdefgh", "nopqrstu", "nopqrstuvw"])
def test_the_only_window_keeps_all_that_was_changed_in_it(opened):
    before = Settings(recent=tuple("abcdefgh"))
    mine = replace(before, tab="path")
    for each in opened:
        mine = mine.with_recent(each)
    assert settings.merged(mine, before, before) == mine


def test_paths_with_bytes_that_are_no_text_come_back():
    odd = os.fsdecode('/größe/\U0001f600\t"\\'.encode() + (b"\xff" if sys.platform == "linux" else b""))
    kept = Settings(folder=odd, recent=(odd, odd + "\n"))
    settings.write(kept)
    assert settings.read() == kept


def test_as_many_long_paths_as_are_kept_are_read():
    kept = Settings(recent=tuple(f"/{n}{'é' * 4000}" for n in range(MAX_RECENT)))
    settings.write(kept)
    assert settings.read() == kept


def test_without_a_file_the_settings_are_the_defaults_and_none_is_made(home):
    assert settings.read() == Settings()
    assert list(home.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the variable is Linux's")
def test_the_settings_lie_in_the_folder_that_xdg_config_home_names(home):
    assert settings.path() == home / "vae-explorer" / "settings.json"


BROKEN = {
    "empty": "",
    "half": '{"theme": "dark", ',
    "a list": '[{"theme": "dark"}]',
    "null": "null",
    "a text": '"dark"',
    "a number": "1e999",
    "deep": '{"theme":' * 50_000,
    "digits": '{"theme": "dark", "shares": ' + "1" * 5000 + "}",
    "no text": b"\xff\xfe\x00\xd8",
    "too long": json.dumps({"theme": "dark", "folder": "a" * MAX_BYTES}),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_gives_the_defaults_and_is_written_over(text):
    keep(text)
    assert settings.read() == Settings()
    settings.write(ALL)
    assert settings.read() == ALL


BAD_VALUES = {
    "theme": ["blue", "", 1, None, True, [], {}, ["dark"]],
    "motion": [0, 1, "true", None, []],
    "loop": [0, 1, "true", None, []],
    "layers": ["points", None, 1, {"points": 1}, True],
    "look": ["Pixels", None, 0, []],
    "colours": ["jet", "Greys", None, 3, []],
    "order": ["kl first", "", None, 0, ["kl"]],
    "size": ["960", "960x", "0x600", "960x0+1+2", "960x600+1", "960x600+1+2\n", "-960x600", "960x600+1+2+3", "９x９",
             "123456x600", "1e3x600", " 960x600", None, 960, [960, 600]],
    "shares": [(0.5,), (0.2, 0.5, 0.7), (0.5, 0.5), (0.6, 0.4), (0.0, 0.5), (0.5, 1.0), (-0.1, 0.5), (),
               (0.2, float("nan")), (float("-inf"), 0.5), (0.5, float("inf")), ("0.2", 0.5), (0, 0.5), (0.5, True), {}],
    "shade": [0, 1, "true", None, []],
    "source": ["a\nb", "x" * 65, None, 0, ["prior"]],
    "source_label": [-1, 256, 1.0, True, "3", None],
    "source_radius": [0.0, -1.0, 1, True, float("inf"), float("nan"), "1", None],
    "tab": ["a\nb", "x" * 65, None, 0, ["map"]],
    "unfolded": [["a\nb"], ["x" * 65], "looks", None, 0, [1], ["a", "a"], [str(k) for k in range(33)], {}],
    "folder": ["/a\0b", "\ud800", "/" * 4097, None, 1, ["/a"]],
    "recent": ["/a", None, 1, {"/a": 1}, True],
}  # fmt: skip
CASES = [(name, value) for name, values in BAD_VALUES.items() for value in values]


@pytest.mark.parametrize(("name", "value"), CASES, ids=[f"{name} {value!r}" for name, value in CASES])
def test_a_value_that_no_settings_can_have_is_the_default_and_the_others_stay(name, value):
    read = found(**{**asdict(ALL), name: value, "unknown": value})
    assert read == replace(ALL, **{name: getattr(Settings(), name)})


@pytest.mark.parametrize(("name", "value"), CASES, ids=[f"{name} {value!r}" for name, value in CASES])
def test_settings_with_a_bad_value_are_refused(name, value):
    with pytest.raises(ValueError, match=f"^{name} cannot be"):
        Settings(**{name: value})


GOOD_VALUES = {
    "theme": settings.THEMES,
    "motion": (True, False),
    "loop": (True, False),
    "look": LOOKS,
    "colours": COLOURS,
    "shade": (True, False),
    "order": ORDERS,
    "layers": ((), ("points",), ("density", "classes"), tuple(LAYERS)),
    "source": ("prior", "of another version"),
    "source_label": (0, 255),
    "source_radius": (0.1, 20.0, 1e9),
    "size": ("", "1x1", "960x600", "99999x99999+0+0", "960x600-5+3", "960x600+-1920+-7"),
    "shares": ((0.2, 0.5), (1e-9, 0.999)),
    "tab": ("", "map", "of another version"),
    "folder": ("", "/", "a\nb", "größe"),
}


@pytest.mark.parametrize("name", GOOD_VALUES)
def test_every_good_value_is_read(name):
    assert [getattr(found(**{name: value}), name) for value in GOOD_VALUES[name]] == [*GOOD_VALUES[name]]


def test_of_layers_those_are_read_that_there_are_and_a_settings_has_no_others():
    assert found(layers=["ways", "of another version", "points", "points", None]).layers == ("points", "ways")
    for layers in (("ways", "points"), ("points", "points"), ("nonsense",), ["points"]):
        with pytest.raises(ValueError, match=r"^layers cannot be"):
            Settings(layers=layers)


def test_a_file_of_before_there_were_three_columns_is_read():
    assert found(theme="dark", sash=320) == Settings(theme="dark")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("make", ["pipe", "folder", "link to itself"])
def test_a_pipe_or_folder_in_the_place_of_the_file_gives_the_defaults_and_stays(make):
    settings.path().parent.mkdir(parents=True)
    if make == "pipe":
        os.mkfifo(settings.path())
    elif make == "folder":
        settings.path().mkdir()
    else:
        settings.path().symlink_to(settings.path())
    assert settings.read() == Settings()
    before = settings.path().lstat().st_mode
    settings.write(ALL)
    assert settings.read() == Settings() and settings.path().lstat().st_mode == before


@pytest.mark.parametrize("obstacle", ["a file where the folder should be", "a folder where the file should be"])
def test_settings_that_cannot_be_written_are_forgotten_without_an_error(home, obstacle):
    if obstacle.startswith("a file"):
        settings.path().parent.parent.mkdir(parents=True, exist_ok=True)
        settings.path().parent.write_text("mine")
    else:
        (settings.path() / "mine").mkdir(parents=True)
    before = sorted(home.rglob("*"))
    settings.write(ALL)
    assert settings.read() == Settings() and sorted(home.rglob("*")) == before


def test_a_full_disk_leaves_the_settings_as_they_were(home):
    """A limit on the size of files stands for a full disk."""
    resource = pytest.importorskip("resource")
    settings.write(ALL)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        settings.write(Settings())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert settings.read() == ALL and len([path for path in home.rglob("*") if path.is_file()]) == 1


# -------------------------------------------------------------------------------------------------------------- recent


def test_the_model_opened_last_comes_first_and_none_comes_twice():
    kept = Settings()
    for path in ("/a", "/b", "/c", "/a", "/a"):
        kept = kept.with_recent(path)
    assert kept.recent == ("/a", "/c", "/b")


def test_no_more_than_eight_are_remembered_the_oldest_goes():
    kept = Settings(theme="dark")
    for n in range(MAX_RECENT + 3):
        kept = kept.with_recent(f"/{n}")
    assert kept == Settings(theme="dark", recent=tuple(f"/{n}" for n in range(10, 2, -1)))


def test_of_a_bad_list_of_recent_models_the_good_ones_are_read():
    bad = [None, "", "/a\0", "\ud800", ["/x"], 3]
    assert found(recent=[*bad, "/b", "/a", "/b", *bad, *(f"/{n}" for n in range(20))]).recent == (
        "/b", "/a", "/0", "/1", "/2", "/3", "/4", "/5",
    )  # fmt: skip


@pytest.mark.parametrize("recent", [("/a", "/a"), ("",), ("/a\0",), (1,), tuple(f"/{n}" for n in range(9))])
def test_settings_with_a_bad_list_of_recent_models_are_refused(recent):
    with pytest.raises(ValueError, match=r"^recent cannot be"):
        Settings(recent=recent)


def test_the_settings_are_read_without_numpy_so_that_the_window_need_not_wait_for_it():
    done = python("import sys\nfrom vae_explorer import settings\nsettings.read()\nprint('numpy' in sys.modules)")
    assert done.stdout == "False\n", done.stderr
