"""Documents as templates see them: cards, header tables, heads with the government's meta tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial
from types import MappingProxyType
from urllib.parse import quote

from plugins.library import (
    Library,
    State,
    TreeColumn,
    Validity,
    articles_of,
    columns_of,
    doubts_of,
    issues_listing,
    issues_of,
    issues_printing,
    newer_texts,
    older_texts,
    state_of,
)
from plugins.library.columns import ROOT
from plugins.library.outings import real_day
from plugins.reading import Document
from plugins.reading.media import media_label
from plugins.records import (
    Block,
    Catalog,
    Interpretation,
    Issue,
    ListVersion,
    Notice,
    Organ,
    Package,
    Plan,
    Policy,
    Publication,
    Question,
    Record,
    Topic,
)
from plugins.records import Page as PageRecord
from plugins.schema_org import document_thing, list_thing, page_data
from plugins.settings import Settings
from plugins.views import (
    Alternate,
    Banner,
    Card,
    Contact,
    CountedLink,
    Fact,
    FileLink,
    GazettePlace,
    Group,
    Head,
    Link,
    Meta,
    Site,
    Tag,
    Tone,
)

EMPTY = "无"
"""Shown in a header table where nothing was filled in."""
NOTHING = "—"
"""A rate of nothing."""

HOME = Link("首页", "")
FEEDS = "feeds/"
TWIN = "index.json"
"""The name of what machines read of a document, beside its index.html."""
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
TO_REVIEW = Tag("待复核", "warn")
"""On an answer that must be looked at again before anybody relies on it."""
_FEW = 2

MENU = (
    HOME,
    Link("政府信息公开", "columns/"),
    Link("政策文件", "policies/"),
    Link("政策解读", "interpretations/"),
    Link("政策问答", "questions/"),
    Link("政府公报", "gazette/"),
    Link("规划计划", "plans/"),
    Link("公告公示", "notices/"),
    Link("清单", "lists/"),
    Link("标准目录", "catalog/"),
    Link("专题", "topics/"),
    Link("机构", "organs/"),
    Link("检索", "search/"),
)

WINDOW = Link("政策咨询窗口", "consult/")
SERVICES = (
    Link("按年份和名称查找", "search/directory/"),
    Link("按要素检索标准目录", "catalog/find/"),
    Link("标准目录跟踪评估", "catalog/evaluation/"),
    Link("法定主动公开内容", "columns/statutory/"),
    Link("现行有效的法规规章", "columns/regulations/"),
    Link("企业政策", "enterprise/"),
    Link("典型政策问答", "questions/typical/"),
    Link("政策解读率", "rates/"),
    Link("订阅和数据", "feeds/"),
)
"""Pages that stand in no menu: 站点地图 and the site map for machines name them."""

_ABOUT_THE_SITE = ("pages/accessibility", "pages/about")
"""无障碍声明 and 网站声明, which the footer of every page leads to."""

VALIDITY_TONE: dict[Validity, Tone] = {
    Validity.PENDING: "brand",
    Validity.IN_FORCE: "good",
    Validity.AMENDED: "warn",
    Validity.REPEALED: "stop",
    Validity.EXPIRED: "stop",
}


def rate(part: int, whole: int) -> str:
    """A fraction and its percentage, `3/4（75.0%）`; 199 of 200 are 99.5 %, never 100 %."""
    if not whole:
        return NOTHING
    tenths = part * 1000 // whole
    return f"{part}/{whole}（{tenths // 10}.{tenths % 10}%）"


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


def block_column(block: Block, library: Library) -> Column:
    """One of the five blocks; its url is that of its only page, or of a page that lists them."""
    pages = library.look_up("block", block.name)
    alone = len(pages) == 1 and block is not Block.STATUTORY
    key = block.name.lower()
    return described(columns_of(library)[key], pages[0].url if alone else f"{ROOT}{key}/")


def described(column: TreeColumn, url: str) -> Column:
    """A column of the tree as the meta tags of its pages describe it."""
    keywords = (column.keywords,) if column.keywords else ()
    return Column(column.name, url, column.description, column.kind, *keywords)


def column_head(  # noqa: PLR0913  # what a page's head is made of
    settings: Settings,
    column: Column,
    *,
    title: str = "",
    url: str | None = None,
    crumbs: tuple[Link, ...] = (),
    feed: Link | None = None,
) -> Head:
    """The head of a page that is not a document: a list, an index, the home page.

    `feed`: the name of what can be subscribed to here, and the page whose feed it is.
    """
    url = column.url if url is None else url
    title = title or column.name
    return Head(
        title=title,
        url=url,
        description=column.description,
        section=column.url,
        crumbs=(HOME, *crumbs),
        metas=(
            *_site_metas(settings),
            *_column_metas(column),
            Meta("Description", column.description),
        ),
        alternates=feed_alternates(feed) if feed else (),
        data=page_data(
            list_thing(title, url, column.description, settings),
            (HOME, *crumbs, Link(title, url)),
            settings,
        ),
    )


def feed_address(url: str) -> str:
    """Where the feeds of a page lie, without an ending: `feeds/policies` for `policies/`.

    A part of a page, `topics/transition/#policies`, has feeds of its own.
    """
    return f"{FEEDS}{url.replace('#', '').strip('/') or 'all'}"


def feed_alternates(page: Link) -> tuple[Alternate, ...]:
    """The feeds of a page, as its head names them."""
    address = feed_address(page.url)
    return (
        Alternate(ATOM, f"{page.label}（Atom）", f"{address}.xml"),
        Alternate(JSON_FEED, f"{page.label}（JSON Feed）", f"{address}.json"),
    )


def twin_address(document: Document[Record]) -> str:
    """Where the same document lies for machines."""
    return f"{document.url}{TWIN}"


def document_head(  # noqa: PLR0913  # what a page's head is made of
    document: Document[Record],
    library: Library,
    settings: Settings,
    column: Column,
    crumbs: tuple[Link, ...],
    *,
    feed: Link | None = None,
    more: Mapping[str, object] = MappingProxyType({}),
) -> Head:
    """The head of a document's page, with all meta tags that its record fills.

    `feed` is that of `column_head`; `more` is what JSON-LD says of the document beyond its record.
    """
    record = document.record
    summary = record.summary or record.title
    source = source_of(record) or settings.county.authority
    article = (
        Meta("ArticleTitle", record.title),
        Meta("PubDate", f"{record.published:%Y-%m-%d %H:%M}"),
        Meta("ContentSource", source),
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
        alternates=(
            *(feed_alternates(feed) if feed else ()),
            Alternate("application/json", "本页数据", twin_address(document)),
        ),
        data=page_data(
            {**document_thing(document, source, settings), **more},
            (HOME, *crumbs, Link(record.title, document.url)),
            settings,
        ),
        late=_late(document, library, settings),
    )


def _late(document: Document[Record], library: Library, settings: Settings) -> Banner | None:
    """On which day a document really went out, and why later than it says (补发原因)."""
    reason = document.record.late_reason
    if not reason:
        return None
    day = real_day(document, library, settings)
    title = f"本文件于{written_day(day)}上网" if day else "本文件晚于发布日期上网"
    return Banner("brand", title, f"补发原因：{reason}")


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
        yield from _policy_tags(document, library, settings)  # type: ignore[arg-type]
    if isinstance(record, Interpretation):
        yield from (Tag(kind) for kind in record.kinds)
        if record.stage:
            yield Tag(record.stage.value, "good")
    if isinstance(record, Plan):
        yield from (Tag(word) for word in (record.period, record.kind, record.level))
    if isinstance(record, Notice):
        yield Tag(record.kind)
        if record.closes and settings.passed(record.closes):
            yield Tag("已截止", "warn")
    if isinstance(record, Question | Package):
        yield from (Tag(word) for word in record.applies_to)
    if isinstance(record, Question) and doubts_of(document, library, settings):  # type: ignore[arg-type]
        yield TO_REVIEW


def _policy_tags(document: Document[Policy], library: Library, settings: Settings) -> Iterator[Tag]:
    state = state_of(document, library, settings)
    if state.validity is not Validity.IN_FORCE:
        yield validity_tag(state)
    if count := len(library.interpretations_of(document)):
        yield Tag(f"{count} 份解读", "brand")


def cards(
    documents: Iterable[Document[Record]], library: Library, settings: Settings
) -> tuple[Card, ...]:
    """Documents as a list shows them, in the order given."""
    return tuple(
        library.once(f"card {document.id}", partial(card, document, library, settings))
        for document in documents
    )


def related(document: Document[Publication], library: Library) -> list[Document[Record]]:
    """相关文件: what a document names as such, then what names it; one may stand twice."""
    said = library.find(document.record.related, Record)
    return [*said, *library.pointing_at(document.id, "related", Record)]


def topics_of(record: Publication, library: Library) -> list[Document[Topic]]:
    """The 专题 that a document stands in."""
    return library.find([place.topic for place in record.topics], Topic)


def related_groups(
    document: Document[Publication], library: Library, settings: Settings
) -> Iterator[Group]:
    """What a document names and what names it; a run without cards does not exist."""
    topics: list[Document[Record]] = [*topics_of(document.record, library)]
    for title, anchor, found in (
        ("相关文件", "related", related(document, library)),
        ("所属专题", "topics", topics),
    ):
        unique = {other.id: other for other in found}
        if unique:
            yield Group(title, anchor, cards(unique.values(), library, settings))


def gazette_place(library: Library) -> GazettePlace | None:
    """The newest issue of the gazette, if there is one."""
    issues = issues_of(library)
    if not issues:
        return None
    newest = issues[-1]
    return GazettePlace(newest.record.name, newest.record.summary or "", newest.url)


def reading_url(issue: Document[Issue], place: int) -> str:
    """Where the n-th article of an issue is read: gazette/2021-01/03/."""
    return f"{issue.url}{place:02d}/"


def issue_pdf(issue: Document[Issue]) -> str:
    """The PDF of an issue: gazette/2021-01/2021-01.pdf. Its n-th article is the place `an`."""
    return f"{issue.url}{issue.id.rpartition('/')[2]}.pdf"


def errata(document: Document[Record], library: Library) -> Iterator[Banner]:
    """更正 of what the gazette has printed: what puts this document right, what it puts right."""
    found = library.pointing_at(document.id, "corrects", Notice)
    if found:
        links = tuple(Link(notice.record.title, notice.url) for notice in found)
        yield Banner("warn", "本文已有更正", "原文照刊登时的样子保留，请与更正一并阅读：", links)
    record = document.record
    corrected = library.find(record.corrects, Record) if isinstance(record, Notice) else ()
    if corrected:
        links = tuple(Link(other.record.title, other.url) for other in corrected)
        yield Banner("brand", "本文是更正", "更正下列文件：", links)


def listed_url(issue: Document[Issue], place: int) -> str:
    """Where the n-th article of a 历史公报 is read: on its page, or in its PDF without text."""
    if f"a{place}" in issue.body.anchors:
        return f"{issue.url}#a{place}"
    return listed_pdf(issue, place)


def listed_pdf(issue: Document[Issue], place: int) -> str:
    """Where the n-th article of a 历史公报 stands in its PDF."""
    record = issue.record
    return f"{issue_pdf(issue)}#page={record.listed[place - 1].first + record.before}"


def printed_at(document: Document[Record], library: Library) -> tuple[str, str, str] | None:
    """Where the gazette prints a document: the issue, the page to read, the place in the PDF.

    A 历史公报 prints itself.
    """
    if document.kind is Issue:
        whole: Document[Issue] = document  # type: ignore[assignment]  # its kind is Issue
        is_quoted = whole.record.is_quoted
        return (_issue_name(whole), whole.url, issue_pdf(whole)) if is_quoted else None
    for issue in issues_printing(document.id, library):
        for article in articles_of(issue, library):
            if article.document.id == document.id:
                page = reading_url(issue, article.place)
                place = f"{issue_pdf(issue)}#nameddest=a{article.place}"
                return _issue_name(issue), page, place
    number = getattr(document.record, "number", None) or ""
    for issue in issues_listing(number, library):
        for item, one in enumerate(issue.record.listed, 1):
            if one.number == number:
                return _issue_name(issue), listed_url(issue, item), listed_pdf(issue, item)
    return None


def _issue_name(issue: Document[Issue]) -> str:
    return f"公报{issue.record.short_name}"


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


def version_tags(
    effective: date | None, settings: Settings, *, is_current: bool
) -> tuple[Tag, ...]:
    """How a version of a list or catalog stands; `effective` is its 施行日期, if it has one."""
    if is_current:
        return (Tag("现行版本", "good"),)
    if effective and not settings.reached(effective):
        return (Tag(f"{written_day(effective)}起施行", "brand"),)
    return (Tag("历史版本", "warn"),)


def comparison_url(new: Document[Policy], old: Document[Policy]) -> str:
    """The address of 新旧政策差异 of two papers; no id holds two hyphens, so no two pairs meet."""
    newer, older = (paper.id.removeprefix(f"{Policy.folder}/") for paper in (new, old))
    return f"comparisons/{newer}--{older}/"


def comparison_links(
    new: Document[Policy], library: Library, *, other: bool = False
) -> tuple[Link, ...]:
    """Links to the comparisons of a paper: with older ones, or with the `other`, newer ones."""
    if other:
        pairs = [(newer, new, newer) for newer in newer_texts(new, library)]
    else:
        pairs = [(new, older, older) for older in older_texts(new, library)]
    return tuple(
        Link(f"与{numbered_title(named.record)}逐条对照", comparison_url(newer, older))
        for newer, older, named in pairs
    )


def numbered_title(record: Policy) -> str:
    """《……》（尧政发〔2021〕5号）, or the title alone where there is no number."""
    number = f"（{record.number}）" if record.number else ""
    return f"《{record.title}》{number}"


def kind_links(library: Library) -> tuple[CountedLink, ...]:
    """The columns of all types of document, with their numbers."""
    return tuple(
        CountedLink(column.name, column.url, library.count(kind))
        for kind, column in COLUMN_OF.items()
    )


def beside(kind: type[Record], library: Library) -> Iterator[Link]:
    """Pages of other rooms that belong to the lists of a type of document."""
    if kind is Question and library.count(Question):
        yield Link("典型政策问答", "questions/typical/")
        yield Link("打印版", "questions/print/")
    if kind is Question and library.window:
        yield Link("政策咨询综合服务窗口", "consult/")


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


def written_moment(value: datetime) -> str:
    """2021年7月15日 09:30."""
    return f"{written_day(value)} {value:%H:%M}"


def day_fact(label: str, value: date | None) -> Fact:
    """A day or a moment in a header table, for people and for machines."""
    if value is None:
        return Fact(label, EMPTY)
    written = written_moment(value) if isinstance(value, datetime) else written_day(value)
    return Fact(label, written, day=value)


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


def contact_of(record: Record, library: Library) -> Contact | None:
    """The body that answers questions about a document, if it has a page here."""
    if not isinstance(record, Publication):
        return None
    organ = library.organ(record.answering_body)
    return contact_view(organ) if organ else None


def contact_view(organ: Document[Organ]) -> Contact:
    """How to reach a body."""
    record = organ.record
    return Contact(
        organ=record.title,
        url=organ.url,
        phone=record.phone or "",
        hours=record.hours or "",
        address=record.address or "",
        answers=record.answers or "",
    )


def file_links(document: Document[Record], library: Library) -> Iterator[FileLink]:
    """附件 of a document and its stored official text, each with its kind and size."""
    named = [(attachment.file, attachment.title) for attachment in document.record.attachments]
    if copy := getattr(document.record, "official_copy", None):
        named.append((copy, "官方文本存档"))
    for name, title in named:
        yield FileLink(
            title=title or name.rpartition(".")[0],
            name=name,
            url=f"{document.url}{quote(name)}",
            kind=media_label(name),
            size=library.size_of(f"{document.folder}/{name}"),
        )


def organ_fact(label: str, name: str | None, library: Library) -> Fact:
    """A body in a header table, linked to its page if it has one."""
    organ = library.organ(name) if name else None
    return Fact(label, name or EMPTY, organ.url if organ else "")


def official_facts(record: Policy) -> Iterator[Fact]:
    """Where the official text of a higher rule is kept, of which day, and its digest."""
    yield Fact("文本来源", record.official_source or EMPTY)
    yield day_fact("版本日期", record.official_version)
    if record.official_digest:
        yield Fact("SHA-256 摘要", record.official_digest, wide=True)


def word_of(value: object) -> str:
    """The word of an enumeration or vocabulary value."""
    return str(value.value) if isinstance(value, Enum) else str(value)


COLUMN_OF: dict[type[Record], Column] = {
    Policy: Column("政策文件", "policies/", Policy.purpose, "政策文件"),
    Interpretation: Column("政策解读", "interpretations/", Interpretation.purpose, "政策解读"),
    Plan: Column("规划计划", "plans/", Plan.purpose, "政策文件"),
    Package: Column("政策包", "packages/", Package.purpose, "政策文件"),
    Issue: Column("政府公报", "gazette/", Issue.purpose, "政策文件"),
    Notice: Column("公告公示", "notices/", Notice.purpose, "工作动态"),
    Question: Column("政策问答", "questions/", Question.purpose, "政策解读"),
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
    Question,
    ListVersion,
    Catalog,
)
"""The types that lists of new documents hold."""

OWN_PAGES: tuple[type[Publication], ...] = (Question, ListVersion, Catalog)
"""Those of them whose own pages are the work of another room than `documents`."""
OWN_LISTS: tuple[type[Publication], ...] = (ListVersion, Catalog)
"""Those of them whose lists are the work of another room than `listings`."""
