"""An issue as it goes to print: cover, 目录, the articles by column, 版权页."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from plugins.gazette.data import issue_data
from plugins.library import Article, Library, articles_of, by_column
from plugins.outputs import Shown
from plugins.presenting import COLUMN_OF, column_head, source_of, written_day
from plugins.qr import qr_code
from plugins.reading import Document
from plugins.records import Issue
from plugins.reprinting import placed
from plugins.settings import Settings
from plugins.twins import source
from plugins.views import Attached, Fact, Imprint

_COLUMN = COLUMN_OF[Issue]
_BELOW = 2
"""Headings of a text stand below issue, column and title."""
_FIRST = 6


class PrintedArticle(NamedTuple):
    """An article on paper."""

    anchor: str
    title: str
    number: str
    note: str
    html: str


class PrintedColumn(NamedTuple):
    """公报栏目 on paper."""

    name: str
    articles: tuple[PrintedArticle, ...]


@dataclass(frozen=True)
class PrintedIssue:
    """All that is set."""

    gazette: str
    name: str
    published: str
    columns: tuple[PrintedColumn, ...]
    first: tuple[str, ...]
    """要目 on the cover."""
    imprint: tuple[Fact, ...]
    statement: str
    qr: str
    """A QR code that leads to the issue's page, as SVG."""
    is_16k: bool
    """On 16开 paper rather than A4."""


def printed(library: Library, settings: Settings, issue: Document[Issue]) -> Shown:
    """What `gazette/print.html` shows."""
    record = issue.record
    articles = articles_of(issue, library)
    view = PrintedIssue(
        record.series,
        record.name,
        written_day(record.published),
        tuple(
            PrintedColumn(name, tuple(_article(issue, article) for article in of_column))
            for name, of_column in by_column(articles)
        ),
        tuple(article.document.record.title for article in articles[:_FIRST]),
        tuple(_imprint(issue, settings, library)),
        record.statement,
        qr_code(settings.absolute(issue.url), "本期公报网页的二维码").decode(),
        settings.county.gazette_16k,
    )
    head = column_head(settings, _COLUMN, title=record.title, url=issue.url)
    imprint = Imprint(settings.county.authority, record.keywords, record.published, None)
    data = Attached("issue.json", issue_data(issue, library, settings), "本期公报的数据和各件文本")
    sources = tuple(_source(article, library, settings) for article in articles)
    return head, {"issue": view, "imprint": imprint, "attachments": (data, *sources)}


def _source(article: Article, library: Library, settings: Settings) -> Attached:
    """What an article was made of: 06-2021-015.md."""
    document = article.document
    name = f"{article.place:02d}-{document.id.rpartition('/')[2]}.md"
    told = f"第{article.place}件的 Markdown 原文"
    return Attached(name, source(library, settings, document), told, "Source")


def _article(issue: Document[Issue], article: Article) -> PrintedArticle:
    document = article.document
    anchor = f"a{article.place}"
    html = placed(document.body.html, f"{anchor}-", document.url, issue.url, below=_BELOW)
    number = getattr(document.record, "number", None) or ""
    return PrintedArticle(anchor, document.record.title, number, article.note, html)


def _imprint(issue: Document[Issue], settings: Settings, library: Library) -> list[Fact]:
    """版权页; lines that nobody filled in are left out, and nothing is invented."""
    record, county = issue.record, settings.county
    office = library.organ(f"{county.authority}办公室")
    organ = office.record if office else None
    lines = (
        ("主办", source_of(record) or county.authority),
        ("编辑出版", organ.title if organ else ""),
        ("编辑部地址", organ.address if organ else ""),
        ("邮政编码", organ.postcode if organ else ""),
        ("电话", organ.phone if organ else ""),
        ("电子邮箱", organ.email if organ else ""),
        ("网址", settings.absolute(issue.url)),
        ("出版许可", record.permit),
        ("出版日期", written_day(record.published)),
        ("印数", f"{record.copies}份" if record.copies else ""),
        ("发行方式", record.distribution),
        ("印刷单位", record.printer),
    )
    return [Fact(label, value) for label, value in lines if value]
