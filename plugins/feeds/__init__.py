"""订阅和数据: feeds of everything, a twin of each document for machines, lists for platforms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from plugins.feeds.channels import FAMILIES
from plugins.feeds.lists import list_files
from plugins.library import Library
from plugins.outputs import File, Output, Page, Shown
from plugins.presenting import FEEDS, TWIN, Column, column_head, feed_address, twin_address
from plugins.problems import Problem
from plugins.settings import Settings
from plugins.syndication import channel_files
from plugins.twins import SCHEMA, schema, twin
from plugins.views import Link

_COLUMN = Column(
    "订阅和数据", FEEDS, "订阅各栏目、专题和机构新公开的文件，下载公开文件的数据。", "数据开放"
)
_OPML = "feeds/index.opml"
_DATA = (
    Link("文件清单（表格，按年份）", "feeds/documents.csv"),
    Link("文件清单（JSON，按年份）", "feeds/documents.json"),
    Link("历年规划计划（表格）", "feeds/documents/plans.csv"),
    Link("历年规划计划（JSON）", "feeds/documents/plans.json"),
    Link("数据目录（DCAT）", "feeds/catalog.jsonld"),
    Link("单份文件数据的格式说明（JSON Schema）", SCHEMA),
)


@dataclass(frozen=True)
class ChannelView:
    """One thing to subscribe to, in both formats."""

    title: str
    atom: str
    json: str


@dataclass(frozen=True)
class FamilyView:
    """Channels of one sort."""

    title: str
    anchor: str
    channels: tuple[ChannelView, ...]


@dataclass(frozen=True)
class FeedsView:
    """The page 订阅和数据."""

    title: str
    opml: str
    families: tuple[FamilyView, ...]
    data: tuple[Link, ...]
    terms: str


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """Two feeds for each channel, their index for people and programmes, twins, lists."""
    yield Page(f"{FEEDS}index.html", "feeds/feeds.html", _page)
    yield File(_OPML, _opml)
    for family in FAMILIES:
        for channel in family.channels(library):
            yield from channel_files(channel)
    yield File(SCHEMA, schema)
    for document in library:
        yield File(twin_address(document), twin, (document,))
    yield from list_files(library)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """No file of a document may have the name under which its data lie."""
    for path in library.values("uses"):
        folder, _, name = path.rpartition("/")
        if name.lower() in {TWIN, "index.html"}:
            for user in library.look_up("uses", path):
                yield user.problem(
                    "attachments",
                    f"文件名“{name}”留给网页自己用",
                    f"把 content/{folder}/{name} 改名，例如：附件1.{name.rpartition('.')[2]}",
                )


def _page(library: Library, settings: Settings) -> Shown:
    families = tuple(
        FamilyView(
            family.title,
            family.anchor,
            tuple(
                ChannelView(channel.short or channel.title, f"{address}.xml", f"{address}.json")
                for channel in family.channels(library)
                for address in (feed_address(channel.url),)
            ),
        )
        for family in FAMILIES
    )
    view = FeedsView(_COLUMN.name, _OPML, families, _DATA, settings.county.data_terms)
    return column_head(settings, _COLUMN, feed=Link("最新公开", "")), {"feeds": view}


def _opml(library: Library, settings: Settings) -> bytes:
    """OPML 2.0: every feed in one file that readers take in at once."""
    title = f"{settings.county.zone_name}订阅目录"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(title)}</title></head>",
        "<body>",
    ]
    for family in FAMILIES:
        lines.append(f"<outline text={quoteattr(family.title)}>")
        for channel in family.channels(library):
            address = settings.absolute(f"{feed_address(channel.url)}.xml")
            page = settings.absolute(channel.shown_at or channel.url)
            lines.append(
                f'<outline type="rss" text={quoteattr(channel.title)} '
                f"title={quoteattr(channel.title)} "
                f"xmlUrl={quoteattr(address)} htmlUrl={quoteattr(page)}/>"
            )
        lines.append("</outline>")
    lines += ["</body>", "</opml>\n"]
    return "\n".join(lines).encode()
