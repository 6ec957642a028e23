"""文件页: one page for each document, with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from plugins.documents.life import banner, life_line
from plugins.documents.relations import groups
from plugins.library import Library, State, Validity, state_of
from plugins.library.catalogs import rows_named
from plugins.outputs import Copy, Output, Page, Shown
from plugins.presenting import (
    COLUMN_OF,
    EMPTY,
    PUBLICATIONS,
    WITH_ROOMS,
    Column,
    block_column,
    document_head,
    organ_fact,
    source_of,
    validity_tag,
    word_of,
    written_day,
)
from plugins.problems import Problem
from plugins.reading import Body, Document, Heading
from plugins.reading.media import media_label
from plugins.records import Interpretation, Plan, Policy, Publication, Record
from plugins.records import Page as PageRecord
from plugins.settings import Settings
from plugins.views import (
    Banner,
    Contact,
    Fact,
    FileLink,
    Group,
    Link,
    Step,
    Tag,
)

_STANDING = Column("政府信息公开", "columns/", PageRecord.purpose, "信息公开目录")
_TEMPLATES: dict[type[Record], str] = {
    Policy: "documents/policy.html",
    Interpretation: "documents/interpretation.html",
    Plan: "documents/plan.html",
    PageRecord: "documents/page.html",
}
_OUTLINE_LEVELS = (2, 3)


@dataclass(frozen=True)
class DocumentView:
    """All that a document's page shows."""

    title: str
    kind: str
    tags: tuple[Tag, ...]
    published: datetime
    source: str
    facts: tuple[Fact, ...]
    banner: Banner | None
    outline: tuple[Heading, ...]
    html: str
    files: tuple[FileLink, ...]
    life: tuple[Step, ...]
    groups: tuple[Group, ...]
    catalog_rows: tuple[Link, ...]
    contact: Contact | None
    previous: Link | None
    next: Link | None
    address: str


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """A page for each document but 机构 and 专题, which have their own rooms; all files."""
    for kind in (kind for kind in PUBLICATIONS if kind not in WITH_ROOMS):
        documents = library.of(kind)
        template = _TEMPLATES.get(kind, "documents/notice.html")
        for document, older, newer in zip(
            documents, [*documents[1:], None], [None, *documents], strict=False
        ):
            yield Page(f"{document.url}index.html", template, _page, (document, older, newer))
    for page in library.of(PageRecord):
        yield Page(f"{page.url}index.html", _TEMPLATES[PageRecord], _page, (page, None, None))
    for path in library.values("uses"):
        for user in library.look_up("uses", path):
            yield Copy(f"{user.url}{path.rpartition('/')[2]}", path)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: documents are checked by reading and by the library's rules."""
    yield from ()


def _page(
    library: Library,
    settings: Settings,
    document: Document[Record],
    older: Document[Record] | None,
    newer: Document[Record] | None,
) -> Shown:
    column, crumbs = _place(document, library)
    record = document.record
    state = state_of(document, library, settings) if isinstance(record, Policy) else None  # type: ignore[arg-type]
    life = tuple(life_line(document, library, settings))
    body = document.body
    view = DocumentView(
        title=record.title,
        kind=record.label,
        tags=tuple(_tags(document, state, library)),
        published=record.published,
        source=source_of(record),
        facts=tuple(_facts(record, state, library)),
        banner=banner(record, state, library, settings),
        outline=outline(body),
        html=body.html,
        files=tuple(_file_links(document, library)),
        life=life if len(life) > 1 else (),
        groups=tuple(groups(document, library, settings)),
        catalog_rows=tuple(_catalog_rows(record, library, settings)),
        contact=_contact(document, library),
        previous=Link(older.record.title, older.url) if older else None,
        next=Link(newer.record.title, newer.url) if newer else None,
        address=settings.absolute(document.url),
    )
    return document_head(document, settings, column, crumbs), {"document": view}


def outline(body: Body) -> tuple[Heading, ...]:
    """The two upper levels of a body's headings."""
    return tuple(h for h in body.headings if h.level in _OUTLINE_LEVELS)


def _place(document: Document[Record], library: Library) -> tuple[Column, tuple[Link, ...]]:
    column = COLUMN_OF.get(type(document.record))
    if column:
        year = document.record.published.year
        return column, (Link(column.name, column.url), Link(f"{year}年", f"{column.url}{year}/"))
    block = document.record.block if isinstance(document.record, PageRecord) else None
    if block:
        own = block_column(block, library)
        above = (Link(own.name, own.url),) if own.url != document.url else ()
        column = replace(own, url=_STANDING.url)
        return column, (Link(_STANDING.name, _STANDING.url), *above)
    return _STANDING, ()


def _tags(document: Document[Record], state: State | None, library: Library) -> Iterator[Tag]:
    record = document.record
    if isinstance(record, Policy) and state:
        yield validity_tag(state)
        yield Tag(record.category.value, "plain")
        if count := len(library.interpretations_of(document)):
            yield Tag(f"{count} 份解读", "brand", "#interpretations")
        if record.gazette:
            yield Tag(f"刊于公报{record.gazette.year}年第{record.gazette.issue}期", "brand")
    elif isinstance(record, Interpretation):
        yield from (Tag(kind, "brand") for kind in record.kinds)
    elif isinstance(record, Plan):
        yield from (Tag(word, "brand") for word in (record.period, record.kind, record.level))
    elif isinstance(record, Publication):
        yield Tag(word_of(getattr(record, "kind", record.label)), "brand")


def _facts(record: Record, state: State | None, library: Library) -> Iterator[Fact]:
    """The header table in the nine fields; other papers show those of the nine that they have."""
    if not isinstance(record, Publication):
        return
    yield Fact("索引号", record.index_number or EMPTY)
    yield Fact("主题分类", record.subject or EMPTY, _subject_url(record, library))
    if isinstance(record, Policy) and record.joint_issuers:
        yield Fact("发文机关", "、".join(record.issuers))
    else:
        yield organ_fact("发文机关", record.issuer, library)
    signed = getattr(record, "signed", None)
    yield Fact("成文日期", written_day(signed) if signed else EMPTY)
    yield Fact("标题", record.title, wide=True)
    yield Fact("发文字号", getattr(record, "number", None) or EMPTY)
    yield Fact("发布日期", f"{record.published:%Y-%m-%d %H:%M}")
    yield Fact("有效性", _validity(record, state))
    yield Fact("公开方式", record.disclosure.value)


def _subject_url(record: Publication, library: Library) -> str:
    if not record.subject or record.folder != Policy.folder:
        return ""
    name = record.subject.partition("\\")[0]
    return f"{record.folder}/subject/{library.vocabularies['subjects'][name].key}/"


def _validity(record: Publication, state: State | None) -> str:
    if not isinstance(record, Policy) or state is None:
        return EMPTY
    expires = record.expires
    if expires and state.validity in {Validity.IN_FORCE, Validity.AMENDED}:
        return f"{state.validity.value}（有效期至{written_day(expires)}）"
    return state.validity.value


def _contact(document: Document[Record], library: Library) -> Contact | None:
    if not isinstance(document.record, Publication):
        return None
    organ = library.organ(document.record.answering_body)
    if organ is None:
        return None
    record = organ.record
    return Contact(
        organ=record.title,
        url=organ.url,
        phone=record.phone or "",
        hours=record.hours or "",
        address=record.address or "",
        answers=record.answers or "",
    )


def _catalog_rows(record: Record, library: Library, settings: Settings) -> Iterator[Link]:
    """The 公开事项 of the standard catalog that the document is published under."""
    if isinstance(record, Publication):
        for row in rows_named(record, library, settings):
            yield Link(f"{row.area} › {row.name}", row.url)


def _file_links(document: Document[Record], library: Library) -> Iterator[FileLink]:
    for attachment in document.record.attachments:
        name = attachment.file
        yield FileLink(
            title=attachment.title or name.rpartition(".")[0],
            name=name,
            url=f"{document.url}{quote(name)}",
            kind=media_label(name),
            size=library.size_of(f"{document.folder}/{name}"),
        )
