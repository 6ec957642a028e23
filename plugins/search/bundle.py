"""All that the browser searches: manifest, terms, lengths, rows, facets.

`README.md` beside this file is the contract with `search.js`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from plugins.library import Library
from plugins.outputs import Sealed, Shelf, compact_json
from plugins.reading import Document
from plugins.reading.entries import digest
from plugins.records import Record
from plugins.search import postings
from plugins.search.index import (
    BLOCK,
    BOOST,
    FIELDS,
    INLINE_BITS,
    K1,
    PARTS,
    ROWS,
    B,
    Index,
    Store,
    Text,
)
from plugins.search.parts import ENDING
from plugins.search.postings import LENGTHS, VERSION, named, version_in
from plugins.search.rows import (
    FACETS,
    Row,
    Sums,
    Words,
    counts_of,
    digest_of,
    part_of,
    places_of,
    rows_of,
)
from plugins.settings import Settings

MANIFEST = "manifest.json"
FORM = 2
"""Version of the files' form, for scripts that are older or newer."""
_YEAR = 4
_PAD = 16
"""Numbers of a year begin at a multiple of it, so that what is withdrawn moves one year's only."""
_FIRST_CODE, _BACKSLASH = 35, 92
Files = dict[str, Sealed]


def bundle(library: Library, settings: Settings, shelf: Shelf) -> Mapping[str, Sealed]:  # noqa: ARG001  # an output's `make`
    """Every file under `search/` but the page."""
    placed = list(numbered(library))
    index = Store(shelf.file, shelf.stamp).index([_text(n, d, library) for n, d in placed])
    files: Files = dict(index.files)
    rows, words = _rows(placed, shelf, files)
    manifest = {
        "v": FORM,
        "fields": FIELDS,
        "boost": BOOST,
        "k1": K1,
        "b": B,
        "n": index.documents,
        "ids": index.size,
        "avg": index.averages,
        "steps": LENGTHS,
        "bits": index.bits,
        **_term_names(index, files),
        "common": " ".join(term for term, _ in index.common),
        "ch": "".join(version for _, version in index.common),
        "len": "".join(_blocks(index, _row_names(rows, files), files)),
        "facets": list(_facets(index.size, words, files)),
    }
    files[MANIFEST] = _sealed(compact_json(manifest))
    return files


def numbered(library: Library) -> Iterator[tuple[int, Document[Record]]]:
    """Every document with its number: by day of publication, the oldest first, then by id.

    Numbers follow from the content alone. So the higher is the newer.
    """
    oldest_first = sorted(library, key=lambda d: (library.published(d), d.id))
    number = 0
    for _, documents in groupby(oldest_first, lambda d: library.published(d)[:_YEAR]):
        number = -(-number // _PAD) * _PAD
        for document in documents:
            yield number, document
            number += 1


def _text(number: int, document: Document[Record], library: Library) -> Text:
    known = digest_of(document, library)
    return Text(
        document.id,
        number,
        known,
        lambda: counts_of(document, library),
        lambda: places_of(document),
    )


def _rows(
    placed: Sequence[tuple[int, Document[Record]]], shelf: Shelf, files: Files
) -> tuple[dict[int, Row], dict[int, Words]]:
    rows: dict[int, Row] = {}
    words: dict[int, Words] = {}
    for block, pairs in groupby(placed, lambda pair: pair[0] // ROWS):
        numbers, documents = zip(*pairs, strict=True)
        found = shelf.derive(f"{block}", rows_of, documents)
        for number, document, (row, facets, sums) in zip(numbers, documents, found, strict=True):
            rows[number], words[number] = row, facets
            files.update(_parts(number, document, row[-1], sums))
    return rows, words


def _parts(
    number: int, document: Document[Record], versions: str, sums: Sums
) -> Iterator[tuple[str, Sealed]]:
    """The files of a long text; they are cut again when they are asked for."""
    for part, known in enumerate(sums):
        version = versions[part * VERSION : (part + 1) * VERSION]
        yield (
            f"x/{number:x}.{part:x}-{version}{ENDING}",
            Sealed(known, partial(part_of, document, part)),
        )


def _row_names(rows: Mapping[int, Row], files: Files) -> list[str]:
    """Version of each file of rows; a file holds `ROWS` of them, or null for a number without."""
    versions: list[str] = []
    for block in range(-(-(max(rows, default=-1) + 1) // ROWS)):
        data = compact_json([rows.get(n) for n in range(block * ROWS, (block + 1) * ROWS)])
        versions.append(_keep(f"d/{block:x}", data, files))
    return versions


def _blocks(index: Index, row_versions: Sequence[str], files: Files) -> Iterator[str]:
    """Versions of the files of lengths; in each also the versions of its files of rows."""
    for block, start in enumerate(range(0, index.size, BLOCK)):
        codes = ["".join(map(_code, codes[start : start + BLOCK])) for codes in index.lengths]
        versions = "".join(row_versions[start // ROWS : (start + BLOCK) // ROWS])
        yield _keep(f"l/{block:x}", compact_json({"l": codes, "d": versions}), files)


def _code(code: int) -> str:
    """One printable character that JSON need not escape."""
    place = _FIRST_CODE + code
    return chr(place + (place >= _BACKSLASH))


def _term_names(index: Index, files: Files) -> dict[str, str]:
    """Versions of all shards, one behind the other; of very many, in files of their own."""
    if index.bits <= INLINE_BITS:
        return {"sh": "".join(index.hashes)}
    length = len(index.hashes) // PARTS
    parts = (index.hashes[start : start + length] for start in range(0, len(index.hashes), length))
    names = [_keep(f"m/{n:x}", compact_json("".join(p)), files) for n, p in enumerate(parts)]
    return {"m": "".join(names)}


def _facets(size: int, words: Mapping[int, Words], files: Files) -> Iterator[tuple[str, str, str]]:
    """Key, label and version of each facet that tells documents apart."""
    for place, facet in enumerate(FACETS):
        values = sorted({word for of_document in words.values() for word in of_document[place]})
        if len(values) < 2:  # noqa: PLR2004  # one value tells nothing apart
            continue
        codes = {value: code for code, value in enumerate(values)}
        text = "".join(
            _listed([codes[w] for w in words[n][place]] if n in words else []) for n in range(size)
        )
        yield (
            facet.key,
            facet.label,
            _keep(f"f/{facet.key}", compact_json({"values": values, "codes": text}), files),
        )


def _listed(codes: Sequence[int]) -> str:
    """How many, and which."""
    return "".join(map(postings.number, (len(codes), *codes)))


def _keep(place: str, data: bytes, files: Files) -> str:
    """Give a file its name; its version."""
    name = named(place, data, ".json")
    files[name] = _sealed(data)
    return version_in(name)


def _sealed(data: bytes) -> Sealed:
    return Sealed(digest(data), lambda: data)
