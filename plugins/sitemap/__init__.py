"""站点地图: for citizens and for machines; robots.txt; the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from plugins.library import Library
from plugins.library.columns import ROOT
from plugins.outputs import File, Output, Page, Shown
from plugins.presenting import (
    MENU,
    SERVICES,
    WINDOW,
    Column,
    block_column,
    column_head,
    kind_links,
    year_links,
)
from plugins.problems import Problem
from plugins.records import Block, Question, Topic
from plugins.records import Page as PageRecord
from plugins.settings import Settings
from plugins.views import CountedLink

_COLUMN = Column("站点地图", "sitemap/", "本专区的全部栏目。", "概况信息")
_MISSING = Column("找不到这个页面", "404.html", "您要找的页面不存在，可能已经移走。", "概况信息")


FILES = "sitemaps/"
_DAY = len("2021-07-15")


@dataclass(frozen=True)
class Section:
    """A titled run of links."""

    title: str
    links: tuple[CountedLink, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """sitemap/, sitemap.xml with one file for each year, robots.txt and 404.html."""
    yield Page("sitemap/index.html", "sitemap/sitemap.html", _page)
    yield Page("404.html", "errors/404.html", _missing)
    yield File("sitemap.xml", _index)
    yield File(f"{FILES}columns.xml", _columns)
    for year in library.values("published"):
        yield File(f"{FILES}{year}.xml", _documents, (year,))
    yield File("robots.txt", _robots)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _page(library: Library, settings: Settings) -> Shown:
    return column_head(settings, _COLUMN), {"sections": _sections(library, settings)}


def _missing(library: Library, settings: Settings) -> Shown:  # noqa: ARG001  # an output's `make`
    return column_head(settings, _MISSING), {}


def _robots(library: Library, settings: Settings) -> bytes:  # noqa: ARG001  # the same
    return f"User-agent: *\nAllow: /\n\nSitemap: {settings.absolute('sitemap.xml')}\n".encode()


def _sections(library: Library, settings: Settings) -> tuple[Section, ...]:
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
        Section("服务和数据", tuple(_services(library, settings))),
        Section("政策文件按年份", year_links(library)),
        Section(
            "专题",
            tuple(CountedLink(d.record.title, d.url, len(library.members(d))) for d in topics),
        ),
    )


def _services(library: Library, settings: Settings) -> Iterator[CountedLink]:
    """The services that this site has: some rooms build no page while they have nothing."""
    first_year = settings.county.rates_since
    has_rates = any(int(year) >= first_year for year in library.values("to-interpret"))
    is_there = {
        WINDOW.url: library.window is not None,
        "questions/typical/": bool(library.count(Question)),
        "rates/": has_rates,
    }
    for link in (WINDOW, *SERVICES):
        if is_there.get(link.url, True):
            yield CountedLink(link.label, link.url, 0)


def _index(library: Library, settings: Settings) -> bytes:
    """The site maps by year: a new document changes that of its year only."""
    names = ["columns", *sorted(library.values("published"))]
    return _xml(
        "sitemapindex",
        (f"<sitemap><loc>{_address(settings, f'{FILES}{n}.xml')}</loc></sitemap>" for n in names),
    )


def _columns(library: Library, settings: Settings) -> bytes:
    columns = [link.url for link in MENU] + ["pages/"]
    columns += [link.url for link in _services(library, settings)]
    columns += [url for b in Block if (url := block_column(b, library).url).startswith(ROOT)]
    places = dict.fromkeys(columns)
    return _xml("urlset", (f"<url><loc>{_address(settings, url)}</loc></url>" for url in places))


def _documents(library: Library, settings: Settings, year: str) -> bytes:
    """Documents of one year, the newest first; <lastmod> is the day of publication."""
    return _xml(
        "urlset",
        (
            f"<url><loc>{_address(settings, d.url)}</loc>"
            f"<lastmod>{library.published(d)[:_DAY]}</lastmod></url>"
            for d in library.look_up("published", year)
        ),
    )


def _address(settings: Settings, url: str) -> str:
    return escape(settings.absolute(url))


def _xml(root: str, rows: Iterable[str]) -> bytes:
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *rows,
            f"</{root}>\n",
        )
    ).encode()
