"""A frozen dataclass of options is a command line."""

from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path
from typing import Literal

import pytest

from vae_explorer import __version__
from vae_explorer.bounds import checked
from vae_explorer.cli import Command, given, option, run, typed
from vae_explorer.errors import MAX_ERROR, Failure, explain

COMMAND = Command("paint", "Paint a digit.", "Examples:\n  paint seven.png")


@dataclass(frozen=True)
class Options:
    image: Path | None = option(None, "what to paint", positional=True)
    latent_dim: int = option(6, "dimensions, 100% of them", minimum=1, maximum=256)
    rate: float = option(5e-3, "learning rate", above=0, metavar="RATE")
    beta: float = option(1.0, "weight of the kl")
    device: Literal["cpu", "cuda"] = option("cpu", "where to paint")
    size: Literal[1, 2] = option(1, "how large")
    out: Path = option(Path("trained"), "the folder to write")
    note: str = option("", "what to remember")
    offline: bool = option(False, "never download")


def read(*argv):
    """The options that a command line gives."""
    seen = []
    assert run(COMMAND, Options, lambda options: seen.append(options) or 0, argv) == 0
    return seen[0]


def code(*argv):
    with pytest.raises(SystemExit) as stop:
        run(COMMAND, Options, lambda _: 0, argv)
    return stop.value.code


def failing(error, *argv):
    """The exit code of a program that ends in an error."""

    def main(_):
        raise error

    return run(COMMAND, Options, main, argv)


def test_without_arguments_the_options_are_the_defaults_of_the_dataclass():
    assert read() == Options()


@pytest.mark.parametrize(
    ("argv", "name", "value"),
    [
        (["seven.png"], "image", Path("seven.png")),
        (["--latent-dim", "20"], "latent_dim", 20),
        (["--latent-dim=1"], "latent_dim", 1),
        (["--latent-dim", "256"], "latent_dim", 256),
        (["--rate", "1e-9"], "rate", 1e-9),
        (["--beta", "-2"], "beta", -2.0),
        (["--device", "cuda"], "device", "cuda"),
        (["--size", "2"], "size", 2),
        (["--out", "a/b"], "out", Path("a/b")),
        (["--note", "50% done"], "note", "50% done"),
        (["--offline"], "offline", True),
    ],
)
def test_an_argument_becomes_a_value_of_the_type_of_its_field(argv, name, value):
    options = read(*argv)
    assert getattr(options, name) == value and type(getattr(options, name)) is type(value)
    assert {k: v for k, v in vars(options).items() if k != name} == {
        k: v for k, v in vars(Options()).items() if k != name
    }


@dataclass(frozen=True)
class Point:
    z: str | None = option(None, "where")
    note: str = option("", "what to remember")
    picture: Path | None = option(None, "a picture")
    offline: bool = option(False, "never download")


def point(*argv):
    seen = []
    assert run(COMMAND, Point, lambda options: seen.append(options) or 0, argv) == 0
    return seen[0]


@pytest.mark.parametrize("text", ["-1,0.5,2", "-1, 0.5, 2", "-.5,1e-3", "-1 2", "−1,2", "-1", "-1e3,-2", "1,-2"])
def test_numbers_may_begin_with_a_minus(text):
    for argv in (["--z", text], [f"--z={text}"], ["--offline", "--z", text, "--note", "x"]):
        assert point(*argv).z == text
    assert point("--note", text).note == text


def test_a_word_that_begins_with_a_minus_and_is_no_number_is_an_option_still(capsys):
    for argv in (["--z", "--offline"], ["--z", "-h"], ["--offline", "-1"], ["--", "-1"]):
        with pytest.raises(SystemExit) as stop:
            run(COMMAND, Point, lambda _: 0, argv)
        assert stop.value.code == 2
    assert "--z: expected one argument" in capsys.readouterr().err


def test_a_path_may_begin_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert read("--out=~/a").out == tmp_path / "a" and read("~").image == tmp_path
    assert point("--picture", "~/a.png").picture == tmp_path / "a.png"
    assert (read("--out", "a/~/b").out, read("--out", "./~").out) == (Path("a/~/b"), Path("~"))
    assert read("--note", "~/a").note == "~/a"


def test_the_home_folder_of_an_unknown_user_is_refused_with_the_reason(capsys):
    assert code("--out=~nobody-of-this-name/a") == 2
    said = capsys.readouterr().err
    assert "--out: ~nobody-of-this-name/a: no such home folder" in said and "write ./~nobody-of-this-name/a" in said


@pytest.mark.parametrize(
    ("system", "words", "line"),
    [
        ("posix", ["python", "--out", Path("my models"), "it's"], "python --out 'my models' 'it'\"'\"'s'"),
        ("nt", ["python", "--out", Path("my models"), "it's"], 'python --out "my models" it\'s'),
        ("nt", ["R&D", "100%", "a;b", "plain-1.5", "C:\\a"], '"R&D" "100%" "a;b" plain-1.5 C:\\a'),
        ("nt", ["C:\\a b\\", "R&D x"], '"C:\\a b\\\\" "R&D x"'),
    ],
)
def test_a_command_line_is_quoted_as_its_system_has_it(monkeypatch, system, words, line):
    with monkeypatch.context() as patch:  # no longer than needed: pathlib asks for it, too
        patch.setattr("os.name", system)
        found = typed(*words)
    assert found == line


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (["--latent-dim", "0"], "--latent-dim: 0 is less than 1"),
        (["--latent-dim", "257"], "257 is more than 256"),
        (["--latent-dim", "6.5"], "invalid int value: '6.5'"),
        (["--rate", "0"], "0 is not above 0"),
        (["--rate", "nan"], "nan is not a finite number"),
        (["--rate", "inf"], "inf is not a finite number"),
        (["--beta", "nan"], "nan is not a finite number"),
        (["--beta=-inf"], "-inf is not a finite number"),
        (["--beta", "much"], "invalid float value: 'much'"),
        (["--device", "toaster"], "invalid choice: 'toaster'"),
        (["--size", "3"], "invalid choice: 3"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["one.png", "two.png"], "unrecognized arguments: two.png"),
    ],
)
def test_a_value_that_is_refused_is_named_and_the_exit_code_is_2(argv, why, capsys):
    assert code(*argv) == 2
    told = capsys.readouterr().err
    assert why in told and told.startswith("paint: ") and told.endswith(". paint --help tells what there is.\n")
    assert told.count("\n") == 1


def test_what_is_quoted_of_a_command_line_is_one_line_of_bounded_length(capsys):
    for word in ("9" * 5000, "a\nb\x1b[31m"):
        assert code("--latent-dim", word) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1 and "\x1b" not in told and len(told) < MAX_ERROR + 100


@dataclass(frozen=True)
class Knowing:
    latent_dim: int = option(6, "dimensions")
    offline: bool = option(False, "never download")
    note: str = option("", "what to remember")
    given: frozenset[str] = given()


@pytest.mark.parametrize(
    ("argv", "names"),
    [
        ([], set()),
        (["--latent-dim", "6"], {"latent_dim"}),
        (["--latent-dim=7", "--offline"], {"latent_dim", "offline"}),
        (["--note", ""], {"note"}),
    ],
)
def test_an_option_that_is_typed_counts_as_given_also_where_it_equals_the_default(argv, names, capsys):
    seen = []
    assert run(COMMAND, Knowing, lambda options: seen.append(options) or 0, argv) == 0
    assert seen[0].given == names and Knowing().given == set()
    assert run(COMMAND, Knowing, lambda options: seen.append(options) or 0, [*argv, "--debug"]) == 0
    assert seen[1].given == names
    with pytest.raises(SystemExit):
        run(COMMAND, Knowing, lambda _: 0, ["--given", "1"])
    assert "unrecognized arguments: --given 1" in capsys.readouterr().err


def test_help_shows_every_option_with_its_default_its_choices_and_the_examples(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    assert code("--help") == 0
    text = capsys.readouterr().out
    for expected in (
        "Paint a digit.", "Examples:\n  paint seven.png", "--latent-dim N", "--rate RATE", "--out PATH", "--note TEXT",
        "(default: 6)", "(default: 0.005)", "(default: trained)", "{cpu,cuda}", "100% of them", "--debug", "[PATH]",
    ):  # fmt: skip
        assert expected in text, expected
    assert "None" not in text and "False" not in text


@dataclass(frozen=True)
class Headed:
    out: Path | None = option(None, "where to", group="where it goes")
    image: tuple[str, ...] = option((), "pictures, 100% of them", metavar="FILE", old=("input",), group="what")
    rest: bool = option(False, "with the rest", group="what")


def test_options_stand_under_their_headings_in_the_order_of_these(capsys):
    headed = Command("paint", "Paint.", usage="paint WHAT [options]", groups=("what", "where it goes"), untold={"rest"})
    with pytest.raises(SystemExit):
        run(headed, Headed, lambda _: 0, ["--help"])
    text = capsys.readouterr().out
    assert text.startswith("usage: paint WHAT [options]\n\nPaint.\n\nwhat:\n  --image FILE [FILE ...]")
    assert text.index("where it goes:\n  --out PATH") < text.index("more:\n  -h, --help")
    assert "--rest" not in text and "--input" not in text
    seen = []
    assert run(headed, Headed, lambda options: seen.append(options.rest) or 0, ["--rest"]) == 0 and seen == [True]


def test_what_depends_on_the_machine_is_asked_for_the_help_alone(capsys):
    asked = []
    command = Command("paint", "Paint.", "The end.", place=lambda: asked.append(0) or "At home.")
    assert run(command, Headed, lambda _: 0, []) == 0 and asked == []
    for word in ("-h", "--help"):
        with pytest.raises(SystemExit):
            run(command, Headed, lambda _: 0, [word])
        assert capsys.readouterr().out.endswith("The end.\nAt home.\n")


def test_an_option_of_several_words_takes_them_all_each_time_that_it_is_given():
    seen = []
    for argv in ([], ["--image", "a", "b", "--rest", "--image", "c"], ["--input", "a", "--image", "b"]):
        assert run(Command("paint", ""), Headed, lambda options: seen.append(options.image) or 0, argv) == 0
    assert seen == [(), ("a", "b", "c"), ("a", "b")]


def test_version_is_that_of_the_package(capsys):
    assert code("--version") == 0
    assert capsys.readouterr().out == f"paint {__version__}\n"


def test_the_options_cannot_be_changed_on_the_way():
    with pytest.raises(FrozenInstanceError):
        read().latent_dim = 7


def test_a_switch_that_is_on_by_default_could_not_be_turned_off_and_is_refused():
    @dataclass(frozen=True)
    class Wrong:
        loud: bool = option(True, "be loud")

    with pytest.raises(AssertionError, match="off unless given"):
        run(COMMAND, Wrong, lambda _: 0, [])


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_exit_code_is_what_main_returns(number):
    assert run(COMMAND, Options, lambda _: number, []) == number


class ThreeFailure(Failure):
    exit_code = 3


@pytest.mark.parametrize(
    ("error", "number", "said"),
    [
        (Failure("There is no model yet. Train one."), 2, "paint: There is no model yet. Train one.\n"),
        (ThreeFailure("Ours."), 3, "paint: Ours.\n"),
        (PermissionError(13, "Permission denied", "seven.png"), 2, "paint: seven.png: Permission denied.\n"),
        (OSError(28, "No space left on device"), 2, "paint: No space left on device.\n"),
        (OSError("the network is down"), 2, "paint: the network is down\n"),
        (KeyboardInterrupt(), 130, "paint: stopped.\n"),
        (KeyboardInterrupt(15), 143, "paint: stopped.\n"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
    ],
    ids=lambda each: type(each).__name__,
)
def test_an_expected_error_is_one_paragraph_on_stderr_and_an_exit_code(error, number, said, capsys):
    assert failing(error) == number
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize("error", [Failure("no"), OSError(28, "No space left on device")])
def test_debug_shows_the_traceback_of_an_expected_error_too(error, capsys):
    assert failing(error, "--debug") == 2
    text = capsys.readouterr().err
    assert text.startswith("Traceback") and text.endswith(f"paint: {explain(error)}\n")


@pytest.mark.parametrize("error", [ValueError("a mistake"), ZeroDivisionError(), AssertionError()])
def test_a_mistake_of_ours_is_not_swallowed(error):
    with pytest.raises(type(error)):
        failing(error)


def test_an_error_is_one_printable_line_whatever_a_files_name_is():
    error = OSError(2, "No such file or directory", "a\x1b[2J\n\u202eb" + "x" * 10_000)
    told = explain(error)
    assert told.startswith("a?[2J ?bxxx") and told.endswith("xxx: No such file or directory.")
    assert len(told) <= MAX_ERROR and told.isprintable()
    assert explain(Failure("a\x1bb")) == "a?b"


def test_values_in_a_file_have_the_bounds_and_types_of_the_command_line():
    found = checked(Options, {"latent_dim": 3, "rate": 1})
    assert found == {"latent_dim": 3, "rate": 1.0} and isinstance(found["rate"], float)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("latent_dim", 0, "latent_dim is 0, which is less than 1"),
        ("latent_dim", 10**30, "latent_dim is a huge number, which is more than 256"),
        ("latent_dim", 1.0, "latent_dim is 1.0"),
        ("latent_dim", True, "latent_dim is True"),
        ("rate", 0.0, "rate is 0.0, which is not above 0"),
        ("rate", float("nan"), "rate is nan, which is not a finite number"),
        ("rate", "1", "rate is '1'"),
        ("rate", [[1]], "rate is a list"),
    ],
)
def test_a_value_in_a_file_that_is_out_of_bounds_is_named(name, value, why):
    with pytest.raises(ValueError, match=f"^{why}$"):
        checked(Options, {name: value})


def test_a_name_in_a_file_that_is_no_option_is_a_key_error():
    with pytest.raises(KeyError, match="colour"):
        checked(Options, {"colour": 1})


@dataclass(frozen=True)
class Renamed:
    way: str | None = option(None, "which way", old=("kind",), choices=lambda: ("arc", "line"), read=str.lower)


def test_an_option_is_read_by_its_old_name_too_and_only_told_of_by_the_new_one(capsys):
    seen = []
    for argv in (["--kind", "ARC"], ["--kind=arc"], ["--way", "arc"]):
        assert run(COMMAND, Renamed, seen.append, argv) is None
    assert seen == [Renamed("arc")] * 3
    for argv in (["--help"], ["--kind", "bow"]):
        with pytest.raises(SystemExit):
            run(COMMAND, Renamed, lambda _: 0, argv)
    out, err = capsys.readouterr()
    assert "--way {arc,line}" in out and "--kind" not in out and "'arc', 'line'" in err
