"""政府信息公开: the five blocks of the statutory column (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import Output, Page
from plugins.presenting import Column, cards, column_head
from plugins.problems import Problem
from plugins.reading import Document
from plugins.records import Block, Organ, Publication, Record
from plugins.records import Page as PageRecord
from plugins.records.vocabularies import Term
from plugins.settings import Settings
from plugins.views import Card, Group, Link, ListView

SHOWN = 5
"""How many documents of each item the block 法定主动公开内容 shows at once."""
INDEX = Column(
    "政府信息公开",
    "columns/",
    "政府信息公开指南、制度、法定主动公开内容、年报和依申请公开。",
    "信息公开目录",
)
_LAW = {
    Block.GUIDE: "《中华人民共和国政府信息公开条例》第十二条",
    Block.RULES: "国办公开办函〔2019〕61号",
    Block.STATUTORY: "《中华人民共和国政府信息公开条例》第二十条、第二十一条",
    Block.REPORTS: "《中华人民共和国政府信息公开条例》第四十九条、第五十条",
    Block.REQUEST: "《中华人民共和国政府信息公开条例》第二十七条至第四十五条",
}
_INTRO = {
    Block.GUIDE: "政府信息的分类、编排体系和获取方式，政府信息公开工作机构的联系方式。",
    Block.RULES: "政府信息公开的法规、规章和本区工作制度。",
    Block.STATUTORY: "依照条例应当主动公开的各类政府信息。",
    Block.REPORTS: "历年政府信息公开工作年度报告。",
    Block.REQUEST: "没有主动公开的政府信息，可以依法申请获取。",
}
_KIND = {
    Block.GUIDE: "信息公开指南",
    Block.RULES: "政策文件",
    Block.STATUTORY: "信息公开目录",
    Block.REPORTS: "信息公开年报",
    Block.REQUEST: "依申请公开",
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


def url_of(block: Block) -> str:
    """Where a block stands."""
    return f"columns/{block.name.lower()}/"


BLOCK_LINKS = tuple(Link(block.value, url_of(block)) for block in Block)


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """One page for each block, an index of them, and one list for each statutory item."""
    yield _index(library, settings)
    for block in Block:
        yield _block(block, library, settings)
    for term in library.vocabularies["columns"].terms:
        if _belonging(term, library):
            yield _item(term, library, settings)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend yet: every block has a page even while it is empty."""
    yield from ()


def _column(block: Block) -> Column:
    return Column(block.value, url_of(block), _INTRO[block], _KIND[block])


def _page(settings: Settings, column: Column, view: ColumnView, crumbs: tuple[Link, ...]) -> Page:
    head = column_head(settings, column, crumbs=crumbs)
    return Page(
        f"{column.url}index.html",
        "columns/column.html",
        head,
        {"column": view, "blocks": BLOCK_LINKS},
    )


def _index(library: Library, settings: Settings) -> Page:
    sections = tuple(
        Section(
            block.value,
            block.name.lower(),
            _INTRO[block],
            cards(_pages(block, library)[:SHOWN], library, settings),
            Link(f"进入{block.value}", url_of(block)),
        )
        for block in Block
    )
    view = ColumnView(INDEX.name, INDEX.description, "国办公开办函〔2019〕61号", "", sections)
    return _page(settings, INDEX, view, ())


def _block(block: Block, library: Library, settings: Settings) -> Page:
    if block is Block.STATUTORY:
        sections = tuple(_statutory(library, settings))
    else:
        found = cards(_pages(block, library), library, settings)
        sections = (Section(block.value, "list", "", found, None),)
    view = ColumnView(block.value, _INTRO[block], _LAW[block], "", sections)
    return _page(settings, _column(block), view, (Link(INDEX.name, INDEX.url),))


def _pages(block: Block, library: Library) -> list[Document[PageRecord]]:
    found = [d for d in library.of(PageRecord) if d.record.block is block]
    return sorted(found, key=lambda d: d.record.order)


def _statutory(library: Library, settings: Settings) -> Iterator[Section]:
    for term in library.vocabularies["columns"].terms:
        found = _belonging(term, library)
        more = Link(f"全部 {len(found)} 件", _item_url(term)) if found else None
        yield Section(term.name, term.key, term.note, cards(found[:SHOWN], library, settings), more)


def _belonging(term: Term, library: Library) -> list[Document[Record]]:
    """The documents of one item of 条例 20 and 21: as they say, or else by their type."""
    return [d for d in library if term.name in _columns_of(d, library)]


def _columns_of(document: Document[Record], library: Library) -> tuple[str, ...]:
    said = getattr(document.record, "columns", ())
    if said or not isinstance(document.record, (Publication, Organ)):
        return tuple(said)
    key = document.record.column
    return tuple(t.name for t in library.vocabularies["columns"].terms if t.key == key)


def _item_url(term: Term) -> str:
    return f"{url_of(Block.STATUTORY)}{term.key}/"


def _item(term: Term, library: Library, settings: Settings) -> Page:
    found = cards(_belonging(term, library), library, settings)
    column = Column(term.name, _item_url(term), term.note or term.name, "信息公开目录")
    crumbs = (Link(INDEX.name, INDEX.url), Link(Block.STATUTORY.value, url_of(Block.STATUTORY)))
    head = column_head(settings, column, crumbs=crumbs)
    groups = (Group(term.name, "list", found),)
    view = ListView(term.name, term.note, len(found), groups, crumbs[-1])
    return Page(f"{column.url}index.html", "listings/list.html", head, {"listing": view})
