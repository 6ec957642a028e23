"""What the gazette's templates are given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from plugins.identifiers import by_figures
from plugins.library import Article, Library, articles_of, frozen_of
from plugins.presenting import COLUMN_OF, issue_pdf, listed_pdf, listed_url, reading_url
from plugins.reading import Document
from plugins.records import Issue, Publication
from plugins.records.vocabularies import SEPARATOR
from plugins.views import Banner, Card, Fact, FileLink, Link

_NO_SUBJECT = "未分类"


class Entry(NamedTuple):
    """An article in a list: where it is read, and where it was printed."""

    title: str
    number: str
    url: str
    issue: str
    pages: str = ""
    """第3—5页, once the issue is frozen."""
    pdf: str = ""
    """Where in the PDF it stands."""


class ColumnView(NamedTuple):
    """公报栏目 with its articles."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class YearView:
    """A year: its issues, and its articles by 发文字号 and by 主题分类."""

    year: int
    url: str
    issues: tuple[Card, ...]
    by_number: tuple[Entry, ...] = ()
    by_subject: tuple[ColumnView, ...] = ()


class Choice(NamedTuple):
    """An issue to go to."""

    key: str
    name: str


@dataclass(frozen=True)
class IssueView:
    """An issue's page."""

    title: str
    gazette: str
    name: str
    html: str
    columns: tuple[ColumnView, ...]
    facts: tuple[Fact, ...]
    files: tuple[FileLink, ...]
    banners: tuple[Banner, ...]
    previous: Link | None
    next: Link | None
    published: datetime
    source: str
    address: str
    publisher: str = ""
    """On the cover; nobody knows that of a 历史公报."""
    text: str = ""
    """Of a 历史公报, the text of its pages."""


@dataclass(frozen=True)
class ReadingView:
    """An article as it was printed."""

    entry: Entry
    issue: str
    issue_url: str
    column: str
    note: str
    html: str
    banners: tuple[Banner, ...]
    document: Link
    previous: Link | None
    next: Link | None
    published: str
    address: str


def year_url(year: int) -> str:
    """gazette/2021/."""
    return f"{COLUMN_OF[Issue].url}{year}/"


def entry(issue: Document[Issue], article: Article, library: Library) -> Entry:
    """An article as lists show it."""
    record = article.document.record
    url = reading_url(issue, article.place)
    number = getattr(record, "number", None) or ""
    frozen = frozen_of(issue, library)
    if frozen is None:
        return Entry(record.title, number, url, issue.record.name)
    place = frozen.articles[article.place - 1]
    pdf = f"{issue_pdf(issue)}#page={place.first + frozen.before}"
    pages = _pages(place.first, place.last)
    return Entry(record.title, number, url, issue.record.name, pages, pdf)


def listed_entries(issue: Document[Issue]) -> Iterator[Entry]:
    """The articles of a 历史公报, in the order of the pages."""
    for place, one in enumerate(issue.record.listed, 1):
        yield Entry(
            one.title,
            one.number or "",
            listed_url(issue, place),
            issue.record.name,
            _pages(one.first, one.last),
            listed_pdf(issue, place),
        )


def listed_columns(issue: Document[Issue]) -> Iterator[ColumnView]:
    """栏目 of a 历史公报 as they are on paper, with their articles."""
    pairs = zip(issue.record.listed, listed_entries(issue), strict=True)
    for name, found in groupby(pairs, key=lambda pair: pair[0].column):
        yield ColumnView(name, tuple(entry for _, entry in found))


def _pages(first: int, last: int) -> str:
    return f"第{first}页" if first == last else f"第{first}—{last}页"


def indexes(
    issues: Collection[Document[Issue]], library: Library
) -> tuple[tuple[Entry, ...], tuple[ColumnView, ...]]:
    """The year's articles by 发文字号, and by 主题分类 in the order of the vocabulary.

    Those of 历史公报 have no 主题分类: nobody has classed them.
    """
    found = [(issue, article) for issue in issues for article in articles_of(issue, library)]
    entries = [entry(issue, article, library) for issue, article in found]
    listed = [one for issue in issues for one in listed_entries(issue)]
    by_number = sorted(
        (one for one in (*listed, *entries) if one.number), key=lambda one: by_figures(one.number)
    )
    subjects = [_subject(article) for _, article in found]
    order = [*(term.name for term in library.vocabularies["subjects"].terms), _NO_SUBJECT]
    by_subject = (
        ColumnView(name, tuple(e for e, s in zip(entries, subjects, strict=True) if s == name))
        for name in order
        if name in subjects
    )
    return tuple(by_number), tuple(by_subject)


def _subject(article: Article) -> str:
    record = article.document.record
    subject = record.subject if isinstance(record, Publication) else None
    return subject.partition(SEPARATOR)[0] if subject else _NO_SUBJECT
