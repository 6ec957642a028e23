"""文件页: one page for each document, with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plugins.documents.differences import differences, with_links
from plugins.documents.follow_ups import chain_steps, prompt
from plugins.documents.life import banner, corrections, life_line
from plugins.documents.relations import groups
from plugins.documents.succession import Branch, succession, tree
from plugins.library import Library, State, Validity, issues_listing, issues_printing, state_of
from plugins.library.catalogs import rows_named
from plugins.library.columns import ROOT
from plugins.outputs import Copy, Output, Page, Pdf, Shown
from plugins.presenting import (
    COLUMN_OF,
    EMPTY,
    OWN_PAGES,
    PUBLICATIONS,
    Column,
    block_column,
    contact_of,
    day_fact,
    document_head,
    file_links,
    official_facts,
    organ_fact,
    source_of,
    validity_tag,
    word_of,
    written_day,
)
from plugins.problems import Problem
from plugins.reading import Body, Document, Heading
from plugins.records import Interpretation, Plan, Policy, Publication, Record
from plugins.records import Page as PageRecord
from plugins.schema_org import legal_force
from plugins.settings import Settings
from plugins.views import (
    Banner,
    Contact,
    Fact,
    FileLink,
    Group,
    Imprint,
    Link,
    Step,
    Tag,
)

_STANDING = Column("政府信息公开", ROOT, PageRecord.purpose, "信息公开目录")
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
    corrections: tuple[Banner, ...]
    prompt: Banner | None
    """The question that brought a 延伸解读 or 补充解读 about."""
    differences: tuple[Link, ...]
    """Comparisons with older and newer texts."""
    channels: tuple[str, ...]
    outline: tuple[Heading, ...]
    html: str
    files: tuple[FileLink, ...]
    files_title: str
    life: tuple[Step, ...]
    chain: tuple[Step, ...]
    """解读脉络, if there is more than one interpretation in it."""
    groups: tuple[Group, ...]
    tree: tuple[Branch, ...]
    """Of a plan: the plans above it, itself and the plans below it."""
    succession: tuple[Step, ...]
    """Of a plan: those that it follows and those that follow it, the oldest first."""
    catalog_rows: tuple[Link, ...]
    contact: Contact | None
    previous: Link | None
    next: Link | None
    address: str


@dataclass(frozen=True)
class PrintView:
    """All that the 打印版 of a standing page shows."""

    title: str
    facts: tuple[Fact, ...]
    html: str
    address: str


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """A page for each document but those of types with rooms of their own; all files.

    The tables of lists and catalogs are offered by their rooms, fit for spreadsheets.
    """
    for kind in (kind for kind in PUBLICATIONS if kind not in OWN_PAGES):
        documents = library.of(kind)
        template = _TEMPLATES.get(kind, "documents/notice.html")
        for document, older, newer in zip(
            documents, [*documents[1:], None], [None, *documents], strict=False
        ):
            yield Page(f"{document.url}index.html", template, _page, (document, older, newer))
    for page in library.of(PageRecord):
        yield Page(f"{page.url}index.html", _TEMPLATES[PageRecord], _page, (page, None, None))
    for asking in library.look_up("pdf"):
        yield Pdf(_pdf_path(asking), "print/page.html", _printed, (asking,))
    for path in library.values("uses"):
        name = path.rpartition("/")[2]
        for user in library.look_up("uses", path):
            if not (name.endswith(".csv") and getattr(user.record, "table", None) == name):
                yield Copy(f"{user.url}{name}", path)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """A 打印版 and a file of the same name would lie in one place."""
    for page in library.look_up("pdf"):
        source = library.file_at(_pdf_path(page))
        if source:
            name = source.rpartition("/")[2]
            yield page.problem(
                ("pdf",),
                f"打印版的文件名是 {name}，与本页用到的文件重名",
                f"把文件 {name} 改成别的名字，引用它的地方也改，或删去 pdf 这一行",
            )


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
    compared = tuple(differences(document, library))
    is_reading = isinstance(record, Interpretation)
    view = DocumentView(
        title=record.title,
        kind=record.label,
        tags=tuple(_tags(document, state, library)),
        published=record.published,
        source=source_of(record) or settings.county.authority,
        facts=tuple(_facts(record, state, library)),
        banner=banner(record, state, library, settings),
        corrections=tuple(corrections(document, library)),
        prompt=prompt(record, library) if isinstance(record, Interpretation) else None,
        differences=() if is_reading else compared,
        channels=tuple(_channels(record)),
        outline=outline(body),
        html=with_links(document, body, compared) if is_reading else body.html,
        files=tuple(_files(document, library)),
        files_title="附件下载" if record.attachments else "下载",
        life=life if len(life) > 1 else (),
        chain=tuple(chain_steps(document, library)) if is_reading else (),  # type: ignore[arg-type]
        groups=tuple(groups(document, library, settings)),
        tree=tree(document, library),
        succession=succession(document, library),
        contact=contact_of(record, library),
        catalog_rows=tuple(_catalog_rows(record, library, settings)),
        previous=Link(older.record.title, older.url) if older else None,
        next=Link(newer.record.title, newer.url) if newer else None,
        address=settings.absolute(document.url),
    )
    more = legal_force(document, state, library, settings) if state else {}  # type: ignore[arg-type]
    feed = Link(column.name, column.url) if isinstance(record, Publication) else None
    head = document_head(document, library, settings, column, crumbs, feed=feed, more=more)
    return head, {"document": view}


def _printed(library: Library, settings: Settings, page: Document[PageRecord]) -> Shown:
    column, crumbs = _place(page, library)
    record = page.record
    view = PrintView(
        title=record.title,
        facts=tuple(_print_facts(record, settings)),
        html=page.body.html,
        address=settings.absolute(page.url),
    )
    author = record.issuer or settings.county.authority
    imprint = Imprint(author, record.keywords, record.published, record.updated)
    return document_head(page, library, settings, column, crumbs), {
        "document": view,
        "imprint": imprint,
    }


def _print_facts(record: PageRecord, settings: Settings) -> Iterator[Fact]:
    yield Fact("发布机构", record.issuer or settings.county.authority)
    yield day_fact("发布日期", record.published.date())
    if record.updated:
        yield day_fact("更新日期", record.updated)


def _pdf_path(page: Document[Record]) -> str:
    """Where the 打印版 of a page lies: pages/guide/guide.pdf."""
    return f"{page.url}{page.id.rpartition('/')[2]}.pdf"


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
        yield from _gazette_tags(document.id, record, library)
    elif isinstance(record, Interpretation):
        yield from (Tag(kind, "brand") for kind in record.kinds)
        if record.stage:
            yield Tag(record.stage.value, "good")
    elif isinstance(record, Plan):
        yield from (Tag(word, "brand") for word in (record.period, record.kind, record.level))
    elif isinstance(record, Publication):
        yield Tag(word_of(getattr(record, "kind", record.label)), "brand")


def _gazette_tags(document_id: str, record: Policy, library: Library) -> Iterator[Tag]:
    """In which issue it is printed: as the gazette says, or else as the document itself does."""
    issues = [
        *issues_listing(record.number or "", library),
        *issues_printing(document_id, library),
    ]
    for issue in issues:
        yield Tag(f"刊于公报{issue.record.short_name}", "brand", issue.url)
    said = record.gazette
    if said and not issues:
        yield Tag(f"刊于公报{said.short_name}", "brand")


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
    yield day_fact("成文日期", getattr(record, "signed", None))
    yield Fact("标题", record.title, wide=True)
    yield Fact("发文字号", getattr(record, "number", None) or EMPTY)
    yield day_fact("发布日期", record.published)
    if isinstance(record, Policy) and state:
        yield Fact("有效性", _validity(record, state))
    yield Fact("公开方式", record.disclosure.value)
    if isinstance(record, Policy) and record.official_source:
        yield from official_facts(record)


def _channels(record: Record) -> Iterator[str]:
    """微信公众号（尧都发布，2021年7月20日）: where an interpretation was spread."""
    if not isinstance(record, Interpretation):
        return
    for each in record.channels:
        told = [each.name or "", written_day(each.day) if each.day else ""]
        more = "，".join(filter(None, told))
        yield f"{each.channel}（{more}）" if more else each.channel


def _subject_url(record: Publication, library: Library) -> str:
    if not record.subject or record.folder != Policy.folder:
        return ""
    name = record.subject.partition("\\")[0]
    return f"{record.folder}/subject/{library.vocabularies['subjects'][name].key}/"


def _validity(record: Policy, state: State) -> str:
    expires = record.expires
    if expires and state.validity in {Validity.IN_FORCE, Validity.AMENDED}:
        return f"{state.validity.value}（有效期至{written_day(expires)}）"
    return state.validity.value


def _files(document: Document[Record], library: Library) -> Iterator[FileLink]:
    if isinstance(document.record, PageRecord) and document.record.pdf:
        path = _pdf_path(document)
        yield FileLink("打印版（全文）", f"{document.record.title}.pdf", path, "PDF")
    yield from file_links(document, library)


def _catalog_rows(record: Record, library: Library, settings: Settings) -> Iterator[Link]:
    """The 公开事项 of the standard catalog that the document is published under."""
    if isinstance(record, Publication):
        for row in rows_named(record, library, settings):
            yield Link(f"{row.area} › {row.name}", row.url)
