"""检索: find a document by the words of its title, number, issuer or keywords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import File, Output, Page, Shown, compact_json
from plugins.presenting import Column, column_head, kind_links, short_name
from plugins.problems import Problem
from plugins.records import Record
from plugins.settings import Settings
from plugins.views import Facet

DATA = "search/documents.json"
ROWS = "search/documents/"
_COLUMN = Column("检索", "search/", "按标题、文号、发文机关和关键词查找公开文件。", "信息公开目录")


@dataclass(frozen=True)
class SearchView:
    """The search page."""

    data_url: str
    total: int
    facets: tuple[Facet, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """The page, and what it searches: a list of years, and a file of short rows for each."""
    yield Page("search/index.html", "search/search.html", _page)
    yield File(DATA, _years)
    for year in library.values("published"):
        yield File(f"{ROWS}{year}.json", _rows, (year,))


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _page(library: Library, settings: Settings) -> Shown:
    view = SearchView(DATA, len(library), (Facet("按类型浏览", kind_links(library)),))
    return column_head(settings, _COLUMN), {"search": view}


def _years(library: Library, settings: Settings) -> bytes:  # noqa: ARG001  # an output's `make`
    """Addresses of the rows of each year, the newest first, counted from the site's root."""
    years = sorted(library.values("published"), reverse=True)
    return compact_json({"files": [f"{ROWS}{year}.json" for year in years]})


def _rows(library: Library, settings: Settings, year: str) -> bytes:  # noqa: ARG001  # the same
    documents = library.look_up("published", year)
    return compact_json(
        {"documents": [_row(document.record, document.url, library) for document in documents]}
    )


def _row(record: Record, url: str, library: Library) -> list[str]:
    """Title, url, number, issuer, day, type, keywords of a document."""
    return [
        record.title,
        url,
        getattr(record, "number", None) or "",
        short_name(getattr(record, "issuer", None) or "", library),
        f"{record.published:%Y-%m-%d}",
        record.label,
        " ".join(record.keywords),
    ]
