"""The reading cache: what was read of some bytes is not read again.

One SQLite file. A reading is found by a digest of the file's path and bytes and of everything that
reads them (our code, the packages, Python itself), so that a foreign or outdated one is never
found. What is found is checked against its own digest before it is unpickled; whatever is damaged
is thrown away and read anew. Deleting the file is always safe. Never take it from a stranger:
unpickling runs what it finds.
"""

from __future__ import annotations

import pickle
import sqlite3
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pydantic

from plugins.problems import Mark, Problem
from plugins.reading.entries import Entry, digest
from plugins.reading.sheet import Body
from plugins.records import Record

if TYPE_CHECKING:
    from plugins.reading.front_matter import Way
    from plugins.reading.leaks import Leak

IN_MEMORY = ":memory:"
_ROOM = Path(__file__).parent
_BESIDE = ("identifiers.py", "privacy.py", "problems.py", "tracing.py", "workdays.py")
_TABLE = (
    "CREATE TABLE IF NOT EXISTS readings"
    " (key BLOB PRIMARY KEY, reading BLOB, record BLOB, body BLOB, places BLOB)"
)
_PARTS = ("record", "body", "places")
_NO_PARTS = (b"", b"", b"")
_PATIENCE = 10
"""Seconds to wait while another build writes to the file."""
_PRIMARY = 0xFF
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
"""Faults that say nothing of what the file holds."""
_PAGE = 16_384
_MAPPED = 1 << 36
"""As much of the file as there is may be read like memory, without asking the system each time."""


class ChangedMeanwhileError(Exception):
    """A file was saved while the build was reading; carries its path under content/."""


def seen_bytes(content: Path, path: str, seen: bytes) -> bytes:
    """The bytes that were seen; what is kept under their digest must be said by no others.

    Raises ChangedMeanwhileError if the file was saved since.
    """
    data = (content / path).read_bytes()
    if digest(data) != seen:
        raise ChangedMeanwhileError(path)
    return data


@dataclass(frozen=True)
class Kept:
    """One reading as it is kept. `parts` are pickled: record, body, places; empty if not read.

    `words` are the vocabularies' words that it relies on: `word kinds 通知`.
    """

    entry: Entry | None
    problems: tuple[Problem, ...]
    leaks: tuple[Leak, ...]
    words: tuple[str, ...]
    parts: tuple[bytes, bytes, bytes] = _NO_PARTS
    sum: bytes = b""
    """SHA-256 of a file that is no document: what publishes the file can publish its sum."""

    def part(self, name: str) -> object:
        """One part of a document that was just read."""
        return pickle.loads(self.parts[_PARTS.index(name)])  # noqa: S301  # pickled a moment ago


@cache
def reading_code() -> bytes:
    """A digest of all that decides what is read of given bytes."""
    files = sorted(
        [
            *_ROOM.rglob("*.py"),
            *(_ROOM.parent / "records").rglob("*.py"),
            *(_ROOM.parent / name for name in _BESIDE),
        ]
    )
    return digest(b"\0".join([*(file.read_bytes() for file in files), surroundings()]))


@cache
def surroundings() -> bytes:
    """Python's version and the names of all installed packages, which carry their versions."""
    packages = Path(pydantic.__file__).parent.parent
    names = sorted(entry.name for entry in packages.iterdir() if entry.name.endswith("-info"))
    return "\n".join([sys.version, *names]).encode()


def key_of(path: str, data_digest: bytes) -> bytes:
    """Where the reading of a file is kept: the same bytes elsewhere are another document."""
    return digest(b"\0".join((reading_code(), path.encode(), data_digest)))


class Store:
    """The readings of one cache folder; or of this process, with `IN_MEMORY`."""

    def __init__(self, file: Path | str) -> None:
        """Open the store; a damaged one begins empty, and where none can be, it is in memory."""
        self._file = file
        try:
            try:
                self._open()
            except UnicodeDecodeError:  # SQLite tells the fault in words out of a damaged file
                self._begin_again(sqlite3.DatabaseError())
            except sqlite3.DatabaseError as fault:
                self._begin_again(fault)
        except (OSError, sqlite3.Error):
            self._file = IN_MEMORY
            self._open()

    def _open(self) -> None:
        if isinstance(self._file, Path):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        # A killed build loses nothing; after a power cut the file may be damaged, and is remade.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(f"PRAGMA page_size = {_PAGE}")
        self._connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        self._connection.execute(_TABLE)

    def _begin_again(self, fault: sqlite3.DatabaseError) -> None:
        """Throw a damaged file away; one that is only busy, or a full disk, raises again."""
        if getattr(fault, "sqlite_errorcode", 0) & _PRIMARY in _PASSING:
            raise fault
        with suppress(AttributeError, sqlite3.Error):
            self._connection.close()
        if isinstance(self._file, Path):
            for suffix in ("", "-journal"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def find(self, key: bytes) -> object | None:
        """What is kept under a key: a `Kept` without its parts, or what `remember` was given."""
        blob = self._column("reading", key)
        if blob is None or digest(blob[16:]) != blob[:16]:
            return None
        found: object = pickle.loads(blob[16:])  # noqa: S301  # our own cache, its digest is right
        return found

    def part(self, name: str, key: bytes, expected: bytes) -> object:
        """One part of a reading. Raises LookupError if it is gone or damaged."""
        blob = self._column(name, key)
        if blob is None or digest(blob) != expected:
            raise LookupError(name)
        return pickle.loads(blob)  # noqa: S301  # our own cache, its digest is right

    @contextmanager
    def looked_into(self) -> Iterator[Store]:
        """The store for one build; afterwards others may write to it again."""
        try:
            yield self
        finally:
            self._rest()

    def _rest(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def _column(self, name: str, key: bytes) -> bytes | None:
        try:
            if not self._connection.in_transaction:  # one lock for all that is read
                self._connection.execute("BEGIN")
            row = self._connection.execute(
                f"SELECT {name} FROM readings WHERE key = ?",  # noqa: S608  # one of our columns
                (key,),
            ).fetchone()
        except sqlite3.DatabaseError as fault:
            with suppress(sqlite3.Error):
                self._begin_again(fault)
            return None
        return bytes(row[0]) if row and isinstance(row[0], bytes) else None

    def keep(self, readings: Iterable[tuple[bytes, Kept]]) -> None:
        """Keep readings under their keys, all of them in one transaction."""
        self._write(
            [(key, _sealed(replace(kept, parts=_NO_PARTS)), *kept.parts) for key, kept in readings]
        )

    def remember(self, key: bytes, value: object) -> None:
        """Keep anything else that was read, under a key of the same making."""
        self._write([(key, _sealed(value), *_NO_PARTS)])

    def _write(self, rows: list[tuple[bytes, bytes, bytes, bytes, bytes]]) -> None:
        try:
            self._insert(rows)
        except sqlite3.DatabaseError as fault:
            with suppress(sqlite3.Error):  # what cannot be kept is read again next time
                self._begin_again(fault)
                self._insert(rows)

    def _insert(self, rows: list[tuple[bytes, bytes, bytes, bytes, bytes]]) -> None:
        self._rest()
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", rows
            )
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    def holds_more_than(self, count: int) -> bool:
        """Whether there are more readings than this."""
        with suppress(sqlite3.DatabaseError):
            (held,) = self._connection.execute("SELECT count(*) FROM readings").fetchone()
            return bool(held > count)
        return False

    def sweep(self, live: set[bytes]) -> None:
        """Forget all readings but those that are `live`."""
        with suppress(sqlite3.DatabaseError):
            self._rest()
            kept = self._connection.execute("SELECT key FROM readings").fetchall()
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "DELETE FROM readings WHERE key = ?", [row for row in kept if row[0] not in live]
            )
            self._connection.execute("COMMIT")
            self._connection.execute("VACUUM")


def _sealed(value: object) -> bytes:
    """A value with its digest before it."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return digest(data) + data


class Stored:
    """The parts of a document that lie in the store until they are asked for.

    The record is held once it was fetched, for lists ask for it again and again; a body only as
    long as somebody holds it, or until another one is asked for: who looks at a document looks at
    its body several times.
    """

    __slots__ = ("_body", "_fetch", "_record")
    _latest: ClassVar[Body | None] = None

    def __init__(self, fetch: Callable[[str], Any]) -> None:
        """`fetch` brings the part of a name."""
        self._fetch = fetch
        self._record: Record | None = None
        self._body: weakref.ref[Body] | None = None

    @property
    def record(self) -> Record:
        """The front matter."""
        if self._record is None:
            self._record = self._fetch("record")
        record: Record = self._record
        return record

    @property
    def body(self) -> Body:
        """The text."""
        body = self._body() if self._body else None
        if body is None:
            body = self._fetch("body")
            self._body = weakref.ref(body)
            Stored._latest = body
        return body

    @property
    def places(self) -> Mapping[Way, Mark]:
        """Where each value stands in the file."""
        places: Mapping[Way, Mark] = self._fetch("places")
        return places
