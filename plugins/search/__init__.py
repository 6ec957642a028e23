"""检索: the page that searches all public documents in the browser, and what it searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import Bundle, Output, Page, Shown
from plugins.presenting import Column, block_column, cards, column_head, kind_links
from plugins.problems import Problem
from plugins.records import Block, Package
from plugins.search.bundle import bundle
from plugins.search.directory import NAME, URL, directory
from plugins.settings import Settings
from plugins.views import Facet, Group, Link

FOLDER = "search/"
_NEWEST = 3
_PURPOSE = "在全部公开信息的正文、标题、文号里查找，按类型、机关、年份等筛选。"
_COLUMN = Column("检索", FOLDER, _PURPOSE, "信息公开目录")


@dataclass(frozen=True)
class SearchView:
    """The search page."""

    base: str
    """The folder of what it searches."""
    total: int
    facets: tuple[Facet, ...]
    groups: tuple[Group, ...]
    """What to look at without a question."""
    ways: tuple[Link, ...]
    """Where to go on when nothing was found."""


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """The page, the files that it searches, and what can be found without it."""
    yield Page("search/index.html", "search/search.html", _page)
    yield Page(f"{URL}index.html", "search/directory.html", directory)
    yield Bundle(FOLDER, bundle)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _page(library: Library, settings: Settings) -> Shown:
    packages = cards(library.of(Package)[:_NEWEST], library, settings)
    view = SearchView(
        base=FOLDER,
        total=len(library),
        facets=(Facet("按类型浏览", kind_links(library)),),
        groups=(Group("最近的政策包", "packages", packages),) if packages else (),
        ways=(
            Link("按要素检索标准目录", "catalog/find/"),
            Link(NAME, URL),
            Link("法定主动公开内容", "columns/statutory/"),
            *((Link("政策咨询综合服务窗口", "consult/"),) if library.window else ()),
            Link("没有公开的，可以申请公开", block_column(Block.REQUEST, library).url),
        ),
    )
    return column_head(settings, _COLUMN), {"search": view}
