"""核对下载的文件: which file of ours somebody has in hand, or that it is none.

The browser takes the digest of a file that is dropped on the page and looks it up; the file never
leaves the reader's machine. Without scripts, the table of digests and one command do the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from plugins.library import PDF, SIGNED, Library, frozen_of, issues_of
from plugins.outputs import File, Output, Page, Shown
from plugins.presenting import COLUMN_OF, Column, column_head, issue_pdf
from plugins.problems import Problem
from plugins.reading import Document
from plugins.records import Issue, Record
from plugins.settings import Settings
from plugins.views import Link

URL = "verify/"
_COLUMN = Column("核对文件", URL, "核对手里的文件是不是本站公布的原件。", "概况信息")
_GAZETTE = COLUMN_OF[Issue]


class Known(NamedTuple):
    """A published file: its digest, what it is, where it lies and where it is spoken of."""

    sha256: str
    title: str
    file: str
    page: str


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """The page, and the digests of all files that can be downloaded."""
    yield Page(f"{URL}index.html", "verify/verify.html", _page)
    yield File(f"{URL}digests.json", _digests)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _page(library: Library, settings: Settings) -> Shown:
    head = column_head(settings, _COLUMN, crumbs=(Link(_GAZETTE.name, _GAZETTE.url),))
    return head, {"issues": tuple(_issues(library))}


def _digests(library: Library, settings: Settings) -> bytes:
    """Digest → what it is; of equal files, the first."""
    known: dict[str, dict[str, str]] = {}
    for one in (*_issues(library), *_attachments(library)):
        said = {"title": one.title, "file": settings.absolute(one.file)}
        known.setdefault(one.sha256, said | {"page": settings.absolute(one.page)})
    return json.dumps(known, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _issues(library: Library) -> Iterator[Known]:
    """The PDFs of issues that are fixed, the newest first."""
    for issue in issues_of(library)[::-1]:
        frozen = frozen_of(issue, library)
        if frozen is None:
            continue
        title, file = issue.record.title, issue_pdf(issue)
        signed = issue.id + SIGNED
        if library.has_file(signed):
            path = file.removesuffix(PDF) + SIGNED
            yield Known(library.sum_of(signed), f"{title}（签章）", path, issue.url)
        yield Known(frozen.pdf, title, file, issue.url)


def _attachments(library: Library) -> Iterator[Known]:
    """Every file that a public document publishes beside it."""
    for path in sorted(library.values("uses")):
        for document in library.look_up("uses", path):
            if library.has_file(path):
                yield _attachment(path, document, library)


def _attachment(path: str, document: Document[Record], library: Library) -> Known:
    name = path.rpartition("/")[2]
    title = f"{document.record.title}：{name}"
    return Known(library.sum_of(path), title, f"{document.url}{name}", document.url)
