"""What of a document is searched and shown: its terms, its row in the results, its facets."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from pydantic import BaseModel

from plugins.library import Library, doubts_of, state_of
from plugins.presenting import printed_at, short_name, topics_of
from plugins.reading import Document
from plugins.reading.entries import digest
from plugins.records import Catalog, Issue, ListVersion, Policy, Publication, Question, Record
from plugins.records.fields import declared
from plugins.records.vocabularies import SEPARATOR
from plugins.search.index import Counts
from plugins.search.parts import ENDING, packed, parts_of, places_in
from plugins.search.postings import named, version_in
from plugins.search.tokens import Term, characters, counted, number_key, surveyed
from plugins.settings import Settings


class Facet(NamedTuple):
    """A facet of the results: its name in files and addresses, and its label."""

    key: str
    label: str


FACETS = (
    Facet("kind", "类型"),
    Facet("organ", "发文机关"),
    Facet("year", "年份"),
    Facet("validity", "有效性"),
    Facet("class", "主题分类"),
    Facet("topic", "专题"),
    Facet("area", "公开领域"),
)

_ELSEWHERE = frozenset({"title", "number", "similar", "file", "table", "draft", "embargo", "order"})
"""Fields that belong to the title, and those that no page shows as words."""
_OF_ALL = 3
"""So many of them, the first, are asked of documents that are no publications."""

Row = tuple[str, str, str, str, str, str, str, str, tuple[str, ...], str]
"""Address, title, day, type, body, number, 有效性, what is in doubt; all may be empty but three.

The last but one tells where the gazette prints it, or is empty: the issue, the page, the place in
the PDF. A 历史公报 names itself there. The last: versions of the files of a long text.
"""
Words = tuple[tuple[str, ...], ...]
"""The values of a document in each of `FACETS`."""
Sums = tuple[bytes, ...]
"""Digests of the parts of a long text."""


def rows_of(
    library: Library,
    settings: Settings,
    documents: tuple[Document[Record], ...],
) -> tuple[tuple[Row, Words, Sums], ...]:
    """Row, facets and parts of each document, in plain values."""
    return tuple(
        (
            _row(document, library, settings, parts),
            tuple(_words(document, library, settings)),
            tuple(map(digest, parts)),
        )
        for document in documents
        for parts in (tuple(map(packed, parts_of(document.body.text))),)
    )


def part_of(document: Document[Record], place: int) -> bytes:
    """One of the files of a long text."""
    return packed(parts_of(document.body.text)[place])


def places_of(document: Document[Record]) -> dict[Term, int]:
    """Of a long text: in which of its parts each token stands."""
    return places_in(document.body.text)


def counts_of(document: Document[Record], library: Library) -> Counts:
    """How often each term occurs in each field of `index.FIELDS`."""
    record = document.record
    title = "\n".join((record.title, *(record.similar if isinstance(record, Question) else ())))
    numbers = [getattr(record, "number", None) or "", *_numbers_listed(record)]
    listed = _titles_listed(record)
    cells = _cells(document, library)
    text = "\n".join((document.body.text, *said_by(record), *listed, *cells))
    keys = counted("\n".join(numbers))
    keys.update(filter(None, map(number_key, numbers)))
    keys.update(characters(record.title))
    body, edges = surveyed(text)
    for sign in edges:
        body.setdefault(sign, 1)  # how often says nothing: once is enough
    return body, counted(title), keys


def _titles_listed(record: Record) -> Iterator[str]:
    """What a 历史公报 lists: a scan may have no other text."""
    if isinstance(record, Issue):
        yield from (one.title for one in record.listed)


def _numbers_listed(record: Record) -> Iterator[str]:
    if isinstance(record, Issue):
        yield from (one.number for one in record.listed if one.number)


def digest_of(document: Document[Record], library: Library) -> bytes:
    """What the counts of a document are known by, without opening it."""
    tables = (library.sum_of(path) for path in sorted(_tables(document, library)))
    return library.digests_of(document) + "".join(tables).encode()


def said_by(thing: BaseModel) -> Iterator[str]:
    """Every text in the public fields of a record that stands on its page beside title and body."""
    for key, _, note in declared(type(thing)):
        if not (note.internal or note.relation or key in _ELSEWHERE):
            yield from _texts_in(getattr(thing, key))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts_in(item)
    elif isinstance(value, BaseModel):
        yield from said_by(value)


def _tables(document: Document[Record], library: Library) -> Iterator[str]:
    """The table of a list or of a catalog's version."""
    if issubclass(document.kind, (ListVersion, Catalog)):
        name = document.record.table  # type: ignore[attr-defined]  # both have one
        path = f"{document.folder}/{name}"
        if library.has_file(path):
            yield path


def _cells(document: Document[Record], library: Library) -> Iterator[str]:
    for path in _tables(document, library):
        for row in library.table(path).rows:
            yield from row.cells


def _row(
    document: Document[Record], library: Library, settings: Settings, parts: tuple[bytes, ...]
) -> Row:
    record = document.record
    doubt = isinstance(record, Question) and doubts_of(document, library, settings)  # type: ignore[arg-type]  # its record is one
    return (
        document.url,
        record.title,
        f"{record.published:%Y-%m-%d}",
        record.label,
        short_name(getattr(record, "issuer", None) or "", library),
        getattr(record, "number", None) or "",
        _validity(document, library, settings),
        "答案待复核" if doubt else "",
        printed_at(document, library) or (),
        "".join(version_in(named("", data, ENDING)) for data in parts),
    )


def _validity(document: Document[Record], library: Library, settings: Settings) -> str:
    if document.kind is not Policy:
        return ""
    return state_of(document, library, settings).validity.value  # type: ignore[arg-type]  # the same


def _words(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[tuple[str, ...]]:
    record = document.record
    validity = _validity(document, library, settings)
    yield (record.label,)
    if not isinstance(record, Publication):
        yield ()
        yield (f"{record.published:%Y}",)
        yield from ((),) * (len(FACETS) - _OF_ALL)
        return
    yield tuple(dict.fromkeys(short_name(name, library) for name in record.issuers))
    yield (f"{record.published:%Y}",)
    yield (validity,) if validity else ()
    yield (record.subject.partition(SEPARATOR)[0],) if record.subject else ()
    yield tuple(dict.fromkeys(topic.record.title for topic in topics_of(record, library)))
    yield tuple(dict.fromkeys(_areas(record.catalog_rows, library)))


def _areas(rows: tuple[str, ...], library: Library) -> Iterator[str]:
    """Names of the areas of the catalog to which rows belong."""
    names = {term.key: term.name for term in library.vocabularies["areas"].terms}
    for row in rows:
        area = names.get(row.rpartition("-")[0])
        if area:
            yield area
