"""打印版: a document once more as a PDF, with its Markdown and its data inside."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast

from plugins.documents.heading import facts, place
from plugins.documents.life import banner, corrections
from plugins.library import Library, State, state_of
from plugins.outputs import Pdf, Shown
from plugins.presenting import day_fact, document_head, file_links, source_of
from plugins.problems import Mark, Problem
from plugins.qr import qr_code
from plugins.reading import Document
from plugins.records import RECORD_TYPES, Page, Policy, Record
from plugins.settings import Settings
from plugins.twins import source, twin
from plugins.views import Attached, Banner, Fact, FileLink, Imprint

_PRINTABLE = tuple(kind.folder for kind in RECORD_TYPES if "pdf" in kind.model_fields)
"""Types whose documents may have a 打印版."""
_ABREAST = 2
"""Facts in a row of the header table, but for those that take a row of their own."""


@dataclass(frozen=True)
class PrintView:
    """All that the 打印版 of a document shows."""

    title: str
    number: str
    facts: tuple[tuple[Fact, ...], ...]
    """The header table, row by row."""
    banners: tuple[Banner, ...]
    html: str
    files: tuple[tuple[FileLink, str], ...]
    """Each file with its whole address."""
    address: str
    qr: str
    """A QR code that leads to the document's page, as SVG."""


def pdfs(library: Library, settings: Settings) -> Iterator[Pdf]:
    """The 打印版 of each document that has one."""
    for document in _with_pdf(library, settings):
        template = "print/page.html" if document.kind is Page else "documents/print.html"
        yield Pdf(pdf_path(document), template, printed, (document,))


def pdf_link(document: Document[Record], settings: Settings) -> Iterator[FileLink]:
    """Where a document's page leads to its 打印版, if it has one."""
    asks = getattr(document.record, "pdf", False)
    if asks or (asks is None and _is_usual(document, settings) and document.body.text):
        name = f"{document.record.title}.pdf"
        yield FileLink("打印版（全文）", name, pdf_path(document), "PDF")


def pdf_faults(library: Library, settings: Settings) -> Iterator[Problem]:
    """A 打印版 and a file of the same name would lie in one place; types are named as folders."""
    named: Collection[str] = settings.county.document_pdfs  # a text, where its comma is missing
    wrong = [named] if isinstance(named, str) else [one for one in named if one not in _PRINTABLE]
    for folder in wrong:
        yield Problem(
            "pelicanconf.py",
            Mark(),
            f"document_pdfs 里的“{folder}”不是可以做打印版的文件类型，或者不在括号里、少了逗号",
            f'可以写：{"、".join(_PRINTABLE)}；只有一种的，写成 ("policies",)',
        )
    for document in _with_pdf(library, settings):
        file = library.file_at(pdf_path(document))
        if file:
            name = file.rpartition("/")[2]
            yield document.problem(
                ("pdf",),
                f"打印版的文件名是 {name}，与本页用到的文件重名",
                f"把文件 {name} 改成别的名字，引用它的地方也改；或写 pdf: false，不做打印版",
            )


def pdf_path(document: Document[Record]) -> str:
    """Where a 打印版 lies: policies/2021/2021-015/2021-015.pdf."""
    return f"{document.url}{_name(document)}.pdf"


def _name(document: Document[Record]) -> str:
    return document.id.rpartition("/")[2]


def _with_pdf(library: Library, settings: Settings) -> Iterator[Document[Record]]:
    yield from library.look_up("pdf")
    for folder in dict.fromkeys(settings.county.document_pdfs):
        yield from library.look_up("pdf", folder)


def _is_usual(document: Document[Record], settings: Settings) -> bool:
    return document.kind.folder in settings.county.document_pdfs


def printed(library: Library, settings: Settings, document: Document[Record]) -> Shown:
    """What `documents/print.html` and `print/page.html` show."""
    column, crumbs = place(document, library)
    record = document.record
    state = _state(document, library, settings)
    notice = banner(record, state, library, settings)
    address = settings.absolute(document.url)
    head = document_head(document, library, settings, column, crumbs)
    late = (head.late,) if head.late else ()
    view = PrintView(
        title=record.title,
        number=getattr(record, "number", None) or "",
        facts=tuple(_rows(_facts(record, state, library, settings))),
        banners=(*((notice,) if notice else ()), *corrections(document, library), *late),
        html=document.body.html,
        files=tuple((file, settings.absolute(file.url)) for file in file_links(document, library)),
        address=address,
        qr=qr_code(address, "本文网页的二维码").decode(),
    )
    changed = record.changed if record.changed > record.published else None
    author = source_of(record) or settings.county.authority
    return head, {
        "document": view,
        "imprint": Imprint(author, record.keywords, record.published, changed and changed.date()),
        "attachments": (
            Attached(
                f"{_name(document)}.md",
                source(library, settings, document),
                "本文的 Markdown 原文",
                "Source",
            ),
            Attached(f"{_name(document)}.json", twin(library, settings, document), "本文的数据"),
        ),
    }


def _state(document: Document[Record], library: Library, settings: Settings) -> State | None:
    if document.kind is not Policy:
        return None
    return state_of(cast("Document[Policy]", document), library, settings)


def _facts(
    record: Record, state: State | None, library: Library, settings: Settings
) -> Iterator[Fact]:
    """The header table of the page; of a standing page, who published it and when."""
    if not isinstance(record, Page):
        yield from facts(record, state, library)
        return
    yield Fact("发布机构", record.issuer or settings.county.authority)
    yield day_fact("发布日期", record.published.date())
    if record.updated:
        yield day_fact("更新日期", record.updated)


def _rows(told: Iterator[Fact]) -> Iterator[tuple[Fact, ...]]:
    """Facts abreast, a wide one in a row of its own."""
    row: tuple[Fact, ...] = ()
    for fact in told:
        if row and (fact.wide or len(row) == _ABREAST):
            yield row
            row = ()
        row = (*row, fact)
        if fact.wide:
            yield row
            row = ()
    if row:
        yield row
