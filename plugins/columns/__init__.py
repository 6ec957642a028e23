"""政府信息公开: the five blocks of the statutory column (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import Output, Page, Shown
from plugins.paging import Listing, by_years
from plugins.presenting import Column, block_column, cards, column_head
from plugins.problems import Problem
from plugins.reading import Document
from plugins.records import Block, Record
from plugins.records.vocabularies import Term
from plugins.settings import Settings
from plugins.views import Card, Link

SHOWN = 5
"""How many documents of each item the block 法定主动公开内容 shows at once."""
INDEX = Column(
    "政府信息公开",
    "columns/",
    "政府信息公开指南、制度、法定主动公开内容、年报和依申请公开。",
    "信息公开目录",
)
STATUTORY = "columns/statutory/"
_TEMPLATE = "columns/column.html"
_LAW = {
    Block.GUIDE: "《中华人民共和国政府信息公开条例》第十二条",
    Block.RULES: "国办公开办函〔2019〕61号",
    Block.STATUTORY: "《中华人民共和国政府信息公开条例》第二十条、第二十一条",
    Block.REPORTS: "《中华人民共和国政府信息公开条例》第四十九条、第五十条",
    Block.REQUEST: "《中华人民共和国政府信息公开条例》第二十七条至第四十五条",
}


@dataclass(frozen=True)
class Section:
    """One titled part of a block's page."""

    title: str
    anchor: str
    note: str
    cards: tuple[Card, ...]
    more: Link | None


@dataclass(frozen=True)
class ColumnView:
    """A block's page."""

    title: str
    intro: str
    law: str
    html: str
    sections: tuple[Section, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """One page for each block, an index of them, and one list for each statutory item."""
    yield Page(f"{INDEX.url}index.html", _TEMPLATE, _index)
    for block in Block:
        column = block_column(block, library)
        if column.url.startswith(INDEX.url):
            yield Page(f"{column.url}index.html", _TEMPLATE, _block, (block,))
    for term in library.vocabularies["columns"].terms:
        if found := _documents_of(term, library):
            yield from by_years(_item(term), found, library)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend yet: every block has a page even while it is empty."""
    yield from ()


def _shown(
    library: Library, settings: Settings, column: Column, view: ColumnView, crumbs: tuple[Link, ...]
) -> Shown:
    head = column_head(settings, column, crumbs=crumbs)
    blocks = tuple(Link(c.name, c.url) for c in (block_column(block, library) for block in Block))
    return head, {"column": view, "blocks": blocks}


def _index(library: Library, settings: Settings) -> Shown:
    sections = tuple(
        Section(
            block.value,
            block.name.lower(),
            block_column(block, library).description,
            cards(_pages(block, library)[:SHOWN], library, settings),
            Link(f"进入{block.value}", block_column(block, library).url),
        )
        for block in Block
    )
    view = ColumnView(INDEX.name, INDEX.description, "国办公开办函〔2019〕61号", "", sections)
    return _shown(library, settings, INDEX, view, ())


def _block(library: Library, settings: Settings, block: Block) -> Shown:
    column = block_column(block, library)
    if block is Block.STATUTORY:
        sections = tuple(_statutory(library, settings))
    else:
        found = cards(_pages(block, library), library, settings)
        sections = (Section(block.value, "list", "", found, None),)
    view = ColumnView(column.name, column.description, _LAW[block], "", sections)
    return _shown(library, settings, column, view, (Link(INDEX.name, INDEX.url),))


def _pages(block: Block, library: Library) -> list[Document[Record]]:
    return sorted(library.look_up("block", block.name), key=lambda d: d.record.order)


def _statutory(library: Library, settings: Settings) -> Iterator[Section]:
    for term in library.vocabularies["columns"].terms:
        found = _documents_of(term, library)
        more = Link(f"全部 {len(found)} 件", _item_url(term)) if found else None
        yield Section(term.name, term.key, term.note, cards(found[:SHOWN], library, settings), more)


def _documents_of(term: Term, library: Library) -> list[Document[Record]]:
    """The documents of an item of 条例 20 or 21: as they say, or else by their type."""
    return library.gathered((("column", term.name), ("default-column", term.key)))


def _item_url(term: Term) -> str:
    return f"{STATUTORY}{term.key}/"


def _item(term: Term) -> Listing:
    column = Column(term.name, _item_url(term), term.note or term.name, "信息公开目录")
    title = f"{Block.STATUTORY.value}：{term.name}"
    above = (Link(INDEX.name, INDEX.url), Link(Block.STATUTORY.value, STATUTORY))
    return Listing(column, title, column.url, above, term.note, feed=Link(title, column.url))
