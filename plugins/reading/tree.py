"""The whole content folder → documents, data files and the names of all other files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from plugins.privacy import Allowance
from plugins.problems import Mark, Problem, Severity
from plugins.reading.data import (
    ALLOWANCES,
    VOCABULARY_FOLDER,
    WORKDAYS,
    read_allowances,
    read_calendar,
    read_vocabularies,
)
from plugins.reading.document import Document, read_document
from plugins.reading.leaks import Leak, leaks_in_file, leaks_in_text
from plugins.records import Record, Vocabularies
from plugins.workdays import Calendar

SHOWN = "content"
"""How the content folder is called in messages, wherever it lies."""
_WORTH_A_POOL = 60
_LIKE_DOCUMENT = (".md", ".markdown")
_OURS = {WORKDAYS, ALLOWANCES}
_DESKTOP = {"Thumbs.db", "desktop.ini"}
"""What desktops leave in folders, beside files that begin with a dot."""

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Tree:
    """All that was read from a content folder."""

    documents: tuple[Document[Record], ...]
    unread: frozenset[str]
    """Ids of the files that are there, but whose errors must be mended before they are read."""
    problems: tuple[Problem, ...]
    leaks: tuple[Leak, ...]
    vocabularies: Vocabularies
    calendar: Calendar
    allowances: tuple[Allowance, ...]
    files: dict[str, int]
    """Every other file, path under the folder → size in bytes."""


def read_tree(content: Path) -> Tree:
    """Read every file under `content`. Raises FileNotFoundError if there is no such folder."""
    if not content.is_dir():
        raise FileNotFoundError(content)
    paths, problems = _listed(content)
    data_files = [p for p in paths if p in _OURS or p.startswith(f"{VOCABULARY_FOLDER}/")]
    documents = [p for p in paths if p.endswith(".md") and p not in data_files]
    rest = set(paths) - set(documents) - set(data_files)
    misnamed = sorted(p for p in rest if p.lower().endswith(_LIKE_DOCUMENT))
    others = sorted(rest - set(misnamed))
    problems += map(_misnamed, misnamed)
    vocabularies, found = read_vocabularies(
        _bytes_of(content, data_files), f"{SHOWN}/{VOCABULARY_FOLDER}"
    )
    allowances, more = read_allowances(f"{SHOWN}/{ALLOWANCES}", _bytes(content, ALLOWANCES, paths))
    calendar, last = read_calendar(f"{SHOWN}/{WORKDAYS}", _bytes(content, WORKDAYS, paths))
    readings = _each(partial(_read, content, vocabularies), documents)
    leaks = [leak for _, _, found_leaks in readings for leak in found_leaks]
    scanned_too = sorted({*others, *misnamed, *data_files} - {ALLOWANCES})
    for scanned in _each(partial(_scan, content), scanned_too):
        leaks += scanned
    return Tree(
        tuple(document for document, _, _ in readings if document),
        frozenset(
            path.removesuffix(".md")
            for path, (document, said, _) in zip(documents, readings, strict=True)
            if document is None and any(p.severity is Severity.ERROR for p in said)
        ),
        (*problems, *found, *more, *last, *(p for _, said, _ in readings for p in said)),
        tuple(leaks),
        vocabularies,
        calendar,
        allowances,
        {path: (content / path).stat().st_size for path in others},
    )


def _misnamed(path: str) -> Problem:
    name = path.rpartition("/")[2].rpartition(".")[0]
    return Problem(f"{SHOWN}/{path}", Mark(), "扩展名应是小写的 .md", f"改名为 {name}.md")


def _listed(content: Path) -> tuple[list[str], list[Problem]]:
    """Every file under the folder, sorted; links could lead out of it and are refused."""
    paths: list[str] = []
    problems: list[Problem] = []
    for folder, folders, names in os.walk(content):
        inside = Path(folder).relative_to(content)
        for name in [*folders, *names]:
            path = (inside / name).as_posix()
            if (content / path).is_symlink():
                problems.append(
                    Problem(
                        f"{SHOWN}/{path}", Mark(), "这是一个链接，不是文件", "把文件本身放在这里"
                    )
                )
        folders[:] = [
            n for n in folders if not n.startswith(".") and not (Path(folder) / n).is_symlink()
        ]
        for name in names:
            path = (inside / name).as_posix()
            if (
                not (name.startswith((".", "~$")) or name in _DESKTOP)
                and (content / path).is_file()
                and not (content / path).is_symlink()
            ):
                paths.append(path)
    return sorted(paths), problems


def _bytes_of(content: Path, paths: Iterable[str]) -> dict[str, bytes]:
    return {path.rpartition("/")[2]: (content / path).read_bytes() for path in paths}


def _bytes(content: Path, name: str, paths: list[str]) -> bytes | None:
    return (content / name).read_bytes() if name in paths else None


def _read(
    content: Path, vocabularies: Vocabularies, path: str
) -> tuple[Document[Record] | None, tuple[Problem, ...], list[Leak]]:
    data = (content / path).read_bytes()
    reading = read_document(path.removesuffix(".md"), f"{SHOWN}/{path}", data, vocabularies)
    return reading.document, reading.problems, leaks_in_text(path, data)


def _scan(content: Path, path: str) -> list[Leak]:
    return leaks_in_file(path, (content / path).read_bytes())


def _each(work: Callable[[T], U], items: list[T]) -> list[U]:
    """The work done for every item, in order; on all cores when there is much of it."""
    workers = os.cpu_count() or 1
    if workers == 1 or len(items) < _WORTH_A_POOL:
        return [work(item) for item in items]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(work, items, chunksize=max(1, min(32, len(items) // (4 * workers)))))


def problems_of_leaks(tree: Tree, is_open: Callable[[str], bool]) -> Iterator[Problem]:
    """What the personal-data scan found and nobody allowed; see plugins.reading.leaks."""
    for leak in tree.leaks:
        if not leak.allowed_by(tree.allowances):
            problem = leak.problem(f"{SHOWN}/{leak.path}", f"{SHOWN}/{ALLOWANCES}")
            yield problem if is_open(leak.path) else problem.as_reminder()
