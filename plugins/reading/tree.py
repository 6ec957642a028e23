"""The whole content folder → documents, data files and the names of all other files.

What did not change since the last build is not even opened; what was read before is not read again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plugins.problems import Mark, Problem, Severity
from plugins.progress import Over, plainly
from plugins.reading.document import Document
from plugins.reading.entries import Entry, digest
from plugins.reading.names import (
    ADDRESSES,
    ALLOWANCES,
    CONSULT,
    REDIRECTS,
    RELEASED,
    RELEASES,
    SHOWN,
    VOCABULARY_FOLDER,
    WORKDAYS,
)
from plugins.reading.store import IN_MEMORY, Kept, Store, Stored, key_of, seen_bytes
from plugins.records import Record, Vocabularies
from plugins.records.office import NO_LISTS, Office
from plugins.workdays import Calendar

if TYPE_CHECKING:
    from plugins.privacy import Allowance
    from plugins.reading.fresh import Data
    from plugins.reading.leaks import Leak

_WORTH_A_POOL = 60
_LIKE_DOCUMENT = (".md", ".markdown")
_OURS = {WORKDAYS, ALLOWANCES, REDIRECTS, ADDRESSES, CONSULT, RELEASES, RELEASED}
_DESKTOP = {"Thumbs.db", "desktop.ini"}
"""What desktops leave in folders, beside files that begin with a dot."""
_RACY = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was looked at may have changed since."""
_BATCH = 500

T = TypeVar("T")
U = TypeVar("U")
Stat = tuple[int, int, int, int]
"""Modification time, size, inode and change time of a file."""


class Source(NamedTuple):
    """What is known of one file.

    `entry` is None for a file that is no document, or none yet. `unread` says that its errors
    must be mended before it can be read.
    """

    stat: Stat
    digest: bytes
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()
    leaks: tuple[Leak, ...] = ()
    unread: bool = False
    sum: bytes = b""
    """SHA-256 of a file that is no document."""


@dataclass(frozen=True)
class Known:
    """What the last build knew of the content, and when it looked, in nanoseconds."""

    sources: Mapping[str, Source]
    looked: int = 0

    def unchanged(self, path: str, stat: Stat) -> bool:
        """Whether a file is surely as it was then."""
        source = self.sources.get(path)
        return source is not None and source.stat == stat and stat[3] < self.looked - _RACY


NOTHING_KNOWN = Known({})


@dataclass(frozen=True)
class Tree:
    """All that is known of a content folder; documents are opened when they are asked for."""

    content: Path
    store: Store
    sources: Mapping[str, Source]
    """Every file, path under content/ → what is known of it."""
    folder_problems: tuple[Problem, ...]
    """What is wrong with the folder and its data files; each source has its own problems."""
    vocabularies: Vocabularies
    calendar: Calendar
    allowances: tuple[Allowance, ...]
    read: int
    """How many documents were read, rather than found as they were."""
    office: Office = NO_LISTS
    """The office's lists beside the documents."""

    @cached_property
    def documents(self) -> tuple[tuple[Entry, Document[Record]], ...]:
        """Every document with its entry."""
        part = self._opener.part
        return tuple(
            (source.entry, Document(source.entry.id, Stored(partial(part, path))))
            for path, source in self.sources.items()
            if source.entry
        )

    @cached_property
    def unread(self) -> frozenset[str]:
        """Ids of the files that are there, but whose errors must be mended before they are read."""
        return frozenset(
            path.removesuffix(".md") for path, source in self.sources.items() if source.unread
        )

    @cached_property
    def files(self) -> dict[str, int]:
        """Every file that is neither a document nor data, path → size in bytes."""
        return {
            path: source.stat[1]
            for path, source in self.sources.items()
            if not path.lower().endswith(_LIKE_DOCUMENT) and not is_data(path)
        }

    @cached_property
    def sums(self) -> dict[str, bytes]:
        """SHA-256 of each of these files."""
        return {path: self.sources[path].sum for path in self.files}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with single files."""
        of_files = (p for source in self.sources.values() for p in source.problems)
        return (*self.folder_problems, *of_files)

    @property
    def leaks(self) -> tuple[Leak, ...]:
        """Every personal number that was found, allowed or not."""
        return tuple(leak for source in self.sources.values() for leak in source.leaks)

    def data(self, path: str) -> bytes:
        """The bytes of a file that is no document.

        Raises KeyError if there is none, ChangedMeanwhileError if it was saved since it was seen.
        """
        return seen_bytes(self.content, path, self.sources[path].digest)

    @property
    def _opener(self) -> _Opener:
        return _Opener(self.content, self.store, self.sources, self.vocabularies)


@dataclass(frozen=True)
class _Opener:
    """Fetches the parts of documents. It holds no documents, so that they can be let go of."""

    content: Path
    store: Store
    sources: Mapping[str, Source]
    vocabularies: Vocabularies

    def part(self, path: str, name: str) -> object:
        """One part of the document at a path."""
        source = self.sources[path]
        key, expected = key_of(path, source.digest), getattr(source.entry, name)
        try:
            return self.store.part(name, key, expected)
        except LookupError:  # the cache was damaged or deleted
            kept = _read(self.content, self.vocabularies, (path, source.digest))
            self.store.keep([(key, kept)])
            return kept.part(name)


def read_tree(
    content: Path,
    store: Store | None = None,
    known: Known = NOTHING_KNOWN,
    over: Over = plainly,
    touched: Collection[str] | None = None,
) -> Tree:
    """Read what is new under `content`; the rest is taken from `known` and from the store.

    `touched` says, where somebody watches the folder, which of the known files may have changed,
    all others being as they were; without it the whole folder is looked through. Raises
    FileNotFoundError if there is no such folder, ChangedMeanwhileError if a file is saved while
    it is being read.
    """
    if not content.is_dir():
        raise FileNotFoundError(content)
    store = store or Store(IN_MEMORY)
    stats, problems = listed(content) if touched is None else (_again(content, known, touched), [])
    sources, changed = _looked_at(content, stats, known)
    is_empty = not store.holds_more_than(0)
    vocabularies, calendar, allowances, said, office = _data(content, stats, sources, store)
    gone = known.sources.keys() - stats.keys()
    if any(path.startswith(f"{VOCABULARY_FOLDER}/") for path in changed | gone):
        changed |= {path for path in stats if _is_document(path)}
    unknown = []
    for path in sorted(changed - {ALLOWANCES}):
        kept = None if is_empty else store.find(key_of(path, sources[path].digest))
        if isinstance(kept, Kept) and _words_stand(kept, vocabularies):
            sources[path] = _known_by(kept, sources[path])
        else:
            unknown.append(path)
    asked = [(path, sources[path].digest) for path in unknown]
    readings = over("读取", _each(partial(_read, content, vocabularies), asked), len(asked))
    rows = []
    for path, kept in zip(unknown, readings, strict=True):
        sources[path] = _known_by(kept, sources[path])
        if kept.entry or not _is_document(path):  # what is wrong is read again until it is right
            rows.append((key_of(path, sources[path].digest), kept))
        if len(rows) == _BATCH or path == unknown[-1]:
            store.keep(rows)
            rows.clear()
    problems += map(_misnamed, filter(_is_misnamed, stats))
    return Tree(
        content,
        store,
        sources,
        (*problems, *said),
        vocabularies,
        calendar,
        allowances,
        sum(map(_is_document, unknown)),
        office,
    )


def is_data(path: str) -> bool:
    """Whether a path is that of a data file, which documents cannot attach."""
    return path in _OURS or path.startswith(f"{VOCABULARY_FOLDER}/")


def _is_document(path: str) -> bool:
    return path.endswith(".md") and not is_data(path)


def _is_misnamed(path: str) -> bool:
    return path.lower().endswith(_LIKE_DOCUMENT) and not path.endswith(".md")


def _misnamed(path: str) -> Problem:
    name = path.rpartition("/")[2].rpartition(".")[0]
    return Problem(f"{SHOWN}/{path}", Mark(), "扩展名应是小写的 .md", f"改名为 {name}.md")


def listed(content: Path) -> tuple[dict[str, Stat], list[Problem]]:
    """Stat of every file, sorted by path; links could lead out of the folder and are refused."""
    found: dict[str, Stat] = {}
    problems: list[Problem] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(content / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                if not _is_utf8(path):
                    shown = path.encode("utf-8", "replace").decode()
                    problems.append(
                        Problem(
                            f"{SHOWN}/{shown}",
                            Mark(),
                            "文件名不是 UTF-8 编码",
                            "改名，只用小写英文字母、数字和减号；附件可以用中文",
                        )
                    )
                elif entry.is_symlink():
                    problems.append(
                        Problem(
                            f"{SHOWN}/{path}",
                            Mark(),
                            "这是一个链接，不是文件",
                            "把文件本身放在这里",
                        )
                    )
                elif entry.is_dir():
                    if not entry.name.startswith("."):
                        folders.append(f"{path}/")
                elif entry.is_file() and _counts(entry.name):
                    found[path] = stat_of(entry.stat())
    return dict(sorted(found.items())), problems


def _again(content: Path, known: Known, touched: Collection[str]) -> dict[str, Stat]:
    """Stat of every known file, looked at anew where it was touched."""
    stats = {path: source.stat for path, source in known.sources.items()}
    return stats | {path: stat_of((content / path).stat()) for path in touched}


def stat_of(stat: os.stat_result) -> Stat:
    """What tells that a file may have changed."""
    return stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _counts(name: str) -> bool:
    return not (name.startswith((".", "~$")) or name in _DESKTOP)


def _looked_at(
    content: Path, stats: Mapping[str, Stat], known: Known
) -> tuple[dict[str, Source], set[str]]:
    """Sources as far as they are known, and the paths of those whose bytes are new."""
    sources: dict[str, Source] = {}
    changed: set[str] = set()
    for path, stat in stats.items():
        if known.unchanged(path, stat):
            sources[path] = known.sources[path]
            continue
        now = digest((content / path).read_bytes())
        then = known.sources.get(path)
        if then and then.digest == now:
            sources[path] = then._replace(stat=stat)
        else:
            sources[path] = Source(stat, now)
            changed.add(path)
    return sources, changed


def _data(
    content: Path, stats: Mapping[str, Stat], sources: Mapping[str, Source], store: Store
) -> Data:
    """Vocabularies, calendar, allow-list, what is wrong in them, the office's lists."""
    paths = [path for path in stats if is_data(path)]
    named = b"".join(path.encode() + sources[path].digest for path in paths)
    key = key_of(VOCABULARY_FOLDER, digest(named))
    found = store.find(key)
    if isinstance(found, tuple):
        data: Data = found
        return data
    from plugins.reading.fresh import read_data  # noqa: PLC0415  # seldom wanted, slow to load

    data = read_data(content, {path: sources[path].digest for path in paths})
    if not data[3]:
        store.remember(key, data)
    return data


def _words_stand(kept: Kept, vocabularies: Vocabularies) -> bool:
    """Whether the vocabularies still have every word that a reading relies on."""
    for fact in kept.words:
        _, name, word = fact.split(" ", 2)
        vocabulary = vocabularies[name]
        if vocabulary.readable and word not in vocabulary:
            return False
    return True


def _known_by(kept: Kept, source: Source) -> Source:
    return source._replace(
        entry=kept.entry,
        problems=kept.problems,
        leaks=kept.leaks,
        sum=kept.sum,
        unread=kept.entry is None and any(p.severity is Severity.ERROR for p in kept.problems),
    )


def _read(content: Path, vocabularies: Vocabularies, asked: tuple[str, bytes]) -> Kept:
    """Everything that one file says, if its bytes are still those of the digest asked for."""
    from plugins.reading.fresh import read_file  # noqa: PLC0415  # seldom wanted, slow to load

    path, data_digest = asked
    return read_file(content, vocabularies, path, data_digest, is_document=_is_document(path))


def _each(work: Callable[[T], U], items: list[T]) -> Iterator[U]:
    """The work done for every item, in order; on all cores when there is much of it."""
    workers = os.cpu_count() or 1
    if workers == 1 or len(items) < _WORTH_A_POOL:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # seldom wanted

    with ProcessPoolExecutor(workers, initializer=_end_with_parent) as pool:
        yield from pool.map(work, items, chunksize=max(1, min(32, len(items) // (4 * workers))))


def _end_with_parent() -> None:
    """A worker whose build was killed must not wait for work for ever."""
    import multiprocessing  # noqa: PLC0415  # only workers want it

    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def problems_of_leaks(tree: Tree, is_open: Callable[[str], bool]) -> Iterator[Problem]:
    """What the personal-data scan found and nobody allowed; see plugins.reading.leaks."""
    for leak in tree.leaks:
        if not leak.allowed_by(tree.allowances):
            problem = leak.problem(f"{SHOWN}/{leak.path}", f"{SHOWN}/{ALLOWANCES}")
            yield problem if is_open(leak.path) else problem.as_reminder()
