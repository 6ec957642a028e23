"""The issues of the 政府公报 in their order, and the articles that each prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from plugins.library.library import Library
from plugins.reading import Document
from plugins.records import Category, Issue, Policy, Publication, Record


@dataclass(frozen=True)
class Article:
    """A document in an issue; `place` counts from 1 through the whole issue."""

    place: int
    column: str
    note: str
    document: Document[Record]


def articles_of(issue: Document[Issue], library: Library) -> list[Article]:
    """What the issue prints and the library has, in the order of the pages."""
    asked = [
        (of_column.column, one)
        for of_column in issue.record.contents
        for one in of_column.documents
    ]
    found = [
        (column, one.note or "", document)
        for column, one in asked
        for document in library.find((one.document,), Record)
    ]
    return [Article(place, *said) for place, said in enumerate(found, 1)]


def by_column(articles: Iterable[Article]) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """公报栏目 with their articles, in the order of the pages."""
    for name, of_column in groupby(articles, key=lambda article: article.column):
        yield name, tuple(of_column)


def issues_of(library: Library) -> list[Document[Issue]]:
    """All issues, the oldest first: by year and number."""
    return sorted(library.of(Issue), key=_order)


def issues_printing(document_id: str, library: Library) -> list[Document[Issue]]:
    """The issues that print a document, the oldest first."""
    return sorted(library.pointing_at(document_id, "contents", Issue), key=_order)


def issues_listing(number: str, library: Library) -> list[Document[Issue]]:
    """The 历史公报 that list a paper of this 发文字号, the oldest first."""
    return sorted(library.pointing_at(number, "listed", Issue), key=_order) if number else []


def is_to_be_printed(policy: Document[Policy], library: Library) -> bool:
    """Whether the gazette ought to print it: a 行政规范性文件 of the county's own bodies."""
    is_normative = policy.record.category is Category.NORMATIVE
    return is_normative and is_own(policy, library)


def is_printed(policy: Document[Policy], library: Library) -> bool:
    """Whether an issue prints it, or a 历史公报 lists it."""
    number = policy.record.number or ""
    return bool(issues_printing(policy.id, library) or issues_listing(number, library))


def is_excused(policy: Document[Policy], library: Library) -> bool:
    """Whether an issue says why it is not printed."""
    return bool(library.pointing_at(policy.id, "omitted", Issue))


def is_own(document: Document[Record], library: Library) -> bool:
    """Whether the county's own bodies issued a document."""
    record = document.record
    names = record.issuers if isinstance(record, Publication) else ()
    return all(library.organ(name) for name in names)


def _order(issue: Document[Issue]) -> tuple[int, int, str]:
    return issue.record.year, min(issue.record.numbers, default=0), issue.id
