"""The articles of an issue: which documents it prints, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.library import Library
from plugins.reading import Document
from plugins.records import Issue, Record


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


def reading_url(issue: Document[Issue], place: int) -> str:
    """Where an article is read: gazette/2021-01/03/."""
    return f"{issue.url}{place:02d}/"


def pdf_path(issue: Document[Issue]) -> str:
    """gazette/2021-01/2021-01.pdf."""
    return f"{issue.url}{issue.id.rpartition('/')[2]}.pdf"
