"""检索: the page that searches all public documents in the browser, and what it searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import Bundle, Output, Page, Shown
from plugins.presenting import Column, column_head, kind_links
from plugins.problems import Problem
from plugins.search.bundle import MANIFEST, bundle
from plugins.settings import Settings
from plugins.views import Facet

FOLDER = "search/"
_PURPOSE = "在全部公开信息的正文、标题、文号里查找，按类型、机关、年份等筛选。"
_COLUMN = Column(
    "检索",
    FOLDER,
    _PURPOSE,
    "信息公开目录",
)


@dataclass(frozen=True)
class SearchView:
    """The search page."""

    manifest_url: str
    total: int
    facets: tuple[Facet, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """The page, and the files that it searches."""
    yield Page("search/index.html", "search/search.html", _page)
    yield Bundle(FOLDER, bundle)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _page(library: Library, settings: Settings) -> Shown:
    facets = (Facet("按类型浏览", kind_links(library)),)
    return column_head(settings, _COLUMN), {
        "search": SearchView(f"{FOLDER}{MANIFEST}", len(library), facets)
    }
