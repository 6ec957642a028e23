"""机构: who does what, where they sit and how to reach them (条例 20（二）)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugins.library import Library
from plugins.outputs import Output, Page, Shown
from plugins.paging import Listing, Shelf, list_page
from plugins.presenting import (
    COLUMN_OF,
    EMPTY,
    PUBLICATIONS,
    cards,
    document_head,
    organ_fact,
    organ_key,
    source_of,
)
from plugins.problems import Problem
from plugins.reading import Document, Heading
from plugins.records import Organ, Policy
from plugins.settings import Settings
from plugins.views import Card, Fact, Link, Tag

SHOWN = 10
"""How many of a body's documents its page shows."""
_COLUMN = COLUMN_OF[Organ]


@dataclass(frozen=True)
class OrganView:
    """A body's page."""

    title: str
    short_name: str
    tags: tuple[Tag, ...]
    facts: tuple[Fact, ...]
    html: str
    outline: tuple[Heading, ...]
    cards: tuple[Card, ...]
    published: datetime
    source: str
    more: Link | None


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """A page for each body, and an index by their kinds."""
    for organ in library.of(Organ):
        yield Page(f"{organ.url}index.html", "organs/organ.html", _page, (organ,))
    yield _index(library)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: bodies are checked by the library's rules."""
    yield from ()


def _page(library: Library, settings: Settings, organ: Document[Organ]) -> Shown:
    name = organ.record.title
    published = library.gathered((f"{kind.folder}.issuer", name) for kind in PUBLICATIONS)
    policies = library.look_up(f"{Policy.folder}.issuer", name)
    key = organ_key(name, library)
    more = Link(f"全部政策文件 {len(policies)} 件", f"policies/issuer/{key}/") if policies else None
    body = organ.body
    view = OrganView(
        title=name,
        short_name=organ.record.short_name,
        tags=(Tag(organ.record.kind, "brand"),),
        facts=tuple(_facts(organ, library)),
        html=body.html,
        outline=body.headings,
        cards=cards(published[:SHOWN], library, settings),
        published=organ.record.published,
        source=source_of(organ.record) or settings.county.authority,
        more=more,
    )
    feed = Link(name, organ.url)
    head = document_head(
        organ, library, settings, _COLUMN, (Link(_COLUMN.name, _COLUMN.url),), feed=feed
    )
    return head, {"organ": view}


def _facts(organ: Document[Organ], library: Library) -> Iterator[Fact]:
    record = organ.record
    yield Fact("办公地址", record.address or EMPTY, wide=True)
    yield Fact("办公时间", record.hours or EMPTY, wide=True)
    yield Fact("联系电话", record.phone or EMPTY, f"tel:{record.phone}" if record.phone else "")
    yield Fact("传真号码", record.fax or EMPTY)
    yield Fact("互联网联系方式", record.email or EMPTY)
    yield Fact("邮政编码", record.postcode or EMPTY)
    yield Fact("负责人姓名", record.leader or EMPTY)
    yield Fact("咨询答复", record.answers or EMPTY, wide=True)
    yield Fact("统一社会信用代码", record.credit_code or EMPTY)
    if record.parent:
        yield organ_fact("上级机构", record.parent, library)


def _index(library: Library) -> Page:
    organs = library.in_order(Organ)
    shelves = (
        Shelf(term.name, term.key, found)
        for term in library.vocabularies["organ_kinds"].terms
        if (found := tuple(d for d in organs if d.record.kind == term.name))
    )
    listing = Listing(_COLUMN, _COLUMN.name, _COLUMN.url, (), Organ.purpose)
    return list_page(listing, shelves, len(organs))
