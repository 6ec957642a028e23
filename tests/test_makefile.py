import re
import subprocess
from pathlib import Path

import pytest

from plugins.__main__ import COMMANDS

NAMES = [command.name for command in COMMANDS]


@pytest.fixture(scope="session")
def makefile(root: Path) -> str:
    return (root / "Makefile").read_text(encoding="utf-8")


def test_the_makefile_has_exactly_the_targets_of_the_command_line(makefile: str) -> None:
    lines = re.findall(r"^([a-z][a-z -]*):$", makefile, re.MULTILINE)
    targets = [target for line in lines for target in line.split()]

    assert sorted(targets) == sorted(NAMES)


def test_every_target_is_phony(makefile: str) -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    assert sorted(phony.split()) == sorted(NAMES)


def test_make_alone_is_make_help(root: Path) -> None:
    assert made(root) == made(root, "help") == ["python3 -m plugins help"]


@pytest.mark.parametrize("name", NAMES)
def test_a_target_runs_the_command_of_its_name(root: Path, name: str) -> None:
    assert made(root, name) == [f"python3 -m plugins {name}"]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("trial", "CORPUS=a b"), 'trial --corpus "a b"'),
        (("bench", "CORPUS=c", "ARGS=--write"), 'bench --corpus "c" --write'),
        (("bench-search", "CORPUS=c", "ARGS=--queries 5"), 'bench-search --corpus "c" --queries 5'),
        (("html", "DATE=2021-03-05 09:30"), 'html --build-date "2021-03-05 09:30"'),
        (("html", "CACHE=c d", "OUTPUT=o"), 'html --output "o" --cache "c d"'),
        (("devserver", "PORT=8001"), "devserver --port 8001"),
        (("serve", "BIND=127.0.0.1", "OUTPUT=o"), 'serve --output "o" --bind 127.0.0.1'),
        (("test", "ARGS=-k 'a or b'"), "test -k 'a or b'"),
        (("new", "ARGS=policy --id x"), "new policy --id x"),
        (("setup", "ARGS=test"), "setup test"),
        (("deploy", "TARGET=oss:b/zwgk"), 'deploy --target "oss:b/zwgk"'),
        (
            ("rollback", "SEQ=16", "TARGET=w", "REMOVALS=40"),
            'rollback --target "w" --seq 16 --removals 40',
        ),
        (
            ("gc", "TARGET=w", "KEEP=3", "DAYS=2", "DELETE=1"),
            'gc --target "w" --keep 3 --days 2 --delete',
        ),
        (("purge", "ASSETS=1", "SEND=aliyun"), "purge --assets --send aliyun"),
        (("verify-live", "URL=u", "SEQ=3"), 'verify-live --url "u" --seq 3'),
        (
            ("origin", "SERVER=caddy", "ROOT=/srv/a", "BROTLI=1"),
            'origin --server "caddy" --root "/srv/a" --brotli',
        ),
        (
            ("import", "FILE=a b.xlsx", "AREA=safety", "VERSION=2021-01"),
            'import "a b.xlsx" --area "safety" --version "2021-01"',
        ),
        (
            (
                "import-gazette",
                "FILE=a b.pdf",
                "LIST=l.csv",
                "ISSUE=2018-01",
                "TOTAL=9",
                "BEGINS=2",
            ),
            'import-gazette "a b.pdf" --list "l.csv" --issue "2018-01" --total "9" --begins "2"',
        ),
        (("circular", "PERIOD=2021-3"), 'circular --period "2021-3"'),
    ],
)
def test_variables_become_options(root: Path, words: tuple[str, ...], command: str) -> None:
    assert made(root, *words) == [f"python3 -m plugins {command}"]


def made(root: Path, *words: str) -> list[str]:
    """The commands that make would run, their blanks evened out."""
    result = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "PYTHON=python3", *words],
        cwd=root,
        env={"PATH": "/usr/bin:/bin"},  # not the variables of the `make test` around this test
        check=True,
        capture_output=True,
        text=True,
    )
    return [re.sub(r" +", " ", line).strip() for line in result.stdout.splitlines()]
