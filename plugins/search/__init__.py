"""检索: find a document by the words of its title, number, issuer or keywords."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import File, Output, Page
from plugins.presenting import Column, column_head, kind_links, short_name
from plugins.problems import Problem
from plugins.settings import Settings
from plugins.views import Facet

DATA = "search/documents.json"
_COLUMN = Column("检索", "search/", "按标题、文号、发文机关和关键词查找公开文件。", "信息公开目录")


@dataclass(frozen=True)
class SearchView:
    """The search page."""

    data_url: str
    total: int
    facets: tuple[Facet, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """The page, and what it searches: one short row for each document, newest first."""
    view = SearchView(DATA, len(library), (Facet("按类型浏览", kind_links(library)),))
    yield Page(
        "search/index.html", "search/search.html", column_head(settings, _COLUMN), {"search": view}
    )
    yield File(
        DATA,
        json.dumps(
            {"documents": list(_rows(library))}, ensure_ascii=False, separators=(",", ":")
        ).encode(),
    )


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _rows(library: Library) -> Iterator[list[str]]:
    """Title, url, number, issuer, day, type, keywords of each document."""
    for document in library:
        record = document.record
        yield [
            record.title,
            document.url,
            getattr(record, "number", None) or "",
            short_name(getattr(record, "issuer", None) or "", library),
            f"{record.published:%Y-%m-%d}",
            record.label,
            " ".join(record.keywords),
        ]
