"""站点地图: for citizens and for machines; robots.txt; the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from plugins.library import Library
from plugins.outputs import File, Output, Page
from plugins.presenting import MENU, Column, block_column, column_head, kind_links, year_links
from plugins.problems import Problem
from plugins.records import Block, Topic
from plugins.records import Page as PageRecord
from plugins.settings import Settings
from plugins.views import CountedLink

_COLUMN = Column("站点地图", "sitemap/", "本专区的全部栏目。", "概况信息")
_MISSING = Column("找不到这个页面", "404.html", "您要找的页面不存在，可能已经移走。", "概况信息")


@dataclass(frozen=True)
class Section:
    """A titled run of links."""

    title: str
    links: tuple[CountedLink, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """sitemap/, sitemap.xml, robots.txt and 404.html."""
    head = column_head(settings, _COLUMN)
    yield Page("sitemap/index.html", "sitemap/sitemap.html", head, {"sections": _sections(library)})
    yield Page("404.html", "errors/404.html", column_head(settings, _MISSING), {})
    yield File("sitemap.xml", _xml(library, settings).encode())
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {settings.absolute('sitemap.xml')}\n"
    yield File("robots.txt", robots.encode())


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _sections(library: Library) -> tuple[Section, ...]:
    pages = library.in_order(PageRecord)
    topics = library.in_order(Topic)
    blocks = tuple(
        CountedLink(
            block.value,
            block_column(block, library).url,
            sum(d.record.block is block for d in pages),
        )
        for block in Block
        if block is not Block.STATUTORY
    )
    return (
        Section("政府信息公开", (*blocks, CountedLink("全部常设页面", "pages/", len(pages)))),
        Section("公开内容", kind_links(library)),
        Section("政策文件按年份", year_links(library)),
        Section(
            "专题",
            tuple(CountedLink(d.record.title, d.url, len(library.members(d))) for d in topics),
        ),
    )


def _xml(library: Library, settings: Settings) -> str:
    """Columns and documents, oldest last; <lastmod> is the day of publication."""
    columns = [link.url for link in MENU] + ["pages/"]
    columns += [url for b in Block if (url := block_column(b, library).url).startswith("columns/")]
    rows = [f"<url><loc>{escape(settings.absolute(url))}</loc></url>" for url in columns]
    rows += [
        f"<url><loc>{escape(settings.absolute(d.url))}</loc>"
        f"<lastmod>{d.record.published:%Y-%m-%d}</lastmod></url>"
        for d in library
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
