"""What every bench needs: sizes, texts, a folder to work in; and on what machine it ran."""

from __future__ import annotations

import os
import platform
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from plugins.bench.contents import REAL, Corpus
from plugins.bench.generators import cores
from plugins.bench.results import Surroundings
from plugins.settings import BEIJING
from plugins.trial.converting import convert
from plugins.trial.sources import find_texts, read_source

PROJECT = Path()
_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it


class BenchError(Exception):
    """The bench cannot begin; the message says why, and what to do."""


def sizes_of(text: str) -> list[str]:
    """The sizes that `--sizes` names.

    Raises:
        BenchError: one of them is neither `real` nor a number.
    """
    words = [word.strip() for word in text.split(",")]
    for word in words:
        if word != REAL and not (word.isdecimal() and int(word)):
            raise BenchError(f"“{word}”不是篇数\n    改法：写成 --sizes {REAL},10000,50000")
    return words


def corpus_of(folder: Path) -> Corpus:
    """The legal texts in a folder.

    Raises:
        BenchError: there are none, or no bench can run on this system.
    """
    if os.name != "posix":
        raise BenchError("测速只能在 Linux 或 macOS 上进行")
    paths = find_texts(folder)[0] if folder.is_dir() else []
    if not paths:
        raise BenchError(
            f"{folder} 里没有法规文本（.md 文件）\n    改法：核对 --corpus 后面的文件夹"
        )
    return Corpus(
        PROJECT.resolve() / "content", convert([read_source(folder, path) for path in paths])
    )


def work_folder(chosen: Path | None) -> Path:
    """Where to work: in memory if there is room for it, so that no disk is measured."""
    if chosen:
        chosen.mkdir(parents=True, exist_ok=True)
        return chosen.resolve()
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def surroundings(versions: Mapping[str, str]) -> Surroundings:
    """Day, machine, our own version and Python's, and those of the other programs."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = {"Gongkai": str(project["version"]), "Python": platform.python_version()}
    machine = f"{platform.system()} {platform.machine()}，{cores()} 核"
    return Surroundings(f"{datetime.now(BEIJING):%Y-%m-%d}", {**ours, **versions}, machine)
