"""The inverted index as files, and the store from which one edit changes only what it must.

A document's number follows from the content alone, and so does everything else here: the same
texts give the same files, whether they came all at once or one by one. Weights are not stored: what
depends on all documents (how rare a term is, how long a document is beside the others) the browser
works out from the manifest, so that one more document does not change every file.
"""

from __future__ import annotations

import marshal
import math
import re
import sqlite3
from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import repeat
from operator import add
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple
from weakref import finalize

from plugins.outputs import Sealed
from plugins.reading.entries import digest
from plugins.search.postings import (
    LENGTHS,
    MOST,
    decode,
    decode_places,
    encode,
    encode_places,
    entry,
    fields_of,
    length_code,
    named,
    pack,
    places_of,
    shard_of,
    unpack,
    version_in,
)
from plugins.search.tokens import Term, is_pair, token_of

FIELDS = ("body", "title", "keys")
"""The text; the title with other wordings; 发文字号 in one piece and in tokens, characters of the
title."""
PLACES = len(FIELDS)
"""Behind the fields: in which parts of a long text a term stands (`parts.py`)."""
_COLUMNS = PLACES + 1
BOOST = (1, 3, 3)
K1, B = 1.2, 0.75
"""lunr's own: how soon repetition stops to count, how much length counts."""
SHARD = 2900
"""Bytes that a shard should have: 2 KB zipped, a small price for one pair of characters."""
COMMON = 4000
"""A term whose postings are longer has a file of its own."""
_AHEAD = 64
"""Files that are read at once."""
_DIGEST = 16
"""Bytes of a digest."""
_FEWEST_BITS, _MOST_BITS = 2, 15
INLINE_BITS = 12
"""With more shards than 2^12 their names stand in files of their own, 64 of them."""
PARTS = 64
BLOCK = 4096
"""Documents whose lengths stand in one file."""
ROWS = 8
"""Documents whose rows stand in one file."""
_OVERHEAD = 4
"""Bytes of a shard's file that each term costs beside its postings: its second character, and what
its share is of the first."""
_MANY = 6
"""If more than one document in so many is another, all files are made anew."""
ENDING = ".txt"
"""Files of terms are lines of text: smaller than JSON, and read as fast."""
_COMMON_FOLDER = "c/"
"""Here each common term lies, under its bytes in UTF-8."""

Counts = tuple[Mapping[Term, int], ...]
"""For each of `FIELDS`: term → how often it occurs."""
Columns = tuple[Mapping[Term, int], ...]
"""Counts, and for a long text: term of its body → the parts that it stands in, or 0."""
_NOTHING: Columns = ({},) * _COLUMNS
_ABSENT = -1
_BYTE = 0xFF
_LINE, _HALVES = "\n", "\n\n"
_OF_GROUP = re.compile(r"([^\0-\x7f])([\0-\x7f]*)")
Change = tuple[int, int, int]
"""Column, a document's number, what a term has there now."""


class Text(NamedTuple):
    """What of a document is looked for; the last two are asked only if `digest` is a new one."""

    id: str
    number: int
    digest: bytes
    counts: Callable[[], Counts]
    places: Callable[[], Mapping[Term, int]] = dict
    """Of a long text: in which of its parts each term stands; a term may stand beside the text."""


Kept = tuple[str, int, bytes, bytes]
"""A document as the store keeps it: id, number, digest, packed counts."""


class Index(NamedTuple):
    """The files of all terms, and what the manifest says of them.

    `lengths`: a code for each number and field, and 1 for a long text. `hashes` names each shard's
    version, `common` each common term's.
    """

    files: Mapping[str, Sealed]
    documents: int
    size: int
    averages: tuple[float, ...]
    lengths: tuple[bytes, ...]
    bits: int
    hashes: tuple[str, ...]
    common: tuple[tuple[str, str], ...]


class DamagedError(Exception):
    """The store does not hold what was written into it."""


_DAMAGED = (
    *(sqlite3.Error, DamagedError, OSError),
    *(ValueError, KeyError, IndexError, TypeError, EOFError),  # what damaged rows give
)


class Store:
    """Counts of every document and the files made of them, in one SQLite file.

    A damaged file, or one that other code has written, is as good as none.
    """

    def __init__(self, file: Path, stamp: bytes) -> None:
        """`stamp` tells the code that made the store."""
        self._file, self._stamp = file, stamp
        self._texts: Sequence[Text] = ()
        self._ahead: dict[str, list[bytes]] = {}

    def index(self, texts: Sequence[Text]) -> Index:
        """The index of these texts; their numbers ascend."""
        self._texts = texts
        try:
            return self._index(texts)
        except _DAMAGED:
            return self._again()

    def _again(self) -> Index:
        """All from the texts; if the store can be no file, for this build alone."""
        try:
            self._file.unlink(missing_ok=True)
            return self._index(self._texts)
        except (OSError, sqlite3.Error):
            elsewhere = mkdtemp(prefix="gongkai-search-")
            finalize(self, rmtree, elsewhere, ignore_errors=True)
            self._file = Path(elsewhere) / self._file.name
            return self._index(self._texts)

    def _index(self, texts: Sequence[Text]) -> Index:
        self._ahead = {}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file)) as database:
            database.execute("PRAGMA synchronous = OFF")  # after a power cut: damaged, made anew
            database.execute("BEGIN IMMEDIATE")
            if not _is_ours(database, self._stamp):
                _begin(database, self._stamp)
            index = _Indexing(database, texts, self.data).run()
            database.commit()
        return index

    def data(self, name: str) -> bytes:
        """The bytes of a file; if they are damaged, the same texts give the same files."""
        place = name.rpartition("-")[0]
        try:
            return self._read(place)
        except _DAMAGED:
            self._again()
        return self._read(place)

    def _read(self, place: str) -> bytes:
        """The bytes of the file at a place; some that follow are held ready, as all are written."""
        if place not in self._ahead:
            query = "SELECT place, digest, data FROM files WHERE place >= ? ORDER BY place LIMIT ?"
            with closing(sqlite3.connect(self._file)) as database:
                self._ahead = {p: kept for p, *kept in database.execute(query, (place, _AHEAD))}
        if place not in self._ahead:
            raise DamagedError(place)
        return _checked(place, *self._ahead.pop(place))


def _packed(columns: Columns) -> bytes:
    """Of each column its numbers, its words, and in this order how often each occurs."""
    packed = []
    for column in columns:
        numbers = array("I", [term for term in column if isinstance(term, int)])
        words = [term for term in column if isinstance(term, str)]
        often = [*map(column.__getitem__, numbers), *map(column.__getitem__, words)]
        code = "B" if max(often, default=0) <= _BYTE else "I"
        packed.append((numbers.tobytes(), words, code, array(code, often).tobytes()))
    return marshal.dumps(packed)


def _unpacked(data: bytes) -> Columns:
    """What `_packed` wrote, on the same machine."""
    packed: list[tuple[bytes, list[str], str, bytes]] = marshal.loads(data)  # noqa: S302  # our own, its digest is right
    return tuple(
        dict(zip((*array("I", numbers), *words), array(code, often), strict=True))
        for numbers, words, code, often in packed
    )


def _is_ours(database: sqlite3.Connection, stamp: bytes) -> bool:
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if not {"documents", "files", "state"} <= names:
        return False
    row = database.execute("SELECT value FROM state WHERE key = 'stamp'").fetchone()
    return row is not None and bytes(row[0]) == stamp


def _begin(database: sqlite3.Connection, stamp: bytes) -> None:
    for table, columns in (
        ("documents", "id TEXT PRIMARY KEY, number INTEGER, digest BLOB, counts BLOB"),
        ("files", "place TEXT PRIMARY KEY, name TEXT, digest BLOB, data BLOB"),
        ("state", "key TEXT PRIMARY KEY, value BLOB"),
    ):
        database.execute(f"DROP TABLE IF EXISTS {table}")
        database.execute(f"CREATE TABLE {table} ({columns}) WITHOUT ROWID")
    database.execute("INSERT INTO state VALUES ('stamp', ?)", (stamp,))


def _data(database: sqlite3.Connection, place: str) -> bytes | None:
    """The bytes of the file at a place, if there is one."""
    query = "SELECT digest, data FROM files WHERE place = ?"
    row = database.execute(query, (place,)).fetchone()
    return _checked(place, *row) if row else None


def _checked(place: str, known: bytes, data: bytes) -> bytes:
    """The bytes, if they are those of the digest. Raises DamagedError if they are not."""
    if digest(data) != known:
        raise DamagedError(place)
    return bytes(data)


def _sealed(data: bytes) -> bytes:
    """Bytes as they are kept: with a digest in front."""
    return digest(data) + data


def _opened(kept: bytes) -> bytes:
    """What was sealed. Raises DamagedError if it is not as it was."""
    data = kept[_DIGEST:]
    if digest(data) != kept[:_DIGEST]:
        raise DamagedError
    return data


class _Indexing:
    """One run: bring the store to the texts."""

    def __init__(
        self, database: sqlite3.Connection, texts: Sequence[Text], data: Callable[[str], bytes]
    ) -> None:
        self._database, self._texts, self._data = database, texts, data
        self._size = texts[-1].number + 1 if texts else 0
        rows = database.execute("SELECT id, number, digest FROM documents")
        self._known = {row[0]: (row[1], bytes(row[2])) for row in rows}
        self._lengths: list[bytearray] = []
        self._bits = 0
        self._bytes = 0
        self._shards: dict[str, dict[str, str]] = {}

    def run(self) -> Index:
        now = {text.id: (text.number, text.digest) for text in self._texts}
        touched = {document for document, _ in self._known.items() ^ now.items()}
        if not self._known or len(touched) * _MANY > len(now) or not self._patch(touched):
            self._make_anew()
        return self._result()

    # --- all at once ---

    def _make_anew(self) -> None:
        fresh: list[Kept] = []
        entries = self._entries(fresh)
        self._keep_documents(fresh)
        self._bytes = sum(map(_cost, entries.values()))
        self._bits = bits_for(self._bytes)
        self._database.execute("DELETE FROM files")
        shards: list[dict[str, str]] = [{} for _ in range(1 << self._bits)]
        for token in sorted(entries):
            said = entries[token]
            if len(said) > COMMON:
                self._keep_file(_common_place(token), _lines({token: said}))
            else:
                shards[shard_of(token, self._bits)][token] = said
        for place, shard in enumerate(shards):
            self._keep_file(f"t/{place:x}", _lines(shard))
        self._keep_state()

    def _entries(self, fresh: list[Kept]) -> dict[str, str]:
        """Every token, and what it has."""
        postings = tuple(defaultdict[Term, "array[int]"](partial(array, "I")) for _ in FIELDS)
        places: defaultdict[Term, list[int]] = defaultdict(list)
        self._lengths = [bytearray(self._size) for _ in range(_COLUMNS)]
        for text in self._texts:
            columns = self._columns_of(text, fresh)
            self._note_lengths(text.number, columns)
            first = repeat(pack(text.number, 0))
            for of_field, found in zip(columns, postings, strict=False):
                often = _capped(of_field.values())
                # Once for every term of every text: without a loop of our own.
                added = map(array.append, map(found.__getitem__, of_field), map(add, first, often))
                deque(added, maxlen=0)
            for term, bits in columns[PLACES].items():
                places[term].append(bits)
        body, *others = postings
        entries = {term: encode(found) for term, found in body.items()}
        for term in set(places).union(*others):
            fields = [
                entries.get(term, ""),
                *(encode(o[term]) if term in o else "" for o in others),
            ]
            entries[term] = entry(fields, encode_places(places.get(term, ())))
        return {token_of(term): said for term, said in entries.items()}

    def _note_lengths(self, number: int, columns: Columns) -> None:
        for field, of_field in enumerate(columns[:PLACES]):
            self._lengths[field][number] = length_code(sum(of_field.values()))
        self._lengths[PLACES][number] = bool(columns[PLACES])

    def _columns_of(self, text: Text, fresh: list[Kept]) -> Columns:
        """What is kept of a text, or what is new, which is added to `fresh`."""
        known = self._known.get(text.id)
        if known and known[1] == text.digest:
            return self._kept_columns(text.id)
        counts, places = text.counts(), text.places()
        columns = (*counts, {term: places.get(term, 0) for term in counts[0]} if places else {})
        packed = _sealed(_packed(columns))
        fresh.append((text.id, text.number, text.digest, packed))
        return columns

    def _kept_columns(self, document: str) -> Columns:
        query = "SELECT counts FROM documents WHERE id = ?"
        (kept,) = self._database.execute(query, (document,)).fetchone()
        return _unpacked(_opened(bytes(kept)))

    def _keep_documents(self, fresh: list[Kept]) -> None:
        gone = self._known.keys() - {text.id for text in self._texts}
        self._database.executemany("DELETE FROM documents WHERE id = ?", ((i,) for i in gone))
        self._database.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", fresh)
        new = {document for document, *_ in fresh}
        moved = (
            (text.number, text.id)
            for text in self._texts
            if text.id not in new and self._known[text.id][0] != text.number
        )
        self._database.executemany("UPDATE documents SET number = ? WHERE id = ?", moved)

    # --- one by one ---

    def _patch(self, touched: set[str]) -> bool:
        """Change only what is another; False if so many bytes came or went that shards divide."""
        self._restore()
        if not touched:
            return True
        fresh: list[Kept] = []
        was_long = self._lengths[PLACES]
        entries = dict(self._changed_entries(self._changes(touched, fresh), was_long))
        if bits_for(self._bytes) != self._bits:
            return False
        self._keep_documents(fresh)
        self._rewrite(entries)
        self._keep_state()
        return True

    def _changes(self, touched: set[str], fresh: list[Kept]) -> dict[str, list[Change]]:
        """Term → what of it is another: first all that leaves, then all that comes."""
        size = self._size
        self._lengths = [old[:size].ljust(size, b"\0") for old in self._lengths]
        changes: dict[str, list[Change]] = defaultdict(list)
        now = {text.id: text for text in self._texts if text.id in touched}
        stays: dict[str, Columns] = {}
        for document in sorted(touched & self._known.keys()):
            number, columns = self._known[document][0], self._kept_columns(document)
            if document in now and now[document].number == number:
                stays[document] = columns
                continue
            for column, of_column in enumerate(columns):
                self._lengths[column][number : number + 1] = b"\0" * (number < size)
                for term in of_column:
                    changes[token_of(term)].append((column, number, 0))
        for text in now.values():
            before = stays.get(text.id, _NOTHING)
            columns = self._columns_of(text, fresh)
            self._note_lengths(text.number, columns)
            for column, of_column in enumerate(columns):
                for term in of_column.keys() | before[column].keys():
                    if of_column.get(term, _ABSENT) != before[column].get(term, _ABSENT):
                        change = (column, text.number, of_column.get(term, 0))
                        changes[token_of(term)].append(change)
        return changes

    def _changed_entries(
        self, changes: Mapping[str, list[Change]], was_long: bytearray
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        """Term → what it had, and what it has."""
        for term, of_term in changes.items():
            before = self._entry(term)
            columns = _columns_in(before, was_long)
            for column, number, value in of_term:
                if value:
                    columns[column][number] = value
                else:
                    columns[column].pop(number, None)
            after = _entry_of(columns, self._lengths[PLACES])
            if after != before:
                self._bytes += _cost(after) - _cost(before)
                yield term, (before, after)

    def _entry(self, term: str) -> str:
        """What a term has, from its own file or from its shard."""
        own = self._shard(_common_place(term))
        return own.get(term) or self._shard(self._shard_place(term)).get(term, "")

    def _shard(self, place: str) -> dict[str, str]:
        """The terms of a file, read once a run."""
        if place not in self._shards:
            data = _data(self._database, place)
            self._shards[place] = terms_in(data) if data else {}
        return self._shards[place]

    def _shard_place(self, term: str) -> str:
        return f"t/{shard_of(term, self._bits):x}"

    def _rewrite(self, entries: Mapping[str, tuple[str, str]]) -> None:
        """Put changed terms where they belong: a term may have become a common one, or none."""
        changed: set[str] = set()
        for term, (before, after) in entries.items():
            own, place = _common_place(term), self._shard_place(term)
            if len(before) > COMMON >= len(after):
                self._database.execute("DELETE FROM files WHERE place = ?", (own,))
            if len(after) > COMMON:
                self._keep_file(own, _lines({term: after}))
            if min(len(before), len(after)) <= COMMON:
                changed.add(place)
                shard = self._shard(place)
                shard.pop(term, None)
                if 0 < len(after) <= COMMON:
                    shard[term] = after
        for place in changed:
            self._keep_file(place, _lines(dict(sorted(self._shard(place).items()))))

    # --- what is kept ---

    def _keep_file(self, place: str, data: bytes) -> None:
        values = (place, named(place, data, ENDING), digest(data), data)
        self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", values)

    def _keep_state(self) -> None:
        for key, value in (
            ("lengths", b"".join(self._lengths)),
            ("bits", str(self._bits).encode()),
            ("bytes", str(self._bytes).encode()),
            ("documents", self._documents()),
        ):
            row = (key, _sealed(value))
            self._database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", row)

    def _documents(self) -> bytes:
        """A digest of every document's number and digest."""
        rows = sorted(self._database.execute("SELECT id, number, digest FROM documents"))
        return digest("\n".join(f"{i} {n} {bytes(d).hex()}" for i, n, d in rows).encode())

    def _restore(self) -> None:
        rows = self._database.execute("SELECT key, value FROM state WHERE key != 'stamp'")
        kept = {key: _opened(bytes(value)) for key, value in rows}
        if kept["documents"] != self._documents():
            raise DamagedError
        joined = kept["lengths"]
        size = len(joined) // _COLUMNS
        self._lengths = [bytearray(joined[c * size : (c + 1) * size]) for c in range(_COLUMNS)]
        self._bits, self._bytes = int(kept["bits"]), int(kept["bytes"])

    def _result(self) -> Index:
        rows = self._database.execute("SELECT place, name, digest FROM files ORDER BY place")
        names = {place: (name, bytes(data_digest)) for place, name, data_digest in rows}
        shards = [names[f"t/{place:x}"][0] for place in range(1 << self._bits)]
        common = sorted(
            (_term_of(place), name)
            for place, (name, _) in names.items()
            if place.startswith(_COMMON_FOLDER)
        )
        used = [text.number for text in self._texts]
        return Index(
            files={name: Sealed(known, self._reading(name)) for name, known in names.values()},
            documents=len(used),
            size=self._size,
            averages=tuple(
                sum(LENGTHS[codes[number]] for number in used) / max(1, len(used))
                for codes in self._lengths[:PLACES]
            ),
            lengths=tuple(map(bytes, self._lengths)),
            bits=self._bits,
            hashes=tuple(map(version_in, shards)),
            common=tuple((term, version_in(name)) for term, name in common),
        )

    def _reading(self, name: str) -> Callable[[], bytes]:
        return lambda: self._data(name)


def _capped(counts: Collection[int]) -> Collection[int]:
    return counts if max(counts, default=0) <= MOST else [min(count, MOST) for count in counts]


def bits_for(size: int) -> int:
    """How often the terms are halved, so that a shard has about `SHARD` bytes."""
    wanted = round(math.log2(max(size, 1) / SHARD))
    return max(_FEWEST_BITS, min(_MOST_BITS, wanted))


def _lines(terms: Mapping[str, str]) -> bytes:
    """A file of terms, which are in order.

    First a line for each that is no pair: the term, a blank, what it has. Then an empty line; then
    one for each first character: it, and for every second character that and what the pair has.
    """
    lines, groups, first = [], [], ""
    for term, said in terms.items():
        if not is_pair(term):
            lines.append(f"{term} {said}")
        elif term[0] == first:
            groups.append(term[1:] + said)
        else:
            first = term[0]
            groups.append(f"{_LINE}{term}{said}")
    return f"{_LINE.join(lines)}{_LINE}{''.join(groups) or _LINE}".encode()


def terms_in(data: bytes) -> dict[str, str]:
    """The terms of a file, and what they have."""
    lines, _, groups = data.decode().partition(_HALVES)
    terms = {}
    for line in filter(None, lines.split(_LINE)):
        term, _, said = line.partition(" ")
        terms[term] = said
    for group in filter(None, groups.split(_LINE)):
        (first, alone), *others = _OF_GROUP.findall(group)
        if alone:
            terms[first] = alone
        for second, said in others:
            terms[first + second] = said
    return terms


def _columns_in(said: str, is_long: bytearray) -> list[dict[int, int]]:
    """Of what a term has: for each column, document → its value there."""
    columns = [dict(map(unpack, decode(field))) for field in fields_of(said, len(FIELDS))]
    holding = (number for number in columns[0] if is_long[number])
    return [*columns, dict(zip(holding, decode_places(places_of(said)), strict=True))]


def _entry_of(columns: Sequence[Mapping[int, int]], is_long: bytearray) -> str:
    """What `_columns_in` takes apart."""
    *fields, places = columns
    said = [encode(sorted(pack(*pair) for pair in field.items())) for field in fields]
    holding = (number for number in sorted(columns[0]) if is_long[number])
    return entry(said, encode_places(places.get(number, 0) for number in holding))


def _cost(said: str) -> int:
    return len(said) + _OVERHEAD if said else 0


def _common_place(term: str) -> str:
    return _COMMON_FOLDER + term.encode().hex()


def _term_of(place: str) -> str:
    return bytes.fromhex(place.removeprefix(_COMMON_FOLDER)).decode()
