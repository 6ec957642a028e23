"""政府信息公开: the five blocks of the statutory column (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import Output, Page
from plugins.paging import Listing, by_years
from plugins.presenting import Column, block_column, cards, column_head
from plugins.problems import Problem
from plugins.reading import Document
from plugins.records import Block, Organ, Publication, Record
from plugins.records import Page as PageRecord
from plugins.records.vocabularies import Term
from plugins.settings import Settings
from plugins.views import Card, Link

Items = dict[Term, list[Document[Record]]]
SHOWN = 5
"""How many documents of each item the block 法定主动公开内容 shows at once."""
INDEX = Column(
    "政府信息公开",
    "columns/",
    "政府信息公开指南、制度、法定主动公开内容、年报和依申请公开。",
    "信息公开目录",
)
STATUTORY = "columns/statutory/"
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


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """One page for each block, an index of them, and one list for each statutory item."""
    items = _items(library)
    yield _index(library, settings)
    for block in Block:
        if block_column(block, library).url.startswith(INDEX.url):
            yield _block(block, items, library, settings)
    for term, found in items.items():
        if found:
            yield from by_years(_item(term, found), library, settings)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend yet: every block has a page even while it is empty."""
    yield from ()


def _page(
    library: Library, settings: Settings, column: Column, view: ColumnView, crumbs: tuple[Link, ...]
) -> Page:
    head = column_head(settings, column, crumbs=crumbs)
    blocks = tuple(Link(c.name, c.url) for c in (block_column(block, library) for block in Block))
    return Page(
        f"{column.url}index.html",
        "columns/column.html",
        head,
        {"column": view, "blocks": blocks},
    )


def _index(library: Library, settings: Settings) -> Page:
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
    return _page(library, settings, INDEX, view, ())


def _block(block: Block, items: Items, library: Library, settings: Settings) -> Page:
    column = block_column(block, library)
    if block is Block.STATUTORY:
        sections = tuple(_statutory(items, library, settings))
    else:
        found = cards(_pages(block, library), library, settings)
        sections = (Section(block.value, "list", "", found, None),)
    view = ColumnView(column.name, column.description, _LAW[block], "", sections)
    return _page(library, settings, column, view, (Link(INDEX.name, INDEX.url),))


def _pages(block: Block, library: Library) -> list[Document[PageRecord]]:
    found = [d for d in library.of(PageRecord) if d.record.block is block]
    return sorted(found, key=lambda d: d.record.order)


def _statutory(items: Items, library: Library, settings: Settings) -> Iterator[Section]:
    for term, found in items.items():
        more = Link(f"全部 {len(found)} 件", _item_url(term)) if found else None
        yield Section(term.name, term.key, term.note, cards(found[:SHOWN], library, settings), more)


def _items(library: Library) -> Items:
    """The documents of each item of 条例 20 and 21: as they say, or else by their type."""
    terms = library.vocabularies["columns"].terms
    items: Items = {term: [] for term in terms}
    by_name = {term.name: term for term in terms}
    by_key = {term.key: term for term in terms}
    for document in library:
        record = document.record
        said = [by_name.get(name) for name in dict.fromkeys(getattr(record, "columns", ()))]
        if not said and isinstance(record, (Publication, Organ)):
            said = [by_key.get(record.column)]
        for term in filter(None, said):
            items[term].append(document)
    return items


def _item_url(term: Term) -> str:
    return f"{STATUTORY}{term.key}/"


def _item(term: Term, found: list[Document[Record]]) -> Listing:
    column = Column(term.name, _item_url(term), term.note or term.name, "信息公开目录")
    title = f"{Block.STATUTORY.value}：{term.name}"
    above = (Link(INDEX.name, INDEX.url), Link(Block.STATUTORY.value, STATUTORY))
    return Listing(column, title, column.url, found, above, term.note)
