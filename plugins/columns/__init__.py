"""政府信息公开: the five blocks of the statutory column (国办公开办函〔2019〕61号) and its tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.columns import freshness, regulations
from plugins.columns.tree import ROOT, documents_of, newest_day, url_of
from plugins.library import Library, TreeColumn, columns_of
from plugins.library.columns import REGULATIONS, SPECIAL, STATUTORY, faults_of
from plugins.outputs import Output, Page, Report, Shown
from plugins.paging import Listing, by_years
from plugins.presenting import (
    Column,
    block_column,
    cards,
    column_head,
    day_fact,
    described,
    organ_fact,
    short_name,
    written_day,
)
from plugins.problems import Mark, Problem, Severity
from plugins.reading import Document
from plugins.reading.names import COLUMNS, SHOWN
from plugins.records import Block, Record
from plugins.settings import Settings
from plugins.views import Card, Fact, Link

SHOWN_CARDS = 5
"""How many documents of each column an index shows at once."""
INDEX = Column(
    "政府信息公开",
    ROOT,
    "政府信息公开指南、制度、法定主动公开内容、年报和依申请公开。",
    "信息公开目录",
)
_TEMPLATE = "columns/column.html"


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


@dataclass(frozen=True)
class Item:
    """One column in the catalogue: what it is for, who keeps it, how new it is."""

    name: str
    url: str
    description: str
    note: str


@dataclass(frozen=True)
class ItemGroup:
    """A titled part of the catalogue."""

    title: str
    anchor: str
    law: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class CatalogueView:
    """法定主动公开内容: every column of 条例 20 and 21."""

    title: str
    intro: str
    law: str
    groups: tuple[ItemGroup, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """One page for each block, an index of them, and one list for each column of the tree."""
    yield Page(f"{INDEX.url}index.html", _TEMPLATE, _index)
    for block in Block:
        column = block_column(block, library)
        if block is Block.STATUTORY:
            yield Page(f"{column.url}index.html", "columns/catalogue.html", _catalogue)
        elif column.url.startswith(INDEX.url):
            yield Page(f"{column.url}index.html", _TEMPLATE, _block, (block,))
    for one in columns_of(library).lists:
        yield from by_years(_listing(one, library, settings), documents_of(one, library), library)
    yield from regulations.pages(library)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """What is wrong in the table of columns; a column said to be inapplicable holds nothing."""
    yield from faults_of(library)
    for column in columns_of(library).leaves:
        told = column.inapplicable and not column.retired
        if told and (found := documents_of(column, library)):
            yield Problem(
                f"{SHOWN}/{COLUMNS}",
                Mark(column.line),
                f"“{column.name}”写了不适用，却有 {len(found)} 件",
                "清空这一行的“不适用理由”，或者把这些文件移到别的栏目",
                "不适用理由",
                Severity.REMINDER,
            )


def report(library: Library, settings: Settings) -> Iterator[Report]:
    """Freshness of every column; the official texts of 法规规章."""
    yield from freshness.report(library, settings)
    yield from regulations.report(library, settings)


def _shown(
    library: Library,
    settings: Settings,
    column: Column,
    view: ColumnView | CatalogueView,
    crumbs: tuple[Link, ...],
) -> Shown:
    head = column_head(settings, column, crumbs=crumbs)
    blocks = tuple(Link(c.name, c.url) for c in (block_column(block, library) for block in Block))
    special = columns_of(library).under(SPECIAL)
    others = tuple(Link(column.name, url_of(column, library)) for column in special)
    return head, {"column": view, "blocks": (*blocks, *others)}


def _index(library: Library, settings: Settings) -> Shown:
    sections = (
        *(
            Section(
                block.value,
                block.name.lower(),
                block_column(block, library).description,
                cards(_pages(block, library)[:SHOWN_CARDS], library, settings),
                Link(f"进入{block.value}", block_column(block, library).url),
            )
            for block in Block
        ),
        *(
            Section(
                column.name,
                column.key,
                column.description,
                cards(_shown_of(column, library, settings)[:SHOWN_CARDS], library, settings),
                Link(f"进入{column.name}", url_of(column, library)),
            )
            for column in columns_of(library).under(SPECIAL)
        ),
    )
    view = ColumnView(INDEX.name, INDEX.description, "国办公开办函〔2019〕61号", "", sections)
    return _shown(library, settings, INDEX, view, ())


def _shown_of(
    column: TreeColumn, library: Library, settings: Settings
) -> Sequence[Document[Record]]:
    """What an index shows of a column: of 法规规章 only those in force."""
    if column.key == REGULATIONS:
        return regulations.in_force(library, settings)
    return documents_of(column, library)


def _block(library: Library, settings: Settings, block: Block) -> Shown:
    column = block_column(block, library)
    law = columns_of(library)[block.name.lower()].law
    found = cards(_pages(block, library), library, settings)
    sections = (Section(block.value, "list", "", found, None),)
    view = ColumnView(column.name, column.description, law, "", sections)
    return _shown(library, settings, column, view, (Link(INDEX.name, INDEX.url),))


def _pages(block: Block, library: Library) -> list[Document[Record]]:
    return sorted(library.look_up("block", block.name), key=lambda d: d.record.order)


def _catalogue(library: Library, settings: Settings) -> Shown:
    tree = columns_of(library)
    column = block_column(Block.STATUTORY, library)
    headings = [one for one in tree.under(STATUTORY) if not one.gathers]
    loose = tuple(one for one in tree.under(STATUTORY) if one.gathers)
    groups = [
        _group(one.name, one.key, one.law, tree.under(one.key), library, settings)
        for one in headings
    ]
    if loose:
        groups.append(_group("其他栏目", "loose", "", loose, library, settings))
    view = CatalogueView(
        column.name,
        column.description,
        tree[STATUTORY].law,
        tuple(group for group in groups if group.items),
    )
    return _shown(library, settings, column, view, (Link(INDEX.name, INDEX.url),))


def _group(  # noqa: PLR0913, PLR0917  # what a group shows
    title: str,
    anchor: str,
    law: str,
    columns: tuple[TreeColumn, ...],
    library: Library,
    settings: Settings,
) -> ItemGroup:
    return ItemGroup(
        title, anchor, law, tuple(_item(column, library, settings) for column in columns)
    )


def _item(column: TreeColumn, library: Library, settings: Settings) -> Item:
    newest = newest_day(column, library, settings)
    count = len(documents_of(column, library))
    note = f"{count} 件，{written_day(newest)}" if newest else "目前没有内容"
    if column.inapplicable and not newest:
        note = "不适用"
    description = column.description.rstrip("。")
    if column.owner:
        description += f"。责任单位：{short_name(column.owner, library)}"
    return Item(column.name, url_of(column, library), description, note)


def _listing(column: TreeColumn, library: Library, settings: Settings) -> Listing:
    """The list of one column; what is known of it stands above, be there a document or none."""
    tree = columns_of(library)
    above = [Link(INDEX.name, INDEX.url)]
    title = column.name
    if any(one.key == STATUTORY for one in tree.above(column)):
        statutory = block_column(Block.STATUTORY, library)
        above.append(Link(statutory.name, statutory.url))
        title = f"{statutory.name}：{column.name}"
    newest = newest_day(column, library, settings)
    facts = (
        *((Fact("公开依据", column.law, wide=True),) if column.law else ()),
        organ_fact("责任单位", column.owner or None, library),
        Fact("更新时限", str(column.limit)),
        day_fact("最近更新", newest),
        Fact("栏目类型", column.kind),
    )
    meta = described(column, url_of(column, library))
    return Listing(
        meta,
        title,
        meta.url,
        tuple(above),
        column.description,
        empty=_why_empty(column, settings),
        feed=Link(title, meta.url),
        facts=facts,
    )


def _why_empty(column: TreeColumn, settings: Settings) -> str:
    """What a citizen is told while nothing is there: why, and whom to ask."""
    if column.inapplicable:
        return f"本栏目不适用：{column.inapplicable}"
    asked = f"可以联系责任单位{column.owner}，也" if column.owner else ""
    where = f"需要了解有关信息的，{asked}可以依法申请公开。"
    if column.empty:
        return f"本栏目目前没有内容：{column.empty.rstrip('。')}。{where}"
    days = settings.county.timely_days
    return f"本栏目目前没有内容。有关信息形成后，在{days}个工作日内公开。{where}"
