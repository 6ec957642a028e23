"""Lists: by type, year and month, and by every facet that a record type declares.

No document is more than three clicks from home: home → the type's landing page → a month. A long
list is split by year, a long year by month, so that one new document changes few pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from plugins.library import Library
from plugins.outputs import Output, Page
from plugins.paging import Documents, Listing, by_months, by_years, list_page, months_of, years_of
from plugins.presenting import (
    COLUMN_OF,
    PUBLICATIONS,
    Column,
    cards,
    column_head,
    organ_key,
    word_of,
)
from plugins.problems import Problem
from plugins.reading import Document
from plugins.records import Block, Publication, Record
from plugins.records import Page as PageRecord
from plugins.records.fields import FieldNote, declared
from plugins.records.vocabularies import SEPARATOR
from plugins.settings import Settings
from plugins.views import Card, CountedLink, Facet, Group, Link

NEWEST = 10
"""Documents on a landing page."""


@dataclass(frozen=True)
class YearRow:
    """One year of a landing page's calendar."""

    year: CountedLink
    months: tuple[CountedLink, ...]


@dataclass(frozen=True)
class Landing:
    """The first page of a type of document."""

    title: str
    intro: str
    total: int
    newest: tuple[Card, ...]
    calendar: tuple[YearRow, ...]
    facets: tuple[Facet, ...]


@dataclass(frozen=True)
class Value:
    """One value of a facet: its word, its name in URLs, and its documents."""

    word: str
    key: str
    documents: tuple[Document[Publication], ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """Landing page, years, months and facet lists of each type; the list of standing pages."""
    for kind in PUBLICATIONS:
        column = COLUMN_OF[kind]
        documents = library.of(kind)
        years = years_of(documents)
        ways = [
            (key, label, values_of(key, note, documents, library))
            for note, key, label in facets_of(kind)
        ]
        yield _landing(kind, documents, years, ways, library, settings)
        up = Link(column.name, column.url)
        for year, found in years.items():
            title, url = f"{year}年{column.name}", f"{column.url}{year}/"
            listing = Listing(column, title, url, found, (up,))
            yield from by_months(listing, library, settings, always=True)
        for key, _, values in ways:
            for value in values:
                title, url = f"{column.name}：{value.word}", f"{column.url}{key}/{value.key}/"
                listing = Listing(column, title, url, value.documents, (up,))
                yield from by_years(listing, library, settings)
    yield _standing(library, settings)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: lists follow from documents."""
    yield from ()


def facets_of(kind: type[Record]) -> Iterator[tuple[FieldNote, str, str]]:
    """Note, key and label of every field that a type of document can be browsed by."""
    for key, info, note in declared(kind):
        if note.facet:
            yield note, key, info.title or key


def values_of(
    key: str, note: FieldNote, documents: Iterable[Document[Publication]], library: Library
) -> list[Value]:
    """Every value of a facet that some document has, the vocabulary's order first."""
    found: dict[str, list[Document[Publication]]] = defaultdict(list)
    keys: dict[str, str] = {}
    for document in documents:
        for word, url_key in _words(key, note, document.record, library):
            keys[word] = url_key
            if not found[word] or found[word][-1] is not document:
                found[word].append(document)
    order = list(library.vocabularies[note.vocabulary].names) if note.vocabulary else []
    words = sorted(
        found, key=lambda w: (order.index(w) if w in order else len(order), -len(found[w]), keys[w])
    )
    return [Value(word, keys[word], tuple(found[word])) for word in words]


def _words(
    key: str, note: FieldNote, record: Publication, library: Library
) -> Iterator[tuple[str, str]]:
    value = record.issuers if note.organ else getattr(record, key)
    for item in value if isinstance(value, tuple) else (value,):
        if item is None:
            continue
        if note.organ:
            yield str(item), organ_key(str(item), library)
        elif note.vocabulary:
            word = str(item).partition(SEPARATOR)[0]
            yield word, library.vocabularies[note.vocabulary][word].key
        elif isinstance(item, Enum):
            yield word_of(item), item.name.lower()


def _landing(  # noqa: PLR0913, PLR0917  # a landing page is made of many things
    kind: type[Publication],
    documents: Sequence[Document[Publication]],
    years: Mapping[int, Documents],
    ways: Sequence[tuple[str, str, list[Value]]],
    library: Library,
    settings: Settings,
) -> Page:
    column = COLUMN_OF[kind]
    calendar = tuple(
        YearRow(
            CountedLink(f"{year}年", f"{column.url}{year}/", len(found)),
            tuple(
                CountedLink(f"{month}月", f"{column.url}{year}/{month:02d}/", len(these))
                for month, these in months_of(found).items()
            ),
        )
        for year, found in years.items()
    )
    facets = tuple(
        Facet(
            label,
            tuple(
                CountedLink(value.word, f"{column.url}{key}/{value.key}/", len(value.documents))
                for value in values
            ),
        )
        for key, label, values in ways
        if values
    )
    landing = Landing(
        column.name,
        kind.purpose,
        len(documents),
        cards(documents[:NEWEST], library, settings),
        calendar,
        facets,
    )
    head = column_head(settings, column)
    return Page(f"{column.url}index.html", "listings/landing.html", head, {"landing": landing})


def _standing(library: Library, settings: Settings) -> Page:
    column = Column("常设页面", "pages/", PageRecord.purpose, "信息公开目录")
    pages = library.in_order(PageRecord)
    groups = tuple(
        Group(
            block.value if block else "网站说明",
            block.name.lower() if block else "about",
            cards(found, library, settings),
        )
        for block in (*Block, None)
        if (found := [d for d in pages if d.record.block is block])
    )
    return list_page(Listing(column, column.name, column.url, pages, ()), groups, settings)
