import argparse
from pathlib import Path

import pytest

from plugins import __main__ as command_line
from plugins.bench import command as bench


def options(*words: str) -> argparse.Namespace:
    return command_line.parse(["bench", "--corpus", "none", *words])[1]


def test_the_command_line_has_its_defaults() -> None:
    found = options()

    assert found.sizes == "real,10000,50000"
    assert (found.rounds, found.cases, found.work, found.write) == (3, "", None, False)


@pytest.mark.parametrize("words", [("--rounds", "0"), ("--rounds", "x")])
def test_rounds_are_counted_from_one(words: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        options(*words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sizes", "many"), "“many”不是篇数"),
        (("--sizes", "0"), "“0”不是篇数"),
        (("--cases", "cold,x"), "没有“x”这种情形"),
        ((), "none 里没有法规文本"),
    ],
)
def test_what_cannot_be_measured_is_told(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(options(*words)) == 1
    assert told in capsys.readouterr().err


def test_the_folder_asked_for_is_made(tmp_path: Path) -> None:
    from plugins.bench.preparing import work_folder  # noqa: PLC0415

    assert work_folder(tmp_path / "a/b") == tmp_path / "a/b"
    assert (tmp_path / "a/b").is_dir()
