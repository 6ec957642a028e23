"""Documents as templates see them: cards, header tables, heads with the government's meta tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import partial

from plugins.library import Library, State, Validity, state_of
from plugins.reading import Document
from plugins.records import (
    Block,
    Catalog,
    Interpretation,
    ListVersion,
    Notice,
    Organ,
    Plan,
    Policy,
    Publication,
    Record,
    Topic,
)
from plugins.records import Page as PageRecord
from plugins.settings import Settings
from plugins.views import Card, CountedLink, Fact, Group, Head, Link, Meta, Site, Tag, Tone

EMPTY = "无"
"""Shown in a header table where nothing was filled in."""
HOME = Link("首页", "")
_FEW = 2

MENU = (
    HOME,
    Link("政府信息公开", "columns/"),
    Link("政策文件", "policies/"),
    Link("政策解读", "interpretations/"),
    Link("规划计划", "plans/"),
    Link("公告公示", "notices/"),
    Link("专题", "topics/"),
    Link("机构", "organs/"),
    Link("检索", "search/"),
)

_ABOUT_THE_SITE = ("pages/accessibility", "pages/about")
"""无障碍声明 and 网站声明, which the footer of every page leads to."""

VALIDITY_TONE: dict[Validity, Tone] = {
    Validity.PENDING: "brand",
    Validity.IN_FORCE: "good",
    Validity.AMENDED: "warn",
    Validity.REPEALED: "stop",
    Validity.EXPIRED: "stop",
}


@dataclass(frozen=True)
class Column:
    """A column of the site as the meta tags of its pages describe it (47号, annex)."""

    name: str
    url: str
    description: str
    kind: str
    """ColumnType: one of the annex's values."""
    keywords: str = "政务公开,政府信息公开"


def site_view(library: Library, settings: Settings) -> Site:
    """What every page knows of the site; the footer leads to those standing pages that exist."""
    county, footer = settings.county, settings.county.footer
    return Site(
        site_name=county.site_name,
        zone_name=county.zone_name,
        authority=county.authority,
        seal=county.seal,
        domain=county.site_domain,
        id_code=county.site_id_code,
        sample=county.sample,
        menu=MENU,
        hotline=county.hotline,
        sponsor=footer.sponsor,
        undertaker=footer.undertaker,
        address=footer.address,
        phone=footer.phone,
        icp=footer.icp,
        police=footer.police,
        error_report_url=footer.error_report_url,
        badge_url=footer.badge_url,
        portal_url=county.portal_url,
        notices=tuple(
            Link(page.record.title, page.url) for page in library.find(_ABOUT_THE_SITE, PageRecord)
        ),
    )


_BLOCKS: dict[Block, tuple[str, str]] = {
    Block.GUIDE: ("公开什么、到哪里查、怎么申请，政府信息公开工作机构怎么联系。", "信息公开指南"),
    Block.RULES: ("政府信息公开的法规、规章和本区工作制度。", "政策文件"),
    Block.STATUTORY: ("机关职能、规划、财政、行政许可等依法主动公开的事项。", "信息公开目录"),
    Block.REPORTS: ("历年政府信息公开工作年度报告。", "信息公开年报"),
    Block.REQUEST: ("没有主动公开的政府信息，可以依法申请获取。", "依申请公开"),
}


def block_column(block: Block, library: Library) -> Column:
    """One of the five blocks; its url is that of its only page, or of a page that lists them."""
    pages = library.look_up("block", block.name)
    alone = len(pages) == 1 and block is not Block.STATUTORY
    url = pages[0].url if alone else f"columns/{block.name.lower()}/"
    description, kind = _BLOCKS[block]
    return Column(block.value, url, description, kind)


def column_head(
    settings: Settings,
    column: Column,
    *,
    title: str = "",
    url: str | None = None,
    crumbs: tuple[Link, ...] = (),
) -> Head:
    """The head of a page that is not a document: a list, an index, the home page."""
    url = column.url if url is None else url
    return Head(
        title=title or column.name,
        url=url,
        description=column.description,
        section=column.url,
        crumbs=(HOME, *crumbs),
        metas=(
            *_site_metas(settings),
            *_column_metas(column),
            Meta("Description", column.description),
        ),
    )


def document_head(
    document: Document[Record], settings: Settings, column: Column, crumbs: tuple[Link, ...]
) -> Head:
    """The head of a document's page, with all meta tags that its record fills."""
    record = document.record
    summary = record.summary or record.title
    article = (
        Meta("ArticleTitle", record.title),
        Meta("PubDate", f"{record.published:%Y-%m-%d %H:%M}"),
        Meta("ContentSource", source_of(record) or settings.county.authority),
        Meta("Keywords", ",".join(record.keywords)),
        Meta("Author", record.author or ""),
        Meta("Description", summary),
        Meta("Image", _image(document, settings)),
        Meta("Url", settings.absolute(document.url)),
    )
    return Head(
        title=record.title,
        url=document.url,
        description=summary,
        section=column.url,
        crumbs=(HOME, *crumbs),
        metas=(
            *_site_metas(settings),
            *_column_metas(column),
            *(meta for meta in article if meta.content),
        ),
    )


def _site_metas(settings: Settings) -> tuple[Meta, ...]:
    county = settings.county
    return (
        Meta("SiteName", county.site_name),
        Meta("SiteDomain", county.site_domain),
        Meta("SiteIDCode", county.site_id_code),
    )


def _column_metas(column: Column) -> tuple[Meta, ...]:
    return (
        Meta("ColumnName", column.name),
        Meta("ColumnDescription", column.description),
        Meta("ColumnKeywords", column.keywords),
        Meta("ColumnType", column.kind),
    )


def _image(document: Document[Record], settings: Settings) -> str:
    for link in document.body.links:
        if link.file.lower().endswith((".png", ".jpg", ".jpeg", ".svg", ".webp")):
            return settings.absolute(document.url + link.file)
    return ""


def source_of(record: Record) -> str:
    """信息来源: as given, or the issuing body."""
    if isinstance(record, Publication) and not record.source:
        return "、".join(record.issuers)
    return record.source or getattr(record, "issuer", None) or ""


def card(document: Document[Record], library: Library, settings: Settings) -> Card:
    """One document as lists show it."""
    record = document.record
    return Card(
        title=record.title,
        url=document.url,
        published=record.published,
        kind=record.label,
        number=getattr(record, "number", None) or "",
        issuer=issuers_in_short(record, library),
        summary=record.summary or "",
        tags=tuple(_card_tags(document, library, settings)),
    )


def _card_tags(document: Document[Record], library: Library, settings: Settings) -> Iterator[Tag]:
    record = document.record
    if isinstance(record, Policy):
        state = state_of(document, library, settings)  # type: ignore[arg-type]
        if state.validity is not Validity.IN_FORCE:
            yield validity_tag(state)
        if count := len(library.interpretations_of(document)):
            yield Tag(f"{count} 份解读", "brand")
    if isinstance(record, Interpretation):
        yield from (Tag(kind) for kind in record.kinds)
    if isinstance(record, Plan):
        yield from (Tag(word) for word in (record.period, record.kind))
    if isinstance(record, Notice):
        yield Tag(record.kind)
        if record.closes and settings.reached(record.closes + timedelta(days=1)):
            yield Tag("已截止", "warn")


def cards(
    documents: Iterable[Document[Record]], library: Library, settings: Settings
) -> tuple[Card, ...]:
    """Documents as a list shows them, in the order given."""
    return tuple(
        library.once(f"card {document.id}", partial(card, document, library, settings))
        for document in documents
    )


def related_groups(
    document: Document[Publication], library: Library, settings: Settings
) -> Iterator[Group]:
    """What a document names and what names it; a run without cards does not exist."""
    record = document.record
    said = [
        *library.find(record.related, Record),
        *library.pointing_at(document.id, "related", Record),
    ]
    topics = library.find([place.topic for place in record.topics], Topic)
    for title, anchor, found in (("相关文件", "related", said), ("所属专题", "topics", topics)):
        unique = {other.id: other for other in found}
        if unique:
            yield Group(title, anchor, cards(unique.values(), library, settings))


def issuers_in_short(record: Record, library: Library) -> str:
    """机构简称 of who issued a document; of many, the lead and their number."""
    if isinstance(record, Policy) and record.joint_issuers:
        names = [short_name(name, library) for name in record.issuers]
        return "、".join(names) if len(names) <= _FEW else f"{names[0]}等{len(names)}个机关"
    return short_name(getattr(record, "issuer", None) or "", library)


def short_name(name: str, library: Library) -> str:
    """机构简称 where the body has a page, or else its full name."""
    organ = library.organ(name)
    return organ.record.short_name if organ else name


def kind_links(library: Library) -> tuple[CountedLink, ...]:
    """The columns of all types of document, with their numbers."""
    return tuple(
        CountedLink(column.name, column.url, library.count(kind))
        for kind, column in COLUMN_OF.items()
    )


def year_links(library: Library) -> tuple[CountedLink, ...]:
    """The years of 政策文件, the newest first."""
    years = years_in(Policy.folder, library)
    return tuple(
        CountedLink(f"{year}年", f"{Policy.folder}/{year}/", count) for year, count in years.items()
    )


def years_in(folder: str, library: Library) -> dict[int, int]:
    """Year of publication → number of documents of a type, the newest year first."""
    return _numbers(library.values("year"), f"{folder}/")


def months_in(folder: str, year: int, library: Library) -> dict[int, int]:
    """Month → number of documents that a type has in a year, the newest month first."""
    return _numbers(library.values("month"), f"{folder}/{year}/")


def _numbers(values: Mapping[str, int], prefix: str) -> dict[int, int]:
    found = {int(v.removeprefix(prefix)): n for v, n in values.items() if v.startswith(prefix)}
    return dict(sorted(found.items(), reverse=True))


def written_day(value: date) -> str:
    """2021年7月12日, as GB/T 9704 writes a day: no zeros in front."""
    return f"{value.year}年{value.month}月{value.day}日"


def validity_tag(state: State) -> Tag:
    """有效性 as a pill."""
    return Tag(state.validity.value, VALIDITY_TONE[state.validity])


def organ_key(name: str, library: Library) -> str:
    """A body's part of a list's address: its id, or `_key` of the list of outside bodies.

    No id begins with an underscore, so that the two cannot meet.
    """
    organ = library.organ(name)
    if organ:
        return organ.id.removeprefix(f"{Organ.folder}/")
    return f"_{library.vocabularies['outside_organs'][name].key}"


def organ_fact(label: str, name: str | None, library: Library) -> Fact:
    """A body in a header table, linked to its page if it has one."""
    organ = library.organ(name) if name else None
    return Fact(label, name or EMPTY, organ.url if organ else "")


def word_of(value: object) -> str:
    """The word of an enumeration or vocabulary value."""
    return str(value.value) if isinstance(value, Enum) else str(value)


COLUMN_OF: dict[type[Record], Column] = {
    Policy: Column("政策文件", "policies/", Policy.purpose, "政策文件"),
    Interpretation: Column("政策解读", "interpretations/", Interpretation.purpose, "政策解读"),
    Plan: Column("规划计划", "plans/", Plan.purpose, "政策文件"),
    Notice: Column("公告公示", "notices/", Notice.purpose, "工作动态"),
    ListVersion: Column("清单", "lists/", ListVersion.purpose, "政策文件"),
    Catalog: Column("标准目录", "catalog/", Catalog.purpose, "信息公开目录"),
    Organ: Column("机构", "organs/", Organ.purpose, "机构职能"),
}
"""The column of each type of document that has one of its own."""

PUBLICATIONS: tuple[type[Publication], ...] = (
    Policy,
    Interpretation,
    Plan,
    Notice,
    ListVersion,
    Catalog,
)
"""The types that lists of new documents hold."""

WITH_ROOMS: frozenset[type[Publication]] = frozenset({ListVersion, Catalog})
"""Those of them whose pages are the work of a room of their own."""
