"""`make gazette`, `make freeze`: an issue of the 政府公报 is made, looked at, then fixed (定版).

The PDF of the last `make publish` becomes a file of the content, and a lock beside it says what it
holds (`library.frozen`). From then on it is published as it lies there; no build sets it again.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pypdf import PdfReader

from plugins.checking import looked_at
from plugins.folders import write_whole
from plugins.library import (
    LOCK,
    PDF,
    Article,
    Frozen,
    FrozenArticle,
    Library,
    articles_of,
    digest_of_article,
    digest_of_issue,
    frozen_as_printed,
    frozen_of,
    lock_text,
)
from plugins.presenting import issue_pdf
from plugins.problems import Severity, StoppedError
from plugins.reading import Document
from plugins.reading.attachments import UnreadableAttachment, pages_of
from plugins.reading.document import read_document
from plugins.reading.names import SHOWN
from plugins.records import Issue
from plugins.site.command import publish
from plugins.starting import vocabularies_in

_ISSUE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_PUBLIC = Path("publishconf.py")
_TOP = 2.0
"""Points by which a title at the top of a page may stand below the end of the page before."""


class FreezingError(StoppedError):
    """Why an issue cannot be frozen, with the remedy."""


class _Made(NamedTuple):
    """An issue with its PDF, just built."""

    issue: Document[Issue]
    library: Library
    articles: list[Article]
    data: bytes


def gazette(options: argparse.Namespace) -> int:
    """Build the site and tell of one issue what came of it: the target `gazette`."""
    try:
        _number(options)
        made = _made(options)
        frozen = _measured(made)
    except FreezingError as fault:
        print(fault, file=sys.stderr)
        return 1
    is_frozen = frozen_of(made.issue, made.library) is not None
    print("\n".join(_told(made, frozen, options.output)))
    remedy = f"还没有定版：核对无误后运行 make freeze ISSUE={options.issue}"
    print(f"状态：{'已经定版' if is_frozen else remedy}")
    return 0


def freeze(options: argparse.Namespace) -> int:
    """Fix an issue: the target `freeze`."""
    try:
        _number(options)
        if issue := _printed_before(options):
            return _freeze_as_printed(issue, options)
        target = _may_be_frozen(options)
        made = _made(options)
        _must_be_reviewed(made.issue)
        frozen = measured(made.issue, made.library, made.articles, made.data)
    except FreezingError as fault:
        print(fault, file=sys.stderr)
        return 1
    write_whole(target.with_suffix(PDF), made.data)
    write_whole(target.with_suffix(LOCK), lock_text(frozen, made.issue.id).encode())
    print("\n".join(_told(made, frozen, options.output)))
    print(
        f"已定版，写出 {target.with_suffix(PDF)} 和 {target.with_suffix(LOCK)}。\n"
        "请把这两个文件提交到版本库。以后刊登的文字有改动，检查就不会通过；有错的另发更正。\n"
        f"要签章的：make sign ISSUE={options.issue}"
    )
    return 0


def _printed_before(options: argparse.Namespace) -> Document[Issue] | None:
    """The issue, if it is a 历史公报. Raises FreezingError if its file cannot be read."""
    document_id = f"{Issue.folder}/{options.issue}"
    file: Path = options.content / f"{document_id}.md"
    if not file.is_file():
        return None
    shown = f"{SHOWN}/{document_id}.md"
    reading = read_document(document_id, shown, file.read_bytes(), vocabularies_in(options.content))
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    if reading.document is None or errors:
        raise FreezingError(f"{file} 里有错误", "先运行 make check，按提示改好")
    return reading.document if reading.document.record.is_quoted else None  # type: ignore[return-value]  # it lies in the folder of issues


def _freeze_as_printed(issue: Document[Issue], options: argparse.Namespace) -> int:
    """Write the lock of a 历史公报 anew; its PDF is that of the paper issue and stays."""
    stem: Path = options.content / issue.id
    lock, pdf = stem.with_suffix(LOCK), stem.with_suffix(PDF)
    if lock.exists():
        raise FreezingError(f"{lock} 已经有了，没有改动它", "校对了文字、要重新定版的，先删去它")
    if not pdf.is_file():
        raise FreezingError(f"找不到 {pdf}", "把影印的 PDF 放在那里，再运行一次")
    data = pdf.read_bytes()
    try:
        sheets = len(pages_of(data))
    except UnreadableAttachment as unreadable:
        raise FreezingError(f"{pdf}：{unreadable.reason}", "换成能打开的文件") from None
    write_whole(lock, lock_text(frozen_as_printed(issue, data, sheets), issue.id).encode())
    print(f"{issue.record.title}已定版，写出 {lock}。请把它提交到版本库。")
    return 0


def _measured(made: _Made) -> Frozen:
    if made.issue.record.is_quoted:
        sheets = len(PdfReader(io.BytesIO(made.data)).pages)
        return frozen_as_printed(made.issue, made.data, sheets)
    return measured(made.issue, made.library, made.articles, made.data)


def _may_be_frozen(options: argparse.Namespace) -> Path:
    """Where the issue's files lie, without an ending."""
    target: Path = options.content / Issue.folder / options.issue
    for ending in (LOCK, PDF):
        if target.with_suffix(ending).exists():
            raise FreezingError(
                f"{target.with_suffix(ending)} 已经有了，没有改动它",
                "已经定版的不再重做；还没有向社会公布、确要重做的，先删去它和旁边的 pdf 或 lock",
            )
    return target


def _must_be_reviewed(issue: Document[Issue]) -> None:
    """三审三校 of what goes to print: somebody answers for the last proof (domain: 编校审发)."""
    review = issue.record.review
    if review is None or not review.final:
        raise FreezingError(
            f"{SHOWN}/{issue.id}.md 没有写终审人，不能定版",
            "校对、审核完，在文件头部写 review，其下写 first、second、final（初审、复审、终审）",
        )


def _number(options: argparse.Namespace) -> None:
    if not _ISSUE.fullmatch(options.issue):
        raise FreezingError(f"“{options.issue}”不是期号", "写成 2021-01；合刊写成 2021-05-06")


def _made(options: argparse.Namespace) -> _Made:
    """Build the public site and find the issue in it."""
    if publish(options):
        raise FreezingError("网站没有生成", "按上面的提示改好，再运行一次")
    looked = looked_at(options, _PUBLIC)
    library = looked[0].public if looked else None
    found = library.find((f"{Issue.folder}/{options.issue}",), Issue) if library else []
    if library is None or not found:
        raise FreezingError(
            f"没有公开的公报 {options.issue}",
            f"核对 content/{Issue.folder}/{options.issue}.md：是不是草稿，出版日期到了没有",
        )
    (issue,) = found
    file = options.output / issue_pdf(issue)
    return _Made(issue, library, articles_of(issue, library), file.read_bytes())


def measured(
    issue: Document[Issue], library: Library, articles: list[Article], data: bytes
) -> Frozen:
    """What a lock says of an issue and its PDF.

    Raises FreezingError if the PDF does not name the place of each article, as no other PDF does.
    """
    reader = PdfReader(io.BytesIO(data))
    places = {
        str(name): (reader.get_destination_page_number(found) or 0, float(found.top or 0))
        for name, found in reader.named_destinations.items()
    }
    try:
        starts = [places[f"a{article.place}"] for article in articles]
    except KeyError as missing:
        raise FreezingError(
            f"PDF 里找不到文件的位置（{missing}）", "运行 make clean，再运行一次"
        ) from None
    sheets = len(reader.pages)
    before = starts[0][0]
    pages = _pages(articles, starts, sheets - 2)
    return Frozen(
        digest_of_issue(issue),
        sha256(data).hexdigest(),
        sheets,
        len(data),
        tuple(
            FrozenArticle(
                article.document.id,
                digest_of_article(article.document, library),
                first - before + 1,
                last - before + 1,
            )
            for article, (first, last) in zip(articles, pages, strict=True)
        ),
        before,
    )


def _pages(
    articles: list[Article], starts: list[tuple[int, float]], end: int
) -> Iterator[tuple[int, int]]:
    """First and last sheet of each article, from 0; the last one ends on sheet `end`.

    An article ends on the page on which the next begins, unless that begins a page or a column.
    """
    highest = max(top for _, top in starts)
    for place, (first, _) in enumerate(starts):
        if place + 1 == len(starts):
            yield first, end
            continue
        following, top = starts[place + 1]
        begins = articles[place + 1].column != articles[place].column or top >= highest - _TOP
        yield first, max(first, following - begins)


def _told(made: _Made, frozen: Frozen, output: Path) -> Iterator[str]:
    """What is printed of an issue."""
    yield made.issue.record.title
    yield f"文件：{output / issue_pdf(made.issue)}"
    yield f"页数：{frozen.sheets}，{frozen.size} 字节"
    yield f"SHA-256：{frozen.pdf}"
    for one in made.issue.record.listed:
        yield _at(one.first, one.last, one.title)
    for article, kept in zip(made.articles, frozen.articles, strict=True):
        yield _at(kept.first, kept.last, article.document.record.title)


def _at(first: int, last: int, title: str) -> str:
    pages = f"{first}" if first == last else f"{first}—{last}"
    return f"  第{pages}页  {title}"
