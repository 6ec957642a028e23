"""An issue to take along: as an EPUB book, and as the files that a browser keeps (掌上公报)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.epub import Book, Chapter, Section, bind
from plugins.library import Article, Library, articles_of, by_column
from plugins.presenting import issue_pdf, reading_url, written_day
from plugins.reading import Document
from plugins.records import Issue, Record
from plugins.reprinting import pictures_in
from plugins.settings import Settings


def epub_path(issue: Document[Issue]) -> str:
    """gazette/2021-01/2021-01.epub."""
    return issue_pdf(issue).removesuffix("pdf") + "epub"


def kept_files(issue: Document[Issue], articles: Iterable[Article], library: Library) -> list[str]:
    """The paths of all that an issue needs to be read without a network."""
    files = [f"{issue.url}index.html"]
    for article in articles:
        files.append(f"{reading_url(issue, article.place)}index.html")
        files += (address for address, _ in _pictures(article.document, library))
    return list(dict.fromkeys(files))


def _pictures(document: Document[Record], library: Library) -> Iterator[tuple[str, str]]:
    """Address, from the site's root, and file of each picture that a text shows."""
    for address in pictures_in(document.body.html, document.url):
        if source := library.file_at(address):
            yield address, source


def book(library: Library, settings: Settings, issue: Document[Issue]) -> bytes:
    """The issue as an EPUB."""
    record = issue.record
    articles = articles_of(issue, library)
    pictures = {
        settings.absolute(address): library.data(source)
        for article in articles
        for address, source in _pictures(article.document, library)
    }
    sections = tuple(
        Section(name, tuple(_chapter(article, settings) for article in of_column))
        for name, of_column in by_column(articles)
    )
    county = settings.county
    return bind(
        Book(
            identifier=settings.absolute(issue.url),
            title=record.title,
            publisher=county.authority,
            published=record.published,
            sections=sections,
            description=record.summary or "",
            rights=record.statement,
            series=record.series,
            number=record.total,
            cover=(record.series, record.name, *_cover(record, settings)),
            pictures=pictures,
        )
    )


def _cover(record: Issue, settings: Settings) -> Iterator[str]:
    yield f"{written_day(record.published)}出版"
    yield f"{settings.county.authority}主办"
    if settings.county.sample:
        yield "示例，不是正式公报"


def _chapter(article: Article, settings: Settings) -> Chapter:
    document = article.document
    number = getattr(document.record, "number", None)
    return Chapter(
        id=f"a{article.place:02d}",
        title=document.record.title,
        html=document.body.html,
        address=settings.absolute(document.url),
        lines=tuple(filter(None, (number, article.note))),
    )
