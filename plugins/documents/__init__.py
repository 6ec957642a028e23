"""文件页: one page for each document, with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugins.documents.differences import differences, with_links
from plugins.documents.follow_ups import chain_steps, prompt
from plugins.documents.heading import facts, place
from plugins.documents.life import banner, corrections, life_line
from plugins.documents.printing import pdf_faults, pdf_link, pdfs
from plugins.documents.relations import groups
from plugins.documents.succession import Branch, succession, tree
from plugins.library import Library, State, issues_listing, issues_printing, state_of
from plugins.library.catalogs import rows_named
from plugins.outputs import Copy, Output, Page, Shown
from plugins.presenting import (
    OWN_PAGES,
    PUBLICATIONS,
    contact_of,
    document_head,
    file_links,
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
    Link,
    Step,
    Tag,
)

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


def build(library: Library, settings: Settings) -> Iterator[Output]:
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
    yield from pdfs(library, settings)
    for path in library.values("uses"):
        name = path.rpartition("/")[2]
        for user in library.look_up("uses", path):
            if not (name.endswith(".csv") and getattr(user.record, "table", None) == name):
                yield Copy(f"{user.url}{name}", path)


def check(library: Library, settings: Settings) -> Iterator[Problem]:
    """What stands in the way of a 打印版."""
    yield from pdf_faults(library, settings)


def _page(
    library: Library,
    settings: Settings,
    document: Document[Record],
    older: Document[Record] | None,
    newer: Document[Record] | None,
) -> Shown:
    column, crumbs = place(document, library)
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
        facts=tuple(facts(record, state, library)),
        banner=banner(record, state, library, settings),
        corrections=tuple(corrections(document, library)),
        prompt=prompt(record, library) if isinstance(record, Interpretation) else None,
        differences=() if is_reading else compared,
        channels=tuple(_channels(record)),
        outline=outline(body),
        html=with_links(document, body, compared) if is_reading else body.html,
        files=(*pdf_link(document, settings), *file_links(document, library)),
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


def outline(body: Body) -> tuple[Heading, ...]:
    """The two upper levels of a body's headings."""
    return tuple(h for h in body.headings if h.level in _OUTLINE_LEVELS)


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


def _channels(record: Record) -> Iterator[str]:
    """微信公众号（尧都发布，2021年7月20日）: where an interpretation was spread."""
    if not isinstance(record, Interpretation):
        return
    for each in record.channels:
        told = [each.name or "", written_day(each.day) if each.day else ""]
        more = "，".join(filter(None, told))
        yield f"{each.channel}（{more}）" if more else each.channel


def _catalog_rows(record: Record, library: Library, settings: Settings) -> Iterator[Link]:
    """The 公开事项 of the standard catalog that the document is published under."""
    if isinstance(record, Publication):
        for row in rows_named(record, library, settings):
            yield Link(f"{row.area} › {row.name}", row.url)
