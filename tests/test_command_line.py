import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from plugins import __main__ as command_line
from plugins import installing
from plugins.__main__ import COMMANDS, Command


def test_every_target_has_a_name_of_its_own() -> None:
    names = [command.name for command in COMMANDS]

    assert len(set(names)) == len(names)


def test_no_words_and_dash_h_mean_help() -> None:
    for words in ([], ["help"], ["-h"], ["--help"]):
        command, _ = command_line.parse(words)
        assert command.name == "help"


def test_help_lists_every_target_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main([]) == 0

    printed = capsys.readouterr().out
    for command in COMMANDS:
        assert command.name in printed
        assert command.chinese in printed
        assert command.english in printed


def test_help_needs_nothing_installed(root: Path) -> None:
    # -S and -I keep site-packages and the environment away: a bare Python.
    code = "import sys; sys.path.insert(0, '.'); from plugins.__main__ import main; main([])"
    words = [sys.executable, "-I", "-S", "-c", code]

    result = subprocess.run(words, cwd=root, check=False, capture_output=True)

    assert result.returncode == 0, result.stderr.decode()


def test_options_have_their_defaults() -> None:
    _, args = command_line.parse(["devserver"])

    assert args.content == Path("content")
    assert args.output == Path("output")
    assert args.build_date is None
    assert (args.bind, args.port) == ("::", 8000)


def test_every_option_has_a_default_that_it_takes() -> None:
    for command in COMMANDS:
        required = [option for option in command.options if _is_required(option)]
        if not required:
            _, args = command_line.parse([command.name])
            assert args.command == command.name


def _is_required(option: str) -> bool:
    names, details = command_line.OPTIONS[option]
    is_positional = not names[0].startswith("-") and details.get("nargs") not in {"?", "*"}
    return is_positional or details.get("required", False)


@pytest.mark.parametrize("date", ["2021-03-05", "2021-03-05 09:30"])
def test_a_build_date_may_hold_the_time_of_day(date: str) -> None:
    _, args = command_line.parse(["check", "--build-date", date])

    assert args.build_date == date


def test_what_else_is_typed_after_test_goes_to_pytest() -> None:
    _, args = command_line.parse(["test", "-k", "search or sitemap", "-x"])

    assert args.extra == ["-k", "search or sitemap", "-x"]


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["check", "--nonsense"], ["html", "--build-date", "5.3.2021"], ["trial"]],
)
def test_a_wrong_command_line_is_told_in_chinese(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command_line.parse(words)

    assert caught.value.code == 2
    assert "命令行有误" in capsys.readouterr().err


def test_a_command_is_started_again_inside_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[Path, list[str]]] = []
    monkeypatch.setattr(installing, "ensure", lambda _level: Path("venv/python"))
    monkeypatch.setattr(installing, "runs_inside", lambda: False)

    def start_again(python: Path, words: list[str]) -> int:
        started.append((python, words))
        return 7

    monkeypatch.setattr(command_line, "start_again", start_again)

    assert command_line.main(["check", "--content", "x"]) == 7
    assert started == [(Path("venv/python"), ["check", "--content", "x"])]


def test_a_command_that_runs_inside_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "ensure", lambda _level: Path(sys.executable))
    monkeypatch.setattr(installing, "runs_inside", lambda: True)
    monkeypatch.setattr(command_line, "call", lambda target, _args: len(target))

    assert command_line.main(["check"]) == len("plugins.checking:command")


def test_what_cannot_be_installed_ends_with_its_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_level: str) -> Path:
        raise installing.InstallError("请安装")

    monkeypatch.setattr(installing, "ensure", fail)

    assert command_line.main(["check"]) == 1
    assert capsys.readouterr().err == "请安装\n"


def test_ctrl_c_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_target: str, _args: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "call", interrupt)

    assert command_line.main(["help"]) == 130


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_target_leads_to_a_function(command: Command) -> None:
    module, _, function = command.calls.partition(":")

    assert callable(getattr(__import__(module, fromlist=[function]), function))
