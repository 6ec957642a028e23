"""The gazette as data: the list of all issues, and each article by itself (公报数据库)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from plugins.library import Article, Library, articles_of, frozen_of, issues_of
from plugins.presenting import issue_pdf, listed_pdf, listed_url, reading_url
from plugins.reading import Document
from plugins.records import Issue
from plugins.settings import Settings


def index_data(library: Library, settings: Settings) -> bytes:
    """Every issue with its articles, the newest first; `gazette/index.json`."""
    issues = [_issue(issue, library, settings) for issue in issues_of(library)[::-1]]
    return _json({"title": Issue.label, "issues": issues})


def article_data(library: Library, settings: Settings, issue: Document[Issue], place: int) -> bytes:
    """One article with its text."""
    return _json(_whole(issue, articles_of(issue, library)[place - 1], library, settings))


def issue_data(issue: Document[Issue], library: Library, settings: Settings) -> bytes:
    """An issue with the texts of its articles: what travels inside its PDF."""
    articles = [_whole(issue, each, library, settings) for each in articles_of(issue, library)]
    return _json({**_issue(issue, library, settings), "articles": articles})


def _whole(
    issue: Document[Issue], article: Article, library: Library, settings: Settings
) -> Mapping[str, object]:
    body = article.document.body
    said = _article(issue, article, library, settings)
    return {**said, "text_plain": body.text, "text_html": body.html}


def _issue(issue: Document[Issue], library: Library, settings: Settings) -> Mapping[str, object]:
    record = issue.record
    return {
        "gazette_id": issue.id.rpartition("/")[2],
        "year": record.year,
        "issue": record.issue,
        "total": record.total,
        "pub_date": f"{record.published:%Y-%m-%d}",
        "title": record.title,
        "url": settings.absolute(issue.url),
        "pdf_file": settings.absolute(issue_pdf(issue)),
        "ocr": record.scanned,
        **_frozen(issue, library),
        "articles": [
            *_listed(issue, settings),
            *(_article(issue, each, library, settings) for each in articles_of(issue, library)),
        ],
    }


def _listed(issue: Document[Issue], settings: Settings) -> Iterator[Mapping[str, object]]:
    """The records of what a 历史公报 lists."""
    for place, one in enumerate(issue.record.listed, 1):
        known = {
            "gazette_id": issue.id.rpartition("/")[2],
            "seq": place,
            "column": one.column,
            "page_from": one.first,
            "page_to": one.last,
            "title": one.title,
            "doc_no": one.number,
            "issuer": one.issuer,
            "signed": _day(one.signed),
            "url": settings.absolute(listed_url(issue, place)),
            "pdf": settings.absolute(listed_pdf(issue, place)),
        }
        yield {key: value for key, value in known.items() if value}


def _frozen(issue: Document[Issue], library: Library) -> Mapping[str, object]:
    """What is known of the PDF once the issue is frozen."""
    frozen = frozen_of(issue, library)
    if frozen is None:
        return {}
    return {
        "pdf_sha256": frozen.pdf,
        "pdf_size": frozen.size,
        "pdf_pages": frozen.sheets,
        "pdf_page_offset": frozen.before,
    }


def _article(
    issue: Document[Issue], article: Article, library: Library, settings: Settings
) -> Mapping[str, object]:
    """The record of an article; what is not known is left out."""
    document = article.document
    record = document.record
    frozen = frozen_of(issue, library)
    printed = frozen.articles[article.place - 1] if frozen else None
    known = {
        "gazette_id": issue.id.rpartition("/")[2],
        "seq": article.place,
        "column": article.column,
        "page_from": printed.first if printed else None,
        "page_to": printed.last if printed else None,
        "title": record.title,
        "doc_no": getattr(record, "number", None),
        "issuer": getattr(record, "issuer", None),
        "signed": _day(getattr(record, "signed", None)),
        "topic": getattr(record, "subject", None),
        "source_doc": getattr(record, "index_number", None),
        "url": settings.absolute(reading_url(issue, article.place)),
        "document": settings.absolute(document.url),
        "sha256": library.sum_of_text(document),
    }
    return {key: value for key, value in known.items() if value}


def _day(value: object) -> str | None:
    return f"{value:%Y-%m-%d}" if value else None


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
