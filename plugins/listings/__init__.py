"""Lists: by type, year and month, and by every facet that a record type declares.

No document is more than three clicks from home: home → the type's landing page → a month. A long
list is split by year, a long year by month, so that one new document changes few pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeGuard

from plugins.library import Library
from plugins.outputs import Output, Page, Shown
from plugins.paging import Listing, Shelf, by_months, by_years, list_page
from plugins.presenting import (
    COLUMN_OF,
    OWN_LISTS,
    PUBLICATIONS,
    Column,
    beside,
    cards,
    column_head,
    months_in,
    organ_key,
    years_in,
)
from plugins.problems import Problem
from plugins.records import Block, Plan, Publication, Record
from plugins.records import Page as PageRecord
from plugins.records.fields import FieldNote, declared
from plugins.settings import Settings
from plugins.views import Card, CountedLink, Facet, Link

OF_PLANS = frozenset({"", "period"})
"""Lists of 规划计划 that the room `plans` makes: the first page, and those by 规划期."""
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
    beside: tuple[Link, ...] = ()
    """Other pages that belong to the type."""


@dataclass(frozen=True)
class FacetField:
    """A field that documents are browsed by, and the index of the catalogue that serves it."""

    key: str
    label: str
    index: str
    note: FieldNote
    words: tuple[Enum, ...] = ()
    """The field's own words, if they are no vocabulary's."""


@dataclass(frozen=True)
class Value:
    """One value of a facet: its word, its name in URLs, and how many documents have it."""

    word: str
    key: str
    count: int


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """Landing page, years, months and facet lists of each type; the list of standing pages."""
    for kind in (kind for kind in PUBLICATIONS if kind not in OWN_LISTS):
        column = COLUMN_OF[kind]
        if not _is_elsewhere(kind, ""):
            yield Page(f"{column.url}index.html", "listings/landing.html", _landing, (kind,))
        up = Link(column.name, column.url)
        for year in years_in(kind.folder, library):
            title, url = f"{year}年{column.name}", f"{column.url}{year}/"
            found = library.look_up("year", f"{kind.folder}/{year}")
            listing = Listing(column, title, url, (up,), feed=up, short=f"{year}年")
            yield from by_months(listing, found, library, always=True)
        for facet in facets_of(kind):
            for value in () if _is_elsewhere(kind, facet.key) else values_of(facet, library):
                title = f"{column.name}：{value.word}"
                url = f"{column.url}{facet.key}/{value.key}/"
                found = library.look_up(facet.index, value.word)
                feed = None if facet.note.organ else Link(title, url)  # a body has its own page
                yield from by_years(Listing(column, title, url, (up,), feed=feed), found, library)
    yield _standing(library)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: lists follow from documents."""
    yield from ()


def _is_elsewhere(kind: type[Record], list_key: str) -> bool:
    return kind is Plan and list_key in OF_PLANS


def facets_of(kind: type[Record]) -> Iterator[FacetField]:
    """Every field that a type of document can be browsed by."""
    for key, info, note in declared(kind):
        if note.facet:
            words = tuple(info.annotation) if _is_enumeration(info.annotation) else ()
            yield FacetField(key, info.title or key, f"{kind.folder}.{key}", note, words)


def _is_enumeration(annotation: object) -> TypeGuard[type[Enum]]:
    return isinstance(annotation, type) and issubclass(annotation, Enum)


def values_of(facet: FacetField, library: Library) -> list[Value]:
    """Every value of a facet that some document has, the vocabulary's order first."""
    counts = library.values(facet.index)
    words = library.vocabularies[facet.note.vocabulary].names if facet.note.vocabulary else ()
    order = {word: place for place, word in enumerate(words)}
    found = [Value(word, _key(facet, word, library), count) for word, count in counts.items()]
    return sorted(found, key=lambda v: (order.get(v.word, len(order)), -v.count, v.key))


def _key(facet: FacetField, word: str, library: Library) -> str:
    """A value's part of a list's address."""
    if facet.note.organ:
        return organ_key(word, library)
    if facet.note.vocabulary:
        return library.vocabularies[facet.note.vocabulary][word].key
    return next(member.name.lower() for member in facet.words if str(member.value) == word)


def _landing(library: Library, settings: Settings, kind: type[Publication]) -> Shown:
    column = COLUMN_OF[kind]
    documents = library.of(kind)
    calendar = tuple(
        YearRow(
            CountedLink(f"{year}年", f"{column.url}{year}/", count),
            tuple(
                CountedLink(f"{month}月", f"{column.url}{year}/{month:02d}/", number)
                for month, number in months_in(kind.folder, year, library).items()
            ),
        )
        for year, count in years_in(kind.folder, library).items()
    )
    facets = tuple(
        Facet(
            facet.label,
            tuple(
                CountedLink(value.word, f"{column.url}{facet.key}/{value.key}/", value.count)
                for value in values
            ),
        )
        for facet in facets_of(kind)
        if (values := values_of(facet, library))
    )
    landing = Landing(
        column.name,
        kind.purpose,
        len(documents),
        cards(documents[:NEWEST], library, settings),
        calendar,
        facets,
        tuple(beside(kind, library)),
    )
    head = column_head(settings, column, feed=Link(column.name, column.url))
    return head, {"landing": landing}


def _standing(library: Library) -> Page:
    column = Column("常设页面", "pages/", PageRecord.purpose, "信息公开目录")
    pages = library.in_order(PageRecord)
    shelves = (
        Shelf(block.value if block else "网站说明", block.name.lower() if block else "about", found)
        for block in (*Block, None)
        if (found := tuple(d for d in pages if d.record.block is block))
    )
    return list_page(Listing(column, column.name, column.url, ()), shelves, len(pages))
